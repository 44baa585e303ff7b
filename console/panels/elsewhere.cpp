// What goes beside the room's own brigades, in six sections: advice to read out, danger and police,
// medical aviation, hospitals, who rides along, what was refused.

#include <algorithm>
#include <array>

#include "console/panels/describe.h"
#include "console/panels/elsewhere_parts.h"
#include "console/reading.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr std::array<Section, 6> sections{Section::advice,    Section::danger,
                                          Section::aviation,  Section::hospitals,
                                          Section::companion, Section::refusal};
constexpr std::array<std::string_view, 6> section_keys{
    "section.advice", "section.danger", "section.aviation",
    "section.hospitals", "section.companion", "section.refusal"};

void choose_section(UiState& ui, int by) {
    const int count = static_cast<int>(sections.size());
    const int now = static_cast<int>(ui.elsewhere.section);
    ui.elsewhere.section = sections[static_cast<std::size_t>((now + by + count) % count)];
    ui.elsewhere.choice = 0;
    ui.elsewhere.step = 0;
    ui.elsewhere.instead = false;
}

void draw_tabs(const View& view, UiState& ui, Box line) {
    rule_below(view, line);
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const auto left = static_cast<float>(sections.size() - i);
        const Box tab = line.cut_left(std::floor(line.width() / left));
        const bool now = ui.elsewhere.section == sections[i];
        if (now) fill(tab, view.theme.chosen);
        if (clicked(view, tab, std::string{section_keys[i]})) {
            ui.elsewhere.section = sections[i];
            ui.elsewhere.choice = ui.elsewhere.step = 0;
            ui.area = Area::card;
        }
        text(view, tab.inset(4 * view.unit, 0), view.tr(section_keys[i]),
             {now ? view.fonts.bold : view.fonts.small, 0, Align::centre});
    }
}

}  // namespace

int choose_row(const View& view, UiState& ui, Box& box, const std::vector<SectionRow>& rows) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::elsewhere);
    const int count = static_cast<int>(rows.size());
    int& choice = ui.elsewhere.choice;
    while (pressed.take(Key::down)) choice = std::min(choice + 1, count - 1);
    while (pressed.take(Key::up)) choice = std::max(choice - 1, 0);
    choice = std::clamp(choice, 0, std::max(0, count - 1));
    int taken = -1;
    const int digit = pressed.take_digit();
    if (digit >= 1 && digit <= count) taken = digit - 1;
    if (count > 0 && pressed.take_enter()) taken = choice;
    if (taken >= 0) choice = taken;
    const bool focused = ui.keyboard.owner() == KeyOwner::elsewhere;
    const float height = std::ceil(22 * view.unit);
    for (int i = 0; i < count && box.height() > height; ++i) {
        Box row = box.cut_top(height);
        const SectionRow& what = rows[static_cast<std::size_t>(i)];
        if (i == choice) {
            fill(row, view.theme.chosen);
            frame(row, focused ? view.theme.focus : view.theme.line, focused ? 2 : 1);
        }
        if (clicked(view, row, "row:" + std::to_string(i + 1))) {
            taken = choice = i;
            ui.area = Area::card;
        }
        row = row.inset(6 * view.unit, 0);
        text(view, row.cut_left(20 * view.unit), i < 9 ? std::to_string(i + 1) : std::string{},
             {view.fonts.bold, view.theme.dim});
        if (what.done) text(view, row.cut_right(18 * view.unit), "✓", {view.fonts.bold});
        const float width = std::min(text_width(view, what.right, view.fonts.small) + 2,
                                     row.width() * 0.5F);
        if (!what.right.empty()) {
            text(view, row.cut_right(width), what.right,
                 {view.fonts.small, what.bad ? view.theme.notice : view.theme.dim, Align::right,
                  true});
            row.x1 -= 5 * view.unit;
        }
        text(view, row, what.words, {what.done ? view.fonts.bold : nullptr, 0, Align::left, true});
    }
    return taken;
}

void draw_elsewhere(const View& view, UiState& ui, Commands& commands, const Box& given) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return;
    ElsewhereState& e = ui.elsewhere;
    if (e.incident != incident->id) {
        const Section section = e.section;
        e = {.incident = incident->id, .section = section, .dangers = {}};
    }
    if (!e.language_chosen) e.language = ui.language;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::elsewhere);
    while (pressed.take(Key::tab) || pressed.take(Key::right)) choose_section(ui, 1);
    while (pressed.take(Key::tab, shift) || pressed.take(Key::left)) choose_section(ui, -1);
    Box box = given.inset(9 * view.unit, 4 * view.unit);
    draw_tabs(view, ui, box.cut_top(std::ceil(26 * view.unit)));
    box.cut_top(5 * view.unit);
    if (!incident->open()) {
        paragraph(view, box, view.tr("outcome.closed"), {nullptr, view.theme.dim});
        return;
    }
    switch (e.section) {
        case Section::advice: draw_advice(view, ui, commands, *incident, box); break;
        case Section::danger: draw_danger(view, ui, commands, *incident, box); break;
        case Section::aviation: draw_aviation(view, ui, commands, *incident, box); break;
        case Section::hospitals: draw_hospital_states(view, ui, commands, *incident, box); break;
        case Section::companion: draw_companion(view, ui, commands, *incident, box); break;
        case Section::refusal: draw_refusal(view, ui, commands, *incident, box); break;
    }
}

}  // namespace jedel::console
