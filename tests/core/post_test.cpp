// A brigade that is asked to wait at a post stays free, and is found where it waits.

#include <catch2/catch.hpp>

#include "dispatch/core/codec.h"
#include "room.h"

using namespace jedel;
using test::Room;

namespace {

MoveToPost to_post(std::uint64_t brigade, std::string post = "107") {
    return {.brigade = {brigade}, .post = std::move(post), .place = {50.2, 70.2}, .gain = 0.03};
}

const Brigade& brigade_of(const Room& room, std::uint64_t id) {
    return *room.state.brigades.find({id});
}

}  // namespace

TEST_CASE("a brigade goes to a post step by step, and is free all the way") {
    Room room;
    room.brigade(1);
    REQUIRE(room.tell(to_post(1)));
    CHECK(brigade_of(room, 1).standby->post == "107");
    CHECK(is_free(brigade_of(room, 1)));
    for (const PostStep step : {PostStep::accepted, PostStep::departed, PostStep::arrived}) {
        room.wait(60);
        REQUIRE(room.tell(ReportPost{.brigade = {1}, .step = step}));
        CHECK(is_free(brigade_of(room, 1)));
        CHECK_FALSE(room.tell(ReportPost{.brigade = {1}, .step = step}));
        CHECK(room.refusal.code == RefusalCode::status_order);
    }
    const Brigade& there = brigade_of(room, 1);
    CHECK(there.standby->accepted_at < there.standby->departed_at);
    CHECK(there.standby->departed_at < there.standby->arrived_at);
    CHECK(there.status == BrigadeStatus::returning);
    CHECK(there.last_lat == 50.2);
    CHECK(there.last_place_at == room.now);
    // Sent from there as from anywhere; then nobody waits at the post.
    REQUIRE(room.assign(room.call(Category::u1), 1));
    CHECK_FALSE(brigade_of(room, 1).standby);
    CHECK_FALSE(room.tell(ReportPost{.brigade = {1}, .step = PostStep::ended, .reason = "x"}));
    CHECK(room.refusal.code == RefusalCode::not_handed);
}

TEST_CASE("who is not free, not the station's or changed since is not moved") {
    Room room;
    room.brigade(1);
    room.brigade(2, BrigadeKind::polyclinic);
    CHECK_FALSE(room.tell(to_post(9)));
    CHECK(room.refusal.code == RefusalCode::unknown_brigade);
    CHECK_FALSE(room.tell(to_post(2)));
    CHECK(room.refusal.code == RefusalCode::wrong_kind);
    CHECK_FALSE(room.tell(to_post(1, "")));
    CHECK(room.refusal.code == RefusalCode::bad_value);
    MoveToPost stale = to_post(1);
    stale.seen_version = brigade_of(room, 1).version - 1;
    CHECK_FALSE(room.tell(stale));
    CHECK(room.refusal.code == RefusalCode::stale_version);
    const IncidentId call = room.call(Category::u2);
    REQUIRE(room.assign(call, 1));
    CHECK_FALSE(room.tell(to_post(1)));
    CHECK(room.refusal.code == RefusalCode::brigade_busy);
    CHECK(room.refusal.first_incident == call);
    // The substation tells of the way; who waits where is the room's decision.
    room.brigade(3);
    CHECK_FALSE(room.tell(to_post(3), Seat::substation));
    REQUIRE(room.tell(to_post(3)));
    CHECK(room.tell(ReportPost{.brigade = {3}}, Seat::substation));
    CHECK_FALSE(room.tell(ReportPost{.brigade = {3}}, Seat::call_taker));
}

TEST_CASE("another post takes the first one's place; the same one again changes nothing") {
    Room room;
    room.brigade(1);
    REQUIRE(room.tell(to_post(1, "107")));
    REQUIRE(room.tell(ReportPost{.brigade = {1}, .step = PostStep::arrived}));
    CHECK_FALSE(room.tell(to_post(1, "107")));
    CHECK(room.refusal.code == RefusalCode::nothing_changed);
    room.wait(10);
    REQUIRE(room.tell(to_post(1, "103")));
    CHECK(brigade_of(room, 1).standby->post == "103");
    CHECK_FALSE(brigade_of(room, 1).standby->arrived_at);
}

TEST_CASE("a wait ends with a reason, at the base, off shift and out of service") {
    for (const BrigadeStatus status : {BrigadeStatus::free_at_base, BrigadeStatus::off_shift,
                                       BrigadeStatus::out_of_service, BrigadeStatus::unknown}) {
        Room room;
        room.brigade(1);
        REQUIRE(room.tell(to_post(1)));
        REQUIRE(room.tell(ReportPost{.brigade = {1}, .step = PostStep::departed}));
        REQUIRE(room.status(1, status));
        CHECK_FALSE(brigade_of(room, 1).standby);
    }
    Room room;
    room.brigade(1);
    REQUIRE(room.tell(to_post(1)));
    CHECK_FALSE(room.tell(ReportPost{.brigade = {1}, .step = PostStep::ended}));
    CHECK(room.refusal.code == RefusalCode::reason_required);
    CHECK(room.tell(ReportPost{.brigade = {1}, .step = PostStep::ended, .reason = "crew_tired"}));
    CHECK_FALSE(brigade_of(room, 1).standby);
}

TEST_CASE("a step at a post is not in the future and not before the last one") {
    Room room;
    room.brigade(1);
    REQUIRE(room.tell(to_post(1)));
    const Instant ordered = room.now;
    room.wait(100);
    ReportPost report{.brigade = {1}, .step = PostStep::departed};
    report.at = room.now + std::chrono::seconds{1};
    CHECK_FALSE(room.tell(report));
    CHECK(room.refusal.code == RefusalCode::time_order);
    report.at = ordered - std::chrono::seconds{1};
    CHECK_FALSE(room.tell(report));
    report.at = ordered + std::chrono::seconds{30};
    REQUIRE(room.tell(report));
    CHECK(brigade_of(room, 1).standby->departed_at == report.at);
}
