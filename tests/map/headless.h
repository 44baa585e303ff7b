#pragma once
// A small city and ImGui frames without a window, for the tests of the map.

#include <imgui.h>

#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "base/install.h"
#include "console/map/map_view.h"

namespace jedel::test {

using namespace jedel::console;

inline constexpr LatLon small_city_middle{43.25, 76.95};

/// A grid of named streets, `across` × `across` crossings, 200 m apart, with a pond, a park,
/// a river with a bridge, houses, a district and two organisations.
inline std::shared_ptr<const City> small_city(int across = 12) {
    using namespace roads;
    auto map = std::make_shared<RoadMap>();
    map->names.push_back({});
    constexpr double lat_step = 200 / 111'320.0;
    const double lon_step = lat_step / std::cos(small_city_middle.lat * 3.14159265358979 / 180);
    const auto place = [&](double column, double row) {
        return fixed({small_city_middle.lat + (row - across / 2.0) * lat_step,
                      small_city_middle.lon + (column - across / 2.0) * lon_step});
    };
    for (int row = 0; row < across; ++row) {
        for (int column = 0; column < across; ++column) map->nodes.push_back(place(column, row));
    }
    const auto node = [&](int column, int row) {
        return static_cast<std::uint32_t>(row * across + column);
    };
    for (int i = 0; i < 2 * across; ++i) {
        const std::string number = std::to_string(i + 1);
        const std::string kk = number + "-ші Абай көшесі", ru = "улица Абая " + number;
        map->names.push_back({ru, kk, ru, "Abay Street " + number, {}});
    }
    const auto add = [&](std::uint32_t from, std::uint32_t to, int line, bool bridge) {
        Segment s;
        s.from = from, s.to = to, s.length_m = 200;
        s.road_class = line % 4 == 0 ? RoadClass::primary : RoadClass::residential;
        s.name = static_cast<std::uint32_t>(line + 1);
        s.bridge = bridge;
        map->segments.push_back(s);
    };
    for (int row = 0; row < across; ++row) {
        for (int column = 0; column + 1 < across; ++column) {
            add(node(column, row), node(column + 1, row), row, false);
            add(node(row, column), node(row, column + 1), across + row, column == across / 2);
        }
    }
    const auto area = [&](AreaKind kind, double x, double y, double side) {
        const auto first = static_cast<std::uint32_t>(map->points.size());
        for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, {side, 0.0}, {side, side},
                                     {side / 2, side / 3}, {0.0, side}}) {
            map->points.push_back(place(x + dx, y + dy));
        }
        map->areas.push_back({kind, first, 5});
    };
    area(AreaKind::water, 1.1, 1.1, 0.8);
    area(AreaKind::green, 3.1, 3.1, 2.8);
    area(AreaKind::building, 5.2, 5.2, 0.2);
    const auto first = static_cast<std::uint32_t>(map->points.size());
    map->points.push_back(place(0, across / 2 + 0.5));
    map->points.push_back(place(across - 1, across / 2 + 0.5));
    map->waterlines.push_back({first, 2, 20});
    for (int i = 0; i < 40; ++i) {
        map->places.push_back({PlaceKind::house, place(5 + i * 0.05, 5.1), 0, 6,
                               std::to_string(i + 1)});
    }
    map->names.push_back({"Самал", "Самал", "Самал", "Samal", {}});
    map->places.push_back({PlaceKind::suburb, place(6.5, 6.5),
                           static_cast<std::uint32_t>(map->names.size() - 1), 0, {}});
    auto city = std::make_shared<City>();
    city->attribution = "© OpenStreetMap contributors";
    city->extract_date = "2012-03-01";
    Organisation hospital;
    hospital.id = {1}, hospital.kind = OrganisationKind::hospital;
    hospital.name_ru = "Городская больница № 1", hospital.name_kk = "№ 1 қалалық аурухана";
    hospital.place = place(4.5, 6.3).degrees();
    Organisation polyclinic = hospital;
    polyclinic.id = {2}, polyclinic.kind = OrganisationKind::polyclinic;
    polyclinic.name_ru = "Поликлиника № 2", polyclinic.name_kk = "№ 2 емхана";
    polyclinic.place = place(7.5, 6.6).degrees();
    for (const auto& [x, y] : {std::pair{1.0, 1.0}, {9.0, 1.0}, {9.0, 9.0}, {5.0, 4.0}}) {
        polyclinic.service_area.push_back(place(x, y).degrees());
    }
    city->organisations.all = {hospital, polyclinic};
    city->roads = std::move(map);
    return city;
}

inline TextTable map_texts() {
    const std::string path = std::string{JEDEL_SOURCE_DIR} + "/assets/strings/map.toml";
    auto text = read_file(path);
    REQUIRE(text.ok());
    const StringsFile file{path, *text};
    auto table = TextTable::parse({&file, 1});
    INFO((table.ok() ? std::string{} : table.error().text()));
    REQUIRE(table.ok());
    return std::move(*table);
}

/// An ImGui context without window and renderer; frames by hand.
class Headless {
public:
    explicit Headless(float width = 1280, float height = 720)
        : width_(width), height_(height), table_(map_texts()), texts_(table_, Language::ru),
          theme_(Theme::of(ThemeKind::light)) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {width, height};
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        auto fonts = load_fonts(font_folder(), 15);
        REQUIRE(fonts.ok());
        fonts_ = *fonts;
        unsigned char* pixels = nullptr;
        int w = 0, h = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
        io.MousePos = {-1, -1};
    }
    Headless(const Headless&) = delete;
    Headless& operator=(const Headless&) = delete;
    ~Headless() { ImGui::DestroyContext(); }

    /// What every frame needs; `time_s` stays 0, so movements end at once.
    MapInput input() const {
        MapInput in;
        in.theme = &theme_, in.fonts = &fonts_, in.texts = &texts_;
        return in;
    }
    MapOutput frame(MapView& view, const MapInput& in) {
        ImGui::GetIO().DeltaTime = 1.0F / 60;
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({width_, height_});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
        ImGui::Begin("map", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        const MapOutput out = view.draw(in, width_, height_);
        ImGui::End();
        ImGui::PopStyleVar(2);
        ImGui::Render();
        return out;
    }
    static void point(float x, float y) { ImGui::GetIO().MousePos = {x, y}; }
    static void button(bool down) { ImGui::GetIO().MouseDown[0] = down; }
    /// Moves, presses and lets go; the output of the frame where it was let go.
    MapOutput click(MapView& view, const MapInput& in, std::array<float, 2> at) {
        point(at[0], at[1]);
        button(false);
        frame(view, in);
        button(true);
        frame(view, in);
        button(false);
        const MapOutput out = frame(view, in);
        ImGui::GetIO().MouseClickedTime[0] = -10;  // the next click is not a double-click
        return out;
    }
    void set_texts(Language language) { texts_ = Texts{table_, language}; }

private:
    float width_, height_;
    TextTable table_;
    Texts texts_;
    Theme theme_;
    Fonts fonts_;
};

}  // namespace jedel::test
