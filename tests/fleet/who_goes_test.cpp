// Who goes: kinds, turn-out, breaks, fairness, cover.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/fleet/crews.h"

using namespace jedel;
using namespace jedel::test::crews;

TEST_CASE("the kind the case wants goes first if it meets the target, else the nearest") {
    struct Case {
        const char* finding;
        BrigadeKind kind;
        Category category;
    };
    const Case cases[] = {{"chest_pain", BrigadeKind::cardiac, Category::u1},
                          {"rhythm_disturbance", BrigadeKind::cardiac, Category::u2},
                          {"psychosis_signs", BrigadeKind::psychiatric, Category::u2},
                          {"suicidal_behaviour", BrigadeKind::psychiatric, Category::u2},
                          {"labour", BrigadeKind::obstetric, Category::u3},
                          {"not_breathing", BrigadeKind::resuscitation, Category::u1}};
    for (const Case& c : cases) {
        CAPTURE(c.finding);
        const Incident i = with_finding(c.category, c.finding);
        const Brigade plain = brigade(1), wanted = brigade(2, c.kind);
        const double target_s = triage::target_minutes(c.category) * 60.0;
        const auto near = rank(i, {at_work(plain, 200), at_work(wanted, target_s - 10)});
        CHECK(near.ranked[0].brigade == wanted.id);
        CHECK(has(near.ranked[0].reasons, "kind_wanted_s"));
        CHECK(has(near.why_first, "first_kind_wanted"));
        CHECK_FALSE(near.kind_row.empty());
        CHECK(near.ranked[0].fits_kind);
        CHECK_FALSE(near.ranked[1].fits_kind);
        const auto far = rank(i, {at_work(plain, 200), at_work(wanted, target_s + 10)});
        CHECK(far.ranked[0].brigade == plain.id);
    }
    Incident child = incident(Category::u2);
    child.patients[0].age_years = 4;
    const Brigade plain = brigade(1), paediatric = brigade(2, BrigadeKind::paediatric);
    const std::vector fleet{at_work(plain, 200), at_work(paediatric, 500)};
    CHECK(rank(child, fleet).ranked[0].brigade == paediatric.id);
    child.patients[0].age_years = 40;
    CHECK(rank(child, fleet).ranked[0].brigade == plain.id);
    child.patients[0].age_years.reset();
    CHECK(rank(child, fleet).ranked[0].brigade == plain.id);
}

TEST_CASE("for U1 no profile is kept back: the nearest goes") {
    for (const BrigadeKind kind : {BrigadeKind::psychiatric, BrigadeKind::obstetric,
                                   BrigadeKind::paediatric, BrigadeKind::cardiac}) {
        const Brigade other = brigade(1, kind), plain = brigade(2);
        const std::vector fleet{at_work(other, 300), at_work(plain, 320)};
        CHECK(rank(incident(Category::u1), fleet).ranked[0].brigade == other.id);
        CHECK(rank(incident(Category::u2), fleet).ranked[0].brigade == plain.id);
        CHECK(rank(incident(Category::u4), fleet).ranked[0].brigade == plain.id);
    }
}

TEST_CASE("a break that is due and more calls than others count for U3 and U4 only") {
    const Brigade tired = brigade(1), busy = brigade(2), rested = brigade(3);
    BrigadeAtWork a = at_work(tired, 300), b = at_work(busy, 300);
    a.break_due_s = 120;
    b.calls_more = 3;
    const std::vector fleet{a, b, at_work(rested, 310)};
    for (const Category c : {Category::u3, Category::u4}) {
        const auto r = rank(incident(c), fleet);
        CHECK(r.ranked[0].brigade == rested.id);
        CHECK(has(r.ranked[2].reasons, "break_due_s"));
        CHECK(has(r.ranked[1].reasons, "fairness_s"));
    }
    for (const Category c : {Category::u1, Category::u2}) {
        const auto r = rank(incident(c), fleet);
        CHECK(r.ranked[2].brigade == rested.id);
        CHECK_FALSE(has(r.ranked[0].reasons, "break_due_s"));
    }
}

TEST_CASE("what stays covered counts where it is known, and is said to be unknown where not") {
    const Brigade a = brigade(1), b = brigade(2);
    BrigadeAtWork leaves_gap = at_work(a, 300);
    leaves_gap.cover_loss = 0.12;
    BrigadeAtWork leaves_none = at_work(b, 330);
    leaves_none.cover_loss = 0.0;
    const auto r = rank(incident(Category::u3), {leaves_gap, leaves_none});
    CHECK(r.ranked[0].brigade == b.id);
    CHECK(has(r.why_first, "second_cover_s"));
    CHECK(has(r.ranked[1].reasons, "cover_percent"));
    const auto unknown = rank(incident(Category::u3), {at_work(a, 300)});
    CHECK(has(unknown.ranked[0].reasons, "cover_unknown"));
}

TEST_CASE("the cost of an override is in minutes and in probability, both ways") {
    const Brigade a = brigade(1), b = brigade(2);
    BrigadeAtWork first = at_work(a, 300), second = at_work(b, 480);
    first.sigma = second.sigma = 0.3;
    const auto r = rank(incident(Category::u1), {first, second});
    const auto cost = override_cost(r, Category::u1, b.id);
    REQUIRE(cost);
    CHECK(cost->later_s == 180);
    CHECK(cost->target_min == 10);
    CHECK(*cost->first_probability > *cost->chosen_probability);
    CHECK(*cost->chosen_probability == r.ranked[1].in_target_probability);
    CHECK_FALSE(override_cost(r, Category::u1, a.id));
    CHECK_FALSE(override_cost(r, Category::u1, BrigadeId{9}));
}

TEST_CASE("leaving counts: from its base a crew leaves later than one on the road") {
    const Brigade home = brigade(1), road = brigade(2, {}, BrigadeStatus::returning);
    const CrewFigures nothing;
    BrigadeAtWork a = at_work(home, 300), b = at_work(road, 330);
    a.turnout = turnout_of(nothing, table().turnout, home, now);
    b.turnout = turnout_of(nothing, table().turnout, road, now);
    CHECK(a.turnout.source == FigureSource::row);
    CHECK(a.turnout.median_s == 75);
    const auto r = rank(incident(Category::u1), {a, b});
    CHECK(r.ranked[0].brigade == road.id);
    CHECK(has(r.ranked[1].reasons, "turnout_prior_s"));
    CHECK(r.ranked[1].arrival_s() == 375);
    a.travel_s = 550;  // driving alone would be in time, leaving and driving are not
    CHECK_FALSE(rank(incident(Category::u1), {a}).ranked[0].within_target);
}

TEST_CASE("turn-out comes from the room's own journal once there is enough, by hour") {
    State state;
    Incident old = incident(Category::u2);
    for (std::uint64_t i = 0; i < table().turnout.trips_min; ++i) {
        old.tasks.push_back(done_task(i + 1, i + 1, 20, 5, 200));
    }
    state.recent.put(old);
    const CrewFigures figures = crew_figures(state, now, table(), 12);
    const Spread here = turnout_of(figures, table().turnout, brigade(1), ago(15));
    CHECK(here.source == FigureSource::room_hour);
    CHECK(here.median_s == Approx(200).margin(0.01));
    const Spread other = turnout_of(figures, table().turnout, brigade(1), ago(300));
    CHECK(other.source == FigureSource::room);
    old.tasks.pop_back();
    state.recent.put(old);
    CHECK(turnout_of(crew_figures(state, now, table(), 12), table().turnout, brigade(1), now)
              .source == FigureSource::row);
}

TEST_CASE("work without a break and calls of the shift come from the journal") {
    State state;
    Incident work = incident(Category::u4);
    for (std::uint64_t i = 0; i < 6; ++i) {  // brigade 1: six hours, twenty minutes between
        const double from = 370 - 60.0 * static_cast<double>(i);
        work.tasks.push_back(done_task(i + 1, 1, from, from - 45));
    }
    work.tasks.push_back(done_task(20, 2, 370, 330));  // brigade 2: one call, then rest
    state.open.put(work);
    for (const std::uint64_t id : {1, 2, 3}) state.brigades.put(brigade(id));
    const CrewFigures figures = crew_figures(state, now, table(), 12);
    CHECK(figures.load({1}).calls == 6);
    CHECK(figures.load({1}).break_due_s == table().breaks[0].penalty_s);
    CHECK(figures.load({2}).break_due_s == 0);
    CHECK(figures.load({3}).calls == 0);
    CHECK(figures.mean_calls == Approx(7.0 / 3));
}

TEST_CASE("leaving and driving together: as many as a million draws say") {
    std::mt19937_64 random{7};
    std::normal_distribution<double> normal;
    for (const double target : {300.0, 600.0, 900.0}) {
        const Spread turnout{75, 0.5, FigureSource::row};
        int in_time = 0;
        constexpr int draws = 1'000'000;
        for (int i = 0; i < draws; ++i) {
            const double t = 75 * std::exp(0.5 * normal(random)) +
                             400 * std::exp(0.3 * normal(random));
            in_time += t <= target ? 1 : 0;
        }
        CHECK(arrival_within(target, turnout, 400, 0.3) ==
              Approx(in_time / static_cast<double>(draws)).margin(0.004));
    }
    CHECK(arrival_within(600, {}, 500, 0) == 1);
    CHECK(arrival_within(600, {}, 700, 0) == 0);
}

TEST_CASE("a table that is wrong is refused by file, line and key") {
    const std::string file = "data/law/dispatch.toml";
    const std::string good =
        read_file(std::string{JEDEL_SOURCE_DIR} + "/" + file).value();
    const auto with = [&](std::string from, std::string to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return parse_dispatch(text, file, 20'000);
    };
    CHECK(parse_dispatch(good, file, 20'000));
    CHECK(with("\"psychiatric\"", "\"psychiatry\"").error().field == "first");
    CHECK(with("moving_s = 15", "moving_s = -1").error().field == "moving_s");
    CHECK(with("base_s = [120, ", "base_s = [").error().field == "base_s");
    CHECK(with("on_scene_min = 40", "").error().field == "on_scene_min");
    CHECK(with("age_under = 15", "").error().field == "rules");
    CHECK(with("source = \"working definition\"", "source = \"\"").error().field == "source");
    CHECK(with("age_under = 15", "").error().line > 1);
}
