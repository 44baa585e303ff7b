#include "dispatch/papers/measure.h"

#include <array>

namespace jedel::papers {

namespace {

struct Type {
    double size;  ///< points
    double line;
    bool bold;
};

const Type& type_of(Style style) {
    static constexpr std::array<Type, 7> types{{{15, 20, true},
                                                {11, 16, true},
                                                {7.5, 10.5, false},
                                                {10, 14, false},
                                                {8.5, 11.5, false},
                                                {7.5, 10.5, true},
                                                {7, 10, false}}};
    return types[static_cast<std::size_t>(style)];
}

}  // namespace

double line_height(Style style) { return type_of(style).line; }

std::unique_ptr<PangoContext, FreeObject> make_context() {
    PangoFontMap* map = pango_cairo_font_map_get_default();
    std::unique_ptr<PangoContext, FreeObject> context{pango_font_map_create_context(map)};
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    return context;
}

LayoutPointer make_layout(PangoContext* context, const std::string& text, Style style) {
    const Type& type = type_of(style);
    LayoutPointer layout{pango_layout_new(context)};
    const std::unique_ptr<PangoFontDescription, FreeFont> font{
        pango_font_description_from_string("Noto Sans")};
    pango_font_description_set_absolute_size(font.get(), type.size * PANGO_SCALE);
    if (type.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

std::vector<Line> broken(PangoContext* context, const std::string& text, Style style,
                         double room) {
    const LayoutPointer layout = make_layout(context, text, style);
    pango_layout_set_width(layout.get(), static_cast<int>(room * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    std::vector<Line> lines;
    for (int i = 0; i < pango_layout_get_line_count(layout.get()); ++i) {
        const PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), i);
        Line out{text.substr(static_cast<std::size_t>(line->start_index),
                             static_cast<std::size_t>(line->length)),
                 0};
        while (out.text.ends_with(' ')) out.text.pop_back();
        // Measured as it will be drawn: alone.
        const LayoutPointer alone = make_layout(context, out.text, style);
        int wide = 0;
        pango_layout_get_size(alone.get(), &wide, nullptr);
        out.width = static_cast<double>(wide) / PANGO_SCALE;
        lines.push_back(std::move(out));
    }
    return lines;
}

std::string printable(const std::string& text) {
    gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    std::string out{valid};
    g_free(valid);
    for (char& c : out) {
        const auto code = static_cast<unsigned char>(c);
        if ((code < 0x20 && c != '\n') || code == 0x7F) c = ' ';
    }
    return out;
}

}  // namespace jedel::papers
