// What is wrong with the journal, over everything until a person has read it.

#include <algorithm>
#include <cmath>

#include "console/ui.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// The lines there are: why the room is only to be looked at, then damage beside it.
std::vector<std::string> damage_of(const View& view) {
    std::vector<std::string> lines = view.room.journal_report;
    if (!view.room.journal_warning.empty()) {
        lines.insert(lines.begin(), view.room.journal_warning);
    }
    return lines;
}

}  // namespace

bool damage_unread(const View& view, const UiState& ui) {
    return damage_of(view).size() > ui.damage_read;
}

void draw_damage(const View& view, UiState& ui, const Box& screen) {
    const std::vector<std::string> lines = damage_of(view);
    Box box = open_over(view, screen, 760, 360, "##damage");
    fill(box, view.theme.alarm_ground);
    box = box.inset(16 * view.unit, 12 * view.unit);
    Box title = box.cut_top(std::ceil(34 * view.unit));
    const float radius = 8 * view.unit;
    draw_late(*ImGui::GetWindowDrawList(), {title.x0 + radius, (title.y0 + title.y1) / 2}, radius,
              view.theme.alarm);
    title.cut_left(3 * radius);
    text(view, title, view.tr("damage.title"), {view.fonts.bold, view.theme.alarm});
    const bool works = view.room.journal_warning.empty();
    paragraph(view, box, view.tr(works ? "damage.room_works" : "damage.room_stops"));
    constexpr std::size_t lines_max = 6;
    for (std::size_t i = 0; i < std::min(lines.size(), lines_max); ++i) {
        box.cut_top(5 * view.unit);
        paragraph(view, box, lines[i], {view.fonts.small, view.theme.text, Align::left, true});
    }
    if (lines.size() > lines_max) {
        paragraph(view, box, view.tr("damage.more", {std::to_string(lines.size() - lines_max)}),
                  {view.fonts.small, view.theme.dim});
    }
    close_over();
    if (ui.keyboard.of(KeyOwner::overlay).take_enter()) ui.damage_read = lines.size();
}

}  // namespace jedel::console
