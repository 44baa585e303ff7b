// The second look over the screen: what to change, what it gains, one key to accept or put aside.

#include "console/relook.h"

#include <algorithm>
#include <cmath>

#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

std::string clock_of(double seconds) {
    return clock_text(static_cast<std::int64_t>(std::abs(seconds) * 1000));
}

std::string name_of_brigade(const View& view, BrigadeId id) {
    const Brigade* b = view.room.state.brigades.find(id);
    return b != nullptr ? b->name : std::to_string(id.value);
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

std::string move_text(const View& view, const BrigadeMove& m) {
    const std::string name = name_of_brigade(view, m.brigade);
    if (m.from && m.to) {
        return view.tr("relook.turns", {name, number_of(view, *m.from), number_of(view, *m.to)});
    }
    if (m.to) return view.tr("relook.goes", {name, number_of(view, *m.to)});
    return view.tr("relook.freed", {name, number_of(view, *m.from)});
}

/// "№ 12, category 1: 9:40 → 5:10, in time 52 % → 91 %".
std::string change_text(const View& view, const CallChange& c) {
    const std::string waits{view.tr("relook.waits")};
    const auto arrival = [&](const std::optional<BrigadeId>& by, const std::optional<double>& s) {
        if (!by) return waits;
        return s ? clock_of(*s) : std::string{"?"};
    };
    std::string out = number_of(view, c.incident) + ", " + category_text(view, c.category) + ": " +
                      arrival(c.before, c.before_s) + " → " + arrival(c.after, c.after_s);
    if (c.after_probability) {
        const std::string before =
            c.before_probability ? percent(*c.before_probability) : std::string{"—"};
        out += ", " + view.tr("relook.in_time", {before, percent(*c.after_probability)});
    }
    return out;
}

std::string all_moves(const View& view, const Proposal& p) {
    std::string out;
    for (const BrigadeMove& m : p.moves) out += (out.empty() ? "" : "; ") + move_text(view, m);
    return out;
}

float row_height(const View& view, const Proposal& p) {
    return std::ceil((30 + 17 * static_cast<float>(p.calls.size())) * view.unit);
}

void draw_proposal(const View& view, const Proposal& p, const Box& row, bool chosen) {
    if (chosen) fill(row, view.theme.chosen);
    if (chosen) frame(row, view.theme.focus, 2);
    rule_below(view, row);
    Box inner = row.inset(8 * view.unit, 4 * view.unit);
    Box first = inner.cut_top(std::ceil(20 * view.unit));
    urgency(view, first.cut_left(26 * view.unit), p.calls.front().category);
    const std::string gain =
        p.gain_s ? view.tr("relook.gain", {clock_of(*p.gain_s)}) : std::string{};
    text(view, first.cut_right(text_width(view, gain, view.fonts.bold) + 1), gain,
         {view.fonts.bold, 0, Align::right});
    text(view, first,
         std::string{view.tr.of("proposal", p.kind)} + ": " + all_moves(view, p),
         {view.fonts.bold, 0, Align::left, true});
    for (const CallChange& c : p.calls) {
        const bool worse = !c.after_s || (c.before_s && *c.after_s > *c.before_s);
        text(view, inner.cut_top(std::ceil(17 * view.unit)), change_text(view, c),
             {view.fonts.small, worse ? view.theme.notice : view.theme.dim, Align::left, true});
    }
}

void draw_late(const View& view, Box& box) {
    const auto late = late_now(view);
    if (late.empty()) return;
    const float line = std::ceil(18 * view.unit);
    const auto shown = std::min<std::size_t>(late.size(), 5);
    Box strip = box.cut_bottom(line * static_cast<float>(shown + 1));
    text(view, strip.cut_top(line), view.tr("relook.late", {std::to_string(late.size())}),
         {view.fonts.bold, view.theme.notice});
    for (std::size_t i = 0; i < shown; ++i) {
        const PredictedLate& l = *late[i];
        text(view, strip.cut_top(line),
             view.tr("relook.late_row",
                     {number_of(view, l.incident), name_of_brigade(view, l.brigade),
                      time_of_day(l.due, view.utc_offset_minutes),
                      time_of_day(l.arrival, view.utc_offset_minutes), percent(l.probability)}),
             {view.fonts.small, 0, Align::left, true});
    }
}

/// The proposal that keys act on, as it was drawn; one that has gone takes them with it.
int choose(UiState& ui, const std::vector<const Proposal*>& all) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    int at = -1;
    for (std::size_t i = 0; ui.relook.chosen && i < all.size(); ++i) {
        if (all[i]->same_as(*ui.relook.chosen)) at = static_cast<int>(i);
    }
    const int count = static_cast<int>(all.size());
    if (at < 0) {
        (void)pressed.take(Key::del);
        (void)pressed.take_enter();
        at = 0;
    }
    if (count == 0) {
        ui.relook.chosen.reset();
        return -1;
    }
    while (pressed.take(Key::down)) at = std::min(at + 1, count - 1);
    while (pressed.take(Key::up)) at = std::max(at - 1, 0);
    ui.relook.chosen = *all[static_cast<std::size_t>(at)];
    return at;
}

}  // namespace

void draw_relook(const View& view, UiState& ui, Commands& commands, const Box& screen) {
    Box box = open_over(view, screen, 760, 460, "##relook");
    header(view, box, view.tr("action.relook"), "Shift+F3  Esc", true);
    box = box.inset(9 * view.unit, 6 * view.unit);
    const auto all = proposals_now(view, ui);
    const int chosen = choose(ui, all);
    text(view, box.cut_bottom(std::ceil(20 * view.unit)), view.tr("relook.keys"),
         {view.fonts.small, view.theme.dim});
    draw_late(view, box);
    if (all.empty()) paragraph(view, box, view.tr("relook.none"), {nullptr, view.theme.dim});
    for (std::size_t i = 0; i < all.size(); ++i) {
        const float height = row_height(view, *all[i]);
        if (height > box.height()) {
            text(view, box, view.tr("relook.more", {std::to_string(all.size() - i)}),
                 {view.fonts.small, view.theme.dim});
            break;
        }
        draw_proposal(view, *all[i], box.cut_top(height), static_cast<int>(i) == chosen);
    }
    close_over();
    if (chosen < 0) return;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    const Proposal& proposal = *all[static_cast<std::size_t>(chosen)];
    if (pressed.take_enter()) {
        accept_proposal(ui, commands, proposal);
    } else if (pressed.take(Key::del)) {
        dismiss_proposal(view, ui, proposal);
    }
}

}  // namespace jedel::console
