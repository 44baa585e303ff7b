// After the ambulance: the patient's number, what the register says, what that entitles to and
// what is proposed. Never asked before help is on its way (I2).

#include <algorithm>

#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"
#include "dispatch/patients/register.h"

namespace jedel::console {

namespace {

std::string_view verdict_key(IinVerdict verdict) {
    switch (verdict) {
        case IinVerdict::plausible:
            return "iin.plausible";
        case IinVerdict::typo:
            return "iin.typo";
        case IinVerdict::not_digits:
            return "iin.not_digits";
        case IinVerdict::wrong_length:
            return "iin.wrong_length";
        case IinVerdict::is_bin:
            return "iin.is_bin";
    }
    return "iin.typo";
}

void lines(const View& view, Box& box, std::string_view title_key,
           const std::vector<EntitlementLine>& list) {
    if (list.empty() || box.height() < 2 * line_height(view)) return;
    text(view, box.cut_top(line_height(view)), view.tr(title_key), {view.fonts.bold});
    for (const EntitlementLine& line : list) {
        if (box.height() < line_height(view, view.fonts.small)) return;
        std::vector<std::string_view> arguments{line.arguments.begin(), line.arguments.end()};
        const bool known = view.tr.table().has(line.text_key);
        std::string words = known ? fill(view.tr(line.text_key), arguments) : line.text_key;
        words += "  [" + line.rule + (line.source.empty() ? "" : ", " + line.source) + "]";
        paragraph(view, box, words, {view.fonts.small, 0, Align::left, true});
    }
    box.cut_top(4 * view.unit);
}

/// A proposal by its rule and kind: another answer of the register may list them otherwise.
std::string name_of_proposal(const FollowUpItem& item) {
    return item.rule + " " + std::string{name_of(item.kind)};
}

bool is_struck(const AfterState& after, const FollowUpItem& item) {
    const auto& all = after.struck;
    return std::find(all.begin(), all.end(), name_of_proposal(item)) != all.end();
}

void strike(AfterState& after, const FollowUpItem& item) {
    if (is_struck(after, item)) std::erase(after.struck, name_of_proposal(item));
    else after.struck.push_back(name_of_proposal(item));
}

void identify(UiState& ui, Commands& commands, const PatientAnswer& answer) {
    IdentifyPatient command;
    command.incident = answer.incident;
    command.personal.iin = answer.iin;
    command.insurance = answer.entitlement.record;
    commands.give(std::move(command), ui.seat);
}

void record_follow_up(UiState& ui, Commands& commands, const PatientAnswer& answer) {
    RecordFollowUp command;
    command.incident = answer.incident;
    for (std::size_t i = 0; i < answer.follow_up.size(); ++i) {
        if (is_struck(ui.after, answer.follow_up[i])) continue;
        command.items.push_back(answer.follow_up[i]);
    }
    commands.give(std::move(command), ui.seat);
}

void draw_iin(const View& view, UiState& ui, Commands& commands, const Incident& incident, Box& box,
              bool focused) {
    Box line = box.cut_top(std::ceil(27 * view.unit));
    text(view, line.cut_left(50 * view.unit), view.tr("after.iin"), {view.fonts.bold});
    const Box field = line.cut_left(150 * view.unit);
    ImGui::PushID(static_cast<int>(incident.id.value % 1'000'000'007U));
    const FieldResult result = text_field(view, ui.focus, field, "iin", ui.after.iin, focused);
    ImGui::PopID();
    if (result.active) ui.area = Area::card;
    line.cut_left(8 * view.unit);
    if (!ui.after.iin.empty()) {
        const IinVerdict verdict = check_iin(ui.after.iin);
        text(view, line, view.tr(verdict_key(verdict)),
             {view.fonts.small,
              verdict == IinVerdict::plausible ? view.theme.dim : view.theme.notice, Align::left,
              true});
    } else {
        text(view, line, view.tr("after.enter_iin"), {view.fonts.small, view.theme.dim});
    }
    if (ui.keyboard.of(KeyOwner::after).take_enter()) {
        commands.ask_patient(incident.id, ui.after.iin);
    }
    box.cut_top(4 * view.unit);
}

void draw_proposals(const View& view, UiState& ui, Commands& commands, const PatientAnswer& answer,
                    const Incident& incident, Box box, bool focused) {
    text(view, box.cut_top(line_height(view)), view.tr("after.follow_up"), {view.fonts.bold});
    const int count = static_cast<int>(answer.follow_up.size());
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::after);
    ui.after.choice = std::clamp(ui.after.choice, 0, std::max(0, count - 1));
    if (focused && count > 0) {
        while (pressed.take(Key::down))
            ui.after.choice = std::min(ui.after.choice + 1, count - 1);
        while (pressed.take(Key::up)) ui.after.choice = std::max(ui.after.choice - 1, 0);
        if (pressed.take(Key::del, ctrl)) {
            strike(ui.after, answer.follow_up[static_cast<std::size_t>(ui.after.choice)]);
        }
    }
    for (int i = 0; i < count; ++i) {
        const auto k = static_cast<std::size_t>(i);
        const FollowUpItem& item = answer.follow_up[k];
        const bool struck = is_struck(ui.after, item);
        const std::string words = std::string{struck ? "— " : "✓ "} +
                                  follow_up_text(view, item) + "  [" + item.rule + "]";
        const float height = paragraph_height(view, box.width() - 8, words, view.fonts.small);
        if (box.height() < height + line_height(view) * 2) break;
        const Box row = box.cut_top(height + 2 * view.unit);
        if (i == ui.after.choice && focused) frame(row, view.theme.focus);
        if (clicked(view, row, "follow_up:" + std::to_string(i))) {
            ui.after.choice = i;
            strike(ui.after, item);
        }
        Box inner = row.inset(4, 0);
        paragraph(
            view, inner, words,
            {view.fonts.small, struck ? view.theme.dim : 0, Align::left, true});
    }
    if (count == 0) {
        paragraph(view, box, view.tr("after.no_follow_up"), {view.fonts.small, view.theme.dim});
    }
    if (!incident.open()) return;
    Box line = box.cut_bottom(std::ceil(26 * view.unit));
    const std::string_view words =
        view.tr(incident.first_patient().insurance ? "after.record_plan" : "after.record");
    if (button(view, line.cut_left(button_width(view, words, "Shift+Enter")), words, "Shift+Enter",
               true) ||
        (focused && pressed.take_enter(shift))) {
        identify(ui, commands, answer);
        if (count > 0) record_follow_up(ui, commands, answer);
    }
}

}  // namespace

void draw_after(const View& view, UiState& ui, Commands& commands, const Box& given) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return;
    const bool focused = ui.keyboard.owner() == KeyOwner::after;
    if (ui.after.incident != incident->id) {
        ui.after.iin = persons_of(view, *incident).iin();
        ui.after.incident = incident->id;
        ui.after.choice = 0;
        ui.after.struck.clear();
        commands.ask_patient(incident->id, ui.after.iin);
    }
    Box box = given.inset(9 * view.unit, 6 * view.unit);
    draw_iin(view, ui, commands, *incident, box, focused);
    const PatientAnswer* answer = view.patient;
    if (answer == nullptr || answer->incident != incident->id) {
        paragraph(view, box, view.tr("after.working"), {nullptr, view.theme.dim});
        return;
    }
    const InsuranceRecord& record = answer->entitlement.record;
    std::string status{view.tr.of("insurance", record.status)};
    if (answer->error) {
        status += " · " + std::string{view.tr("after.register_unreachable")};
    } else if (!answer->iin.empty() && !answer->found) {
        status += " · " + std::string{view.tr("after.not_in_register")};
    } else if (answer->found) {
        status += " · " + answer->full_name + " · " +
                  view.tr("after.as_of",
                          {date_and_time(record.as_of, view.utc_offset_minutes), record.source});
    }
    paragraph(view, box, status, {view.fonts.bold, 0, Align::left, true});
    Box right = box.cut_right(std::floor(box.width() * 0.46F));
    box.x1 -= 8 * view.unit;
    lines(view, box, "after.why", answer->entitlement.status);
    lines(view, box, "after.covered", free_lines(answer->entitlement));
    lines(view, box, "after.uncovered", paid_lines(answer->entitlement));
    draw_proposals(view, ui, commands, *answer, *incident, right, focused);
}

}  // namespace jedel::console
