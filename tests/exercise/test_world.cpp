// A person at the console and the world of a replay: what the person does is acted on, and what
// the person has begun the policy leaves alone.

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "dispatch/exercise/report.h"
#include "tests/exercise/person.h"

using namespace jedel;
using namespace jedel::exercise;
using namespace jedel::test;

TEST_CASE("a brigade that a person sends drives, arrives, serves, gets free and goes home") {
    Room room{small_log(8, 60), Policy::nobody};
    const auto [incident, brigade] = room.send_first();
    std::vector<BrigadeStatus> seen;
    room.until([&] {
        if (seen.empty() || seen.back() != room.status(brigade)) {
            seen.push_back(room.status(brigade));
        }
        return seen.size() > 4 && seen.back() == BrigadeStatus::free_at_base;
    });
    const auto has = [&](BrigadeStatus s) {
        return std::find(seen.begin(), seen.end(), s) != seen.end();
    };
    for (const BrigadeStatus s : {BrigadeStatus::sent, BrigadeStatus::accepted,
                                  BrigadeStatus::departed, BrigadeStatus::on_scene,
                                  BrigadeStatus::returning}) {
        INFO(name_of(s));
        CHECK(has(s));
    }
    const Incident* ended = room.state().recent.find(incident);
    REQUIRE(ended != nullptr);
    CHECK(ended->ending.disposition != Disposition::none);
    const CallResult result = room.result(incident);
    CHECK(result.closed);
    CHECK(result.travel_ms > 0);
    CHECK(result.arrival_ms > result.travel_ms);
    CHECK(result.hand_over_ms >= 0);
    const auto fix = room.engine->fixes().find(brigade);
    REQUIRE(fix != room.engine->fixes().end());
    CHECK(distance_m(fix->second.place, room.state().brigades.find(brigade)->base_place) < 5);
    CHECK(room.refusals() == 0);
}

TEST_CASE("times of a brigade that a person sent are the drawn ones, however it is stepped") {
    const auto times = [](bool in_stretches) {
        Room room{small_log(6, 90), Policy::nobody};
        const auto [incident, brigade] = room.send_first();
        if (in_stretches) {
            for (Instant at = room.replay.now(); room.state().open.find(incident) != nullptr;) {
                at = at + std::chrono::seconds{7};
                REQUIRE(room.replay.run_until(*room.engine, at).ok());
            }
        } else {
            const IncidentId id = incident;
            room.until([&] { return room.state().open.find(id) == nullptr; });
        }
        const Task& task = room.state().recent.find(incident)->tasks.front();
        const Instant sent = task.sent_at();
        CHECK((*task.accepted_at() - sent) <= std::chrono::seconds{60});
        CHECK((*task.departed_at() - sent) <= std::chrono::seconds{300});
        std::vector<std::int64_t> out;
        for (const TaskMark& mark : task.history) out.push_back(mark.at.ms);
        return out;
    };
    CHECK(times(true) == times(false));
}

TEST_CASE("a person serves every third call, the policy the rest: every call ends") {
    for (const int apart : {12, 4}) {
        Room room{small_log(60, apart), Policy::recommended};
        std::set<IncidentId> mine;
        while (!room.replay.finished()) {
            REQUIRE(room.replay.step(*room.engine).ok());
            std::map<BrigadeId, int> at_work;
            std::vector<IncidentId> wanted;
            for (const auto& row : room.state().open.rows()) {
                const Incident& i = *row;
                for (const Task& t : i.tasks) {
                    if (t.of_brigade() && t.active()) ++at_work[*t.brigade];
                }
                if (i.id.value % 3 == 0 && i.place() && i.tasks.empty() &&
                    i.triage.proposed != Category::none) {
                    wanted.push_back(i.id);
                }
            }
            for (const auto& [brigade, count] : at_work) REQUIRE(count == 1);
            for (const IncidentId id : wanted) {
                // Sorting makes it the person's, also where no brigade is free yet.
                const Incident* i = room.state().open.find(id);
                if (i->category == Category::none) {
                    room.must(SetCategory{.incident = id, .category = i->triage.proposed});
                }
                const BrigadeId brigade = room.free_brigade();
                if (brigade && room.send(id, brigade)) mine.insert(id);
            }
        }
        CHECK(mine.size() >= 15);
        CHECK(room.state().open.empty());
        for (const CallResult& call : room.replay.tally().calls) {
            INFO("line " << call.line);
            CHECK(call.closed);
            CHECK_FALSE(call.never_served);
            CHECK(call.disposition != Disposition::none);
        }
        for (const IncidentId id : mine) {
            const Incident* i = room.state().recent.find(id);
            REQUIRE(i != nullptr);
            REQUIRE(i->tasks.size() == 1);
            CHECK(i->tasks[0].history[0].actor == "desk 1");
            CHECK(i->tasks[0].served());
        }
        CHECK(room.refusals() == 0);
    }
}

TEST_CASE("a brigade released under way turns back, and one re-routed drives to the new scene") {
    Room room{small_log(8, 5), Policy::nobody};
    const auto [first, brigade_] = room.send_first();
    const BrigadeId brigade = brigade_;
    room.until([&] { return room.status(brigade) == BrigadeStatus::departed; });
    room.must(ReleaseBrigade{first, brigade, ReleaseReason::more_urgent_call, {}});
    SECTION("released") {
        room.until([&] { return room.status(brigade) == BrigadeStatus::free_at_base; });
        CHECK(room.state().open.find(first) != nullptr);
        CHECK_FALSE(room.state().open.find(first)->tasks[0].on_scene_at());
    }
    SECTION("sent elsewhere in the same moment") {
        IncidentId second{};
        for (const auto& row : room.state().open.rows()) {
            const Incident& i = *row;
            if (i.id != first && i.place() && i.triage.proposed != Category::none) second = i.id;
        }
        if (!second) {
            room.until([&] { return room.told() != nullptr; });
            second = room.told()->id;
        }
        REQUIRE(room.send(second, brigade));
        const LatLon place = *room.state().open.find(second)->place();
        room.until([&] { return room.status(brigade) == BrigadeStatus::on_scene; });
        CHECK(room.state().brigades.find(brigade)->incident == second);
        CHECK(distance_m(room.engine->fixes().find(brigade)->second.place, place) < 5);
        room.until([&] { return room.state().open.find(second) == nullptr; });
    }
    CHECK(room.refusals() == 0);
}

TEST_CASE("a call whose brigade a person took away is served again by the policy") {
    Room room{small_log(6, 30), Policy::recommended};
    IncidentId incident{};
    BrigadeId brigade{};
    room.until([&] {
        for (const auto& row : room.state().brigades.rows()) {
            const Brigade& b = *row;
            if (b.status != BrigadeStatus::departed) continue;
            incident = *b.incident;
            brigade = b.id;
            return true;
        }
        return false;
    });
    room.must(ReleaseBrigade{incident, brigade, ReleaseReason::nearer_brigade, {}});
    room.finish();
    CHECK(room.state().open.empty());
    const Incident* ended = room.state().recent.find(incident);
    REQUIRE(ended != nullptr);
    CHECK(ended->tasks.size() == 2);
    CHECK(ended->tasks.back().served());
    CHECK(room.refusals() == 0);
}

TEST_CASE("what a person has entered of a brigade is not reported again") {
    for (const BrigadeStatus ahead :
         {BrigadeStatus::accepted, BrigadeStatus::departed, BrigadeStatus::on_scene}) {
        INFO(name_of(ahead));
        Room room{small_log(6, 60), Policy::recommended};
        const auto [incident_, brigade_] = room.send_first();
        const IncidentId incident = incident_;
        const BrigadeId brigade = brigade_;
        room.must(ReportStatus{.brigade = brigade, .status = ahead});
        room.finish();
        CHECK(room.refusals() == 0);
        const Incident* i = room.state().incident(incident);
        REQUIRE(i != nullptr);
        long said = 0;
        for (const TaskMark& m : i->tasks[0].history) {
            said += step_of(ahead) == m.step ? 1 : 0;
        }
        CHECK(said == 1);
        CHECK_FALSE(i->open());
    }
    // The whole course by a person, to a hospital of that person's choice.
    Room room{small_log(6, 60), Policy::recommended};
    const auto [incident_, brigade_] = room.send_first();
    const IncidentId incident = incident_;
    const BrigadeId brigade = brigade_;
    room.must(ReportStatus{.brigade = brigade, .status = BrigadeStatus::on_scene});
    room.must(ReportStatus{.brigade = brigade,
                           .status = BrigadeStatus::transporting,
                           .hospital = OrganisationId{6}});
    room.finish();
    const Incident* i = room.state().recent.find(incident);
    REQUIRE(i != nullptr);
    CHECK(i->ending.disposition == Disposition::transported);
    CHECK(i->ending.hospital == OrganisationId{6});
    CHECK(room.refusals() == 0);
}

TEST_CASE("what a person merged, closed, ended or handed over the policy does not touch") {
    Room room{small_log(12, 6), Policy::recommended};
    std::vector<IncidentId> ids;
    room.until([&] {
        for (const auto& row : room.state().open.rows()) {
            const Incident& i = *row;
            if (std::find(ids.begin(), ids.end(), i.id) == ids.end()) ids.push_back(i.id);
        }
        const std::size_t n = ids.size();
        if (n < 2) return false;
        return room.state().open.find(ids[n - 1]) && room.state().open.find(ids[n - 2]) &&
               room.state().open.find(ids[n - 1])->tasks.empty();
    });
    const IncidentId merged = ids[ids.size() - 1];
    const IncidentId into = ids[ids.size() - 2];
    room.must(MergeIncident{merged, into});
    const auto begun = [&] {
        const State& s = room.state();
        const Incident& last = **s.open.rows().rbegin();
        return last.id != merged && last.id != into && last.tasks.empty() ? last.id : IncidentId{};
    };
    room.until([&] { return !room.state().open.empty() && bool{begun()}; });
    const IncidentId closed = begun();
    room.must(RecordDisposition{closed, Disposition::false_call, {}, {}});
    room.must(CloseIncident{closed});
    room.until([&] { return !room.state().open.empty() && bool{begun()}; });
    const IncidentId ended = begun();
    room.must(RecordDisposition{ended, Disposition::refused, {}, {}});
    room.finish();
    CHECK(room.refusals() == 0);
    for (const IncidentId id : {merged, closed, ended}) {
        const Incident* i = room.state().incident(id);
        REQUIRE(i != nullptr);
        CHECK(i->tasks.empty());
    }
    CHECK(room.result(merged).closed);
    CHECK(room.result(closed).disposition == Disposition::false_call);
    REQUIRE(room.state().open.size() == 1);
    CHECK(room.state().open.find(ended) != nullptr);
    CHECK_FALSE(room.result(ended).never_served);
    CHECK(room.state().recent.find(into) != nullptr);
}

TEST_CASE("a polyclinic answers a person's hand-over, and the call is that person's to close") {
    Room room{small_log(30, 15), Policy::nobody};
    const auto quiet = [&]() -> const Incident* {
        for (const auto& row : room.state().open.rows()) {
            if (row->tasks.empty() && row->place() && row->triage.proposed == Category::u4 &&
                row->first_patient().age_years) {
                return row.get();
            }
        }
        return nullptr;
    };
    room.until([&] { return quiet() != nullptr; });
    const IncidentId incident = quiet()->id;
    if (quiet()->category == Category::none) {
        room.must(SetCategory{incident, Category::u4, OverrideReason::none, {}});
    }
    room.must(HandToPolyclinic{incident, OrganisationId{3}, "row", {}, {}});
    const Instant handed = room.state().at;
    room.until([&] { return room.replay.now() > handed + std::chrono::minutes{11}; });
    const Incident* i = room.state().open.find(incident);
    REQUIRE(i != nullptr);
    REQUIRE(i->polyclinic_at_work() != nullptr);
    CHECK(i->polyclinic_at_work()->accepted_at().has_value());
    CHECK(i->ending.disposition == Disposition::none);
    room.must(RecordDisposition{incident, Disposition::handed_to_polyclinic, {}, {}});
    room.must(CloseIncident{incident});
    room.finish();
    CHECK(room.result(incident).closed);
    CHECK(room.result(incident).to_polyclinic);
    CHECK_FALSE(room.result(incident).never_served);
    CHECK(room.refusals() == 0);
}

TEST_CASE("a call that a person takes back from the policy's polyclinic is served by a brigade") {
    Room room{small_log(30, 15), Policy::recommended};
    const auto handed = [&]() -> const Incident* {
        for (const auto& row : room.state().open.rows()) {
            const Task* t = row->polyclinic_at_work();
            if (t != nullptr && !t->accepted_at()) return row.get();
        }
        return nullptr;
    };
    room.until([&] { return handed() != nullptr; });
    const IncidentId incident = handed()->id;
    room.must(ReturnFromPolyclinic{incident, "closed", {}});
    room.finish();
    CHECK(room.state().open.empty());
    const Incident* i = room.state().recent.find(incident);
    REQUIRE(i != nullptr);
    REQUIRE(i->tasks.size() == 2);
    CHECK(i->tasks.back().of_brigade());
    CHECK(i->tasks.back().served());
    CHECK(room.refusals() == 0);
}

TEST_CASE("a second brigade that a person sends comes too, and the last one ends the call") {
    Room room{small_log(6, 60), Policy::recommended};
    const auto [first, one] = room.send_first();
    const IncidentId incident = first;
    const BrigadeId two = room.free_brigade();
    REQUIRE(two);
    room.must(AssignBrigade{.incident = incident, .brigade = two, .additional = true});
    room.finish();
    CHECK(room.state().open.empty());
    const Incident* i = room.state().recent.find(incident);
    REQUIRE(i != nullptr);
    REQUIRE(i->tasks.size() == 2);
    for (const Task& task : i->tasks) {
        CHECK(task.on_scene_at().has_value());
        CHECK(task.served());
    }
    CHECK(one != two);
    CHECK(room.refusals() == 0);
}

TEST_CASE("a call that a person took, and that the log does not have, is driven to as well") {
    Room room{small_log(8, 60), Policy::recommended};
    room.until([&] { return room.replay.calls_begun() > 2; });
    ReceiveCall call;
    call.personal.words = "new";
    room.must(call, Seat::call_taker);
    const IncidentId mine = room.state().newest_incident();
    room.must(SetCategory{mine, Category::u1, OverrideReason::none, {}});
    room.until([&] { return bool{room.free_brigade()}; });
    const BrigadeId brigade = room.free_brigade();
    REQUIRE(room.send(mine, brigade));
    // Nobody has said where: the crew is ready and does not depart.
    REQUIRE(room.replay.run_until(*room.engine, room.replay.now() + std::chrono::minutes{20}).ok());
    CHECK(room.status(brigade) == BrigadeStatus::accepted);
    RecordIntake where;
    where.incident = mine;
    where.lat = 43.22;
    where.lon = 76.82;
    room.must(where, Seat::call_taker);
    room.finish();
    const Incident* ended = room.state().recent.find(mine);
    REQUIRE(ended != nullptr);
    CHECK(ended->tasks.front().served());
    CHECK(room.replay.calls_begun() == 8);
    CHECK(room.replay.tally().calls.size() == 8);
    CHECK(room.refusals() == 0);
}

TEST_CASE("with nobody at all calls stay open, and the report counts them as never served") {
    const auto input = replay_input(small_log(10, 20));
    const auto engine = engine_on("sqlite::memory:", input->protocol);
    Replay replay{input, {.policy = Policy::nobody, .draws = {}}};
    const auto done = run_headless(replay, *engine, {});
    REQUIRE(done.ok());
    CHECK(replay.finished());
    CHECK(engine->state().open.size() == 10);
    for (const auto& row : engine->state().open.rows()) {
        const Incident& i = *row;
        CHECK(i.tasks.empty());
        CHECK(i.category == Category::none);
        CHECK(i.ending.disposition == Disposition::none);
        CHECK(i.place());
    }
    const Figures figures = compute_figures(replay, *done);
    CHECK(figures.never_served == 10);
    CHECK(figures.closed == 0);
    CHECK(figures.dispositions[static_cast<std::size_t>(Disposition::cancelled_by_caller)] == 0);
    const auto json = nlohmann::json::parse(report_json(replay, figures));
    CHECK(json["never_served"] == 10);
}
