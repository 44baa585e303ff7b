#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/desk/load_rights.h"

using namespace jedel;

TEST_CASE("the installed rights are those that hold where a room brings none of its own") {
    const auto rights = load_rights(JEDEL_SOURCE_DIR);
    INFO((rights ? std::string{} : rights.error().text()));
    REQUIRE(rights);
    const auto& standard = Rights::standard().rows();
    REQUIRE(rights->rows().size() == standard.size());
    for (std::size_t i = 0; i < standard.size(); ++i) {
        CHECK(rights->rows()[i].seat == standard[i].seat);
        CHECK(rights->rows()[i].from_day == standard[i].from_day);
        CHECK(rights->rows()[i].may == standard[i].may);
    }
}

TEST_CASE("the newest row of a seat that has come holds, and a seat without one may nothing") {
    const auto rights = parse_rights(R"(
[[right]]
seat = "dispatcher"
from = "2026-01-01"
may = ["receive_call", "assign_brigade"]
source = "a"
[[right]]
seat = "dispatcher"
from = "2026-06-01"
may = ["receive_call"]
source = "b"
)", "r.toml");
    REQUIRE(rights);
    const int may = *day_from_iso("2026-05-31");
    const int june = *day_from_iso("2026-06-01");
    CHECK(rights->may(Seat::dispatcher, "assign_brigade", may));
    CHECK_FALSE(rights->may(Seat::dispatcher, "assign_brigade", june));
    CHECK(rights->may(Seat::dispatcher, "receive_call", june));
    CHECK_FALSE(rights->may(Seat::dispatcher, "receive_call", *day_from_iso("2025-12-31")));
    CHECK_FALSE(rights->may(Seat::senior_doctor, "receive_call", june));
    CHECK(rights->who_may("receive_call", june) == "dispatcher");
}

TEST_CASE("a row that could take a right away without a word is refused by line and key") {
    const auto field = [](const std::string& rows) {
        const auto read = parse_rights(rows, "r.toml");
        REQUIRE_FALSE(read);
        CHECK(read.error().line > 0);
        return read.error().field;
    };
    const std::string head = "[[right]]\nseat = \"dispatcher\"\nfrom = \"2026-01-01\"\n";
    CHECK(field(head + "source = \"a\"\nmay = [\"recieve_call\"]\n") == "may");
    CHECK(field(head + "source = \"a\"\nmay = \"receive_call\"\n") == "may");
    CHECK(field(head + "may = []\n") == "source");
    CHECK(field(head + "source = \"a\"\nmay = []\nmaybe = 1\n") == "maybe");
    CHECK(field("[[right]]\nseat = \"driver\"\nfrom = \"2026-01-01\"\n") == "seat");
    CHECK(field("[[right]]\nseat = \"trainer\"\nfrom = \"2026-13-01\"\n") == "from");
}
