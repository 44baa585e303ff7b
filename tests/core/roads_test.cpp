// Roads that are closed or slow: what may be drawn, by whom, and how it ends.

#include <catch2/catch.hpp>

#include "dispatch/core/codec.h"
#include "room.h"

using namespace jedel;
using test::Room;

namespace {

ChangeRoad closure(double lat = 43.25) {
    ChangeRoad c;
    c.road = {{.way = 4711, .street = "проспект Абая", .line = {{lat, 76.9}, {lat, 76.905}}}};
    c.closed = true;
    c.reason = RoadReason::works;
    return c;
}

ChangeRoad slow(double factor) {
    ChangeRoad c = closure();
    c.closed = false;
    c.time_factor = factor;
    return c;
}

RefusalCode refused(Room& room, const Command& command, Seat seat = Seat::dispatcher) {
    REQUIRE_FALSE(room.tell(command, seat));
    return room.refusal.code;
}

}  // namespace

TEST_CASE("a drawn closure holds with who and since when, until it is taken back") {
    Room room;
    room.wait(5);
    REQUIRE(room.tell(closure()));
    REQUIRE(room.state.road_changes.size() == 1);
    const RoadChange& change = *room.state.road_changes.rows().front();
    CHECK(change.id == RoadChangeId{1});
    CHECK(change.closed);
    CHECK(change.road == closure().road);
    CHECK(change.reason == RoadReason::works);
    CHECK(change.actor == "desk-1");
    CHECK(change.at == room.now);
    REQUIRE(room.tell(RestoreRoad{{1}}, Seat::senior_doctor));
    CHECK(room.state.road_changes.empty());
    CHECK(refused(room, RestoreRoad{{1}}) == RefusalCode::unknown_road_change);
    REQUIRE(room.tell(closure()));
    CHECK(room.state.road_changes.rows().front()->id == RoadChangeId{2});  // never a number twice
}

TEST_CASE("time ends a change only by a command, and only when it has run out") {
    Room room;
    ChangeRoad c = slow(4);
    c.until = room.now + std::chrono::minutes{30};
    REQUIRE(room.tell(c));
    CHECK(refused(room, RestoreRoad{{1}, RoadEnd::expired}, Seat::system) ==
          RefusalCode::time_order);
    room.wait(3600);
    room.tell(ReceiveCall{});
    CHECK(room.state.road_changes.size() == 1);  // the fold has no clock
    REQUIRE(room.tell(RestoreRoad{{1}, RoadEnd::expired}, Seat::system));
    CHECK(room.state.road_changes.empty());
    const auto* restored = std::get_if<RoadRestored>(&room.log.back().event);
    REQUIRE(restored != nullptr);
    CHECK(restored->end == RoadEnd::expired);
    REQUIRE(room.tell(closure()));
    CHECK(refused(room, RestoreRoad{{2}, RoadEnd::expired}, Seat::system) ==
          RefusalCode::time_order);  // it has no end
}

TEST_CASE("what is no road, no effect or no reason is refused by field") {
    Room room;
    CHECK(refused(room, ChangeRoad{}) == RefusalCode::bad_value);
    CHECK(room.refusal.field == "road");
    ChangeRoad c = closure();
    c.road[0].line.pop_back();
    CHECK(refused(room, c) == RefusalCode::bad_value);
    c = closure();
    c.road[0].line[1] = c.road[0].line[0];
    CHECK(refused(room, c) == RefusalCode::bad_value);
    c = closure();
    c.road[0].line[1].lat = 91;
    CHECK(refused(room, c) == RefusalCode::bad_value);
    c = closure();
    c.road[0].line[1].lon = 80;  // 250 km
    CHECK(refused(room, c) == RefusalCode::bad_value);
    for (const double factor : {1.0, 0.5, 21.0}) {
        CHECK(refused(room, slow(factor)) == RefusalCode::bad_value);
        CHECK(room.refusal.field == "time_factor");
    }
    c = closure();
    c.time_factor = 2;
    CHECK(refused(room, c) == RefusalCode::bad_value);
    c = closure();
    c.reason = RoadReason::none;
    CHECK(refused(room, c) == RefusalCode::reason_required);
    c = closure();
    c.until = room.now;
    CHECK(refused(room, c) == RefusalCode::time_order);
    c.until = room.now + std::chrono::hours{24 * 400};
    CHECK(refused(room, c) == RefusalCode::time_order);
    CHECK(room.state.road_changes.empty());
    CHECK(room.state.ids_of(0).road_change == 0);
}

TEST_CASE("call-takers and polyclinics change no roads") {
    Room room;
    for (const Seat seat : {Seat::call_taker, Seat::polyclinic_desk}) {
        CHECK(refused(room, closure(), seat) == RefusalCode::right_required);
    }
    REQUIRE(room.tell(closure()));
    CHECK(refused(room, RestoreRoad{{1}}, Seat::call_taker) == RefusalCode::right_required);
}

TEST_CASE("the same closure twice says who was first; there is a most") {
    Room room;
    REQUIRE(room.tell(closure()));
    CHECK(refused(room, closure()) == RefusalCode::nothing_changed);
    CHECK(room.refusal.first_actor == "desk-1");
    REQUIRE(room.tell(slow(2)));  // another effect on the same road is another change
    for (std::size_t i = 2; i < State::road_changes_max; ++i) {
        REQUIRE(room.tell(closure(43 + static_cast<double>(i) * 1e-4)));
    }
    CHECK(refused(room, closure(42)) == RefusalCode::too_many);
    REQUIRE(room.tell(RestoreRoad{{1}}));
    CHECK(room.tell(closure(42)));
}

TEST_CASE("a state without changes of roads is written as it always was") {
    Room room;
    room.tell(ReceiveCall{});
    CHECK(encode_state(room.state).find("road_changes") == std::string::npos);
    REQUIRE(room.tell(closure()));
    const std::string text = encode_state(room.state);
    CHECK(text.find(R"("way":4711,"street":"проспект Абая","line":[{"lat":43.25,"lon":76.9})") !=
          std::string::npos);
    const auto again = decode_state(text);
    REQUIRE(again.ok());
    CHECK(encode_state(*again) == text);
}

TEST_CASE("a script writes a closure as a command") {
    const auto read = decode_command(
        R"({"id":"a","actor":"police","seat":"dispatcher","kind":"change_road","closed":true,)"
        R"("reason":"accident","until":"2026-03-02T06:00:00Z","road":[{"street":"Абая",)"
        R"("line":[{"lat":43.2,"lon":76.9},{"lat":43.2,"lon":76.91}]}]})");
    REQUIRE(read.ok());
    const auto& c = std::get<ChangeRoad>(read->command);
    CHECK_FALSE(c.road[0].way);
    Room room;
    CHECK(room.tell(c));
    CHECK(decode_command(R"({"id":"b","kind":"restore_road","change":1,"end":"lost"})")
              .error()
              .field == "end");
}
