// Who goes in a whole town: brigades free soon, no place at all, many calls at once.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/fleet/crews.h"

using namespace jedel;
using namespace jedel::test::crews;

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
