// Whole frames of the map without a window: mouse, keys, what they give back.

#include <catch2/catch.hpp>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "console/map/chains.h"
#include "headless.h"

using namespace jedel;
using namespace jedel::console;
using jedel::test::Headless;
using jedel::test::small_city;
using jedel::test::small_city_middle;

namespace {

LatLon shifted(double north_m, double east_m) {
    return {small_city_middle.lat + north_m / 111'320, small_city_middle.lon + east_m / 81'100};
}

MapCall a_call(std::uint64_t id, LatLon place, Category category = Category::u2) {
    MapCall c;
    c.id = {id}, c.place = place, c.category = category, c.label = "№17";
    return c;
}

MapBrigade a_brigade(std::uint64_t id, LatLon place) {
    MapBrigade b;
    b.id = {id}, b.place = place, b.status = BrigadeStatus::departed, b.label = "101";
    b.fix_age_s = 5, b.heading_deg = 90;
    return b;
}

}  // namespace

TEST_CASE("a frame without OpenGL draws marks and labels") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    auto in = ui.input();
    const std::vector<MapCall> calls{a_call(1, shifted(100, 100)), a_call(2, shifted(-500, 300))};
    const std::vector<MapBrigade> brigades{a_brigade(1, shifted(300, -300))};
    in.calls = calls, in.brigades = brigades;
    in.show_service_areas = true;
    const std::vector<LatLon> route{shifted(300, -300), shifted(300, 100), shifted(100, 100)};
    in.route = route, in.other_route = route;
    const std::vector<MapClosure> closures{{3, true}, {4, false}, {999999, true}};
    in.closures = closures;
    in.reach = std::make_shared<const std::vector<MapReach>>(
        std::vector<MapReach>{{0, 1}, {1, 7}, {2, 12}, {3, 99}, {999999, 1}});
    in.place = shifted(0, 0);
    in.follow = {1};
    ui.frame(view, in);
    CHECK(view.figures().drawn_marks == 5);  // two organisations too
    CHECK(view.figures().drawn_labels > 0);
    CHECK(view.figures().ground_builds == 1);
    CHECK(view.figures().buffer_uploads == 0);
    CHECK(ImGui::GetDrawData()->TotalVtxCount > 500);
}

TEST_CASE("without a city there is a map to look at, and it says what is missing") {
    Headless ui;
    MapView view;
    const auto in = ui.input();
    ui.frame(view, in);
    view.set_city(nullptr);
    ui.frame(view, in);
    CHECK(view.figures().drawn_labels == 0);
    CHECK(ImGui::GetDrawData()->TotalVtxCount > 50);
}

TEST_CASE("a click selects a call, a brigade, an organisation, or nothing") {
    Headless ui;
    MapView view;
    const auto city = small_city();
    view.set_city(city);
    auto in = ui.input();
    const std::vector<MapCall> calls{a_call(7, shifted(-600, 300))};
    const std::vector<MapBrigade> brigades{a_brigade(9, shifted(-300, -700))};
    in.calls = calls, in.brigades = brigades;
    ui.frame(view, in);
    auto out = ui.click(view, in, view.to_screen(calls[0].place));
    CHECK(out.clicked_call == IncidentId{7});
    CHECK(out.hovered_call == IncidentId{7});
    out = ui.click(view, in, view.to_screen(brigades[0].place));
    CHECK(out.clicked_brigade == BrigadeId{9});
    CHECK_FALSE(out.clicked_call);
    out = ui.click(view, in, view.to_screen(city->organisations.all[0].place));
    CHECK(out.clicked_organisation == OrganisationId{1});
    out = ui.click(view, in, view.to_screen(shifted(450, 450)));
    CHECK(out.clicked_nothing);
    CHECK_FALSE(out.taken_place);
}

TEST_CASE("dragging moves the ground with the pointer and is no click") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    const auto in = ui.input();
    ui.frame(view, in);
    view.centre_on(small_city_middle, 1);
    ui.frame(view, in);
    Headless::point(400, 300);
    ui.frame(view, in);
    const LatLon held = view.to_place(400, 300);
    Headless::button(true);
    ui.frame(view, in);
    for (int i = 1; i <= 10; ++i) {
        Headless::point(400.0F + static_cast<float>(i) * 10, 300.0F + static_cast<float>(i) * 4);
        ui.frame(view, in);
    }
    const auto at = view.to_screen(held);
    CHECK(at[0] == Approx(500).margin(0.6));
    CHECK(at[1] == Approx(340).margin(0.6));
    Headless::button(false);
    const auto out = ui.frame(view, in);
    CHECK_FALSE(out.clicked_nothing);
    CHECK_FALSE(out.clicked_call);
}

TEST_CASE("the wheel zooms to the place under the pointer") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    const auto in = ui.input();
    ui.frame(view, in);
    Headless::point(500, 380);
    ui.frame(view, in);
    const LatLon under = view.to_place(500, 380);
    const double before = view.metres_per_px();
    ImGui::GetIO().MouseWheel = 2;
    ui.frame(view, in);
    ui.frame(view, in);
    CHECK(view.metres_per_px() == Approx(before / 2).epsilon(0.001));
    const auto at = view.to_screen(under);
    CHECK(at[0] == Approx(500).margin(0.5));
    CHECK(at[1] == Approx(380).margin(0.5));
}

TEST_CASE("a double-click takes a place for the intake") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    const auto in = ui.input();
    ui.frame(view, in);
    const LatLon want = view.to_place(300, 200);
    Headless::point(300, 200);
    std::optional<LatLon> taken;
    for (const bool down : {false, true, false, true, false}) {
        Headless::button(down);
        const auto out = ui.frame(view, in);
        if (out.taken_place) taken = out.taken_place;
    }
    REQUIRE(taken);
    CHECK(distance_m(*taken, want) < 1);
}

TEST_CASE("the map is worked by keys when it has the keyboard, and only then") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    auto in = ui.input();
    ui.frame(view, in);
    const double home = view.metres_per_px();
    const auto press = [&](int key) {
        ImGui::GetIO().KeysDown[key] = true;
        const auto out = ui.frame(view, in);
        ImGui::GetIO().KeysDown[key] = false;
        ui.frame(view, in);
        return out;
    };
    press(GLFW_KEY_EQUAL);
    CHECK(view.metres_per_px() == home);
    in.keys = true;
    press(GLFW_KEY_EQUAL);
    press(GLFW_KEY_EQUAL);
    CHECK(view.metres_per_px() == Approx(home / 4).epsilon(0.01));
    press(GLFW_KEY_MINUS);
    CHECK(view.metres_per_px() == Approx(home / 2).epsilon(0.01));
    const LatLon before = view.centre();
    press(GLFW_KEY_RIGHT);
    CHECK(view.centre().lon > before.lon);
    press(GLFW_KEY_UP);
    CHECK(view.centre().lat > before.lat);
    const auto out = press(GLFW_KEY_ENTER);
    REQUIRE(out.taken_place);
    CHECK(distance_m(*out.taken_place, view.centre()) < 0.1);
    press(GLFW_KEY_HOME);
    CHECK(view.metres_per_px() == Approx(home));
}

TEST_CASE("following keeps a brigade in the middle until the person moves the map") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    auto in = ui.input();
    std::vector<MapBrigade> brigades{a_brigade(5, shifted(0, 0))};
    in.brigades = brigades;
    in.follow = {5};
    ui.frame(view, in);
    view.zoom_by(2);
    for (int i = 0; i < 10; ++i) {
        brigades[0].place = shifted(i * 40, i * 25);
        const auto out = ui.frame(view, in);
        CHECK_FALSE(out.follow_ended);
        CHECK(out.animating);  // the map is on its way there
    }
    ui.frame(view, in);
    CHECK(distance_m(view.centre(), brigades[0].place) < 2 * view.metres_per_px());
    in.keys = true;
    ImGui::GetIO().KeysDown[GLFW_KEY_LEFT] = true;
    CHECK(ui.frame(view, in).follow_ended);
}

TEST_CASE("panning and zooming tessellate nothing again") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    const auto in = ui.input();
    ui.frame(view, in);
    for (int i = 0; i < 20; ++i) {
        view.pan_by(30, -10);
        view.zoom_by(i % 2 == 0 ? 1 : -0.7);
        ui.frame(view, in);
    }
    CHECK(view.figures().ground_builds == 1);
}

TEST_CASE("every language and theme draws the same map") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    const Theme dark = Theme::of(ThemeKind::dark);
    for (const Language language : all_languages) {
        ui.set_texts(language);
        auto in = ui.input();
        ui.frame(view, in);
        const auto labels = view.figures().drawn_labels;
        CHECK(labels > 0);
        in.theme = &dark;
        ui.frame(view, in);
        CHECK(view.figures().drawn_labels == labels);
    }
}

TEST_CASE("arrows of one-way streets show from near only") {
    Headless ui;
    MapView view;
    auto city = std::make_shared<City>(*small_city());
    auto map = std::make_shared<roads::RoadMap>(*city->roads);
    for (auto& s : map->segments) s.backward = false;
    city->roads = std::move(map);
    view.set_city(city);
    const auto in = ui.input();
    view.centre_on(small_city_middle, 3);
    ui.frame(view, in);
    CHECK(view.figures().drawn_one_ways == 0);
    view.centre_on(small_city_middle, 1);
    ui.frame(view, in);
    CHECK(view.figures().drawn_one_ways > 20);
    CHECK(view.figures().drawn_one_ways < 400);
}

TEST_CASE("the legend stands where there is something to say, and any click says its place") {
    Headless ui;
    MapView view;
    view.set_city(small_city());
    auto in = ui.input();
    ui.frame(view, in);
    const int bare = ImGui::GetDrawData()->TotalVtxCount;
    const std::vector<std::string> lines{"Свободных бригад: 3", "посчитано 5 с назад"};
    in.reach_lines = lines;
    in.reach = std::make_shared<const std::vector<MapReach>>(
        std::vector<MapReach>{{0, 5, 1, 0.4F}, {0, 10, 0.4F, 0}});
    ui.frame(view, in);
    CHECK(ImGui::GetDrawData()->TotalVtxCount > bare + 100);
    const std::vector<std::uint32_t> drawn{0, 1, 999999};
    in.drawn = drawn;
    const auto at = view.to_screen(shifted(-250, 130));
    const auto out = ui.click(view, in, at);
    REQUIRE(out.clicked_at);
    CHECK(distance_m(*out.clicked_at, shifted(-250, 130)) < 30);
}

TEST_CASE("a part of a line keeps its bends and ends where it should") {
    const Line line{{0, 0}, {100, 0}, {100, 100}};
    CHECK(part_of(line, 0, 1) == line);
    const Line part = part_of(line, 0.75F, 0.25F);
    REQUIRE(part.size() == 3);
    CHECK(part[0].x == Approx(50));
    CHECK(part[1] == MapPoint{100, 0});
    CHECK(part[2].y == Approx(50));
    CHECK(part_of(line, 0.6F, 0.7F).size() == 2);
    CHECK(part_of(line, 0.3F, 0.3F).size() == 2);
}
