// The map of three cities beside pictures that people have looked at. A layer that is missing or a
// label that has moved is found; edges that are smoothed otherwise are not minded.
//
// JEDEL_NEW_REFERENCES=1 writes the pictures anew, to be looked at before they are committed.

#include <array>
#include <cstdlib>
#include <filesystem>
#include <random>

#include <catch2/catch.hpp>
#include <stb_image_write.h>

#include "console/map/furniture.h"
#include "console/map_advice.h"
#include "console/shell/window.h"
#include "dispatch/roads/drawn.h"
#include "dispatch/roads/osm_import.h"
#include "tests/roads/maps.h"
#include "tests/screens/display.h"
#include "tests/screens/map_window.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::console;
using namespace jedel::console::test;

namespace {

enum class Scene : std::uint8_t { wide, near };
constexpr std::array<const char*, 2> scene_names{"wide", "near"};

/// A city, and what is drawn on it.
struct Scenery {
    std::string name;
    std::shared_ptr<const City> city;
    LatLon near;            ///< middle of the pictures
    bool has_areas = true;  ///< the extract holds water or parks there
    std::shared_ptr<const std::vector<MapReach>> reach;
    std::vector<MapClosure> closures;
    std::vector<std::uint32_t> drawn;
    std::vector<LatLon> route;
    std::vector<MapCall> calls;
    std::vector<MapBrigade> brigades;
};

/// A place so many metres east and north of another.
LatLon beside(LatLon at, double east_m, double north_m) {
    return {at.lat + north_m / 111'195,
            at.lon + east_m / (111'195 * std::cos(at.lat * 3.14159265358979 / 180))};
}

/// Coloured roads around a brigade, a closed and a slow stretch, a route and marks near `near`.
Scenery furnish(std::string name, std::shared_ptr<const City> city, LatLon near) {
    Scenery s;
    s.name = std::move(name);
    s.city = std::move(city);
    s.near = near;
    const auto net =
        roads::TravelNetwork::build(s.city->roads, roads::test::flat_speeds(), 0, 0);
    const auto scratch = net.scratch();
    const auto at = [&](double east_m, double north_m) {
        return *net.snap(beside(near, east_m, north_m));
    };
    s.reach = std::make_shared<const std::vector<MapReach>>(
        in_bands(net.reach(*scratch, at(0, 0), 900'000), reach_bands_min));
    const roads::StretchFinder finder{s.city->roads};
    const auto stretch = [&](const roads::Snapped& a, const roads::Snapped& b) {
        return finder.between(a.segment, b.segment);
    };
    for (const auto segment : stretch(at(-150, 60), at(-60, 60))) {
        s.closures.push_back({segment, true});
    }
    for (const auto segment : stretch(at(60, -80), at(150, -80))) {
        s.closures.push_back({segment, false});
    }
    s.drawn = stretch(at(60, 90), at(120, 90));
    for (const auto& p : net.route(*scratch, at(-190, -100), at(190, 110)).points) {
        s.route.push_back(p.at);
    }
    MapCall call;
    call.id = {1}, call.place = beside(near, 190, 110), call.category = Category::u1;
    call.label = "17", call.late = true, call.selected = true;
    s.calls.push_back(call);
    call = {};
    call.id = {2}, call.place = beside(near, -2500, 1500), call.category = Category::u3;
    s.calls.push_back(call);
    MapBrigade brigade;
    brigade.id = {1}, brigade.place = beside(near, -190, -100), brigade.label = "101";
    brigade.status = BrigadeStatus::free_at_base, brigade.heading_deg = 60;
    brigade.fix_age_s = 4;
    s.brigades.push_back(brigade);
    brigade.id = {2}, brigade.place = beside(near, 2000, -1500), brigade.label = "205";
    brigade.kind = BrigadeKind::specialised, brigade.fix_age_s = 200;
    s.brigades.push_back(brigade);
    return s;
}

std::shared_ptr<const City> imported(const std::string& path, const char* date) {
    auto read = roads::import_osm(path);
    REQUIRE(read);
    auto city = std::make_shared<City>();
    city->attribution = "© OpenStreetMap contributors";
    city->extract_date = date;
    city->roads = std::make_shared<const roads::RoadMap>(std::move(read->first));
    return city;
}

/// What may be left out, to show that it would be found.
struct Without {
    bool closures = false, reach = false, labels = false, marks = false, route = false,
         drawn = false;
    double moved_px = 0;
};

Picture picture(MapWindow& window, const Scenery& s, Scene scene, ThemeKind theme,
                Language language, const Without& without = {},
                std::shared_ptr<const City> other_city = nullptr) {
    MapView view;
    view.set_city(other_city ? other_city : s.city);
    auto in = window.input(theme, language);
    const bool near = scene == Scene::near;
    const std::vector<std::string> legend{(*in.texts)("reach.coverage", {"1"}),
                                          (*in.texts)("reach.age", {age_text(4.0, *in.texts)})};
    if (near) {
        if (!without.closures) in.closures = s.closures;
        if (!without.drawn) in.drawn = s.drawn;
        in.drawn_closed = false;
        if (!without.route) in.route = s.route;
        in.crosshair = true;
    } else {
        if (!without.reach) in.reach = s.reach;
        in.reach_lines = legend;
    }
    if (!without.marks) in.calls = s.calls, in.brigades = s.brigades;
    in.show_labels = !without.labels;
    window.draw(view, in);
    if (near) view.centre_on(s.near, 1.1);
    else view.centre_on(s.near, 14);
    window.draw(view, in);
    if (without.moved_px != 0) view.pan_by(without.moved_px, 0);
    Picture out = window.draw(view, in);
    view.release();
    return out;
}

void write_picture(const Picture& p, const std::string& path) {
    std::filesystem::create_directories(std::filesystem::path{path}.parent_path());
    stbi_write_png_compression_level = 12;
    REQUIRE(stbi_write_png(path.c_str(), p.width, p.height, 3, p.rgb.data(), p.width * 3) != 0);
}

/// Languages change from picture to picture, so that all three are seen.
Language language_of(Scene scene, ThemeKind theme) {
    if (scene == Scene::wide) return theme == ThemeKind::light ? Language::ru : Language::en;
    return theme == ThemeKind::light ? Language::kk : Language::ru;
}

std::string file_name(const Scenery& s, Scene scene, ThemeKind theme) {
    return s.name + "-" + scene_names[static_cast<std::size_t>(scene)] + "-" +
           std::string{name_of(theme)} + ".png";
}

std::string reference_folder() { return std::string{JEDEL_SOURCE_DIR} + "/tests/screens/maps/"; }

/// The picture as it is, nearly: each channel off by a few steps, as another driver may round.
Picture with_noise(Picture p) {
    std::mt19937 random{1};
    for (auto& v : p.rgb) {
        v = static_cast<unsigned char>(std::clamp(static_cast<int>(v) +
                                                      static_cast<int>(random() % 7) - 3, 0, 255));
    }
    return p;
}

/// A copy of the city with its map changed. Nodes stay, so the view does.
template <class Change>
std::shared_ptr<const City> changed(const Scenery& s, Change&& change) {
    auto city = std::make_shared<City>(*s.city);
    auto map = std::make_shared<roads::RoadMap>(*s.city->roads);
    change(*map);
    city->roads = std::move(map);
    return city;
}

constexpr std::array<int, 2> size_of(Scene scene) {
    return scene == Scene::near ? std::array{480, 320} : std::array{400, 260};
}

/// One scene in a window of its own.
class Stage {
public:
    Stage(const Scenery& s, Scene scene, int samples = 0)
        : scenery_(s), scene_(scene),
          window_(size_of(scene)[0], size_of(scene)[1], samples) {}
    Picture draw(ThemeKind theme, const Without& without = {},
                 std::shared_ptr<const City> other = nullptr) {
        return picture(window_, scenery_, scene_, theme, language_of(scene_, theme), without,
                       std::move(other));
    }
    /// How far it is from its reference.
    double apart(ThemeKind theme, const Without& without = {},
                 std::shared_ptr<const City> other = nullptr) {
        const auto name = file_name(scenery_, scene_, theme);
        return blocks_apart(draw(theme, without, std::move(other)),
                            read_picture(reference_folder() + name));
    }

private:
    const Scenery& scenery_;
    Scene scene_;
    MapWindow window_;
};

constexpr std::array<ThemeKind, 2> themes{ThemeKind::light, ThemeKind::dark};

void check_against_references(const Scenery& s, Scene scene) {
    const bool write = std::getenv("JEDEL_NEW_REFERENCES") != nullptr;
    Stage stage{s, scene};
    for (const ThemeKind theme : themes) {
        const std::string name = file_name(s, scene, theme);
        const Picture now = stage.draw(theme);
        if (write) write_picture(now, reference_folder() + name);
        write_picture(now, std::string{JEDEL_BINARY_DIR} + "/screens/maps/" + name);
        const Picture reference = read_picture(reference_folder() + name);
        INFO(name << " is in " << JEDEL_BINARY_DIR << "/screens/maps");
        REQUIRE(reference.width == size_of(scene)[0]);
        CHECK(blocks_apart(now, reference) <= blocks_apart_most);
        CHECK(blocks_apart(with_noise(now), reference) <= blocks_apart_most);
    }
}

/// Everything that could go missing is told from the reference, in both themes.
void check_that_loss_is_found(const Scenery& s) {
    const auto no_roads = changed(s, [](roads::RoadMap& m) { m.segments.clear(); });
    const auto no_areas = changed(s, [](roads::RoadMap& m) { m.areas.clear(); });
    const auto no_arrows = changed(s, [](roads::RoadMap& m) {
        for (auto& segment : m.segments) segment.forward = segment.backward = true;
    });
    {
        Stage near{s, Scene::near};
        for (const ThemeKind theme : themes) {
            INFO(s.name << " " << name_of(theme));
            CHECK(near.apart(theme, {.closures = true}) > blocks_apart_most);
            CHECK(near.apart(theme, {.labels = true}) > blocks_apart_most);
            CHECK(near.apart(theme, {.marks = true}) > blocks_apart_most);
            CHECK(near.apart(theme, {.route = true}) > blocks_apart_most);
            CHECK(near.apart(theme, {.drawn = true}) > blocks_apart_most);
            CHECK(near.apart(theme, {.moved_px = 4}) > blocks_apart_most);
            CHECK(near.apart(theme, {}, no_roads) > blocks_apart_most);
            CHECK(near.apart(theme, {}, no_arrows) > blocks_apart_most);
        }
    }
    Stage wide{s, Scene::wide};
    for (const ThemeKind theme : themes) {
        INFO(s.name << " " << name_of(theme));
        CHECK(wide.apart(theme, {.reach = true}) > blocks_apart_most);
        CHECK(wide.apart(theme, {.marks = true}) > blocks_apart_most);
        CHECK(wide.apart(theme, {}, no_roads) > blocks_apart_most);
        if (s.has_areas) CHECK(wide.apart(theme, {}, no_areas) > blocks_apart_most);
    }
}

/// The same picture with four samples a pixel, as a graphics card smooths it, is the same.
void check_that_smoothing_is_not_minded(const Scenery& s) {
    for (const Scene scene : {Scene::wide, Scene::near}) {
        Stage stage{s, scene, 4};
        for (const ThemeKind theme : themes) {
            INFO(file_name(s, scene, theme));
            CHECK(stage.apart(theme) <= blocks_apart_most);
        }
    }
}

void check_all(const Scenery& s) {
    const VirtualDisplay display;
    REQUIRE(display.running());
    check_against_references(s, Scene::wide);
    check_against_references(s, Scene::near);
    check_that_loss_is_found(s);
    check_that_smoothing_is_not_minded(s);
}

}  // namespace

TEST_CASE("the training city looks as it was looked at") {
    const auto city = load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training");
    REQUIRE(city);
    const LatLon middle{((*city)->low.lat + (*city)->high.lat) / 2,
                        ((*city)->low.lon + (*city)->high.lon) / 2};
    check_all(furnish("training", *city, middle));
}

TEST_CASE("Almaty looks as it was looked at") {
    const auto path = jedel::test::shared_data("maps/almaty-2012.osm.pbf");
    if (!path) return;
    check_all(furnish("almaty", imported(*path, "2012-03-01"), {43.2380, 76.9140}));
}

TEST_CASE("Auckland looks as it was looked at") {
    const auto path = jedel::test::shared_data("maps/auckland-2017.osm.pbf");
    if (!path) return;
    Scenery s = furnish("auckland", imported(*path, "2017-01-01"), {-36.8537, 174.7697});
    s.has_areas = false;  // nothing but roads near the middle
    check_all(s);
}
