// How the call goes: its times, who was sent, who changed the category and why; statuses by key.

#include <array>

#include "console/intake.h"
#include "console/map/labels.h"
#include "console/panels/acts.h"
#include "console/panels/course_parts.h"
#include "console/panels/describe.h"
#include "console/reading.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

void time_line(const View& view, Box& box, std::string_view name, std::optional<Instant> at) {
    Box line = box.cut_top(std::ceil(19 * view.unit));
    Box time = line.cut_left(46 * view.unit);
    text(view, time, at ? time_of_day(*at, view.utc_offset_minutes) : std::string{"—"},
         {at ? view.fonts.bold : view.fonts.text, at ? 0 : view.theme.dim});
    text(view, line, name, {nullptr, at ? 0 : view.theme.dim, Align::left, false});
}

/// The times of the call card, of the brigade that is chosen, in their order; those not reached
/// yet stand as dashes.
void draw_times(const View& view, const Incident& incident, const Task* a, Box& box) {
    time_line(view, box, view.tr("time.received"), incident.received_at);
    const Task* polyclinic = incident.last_polyclinic();
    if (polyclinic != nullptr && a == nullptr) {
        const Task& p = *polyclinic;
        time_line(view, box, view.tr("time.to_polyclinic"), p.sent_at());
        time_line(view, box, view.tr("time.accepted"), p.accepted_at());
        if (p.returned_at()) time_line(view, box, view.tr("time.returned_call"), p.returned_at());
    } else {
        const Task none;
        const Task& t = a ? *a : none;
        const auto sent = a ? std::optional{a->sent_at()} : std::nullopt;
        time_line(view, box, view.tr("time.handed"), sent);
        time_line(view, box, view.tr("time.accepted"), t.accepted_at());
        time_line(view, box, view.tr("time.departed"), t.departed_at());
        time_line(view, box, view.tr("time.on_scene"), t.on_scene_at());
        time_line(view, box, view.tr("time.left_scene"), t.left_scene_at());
        time_line(view, box, view.tr("time.at_hospital"), t.at_hospital_at());
        time_line(view, box, view.tr("time.handed_over"), t.handed_over_at());
        time_line(view, box, view.tr("time.service_ended"), t.ended_at());
    }
    time_line(view, box, view.tr("time.closed"), incident.closed_at);
}

/// What was said first, for ever, and when nobody was on the line.
void draw_caller(const View& view, const Incident& incident, Box& box) {
    const Ink style{view.fonts.small, 0, Align::left, true};
    const std::string_view first_words = persons_of(view, incident).first_words();
    if (!first_words.empty()) {
        paragraph(view, box, view.tr("course.first_words", {first_words}), style);
    }
    std::vector<LineLoss> losses;
    for (const Call& call : incident.calls) {
        losses.insert(losses.end(), call.line_losses.begin(), call.line_losses.end());
    }
    for (const LineLoss& loss : losses) {
        const std::string from = time_of_day(loss.lost_at, view.utc_offset_minutes);
        const std::string words =
            loss.reached_at
                ? view.tr("course.line_lost_until",
                          {from, time_of_day(*loss.reached_at, view.utc_offset_minutes),
                           loss.actor})
                : view.tr("course.line_lost", {from, loss.actor});
        paragraph(view, box, words, style);
    }
    box.cut_top(4 * view.unit);
}

/// Danger, tag, companion, what the hospital was told, who was told that it is late.
void draw_beside(const View& view, const Incident& incident, const Task* service, Box& box) {
    const auto line = [&](const std::string& words, ImU32 colour) {
        paragraph(view, box, words, {view.fonts.bold, colour, Align::left, true});
    };
    if (incident.danger && incident.danger->holds()) {
        line(view.tr("course.danger", {danger_text(view, incident.danger->kinds),
                                       view.tr.of("source", incident.danger->source)}),
             view.theme.alarm);
        line(std::string{view.tr("course.wait_for_police")}, view.theme.alarm);
    }
    const Task* told = service != nullptr ? service : last_service(incident);
    if (told != nullptr && told->zone != TriageZone::none) {
        line(view.tr("course.tag", {view.tr.of("zone", told->zone)}), 0);
    }
    if (told != nullptr && told->companion != Companion::none) {
        line(view.tr("course.companion", {view.tr.of("companion", told->companion)}), 0);
    }
    if (told != nullptr && told->prealert) {
        const auto& alert = *told->prealert;
        line(view.tr("course.prealert",
                     {organisation_name(view, alert.hospital),
                      alert.arrival ? time_of_day(*alert.arrival, view.utc_offset_minutes) : "—"}),
             0);
    }
    for (const Escalation& e : incident.escalations) {
        paragraph(view, box,
                  view.tr("course.told", {time_of_day(e.at, view.utc_offset_minutes),
                                          view.tr.of("seat", e.to)}),
                  {view.fonts.small, view.theme.notice, Align::left, true});
    }
}

void draw_history(const View& view, const Incident& incident, Box& box) {
    text(view, box.cut_top(line_height(view)), view.tr("course.category_changes"),
         {view.fonts.bold});
    if (incident.category_changes.empty()) {
        paragraph(view, box, view.tr("course.no_category"), {view.fonts.small, view.theme.dim});
    }
    for (const CategoryChange& change : incident.category_changes) {
        std::string rules;
        for (const std::string& rule : change.rules) rules += rules.empty() ? rule : ", " + rule;
        std::string words = time_of_day(change.at, view.utc_offset_minutes) + "  " +
                            category_text(view, change.to) + " · " + change.actor;
        if (!rules.empty()) words += " · " + rules;
        if (change.reason != OverrideReason::none) {
            words += " · " + std::string{view.tr.of("override", change.reason)};
        }
        if (!change.words.empty()) words += " · " + change.words;
        paragraph(view, box, words, {view.fonts.small, 0, Align::left, true});
    }
    box.cut_top(5 * view.unit);
    text(view, box.cut_top(line_height(view)), view.tr("course.brigades"), {view.fonts.bold});
    for (const Task& a : incident.tasks) {
        if (!a.of_brigade()) continue;
        const Brigade* brigade = view.room.state.brigades.find(*a.brigade);
        std::string words = time_of_day(a.sent_at(), view.utc_offset_minutes) + "  " +
                            (brigade ? brigade->name : std::to_string(a.brigade->value));
        if (brigade && a.active()) {
            words += " · " + std::string{view.tr.of("status", brigade->status)};
        }
        if (a.hospital) words += " → " + std::string{organisation_name(view, a.hospital)};
        if (a.released != ReleaseReason::none) {
            words += " · " + std::string{view.tr.of("release", a.released)};
        }
        paragraph(view, box, words, {view.fonts.small, 0, Align::left, true});
    }
    for (const Task& p : incident.tasks) {
        if (p.resource != Resource::polyclinic) continue;
        std::string words =
            view.tr("course.polyclinic", {organisation_name(view, p.organisation), p.row});
        if (!p.return_reason.empty()) {
            const std::string key = "return." + p.return_reason;
            words += " · ";
            words += view.tr.table().has(key) ? view.tr(key) : std::string_view{p.return_reason};
        }
        paragraph(view, box, words, {view.fonts.small, 0, Align::left, true});
    }
    draw_corrections(view, incident, box);
}

bool from_paper(const Incident* incident) {
    return incident != nullptr && incident->first_call().channel == Channel::paper;
}

/// The streets to the call, as the crew is told them.
void draw_way(const View& view, const Incident& incident, const Task* a, Box& box) {
    // The worker finds the way of the first brigade only.
    if (a == nullptr || a != incident.first_brigade_at_work() || a->on_scene_at()) return;
    if (view.advice == nullptr || !view.city.roads) return;
    if (view.advice->streets.empty()) return;
    constexpr std::size_t told_max = 10;  // more does not fit, and nobody keeps it in mind
    constexpr double shortest_m = 50;
    std::string words;
    std::size_t told = 0;
    for (const Advice::Street& street : view.advice->streets) {
        if (!words.empty()) words += " → ";
        if (++told > told_max) {
            words += "…";
            break;
        }
        const std::string_view name =
            street.name != 0 ? name_in(view.city.roads->names[street.name], view.tr.language())
                             : view.tr("course.nameless");
        words += name;
        if (street.metres >= shortest_m) words += " " + view.tr.number(kilometres(street.metres));
    }
    box.cut_top(5 * view.unit);
    text(view, box.cut_top(line_height(view)), view.tr("course.way"), {view.fonts.bold});
    paragraph(view, box, words, {view.fonts.small, 0, Align::left, true});
}

void status_key_row(const View& view, UiState& ui, Commands& commands, const Brigade& brigade,
                    Box box) {
    const float width = box.width() / 4 - 4 * view.unit;
    const float height = std::ceil(25 * view.unit);
    for (std::size_t i = 0; i < status_keys.size(); i += 4) {
        Box line = box.cut_top(height);
        box.cut_top(3 * view.unit);
        for (std::size_t k = i; k < i + 4; ++k) {
            const BrigadeStatus status = status_keys[k];
            const Box key = line.cut_left(width);
            line.cut_left(4 * view.unit);
            const bool now = brigade.status == status;
            fill(key, now ? view.theme.chosen : view.theme.raised);
            frame(key, view.theme.line);
            Box inner = key.inset(5 * view.unit, 0);
            text(view, inner.cut_left(14 * view.unit), std::to_string(k + 1), {view.fonts.bold});
            text(view, inner, view.tr.of("status_key", status), {view.fonts.small});
            if (clicked(view, key, std::string{"status:"}.append(name_of(status)))) {
                report_status(view, ui, commands, brigade.id, status);
            }
        }
    }
}

/// The brigade that the keys act on: the one chosen while it serves the call, else the first that
/// does. Before anyone and after all, nullptr.
const Task* chosen_service(UiState& ui, const Incident& incident) {
    if (const Task* a = serving(incident, ui.course.brigade)) return a;
    const auto now = serving_now(incident);
    ui.course.brigade = now.empty() ? BrigadeId{} : *now.front()->brigade;
    return now.empty() ? nullptr : now.front();
}

void choose_next(UiState& ui, const Incident& incident, int by) {
    const auto now = serving_now(incident);
    if (now.size() < 2) return;
    std::size_t at = 0;
    while (at + 1 < now.size() && now[at]->brigade != ui.course.brigade) ++at;
    const std::size_t step = by > 0 ? 1 : now.size() - 1;
    ui.course.brigade = *now[(at + step) % now.size()]->brigade;
}

/// Tab and arrows choose the brigade; they come before the keys that act on it.
void choosing_keys(UiState& ui, const Incident& incident) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::course);
    while (pressed.take(Key::tab) || pressed.take(Key::right) || pressed.take(Key::down)) {
        choose_next(ui, incident, 1);
    }
    while (pressed.take(Key::tab, shift) || pressed.take(Key::left) || pressed.take(Key::up)) {
        choose_next(ui, incident, -1);
    }
}

/// One line a brigade at work: number, status, since when; the chosen one is framed.
void draw_brigades(const View& view, UiState& ui, const Incident& incident, Box& box) {
    const bool focused = ui.keyboard.owner() == KeyOwner::course;
    const auto now = serving_now(incident);
    if (now.size() < 2) return;
    for (const Task* a : now) {
        const Brigade* brigade = view.room.state.brigades.find(*a->brigade);
        if (brigade == nullptr) continue;
        Box line = box.cut_top(std::ceil(23 * view.unit));
        const bool chosen = a->brigade == ui.course.brigade;
        fill(line, chosen ? view.theme.chosen : view.theme.raised);
        frame(line, chosen && focused ? view.theme.focus : view.theme.line, chosen ? 2 : 1);
        if (clicked(view, line, "serving:" + brigade->name)) {
            ui.course.brigade = *a->brigade;
            ui.area = Area::card;
        }
        line = line.inset(6 * view.unit, 0);
        text(view, line.cut_left(60 * view.unit), brigade->name,
             {chosen ? view.fonts.bold : view.fonts.text, 0, Align::left, true});
        text(view, line.cut_right(60 * view.unit),
             clock_text((view.now - brigade->status_at).count()),
             {view.fonts.text, 0, Align::right});
        text(view, line, view.tr.of("status", brigade->status), {nullptr, 0, Align::left, true});
    }
    box.cut_top(4 * view.unit);
}

/// What comes next by itself; nothing where a person must choose (from the scene to a hospital, or
/// free), and nothing before the crew has confirmed: the Enter that sent may come twice.
std::optional<BrigadeStatus> next_status(BrigadeStatus now) {
    switch (now) {
        case BrigadeStatus::accepted: return BrigadeStatus::departed;
        case BrigadeStatus::departed: return BrigadeStatus::on_scene;
        case BrigadeStatus::transporting: return BrigadeStatus::at_hospital;
        case BrigadeStatus::at_hospital: return BrigadeStatus::handed_over;
        case BrigadeStatus::handed_over: return BrigadeStatus::returning;
        default: return std::nullopt;
    }
}

/// What can be done with the chosen brigade, each with its key; keys act only while this is drawn.
void draw_service_acts(const View& view, UiState& ui, Commands& commands,
                       const Incident& incident, const Brigade& brigade, Box box) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::course);
    Box title = box.cut_top(std::ceil(22 * view.unit));
    text(view, title, view.tr("course.status_of", {brigade.name}),
         {view.fonts.small, view.theme.dim});
    const auto next = next_status(brigade.status);
    if (next) {
        const std::string words = view.tr("course.enter", {view.tr.of("status_key", *next)});
        const float width = text_width(view, words, view.fonts.small) + 2;
        text(view, title.cut_right(std::min(width, title.width() / 2)), words,
             {view.fonts.small, 0, Align::right, true});
        if (pressed.take_enter()) report_status(view, ui, commands, brigade.id, *next);
    }
    const int digit = pressed.take_digit();
    if (digit >= 1 && digit <= static_cast<int>(status_keys.size())) {
        report_status(view, ui, commands, brigade.id,
                      status_keys[static_cast<std::size_t>(digit - 1)]);
    }
    if (pressed.take(Key::r)) {
        ask_course(ui, CourseAsk::release, incident.id, brigade.id);
    }
    status_key_row(view, ui, commands, brigade, box);
}

/// What can be done with a call that a polyclinic has.
void draw_polyclinic_acts(const View& view, UiState& ui, Commands& commands,
                          const Incident& incident, Box box) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::course);
    Box line = box.cut_top(std::ceil(27 * view.unit));
    const auto act = [&](std::string_view words_key, std::string_view sign, Key key) {
        const std::string_view words = view.tr(words_key);
        const bool hit = button(view, line.cut_left(button_width(view, words, sign)), words, sign);
        line.cut_left(6 * view.unit);
        return pressed.take(key) || hit;
    };
    const Task& task = *incident.polyclinic_at_work();
    const auto report = [&](TaskStep step) {
        commands.give(ReportTask{incident.id, task.id, step, {}, {}}, ui.seat);
    };
    if (!task.accepted_at()) {
        if (act("course.accept", "A", Key::a)) {
            commands.give(AcceptByPolyclinic{incident.id, {}}, ui.seat);
        }
    } else {
        // The steps of a team that is not on the room's roster; one that is reports its statuses.
        if (!task.departed_at() && act("course.polyclinic_went", "G", Key::g)) {
            report(TaskStep::under_way);
        }
        if (!task.on_scene_at() && act("course.polyclinic_there", "S", Key::s)) {
            report(TaskStep::on_scene);
        }
        if (act("course.polyclinic_done", "D", Key::d)) report(TaskStep::done);
    }
    if (act("course.return", "V", Key::v)) {
        ask_course(ui, CourseAsk::polyclinic_return, incident.id, {});
    }
}

}  // namespace

void report_status(const View& view, UiState& ui, Commands& commands, BrigadeId id,
                   BrigadeStatus status) {
    const Brigade* brigade = view.room.state.brigades.find(id);
    if (brigade == nullptr) return;
    if (brigade->incident && from_paper(view.room.state.open.find(*brigade->incident))) {
        ask_paper_time_of(view, ui, *brigade, status);
        return;
    }
    if (status == BrigadeStatus::transporting && brigade->incident) {
        ask_course(ui, CourseAsk::hospital, *brigade->incident, id);
        return;
    }
    ReportStatus command;
    command.brigade = id;
    command.status = status;
    command.task = task_of(view, *brigade);
    commands.give(std::move(command), ui.seat);
}

void draw_course(const View& view, UiState& ui, Commands& commands, const Box& given) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return;
    choosing_keys(ui, *incident);
    const Task* service = chosen_service(ui, *incident);
    const Brigade* brigade = service ? view.room.state.brigades.find(*service->brigade) : nullptr;
    Box box = given.inset(9 * view.unit, 6 * view.unit);
    Box bottom = box.cut_bottom(std::ceil(82 * view.unit));
    // While a question stands open the actions are not drawn, and so have no keys.
    if (draw_course_ask(view, ui, commands, box)) return;
    if (service != nullptr && at_the_door(view, *service)) {
        draw_zone(view, ui, commands, *incident, *service,
                  box.cut_bottom(std::ceil(34 * view.unit)));
    }
    draw_brigades(view, ui, *incident, box);
    Box left = box.cut_left(std::floor(box.width() * 0.42F));
    box.cut_left(8 * view.unit);
    draw_correct_act(view, ui, *incident, left.cut_bottom(std::ceil(26 * view.unit)));
    const Task* told = service != nullptr ? service : last_service(*incident);
    draw_times(view, *incident, told, left);
    draw_caller(view, *incident, box);
    draw_beside(view, *incident, service, box);
    draw_history(view, *incident, box);
    draw_way(view, *incident, service, box);
    if (brigade != nullptr) {
        draw_service_acts(view, ui, commands, *incident, *brigade, bottom);
    } else if (at_polyclinic(*incident)) {
        draw_polyclinic_acts(view, ui, commands, *incident, bottom);
    } else if (incident->open()) {
        paragraph(view, bottom, view.tr("course.nobody_sent"), {nullptr, view.theme.dim});
    }
}

}  // namespace jedel::console
