#include "dispatch/papers/layout.h"

#include <algorithm>
#include <array>

#include "base/placeholders.h"
#include "dispatch/papers/measure.h"

namespace jedel::papers {

namespace {

constexpr double long_side = 841.89, short_side = 595.28;
constexpr double foot_height = 16;
constexpr double gap = 4;          ///< between a text and the line beside it
constexpr double between = 14;     ///< two fields side by side
constexpr double writing_line = 20;  ///< room for a line written by hand

/// One line of a cell, with its own height; empty text is room to write.
struct CellLine {
    Line line;
    Style style = Style::value;
    double height = 0;
    bool ruled = false;  ///< a line to write on at its foot
};
struct Cell {
    double x = 0, width = 0;
    std::vector<CellLine> lines;
    [[nodiscard]] double height() const {
        double sum = 0;
        for (const CellLine& l : lines) sum += l.height;
        return sum;
    }
};

class Pager {
public:
    explicit Pager(std::vector<Page>& pages) : pages_(&pages), context_(make_context()) {}

    void begin(const Paper& paper) {
        landscape_ = paper.landscape;
        mark_ = paper.mark;
        head_cells_.clear();
        new_page();
        if (!paper.head.empty()) paragraph(paper.head, Style::small);
        if (!paper.form.empty()) paragraph(paper.form, Style::small);
        paragraph(paper.title, Style::title);
        y_ += 4;
    }
    void add(const Paper& paper) {
        for (std::size_t i = 0; i < paper.blocks.size(); ++i) {
            const Block& block = paper.blocks[i];
            if (const auto* heading = std::get_if<Heading>(&block)) {
                need(60);  // never alone at the foot of a page
                y_ += 6;
                paragraph(heading->text, Style::heading);
            } else if (const auto* text = std::get_if<Text>(&block)) {
                paragraph(text->text, Style::value);
                y_ += 3;
            } else if (const auto* grid = std::get_if<Grid>(&block)) {
                table(*grid);
            } else {
                const auto& field = std::get<Field>(block);
                const Field* beside = nullptr;
                if (!field.wide && i + 1 < paper.blocks.size()) {
                    beside = std::get_if<Field>(&paper.blocks[i + 1]);
                    if (beside != nullptr && beside->wide) beside = nullptr;
                }
                fields(field, beside);
                if (beside != nullptr) ++i;
            }
        }
    }

private:
    [[nodiscard]] Page& page() { return pages_->back(); }
    [[nodiscard]] double left() const { return margin; }
    [[nodiscard]] double width() const { return pages_->back().width - 2 * margin; }
    [[nodiscard]] double bottom() const { return pages_->back().height - margin - foot_height; }

    void new_page() {
        pages_->push_back({landscape_ ? long_side : short_side,
                           landscape_ ? short_side : long_side,
                           mark_,
                           {},
                           {}});
        y_ = margin;
        if (!head_cells_.empty()) {
            const std::vector<Cell> head = std::move(head_cells_);
            head_cells_.clear();
            row(head, true);
            head_cells_ = head;
        }
    }
    void need(double height) {
        if (y_ + height > bottom()) new_page();
    }
    void place(double x, double room, const CellLine& l) {
        if (!l.line.text.empty()) {
            page().texts.push_back({x, y_at_, l.line.width, room, l.height, l.line.text, l.style});
        }
        if (l.ruled) {
            const double foot = y_at_ + l.height - 3;
            page().strokes.push_back({x, foot, x + room, foot, false});
        }
    }
    [[nodiscard]] std::vector<CellLine> lines_of(const std::string& text, Style style,
                                                 double room) const {
        std::vector<CellLine> out;
        for (Line& line : broken(context_.get(), printable(text), style, room)) {
            out.push_back({std::move(line), style, line_height(style), false});
        }
        return out;
    }
    void paragraph(const std::string& text, Style style) {
        row({{left(), width(), lines_of(text, style, width())}}, false);
    }

    /// Cells side by side. They stay together where a page can hold them, else they go on.
    void row(const std::vector<Cell>& cells, bool boxed) {
        double high = 0;
        for (const Cell& cell : cells) high = std::max(high, cell.height());
        const double pad = boxed ? 2 : 0;
        if (high + 2 * pad <= bottom() - margin - 40) need(high + 2 * pad);
        std::vector<std::size_t> done(cells.size(), 0);
        bool left_over = true;
        while (left_over) {
            const double top = y_;
            double foot = top;
            left_over = false;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                y_at_ = top + pad;
                while (done[i] < cells[i].lines.size()) {
                    const CellLine& l = cells[i].lines[done[i]];
                    if (y_at_ + l.height + pad > bottom()) break;
                    place(cells[i].x, cells[i].width, l);
                    y_at_ += l.height;
                    ++done[i];
                }
                left_over = left_over || done[i] < cells[i].lines.size();
                foot = std::max(foot, y_at_ + pad);
            }
            y_ = foot;
            if (boxed) box(cells, top, foot);
            if (left_over) new_page();
        }
    }
    void box(const std::vector<Cell>& cells, double top, double foot) {
        const double right = left() + width();
        for (const double y : {top, foot}) page().strokes.push_back({left(), y, right, y, true});
        for (const Cell& cell : cells) {
            const double x = cell.x - gap;
            page().strokes.push_back({x, top, x, foot, true});
        }
        page().strokes.push_back({right, top, right, foot, true});
    }

    [[nodiscard]] Cell field_cell(const Field& field, double x, double room) const {
        Cell cell{x, room, lines_of(field.name, Style::name, room)};
        if (field.value) {
            for (CellLine& l : lines_of(*field.value, Style::value, room)) {
                cell.lines.push_back(std::move(l));
            }
        } else {
            for (int i = 0; i < field.lines; ++i) {
                cell.lines.push_back({{}, Style::value, writing_line, true});
            }
        }
        return cell;
    }
    void fields(const Field& field, const Field* beside) {
        const double half = (width() - between) / 2;
        std::vector<Cell> cells;
        cells.push_back(field_cell(field, left(), field.wide ? width() : half));
        if (beside != nullptr) {
            cells.push_back(field_cell(*beside, left() + half + between, half));
        }
        row(cells, false);
        y_ += 3;
    }

    void table(const Grid& grid) {
        double shares = 0;
        for (const Column& column : grid.columns) shares += column.share;
        std::vector<Cell> head;
        double x = left();
        for (const Column& column : grid.columns) {
            const double wide = width() * column.share / shares;
            const double room = wide - 2 * gap;
            head.push_back({x + gap, room, lines_of(column.name, Style::cell_head, room)});
            x += wide;
        }
        need(50);
        row(head, true);
        head_cells_ = head;
        for (std::size_t r = 0; r < grid.rows.size() + static_cast<std::size_t>(grid.blank_rows);
             ++r) {
            std::vector<Cell> cells = head;
            for (std::size_t c = 0; c < cells.size(); ++c) {
                const std::string text = r < grid.rows.size() ? grid.rows[r][c] : std::string{};
                if (text.empty()) cells[c].lines = {{{}, Style::cell, writing_line, false}};
                else cells[c].lines = lines_of(text, Style::cell, cells[c].width);
            }
            row(cells, true);
        }
        head_cells_.clear();
        y_ += 4;
    }

    std::vector<Page>* pages_;
    std::unique_ptr<PangoContext, FreeObject> context_;
    std::vector<Cell> head_cells_;  ///< of the table that is being laid out, for its next page
    bool landscape_ = false;
    std::string mark_;
    double y_ = 0;     ///< where the next row begins
    double y_at_ = 0;  ///< where the next line of the cell at work stands
};

}  // namespace

std::vector<Page> lay_out(const std::vector<Paper>& papers, const std::string& foot,
                          const std::string& page_of) {
    std::vector<Page> pages;
    Pager pager{pages};
    for (const Paper& paper : papers) {
        pager.begin(paper);
        pager.add(paper);
    }
    const auto context = make_context();
    const std::string total = std::to_string(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        Page& page = pages[i];
        const double y = page.height - margin - line_height(Style::small);
        const std::string number = std::to_string(i + 1);
        const std::array<std::string_view, 2> arguments{number, total};
        const auto put = [&](const std::string& text, bool right) {
            const double room = (page.width - 2 * margin) * (right ? 0.25 : 0.72);
            const Line line = broken(context.get(), printable(text), Style::small, room).front();
            const double x = right ? page.width - margin - line.width : margin;
            page.texts.push_back(
                {x, y, line.width, room, line_height(Style::small), line.text, Style::small});
        };
        put(page.mark.empty() ? foot : page.mark + " · " + foot, false);
        put(fill_placeholders(page_of, arguments), true);
    }
    return pages;
}

}  // namespace jedel::papers
