// What the course page asks before it gives a command: which hospital, why.

#include <algorithm>
#include <array>
#include <vector>

#include "console/panels/course_parts.h"
#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// "Which hospital?" with the nearest first, by road.
void draw_hospitals(const View& view, UiState& ui, Commands& commands,
                    const Assignment& assignment, Box box) {
    text(view, box.cut_top(line_height(view)), view.tr("course.which_hospital"),
         {view.fonts.bold});
    if (view.advice == nullptr || view.advice->hospitals.empty()) {
        paragraph(view, box, view.tr("course.no_hospital"), {nullptr, view.theme.dim});
        return;
    }
    const auto& hospitals = view.advice->hospitals;
    const int count = static_cast<int>(hospitals.size());
    ui.hospital_choice = std::clamp(ui.hospital_choice, 0, count - 1);
    while (ui.keys.take(Key::down)) {
        ui.hospital_choice = std::min(ui.hospital_choice + 1, count - 1);
    }
    while (ui.keys.take(Key::up)) ui.hospital_choice = std::max(ui.hospital_choice - 1, 0);
    for (int i = 0; i < count && box.height() > 22 * view.unit; ++i) {
        Box row = box.cut_top(std::ceil(23 * view.unit));
        if (i == ui.hospital_choice) {
            fill(row, view.theme.chosen);
            frame(row, view.theme.focus, 2);
        }
        const auto& hospital = hospitals[static_cast<std::size_t>(i)];
        if (clicked(view, row, "hospital:" + std::to_string(i))) ui.hospital_choice = i;
        row = row.inset(6 * view.unit, 0);
        text(view, row.cut_right(60 * view.unit),
             clock_text(static_cast<std::int64_t>(hospital.travel_s * 1000)),
             {view.fonts.bold, 0, Align::right});
        text(view, row, organisation_name(view, hospital.hospital),
             {nullptr, 0, Align::left, true});
    }
    if (ui.keys.take_enter()) {
        ReportStatus command;
        command.brigade = assignment.brigade;
        command.status = BrigadeStatus::transporting;
        command.hospital = hospitals[static_cast<std::size_t>(ui.hospital_choice)].hospital;
        commands.give(std::move(command), ui.seat);
        ui.asking = CourseAsk::nothing;
    }
}

/// A list of reasons with digits; the index that was taken, or -1.
int draw_reasons(const View& view, UiState& ui, Box box, std::string_view title,
                 const std::vector<std::string_view>& words) {
    text(view, box.cut_top(line_height(view)), title, {view.fonts.bold});
    box.cut_top(3 * view.unit);
    const int count = static_cast<int>(words.size());
    int taken = -1;
    const bool has_keys = ui.area == Area::card && ui.overlay == Overlay::none;
    if (has_keys) {
        while (ui.keys.take(Key::down)) ui.ask_choice = std::min(ui.ask_choice + 1, count - 1);
        while (ui.keys.take(Key::up)) ui.ask_choice = std::max(ui.ask_choice - 1, 0);
        ui.ask_choice = std::clamp(ui.ask_choice, 0, count - 1);
        const int digit = ui.keys.take_digit();
        if (digit >= 1 && digit <= count) taken = digit - 1;
        if (ui.keys.take_enter()) taken = ui.ask_choice;
    }
    for (int i = 0; i < count; ++i) {
        Box row = box.cut_top(std::ceil(23 * view.unit));
        if (i == ui.ask_choice) {
            fill(row, view.theme.chosen);
            frame(row, view.theme.focus, 2);
        }
        if (clicked(view, row, "reason:" + std::to_string(i + 1))) taken = i;
        row = row.inset(6 * view.unit, 0);
        text(view, row.cut_left(20 * view.unit), std::to_string(i + 1), {view.fonts.bold});
        text(view, row, words[static_cast<std::size_t>(i)]);
    }
    if (taken >= 0) ui.asking = CourseAsk::nothing;
    return taken;
}

void ask_release(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                 const Assignment& assignment, const Box& box) {
    std::vector<std::string_view> words;
    constexpr int first = static_cast<int>(ReleaseReason::none) + 1;
    constexpr int last = static_cast<int>(ReleaseReason::other);
    for (int i = first; i <= last; ++i) {
        words.push_back(view.tr.of("release", static_cast<ReleaseReason>(i)));
    }
    const int taken = draw_reasons(view, ui, box, view.tr("course.why_release"), words);
    if (taken < 0) return;
    commands.give(ReleaseBrigade{incident.id, assignment.brigade,
                                 static_cast<ReleaseReason>(first + taken)},
                  ui.seat);
}

void ask_return(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                const Box& box) {
    constexpr std::array<const char*, 3> codes{"not_accepted", "closed", "other"};
    const int taken = draw_reasons(
        view, ui, box, view.tr("course.why_return"),
        {view.tr("return.not_accepted"), view.tr("return.closed"), view.tr("return.other")});
    if (taken < 0) return;
    commands.give(ReturnFromPolyclinic{incident.id, codes[static_cast<std::size_t>(taken)]},
                  ui.seat);
}

}  // namespace

bool draw_course_ask(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                     Box box) {
    const Assignment* assignment = incident.active_assignment();
    const bool handed = incident.polyclinic && incident.polyclinic->active();
    if (ui.asking == CourseAsk::hospital && assignment != nullptr) {
        draw_hospitals(view, ui, commands, *assignment, box);
    } else if (ui.asking == CourseAsk::release && assignment != nullptr) {
        ask_release(view, ui, commands, incident, *assignment, box);
    } else if (ui.asking == CourseAsk::polyclinic_return && handed) {
        ask_return(view, ui, commands, incident, box);
    } else {
        ui.asking = CourseAsk::nothing;  // the call went another way meanwhile
        return false;
    }
    return true;
}

}  // namespace jedel::console
