#pragma once
// Calls taken and brigades sent by keys alone, for the tests of who takes a key.

#include <catch2/catch.hpp>

#include <algorithm>
#include <string_view>

#include "dispatch/core/codec.h"
#include "tests/console/room.h"

namespace jedel::console::test {

/// A call with a place and its words, from a phone that is shown where there is one; the keyboard
/// stays in the findings.
inline IncidentId type_call(Room& room, const char* words, const char* phone = "") {
    room.press(Key::f2);
    room.type(phone);
    room.press(Key::enter), room.press(Key::enter);
    room.type("Абая 12");
    room.press(Key::enter);
    room.ui().intake.field = Field::words;
    room.ui().focus.moved = true;
    room.settle();
    room.type(words);
    room.press(Key::tab);
    return room.ui().selected;
}

inline void take_call(Room& room, const char* words) {
    type_call(room, words);
    room.press(Key::enter, ctrl);
}

inline IncidentId call_no(const Room& room, std::uint32_t number) {
    const auto held = room.now();
    for (const auto& row : held->state.open.rows()) {
        if (row->day_number == number) return row->id;
    }
    FAIL("no such call");
    return {};
}

inline void send(Room& room) {
    room.press(Key::f3);
    room.press(Key::enter);
}

/// Two calls; the first has brigades 101 and 102 (or whichever come first), both on scene; the
/// course of the first is shown, its second brigade is chosen.
inline void two_brigades(Room& room) {
    take_call(room, "не дышит");
    take_call(room, "болит живот");
    room.ui().selected = call_no(room, 1);
    room.settle();
    send(room);
    send(room);
    const auto held = room.now();
    const Incident* call = held->state.incident(call_no(room, 1));
    REQUIRE(call->tasks.size() == 2);
    room.press(Key::f5);
    for (int i = 0; i < 2; ++i) {
        for (const int digit : {1, 2, 3}) room.press(digit_key(digit));
        room.press(Key::tab);
    }
    REQUIRE(room.ui().course.brigade == *call->tasks[1].brigade);
}

inline const Task& service(const Room& room, std::size_t index) {
    static std::shared_ptr<const Snapshot> held;
    held = room.now();
    return held->state.incident(call_no(room, 1))->tasks.at(index);
}

inline bool gave(const Room& room, std::string_view kind) {
    return std::any_of(room.given.begin(), room.given.end(), [&](const CommandEnvelope& c) {
        return kind_of(c.command) == kind;
    });
}

}  // namespace jedel::console::test
