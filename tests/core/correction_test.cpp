// What was entered wrongly is set right: who, when, why; the first word on it stays.

#include <catch2/catch.hpp>

#include "dispatch/core/incidents/clocks.h"
#include "room.h"

using namespace jedel;
using test::Room;

namespace {

struct Sent : Room {
    IncidentId id;
    TaskId task_id;
    Sent() {
        brigade(1);
        brigade(2);
        id = call(Category::u2);
        REQUIRE(assign(id, 1));
        task_id = incident().tasks.front().id;
    }
    const Incident& incident() const { return *state.incident(id); }
    const Task& task() const { return *incident().task(task_id); }
    const Brigade& one() const { return *state.brigades.find({1}); }
    bool go(BrigadeStatus s) {
        wait(60);
        return status(1, s);
    }
    void until(BrigadeStatus last) {
        for (const auto s : {BrigadeStatus::accepted, BrigadeStatus::departed,
                             BrigadeStatus::on_scene, BrigadeStatus::transporting,
                             BrigadeStatus::at_hospital, BrigadeStatus::handed_over,
                             BrigadeStatus::returning}) {
            wait(60);
            ReportStatus c{.brigade = {1}, .status = s};
            if (s == BrigadeStatus::transporting) c.hospital = OrganisationId{201};
            REQUIRE(tell(c));
            if (s == last) return;
        }
    }
    bool strike(TaskStep step, std::string words = "wrong key") {
        return tell(CorrectTask{id, task_id, step, {}, std::move(words)});
    }
    bool move(TaskStep step, int seconds) {
        return tell(CorrectTask{id, task_id, step, now + std::chrono::seconds{seconds}, "as said"});
    }
};

}  // namespace

TEST_CASE("an untouched call is taken away and leaves no ghost; a touched one is not") {
    Room room;
    REQUIRE(room.tell(ReceiveCall{}));
    const IncidentId id = room.state.newest_incident();
    REQUIRE(room.tell(DiscardCall{id}, Seat::call_taker));
    CHECK(room.state.incident(id) == nullptr);
    CHECK(std::holds_alternative<CallDiscarded>(room.log.back().event));
    CHECK_FALSE(room.tell(DiscardCall{id}));
    // Its number is not given again: somebody may have written it down.
    REQUIRE(room.tell(ReceiveCall{}));
    const IncidentId next = room.state.newest_incident();
    CHECK(room.state.incident(next)->day_number == 2);
    SECTION("something said") {
        REQUIRE(room.tell(RecordIntake{.incident = next, .age_years = 40}));
    }
    SECTION("words typed") {
        RecordIntake words{.incident = next};
        words.personal.words = "w";
        REQUIRE(room.tell(words));
    }
    SECTION("a category") {
        REQUIRE(room.tell(SetCategory{.incident = next, .category = Category::u1}));
    }
    SECTION("the line was lost") { REQUIRE(room.tell(RecordCallerLost{next, {}})); }
    SECTION("the police asked for") {
        REQUIRE(room.tell(RequestService{.incident = next, .purpose = "threat"}));
    }
    SECTION("somebody waits at 112") {
        REQUIRE(room.tell(ReceiveCall{.channel = Channel::line_112}));
        const IncidentId other = room.state.newest_incident();
        CHECK_FALSE(room.tell(DiscardCall{other}));
        REQUIRE(room.tell(RecordIntake{.incident = next, .age_years = 40}));
    }
    CHECK_FALSE(room.tell(DiscardCall{next}));
    CHECK(room.refusal.code == RefusalCode::not_empty);
    CHECK(room.state.open.find(next) != nullptr);
}

TEST_CASE("a wrong status is struck, and the brigade is where it was before") {
    Sent room;
    room.until(BrigadeStatus::on_scene);
    const Instant first = *room.task().on_scene_at();
    CHECK(clocks_of(room.incident()).arrival.stopped);
    CHECK_FALSE(room.tell(CorrectTask{room.id, room.task_id, TaskStep::on_scene, {}, ""}));
    CHECK(room.refusal.code == RefusalCode::reason_required);
    CHECK_FALSE(room.tell(CorrectTask{room.id, room.task_id, TaskStep::on_scene, {}, "w"},
                          Seat::polyclinic_desk));
    REQUIRE(room.strike(TaskStep::on_scene));
    CHECK(room.one().status == BrigadeStatus::departed);
    CHECK(room.one().status_at == room.task().departed_at());
    CHECK_FALSE(room.one().last_lat);
    CHECK_FALSE(clocks_of(room.incident()).arrival.stopped);
    // Both values stand in the history: the first, and who struck it why.
    const auto& history = room.task().history;
    CHECK(history[history.size() - 2].at == first);
    CHECK(history.back().struck);
    CHECK(history.back().words == "wrong key");
    CHECK(history.back().actor == "desk-1");
    CHECK_FALSE(room.strike(TaskStep::on_scene));
    CHECK_FALSE(room.strike(TaskStep::sent));
    REQUIRE(room.go(BrigadeStatus::on_scene));
    CHECK(room.task().on_scene_at() == room.now);
}

TEST_CASE("times are set right between their neighbours; a missed step is filled in") {
    Sent room;
    REQUIRE(room.go(BrigadeStatus::accepted));
    REQUIRE(room.go(BrigadeStatus::on_scene));
    const Instant there = room.now;
    CHECK_FALSE(room.move(TaskStep::on_scene, 30));
    CHECK_FALSE(room.move(TaskStep::on_scene, -90));
    CHECK(room.refusal.code == RefusalCode::time_order);
    REQUIRE(room.move(TaskStep::on_scene, -20));
    CHECK(room.one().status_at == there - std::chrono::seconds{20});
    CHECK(clocks_of(room.incident()).arrival.stopped == there - std::chrono::seconds{20});
    REQUIRE(room.move(TaskStep::under_way, -40));
    CHECK(room.one().status == BrigadeStatus::on_scene);
    CHECK_FALSE(room.move(TaskStep::left_scene, 0));
    CHECK(room.refusal.code == RefusalCode::status_order);
    CHECK(room.task().last_step() == TaskStep::on_scene);
}

TEST_CASE("an end by mistake is taken back while the brigade has done nothing else") {
    Sent room;
    room.until(BrigadeStatus::returning);
    CHECK_FALSE(room.one().task);
    SECTION("free") {
        REQUIRE(room.strike(TaskStep::done));
        CHECK(room.one().task == room.task_id);
        CHECK(room.one().status == BrigadeStatus::handed_over);
        CHECK(room.one().at_organisation == OrganisationId{201});
        CHECK(room.task().active());
    }
    SECTION("sent elsewhere") {
        REQUIRE(room.assign(room.call(Category::u3), 1));
        CHECK_FALSE(room.strike(TaskStep::done));
        CHECK(room.refusal.code == RefusalCode::brigade_busy);
    }
}

TEST_CASE("with a patient aboard no brigade is released as free") {
    Sent room;
    room.until(BrigadeStatus::transporting);
    for (const auto reason : {ReleaseReason::nearer_brigade, ReleaseReason::more_urgent_call,
                              ReleaseReason::caller_cancelled, ReleaseReason::other}) {
        CHECK_FALSE(room.tell(ReleaseBrigade{room.id, {1}, reason}));
        CHECK(room.refusal.code == RefusalCode::status_order);
    }
    CHECK(room.tell(ReleaseBrigade{room.id, {1}, ReleaseReason::vehicle_fault}));
}

TEST_CASE("a brigade that has handed over is at the hospital, also when that was set right") {
    Sent room;
    room.until(BrigadeStatus::handed_over);
    CHECK(room.one().at_organisation == OrganisationId{201});
    CHECK_FALSE(room.tell(CorrectHospital{room.id, room.task_id, {202}, ""}));
    REQUIRE(room.tell(RecordDisposition{.incident = room.id,
                                        .disposition = Disposition::transported,
                                        .hospital = OrganisationId{201}}));
    REQUIRE(room.tell(CorrectHospital{room.id, room.task_id, {202}, "the other one"}));
    CHECK(room.one().at_organisation == OrganisationId{202});
    CHECK(room.task().hospital == OrganisationId{202});
    CHECK(room.task().hospital_changes.back().from == OrganisationId{201});
    CHECK(room.incident().ending.hospital == OrganisationId{202});
    REQUIRE(room.go(BrigadeStatus::returning));
    CHECK(room.one().at_organisation == OrganisationId{202});
    REQUIRE(room.status(1, BrigadeStatus::free_at_base));
    CHECK_FALSE(room.one().at_organisation);
}

TEST_CASE("an outcome under way stops no clock and is taken back; a closed call opens again") {
    Sent room;
    REQUIRE(room.tell(RecordDisposition{.incident = room.id, .disposition = Disposition::refused}));
    const CallClocks clocks = clocks_of(room.incident());
    CHECK_FALSE(clocks.arrival.stopped);
    CHECK_FALSE(clocks.caller_wait.stopped);
    room.wait(3600);
    CHECK(clocks_of(room.incident()).arrival.late(room.now));
    CHECK_FALSE(room.tell(CorrectDisposition{.incident = room.id}));
    REQUIRE(room.tell(CorrectDisposition{.incident = room.id, .words = "wrong digit"}));
    CHECK(room.incident().ending.disposition == Disposition::none);
    CHECK(room.incident().ending_changes.size() == 2);
    CHECK(room.incident().ending_changes[0].ending.disposition == Disposition::refused);
    room.until(BrigadeStatus::on_scene);
    REQUIRE(room.tell(RecordDisposition{.incident = room.id, .disposition = Disposition::served}));
    CHECK_FALSE(room.strike(TaskStep::on_scene));
    CHECK(room.refusal.code == RefusalCode::disposition_not_allowed);
    REQUIRE(room.go(BrigadeStatus::returning));
    REQUIRE(room.tell(CloseIncident{room.id}));
    CHECK_FALSE(room.tell(ReopenIncident{room.id, ""}));
    REQUIRE(room.tell(ReopenIncident{room.id, "the wrong call"}, Seat::call_taker));
    CHECK(room.incident().open());
    CHECK(room.incident().reopenings.back().words == "the wrong call");
    CHECK(room.state.closed_total == 0);
    REQUIRE(room.tell(CorrectDisposition{.incident = room.id,
                                         .disposition = Disposition::left_at_home,
                                         .words = "as the crew says"}));
    REQUIRE(room.tell(CloseIncident{room.id}));
}

TEST_CASE("one's own slip upward goes back to the proposed, and nothing else does") {
    Room room;
    REQUIRE(room.tell(ReceiveCall{}));
    const IncidentId id = room.state.newest_incident();
    room.state.open.edit(id, [](Incident& i) { i.triage.proposed = Category::u3; });
    REQUIRE(room.tell(SetCategory{.incident = id, .category = Category::u3}));
    const SetCategory back{.incident = id,
                           .category = Category::u3,
                           .reason = OverrideReason::entry_error,
                           .words = "wrong key"};
    SECTION("a slip") {
        REQUIRE(room.tell(SetCategory{.incident = id, .category = Category::u1}));
        SetCategory bare = back;
        bare.words.clear();
        CHECK_FALSE(room.tell(bare));
        bare = back;
        bare.reason = OverrideReason::clinical_judgement;
        CHECK_FALSE(room.tell(bare));
        bare = back;
        bare.category = Category::u4;
        CHECK_FALSE(room.tell(bare));
        CHECK(room.refusal.code == RefusalCode::right_required);
        CHECK(room.tell(back));
        CHECK(room.state.open.find(id)->category_changes.size() == 3);
    }
    SECTION("a judgement") {
        REQUIRE(room.tell(SetCategory{.incident = id,
                                      .category = Category::u1,
                                      .reason = OverrideReason::danger_on_scene,
                                      .words = "gas"}));
        CHECK_FALSE(room.tell(back));
        CHECK(room.refusal.code == RefusalCode::right_required);
    }
    SECTION("on top of a judgement") {
        REQUIRE(room.tell(SetCategory{.incident = id,
                                      .category = Category::u2,
                                      .reason = OverrideReason::danger_on_scene,
                                      .words = "gas"}));
        REQUIRE(room.tell(SetCategory{.incident = id, .category = Category::u1}));
        CHECK_FALSE(room.tell(back));
    }
}
