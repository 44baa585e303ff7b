// Form numbers, telephones and the pack's times: dated rows, the city's beside the program's.

#include "room.h"

#include <unistd.h>

#include <filesystem>

using namespace papers_test;

namespace {

namespace fs = std::filesystem;

struct CityFolder {
    fs::path path = fs::temp_directory_path() / ("papers-city-" + std::to_string(::getpid()));
    explicit CityFolder(const std::string& toml) {
        fs::create_directories(path);
        REQUIRE(write_file((path / "papers.toml").string(), toml));
    }
    ~CityFolder() { fs::remove_all(path); }
};

const int day = day_from_iso("2026-03-02").value();

Result<paper::Settings> with_city(const std::string& toml) {
    const CityFolder folder{toml};
    return paper::load_settings(source, folder.path.string(), day);
}

std::string form_row(const std::string& from, const std::string& number) {
    return "[[form]]\nkind = \"call_card\"\nfrom = \"" + from + "\"\nnumber = \"" + number +
           "\"\nsource = \"order of the station\"\napproved = true\n";
}

}  // namespace

TEST_CASE("no form number is printed until a station enters its own; then the one in force") {
    const auto own = paper::load_settings(source, {}, day);
    REQUIRE(own);
    for (const std::string& number : own->form) CHECK(number == "");
    const auto set = with_city(form_row("2026-01-01", "A") + form_row("2026-02-01", "B") +
                               form_row("2027-01-01", "C"));
    REQUIRE(set);
    CHECK(set->form[0] == "B");
    CHECK(set->form[1] == "");
    CHECK(set->every_s == own->every_s);
    Told t;
    const paper::Room as_is = t.room(Language::ru);
    CHECK(paper::call_card(as_is, nullptr).form == "");
    const paper::Room room{as_is.state, as_is.personal, as_is.organisations, as_is.protocol,
                           as_is.texts, *set, as_is.city, as_is.now};
    CHECK(paper::call_card(room, nullptr).form == "Форма: B");
}

TEST_CASE("a city's telephones come beside those of the country, in their time") {
    const std::string row = "[[telephone]]\norganisation = 401\nnumber = \"3-12\"\n"
                            "from = \"2026-01-01\"\nsource = \"station\"\n";
    const auto set = with_city(row);
    REQUIRE(set);
    CHECK(set->telephones.back().organisation == OrganisationId{401});
    CHECK(set->telephones.size() == settings().telephones.size() + 1);
    const auto over = with_city(row + "until = \"2026-02-01\"\n");
    REQUIRE(over);
    CHECK(over->telephones.size() == settings().telephones.size());
}

TEST_CASE("a slip in the settings is named with its line") {
    const auto wrong = [](const std::string& toml, long line, const std::string& field) {
        const auto set = with_city(toml);
        INFO(toml);
        REQUIRE_FALSE(set);
        CHECK(set.error().line == line);
        CHECK(set.error().field.find(field) != std::string::npos);
    };
    wrong("[[form]]\nkind = \"card\"\nfrom = \"2026-01-01\"\nsource = \"x\"\n", 2, "kind");
    wrong("[[form]]\nkind = \"visits\"\nfrom = \"soon\"\nsource = \"x\"\n", 3, "from");
    wrong("[[form]]\nkind = \"visits\"\nfrom = \"2026-01-01\"\nsource = \"x\"\nnmber = \"1\"\n", 5,
          "nmber");
    wrong("[[form]]\nkind = \"visits\"\nfrom = \"2026-01-01\"\n", 1, "source");
    wrong("[[telephones]]\nnumber = \"1\"\n", 1, "telephones");
    wrong("[[pack]]\nfrom = \"2026-01-01\"\nevery_s = 0\nblank_cards = 1\nlist_hours = 24\n"
          "source = \"x\"\n", 3, "every_s");
}
