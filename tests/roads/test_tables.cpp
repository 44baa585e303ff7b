#include <catch2/catch.hpp>

#include "base/install.h"
#include "base/time.h"
#include "dispatch/roads/travel.h"
#include "dispatch/roads/uncertainty.h"

using namespace jedel;
using namespace jedel::roads;

namespace {

std::string shipped() { return *read_file(JEDEL_SOURCE_DIR "/data/law/speeds.toml"); }

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("the shipped speeds are read and slow down in the evening of a workday") {
    const auto t = parse_speeds(shipped(), "speeds.toml", *day_from_iso("2026-03-02"));
    REQUIRE(t);
    CHECK(t->row == "2000-01-01 working values");
    CHECK(t->base_kmh[0] > t->base_kmh[5]);
    CHECK(t->hour_factor[18] < t->hour_factor[3]);
    CHECK(t->hour_factor[18] == t->hour_factor[4 * 24 + 18]);
    CHECK(t->hour_factor[6 * 24 + 18] > t->hour_factor[18]);
    CHECK(t->urgency_factor[1] > t->urgency_factor[4]);
    CHECK(t->turn_s > 0);
}

TEST_CASE("of several rows the last one in force on the day is taken") {
    std::string two = shipped();
    std::string later = two.substr(two.find("[[row]]"));
    later = later.substr(0, later.find("[[spread]]"));
    later = replaced(later, "2000-01-01", "2026-06-01");
    later = replaced(later, "primary = 50", "primary = 44");
    two.insert(two.find("[[spread]]"), later);
    CHECK(parse_speeds(two, "s", *day_from_iso("2026-05-31"))->base_kmh[2] == 50);
    CHECK(parse_speeds(two, "s", *day_from_iso("2026-06-01"))->base_kmh[2] == 44);
    CHECK(parse_speeds(two, "s", *day_from_iso("1999-12-31")).error().field == "from");
}

TEST_CASE("a wrong speed table is refused by file, line and field") {
    const auto refused = [](const std::string& what, const std::string& by) {
        const auto t = parse_speeds(replaced(shipped(), what, by), "speeds.toml", 20'000);
        REQUIRE_FALSE(t);
        CHECK(t.error().where == "speeds.toml");
        CHECK(t.error().line > 0);
        return t.error().field;
    };
    CHECK(refused("primary = 50", "primary = 0") == "kmh.primary");
    CHECK(refused("primary = 50", "primary = \"fast\"") == "kmh.primary");
    CHECK(refused("primary = 50", "") == "kmh.primary");
    CHECK(refused("primary = 50", "primary = 50\nprimery = 50") == "kmh.primery");
    CHECK(refused("u1 = 1.30", "u1 = nan") == "urgency.u1");
    CHECK(refused("turn_s = 3.0", "turn_s = -1") == "turn_s");
    CHECK(refused("turn_s = 3.0", "turns = 3") == "turns");
    CHECK(refused("workday = [1.00, ", "workday = [") == "hours.workday");
    CHECK(refused("workday = [1.00, ", "workday = [9.00, ") == "hours.workday[0]");
    CHECK(refused("from = \"2000-01-01\"", "from = \"soon\"") == "from");
    CHECK(refused("turn_s = 3.0", "turn_s = ").empty());
}

TEST_CASE("half of the times are within the median, and the longer target is the surer one") {
    CHECK(probability_within(600, 600, 0.3) == Approx(0.5));
    CHECK(probability_within(600 * 1.2840254166877414, 600, 0.25) ==
          Approx(0.8413447460685429));  // one sigma
    CHECK(probability_within(900, 600, 0.3) > probability_within(700, 600, 0.3));
    CHECK(probability_within(600, 500, 0.1) > probability_within(600, 500, 0.4));
    CHECK(probability_within(0, 500, 0.3) == 0);
    CHECK(probability_within(-5, 500, 0.3) == 0);
    CHECK(probability_within(5, 0, 0.3) == 1);
    CHECK(probability_within(500, 500, 0) == 1);
    CHECK(probability_within(499, 500, 0) == 0);
}

TEST_CASE("the time kept with a probability is met with that probability") {
    for (const double p : {0.1, 0.5, 0.9, 0.99}) {
        CHECK(probability_within(time_kept_with(p, 480, 0.27), 480, 0.27) == Approx(p));
    }
}

TEST_CASE("the shipped spread is wider for short ways and in busy hours") {
    const auto t = parse_spread(shipped(), "speeds.toml", 20'000);
    REQUIRE(t);
    CHECK(sigma_of(*t, 500, 3) > sigma_of(*t, 20'000, 3));
    CHECK(sigma_of(*t, 500, 18) > sigma_of(*t, 500, 3));
    CHECK(sigma_of(*t, 500, 5 * 24 + 18) == sigma_of(*t, 500, 3));
    CHECK(probability_within(*t, 600, 400, 5'000, 3) >
          probability_within(*t, 600, 400, 5'000, 18));
    CHECK(parse_spread(replaced(shipped(), "sigma = [0.45, ", "sigma = ["), "s", 20'000)
              .error()
              .field == "sigma");
    CHECK(parse_spread(replaced(shipped(), "[1000, 3000", "[3000, 1000"), "s", 20'000)
              .error()
              .field == "up_to_m");
}
