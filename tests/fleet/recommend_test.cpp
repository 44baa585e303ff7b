#include "dispatch/fleet/recommend.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/install.h"

using namespace jedel;

namespace {

constexpr Instant now{1'780'000'000'000};

Brigade brigade(std::uint64_t id, BrigadeKind kind = BrigadeKind::feldsher,
                BrigadeStatus status = BrigadeStatus::free_at_base) {
    Brigade b;
    b.id = {id};
    b.kind = kind;
    b.status = status;
    return b;
}

BrigadeAtWork at_work(const Brigade& b, double travel_s, double fix_age_s = 5) {
    return {.brigade = &b,
            .fix = Fix{.place = {50, 70},
                       .at = now - std::chrono::milliseconds{static_cast<long>(fix_age_s * 1000)}},
            .travel_s = travel_s,
            .distance_m = travel_s * 10};
}

Incident incident(Category c) {
    Incident i;
    i.id = {1};
    i.category = c;
    return i;
}

Recommendation rank(Category c, const std::vector<BrigadeAtWork>& fleet) {
    return recommend(incident(c), fleet, RecommendationTable{}, 1, now);
}

}  // namespace

TEST_CASE("the nearest by road is first and says by how much") {
    const Brigade a = brigade(1), b = brigade(2);
    const auto r = rank(Category::u2, {at_work(a, 400), at_work(b, 250)});
    REQUIRE(r.ranked.at(0).brigade == BrigadeId{2});
    REQUIRE(r.why_first.at(0) == Reason{"faster_by_s", 150});
    REQUIRE(r.ranked[0].within_target);
    REQUIRE(rank(Category::u1, {at_work(a, 601)}).ranked[0].within_target == false);
}

TEST_CASE("unknown is a value: no position, no status and no road are not zero and not free") {
    Brigade no_place = brigade(1), no_status = brigade(2, {}, BrigadeStatus::unknown);
    const Brigade no_road = brigade(3), fine = brigade(4);
    auto placeless = at_work(no_place, 1);
    placeless.fix.reset();
    auto roadless = at_work(no_road, 1);
    roadless.travel_s.reset();
    const auto r =
        rank(Category::u1, {placeless, at_work(no_status, 1), roadless, at_work(fine, 900)});
    REQUIRE(r.ranked.size() == 1);
    REQUIRE(r.excluded.size() == 3);
    REQUIRE(r.excluded[0].why == Exclusion::no_position);
    REQUIRE(r.excluded[1].why == Exclusion::status_unknown);
    REQUIRE(r.excluded[2].why == Exclusion::no_road);
}

TEST_CASE("a specialised brigade is preferred for U1 and kept for it at U3 and U4") {
    const Brigade plain = brigade(1), special = brigade(2, BrigadeKind::specialised);
    const std::vector fleet{at_work(plain, 300), at_work(special, 350)};
    REQUIRE(rank(Category::u1, fleet).ranked[0].brigade == special.id);
    REQUIRE(rank(Category::u2, fleet).ranked[0].brigade == plain.id);
    const std::vector reversed{at_work(plain, 350), at_work(special, 300)};
    REQUIRE(rank(Category::u3, reversed).ranked[0].brigade == plain.id);
}

TEST_CASE("an old position and a shift about to end cost, and say so") {
    const Brigade moving = brigade(1, {}, BrigadeStatus::returning);
    Brigade ending = brigade(2);
    ending.shift_end = now + std::chrono::minutes{10};
    const auto r = rank(Category::u2, {at_work(moving, 300, 700), at_work(ending, 300)});
    REQUIRE(r.ranked[0].cost_s == 420);
    REQUIRE(r.ranked[1].cost_s == 480);  // 60 s for each begun 5 minutes beyond the first
    ending.shift_end = now;
    REQUIRE(rank(Category::u2, {at_work(ending, 1)}).excluded[0].why == Exclusion::off_shift);
}

TEST_CASE("polyclinic brigades serve U4 only") {
    const Brigade p = brigade(1, BrigadeKind::polyclinic);
    REQUIRE(rank(Category::u3, {at_work(p, 1)}).excluded[0].why == Exclusion::wrong_kind);
    REQUIRE(rank(Category::u4, {at_work(p, 1)}).ranked.size() == 1);
}

TEST_CASE("the order in which brigades come does not matter") {
    REQUIRE(rc::check([] {
        const auto times = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
        std::vector<Brigade> brigades;
        for (std::size_t i = 0; i < times.size(); ++i) brigades.push_back(brigade(i + 1));
        std::vector<BrigadeAtWork> fleet;
        for (std::size_t i = 0; i < times.size(); ++i) {
            fleet.push_back(at_work(brigades[i], times[i] * 100));
        }
        const auto forward = rank(Category::u2, fleet);
        std::reverse(fleet.begin(), fleet.end());
        const auto backward = rank(Category::u2, fleet);
        RC_ASSERT(forward.ranked.size() == backward.ranked.size());
        for (std::size_t i = 0; i < forward.ranked.size(); ++i) {
            RC_ASSERT(forward.ranked[i].brigade == backward.ranked[i].brigade);
        }
    }));
}

TEST_CASE("the table's row in force is the latest that has come") {
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/recommendation.toml";
    const std::string text = read_file(file).value();
    REQUIRE(parse_recommendation(text, file, day_from_iso("2026-06-01").value())->row ==
            "2026-01 working values");
    REQUIRE(parse_recommendation(text, file, day_from_iso("2012-06-01").value())->row !=
            "2026-01 working values");
    REQUIRE(parse_recommendation("[[row]]\nid='x'\nfrom='2026-01-01'\nold_fix_after_s=-1", "f", 0)
                .error()
                .field == "old_fix_after_s");
}

TEST_CASE("the thresholds of the list are the dated row's") {
    RecommendationTable table;
    table.old_fix_after_s = 60;
    table.old_fix_penalty_s = 10;
    const auto cost = [&](double age_s) {
        const Brigade crew = brigade(1, BrigadeKind::feldsher, BrigadeStatus::returning);
        BrigadeAtWork b;
        b.brigade = &crew;
        b.fix = Fix{.place = {50, 70},
                    .at = now - std::chrono::milliseconds{static_cast<std::int64_t>(age_s * 1000)}};
        b.travel_s = 100;
        Incident incident;
        incident.category = Category::u2;
        const auto list = recommend(incident, {&b, 1}, table, 1, now);
        REQUIRE(list.ranked.size() == 1);
        return list.ranked[0].cost_s;
    };
    CHECK(cost(60) == 100);
    CHECK(cost(100) == 110);
    CHECK(cost(100'000) == 130);  // three steps at most
    table.old_fix_step_s = 20;
    CHECK(cost(100) == 130);
    table.old_fix_steps_max = 5;
    CHECK(cost(100'000) == 150);
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/recommendation.toml";
    std::string row = read_file(file).value();
    const std::string step = "old_fix_step_s = 300";
    REQUIRE(row.find(step) != std::string::npos);
    row.replace(row.find(step), step.size(), "old_fix_step_s = 0");
    CHECK(parse_recommendation(row, "f", 30'000).error().field == "old_fix_step_s");
}
