// Brigades turned on their way: what the first incident keeps, and what may never be left alone.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "dispatch/core/incidents/clocks.h"
#include "tests/core/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

RerouteBrigades turn(std::uint64_t brigade, IncidentId from, IncidentId to) {
    RerouteBrigades c;
    c.moves = {{.brigade = {brigade}, .from = from, .to = to}};
    c.reasons = {{"gain_s", 180}};
    return c;
}

const Brigade& of(const Room& room, std::uint64_t id) {
    return *room.state.brigades.find(BrigadeId{id});
}

}  // namespace

TEST_CASE("turned to a more urgent call: the first is in the queue again, its clocks running on") {
    Room room;
    room.brigade(1);
    const IncidentId calm = room.call(Category::u4), urgent = room.call(Category::u1);
    const Instant received = room.state.open.find(calm)->received_at;
    REQUIRE(room.assign(calm, 1));
    room.status(1, BrigadeStatus::accepted);
    room.status(1, BrigadeStatus::departed);
    room.wait(120);
    REQUIRE(room.tell(turn(1, calm, urgent)));
    CHECK(of(room, 1).incident == urgent);
    CHECK(of(room, 1).status == BrigadeStatus::sent);
    const Incident& first = *room.state.open.find(calm);
    CHECK(first.first_brigade_at_work() == nullptr);
    CHECK(first.tasks.front().released == ReleaseReason::more_urgent_call);
    const CallClocks clocks = clocks_of(first);
    CHECK(clocks.hand_over.started == received);
    CHECK_FALSE(clocks.hand_over.stopped);
    CHECK_FALSE(clocks.caller_wait.stopped);
    const Task& task = room.state.open.find(urgent)->tasks.front();
    CHECK(task.rerouted_from == calm);
    CHECK(task.reasons == std::vector<Reason>{{"gain_s", 180}});
    // Taken off before it moved again, it is free on the way, not "departed" to nowhere.
    REQUIRE(room.tell(ReleaseBrigade{.incident = urgent, .brigade = {1},
                                     .reason = ReleaseReason::other}));
    CHECK(is_free(of(room, 1)));
}

TEST_CASE("a re-route never leaves an incident that is not less urgent with nobody") {
    Room room;
    room.brigade(1);
    room.brigade(2);
    for (const Category category : {Category::u1, Category::u2}) {
        const IncidentId from = room.call(category), to = room.call(Category::u2);
        REQUIRE(room.assign(from, 1));
        CHECK_FALSE(room.tell(turn(1, from, to)));
        CHECK(room.refusal.code == RefusalCode::not_more_urgent);
        CHECK(room.refusal.first_incident == from);
        // A nearer one takes over in the same plan: then it may.
        RerouteBrigades plan = turn(1, from, to);
        plan.moves.push_back({.brigade = {2}, .from = {}, .to = from});
        REQUIRE(room.tell(plan));
        CHECK(of(room, 1).incident == to);
        CHECK(of(room, 2).incident == from);
        for (const std::uint64_t b : {1, 2}) {
            room.tell(ReleaseBrigade{.incident = *of(room, b).incident, .brigade = {b},
                                     .reason = ReleaseReason::other});
        }
    }
}

TEST_CASE("a nearer brigade takes over: the other is free") {
    Room room;
    room.brigade(1);
    room.brigade(2);
    const IncidentId call = room.call(Category::u2);
    REQUIRE(room.assign(call, 1));
    RerouteBrigades plan;
    plan.moves = {{.brigade = {1}, .from = call, .to = {}}, {.brigade = {2}, .to = call}};
    REQUIRE(room.tell(plan));
    CHECK(is_free(of(room, 1)));
    CHECK(of(room, 1).status == BrigadeStatus::free_at_base);
    CHECK(of(room, 2).incident == call);
    CHECK(room.state.open.find(call)->tasks.front().released == ReleaseReason::nearer_brigade);
}

TEST_CASE("who is at the scene, changed since, twice or at a polyclinic is not turned") {
    Room room;
    for (std::uint64_t b = 1; b <= 3; ++b) room.brigade(b);
    const IncidentId calm = room.call(Category::u4), urgent = room.call(Category::u1);
    REQUIRE(room.assign(calm, 1));
    RerouteBrigades old = turn(1, calm, urgent);
    old.moves[0].seen_version = of(room, 1).version - 1;
    CHECK_FALSE(room.tell(old));
    CHECK(room.refusal.code == RefusalCode::stale_version);
    RerouteBrigades twice = turn(1, calm, urgent);
    twice.moves.push_back(twice.moves[0]);
    CHECK_FALSE(room.tell(twice));
    CHECK_FALSE(room.tell(RerouteBrigades{}));
    CHECK_FALSE(room.tell(turn(1, calm, calm)));
    CHECK_FALSE(room.tell(turn(2, calm, urgent)));
    REQUIRE(room.assign(urgent, 2));
    CHECK_FALSE(room.tell(turn(1, calm, urgent)));
    CHECK(room.refusal.code == RefusalCode::already_handed);
    const IncidentId other = room.call(Category::u1);
    for (const BrigadeStatus s : {BrigadeStatus::accepted, BrigadeStatus::departed,
                                  BrigadeStatus::on_scene}) {
        room.status(1, s);
    }
    CHECK_FALSE(room.tell(turn(1, calm, other)));
    CHECK(room.refusal.code == RefusalCode::status_order);
    CHECK_FALSE(room.tell(turn(3, other, calm)));
    CHECK(of(room, 1).incident == calm);
    CHECK_FALSE(room.tell(turn(1, calm, other), Seat::call_taker));
    CHECK(room.refusal.code == RefusalCode::right_required);
}

TEST_CASE("why another brigade was sent than the one proposed is kept with the task") {
    Room room;
    room.brigade(1);
    room.brigade(2);
    const IncidentId call = room.call(Category::u2);
    AssignBrigade c{.incident = call, .brigade = {2}};
    c.shown = {{{1}, 300, 3000, {}}, {{2}, 480, 4800, {}}};
    c.override_reason = ChoiceReason::knows_the_way;
    REQUIRE(room.tell(c));
    const Task& task = room.state.open.find(call)->tasks.front();
    CHECK(task.against_list());
    CHECK(task.override_reason == ChoiceReason::knows_the_way);
}
