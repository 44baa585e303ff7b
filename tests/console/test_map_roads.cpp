// Closures drawn on the map by keys and by mouse, the list of them, coloured roads.

#include <catch2/catch.hpp>

#include <imgui.h>

#include "console/panels/map_parts.h"
#include "dispatch/core/codec.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

/// The newest event of a kind.
template <class E>
std::optional<E> last_event(Room& room) {
    std::optional<E> out;
    room.desk->post([&](Engine& engine) {
        (void)engine.journal().read(0, [&](const JournalEvent& event) {
            if (const auto* e = std::get_if<E>(&event.event)) out = *e;
        });
    });
    room.desk->drain();
    return out;
}

/// Starts drawing with the road under the middle of the map: one of the two streets that cross.
void start(Room& room) {
    room.press(Key::d, ctrl);
    REQUIRE(room.ui().area == Area::map);
    REQUIRE(map_is_large(room.ui()));
    room.press(Key::left);  // off the crossing, onto Abay
    room.press(Key::space);
    REQUIRE(room.console->advice().stretch()->segments.size() == 1);
}

std::size_t in_force(Room& room) { return room.now()->state.road_changes.size(); }

}  // namespace

TEST_CASE("a road is closed by keys alone, and the command says which, how, why, until when") {
    Room room;
    start(room);
    room.press(Key::page_down);
    CHECK(room.console->advice().stretch()->segments.size() == 2);
    room.press(static_cast<Key>(50));  // slow ×2
    room.press(Key::r);
    room.press(Key::r);
    room.press(Key::u);
    room.press(Key::enter);
    const auto event = last_event<RoadChanged>(room);
    REQUIRE(event);
    CHECK_FALSE(event->closed);
    CHECK(event->time_factor == 2);
    CHECK(event->reason == RoadReason::obstacle);
    CHECK(event->until == room.clock.now() + std::chrono::minutes{30});
    REQUIRE(event->road.size() == 1);
    CHECK(event->road[0].street == "проспект Абая");
    CHECK(event->road[0].line.size() == 3);
    CHECK_FALSE(room.ui().map.tools.drawing);
    CHECK(room.ui().map.tools.steps.empty());
    REQUIRE(room.console->advice().roads() != nullptr);
    CHECK(room.console->advice().roads()->closures.size() == 2);
}

TEST_CASE("steps are taken back one by one, and nothing drawn is nothing given") {
    Room room;
    start(room);
    room.press(Key::page_down);
    room.press(Key::page_up);
    CHECK(room.console->advice().stretch()->no_way);  // the street ends there
    room.press(Key::backspace);
    CHECK_FALSE(room.console->advice().stretch()->no_way);
    CHECK(room.console->advice().stretch()->segments.size() == 2);
    room.press(Key::backspace);
    CHECK(room.console->advice().stretch()->segments.size() == 1);
    room.press(Key::backspace);
    room.press(Key::backspace);
    room.press(Key::enter);
    CHECK(in_force(room) == 0);
    CHECK(room.ui().map.tools.drawing);
    room.press(Key::escape);
    CHECK_FALSE(room.ui().map.tools.drawing);
    CHECK(room.ui().area == Area::map);
    room.press(Key::escape);
    CHECK(room.ui().area == Area::queue);
}

TEST_CASE("two clicks on one street close what lies between; clicks choose nothing meanwhile") {
    Room room;
    room.press(Key::d, ctrl);
    const Recorded* map = room.recorder.find("map");
    REQUIRE(map != nullptr);
    const Box box = map->box;
    const auto click = [&](float x, float y) {
        ImGuiIO& io = ImGui::GetIO();
        io.MousePos = {x, y};
        room.frame();
        io.MouseDown[0] = true;
        room.frame();
        io.MouseDown[0] = false;
        room.settle();
        io.MouseClickedTime[0] = -10;
    };
    const float x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
    click(x - 60, y);
    click(x + 60, y);
    CHECK(room.console->advice().stretch()->segments.size() == 2);
    CHECK(room.click("drawing:effect:3"));
    CHECK(room.click("drawing:reason"));
    CHECK(room.click("drawing:end"));
    room.press(Key::enter);
    const auto event = last_event<RoadChanged>(room);
    REQUIRE(event);
    CHECK(event->time_factor == 4);
    CHECK(event->reason == RoadReason::accident);
    CHECK(event->until);
    CHECK_FALSE(room.ui().selected_brigade);
}

TEST_CASE("the list shows what holds and takes one back by a key") {
    Room room;
    room.press(Key::l, ctrl);
    CHECK(room.ui().overlay == Overlay::roads);
    room.press(Key::del);
    room.press(Key::escape);
    for (int i = 0; i < 2; ++i) {
        start(room);
        if (i == 1) room.press(Key::page_down);
        room.press(Key::enter);
    }
    REQUIRE(in_force(room) == 2);
    room.press(Key::l, ctrl);
    room.press(Key::down);  // the older one
    room.press(Key::del);
    REQUIRE(in_force(room) == 1);
    CHECK(last_event<RoadRestored>(room)->change == RoadChangeId{1});
    CHECK(room.console->advice().roads()->closures.size() == 2);
    room.press(Key::enter);  // shows it on the map
    CHECK(room.ui().overlay == Overlay::none);
    CHECK(room.ui().area == Area::map);
}

TEST_CASE("a call that comes in while drawing has the card at once; the drawing waits") {
    Room room;
    start(room);
    room.press(Key::f2);
    CHECK_FALSE(map_is_large(room.ui()));
    CHECK(room.ui().area == Area::card);
    room.press(Key::d, ctrl);
    CHECK(map_is_large(room.ui()));
    CHECK(room.ui().map.tools.steps.size() == 1);
    room.press(Key::d, ctrl);  // on the map itself: leave it
    CHECK_FALSE(room.ui().map.tools.drawing);
}

TEST_CASE("a seat without the right is told before it draws") {
    Room room{RoomOptions{.seat = Seat::call_taker}};
    room.press(Key::d, ctrl);
    CHECK_FALSE(room.ui().map.tools.drawing);
    REQUIRE(room.ui().messages.size() == 1);
    CHECK(room.ui().messages.front().text_key == "refusal.right_required");
}

TEST_CASE("coverage and isochrone are coloured, say their age, and count who is left out") {
    Room room;
    room.press(Key::g, ctrl);
    REQUIRE(room.console->advice().reach() != nullptr);
    auto reach = room.console->advice().reach();
    CHECK(reach->kind == ReachKind::coverage);
    CHECK(reach->free == 3);
    CHECK(reach->unknown == 0);
    CHECK_FALSE(reach->roads->empty());
    const auto ask = [&](Command command) {
        (void)room.desk
            ->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = std::move(command)})
            .get();
        room.settle();
    };
    ask(ReportStatus{.brigade = {2}, .status = BrigadeStatus::unknown});
    reach = room.console->advice().reach();
    CHECK(reach->free == 2);
    CHECK(reach->unknown == 1);
    room.clock.pass(40);
    room.settle();
    CHECK(room.console->advice().reach() == reach);  // a quiet room: old, and says so
    room.press(Key::t, ctrl);
    CHECK(room.ui().map.tools.reach == ReachKind::coverage);
    CHECK(room.ui().messages.back().text_key == "message.no_brigade");
    room.ui().selected_brigade = {1};
    room.press(Key::t, ctrl);
    reach = room.console->advice().reach();
    CHECK(reach->kind == ReachKind::brigade);
    CHECK(reach->brigade == BrigadeId{1});
    room.ui().selected_brigade = {2};
    room.settle();
    CHECK(room.console->advice().reach()->brigade == BrigadeId{2});
    room.press(Key::t, ctrl);
    CHECK(room.ui().map.tools.reach == ReachKind::none);
}

TEST_CASE("pieces of road are cut where one band ends, each with its own minute") {
    const std::vector<roads::Reached> reached{
        {.segment = 7, .from_along = 1, .to_along = 0, .from_ms = 240'000, .to_ms = 720'000},
        {.segment = 8, .from_along = 0.25, .to_along = 0.25, .from_ms = 0, .to_ms = 0}};
    const auto pieces = in_bands(reached, reach_bands_min);
    REQUIRE(pieces.size() == 4);
    CHECK(pieces[0].minutes == 5);
    CHECK(pieces[0].from_along == 1);
    CHECK(pieces[0].to_along == Approx(0.875));
    CHECK(pieces[1].minutes == 10);
    CHECK(pieces[1].from_along == pieces[0].to_along);
    CHECK(pieces[1].to_along == Approx(0.25));
    CHECK(pieces[2].minutes == 12);
    CHECK(pieces[2].to_along == Approx(0));
    CHECK(pieces[3].segment == 8);
}

TEST_CASE("the crew's way names each street once, in the order driven") {
    Room room;
    room.press(Key::f2);
    room.type("0000000");
    room.press(Key::enter), room.press(Key::enter);
    room.type("Сатпаева 7");
    room.press(Key::enter);
    const auto advice = room.console->advice().advice();
    REQUIRE(advice != nullptr);
    REQUIRE(advice->streets.size() == 2);
    CHECK(advice->streets[0].name == 1);
    CHECK(advice->streets[1].name == 2);
    CHECK(advice->streets[0].metres > 100);
}
