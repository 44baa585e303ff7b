#include <catch2/catch.hpp>

#include "dispatch/core/incidents/clocks.h"
#include "room.h"

using namespace jedel;
using test::Room;

TEST_CASE("a call goes from receipt to closed") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u2);
    room.wait(60);
    REQUIRE(room.assign(id, 1));
    using enum BrigadeStatus;
    for (const BrigadeStatus s :
         {accepted, departed, on_scene, transporting, at_hospital, handed_over, returning}) {
        room.wait(120);
        CAPTURE(name_of(s));
        REQUIRE(room.status(1, s));
    }
    REQUIRE(room.tell(RecordDisposition{id, Disposition::transported, OrganisationId{201}}));
    REQUIRE(room.tell(CloseIncident{id}));
    REQUIRE(room.state.open.empty());
    const Incident& closed = *room.state.recent.find(id);
    const Task& a = closed.tasks.at(0);
    REQUIRE(a.served());
    REQUIRE(a.on_scene_at() < a.left_scene_at());
    REQUIRE(a.handed_over_at() < a.ended_at());
    REQUIRE(is_free(*room.state.brigades.find({1})));
    const CallClocks clocks = clocks_of(closed);
    REQUIRE(clocks.hand_over.elapsed_ms(room.now) == 60'000);
    REQUIRE(clocks.arrival.elapsed_ms(room.now) == 360'000);
    REQUIRE(clocks.caller_wait.elapsed_ms(room.now) == 420'000);
    REQUIRE_FALSE(clocks.arrival.late(room.now));
}

TEST_CASE("the second of two desks is told who was first") {
    Room room;
    room.brigade(1);
    const IncidentId first = room.call(Category::u1), second = room.call(Category::u1);
    const std::uint64_t seen = room.state.brigades.find({1})->version;
    REQUIRE(room.tell(AssignBrigade{.incident = first, .brigade = {1}, .seen_version = seen}));
    REQUIRE_FALSE(
        room.tell(AssignBrigade{.incident = second, .brigade = {1}, .seen_version = seen}));
    REQUIRE(room.refusal.code == RefusalCode::brigade_busy);
    REQUIRE(room.refusal.first_actor == "desk-1");
    REQUIRE(room.refusal.first_incident == first);
}

TEST_CASE("a brigade that changed since it was shown is not sent") {
    Room room;
    room.brigade(1);
    const std::uint64_t seen = room.state.brigades.find({1})->version;
    room.wait(5);
    REQUIRE(room.status(1, BrigadeStatus::returning));
    REQUIRE_FALSE(room.tell(
        AssignBrigade{.incident = room.call(Category::u2), .brigade = {1}, .seen_version = seen}));
    REQUIRE(room.refusal.code == RefusalCode::stale_version);
}

TEST_CASE("a second brigade goes only when it is meant") {
    Room room;
    room.brigade(1);
    room.brigade(2);
    const IncidentId id = room.call(Category::u1);
    REQUIRE(room.assign(id, 1));
    REQUIRE_FALSE(room.assign(id, 2));
    REQUIRE(room.refusal.code == RefusalCode::already_handed);
    REQUIRE(room.tell(AssignBrigade{.incident = id, .brigade = {2}, .additional = true}));
}

TEST_CASE("a less urgent category needs the senior doctor, a reason and words") {
    Room room;
    const IncidentId id = room.call(Category::u1);
    SetCategory lower{.incident = id,
                      .category = Category::u3,
                      .reason = OverrideReason::clinical_judgement,
                      .words = "seen by doctor"};
    REQUIRE_FALSE(room.tell(lower, Seat::dispatcher));
    REQUIRE(room.refusal.code == RefusalCode::right_required);
    REQUIRE_FALSE(room.tell(lower, Seat::system));
    SetCategory silent = lower;
    silent.words.clear();
    REQUIRE_FALSE(room.tell(silent, Seat::senior_doctor));
    REQUIRE(room.refusal.code == RefusalCode::reason_required);
    REQUIRE(room.tell(lower, Seat::senior_doctor));
    const Incident& incident = *room.state.open.find(id);
    REQUIRE(incident.category == Category::u3);
    REQUIRE(incident.category_changes.back().from == Category::u1);
    REQUIRE(room.tell(SetCategory{.incident = id, .category = Category::u2}, Seat::call_taker));
}

TEST_CASE("nothing known is no reason to wait for anything but the most urgent") {
    Room room;
    room.tell(ReceiveCall{});
    const IncidentId id{1};
    REQUIRE_FALSE(room.tell(SetCategory{.incident = id, .category = Category::u4}));
    REQUIRE(room.refusal.code == RefusalCode::reason_required);
    REQUIRE(room.tell(SetCategory{.incident = id, .category = Category::u1}));
}

TEST_CASE("a call goes to a polyclinic only as U4, with a known age of one year or more") {
    Room room;
    const auto hand = [&](IncidentId id) {
        return room.tell(HandToPolyclinic{.incident = id, .polyclinic = {301}, .row = "default"});
    };
    REQUIRE_FALSE(hand(room.call(Category::u3)));
    REQUIRE(room.refusal.code == RefusalCode::not_category_4);
    REQUIRE_FALSE(hand(room.call(Category::u4, 0.9)));
    REQUIRE(room.refusal.code == RefusalCode::under_one_year);
    room.tell(ReceiveCall{});
    const IncidentId ageless{room.state.newest_incident().value};
    room.tell(SetCategory{ageless, Category::u4, OverrideReason::other, "test"});
    REQUIRE_FALSE(hand(ageless));
    REQUIRE(room.refusal.code == RefusalCode::age_unknown);
    const IncidentId good = room.call(Category::u4);
    REQUIRE(hand(good));
    REQUIRE_FALSE(hand(good));
    REQUIRE(room.refusal.code == RefusalCode::already_handed);
}

TEST_CASE("a call that becomes more urgent comes back from the polyclinic at once") {
    Room room;
    const IncidentId id = room.call(Category::u4);
    REQUIRE(room.tell(HandToPolyclinic{.incident = id, .polyclinic = {301}, .row = "default"}));
    REQUIRE(room.tell(SetCategory{.incident = id, .category = Category::u1}));
    REQUIRE_FALSE(room.state.open.find(id)->last_polyclinic()->active());
    REQUIRE(room.state.open.find(id)->last_polyclinic()->return_reason == "category_raised");
}

TEST_CASE("impossible statuses are refused and change nothing") {
    Room room;
    room.brigade(1);
    REQUIRE_FALSE(room.status(1, BrigadeStatus::on_scene));
    REQUIRE(room.refusal.code == RefusalCode::not_handed);
    const IncidentId id = room.call(Category::u2);
    room.assign(id, 1);
    REQUIRE_FALSE(room.status(1, BrigadeStatus::free_at_base));
    REQUIRE(room.refusal.code == RefusalCode::status_order);
    REQUIRE(room.status(1, BrigadeStatus::on_scene));  // what came between was lost
    REQUIRE_FALSE(room.status(1, BrigadeStatus::departed));
    REQUIRE(room.refusal.code == RefusalCode::status_order);
    REQUIRE_FALSE(room.tell(ReportStatus{.brigade = {1},
                                         .status = BrigadeStatus::transporting,
                                         .at = room.now + std::chrono::hours{1}}));
    REQUIRE(room.refusal.code == RefusalCode::time_order);
}

TEST_CASE("a released brigade that had not moved is free where it was") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u2);
    room.assign(id, 1);
    REQUIRE_FALSE(room.tell(ReleaseBrigade{.incident = id, .brigade = {1}}));
    REQUIRE(room.refusal.code == RefusalCode::reason_required);
    REQUIRE(room.tell(ReleaseBrigade{id, {1}, ReleaseReason::nearer_brigade}));
    REQUIRE(room.state.brigades.find({1})->status == BrigadeStatus::free_at_base);
    // The hand-over clock runs again: nobody serves the call.
    REQUIRE_FALSE(clocks_of(*room.state.open.find(id)).hand_over.stopped);
}

TEST_CASE("an incident closes only when it ended and nobody is at work") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u2);
    REQUIRE_FALSE(room.tell(CloseIncident{id}));
    REQUIRE(room.refusal.code == RefusalCode::disposition_missing);
    room.assign(id, 1);
    REQUIRE_FALSE(room.tell(RecordDisposition{id, Disposition::left_at_home, {}}));
    REQUIRE(room.refusal.code == RefusalCode::disposition_not_allowed);
    REQUIRE(room.tell(RecordDisposition{id, Disposition::cancelled_by_caller, {}}));
    REQUIRE_FALSE(room.tell(CloseIncident{id}));
    REQUIRE(room.refusal.code == RefusalCode::still_at_work);
}

TEST_CASE("the caller's first words stay for ever") {
    Room room;
    room.tell(ReceiveCall{});
    const auto say = [&](std::string words) {
        RecordIntake c{.incident = {1}};
        c.personal.words = std::move(words);
        return room.tell(c);
    };
    REQUIRE(say("bruises"));
    REQUIRE(say("hit his head and vomits"));
    REQUIRE_FALSE(say("hit his head and vomits"));
    REQUIRE(room.refusal.code == RefusalCode::nothing_changed);
    const PersonalRecord& row = *room.people.find(*room.state.open.find({1})->first_call().person);
    REQUIRE(row.words == "hit his head and vomits");
    REQUIRE(row.first_words == "bruises");
}

TEST_CASE("a paper call keeps its true time and the number of its day") {
    Room room;
    room.tell(ReceiveCall{});
    const Instant yesterday = room.now - std::chrono::hours{24};
    REQUIRE(room.tell(ReceiveCall{.channel = Channel::paper, .received_at = yesterday}));
    REQUIRE(room.state.open.find({2})->received_at == yesterday);
    REQUIRE(room.state.open.find({2})->day_number == 1);
    room.tell(ReceiveCall{});
    REQUIRE(room.state.open.find({3})->day_number == 2);
    REQUIRE_FALSE(room.tell(ReceiveCall{.channel = Channel::phone_103, .received_at = yesterday}));
    REQUIRE_FALSE(room.tell(
        ReceiveCall{.channel = Channel::paper, .received_at = room.now + std::chrono::hours{1}}));
    REQUIRE(room.refusal.code == RefusalCode::time_order);
}

TEST_CASE("ids near 2^31 and beyond are ordinary") {
    Room room;
    room.state.ids.push_back({.desk = 0, .incident = (1ULL << 32) - 2});
    room.tell(ReceiveCall{});
    room.tell(ReceiveCall{});
    REQUIRE(room.state.open.find({1ULL << 32}) != nullptr);
    REQUIRE(room.state.newest_incident().value == 1ULL << 32);
}

TEST_CASE("out-of-range values are refused by field") {
    Room room;
    room.tell(ReceiveCall{});
    RecordIntake c{.incident = {1}};
    c.age_years = -1;
    REQUIRE_FALSE(room.tell(c));
    REQUIRE(room.refusal.field == "age_years");
    c = {.incident = {1}, .lat = 91.0, .lon = 0.0};
    REQUIRE_FALSE(room.tell(c));
    c = {.incident = {1}, .lat = 50.0};
    REQUIRE_FALSE(room.tell(c));
    REQUIRE(room.refusal.field == "lat");
    REQUIRE_FALSE(
        room.tell(ReceiveCall{.channel = Channel::paper, .received_at = Instant{room.now.ms + 1}}));
}
