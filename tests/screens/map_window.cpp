#include "tests/screens/map_window.h"

#include <epoxy/gl.h>

#include <stb_image.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

namespace jedel::console::test {

namespace {

std::array<double, 3> mean_of(const Picture& p, int x0, int y0) {
    std::array<double, 3> sum{};
    const int x1 = std::min(x0 + block_px, p.width), y1 = std::min(y0 + block_px, p.height);
    for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x) {
            for (std::size_t c = 0; c < 3; ++c) {
                sum[c] += p.rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(p.width) +
                                 static_cast<std::size_t>(x)) * 3 + c];
            }
        }
    }
    for (double& s : sum) s /= (x1 - x0) * (y1 - y0);
    return sum;
}

}  // namespace

Picture read_picture(const std::string& path) {
    Picture out;
    int channels = 0;
    unsigned char* pixels = stbi_load(path.c_str(), &out.width, &out.height, &channels, 3);
    if (pixels == nullptr) return {};
    out.rgb.assign(pixels, pixels + static_cast<std::ptrdiff_t>(out.width) * out.height * 3);
    stbi_image_free(pixels);
    return out;
}

double blocks_apart(const Picture& a, const Picture& b) {
    if (a.width != b.width || a.height != b.height || a.rgb.empty()) return 1000;
    int apart = 0, all = 0;
    for (int y = 0; y < a.height; y += block_px) {
        for (int x = 0; x < a.width; x += block_px) {
            const auto p = mean_of(a, x, y), q = mean_of(b, x, y);
            double most = 0;
            for (std::size_t c = 0; c < 3; ++c) most = std::max(most, std::abs(p[c] - q[c]));
            apart += most > block_step ? 1 : 0;
            ++all;
        }
    }
    return 1000.0 * apart / all;
}

MapWindow::MapWindow(int width, int height, int samples)
    : width_(width), height_(height), window_(width, height, samples) {
    auto fonts = load_fonts(font_folder(), 13);
    REQUIRE(fonts.ok());
    fonts_ = *fonts;
    auto table = TextTable::load(std::string{JEDEL_SOURCE_DIR} + "/assets/strings");
    REQUIRE(table.ok());
    table_ = std::move(*table);
}

MapInput MapWindow::input(ThemeKind theme, Language language) {
    theme_ = Theme::of(theme);
    texts_ = std::make_unique<Texts>(table_, language);
    MapInput in;
    in.theme = &theme_;
    in.fonts = &fonts_;
    in.texts = texts_.get();
    return in;
}

Picture MapWindow::draw(MapView& view, const MapInput& in) {
    constexpr int frames = 3;  // the first one fits the city, the second one moves there
    for (int i = 0; i < frames; ++i) {
        glfwPollEvents();
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplGlfw_NewFrame();
        ImGui::GetIO().MousePos = {-1, -1};
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({static_cast<float>(width_), static_cast<float>(height_)});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
        ImGui::Begin("map", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        view.draw(in, static_cast<float>(width_), static_cast<float>(height_));
        ImGui::End();
        ImGui::PopStyleVar(2);
        ImGui::Render();
        glViewport(0, 0, width_, height_);
        glClearColor(1, 0, 1, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        if (i + 1 < frames) glfwSwapBuffers(window_.get());
    }
    REQUIRE(view.fault() == "");
    Picture out{width_, height_, {}};
    const auto row = static_cast<std::size_t>(width_) * 3;
    std::vector<unsigned char> upside_down(row * static_cast<std::size_t>(height_));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
    for (int y = height_; y-- > 0;) {
        const auto from = upside_down.begin() + static_cast<std::ptrdiff_t>(y * row);
        out.rgb.insert(out.rgb.end(), from, from + static_cast<std::ptrdiff_t>(row));
    }
    return out;
}

}  // namespace jedel::console::test
