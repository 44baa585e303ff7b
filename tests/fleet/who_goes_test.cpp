// Who goes: kinds, turn-out, breaks, fairness, cover, brigades free soon, and no place at all.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/install.h"
#include "dispatch/fleet/advisor.h"

using namespace jedel;

namespace {

// Wednesday 12:00 at +05:00.
const Instant now = from_iso("2026-03-04T07:00:00Z").value();

const DispatchTable& table() {
    static const DispatchTable read = [] {
        const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/dispatch.toml";
        return parse_dispatch(read_file(file).value(), file,
                              day_of(now, kazakhstan_offset_minutes(now)))
            .value();
    }();
    return read;
}

Instant ago(double minutes) {
    return now - std::chrono::milliseconds{static_cast<std::int64_t>(minutes * 60'000)};
}

Brigade brigade(std::uint64_t id, BrigadeKind kind = BrigadeKind::feldsher,
                BrigadeStatus status = BrigadeStatus::free_at_base) {
    Brigade b;
    b.id = {id};
    b.name = std::to_string(id);
    b.kind = kind;
    b.status = status;
    b.status_at = ago(1);
    b.base_place = {43.25, 76.9};
    return b;
}

BrigadeAtWork at_work(const Brigade& b, double travel_s) {
    return {.brigade = &b,
            .fix = Fix{.place = {43.25, 76.9}, .at = now},
            .travel_s = travel_s,
            .distance_m = travel_s * 10};
}

Incident incident(Category c) {
    Incident i;
    i.id = {1};
    i.category = c;
    i.patients.emplace_back();
    i.lat = 43.25;
    i.lon = 76.9;
    return i;
}

Incident with_finding(Category c, std::string finding) {
    Incident i = incident(c);
    i.patients[0].findings.push_back({std::move(finding), "yes", Source::caller, {}});
    return i;
}

Recommendation rank(const Incident& i, const std::vector<BrigadeAtWork>& fleet) {
    static const RecommendationTable weights = [] {
        const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/recommendation.toml";
        return parse_recommendation(read_file(file).value(), file,
                                    day_of(now, kazakhstan_offset_minutes(now)))
            .value();
    }();
    return recommend(i, fleet, weights, 1, now, kind_wanted(table(), i));
}

bool has(const std::vector<Reason>& reasons, std::string_view code) {
    return std::any_of(reasons.begin(), reasons.end(),
                       [&](const Reason& r) { return r.code == code; });
}

Task done_task(std::uint64_t id, std::uint64_t brigade, double from_min, double to_min,
               double leaves_s = 60) {
    Task t;
    t.id = {id};
    t.brigade = BrigadeId{brigade};
    t.from_status = BrigadeStatus::free_at_base;
    const auto mark = [&](TaskStep step, Instant at) {
        t.history.push_back({step, at, at, Source::brigade, "t"});
    };
    mark(TaskStep::sent, ago(from_min));
    mark(TaskStep::under_way,
         ago(from_min) + std::chrono::milliseconds{static_cast<std::int64_t>(leaves_s * 1000)});
    mark(TaskStep::done, ago(to_min));
    return t;
}

}  // namespace

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

namespace {

struct Town {
    std::shared_ptr<const City> city =
        load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training").value();
    Adviser adviser{city, load_fleet_tables(JEDEL_SOURCE_DIR).value()};
    State state;

    Town() {
        for (const RosterBrigade& r : city->organisations.roster) {
            const Organisation* base = city->organisations.find(r.base);
            if (base == nullptr) continue;
            Brigade b = brigade(r.id.value, r.kind);
            b.base = r.base;
            b.base_place = base->place;
            b.last_lat = base->place.lat;
            b.last_lon = base->place.lon;
            b.last_place_at = now;
            state.brigades.put(b);
        }
    }
    [[nodiscard]] std::size_t station_free() const {
        std::size_t count = 0;
        for (const auto& b : state.brigades.rows()) {
            if (b->kind != BrigadeKind::polyclinic && is_free(*b)) ++count;
        }
        return count;
    }
    Recommendation ask(const Incident& i) { return adviser.recommend_for(state, {}, i, now); }
    [[nodiscard]] LatLon middle() const {
        return {(city->low.lat + city->high.lat) / 2, (city->low.lon + city->high.lon) / 2};
    }
};

}  // namespace

TEST_CASE("free brigades are never 'nobody': without a place, or with one off the map") {
    Town town;
    Incident i = incident(Category::u1);
    i.lat.reset();
    i.lon.reset();
    const auto nowhere = town.ask(i);
    CHECK(nowhere.ranked.size() == town.station_free());
    for (const Candidate& c : nowhere.ranked) {
        CHECK(c.basis == Basis::no_place);
        CHECK(has(c.reasons, "no_place"));
        CHECK_FALSE(has(c.reasons, "travel_s"));
        CHECK(c.in_target_probability == 0);
    }
    const LatLon middle = town.middle();
    struct Off {
        double lat, lon;
    };
    for (const Off off : {Off{0.2, 0}, Off{0, 0.5}, Off{5, 5}, Off{40, 0}}) {
        i.lat = middle.lat + off.lat;
        i.lon = middle.lon + off.lon;
        const auto r = town.ask(i);
        CHECK(r.ranked.size() == town.station_free());
        CHECK(r.ranked[0].basis == Basis::straight_line);
        CHECK(has(r.why_first, "straight_line"));
        CHECK(r.ranked[0].travel_s > 0);
        // By the straight line, the nearest of equal kinds first.
        for (std::size_t k = 1; k < r.ranked.size(); ++k) {
            CHECK(r.ranked[k - 1].cost_s <= r.ranked[k].cost_s);
        }
    }
    // Places in the journal that are none: as without a place.
    i.lat = 0;
    i.lon = 0;
    CHECK(town.ask(i).ranked.size() == town.station_free());
    CHECK(town.ask(i).ranked[0].basis == Basis::no_place);
}

TEST_CASE("brigades whose places nobody knows are ranked from their bases, and marked") {
    Town town;
    const auto rows = town.state.brigades.rows();
    std::vector<Brigade> all;
    for (const auto& b : rows) all.push_back(*b);
    for (Brigade b : all) {
        b.last_lat.reset();
        b.last_lon.reset();
        town.state.brigades.put(b);
    }
    Incident i = incident(Category::u1);
    i.lat = town.middle().lat;
    i.lon = town.middle().lon;
    const auto r = town.ask(i);
    CHECK(r.ranked.size() == town.station_free());
    CHECK(r.ranked[0].basis == Basis::base);
    CHECK(has(r.ranked[0].reasons, "base"));
}

TEST_CASE("a brigade that is free soon stands beside the free ones and is never first of them") {
    Town town;
    Incident i = incident(Category::u1);
    i.lat = town.middle().lat;
    i.lon = town.middle().lon;
    Incident other = incident(Category::u2);
    other.id = {2};
    Brigade busy = *(*town.state.brigades.rows().begin());
    Task task = done_task(1, busy.id.value, 40, 1);
    task.history.pop_back();
    task.hospital = town.city->organisations.all.front().id;
    for (const Organisation& o : town.city->organisations.all) {
        if (o.kind == OrganisationKind::hospital) task.hospital = o.id;
    }
    other.tasks.push_back(task);
    town.state.open.put(other);
    busy.task = task.id;
    busy.incident = other.id;
    const auto soon_with = [&](BrigadeStatus status) {
        busy.status = status;
        busy.status_at = ago(2);
        town.state.brigades.put(busy);
        ++town.state.seq;
        return town.ask(i);
    };
    const auto r = soon_with(BrigadeStatus::handed_over);
    REQUIRE(r.soon.size() == 1);
    CHECK(r.soon[0].brigade == busy.id);
    CHECK(r.soon[0].free_in_s == 4 * 60);
    CHECK(r.soon[0].arrival_s() > 240);
    for (const Candidate& c : r.ranked) CHECK(c.brigade != busy.id);
    CHECK(soon_with(BrigadeStatus::on_scene).soon.empty());  // 38 minutes are not soon
    CHECK(soon_with(BrigadeStatus::departed).soon.empty());
}

TEST_CASE("insurance never changes who is recommended") {
    Town town;
    REQUIRE(rc::check([&] {
        Incident i = incident(static_cast<Category>(*rc::gen::inRange(1, 5)));
        i.lat = town.middle().lat + *rc::gen::inRange(-20, 20) * 0.0005;
        i.lon = town.middle().lon + *rc::gen::inRange(-20, 20) * 0.0005;
        i.patients[0].age_years = *rc::gen::inRange(0, 90);
        if (*rc::gen::arbitrary<bool>()) {
            i.patients[0].findings.push_back({"chest_pain", "yes", Source::caller, {}});
        }
        const auto plain = town.ask(i);
        InsuranceRecord insurance;
        insurance.status = static_cast<InsuranceStatus>(
            *rc::gen::inRange<std::size_t>(0, EnumNames<InsuranceStatus>::names.size()));
        insurance.polyclinic = OrganisationId{*rc::gen::inRange<std::uint64_t>(300, 310)};
        i.patients[0].insurance = insurance;
        const auto insured = town.ask(i);
        RC_ASSERT(plain.ranked.size() == insured.ranked.size());
        for (std::size_t k = 0; k < plain.ranked.size(); ++k) {
            RC_ASSERT(plain.ranked[k].brigade == insured.ranked[k].brigade);
            RC_ASSERT(plain.ranked[k].cost_s == insured.ranked[k].cost_s);
            RC_ASSERT(plain.ranked[k].reasons == insured.ranked[k].reasons);
        }
    }));
}

TEST_CASE("many calls at once give the same best, with the same reasons, as each by itself") {
    Town town;
    REQUIRE(rc::check([&] {
        std::vector<Incident> calls;
        for (std::size_t k = 0; k < 6; ++k) {
            Incident i = incident(static_cast<Category>(*rc::gen::inRange(1, 5)));
            i.id = {++town.state.seq};  // never the same call twice
            i.lat = town.middle().lat + *rc::gen::inRange(-20, 20) * 0.0005;
            i.lon = town.middle().lon + *rc::gen::inRange(-20, 20) * 0.0005;
            if (*rc::gen::arbitrary<bool>()) {
                i.patients[0].findings.push_back({"chest_pain", "yes", Source::caller, {}});
            }
            if (k == 5) i.lat = i.lon = 0;
            calls.push_back(std::move(i));
        }
        std::vector<const Incident*> all;
        for (const Incident& i : calls) all.push_back(&i);
        const auto many = town.adviser.recommend_all(town.state, {}, all, now, 5);
        for (std::size_t k = 0; k < calls.size(); ++k) {
            const auto one = town.ask(calls[k]);
            RC_ASSERT(many[k].incident == calls[k].id);
            RC_ASSERT(many[k].ranked.size() == std::min<std::size_t>(5, one.ranked.size()));
            for (std::size_t n = 0; n < many[k].ranked.size(); ++n) {
                RC_ASSERT(many[k].ranked[n].brigade == one.ranked[n].brigade);
                RC_ASSERT(many[k].ranked[n].reasons == one.ranked[n].reasons);
            }
        }
    }));
}
