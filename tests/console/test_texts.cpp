// The strings: complete in three languages, and each one in use.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <catch2/catch.hpp>

#include "console/keys.h"
#include "console/text/text.h"
#include "dispatch/city/address.h"
#include "dispatch/core/decide.h"
#include "dispatch/fleet/recommend.h"

using namespace jedel;
using namespace jedel::console;

namespace {

namespace fs = std::filesystem;

TextTable strings() {
    auto table = TextTable::load(std::string{JEDEL_SOURCE_DIR} + "/assets/strings");
    if (!table) FAIL(table.error().text());
    return std::move(*table);
}

/// Everything in quotes in the console's sources.
std::set<std::string> quoted_in_sources() {
    std::set<std::string> out;
    const std::regex quoted{"\"([a-z0-9_]+(\\.[a-z0-9_]+)*)\""};
    for (const auto& entry :
         fs::recursive_directory_iterator{std::string{JEDEL_SOURCE_DIR} + "/console"}) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
        std::ifstream file{entry.path()};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        for (std::sregex_iterator it{text.begin(), text.end(), quoted}, end; it != end; ++it) {
            out.insert((*it)[1]);
        }
    }
    return out;
}

template <NamedEnum E>
void expect_all(const TextTable& table, const std::string& prefix, std::size_t first = 0) {
    for (std::size_t i = first; i < EnumNames<E>::names.size(); ++i) {
        const std::string key = prefix + "." + std::string{EnumNames<E>::names[i]};
        INFO(key);
        CHECK(table.has(key));
    }
}

Result<TextTable> parsed(const std::string& text) {
    const std::array<StringsFile, 1> files{{{"test.toml", text}}};
    return TextTable::parse(files);
}

}  // namespace

TEST_CASE("every enumerator that is shown has its words") {
    const TextTable table = strings();
    expect_all<BrigadeStatus>(table, "status");
    expect_all<BrigadeKind>(table, "brigade_kind");
    expect_all<Disposition>(table, "disposition");
    expect_all<OverrideReason>(table, "override");
    expect_all<ReleaseReason>(table, "release");
    expect_all<InsuranceStatus>(table, "insurance");
    expect_all<FollowUpKind>(table, "follow_up");
    expect_all<RefusalCode>(table, "refusal");
    expect_all<Exclusion>(table, "exclusion");
    expect_all<AddressKind>(table, "address_kind");
    expect_all<RoadReason>(table, "road_reason");
    expect_all<Seat>(table, "seat");
    expect_all<Sex>(table, "sex");
    for (const ActionKey& row : action_keys()) CHECK(table.has(row.text_key));
}

TEST_CASE("every row of the table of kinds has its words on the send page") {
    std::ifstream file{std::string{JEDEL_SOURCE_DIR} + "/data/law/dispatch.toml"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const std::regex row{"\\[\\[kind\\]\\]\\s*id = \"([^\"]+)\""};
    const TextTable table = strings();
    int found = 0;
    for (std::sregex_iterator it{text.begin(), text.end(), row}, end; it != end; ++it, ++found) {
        std::string key = "kind_row." + (*it)[1].str();
        std::erase(key, ',');
        std::replace(key.begin(), key.end(), ' ', '_');
        INFO(key);
        CHECK(table.has(key));
    }
    CHECK(found >= 5);
}

TEST_CASE("every key a panel asks for is in the table") {
    const TextTable table = strings();
    const std::regex asked{"tr\\(\\s*\"([a-z0-9_]+\\.[a-z0-9_.]+)\""};
    int found = 0;
    for (const auto& entry :
         fs::recursive_directory_iterator{std::string{JEDEL_SOURCE_DIR} + "/console"}) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file{entry.path()};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        for (std::sregex_iterator it{text.begin(), text.end(), asked}, end; it != end; ++it) {
            INFO(entry.path().string() + ": " + (*it)[1].str());
            CHECK(table.has((*it)[1].str()));
            ++found;
        }
    }
    CHECK(found > 50);
}

TEST_CASE("no string of the screen lies unused") {
    std::vector<StringsFile> files;
    // The other files belong to the law's explanations, the map and the report.
    for (const char* name : {"desk", "fleet", "keys", "messages", "patients", "roads", "screen"}) {
        const std::string path =
            std::string{JEDEL_SOURCE_DIR} + "/assets/strings/" + name + ".toml";
        std::ifstream file{path};
        files.push_back({path, std::string{std::istreambuf_iterator<char>{file}, {}}});
    }
    const auto table = TextTable::parse(files);
    REQUIRE(table);
    const std::set<std::string> quoted = quoted_in_sources();
    const std::set<std::string> by_code{"reason", "refusal", "route4", "unit_name"};
    for (const std::string_view view : table->keys()) {
        const std::string key{view};
        const std::string group = key.substr(0, key.find('.'));
        INFO(key);
        CHECK((quoted.contains(key) || quoted.contains(group) || by_code.contains(group)));
    }
}

TEST_CASE("a string that lacks a language or a placeholder is refused with its place") {
    const auto lacks = parsed("[\"a.b\"]\nkk = \"x\"\nru = \"y\"\n");
    REQUIRE(!lacks);
    CHECK(lacks.error().text().find("test.toml:1") == 0);
    CHECK(lacks.error().field == "a.b");
    CHECK(!parsed("[\"a.b\"]\nkk = \"{0}\"\nru = \"{0}\"\nen = \"no\"\n"));
    CHECK(!parsed("[\"a.b\"\n"));
    REQUIRE(parsed("[\"a.b\"]\nkk = \"{0} а\"\nru = \"{0}\"\nen = \"{0}\"\n"));
}

TEST_CASE("a noun has the forms of its language, no more and no fewer") {
    const auto row = [](const std::string& kk, const std::string& ru, const std::string& en) {
        return parsed("[\"a.b\"]\nkk = \"" + kk + "\"\nru = \"" + ru + "\"\nen = \"" + en +
                      "\"\n");
    };
    CHECK(row("{0} ай", "{0} {0|месяц|месяца|месяцев}", "{0} {0|month|months}"));
    CHECK_FALSE(row("{0} ай", "{0} {0|месяц|месяцев}", "{0} {0|month|months}"));
    CHECK_FALSE(row("{0} ай", "{0} {0|месяц|месяца|месяцев}", "{0} {0|month}"));
    CHECK_FALSE(row("{0} {0|ай|айлар}", "{0} {0|месяц|месяца|месяцев}", "{0} {0|month|months}"));
    // The number of the noun must stand in every language.
    CHECK_FALSE(row("{0} ай", "{0} {1|месяц|месяца|месяцев}", "{0} {0|month|months}"));
}

TEST_CASE("kilometres and degrees have the decimal mark of the language") {
    const TextTable table = strings();
    CHECK(Texts{table, Language::kk}.number("2.4") == "2,4");
    CHECK(Texts{table, Language::ru}.number("36.6") == "36,6");
    CHECK(Texts{table, Language::en}.number("36.6") == "36.6");
}

TEST_CASE("placeholders are filled by number and other braces stay") {
    const std::array<std::string_view, 2> arguments{"one", "two"};
    CHECK(fill("{1} {0} {x} {", arguments) == "two one {x} {");
    CHECK(fill("{7}", arguments).empty());
}

TEST_CASE("the README's table of keys is the table the program uses") {
    const TextTable table = strings();
    std::ifstream file{std::string{JEDEL_SOURCE_DIR} + "/console/README.md"};
    const std::string readme{std::istreambuf_iterator<char>{file}, {}};
    for (const ActionKey& row : action_keys()) {
        const std::string line = "| " + std::string{row.shown} + " | " +
                                 std::string{table.find(Language::en, row.text_key)} + " |";
        INFO(line);
        CHECK(readme.find(line) != std::string::npos);
    }
}
