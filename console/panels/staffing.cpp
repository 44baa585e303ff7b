// How many brigades each hour of the day needs: a chart by hour, and what an hour's figures rest
// on. On duty: a full bar; needed: a thick mark; the norm: a dashed line. Read without colour.

#include <algorithm>
#include <array>
#include <cmath>

#include "console/panels/describe.h"
#include "console/panels/figures.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {
namespace {

/// A table's rate is per resident: without residents and without calls of its own the room knows
/// nothing of that hour, which is not the same as no calls.
bool rate_known(const cover::RoomStaffing& s, std::size_t hour) {
    return s.residents > 0 || s.figures.hours[hour].sent.from_room;
}

int top_of(const cover::RoomStaffing& s) {
    int top = 1;
    for (const auto& n : s.hours) top = std::max({top, n.on_duty, n.needed, n.norm});
    constexpr int step = 10;
    return (top / step + 1) * step;
}

/// Lines and numbers every ten brigades; gives the box of the bars.
Box draw_axis(const View& view, Box box, int top) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    Box hours = box.cut_bottom(std::ceil(18 * view.unit));
    const Box scale = box.cut_left(std::ceil(30 * view.unit));
    hours.cut_left(scale.width());
    constexpr int step = 10;
    for (int n = 0; n <= top; n += step) {
        const float y = box.y1 - box.height() * static_cast<float>(n) / static_cast<float>(top);
        list.AddLine({box.x0, y}, {box.x1, y}, view.theme.line);
        text(view, {scale.x0, y - 8 * view.unit, scale.x1 - 4 * view.unit, y + 8 * view.unit},
             std::to_string(n), {view.fonts.small, view.theme.dim, Align::right});
    }
    const float width = hours.width() / cover::hours_of_day;
    for (std::size_t h = 0; h < cover::hours_of_day; h += 2) {
        const float x = hours.x0 + width * static_cast<float>(h);
        text(view, {x, hours.y0, x + width, hours.y1}, std::to_string(h),
             {view.fonts.small, view.theme.dim, Align::centre});
    }
    return box;
}

void draw_chart(const View& view, UiState& ui, const cover::RoomStaffing& s, const Box& given) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const int top = top_of(s);
    const Box box = draw_axis(view, given, top);
    const float width = box.width() / cover::hours_of_day;
    const auto y_of = [&](int n) {
        return box.y1 - box.height() * static_cast<float>(n) / static_cast<float>(top);
    };
    for (std::size_t h = 0; h < s.hours.size(); ++h) {
        const auto& n = s.hours[h];
        const float x = box.x0 + width * static_cast<float>(h);
        const Box column{x, box.y0, x + width, box.y1};
        if (ui.staffing.hour == static_cast<int>(h)) fill(column, view.theme.chosen);
        if (clicked(view, column, "hour:" + std::to_string(h))) {
            ui.staffing.hour = static_cast<int>(h);
        }
        const float edge = std::floor(width * 0.2F);
        const bool known = rate_known(s, h);
        const bool short_of = known && (n.needed == 0 || n.on_duty < n.needed);
        fill({x + edge, y_of(n.on_duty), x + width - edge, box.y1},
             short_of ? view.theme.notice : view.theme.dim);
        if (known && n.needed > 0) {
            list.AddLine({x + 1, y_of(n.needed)}, {x + width - 1, y_of(n.needed)},
                         view.theme.text, std::max(2.0F, 3 * view.unit));
        }
        if (s.residents > 0) {
            list.AddLine({x + edge, y_of(n.norm)}, {x + width - edge, y_of(n.norm)},
                         view.theme.focus, 1.5F * view.unit);
        }
    }
    frame(box, view.theme.line);
}

/// What the three marks are, each drawn before its words.
void draw_legend(const View& view, Box box) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto entry = [&](std::string_view words, ImU32 colour, float thickness, bool dashed) {
        Box mark = box.cut_left(std::ceil(26 * view.unit)).inset(4 * view.unit, 0);
        const float y = (mark.y0 + mark.y1) / 2;
        const float end = dashed ? mark.x0 + mark.width() * 0.6F : mark.x1;
        list.AddLine({mark.x0, y}, {end, y}, colour, thickness * view.unit);
        box.cut_left(text(view, box, words, {view.fonts.small}) + 12 * view.unit);
    };
    entry(view.tr("staffing.on_duty"), view.theme.dim, 8, false);
    entry(view.tr("staffing.needed"), view.theme.text, 3, false);
    entry(view.tr("staffing.norm"), view.theme.focus, 1.5F, true);
}

std::string source_of(const View& view, const cover::Known& k) {
    if (k.from_room) return std::string{view.tr("cover.of_room")};
    return view.tr("cover.of_table",
                   {figure(view, std::floor(k.observed)), figure(view, k.needed)});
}

/// What the hour needs; where neither residents nor calls are known, that, and no number.
void draw_needs(const View& view, const cover::RoomStaffing& s, std::size_t hour, Box& box) {
    const auto& n = s.hours[hour];
    const auto say = [&](std::string_view words, ImU32 colour = 0) {
        paragraph(view, box, words, {nullptr, colour, Align::left, true});
        box.cut_top(4 * view.unit);
    };
    if (!rate_known(s, hour)) {
        return say(view.tr("staffing.unknown", {std::to_string(n.on_duty)}), view.theme.notice);
    }
    if (n.late_unreachable) {
        say(view.tr("staffing.unreachable", {figure(view, n.late_least * per_cent)}),
            view.theme.alarm);
    } else if (n.needed == 0) {
        say(view.tr("staffing.too_many", {std::to_string(cover::brigades_max)}),
            view.theme.alarm);
    } else {
        say(view.tr("staffing.needs", {std::to_string(n.needed), std::to_string(n.on_duty)}));
        say(view.tr("staffing.then", {figure(view, n.delay_then * per_cent),
                                      figure(view, n.late_then * per_cent)}));
    }
    say(view.tr("staffing.today", {figure(view, n.delay * per_cent),
                                   figure(view, n.late * per_cent)}));
}

/// The chosen hour in words: the answer first, then what it rests on.
void draw_hour(const View& view, const cover::RoomStaffing& s, int hour, Box box) {
    const auto& n = s.hours[static_cast<std::size_t>(hour)];
    const auto& f = s.figures.hours[static_cast<std::size_t>(hour)];
    const auto say = [&](std::string_view words, ImFont* font = nullptr, ImU32 colour = 0) {
        paragraph(view, box, words, {font, colour, Align::left, true});
        box.cut_top(4 * view.unit);
    };
    const ImU32 dim = view.theme.dim;
    say(view.tr("staffing.hour", {std::to_string(hour), std::to_string((hour + 1) % 24)}),
        view.fonts.bold);
    draw_needs(view, s, static_cast<std::size_t>(hour), box);
    say(s.residents > 0
            ? view.tr("staffing.norm_is", {std::to_string(n.norm), figure(view, s.residents),
                                           figure(view, s.table.residents_per_brigade)})
            : std::string{view.tr("staffing.norm_unknown")});
    say(view.tr("staffing.why"), view.fonts.bold);
    const bool known = rate_known(s, static_cast<std::size_t>(hour));
    say(known ? view.tr("staffing.rate", {figure(view, f.sent.value), source_of(view, f.sent)})
              : std::string{view.tr("staffing.rate_unknown")},
        view.fonts.small, dim);
    say(view.tr("staffing.service", {figure(view, s.figures.service_s.value / s_per_min),
                                     source_of(view, s.figures.service_s)}),
        view.fonts.small, dim);
    if (known) say(view.tr("staffing.load", {figure(view, n.load)}), view.fonts.small, dim);
    say(view.tr("staffing.limits", {figure(view, s.table.delay_max * per_cent),
                                    figure(view, s.table.late_max * per_cent), s.table.row}),
        view.fonts.small, dim);
    if (!s.table.approved) say(view.tr("cover.not_approved"), view.fonts.small, view.theme.notice);
}

/// Bases with the residents nearest to them, the norm for those and who is on duty at that hour.
void draw_districts(const View& view, const cover::RoomStaffing& s, int hour, Box box) {
    const float row_height = std::ceil(19 * view.unit);
    Box head = box.cut_top(row_height);
    const auto columns = [&](Box& row) {
        const Box duty = row.cut_right(84 * view.unit);
        const Box norm = row.cut_right(70 * view.unit);
        const Box people = row.cut_right(84 * view.unit);
        return std::array{people, norm, duty};
    };
    const Ink right{view.fonts.small, view.theme.dim, Align::right};
    const auto heads = columns(head);
    text(view, head, view.tr("staffing.district"), {view.fonts.small, view.theme.dim});
    text(view, heads[0], view.tr("staffing.residents"), right);
    text(view, heads[1], view.tr("staffing.norm"), right);
    text(view, heads[2], view.tr("staffing.on_duty"), right);
    for (const cover::District& d : s.districts) {
        if (box.height() < row_height) return;
        Box row = box.cut_top(row_height);
        const auto cells = columns(row);
        const Organisation* base = view.city.organisations.find(d.base);
        text(view, row, base != nullptr ? view.tr.of(*base) : std::string_view{},
             {view.fonts.small, 0, Align::left, true});
        const int on_duty = d.on_duty[static_cast<std::size_t>(hour)];
        const bool known = s.residents > 0;
        text(view, cells[0], known ? figure(view, std::round(d.residents)) : "—",
             {view.fonts.small, 0, Align::right});
        text(view, cells[1], known ? figure(view, d.norm) : "—",
             {view.fonts.small, 0, Align::right});
        text(view, cells[2], std::to_string(on_duty),
             {on_duty < d.norm ? view.fonts.bold : view.fonts.small, 0, Align::right});
    }
}

}  // namespace

void draw_staffing(const View& view, UiState& ui, const Box& screen) {
    Box box = open_over(view, screen, 1100, 640, "##staffing");
    header(view, box, view.tr("action.staffing"), "Shift+F11  Esc", true);
    box = box.inset(9 * view.unit, 6 * view.unit);
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    while (pressed.take(Key::right)) ++ui.staffing.hour;
    while (pressed.take(Key::left)) --ui.staffing.hour;
    ui.staffing.hour = std::clamp(ui.staffing.hour, 0, static_cast<int>(cover::hours_of_day) - 1);
    if (view.staffing == nullptr) {
        paragraph(view, box, view.tr("cover.working"), {nullptr, view.theme.dim});
        return close_over();
    }
    const cover::RoomStaffing& s = view.staffing->staffing;
    if (view.staffing->problem) {
        paragraph(view, box, view.staffing->problem->text(),
                  {nullptr, view.theme.alarm, Align::left, true});
    }
    Box right = box.cut_right(std::floor(box.width() * 0.36F));
    box.x1 -= 14 * view.unit;
    text(view, box.cut_bottom(std::ceil(20 * view.unit)), view.tr("staffing.keys"),
         {view.fonts.small, view.theme.dim});
    const float table = std::ceil(19 * view.unit) * static_cast<float>(s.districts.size() + 1);
    draw_districts(view, s, ui.staffing.hour,
                   box.cut_bottom(std::min(table, std::floor(box.height() * 0.4F))));
    box.cut_bottom(8 * view.unit);
    draw_legend(view, box.cut_top(std::ceil(20 * view.unit)));
    box.cut_top(8 * view.unit);
    draw_chart(view, ui, s, box);
    draw_hour(view, s, ui.staffing.hour, right);
    close_over();
}

}  // namespace jedel::console
