// What was entered wrongly is set right: which, what instead, why. And the times of a call that was
// written on paper.

#include <algorithm>
#include <array>

#include "console/panels/acts.h"
#include "console/panels/course_parts.h"
#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

using Kind = Correction::Kind;
using Stage = CourseQuestion::Stage;

std::string clock_at(const View& view, std::optional<Instant> at) {
    return at ? time_of_day(*at, view.utc_offset_minutes) : std::string{"—"};
}

std::string who(const View& view, const Task& task) {
    if (!task.of_brigade()) return std::string{view.tr.of("correct_who", task.resource)};
    const Brigade* brigade = view.room.state.brigades.find(*task.brigade);
    return brigade != nullptr ? brigade->name : std::to_string(task.brigade->value);
}

/// Everything that was entered, and the steps between that were not.
std::vector<Correction> corrections_of(const Incident& incident) {
    if (!incident.open()) return {{.kind = Kind::reopen, .task = {}}};
    std::vector<Correction> out;
    for (const Task& task : incident.tasks) {
        const TaskStep last = task.last_step();
        for (std::size_t i = 0; i < EnumNames<TaskStep>::names.size(); ++i) {
            const auto step = static_cast<TaskStep>(i);
            const bool between = step < last && step < TaskStep::done && task.of_brigade();
            const bool unlikely = step > TaskStep::on_scene && !task.left_scene_at() &&
                                  !task.at_hospital_at() && !task.handed_over_at();
            if (task.time_of(step) || (between && !unlikely)) {
                out.push_back({.kind = Kind::step, .task = task.id, .step = step});
            }
        }
        if (task.left_scene_at() || task.at_hospital_at() || task.handed_over_at()) {
            out.push_back({.kind = Kind::hospital, .task = task.id});
        }
    }
    if (incident.ending.disposition != Disposition::none) out.push_back({.kind = Kind::ending});
    return out;
}

std::string words_of(const View& view, const Incident& incident, const Correction& c) {
    const Task* task = incident.task(c.task);
    switch (c.kind) {
        case Kind::step:
            if (task == nullptr) break;
            return clock_at(view, task->time_of(c.step)) + "  " + who(view, *task) + " · " +
                   std::string{view.tr.of("correct_step", c.step)};
        case Kind::hospital:
            if (task == nullptr) break;
            return "→  " + who(view, *task) + " · " +
                   std::string{organisation_name(view, task->hospital)};
        case Kind::ending:
            return view.tr("correct.ending",
                           {view.tr.of("disposition", incident.ending.disposition)});
        case Kind::reopen: return std::string{view.tr("correct.reopen")};
    }
    return "—";
}

void draw_which(const View& view, UiState& ui, const Incident& incident, Box box) {
    CourseQuestion& q = ui.course.question;
    const auto all = corrections_of(incident);
    text(view, box.cut_top(line_height(view)), view.tr("correct.which"), {view.fonts.bold});
    if (all.empty()) {
        paragraph(view, box, view.tr("correct.nothing"), {nullptr, view.theme.dim});
        return;
    }
    const auto at = std::find(all.begin(), all.end(), q.wrong.value_or(all.back()));
    int place = at == all.end() ? static_cast<int>(all.size()) - 1
                                : static_cast<int>(at - all.begin());
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::question);
    // What was entered last stands chosen: that is what a slip was.
    bool taken = q.wrong && at != all.end() && pressed.take_enter();
    const int last = static_cast<int>(all.size()) - 1;
    while (pressed.take(Key::down)) place = std::min(place + 1, last);
    while (pressed.take(Key::up)) place = std::max(place - 1, 0);
    const bool focused = ui.keyboard.owner() == KeyOwner::question;
    const RowList list{.id = "##corrections",
                       .row_height = std::ceil(23 * view.unit),
                       .count = static_cast<int>(all.size()),
                       .keep_visible = place};
    row_list(view, box, list, [&](int index, const Box& row) {
        if (index == place) {
            fill(row, view.theme.chosen);
            if (focused) frame(row, view.theme.focus, 2);
        }
        if (clicked(view, row, "correction:" + std::to_string(index))) {
            place = index;
            taken = true;
            ui.area = Area::card;
        }
        text(view, row.inset(6 * view.unit, 0),
             words_of(view, incident, all[static_cast<std::size_t>(index)]),
             {nullptr, 0, Align::left, true});
    });
    q.wrong = all[static_cast<std::size_t>(place)];
    if (!taken) return;
    const Task* task = incident.task(q.wrong->task);
    q.stage = q.wrong->kind == Kind::step || q.wrong->kind == Kind::hospital ? Stage::instead
                                                                            : Stage::why;
    const auto was = task != nullptr ? task->time_of(q.wrong->step) : std::nullopt;
    q.time = was ? time_of_day(*was, view.utc_offset_minutes) : std::string{};
    ui.focus.moved = true;
}

/// A time is typed; true when Enter took it. Empty: `at` stays none.
bool typed_time(const View& view, UiState& ui, Box& box, std::string_view hint_key) {
    CourseQuestion& q = ui.course.question;
    const bool focused = ui.keyboard.owner() == KeyOwner::question;
    // A field of its own for each step: one that goes on being edited keeps what was typed before.
    const std::string id = "course-time-" + std::string{name_of(q.status)};
    const FieldResult result =
        text_field(view, ui.focus, box.cut_top(std::ceil(28 * view.unit)).cut_left(110 * view.unit),
                   id.c_str(), q.time, focused, "14:20");
    ui.focus.moved = false;
    if (result.changed) q.bad_time = false;
    box.cut_top(4 * view.unit);
    paragraph(view, box, view.tr(hint_key), {view.fonts.small, view.theme.dim});
    if (q.bad_time) paragraph(view, box, view.tr("paper.bad_time"), {nullptr, view.theme.alarm});
    if (!ui.keyboard.of(KeyOwner::question).take_enter()) return false;
    q.at.reset();
    if (q.time.empty()) return true;
    q.at = past_time(q.time, view.now, view.utc_offset_minutes);
    q.bad_time = !q.at;
    return q.at.has_value();
}

void draw_instead(const View& view, UiState& ui, const Incident& incident, Box box) {
    CourseQuestion& q = ui.course.question;
    const std::string title = words_of(view, incident, *q.wrong);
    if (q.wrong->kind == Kind::hospital) {
        if (const auto taken = choose_hospital(view, ui, box, title)) {
            q.hospital = taken;
            q.stage = Stage::why;
        }
        return;
    }
    text(view, box.cut_top(line_height(view)), title, {view.fonts.bold, 0, Align::left, true});
    box.cut_top(4 * view.unit);
    const bool first = q.wrong->step == TaskStep::sent;
    if (typed_time(view, ui, box, first ? "correct.time_of_sent" : "correct.time")) {
        q.stage = Stage::why;
    }
}

void give(const View& view, UiState& ui, Commands& commands, const Incident& incident,
          std::string words) {
    (void)view;
    const CourseQuestion q = std::exchange(ui.course.question, {});
    switch (q.wrong->kind) {
        case Kind::step: {
            // Minutes are typed; where the minute stayed, so do its seconds.
            const Task* task = incident.task(q.wrong->task);
            const auto was = task != nullptr ? task->time_of(q.wrong->step) : std::nullopt;
            const bool same = was && q.at && q.at->ms == was->ms - was->ms % 60'000;
            commands.give(CorrectTask{incident.id, q.wrong->task, q.wrong->step,
                                      same ? was : q.at, std::move(words)},
                          ui.seat);
            return;
        }
        case Kind::hospital:
            commands.give(
                CorrectHospital{incident.id, q.wrong->task, *q.hospital, std::move(words)},
                ui.seat);
            return;
        case Kind::ending: {
            CorrectDisposition command;
            command.incident = incident.id;
            command.words = std::move(words);
            commands.give(std::move(command), ui.seat);
            return;
        }
        case Kind::reopen:
            commands.give(ReopenIncident{incident.id, std::move(words)}, ui.seat);
            return;
    }
}

/// One correction of a list of words: when, what, who, why.
void correction_line(const View& view, Box& box, Instant at, std::string what,
                     std::string_view actor, std::string_view words) {
    what = time_of_day(at, view.utc_offset_minutes) + "  " + what + " · " + std::string{actor};
    if (!words.empty()) what += " · " + std::string{words};
    paragraph(view, box, what, {view.fonts.small, 0, Align::left, true});
}

void task_corrections(const View& view, const Task& task, Box& box) {
    for (auto mark = task.history.begin(); mark != task.history.end(); ++mark) {
        if (mark->words.empty()) continue;
        std::optional<Instant> was;
        for (auto before = task.history.begin(); before != mark; ++before) {
            if (before->step == mark->step) {
                was = before->struck ? std::nullopt : std::optional{before->at};
            }
        }
        const std::string now = mark->struck ? std::string{view.tr("correct.was_not")}
                                             : clock_at(view, mark->at);
        correction_line(view, box, mark->entered_at,
                        who(view, task) + " · " +
                            std::string{view.tr.of("correct_step", mark->step)} + " " +
                            clock_at(view, was) + " → " + now,
                        mark->actor, mark->words);
    }
    for (const HospitalChange& change : task.hospital_changes) {
        correction_line(view, box, change.at,
                        who(view, task) + " · " +
                            std::string{organisation_name(view, change.from)} + " → " +
                            std::string{organisation_name(view, change.to)},
                        change.actor, change.words);
    }
}

}  // namespace

void draw_correct_act(const View& view, UiState& ui, const Incident& incident, Box line) {
    const std::string_view words = view.tr("correct.act");
    const bool hit = button(view, line.cut_left(button_width(view, words, "E")), words, "E");
    if (ui.keyboard.of(KeyOwner::course).take(Key::e) || hit) {
        ask_course(ui, CourseAsk::correct, incident.id, {});
    }
}

std::optional<std::string> draw_why(const View& view, KeyPresses& pressed, bool focused,
                                    int& choice, Box box, std::string_view title) {
    const std::vector<std::string_view> words{
        view.tr("correct.why_slip"), view.tr("correct.why_crew"), view.tr("correct.why_late"),
        view.tr("correct.why_other_call")};
    const int taken = draw_reasons(view, pressed, focused, choice, box, title, words);
    if (taken < 0) return std::nullopt;
    return std::string{words[static_cast<std::size_t>(taken)]};
}

void ask_correction(const View& view, UiState& ui, Commands& commands, Box box) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return;
    CourseQuestion& q = ui.course.question;
    if (q.stage == Stage::which || !q.wrong) return draw_which(view, ui, *incident, box);
    if (q.stage == Stage::instead) return draw_instead(view, ui, *incident, box);
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::question);
    const bool focused = ui.keyboard.owner() == KeyOwner::question;
    const auto words = draw_why(view, pressed, focused, q.choice, box,
                                view.tr("correct.why", {words_of(view, *incident, *q.wrong)}));
    if (words) give(view, ui, commands, *incident, *words);
}

void draw_corrections(const View& view, const Incident& incident, Box& box) {
    bool any = incident.ending_changes.size() > 1 || !incident.reopenings.empty();
    for (const Task& task : incident.tasks) {
        any = any || !task.hospital_changes.empty() ||
              std::any_of(task.history.begin(), task.history.end(),
                          [](const TaskMark& mark) { return !mark.words.empty(); });
    }
    if (!any) return;
    box.cut_top(5 * view.unit);
    text(view, box.cut_top(line_height(view)), view.tr("correct.title"), {view.fonts.bold});
    for (const Task& task : incident.tasks) task_corrections(view, task, box);
    if (incident.ending_changes.size() > 1) {
        for (const EndingChange& change : incident.ending_changes) {
            const bool back = change.ending.disposition == Disposition::none;
            correction_line(view, box, change.entered_at,
                            back ? std::string{view.tr("correct.taken_back")}
                                 : std::string{view.tr.of("disposition",
                                                          change.ending.disposition)},
                            change.actor, change.words);
        }
    }
    for (const Reopening& again : incident.reopenings) {
        correction_line(view, box, again.at, std::string{view.tr("correct.reopened")}, again.actor,
                        again.words);
    }
}

void ask_paper_time_of(const View& view, UiState& ui, const Brigade& brigade,
                       BrigadeStatus status) {
    (void)view;
    if (!brigade.incident) return;
    ask_course(ui, CourseAsk::paper_time, *brigade.incident, brigade.id);
    ui.course.question.status = status;
}

void ask_next_paper_time(UiState& ui, const CourseQuestion& done, BrigadeStatus after) {
    const auto at = std::find(status_keys.begin(), status_keys.end(), after);
    ui.course.question = {};
    // Free on the way is the end of it; at the base is another matter.
    if (at == status_keys.end() || *at >= BrigadeStatus::returning) return;
    ask_course(ui, CourseAsk::paper_time, done.incident, done.brigade);
    ui.course.question.status = *std::next(at);
}

void ask_paper_time(const View& view, UiState& ui, Commands& commands, Box box) {
    const CourseQuestion q = ui.course.question;
    const Brigade* brigade = view.room.state.brigades.find(q.brigade);
    if (brigade == nullptr) return;
    text(view, box.cut_top(line_height(view)),
         view.tr("paper.time_of", {brigade->name, view.tr.of("status_key", q.status)}),
         {view.fonts.bold, 0, Align::left, true});
    box.cut_top(4 * view.unit);
    if (!typed_time(view, ui, box, "paper.time_hint")) return;
    const auto at = ui.course.question.at;
    if (at && q.status == BrigadeStatus::transporting) {
        ask_course(ui, CourseAsk::hospital, q.incident, q.brigade);
        ui.course.question.at = at;
        return;
    }
    if (at) {
        ReportStatus command;
        command.brigade = q.brigade;
        command.status = q.status;
        command.task = task_of(view, *brigade);
        command.at = at;
        commands.give(std::move(command), ui.seat);
    }
    ask_next_paper_time(ui, q, q.status);
}

}  // namespace jedel::console
