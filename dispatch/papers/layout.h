#pragma once
// Papers on pages: where every line of text stands. Measured by Pango; nothing is cut off: what is
// longer than its place goes on in the next line, what is longer than its page on the next page.

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "dispatch/papers/paper.h"

namespace jedel::papers {

enum class Style : std::uint8_t { title, heading, name, value, cell, cell_head, small };

/// One line of text and the place it takes, in points from the top left corner.
struct Placed {
    double x = 0, y = 0;
    double width = 0;   ///< as measured
    double room = 0;    ///< what it may take
    double height = 0;
    std::string text;
    Style style = Style::value;
};

/// A thin line, to part or to write on.
struct Stroke {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    bool faint = false;
};

struct Page {
    double width = 0, height = 0;  ///< A4 in points
    std::string mark;              ///< of its paper
    std::vector<Placed> texts;
    std::vector<Stroke> strokes;
};

/// Distance of everything from the edges of a page, in points.
inline constexpr double margin = 36;

/// A paper's mark and `foot` stand at the bottom left of every page; `page_of` is "Page {0} of
/// {1}".
std::vector<Page> lay_out(const std::vector<Paper>& papers, const std::string& foot,
                          const std::string& page_of);

/// The bytes of a PDF; its fonts are in it.
Result<std::string> to_pdf(const std::vector<Page>& pages, const std::string& title, Instant made);
/// The bytes of a picture of one page, `scale` pixels a point.
Result<std::string> to_png(const Page& page, double scale);

/// Letters only: signs that steer a terminal or a printer become blanks, what is no UTF-8 a mark.
std::string printable(const std::string& text);

}  // namespace jedel::papers
