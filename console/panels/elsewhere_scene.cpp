// Danger and police (D6), medical aviation (D14), who rides along (D8), refusals.

#include <algorithm>
#include <array>

#include "console/panels/describe.h"
#include "console/panels/elsewhere_parts.h"
#include "console/reading.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr std::array<const char*, 8> danger_kinds{"weapon", "violence", "drunk",    "psychosis",
                                                  "dog",    "crowd",    "fire_gas", "infection"};
constexpr double same_place_m = 50;

/// The nearest police department of the city.
std::optional<OrganisationId> nearest_police(const View& view, const Incident& incident) {
    const auto place = incident.place();
    const Organisation* best = nullptr;
    for (const Organisation& o : view.city.organisations.all) {
        if (o.kind != OrganisationKind::police) continue;
        const bool nearer = best == nullptr || (place && distance_m(o.place, *place) <
                                                             distance_m(best->place, *place));
        if (nearer) best = &o;
    }
    return best != nullptr ? std::optional{best->id} : std::nullopt;
}

/// What was met at this place before, with its age and who said so.
void draw_known(const View& view, const Incident& incident, Box& box) {
    const auto place = incident.place();
    if (!place) return;
    for (const PlaceDanger& known : view.room.state.place_dangers) {
        if (known.incident == incident.id ||
            distance_m({known.lat, known.lon}, *place) > same_place_m) {
            continue;
        }
        paragraph(view, box,
                  view.tr("danger.known", {danger_text(view, known.kinds),
                                           duration_text(view, (view.now - known.at).count()),
                                           view.tr.of("source", known.source)}),
                  {view.fonts.bold, view.theme.alarm, Align::left, true});
    }
}

const Task* active_service(const Incident& incident, Resource resource) {
    for (const Task& task : incident.tasks) {
        if (task.resource == resource && task.active()) return &task;
    }
    return nullptr;
}

std::optional<TaskStep> next_step(TaskStep now) {
    switch (now) {
        case TaskStep::sent: return TaskStep::accepted;
        case TaskStep::accepted: return TaskStep::under_way;
        case TaskStep::under_way: return TaskStep::on_scene;
        default: return TaskStep::done;
    }
}

}  // namespace

bool draw_service(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                  Resource resource, Box& box) {
    const Task* task = active_service(incident, resource);
    if (task == nullptr) return false;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::elsewhere);
    const TaskMark& mark = task->history.back();
    std::string words{view.tr.of("resource", resource)};
    if (task->organisation) {
        words += " · ";
        words += organisation_name(view, task->organisation);
    }
    words += " · " + std::string{view.tr.of("step", mark.step)} + " " +
             time_of_day(mark.at, view.utc_offset_minutes);
    Box line = box.cut_top(std::ceil(26 * view.unit));
    const auto next = next_step(mark.step);
    const std::string_view next_words = view.tr.of("step", *next);
    const bool go = button(view, line.cut_right(button_width(view, next_words, "P")), next_words,
                           "P");
    line.x1 -= 6 * view.unit;
    text(view, line, words, {view.fonts.bold, 0, Align::left, true});
    if (pressed.take(Key::p) || go) {
        commands.give(ReportTask{incident.id, task->id, *next, {}, {}}, ui.seat);
    }
    if (pressed.take(Key::q)) {
        commands.give(ReportTask{incident.id, task->id, TaskStep::returned, "called_off", {}},
                      ui.seat);
    }
    return true;
}

void draw_danger(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                 Box box) {
    draw_known(view, incident, box);
    const bool holds = incident.danger && incident.danger->holds();
    if (holds) {
        paragraph(view, box,
                  view.tr("course.danger", {danger_text(view, incident.danger->kinds),
                                            view.tr.of("source", incident.danger->source)}),
                  {view.fonts.bold, view.theme.alarm, Align::left, true});
    }
    draw_service(view, ui, commands, incident, Resource::police, box);
    Box hint = box.cut_bottom(std::ceil(36 * view.unit));
    std::vector<SectionRow> rows;
    for (const char* kind : danger_kinds) {
        const bool said = holds && std::find(incident.danger->kinds.begin(),
                                             incident.danger->kinds.end(),
                                             kind) != incident.danger->kinds.end();
        rows.push_back({std::string{view.tr(std::string{"danger."} + kind)}, {}, said, false});
    }
    const int taken = choose_row(view, ui, box, rows);
    if (taken >= 0 && !rows[static_cast<std::size_t>(taken)].done) {
        RecordDanger command;
        command.incident = incident.id;
        if (holds) command.kinds = incident.danger->kinds;
        command.kinds.emplace_back(danger_kinds[static_cast<std::size_t>(taken)]);
        // Said by the crew once one is there, before by whoever calls.
        const Task* service = last_service(incident);
        command.source =
            service != nullptr && service->on_scene_at() ? Source::brigade : Source::caller;
        command.police = nearest_police(view, incident);
        commands.give(std::move(command), ui.seat);
    }
    if (ui.keyboard.of(KeyOwner::elsewhere).take(Key::o) && holds) {
        RecordDanger command;
        command.incident = incident.id;
        command.lift = true;
        commands.give(std::move(command), ui.seat);
    }
    paragraph(view, hint, view.tr("danger.hint"), {view.fonts.small, view.theme.dim});
}

void draw_aviation(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                   Box box) {
    const bool asked =
        draw_service(view, ui, commands, incident, Resource::medical_aviation, box);
    Box hint = box.cut_bottom(std::ceil(20 * view.unit));
    std::vector<SectionRow> rows;
    const Task* task = active_service(incident, Resource::medical_aviation);
    for (const AviationGround& ground : view.tables.elsewhere.aviation) {
        const auto age = incident.first_patient().age_years;
        std::string right{view.tr(ground.aircraft ? "aviation.by_air" : "aviation.by_ground")};
        right += " · ";
        right += may_ride_along(ground, age) ? view.tr.of("rides_along", ground.rides_along)
                                             : view.tr("rides_along.none");
        right += " · " + ground.source;
        rows.push_back({std::string{view.tr("aviation." + ground.id)}, std::move(right),
                        task != nullptr && task->purpose == ground.id, false});
    }
    const int taken = choose_row(view, ui, box, rows);
    if (taken >= 0 && !asked) {
        RequestService command;
        command.incident = incident.id;
        command.resource = Resource::medical_aviation;
        command.purpose = view.tables.elsewhere.aviation[static_cast<std::size_t>(taken)].id;
        commands.give(std::move(command), ui.seat);
    }
    text(view, hint, view.tr("aviation.hint"), {view.fonts.small, view.theme.dim});
}

void draw_companion(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                    Box box) {
    const Task* service = serving(incident, ui.course.brigade);
    if (service == nullptr) service = incident.first_brigade_at_work();
    if (service == nullptr) {
        paragraph(view, box, view.tr("companion.nobody"), {nullptr, view.theme.dim});
        return;
    }
    Box hint = box.cut_bottom(std::ceil(20 * view.unit));
    std::vector<SectionRow> rows;
    for (int i = 0; i < static_cast<int>(EnumNames<Companion>::names.size()); ++i) {
        const auto who = static_cast<Companion>(i);
        rows.push_back({std::string{view.tr.of("companion", who)}, {}, who == service->companion,
                        false});
    }
    const int taken = choose_row(view, ui, box, rows);
    if (taken >= 0) {
        RecordCompanion command;
        command.incident = incident.id;
        command.brigade = *service->brigade;
        command.who = static_cast<Companion>(taken);
        // The one who rode first is on the screen: whoever is chosen now takes his place.
        command.instead = service->companion != Companion::none;
        commands.give(std::move(command), ui.seat);
    }
    text(view, hint, view.tr("companion.hint"), {view.fonts.small, view.theme.dim});
}

void draw_refusal(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                  Box box) {
    ElsewhereState& e = ui.elsewhere;
    const auto& told = incident.first_patient().refusal;
    if (told) {
        paragraph(view, box,
                  view.tr("refusal_panel.told", {view.tr.of("refused", told->what),
                                                 view.tr.of("mark", told->mark),
                                                 view.tr.of("capacity", told->capacity)}),
                  {view.fonts.bold, 0, Align::left, true});
    }
    constexpr std::array<std::string_view, 3> titles{"refusal_panel.what", "refusal_panel.mark",
                                                     "refusal_panel.capacity"};
    text(view, box.cut_top(line_height(view)), view.tr(titles[static_cast<std::size_t>(e.step)]),
         {view.fonts.bold});
    std::vector<SectionRow> rows;
    for (int i = 0; i < 3; ++i) {
        const std::string_view words = e.step == 0 ? view.tr.of("refused", static_cast<Refused>(i))
                                       : e.step == 1
                                           ? view.tr.of("mark", static_cast<SignatureMark>(i + 1))
                                           : view.tr.of("capacity", static_cast<Capacity>(i + 1));
        rows.push_back({std::string{words}, {}, false, false});
    }
    const int taken = choose_row(view, ui, box, rows);
    if (taken < 0) return;
    e.choice = 0;
    if (e.step == 0) e.refused = static_cast<Refused>(taken);
    if (e.step == 1) e.mark = static_cast<SignatureMark>(taken + 1);
    if (e.step < 2) {
        ++e.step;
        return;
    }
    RecordHelpRefusal command;
    command.incident = incident.id;
    command.patient = incident.first_patient().id;
    command.what = e.refused;
    command.mark = e.mark;
    command.capacity = static_cast<Capacity>(taken + 1);
    commands.give(std::move(command), ui.seat);
    e.step = 0;
    if (std::exchange(e.to_outcome, false)) ui.page = Page::outcome;
}

}  // namespace jedel::console
