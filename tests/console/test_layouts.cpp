// Panels stand in one table, and where they stand is data.

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "base/install.h"
#include "console/layout.h"
#include "dispatch/core/codec.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

const std::string places = "place = [\n{ panel = \"queue\", side = \"left\", share = 0.3 },\n"
                           "{ panel = \"map\", side = \"rest\" },\n]\n";
const std::string others = "[[layout]]\n" + places;

std::string fault(const std::string& text) {
    const auto read = Layouts::parse(text, "layouts.toml");
    return read ? std::string{} : read.error().text();
}

}  // namespace

TEST_CASE("every panel has a name of its own, words, and an owner of its keys") {
    const auto texts = TextTable::load(JEDEL_SOURCE_DIR "/assets/strings");
    REQUIRE(texts);
    std::set<std::string_view> ids;
    for (const PanelRow& row : panel_table()) {
        INFO(row.id);
        CHECK(ids.insert(row.id).second);
        CHECK(panel_called(row.id) == &row);
        CHECK(texts->has(row.title_key));
        CHECK((row.seats & seat_bit(Seat::dispatcher)) != 0);
    }
    for (const Area area : {Area::queue, Area::card, Area::map, Area::fleet}) {
        CHECK(panel_of(area).area == area);
    }
    // Every overlay there is has a row; the last one is the clock's.
    for (int i = 1; i <= static_cast<int>(Overlay::clock); ++i) {
        const auto overlay = static_cast<Overlay>(i);
        const auto rows = panel_table();
        CHECK(std::count_if(rows.begin(), rows.end(), [&](const PanelRow& row) {
                  return row.overlay == overlay;
              }) == 1);
    }
}

TEST_CASE("the installed layouts hold every panel for every seat, and the built-in one is theirs") {
    const auto layouts = Layouts::load(JEDEL_SOURCE_DIR);
    INFO((layouts ? std::string{} : layouts.error().text()));
    REQUIRE(layouts);
    for (std::size_t i = 0; i < EnumNames<Seat>::names.size(); ++i) {
        const Layout& layout = layouts->of(static_cast<Seat>(i));
        std::set<std::string> seen;
        for (const LayoutPlace& place : layout.places) {
            seen.insert(place.panels.begin(), place.panels.end());
        }
        for (const PanelRow& row : panel_table()) {
            INFO(EnumNames<Seat>::names[i] << ": " << row.id);
            CHECK(seen.contains(std::string{row.id}) == !row.over);
        }
    }
    CHECK(layouts->of(Seat::dispatcher) == Layouts::standard().of(Seat::dispatcher));
    CHECK_FALSE(layouts->of(Seat::trainer) == layouts->of(Seat::dispatcher));
}

TEST_CASE("a layout that would leave a seat without its panels is refused by line and field") {
    CHECK(fault(others) == "");
    const auto wrong = [](const std::string& text, const std::string& part) {
        const std::string said = fault(text);
        INFO(said);
        CHECK(said.starts_with("layouts.toml:"));
        CHECK(said.find(part) != std::string::npos);
    };
    const auto replaced = [](std::string text, const std::string& what, const std::string& by) {
        text.replace(text.find(what), what.size(), by);
        return text;
    };
    wrong(replaced(others, "\"queue\"", "\"quene\""), "quene");
    wrong(replaced(others, "\"queue\"", "\"damage\""), "damage");
    wrong(replaced(others, "\"queue\"", "\"map\""), "twice");
    wrong(replaced(others, "0.3", "1.3"), "share");
    wrong(replaced(others, "0.3", "nan"), "share");
    wrong(replaced(others, ", share = 0.3", ""), "share or units");
    wrong(replaced(others, "\"left\"", "\"lift\""), "side");
    wrong(replaced(others, "\"rest\"", "\"top\""), "rest");
    wrong(replaced(others, "share", "shore"), "shore");
    wrong("[[layout]]\nseats = [\"driver\"]\n" + places, "driver");
    wrong(others + "[[layout]]\nseats = [\"trainer\", \"trainer\"]\n" + places, "already");
    wrong("[[layout]]\nseats = [\"trainer\"]\n" + places, "without seats");
    wrong(others + others, "without seats");
    wrong("", "[[layout]]");
}

TEST_CASE("which clock is right is said in the window, with a reason, by who may") {
    Room room;
    room.press(Key::f2);
    room.ui().seat = Seat::senior_dispatcher;
    room.desk->ask({.id = "note",
                    .actor = "clock",
                    .seat = Seat::system,
                    .command = NoteClock{room.now()->state.at - std::chrono::hours{2}, "behind"}})
        .get();
    room.settle();
    REQUIRE(room.now()->state.clock_trouble);
    room.given.clear();
    room.press(Key::f12, shift);
    REQUIRE(room.ui().overlay == Overlay::clock);
    room.press(Key::enter);  // no reason yet
    CHECK(room.ui().overlay == Overlay::clock);
    CHECK(room.given.empty());
    room.press(Key::down);
    room.type("батарея");
    room.press(Key::enter);
    CHECK(room.ui().overlay == Overlay::none);
    REQUIRE(room.given.size() == 1);
    const auto* given = std::get_if<CorrectClock>(&room.given[0].command);
    REQUIRE(given != nullptr);
    CHECK(given->words == "батарея");
    CHECK_FALSE(room.now()->state.clock_trouble);
}

TEST_CASE("a layout that cannot be read is told, and the built-in one stands") {
    Room room{RoomOptions{.layouts_fault = "layouts.toml:3: field 'share': expected a number"}};
    const auto& messages = room.ui().messages;
    REQUIRE(std::any_of(messages.begin(), messages.end(), [](const Message& m) {
        return m.text_key == "message.layouts_refused" && m.alarm;
    }));
    room.press(Key::f2);
    CHECK(room.now()->state.open.size() == 1);
}
