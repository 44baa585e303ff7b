// How the call ended: one key names it, one more closes the call.

#include <algorithm>
#include <array>

#include "console/panels/acts.h"
#include "console/messages.h"
#include "console/panels/course_parts.h"
#include "console/panels/describe.h"
#include "console/reading.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// Every disposition but `none`.
constexpr int outcome_count = static_cast<int>(EnumNames<Disposition>::names.size()) - 1;

/// Digits 1–9, then 0 and letters; one for each disposition, or it does not compile.
constexpr std::array<Key, outcome_count> choice_keys{
    Key::digit_1, digit_key(2), digit_key(3), digit_key(4), digit_key(5), digit_key(6),
    digit_key(7), digit_key(8), Key::digit_9, Key::digit_0, Key::a,       Key::c,
    Key::d};
static_assert(choice_keys.back() != Key{}, "a disposition without a key");

/// What stands before a choice: the key's own sign.
std::string key_sign(Key key) { return {static_cast<char>(static_cast<int>(key))}; }

Disposition disposition_at(int index) { return static_cast<Disposition>(index + 1); }

bool refusal_told(const Incident& incident) {
    return std::any_of(incident.patients.begin(), incident.patients.end(),
                       [](const Patient& p) { return p.refusal.has_value(); });
}

/// Where the patient was taken, as the brigades said.
std::optional<OrganisationId> hospital_of(const Incident& incident) {
    std::optional<OrganisationId> out;
    for (const Task& task : incident.tasks) {
        if (task.hospital) out = task.hospital;
    }
    return out;
}

/// A call from paper ended when its last brigade was free, not when that was typed in.
std::optional<Instant> end_on_paper(const Incident& incident) {
    std::optional<Instant> out;
    if (incident.first_call().channel != Channel::paper) return out;
    for (const Task& task : incident.tasks) {
        if (task.served()) out = task.ended_at();
    }
    return out;
}

void record(const View& view, UiState& ui, Commands& commands, const Incident& incident,
            Disposition disposition) {
    const Disposition recorded = incident.ending.disposition;
    if (recorded != Disposition::none && recorded != disposition) {
        ui.outcome.instead = disposition;  // what is recorded is set right with a reason
        ui.outcome.why = 0;
        return;
    }
    RecordDisposition command;
    command.incident = incident.id;
    command.disposition = disposition;
    command.at = end_on_paper(incident);
    if (disposition == Disposition::transported) {
        command.hospital = hospital_of(incident);
        if (!command.hospital && view.advice && !view.advice->hospitals.empty()) {
            hint_of_call(view, ui, "message.hospital_first");
            ui.page = Page::course;
            if (const auto serving = serving_now(incident); !serving.empty()) {
                ask_course(ui, CourseAsk::hospital, incident.id, *serving.front()->brigade);
            }
            return;
        }
    }
    commands.give(std::move(command), ui.seat);
    // A refusal takes what was refused, the mark and the capacity; they are asked for at once.
    if (disposition == Disposition::refused && !refusal_told(incident)) {
        ui.elsewhere = {.incident = incident.id, .section = Section::refusal, .dangers = {}};
        ui.elsewhere.to_outcome = true;
        ui.page = Page::elsewhere;
    }
}

/// Why another outcome than the recorded one; the answer sets it right.
void ask_why(const View& view, UiState& ui, Commands& commands, const Incident& incident,
             const Box& box) {
    const bool focused = ui.keyboard.owner() == KeyOwner::outcome;
    const auto words =
        draw_why(view, ui.keyboard.of(KeyOwner::outcome), focused, ui.outcome.why, box,
                 view.tr("outcome.instead", {view.tr.of("disposition", incident.ending.disposition),
                                             view.tr.of("disposition", ui.outcome.instead)}));
    if (!words) return;
    CorrectDisposition command;
    command.incident = incident.id;
    command.disposition = ui.outcome.instead;
    if (command.disposition == Disposition::transported) command.hospital = hospital_of(incident);
    command.words = *words;
    commands.give(std::move(command), ui.seat);
    ui.outcome.instead = Disposition::none;
}

int chosen_by_key(KeyPresses& pressed) {
    if (const int digit = pressed.take_digit(); digit >= 0) {
        for (int i = 0; i < outcome_count; ++i) {
            if (choice_keys[static_cast<std::size_t>(i)] == digit_key(digit)) return i;
        }
        return -1;
    }
    for (int i = 0; i < outcome_count; ++i) {
        if (pressed.take(choice_keys[static_cast<std::size_t>(i)])) return i;
    }
    return -1;
}

void draw_choice(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                 int index, Box row, bool focused) {
    const Disposition disposition = disposition_at(index);
    const bool now = incident.ending.disposition == disposition;
    if (index == ui.outcome.choice) {
        fill(row, view.theme.chosen);
        if (focused) frame(row, view.theme.focus, 2);
    }
    if (clicked(view, row, std::string{"outcome:"}.append(name_of(disposition)))) {
        const bool again = ui.outcome.choice == index;
        ui.outcome.choice = index;
        ui.area = Area::card;
        if (again || incident.first_brigade_at_work() == nullptr) {
            record(view, ui, commands, incident, disposition);
        }
    }
    row = row.inset(6 * view.unit, 0);
    text(view, row.cut_left(18 * view.unit), key_sign(choice_keys[static_cast<std::size_t>(index)]),
         {view.fonts.bold, view.theme.dim});
    text(view, row, view.tr.of("disposition", disposition), {now ? view.fonts.bold : nullptr});
    if (now) text(view, row, "✓", {view.fonts.bold, 0, Align::right});
}

}  // namespace

void close_incident(const View& view, UiState& ui, Commands& commands) {
    const Incident* incident = selected_incident(view, ui);
    if (incident != nullptr) commands.give(CloseIncident{incident->id}, ui.seat);
}

void draw_outcome(const View& view, UiState& ui, Commands& commands, const Box& given) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return;
    const bool focused = ui.keyboard.owner() == KeyOwner::outcome;
    if (incident->open() && ui.outcome.instead != Disposition::none) {
        ask_why(view, ui, commands, *incident, given.inset(9 * view.unit, 6 * view.unit));
        return;
    }
    // While a brigade is on it a digit chooses only: it may have been meant for a status.
    const bool under_way = incident->first_brigade_at_work() != nullptr;
    if (incident->open()) {
        KeyPresses& pressed = ui.keyboard.of(KeyOwner::outcome);
        int& choice = ui.outcome.choice;
        while (pressed.take(Key::down)) choice = std::min(choice + 1, outcome_count - 1);
        while (pressed.take(Key::up)) choice = std::max(choice - 1, 0);
        int chosen = chosen_by_key(pressed);
        if (chosen >= 0) choice = chosen;
        if (under_way) chosen = -1;
        if (pressed.take_enter()) chosen = choice;
        if (chosen >= 0) record(view, ui, commands, *incident, disposition_at(chosen));
    }
    Box box = given.inset(9 * view.unit, 6 * view.unit);
    Box bottom = box.cut_bottom(std::ceil(30 * view.unit));
    text(view, box.cut_top(std::ceil(22 * view.unit)), view.tr("outcome.title"), {view.fonts.bold});
    Box left = box.cut_left(std::floor(box.width() / 2 - 4 * view.unit));
    box.cut_left(8 * view.unit);
    const float row = std::ceil(25 * view.unit);
    for (int i = 0; i < outcome_count; ++i) {
        Box& column = 2 * i <= outcome_count ? left : box;
        draw_choice(view, ui, commands, *incident, i, column.cut_top(row), focused);
    }
    // Why some acts stand in no list: a brigade serves without them (S1 289-300).
    left.cut_top(6 * view.unit);
    paragraph(view, left, view.tr("outcome.never"), {view.fonts.small, view.theme.dim});
    if (!incident->open()) {
        text(view, bottom, view.tr("outcome.closed"), {view.fonts.bold});
    } else if (under_way) {
        text(view, bottom, view.tr("outcome.under_way"), {view.fonts.bold, view.theme.notice});
    } else if (incident->ending.disposition == Disposition::none) {
        text(view, bottom, view.tr("outcome.choose"), {nullptr, view.theme.dim});
    } else {
        const std::string_view words = view.tr("outcome.close");
        bottom = bottom.inset(0, 2 * view.unit);
        if (button(view, bottom.cut_left(button_width(view, words, "Ctrl+Enter")), words,
                   "Ctrl+Enter", true)) {
            close_incident(view, ui, commands);
        }
    }
}

}  // namespace jedel::console
