#pragma once
// Pango's part of a paper: type, measures, lines. Private to papers.

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "dispatch/papers/layout.h"

namespace jedel::papers {

struct FreeObject {
    template <class T>
    void operator()(T* object) const {
        g_object_unref(object);
    }
};
struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using LayoutPointer = std::unique_ptr<PangoLayout, FreeObject>;

/// Points from one line of that style to the next.
double line_height(Style style);

/// A text in its style; measured the same for every surface.
LayoutPointer make_layout(PangoContext* context, const std::string& text, Style style);
/// A context whose measures do not depend on pixels.
std::unique_ptr<PangoContext, FreeObject> make_context();

struct Line {
    std::string text;
    double width = 0;
};
/// A text in lines no wider than `room` points; a word that is wider is parted.
std::vector<Line> broken(PangoContext* context, const std::string& text, Style style, double room);

}  // namespace jedel::papers
