#include <catch2/catch.hpp>

#include "base/time.h"
#include "base/toml_row.h"

using namespace jedel;

namespace {

enum class Colour : std::uint8_t { red, green };

/// The first error of a row that `read` reads.
template <class Read>
std::string fault(const std::string& text, Read&& read) {
    const auto table = parse_toml(text, "t.toml");
    if (!table) return table.error().text();
    TomlRow row{*table, "t.toml"};
    read(row);
    return row.error() ? row.error()->text() : std::string{};
}

}  // namespace

template <>
struct jedel::EnumNames<Colour> {
    static constexpr std::array<std::string_view, 2> names{"red", "green"};
};

TEST_CASE("every getter names file, line, field and what was expected") {
    const std::string head = "a = 1\n";
    const auto check = [&](const std::string& line, const std::string& field, auto&& read) {
        const std::string missing = fault(head, read);
        const std::string wrong = fault(head + line, read);
        INFO(missing << " | " << wrong);
        CHECK(missing.find("t.toml:1: field '" + field + "'") == 0);
        CHECK(wrong.find("t.toml:2: field '" + field) == 0);
        CHECK(wrong.find("expected") != std::string::npos);
    };
    check("x = 1", "x", [](TomlRow& r) { r.text("x"); });
    check("x = \" \"", "x", [](TomlRow& r) { r.text("x"); });
    check("x = 11", "x", [](TomlRow& r) { r.whole("x", 1, 10); });
    check("x = 2.5", "x", [](TomlRow& r) { r.whole("x", 1, 10); });
    check("x = \"2\"", "x", [](TomlRow& r) { r.number("x", 1, 10); });
    check("x = nan", "x", [](TomlRow& r) { r.number("x", 1, 10); });
    check("x = inf", "x", [](TomlRow& r) { r.number("x", 1, 1e300); });
    check("x = \"2026-02-30\"", "x", [](TomlRow& r) { r.day("x"); });
    check("x = 20260101", "x", [](TomlRow& r) { r.day("x"); });
    check("x = \"blue\"", "x", [](TomlRow& r) { r.name<Colour>("x"); });
    check("x = 3", "x", [](TomlRow& r) { r.child("x"); });
    CHECK(fault("x = [1, \"a\"]", [](TomlRow& r) { r.texts("x"); }).find("field 'x'") !=
          std::string::npos);
    CHECK(fault("x = [1, 20]", [](TomlRow& r) { r.numbers("x", 0, 10); }).find("'x[1]'") !=
          std::string::npos);
    CHECK(fault("x = 1\ny = 2", [](TomlRow& r) { r.only({"x"}); }) ==
          "t.toml:2: field 'y': unknown field");
    CHECK(fault("[v]\nh = 9", [](TomlRow& r) {
              TomlRow v = r.child("v");
              v.number("h", 0, 5);
              r.take_from(v);
          }).find("t.toml:2: field 'v.h'") == 0);
    CHECK(fault("x = 1\ny = 2", [](TomlRow& r) {
              r.whole("x", 0, 5);
              r.nothing_else();
          }).find("field 'y'") != std::string::npos);
}

TEST_CASE("one parser reads the dates of tables, in quotes or without") {
    const int day = *day_from_iso("2026-01-31");
    for (const char* text : {"from = \"2026-01-31\"", "from = 2026-01-31"}) {
        const auto table = parse_toml(text, "t.toml");
        REQUIRE(table);
        TomlRow row{*table, "t.toml"};
        CHECK(row.day("from") == day);
        CHECK_FALSE(row.error());
        CHECK(row_name(row) == "2026-01-31 ");
    }
    for (const char* text :
         {"from = 2026-01-31T10:00:00", "from = true", "from = \"31.01.2026\""}) {
        const auto table = parse_toml(text, "t.toml");
        REQUIRE(table);
        TomlRow row{*table, "t.toml"};
        row.day("from");
        CHECK(row.error());
    }
}

TEST_CASE("the row in force is the latest that has come, in any order of the file") {
    const std::string rows = "[[row]]\nfrom = \"2026-06-01\"\nv = 2\n"
                             "[[row]]\nfrom = \"2026-01-01\"\nv = 1\n";
    const auto value = [](const std::string& text, const char* day) {
        const auto table = parse_toml(text, "t.toml");
        REQUIRE(table);
        const auto row = row_in_force(*table, "t.toml", "row", *day_from_iso(day));
        return row ? (**row)["v"].value_or(0) : -1;
    };
    CHECK(value(rows, "2026-05-31") == 1);
    CHECK(value(rows, "2026-06-01") == 2);
    CHECK(value(rows, "2025-12-31") == -1);
    CHECK(value(rows + "[[row]]\nfrom = \"2026-01-01\"\nv = 3\n", "2026-07-01") == -1);
    CHECK(change_days({rows, "not TOML ["}) ==
          std::vector<int>{*day_from_iso("2026-01-01"), *day_from_iso("2026-06-01")});
}

TEST_CASE("what would bring the parser down is refused before it is parsed") {
    for (const char* text : {"[,", "[[,]]", "x = 1\n  [ , a]", "[=", "[."}) {
        INFO(text);
        CHECK_FALSE(parse_toml(text, "t.toml"));
    }
    // Lists over several lines and texts with brackets are none of it.
    CHECK(parse_toml("x = [\n[1, 2],\n[-3.5, .5e1]\n]\n", "t").ok() ==
          parse_toml("x = [[1, 2], [-3.5, .5e1]]", "t").ok());
    CHECK(parse_toml("x = \"\"\"\n[, says he\n\"\"\"\n", "t.toml"));
}
