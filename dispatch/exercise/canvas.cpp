#include "dispatch/exercise/canvas.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <array>

namespace jedel::exercise {
namespace {

struct FreeLayout {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeContext {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

}  // namespace

Colour category_colour(std::size_t category) {
    constexpr std::array<Colour, 5> colours{{{0.6, 0.6, 0.6},
                                             {0.70, 0.09, 0.13},
                                             {0.90, 0.49, 0.10},
                                             {0.96, 0.79, 0.30},
                                             {0.36, 0.62, 0.62}}};
    return category < colours.size() ? colours[category] : colours[0];
}

struct Canvas::Impl {
    std::unique_ptr<cairo_surface_t, FreeSurface> surface;
    std::unique_ptr<cairo_t, FreeContext> cairo;
    void source(Colour c) { cairo_set_source_rgb(cairo.get(), c.red, c.green, c.blue); }
};

Canvas::Canvas(int width, int height)
    : width_(width), height_(height), impl_(std::make_unique<Impl>()) {
    impl_->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    impl_->cairo.reset(cairo_create(impl_->surface.get()));
    fill(0, 0, width, height, {1, 1, 1});
}
Canvas::~Canvas() = default;

void Canvas::fill(double x, double y, double width, double height, Colour colour) {
    impl_->source(colour);
    cairo_rectangle(impl_->cairo.get(), x, y, width, height);
    cairo_fill(impl_->cairo.get());
}

void Canvas::line(double x1, double y1, double x2, double y2, Colour colour, double thickness,
                  bool dashed) {
    cairo_t* c = impl_->cairo.get();
    const std::array<double, 2> dashes{6, 4};
    cairo_set_dash(c, dashes.data(), dashed ? 2 : 0, 0);
    begin_path();
    to(x1, y1);
    to(x2, y2);
    stroke(colour, thickness);
    cairo_set_dash(c, dashes.data(), 0, 0);
}

void Canvas::begin_path() { cairo_new_path(impl_->cairo.get()); }
void Canvas::to(double x, double y) { cairo_line_to(impl_->cairo.get(), x, y); }
void Canvas::stroke(Colour colour, double thickness) {
    impl_->source(colour);
    cairo_set_line_width(impl_->cairo.get(), thickness);
    cairo_set_line_join(impl_->cairo.get(), CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(impl_->cairo.get());
}

double Canvas::text(double x, double y, const std::string& words, double size, Colour colour,
                    Align align, bool bold) {
    cairo_t* c = impl_->cairo.get();
    const std::unique_ptr<PangoLayout, FreeLayout> layout{pango_cairo_create_layout(c)};
    const std::unique_ptr<PangoFontDescription, FreeFont> font{
        pango_font_description_from_string("Noto Sans")};
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
    int wide = 0;
    int high = 0;
    pango_layout_get_pixel_size(layout.get(), &wide, &high);
    const double before = align == Align::left ? 0 : align == Align::right ? wide : wide / 2.0;
    impl_->source(colour);
    cairo_move_to(c, x - before, y - high / 2.0);
    pango_cairo_show_layout(c, layout.get());
    return wide;
}

Result<void> Canvas::save(const std::string& path) {
    const cairo_status_t status = cairo_surface_write_to_png(impl_->surface.get(), path.c_str());
    if (status == CAIRO_STATUS_SUCCESS) return {};
    return Error{.message = std::string{"cannot be written: "} + cairo_status_to_string(status),
                 .where = path};
}

}  // namespace jedel::exercise
