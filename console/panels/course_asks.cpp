// What the course page asks before it gives a command: which hospital, why.

#include <algorithm>
#include <array>
#include <vector>

#include "console/panels/acts.h"
#include "console/panels/course_parts.h"
#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// Where a hospital stands in the list as it is now; -1: not in it.
int place_of(const std::vector<HospitalChoice>& list, std::optional<OrganisationId> id) {
    const auto it = std::find_if(list.begin(), list.end(),
                                 [&](const auto& row) { return id && row.hospital == *id; });
    return it == list.end() ? -1 : static_cast<int>(it - list.begin());
}

/// Enter takes the hospital that was drawn as chosen, wherever the list has put it since.
std::optional<OrganisationId> hospital_keys(const View& view, UiState& ui) {
    CourseQuestion& q = ui.course.question;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::question);
    const auto& hospitals = view.advice->hospitals;
    int place = place_of(hospitals, q.hospital);
    if (q.hospital && place >= 0 && pressed.take_enter()) return q.hospital;
    const int last = static_cast<int>(hospitals.size()) - 1;
    if (place < 0) place = 0;
    while (pressed.take(Key::down)) place = std::min(place + 1, last);
    while (pressed.take(Key::up)) place = std::max(place - 1, 0);
    q.hospital = hospitals[static_cast<std::size_t>(place)].hospital;
    return std::nullopt;
}

/// "Which hospital?" when a brigade leaves the scene with a patient.
void ask_hospital(const View& view, UiState& ui, Commands& commands, const Box& box) {
    const CourseQuestion q = ui.course.question;
    const Brigade* brigade = view.room.state.brigades.find(q.brigade);
    const auto taken = choose_hospital(
        view, ui, box, view.tr("course.which_hospital_of", {brigade ? brigade->name : "—"}));
    if (!taken) return;
    ReportStatus command;
    command.brigade = q.brigade;
    command.status = BrigadeStatus::transporting;
    if (brigade != nullptr) command.task = task_of(view, *brigade);
    command.hospital = *taken;
    command.at = q.at;
    commands.give(std::move(command), ui.seat);
    ui.course.question = {};
    if (q.at) ask_next_paper_time(ui, q, BrigadeStatus::transporting);
}

int ask_reasons(const View& view, UiState& ui, const Box& box, std::string_view title,
                const std::vector<std::string_view>& words) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::question);
    return draw_reasons(view, pressed, ui.keyboard.owner() == KeyOwner::question,
                        ui.course.question.choice, box, title, words);
}

void ask_release(const View& view, UiState& ui, Commands& commands, const Box& box) {
    const CourseQuestion q = ui.course.question;
    std::vector<std::string_view> words;
    constexpr int first = static_cast<int>(ReleaseReason::none) + 1;
    for (int i = first; i < static_cast<int>(EnumNames<ReleaseReason>::names.size()); ++i) {
        words.push_back(view.tr.of("release", static_cast<ReleaseReason>(i)));
    }
    const Brigade* brigade = view.room.state.brigades.find(q.brigade);
    const int taken =
        ask_reasons(view, ui, box,
                    view.tr("course.why_release_of", {brigade ? brigade->name : "—"}), words);
    if (taken < 0) return;
    commands.give(
        ReleaseBrigade{q.incident, q.brigade, static_cast<ReleaseReason>(first + taken)},
        ui.seat);
    ui.course.question = {};
}

void ask_return(const View& view, UiState& ui, Commands& commands, const Box& box) {
    constexpr std::array<const char*, 3> codes{"not_accepted", "closed", "other"};
    const int taken = ask_reasons(
        view, ui, box, view.tr("course.why_return"),
        {view.tr("return.not_accepted"), view.tr("return.closed"), view.tr("return.other")});
    if (taken < 0) return;
    commands.give(ReturnFromPolyclinic{ui.course.question.incident,
                                       codes[static_cast<std::size_t>(taken)],
                                       {}},
                  ui.seat);
    ui.course.question = {};
}

}  // namespace

std::optional<OrganisationId> choose_hospital(const View& view, UiState& ui, Box box,
                                              std::string_view title) {
    text(view, box.cut_top(line_height(view)), title, {view.fonts.bold});
    if (view.advice == nullptr || view.advice->hospitals.empty()) {
        paragraph(view, box, view.tr("course.no_hospital"), {nullptr, view.theme.dim});
        return std::nullopt;
    }
    const auto taken = hospital_keys(view, ui);
    const auto& hospitals = view.advice->hospitals;
    const bool focused = ui.keyboard.owner() == KeyOwner::question;
    for (const auto& hospital : hospitals) {
        if (box.height() <= 22 * view.unit) break;
        Box row = box.cut_top(std::ceil(23 * view.unit));
        if (ui.course.question.hospital == hospital.hospital) {
            fill(row, view.theme.chosen);
            frame(row, focused ? view.theme.focus : view.theme.line, focused ? 2 : 1);
        }
        const auto number = &hospital - hospitals.data();
        if (clicked(view, row, "hospital:" + std::to_string(number))) {
            ui.course.question.hospital = hospital.hospital;
            ui.area = Area::card;
        }
        row = row.inset(6 * view.unit, 0);
        text(view, row.cut_right(60 * view.unit),
             clock_text(static_cast<std::int64_t>(hospital.travel_s * 1000)),
             {view.fonts.bold, 0, Align::right});
        const std::string state = hospital_state_text(view, hospital);
        const bool bad = hospital.state != HospitalState::open || !hospital.fits ||
                         (hospital.beds && *hospital.beds == 0);
        const float width = std::min(text_width(view, state, view.fonts.small) + 2,
                                     row.width() * 0.55F);
        text(view, row.cut_right(width), state,
             {view.fonts.small, bad ? view.theme.notice : view.theme.dim, Align::right, true});
        row.x1 -= 6 * view.unit;
        text(view, row, organisation_name(view, hospital.hospital),
             {nullptr, 0, Align::left, true});
    }
    return taken;
}

int draw_reasons(const View& view, KeyPresses& pressed, bool focused, int& choice, Box box,
                 std::string_view title, const std::vector<std::string_view>& words) {
    text(view, box.cut_top(line_height(view)), title, {view.fonts.bold});
    box.cut_top(3 * view.unit);
    const int count = static_cast<int>(words.size());
    int taken = -1;
    while (pressed.take(Key::down)) choice = std::min(choice + 1, count - 1);
    while (pressed.take(Key::up)) choice = std::max(choice - 1, 0);
    choice = std::clamp(choice, 0, count - 1);
    const int digit = pressed.take_digit();
    if (digit >= 1 && digit <= count) taken = digit - 1;
    if (pressed.take_enter()) taken = choice;
    for (int i = 0; i < count; ++i) {
        Box row = box.cut_top(std::ceil(23 * view.unit));
        if (i == choice) {
            fill(row, view.theme.chosen);
            frame(row, focused ? view.theme.focus : view.theme.line, focused ? 2 : 1);
        }
        if (clicked(view, row, "reason:" + std::to_string(i + 1))) taken = i;
        row = row.inset(6 * view.unit, 0);
        text(view, row.cut_left(20 * view.unit), std::to_string(i + 1), {view.fonts.bold});
        text(view, row, words[static_cast<std::size_t>(i)]);
    }
    return taken;
}

void ask_course(UiState& ui, CourseAsk what, IncidentId incident, BrigadeId brigade) {
    ui.selected = incident;
    ui.page = Page::course;
    ui.area = Area::card;
    if (brigade) ui.course.brigade = brigade;
    ui.course.question = {};
    ui.course.question.what = what;
    ui.course.question.incident = incident;
    ui.course.question.brigade = brigade;
    ui.focus.moved = true;
}

bool draw_course_ask(const View& view, UiState& ui, Commands& commands, Box box) {
    switch (ui.course.question.what) {
        case CourseAsk::nothing: return false;
        case CourseAsk::hospital: ask_hospital(view, ui, commands, box); break;
        case CourseAsk::correct: ask_correction(view, ui, commands, box); break;
        case CourseAsk::paper_time: ask_paper_time(view, ui, commands, box); break;
        case CourseAsk::release: ask_release(view, ui, commands, box); break;
        case CourseAsk::polyclinic_return: ask_return(view, ui, commands, box); break;
    }
    return true;
}

}  // namespace jedel::console
