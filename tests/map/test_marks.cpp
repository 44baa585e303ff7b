#include <catch2/catch.hpp>

#include "console/map/furniture.h"
#include "console/map/marks.h"
#include "headless.h"

using namespace jedel;
using namespace jedel::console;

namespace {

struct Scene {
    Camera camera;
    Projection projection{test::small_city_middle};
    Canvas canvas;
    Scene() {
        camera.set_size(1000, 800);
        camera.set_bounds({-5000, -5000, 5000, 5000}, {-5000, -5000, 5000, 5000});
        camera.jump_to({0, 0}, 5);
        canvas.camera = &camera, canvas.projection = &projection;
    }
    MapCall call(std::uint64_t id, double x, double y, Category category) const {
        MapCall c;
        c.id = {id}, c.place = projection.to_place(x, y), c.category = category;
        return c;
    }
};

}  // namespace

TEST_CASE("a click takes the topmost mark, else the nearest within its grace") {
    using Kind = MarkHit::Kind;
    const std::vector<MarkHit> marks{{Kind::organisation, 1, {100, 100}, 10, 0, 0, 0},
                                     {Kind::call, 2, {105, 100}, 10, 0, 0, 0},
                                     {Kind::brigade, 3, {300, 100}, 9, 30, 0, 0}};
    CHECK(hit_test(marks, {102, 100}, 4)->id == 2);
    CHECK(hit_test(marks, {92, 100}, 4)->id == 1);
    CHECK(hit_test(marks, {118, 100}, 4)->id == 2);
    CHECK(hit_test(marks, {328, 100}, 0)->id == 3);  // a wide plate is hit at its end
    CHECK(hit_test(marks, {300, 112}, 0) == nullptr);
    CHECK(hit_test(marks, {500, 500}, 4) == nullptr);
    CHECK(hit_test({}, {0, 0}, 4) == nullptr);
}

TEST_CASE("calls that would cover each other stand as the most urgent one") {
    Scene s;
    const std::vector<MapCall> calls{s.call(1, 1, 1, Category::u3), s.call(2, 2, 2, Category::u1),
                                     s.call(3, 3, 3, Category::u4),
                                     s.call(4, 1500, 0, Category::u2)};
    std::vector<ShownCall> shown;
    stack_calls(calls, s.canvas, shown);
    REQUIRE(shown.size() == 2);
    CHECK(shown.back().call == 1);  // the most urgent is drawn last, on top
    CHECK(shown.back().hidden == 2);
    CHECK(shown.front().call == 3);
}

TEST_CASE("the selected call is always shown, and no call is lost from the counts") {
    Scene s;
    std::vector<MapCall> calls;
    for (std::uint64_t i = 0; i < 300; ++i) {
        calls.push_back(s.call(i + 1, static_cast<double>(i % 20) * 11,
                               static_cast<double>(i / 20) * 13, Category::u2));
    }
    calls[150].selected = true;
    calls[150].category = Category::u4;
    std::vector<ShownCall> shown;
    stack_calls(calls, s.canvas, shown);
    CHECK(shown.back().call == 150);
    std::size_t sum = 0;
    for (const auto& c : shown) sum += 1 + c.hidden;
    CHECK(sum == calls.size());
}

TEST_CASE("panning does not change which calls are stacked") {
    Scene s;
    std::vector<MapCall> calls;
    for (std::uint64_t i = 0; i < 200; ++i) {
        calls.push_back(s.call(i + 1, static_cast<double>(i % 20) * 17,
                               static_cast<double>(i / 20) * 19, Category::u2));
    }
    std::vector<ShownCall> before, after;
    stack_calls(calls, s.canvas, before);
    s.camera.pan_px(13.5, -7.25);
    stack_calls(calls, s.canvas, after);
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(before[i].call == after[i].call);
}

TEST_CASE("an old fix is old after 60 seconds and its radius only grows") {
    MapBrigade b;
    b.status = BrigadeStatus::departed;
    CHECK(is_old(b));  // never had a fix
    b.fix_age_s = 60;
    CHECK_FALSE(is_old(b));
    double last = 0;
    for (double age = 0; age < 2000; age += 7) {
        b.fix_age_s = age;
        const double r = radius_of_uncertainty_m(b);
        CHECK(r >= last);
        last = r;
    }
    CHECK(last == 2000);
    b.status = BrigadeStatus::on_scene;
    CHECK(radius_of_uncertainty_m(b) == 300);
}

TEST_CASE("the scale bar is round and fits") {
    for (double m = 0.1; m < 300; m *= 1.07) {
        const double bar = scale_bar_m(m, 130);
        CHECK(bar / m <= 130.001);
        CHECK(bar / m > 130 / 2.6);
    }
    CHECK(scale_bar_m(1, 130) == 100);
    CHECK(scale_bar_m(2, 130) == 200);
    CHECK(scale_bar_m(4, 130) == 500);
}

TEST_CASE("lengths, ages and the attribution in words") {
    const TextTable table = test::map_texts();
    const Texts ru(table, Language::ru), en(table, Language::en);
    CHECK(length_text(200, ru) == "200 м");
    CHECK(length_text(5000, en) == "5 km");
    CHECK(length_text(1500, en) == "1.5 km");
    CHECK(age_text(61, ru) == "61 с");
    CHECK(age_text(400, ru) == "6 мин");
    City city;
    city.attribution = "© OpenStreetMap contributors", city.extract_date = "2012-03-01";
    CHECK(attribution_text(city, ru) == "© OpenStreetMap contributors · данные на 2012-03-01");
    city.made_up = true;
    CHECK(attribution_text(city, en) == "training city, made up");
}
