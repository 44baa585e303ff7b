#include "base/time.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/geo.h"
#include "base/result.h"

using namespace jedel;

TEST_CASE("civil time and back is the same instant") {
    REQUIRE(rc::check([] {
        const Instant t{*rc::gen::inRange<std::int64_t>(-4'000'000'000, 8'000'000'000) * 1000};
        const int offset = *rc::gen::element(-360, 0, 300, 360);
        RC_ASSERT(from_civil(to_civil(t, offset), offset) == t);
        RC_ASSERT(from_iso(to_iso(t)) == t);
    }));
}

TEST_CASE("known instants") {
    const Instant t = from_iso("2026-01-31T23:59:59.123Z").value();
    REQUIRE(to_iso(t) == "2026-01-31T23:59:59.123Z");
    REQUIRE(from_iso("2026-02-01T04:59+05:00") == from_iso("2026-01-31T23:59:00Z"));
    REQUIRE(to_civil(from_iso("2026-11-23T00:00:00Z").value(), 300).weekday == 0);
    for (const char* bad : {"", "2026", "2026-02-30", "2026-01-01T25:00Z", "2026-01-01T00:00",
                            "2026-01-01T00:00:00+0500"}) {
        CAPTURE(bad);
        REQUIRE_FALSE(from_iso(bad));
    }
    REQUIRE(day_from_iso("1970-01-02") == 1);
    REQUIRE_FALSE(day_from_iso("1970-13-02"));
}

TEST_CASE("Kazakhstan has one time zone since March 2024") {
    REQUIRE(kazakhstan_offset_minutes(from_iso("2024-02-29T17:59:59Z").value()) == 360);
    REQUIRE(kazakhstan_offset_minutes(from_iso("2024-02-29T18:00:00Z").value()) == 300);
}

TEST_CASE("a day begins at local midnight") {
    const Instant t = from_iso("2026-01-01T19:00:00Z").value();
    REQUIRE(day_of(t, 300) == day_from_iso("2026-01-02"));
    REQUIRE(day_of(t - std::chrono::milliseconds{1}, 300) == day_from_iso("2026-01-01"));
}

TEST_CASE("a degree of latitude is about 111.2 km") {
    REQUIRE(distance_m({43, 77}, {44, 77}) == Approx(111'195).margin(10));
    REQUIRE(distance_m({43, 77}, {43, 77}) == 0);
}

TEST_CASE("an error is one line that names the place") {
    const Error error{.message = "expected a number", .where = "a.csv", .line = 7, .field = "age"};
    REQUIRE(error.text() == "a.csv:7: field 'age': expected a number");
}
