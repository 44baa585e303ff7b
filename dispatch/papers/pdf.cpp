#include <cairo-pdf.h>

#include <cmath>

#include "dispatch/papers/measure.h"

namespace jedel::papers {

namespace {

struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

Error failed(cairo_status_t status) {
    return {.message = std::string{"a paper cannot be drawn: "} + cairo_status_to_string(status)};
}

void draw(cairo_t* cairo, PangoContext* context, const Page& page) {
    for (const Stroke& s : page.strokes) {
        const double grey = s.faint ? 0.55 : 0.3;
        cairo_set_source_rgb(cairo, grey, grey, grey);
        cairo_set_line_width(cairo, 0.5);
        cairo_move_to(cairo, s.x1, s.y1);
        cairo_line_to(cairo, s.x2, s.y2);
        cairo_stroke(cairo);
    }
    for (const Placed& t : page.texts) {
        const double grey = t.style == Style::name || t.style == Style::small ? 0.35 : 0;
        cairo_set_source_rgb(cairo, grey, grey, grey);
        const LayoutPointer layout = make_layout(context, t.text, t.style);
        int high = 0;
        pango_layout_get_size(layout.get(), nullptr, &high);
        // In the middle of its line: fonts that stand in for a letter may be taller than ours.
        cairo_move_to(cairo, t.x, t.y + (t.height - static_cast<double>(high) / PANGO_SCALE) / 2);
        pango_cairo_show_layout(cairo, layout.get());
    }
}

}  // namespace

Result<std::string> to_pdf(const std::vector<Page>& pages, const std::string& title,
                           Instant made) {
    std::string out;
    const std::unique_ptr<cairo_surface_t, FreeSurface> surface{
        cairo_pdf_surface_create_for_stream(append, &out, 595.28, 841.89)};
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                   to_iso({made.ms / 1000 * 1000}).c_str());
    const std::unique_ptr<cairo_t, FreeCairo> cairo{cairo_create(surface.get())};
    const auto context = make_context();
    for (const Page& page : pages) {
        cairo_pdf_surface_set_size(surface.get(), page.width, page.height);
        draw(cairo.get(), context.get(), page);
        cairo_show_page(cairo.get());
    }
    if (const auto status = cairo_status(cairo.get())) return failed(status);
    cairo_surface_finish(surface.get());
    if (const auto status = cairo_surface_status(surface.get())) return failed(status);
    return out;
}

Result<std::string> to_png(const Page& page, double scale) {
    const std::unique_ptr<cairo_surface_t, FreeSurface> surface{cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, static_cast<int>(std::ceil(page.width * scale)),
        static_cast<int>(std::ceil(page.height * scale)))};
    const std::unique_ptr<cairo_t, FreeCairo> cairo{cairo_create(surface.get())};
    cairo_set_source_rgb(cairo.get(), 1, 1, 1);
    cairo_paint(cairo.get());
    cairo_scale(cairo.get(), scale, scale);
    draw(cairo.get(), make_context().get(), page);
    std::string out;
    if (const auto status = cairo_surface_write_to_png_stream(surface.get(), append, &out)) {
        return failed(status);
    }
    return out;
}

}  // namespace jedel::papers
