#include <catch2/catch.hpp>

#include "dispatch/desk/load_retention.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

TEST_CASE("the table of how long places are kept is read, and every row of it is in range") {
    const auto keep = load_retention(JEDEL_SOURCE_DIR, morning);
    INFO((keep ? std::string{} : keep.error().text()));
    REQUIRE(keep);
    CHECK(keep->full == std::chrono::hours{24});
    CHECK(keep->thinned == std::chrono::hours{24 * 31});
    CHECK(keep->every == std::chrono::minutes{1});
    CHECK(load_retention(JEDEL_SOURCE_DIR, Instant{0}));
}

TEST_CASE("a row that says nothing usable is refused by line and key") {
    const std::string good =
        "[[fixes]]\nfrom = \"2020-01-01\"\nfull_hours = 1\nthinned_days = 2\nevery_s = 3\n";
    CHECK(parse_retention(good, "t", morning)->every == std::chrono::seconds{3});
    for (const auto& [from, to, key] :
         std::vector<std::tuple<std::string, std::string, std::string>>{
             {"full_hours = 1", "full_hours = 0", "full_hours"},
             {"full_hours = 1", "full_hours = 1.5", "full_hours"},
             {"thinned_days = 2", "", "thinned_days"},
             {"every_s = 3", "every_s = -3", "every_s"},
             {"every_s = 3", "every_s = \"3\"", "every_s"},
             {"2020-01-01", "2020-13-01", "from"},
             {"2020-01-01", "2030-01-01", "from"}}) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto refused = parse_retention(text, "t", morning);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().field == key);
        CHECK(refused.error().line > 0);
    }
    CHECK_FALSE(parse_retention("fixes = 1", "t", morning));
    CHECK_FALSE(parse_retention("[[fixes", "t", morning));
}
