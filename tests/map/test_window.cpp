// The map in a real window: what the graphics card drew is read back and judged.

#include <epoxy/gl.h>

#include <set>

#include "console/map/style.h"
#include "headless.h"
#include "hidden_window.h"

using namespace jedel;
using namespace jedel::console;
using jedel::test::small_city;
using jedel::test::small_city_middle;

namespace {

constexpr int width = 800, height = 600;

/// A hidden window with OpenGL 3.3, ImGui on it, and frames read back.
class Window {
public:
    Window() : table_(test::map_texts()), texts_(table_, Language::ru) {
        auto fonts = load_fonts(font_folder(), 15);
        REQUIRE(fonts.ok());
        fonts_ = *fonts;
    }
    MapInput input(const Theme& theme) const {
        MapInput in;
        in.theme = &theme, in.fonts = &fonts_, in.texts = &texts_;
        return in;
    }
    void frame(MapView& view, const MapInput& in) {
        glfwPollEvents();
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplGlfw_NewFrame();
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({width, height});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
        ImGui::Begin("map", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        view.draw(in, width, height);
        ImGui::End();
        ImGui::PopStyleVar(2);
        ImGui::Render();
        glViewport(0, 0, width, height);
        glClearColor(1, 0, 1, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    }
    /// Colour at a point of the screen, packed like ImGui's.
    static std::uint32_t pixel(std::array<float, 2> at) {
        std::uint32_t out = 0;
        glReadPixels(static_cast<int>(at[0]), height - 1 - static_cast<int>(at[1]), 1, 1, GL_RGBA,
                     GL_UNSIGNED_BYTE, &out);
        return out | 0xff000000U;
    }
    static std::set<std::uint32_t> colours() {
        std::vector<std::uint32_t> all(width * height);
        glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, all.data());
        return {all.begin(), all.end()};
    }

private:
    test::HiddenWindow window_{width, height, 0};
    TextTable table_;
    Texts texts_;
    Fonts fonts_;
};

/// A point on the street grid of the small city, in blocks from its south-west corner.
LatLon block(double column, double row) {
    return {small_city_middle.lat + (row - 6) * 200 / 111'320,
            small_city_middle.lon + (column - 6) * 200 / 111'320 /
                                        std::cos(small_city_middle.lat * 3.14159265358979 / 180)};
}

}  // namespace

TEST_CASE("the graphics card draws ground, roads, water and parks in both themes") {
    Window window;
    MapView view;
    view.set_city(small_city());
    for (const auto kind : {ThemeKind::light, ThemeKind::dark}) {
        const Theme theme = Theme::of(kind);
        const MapPalette p = kind == ThemeKind::light ? MapPalette::light() : MapPalette::dark();
        auto in = window.input(theme);
        in.show_labels = in.show_organisations = false;
        window.frame(view, in);
        view.centre_on(block(5, 5), 4);
        window.frame(view, in);
        REQUIRE(view.fault() == "");
        REQUIRE(glGetError() == GL_NO_ERROR);
        CHECK(Window::pixel(view.to_screen(block(4.5, 2.5))) == p.ground);
        CHECK(Window::pixel(view.to_screen(block(2.5, 4))) == p.major_road);
        CHECK(Window::pixel(view.to_screen(block(2.5, 5))) == p.minor_road);
        CHECK(Window::pixel(view.to_screen(block(1.3, 1.25))) ==
              p.area[static_cast<std::size_t>(roads::AreaKind::water)]);
        CHECK(Window::pixel(view.to_screen(block(3.4, 3.5))) ==
              p.area[static_cast<std::size_t>(roads::AreaKind::green)]);
        CHECK(Window::pixel(view.to_screen(block(1.5, 6.5))) ==
              p.area[static_cast<std::size_t>(roads::AreaKind::water)]);
        // The street with bridges runs over the river.
        CHECK(Window::pixel(view.to_screen(block(6, 6.5))) == p.minor_road);
        CHECK(Window::colours().count(0xffff00ff) == 0);  // nothing was left undrawn
    }
}

TEST_CASE("panning and zooming fill no buffer again, coloured roads fill theirs once") {
    Window window;
    MapView view;
    view.set_city(small_city());
    const Theme theme = Theme::of(ThemeKind::light);
    auto in = window.input(theme);
    window.frame(view, in);
    const auto filled = view.figures().buffer_uploads;
    CHECK(filled > 0);
    for (int i = 0; i < 10; ++i) {
        view.pan_by(20, 10);
        view.zoom_by(i % 2 == 0 ? 0.5 : -0.4);
        window.frame(view, in);
    }
    CHECK(view.figures().buffer_uploads == filled);
    std::vector<MapReach> reach;
    for (std::uint32_t i = 0; i < 100; ++i) reach.push_back({i, static_cast<float>(i % 15)});
    in.reach = std::make_shared<const std::vector<MapReach>>(reach);
    for (int i = 0; i < 5; ++i) window.frame(view, in);
    CHECK(view.figures().buffer_uploads == filled + 1);
    CHECK(Window::colours().count(MapPalette::light().reach[0]) == 1);
}

TEST_CASE("the map leaves the state of OpenGL as it was and leaks no buffer") {
    Window window;
    const Theme theme = Theme::of(ThemeKind::light);
    const auto in = window.input(theme);
    const auto live_buffers = [] {
        int count = 0;
        for (GLuint i = 1; i < 300; ++i) count += glIsBuffer(i) == GL_TRUE ? 1 : 0;
        return count;
    };
    std::array<int, 3> live{};
    for (std::size_t round = 0; round < 3; ++round) {
        MapView view;
        view.set_city(small_city());
        glEnable(GL_DEPTH_TEST);
        glBlendFuncSeparate(GL_ONE, GL_ZERO, GL_ONE, GL_ZERO);
        glScissor(1, 2, 3, 4);
        window.frame(view, in);
        CHECK(glIsEnabled(GL_DEPTH_TEST) == GL_TRUE);
        GLint value = 0;
        glGetIntegerv(GL_BLEND_SRC_RGB, &value);
        CHECK(value == GL_ONE);
        std::array<GLint, 4> scissor{};
        glGetIntegerv(GL_SCISSOR_BOX, scissor.data());
        CHECK(scissor == std::array<GLint, 4>{1, 2, 3, 4});
        glGetIntegerv(GL_CURRENT_PROGRAM, &value);
        CHECK(value == 0);
        glDisable(GL_DEPTH_TEST);
        const int with_map = live_buffers();
        view.release();
        live[round] = live_buffers();
        CHECK(live[round] == with_map - 3);  // the fourth was never filled
        window.frame(view, in);  // and it comes back by itself
        CHECK(Window::colours().count(MapPalette::light().major_road) == 1);
    }
    CHECK(live[0] == live[1]);
    CHECK(live[1] == live[2]);
    CHECK(live_buffers() == live[2]);  // the last view gave its buffers back too
    CHECK(glGetError() == GL_NO_ERROR);
}
