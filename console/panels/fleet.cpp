// The brigades on the right, in the order of their numbers: each has one place.

#include "console/panels/acts.h"
#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr std::int64_t old_fix_ms = 60'000;
constexpr std::int64_t shift_end_soon_ms = 30 * 60'000;

/// A full dot is free, a ring is at work, a bar is away: read without colour.
void status_shape(const View& view, const Box& box, BrigadeStatus status) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 centre{(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    const float radius = 4.5F * view.unit;
    switch (status) {
        case BrigadeStatus::free_at_base:
        case BrigadeStatus::returning:
            list.AddCircleFilled(centre, radius, view.theme.good, 16);
            break;
        case BrigadeStatus::off_shift:
        case BrigadeStatus::out_of_service:
        case BrigadeStatus::unknown:
            list.AddLine({centre.x - radius, centre.y}, {centre.x + radius, centre.y},
                         view.theme.dim, 2 * view.unit);
            break;
        default:
            list.AddCircle(centre, radius, view.theme.text, 16, 1.5F * view.unit);
            break;
    }
}

std::string fix_age(const View& view, const Brigade& brigade, bool& old) {
    const auto it = view.room.fixes.find(brigade.id);
    if (it == view.room.fixes.end()) return std::string{view.tr("fleet.no_fix")};
    const std::int64_t age = (view.now - it->second.at).count();
    old = age > old_fix_ms;
    return view.tr("fleet.fix_age", {duration_text(view, age)});
}

void draw_row(const View& view, const UiState& ui, const Brigade& b, Box box) {
    const bool chosen = b.id == ui.selected_brigade;
    const bool on_selected = b.incident && *b.incident == ui.selected;
    if (chosen || on_selected) fill(box, view.theme.chosen);
    rule_below(view, box);
    if (chosen && ui.area == Area::fleet) frame(box, view.theme.focus, 2);
    box = box.inset(5 * view.unit, 2 * view.unit);
    status_shape(view, box.cut_left(14 * view.unit), b.status);
    box.cut_left(5 * view.unit);
    const float line = box.height() / 2;

    Box first = box.cut_top(line);
    first.cut_left(text(view, first, b.name, {view.fonts.bold}) + 6 * view.unit);
    const std::string age = clock_text((view.now - b.status_at).count());
    const bool known = b.status != BrigadeStatus::unknown;
    if (known) {
        text(view, first.cut_right(text_width(view, age) + 1), age,
             {nullptr, view.theme.dim, Align::right});
        first.x1 -= 6 * view.unit;
    }
    std::string status{view.tr.of("status", b.status)};
    if (b.incident) {
        const Incident* incident = view.room.state.incident(*b.incident);
        if (incident) status += " №\u00A0" + std::to_string(incident->day_number);
    }
    text(view, first, status, {nullptr, 0, Align::left, true});

    // A brigade that stands at its base is where it is; only a moving one's place grows old.
    const bool at_work = b.task || b.status == BrigadeStatus::returning;
    const bool on_shift = is_free(b) || b.task;
    const bool soon =
        on_shift && b.shift_end && (*b.shift_end - view.now).count() < shift_end_soon_ms;
    const ImU32 dim = view.theme.dim;
    box.cut_left(text(view, box, view.tr.of("brigade_kind", b.kind), {view.fonts.small, dim}) +
                 6 * view.unit);
    bool old = false;
    const std::string fix = fix_age(view, b, old);
    Box right = box.cut_right(std::min(text_width(view, fix, view.fonts.small) + 1, box.width()));
    text(view, right, fix,
         {view.fonts.small, old && at_work ? view.theme.notice : dim, Align::right, true});
    box.x1 -= 5 * view.unit;
    if (b.shift_end) {
        const std::string until =
            view.tr("fleet.until", {time_of_day(*b.shift_end, view.utc_offset_minutes)});
        text(view, box, until,
             {view.fonts.small, soon ? view.theme.notice : dim, Align::left, true});
    }
}

/// What this desk sees of the roster.
std::vector<std::shared_ptr<const Brigade>> rows_shown(const View& view, const UiState& ui) {
    const auto all = view.room.state.brigades.rows();
    std::vector<std::shared_ptr<const Brigade>> out{all.begin(), all.end()};
    std::erase_if(out, [&](const auto& row) { return !shows(ui, *row); });
    return out;
}

void keys(const View& view, UiState& ui, Commands& commands) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::fleet);
    const auto rows = rows_shown(view, ui);
    if (rows.empty()) return;
    auto index = std::ptrdiff_t{-1};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i]->id == ui.selected_brigade) index = static_cast<std::ptrdiff_t>(i);
    }
    const auto last = static_cast<std::ptrdiff_t>(rows.size()) - 1;
    const auto go = [&](std::ptrdiff_t to) {
        index = std::clamp<std::ptrdiff_t>(to, 0, last);
        ui.selected_brigade = rows[static_cast<std::size_t>(index)]->id;
        ui.fleet.scroll = true;
    };
    while (pressed.take(Key::down)) go(index + 1);
    while (pressed.take(Key::up)) go(index < 0 ? 0 : index - 1);
    if (pressed.take(Key::page_down)) go(index + 12);
    if (pressed.take(Key::page_up)) go(index - 12);
    if (pressed.take(Key::home)) go(0);
    if (pressed.take(Key::end)) go(last);
    if (index < 0) return;
    const Brigade& brigade = *rows[static_cast<std::size_t>(index)];
    if (brigade.incident && pressed.take_enter()) {
        ui.selected = *brigade.incident;
        ui.course = {.brigade = brigade.id, .question = {}};
        ui.page = Page::course;
        ui.area = Area::card;
        ui.queue.scroll = true;
    }
    const int digit = pressed.take_digit();
    if (digit >= 1 && digit <= static_cast<int>(status_keys.size())) {
        report_status(view, ui, commands, brigade.id,
                      status_keys[static_cast<std::size_t>(digit - 1)]);
    } else if (digit == 9) {
        report_status(view, ui, commands, brigade.id, BrigadeStatus::out_of_service);
    }
}

}  // namespace

void draw_fleet(const View& view, UiState& ui, Commands& commands, const Box& given) {
    keys(view, ui, commands);
    Box box = given;
    fill(box, view.theme.panel);
    const auto rows = rows_shown(view, ui);
    const Box rest = header(view, box, view.tr("fleet.title"), "F11", ui.area == Area::fleet);
    int free = 0;
    for (const auto& row : rows) free += is_free(*row) ? 1 : 0;
    text(view, rest, view.tr("fleet.free_of", {std::to_string(free), std::to_string(rows.size())}),
         {view.fonts.small, view.theme.dim, Align::right});
    if (view.cover != nullptr) draw_cover_line(view, box.cut_bottom(std::ceil(20 * view.unit)));
    if (rows.empty()) {
        Box empty = box.inset(12 * view.unit, 16 * view.unit);
        // The room has brigades; this polyclinic has none of its own.
        const bool own = ui.organisation && view.room.state.brigades.size() > 0;
        paragraph(view, empty, view.tr(own ? "fleet.none_own" : "fleet.empty"),
                  {nullptr, view.theme.dim});
    }
    RowList list{.id = "##fleet",
                 .row_height = std::ceil(42 * view.unit),
                 .count = static_cast<int>(rows.size())};
    if (std::exchange(ui.fleet.scroll, false)) {
        for (int i = 0; i < list.count; ++i) {
            if (rows[static_cast<std::size_t>(i)]->id == ui.selected_brigade) list.keep_visible = i;
        }
    }
    row_list(view, box, list, [&](int index, const Box& row) {
        const Brigade& brigade = *rows[static_cast<std::size_t>(index)];
        draw_row(view, ui, brigade, row);
        if (clicked(view, row, "brigade:" + brigade.name)) {
            ui.selected_brigade = brigade.id;
            ui.area = Area::fleet;
        }
    });
}

}  // namespace jedel::console
