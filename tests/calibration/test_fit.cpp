// The new row: what it recovers, what it refuses, and that it stands in the table.

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "base/install.h"
#include "base/time.h"
#include "dispatch/roads/calibration.h"

using namespace jedel;
using namespace jedel::roads;

namespace {

constexpr int day_of_2026 = 20'500;

std::string table_text() {
    return read_file(std::string{JEDEL_SOURCE_DIR} + "/data/law/speeds.toml").value();
}

SpreadTable in_force() { return parse_spread(table_text(), "speeds.toml", day_of_2026).value(); }

struct Truth {
    double bias = 1.2;
    std::vector<double> sigma{0.5, 0.4, 0.3, 0.2};
    double busy_factor = 1.5;
};

/// Trips that scatter exactly as `truth` says.
std::vector<TimedTrip> driven(std::size_t count, const Truth& truth, std::uint64_t seed) {
    std::mt19937_64 random{seed};
    std::normal_distribution<double> normal;
    SpreadTable table = in_force();
    table.sigma = truth.sigma;
    table.busy_factor = truth.busy_factor;
    spread_over_week(table);
    std::vector<TimedTrip> out;
    for (std::size_t i = 0; i < count; ++i) {
        TimedTrip t;
        t.distance_m = 300 + static_cast<double>(random() % 12'000);
        t.computed_s = t.distance_m / 12;
        t.hour_of_week = static_cast<int>(random() % 168);
        t.urgency = static_cast<int>(random() % 4) + 1;
        const double sigma = sigma_of(table, t.distance_m, t.hour_of_week);
        t.actual_s = t.computed_s * truth.bias * std::exp(sigma * normal(random));
        out.push_back(t);
    }
    return out;
}

}  // namespace

TEST_CASE("a new row recovers bias, spread and busy hours that the trips were made with") {
    const Truth truth;
    const auto result = calibrate(driven(6000, truth, 7), in_force());
    REQUIRE(result.ok());
    CHECK(result->table.bias == Approx(truth.bias).epsilon(0.03));
    for (std::size_t band = 0; band < truth.sigma.size(); ++band) {
        CAPTURE(band);
        CHECK(result->table.sigma[band] == Approx(truth.sigma[band]).epsilon(0.12));
    }
    CHECK(result->table.busy_factor == Approx(truth.busy_factor).epsilon(0.12));
    CHECK(result->kept.empty());
    const FitGroup& all = result->groups.front();
    CHECK(all.name == "all");
    CHECK(all.before.covered_80 < 0.72);
    CHECK(all.held_out.covered_80 == Approx(0.80).margin(0.02));
    CHECK(all.held_out.promised == Approx(all.held_out.kept).margin(0.03));
}

TEST_CASE("trips with a stop on the way do not widen the row") {
    const Truth truth;
    auto trips = driven(4000, truth, 11);
    for (std::size_t i = 0; i < trips.size(); i += 25) trips[i].actual_s *= 8;
    const auto result = calibrate(trips, in_force());
    REQUIRE(result.ok());
    CHECK(result->table.bias == Approx(truth.bias).epsilon(0.05));
    CHECK(result->table.sigma[2] == Approx(truth.sigma[2]).epsilon(0.25));
}

TEST_CASE("a band with few trips keeps the old figure in proportion, and says so") {
    const Truth truth;
    std::vector<TimedTrip> near;
    for (const TimedTrip& t : driven(3000, truth, 13)) {
        if (t.distance_m < 8000) near.push_back(t);
    }
    const SpreadTable before = in_force();
    const auto result = calibrate(near, before);
    REQUIRE(result.ok());
    REQUIRE(result->kept.size() == 1);
    CHECK(result->kept[0].find("beyond 8000 m") != std::string::npos);
    const double proportion = result->table.sigma[2] / before.sigma[2];
    CHECK(result->table.sigma[3] == Approx(before.sigma[3] * proportion).epsilon(0.2));
}

TEST_CASE("too few trips, times of nothing and a simulated shift make no row") {
    CHECK_FALSE(calibrate(driven(trips_min - 1, {}, 1), in_force()).ok());
    auto trips = driven(300, {}, 1);
    trips[7].actual_s = 0;
    const auto zero = calibrate(trips, in_force());
    REQUIRE_FALSE(zero.ok());
    CHECK(zero.error().where == "trip 8");
    for (TimedTrip& t : trips) t.actual_s = t.computed_s * 1.001;
    const auto simulated = calibrate(trips, in_force());
    REQUIRE_FALSE(simulated.ok());
    CHECK(simulated.error().message.find("simulated") != std::string::npos);
}

TEST_CASE("a row as text reads back as the row it was, behind the ones before it") {
    const auto result = calibrate(driven(2000, {}, 3), in_force());
    REQUIRE(result.ok());
    const std::string text =
        table_text() + "\n" +
        spread_row_text(result->table, "2026-12-01", "of \"our\" trips", "n\\");
    const int from = *day_from_iso("2026-12-01");
    const auto read = parse_spread(text, "speeds.toml", from);
    REQUIRE(read.ok());
    CHECK(read->row == "2026-12-01 of \"our\" trips");
    CHECK(read->bias == Approx(result->table.bias).margin(0.0006));
    REQUIRE(read->sigma.size() == result->table.sigma.size());
    for (std::size_t i = 0; i < read->sigma.size(); ++i) {
        CHECK(read->sigma[i] == Approx(result->table.sigma[i]).margin(0.0006));
    }
    CHECK(read->hour_factor[8] == Approx(result->table.busy_factor).margin(0.0006));
    CHECK(read->hour_factor[5 * 24 + 8] == 1);
    // Until then the old row is in force.
    CHECK(parse_spread(text, "speeds.toml", from - 1)->row == in_force().row);
}
