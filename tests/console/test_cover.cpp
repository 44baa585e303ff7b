// The plan of cover: accepted by a key as one plan, followed step by step; the page of staffing.

#include <catch2/catch.hpp>

#include "base/install.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

/// A table by which the small city has something to gain: seconds are few, any gain will do.
RoomOptions short_of_time() {
    std::string text = *read_file(std::string{JEDEL_SOURCE_DIR} + "/data/law/cover.toml");
    const auto set = [&](const std::string& key, const std::string& value) {
        const auto at = text.find("\n" + key + " = ");
        REQUIRE(at != std::string::npos);
        text.replace(at, text.find('\n', at + 1) - at, "\n" + key + " = " + value);
    };
    set("target_s", "80");
    set("prior_turnout_s", "0");
    set("least_gain", "0.001");
    set("cell_m", "100");
    RoomOptions options;
    options.cover_toml = text;
    return options;
}

void tell(Room& room, Command command) {
    const auto outcome = room.desk
                             ->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher,
                                    .command = std::move(command)})
                             .get();
    REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
}

/// A while later: the plan is of the room as it is.
void wait(Room& room) {
    room.clock.pass(61);
    room.settle();
    room.settle();
}

std::vector<MoveToPost> orders(const Room& room) {
    std::vector<MoveToPost> out;
    for (const CommandEnvelope& c : room.given) {
        if (const auto* move = std::get_if<MoveToPost>(&c.command)) out.push_back(*move);
    }
    return out;
}

const Brigade& brigade_of(const Room& room, BrigadeId id) {
    return *room.now()->state.brigades.find(id);
}

}  // namespace

TEST_CASE("a plan is accepted by one key: every move of it an order of the same plan") {
    Room room{short_of_time()};
    wait(room);
    const auto answer = room.console->advice().cover();
    REQUIRE(answer != nullptr);
    REQUIRE_FALSE(answer->problem);
    REQUIRE(answer->advice.moves.size() >= 1);
    const auto moves = answer->advice.moves;
    CHECK(answer->advice.expected_then > answer->advice.settled.expected);
    room.press(Key::f8, shift);
    REQUIRE(room.ui().overlay == Overlay::cover);
    room.press(Key::enter);
    const auto given = orders(room);
    REQUIRE(given.size() == moves.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        CHECK(given[i].brigade == moves[i].brigade);
        CHECK(given[i].post == answer->posts[moves[i].post].id);
        CHECK(given[i].gain == moves[i].gain);
        CHECK(given[i].plan == given[0].plan);
        CHECK_FALSE(given[i].plan.empty());
        const Brigade& brigade = brigade_of(room, given[i].brigade);
        REQUIRE(brigade.standby);
        CHECK(brigade.standby->post == given[i].post);
        CHECK(is_free(brigade));
    }
    // The same key again accepts nothing twice.
    room.press(Key::enter);
    CHECK(orders(room).size() == moves.size());
    wait(room);
    CHECK(room.console->advice().cover()->advice.settled.expected ==
          Approx(answer->advice.expected_then).margin(1e-9));
}

TEST_CASE("what a person leaves out of the plan is not ordered") {
    Room room{short_of_time()};
    wait(room);
    REQUIRE_FALSE(room.console->advice().cover()->advice.moves.empty());
    const std::size_t all = room.console->advice().cover()->advice.moves.size();
    room.press(Key::f8, shift);
    room.press(Key::space);
    room.press(Key::enter);
    CHECK(orders(room).size() == all - 1);
    room.press(Key::space);  // back in, or another's turn
    CHECK(room.ui().overlay == Overlay::cover);
}

TEST_CASE("a brigade that was sent meanwhile is in no plan any more") {
    Room room{short_of_time()};
    wait(room);
    const auto moves = room.console->advice().cover()->advice.moves;
    REQUIRE_FALSE(moves.empty());
    room.hold_back = false;
    tell(room, ReportStatus{.brigade = moves[0].brigade, .status = BrigadeStatus::out_of_service});
    room.press(Key::f8, shift);
    room.press(Key::enter);
    for (const MoveToPost& order : orders(room)) CHECK(order.brigade != moves[0].brigade);
    CHECK_FALSE(brigade_of(room, moves[0].brigade).standby);
}

TEST_CASE("a move under way is followed by keys and can be called off") {
    Room room;
    wait(room);
    tell(room, MoveToPost{.brigade = {1}, .post = "2", .place = {51.1, 71.4}, .gain = 0.02});
    room.settle();
    room.press(Key::f8, shift);
    for (const int digit : {1, 2, 3}) {
        room.clock.pass(30);
        room.press(static_cast<Key>(48 + digit));
    }
    REQUIRE(brigade_of(room, {1}).standby);
    CHECK(brigade_of(room, {1}).standby->accepted_at);
    CHECK(brigade_of(room, {1}).standby->departed_at);
    CHECK(brigade_of(room, {1}).standby->arrived_at);
    room.press(Key::del);
    CHECK_FALSE(brigade_of(room, {1}).standby);
}

TEST_CASE("the page of staffing is asked for when it is opened, and hours are walked by keys") {
    Room room;
    CHECK(room.console->advice().staffing() == nullptr);
    room.press(Key::f11, shift);
    room.settle();
    REQUIRE(room.ui().overlay == Overlay::staffing);
    const auto answer = room.console->advice().staffing();
    REQUIRE(answer != nullptr);
    CHECK_FALSE(answer->problem);
    CHECK(answer->staffing.hours[12].on_duty == 3);
    CHECK(room.ui().staffing.hour == 12);
    room.press(Key::right);
    room.press(Key::right);
    room.press(Key::left);
    CHECK(room.ui().staffing.hour == 13);
    for (int i = 0; i < 30; ++i) room.press(Key::right);
    CHECK(room.ui().staffing.hour == 23);
    room.press(Key::escape);
    CHECK(room.ui().overlay == Overlay::none);
}
