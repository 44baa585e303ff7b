#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "console/theme/theme.h"

namespace jedel::console {

namespace {

// Beside Latin and Cyrillic (which holds all Kazakh letters): № ₸ € quotes, dashes, ellipsis,
// primes, superscripts. ImGui keeps the pointers until the atlas is built.
constexpr std::array<ImWchar, 15> text_ranges{0x0020, 0x00FF, 0x0400, 0x052F, 0x2010,
                                              0x2027, 0x2030, 0x2033, 0x20AC, 0x20AC,
                                              0x20B8, 0x20B8, 0x2116, 0x2122, 0};
// Arrows and comparisons stand in Noto Sans Math, shapes and ticks in Noto Sans Symbols 2.
constexpr std::array<ImWchar, 5> arrow_ranges{0x2190, 0x2195, 0x2260, 0x2265, 0};
constexpr std::array<ImWchar, 11> shape_ranges{0x25A0, 0x25A1, 0x25B2, 0x25B2, 0x25B6, 0x25B6,
                                               0x25C6, 0x25CF, 0x2713, 0x2717, 0};

}  // namespace

std::string font_folder() {
    const char* given = std::getenv("JEDEL_FONTS");
    return given != nullptr ? given : "/usr/share/fonts/truetype/noto";
}

Result<Fonts> load_fonts(const std::string& folder, float px) {
    const std::string regular = folder + "/NotoSans-Regular.ttf";
    const std::string bold = folder + "/NotoSans-Bold.ttf";
    const std::string arrows = folder + "/NotoSansMath-Regular.ttf";
    const std::string shapes = folder + "/NotoSansSymbols2-Regular.ttf";
    std::error_code error;
    for (const std::string& file : {regular, bold, arrows, shapes}) {
        if (!std::filesystem::is_regular_file(file, error)) {
            return Error{.message =
                             "the font is missing; install the package fonts-noto-core or "
                             "set JEDEL_FONTS to its folder",
                         .where = file};
        }
    }
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    atlas.TexDesiredWidth = 2048;
    bool loaded = true;
    const auto add = [&](const std::string& file, float size) {
        ImFontConfig config;
        config.OversampleH = config.OversampleV = 1;
        config.PixelSnapH = true;
        ImFont* font = atlas.AddFontFromFileTTF(file.c_str(), size, &config, text_ranges.data());
        config.MergeMode = true;
        loaded = loaded && font != nullptr &&
                 atlas.AddFontFromFileTTF(arrows.c_str(), size, &config, arrow_ranges.data()) &&
                 atlas.AddFontFromFileTTF(shapes.c_str(), size, &config, shape_ranges.data());
        return font;
    };
    Fonts fonts;
    fonts.px = px;
    fonts.text = add(regular, px);
    fonts.bold = add(bold, px);
    fonts.small = add(regular, static_cast<float>(static_cast<int>(px * 0.87F + 0.5F)));
    fonts.large = add(bold, static_cast<float>(static_cast<int>(px * 1.45F + 0.5F)));
    if (!loaded || !atlas.Build()) {
        return Error{.message = "the font cannot be read", .where = folder};
    }
    return fonts;
}

}  // namespace jedel::console
