// The call card: everything the room knows of a call, and what the crew writes.

#include <algorithm>

#include "dispatch/papers/parts.h"

namespace jedel::papers {

namespace {

constexpr std::size_t brigades_in_a_table = 3;

void add_category(Paper& paper, const Words& words, const Incident& incident) {
    paper.field(words("form.rules"), words.known(words.rules(incident.triage.rules)), true);
    const auto& all = incident.category_changes;
    if (all.empty() || (all.size() == 1 && all[0].reason == OverrideReason::none)) return;
    Grid changes{{{words("form.when"), 1},
                  {words("form.from_to"), 1.6},
                  {words("form.actor"), 1},
                  {words("form.why"), 2.4}},
                 {},
                 0};
    for (const CategoryChange& c : incident.category_changes) {
        const std::string reason =
            c.reason == OverrideReason::none
                ? std::string{}
                : words.code("override", std::string{name_of(c.reason)});
        const std::string why = joined({reason, c.words, words.rules(c.rules)}, "; ");
        changes.rows.push_back({words.clock(c.at),
                                words.category(c.from) + " → " + words.category(c.to),
                                words.known(c.actor), words.known(why)});
    }
    paper.heading(words("course.category_changes"));
    paper.grid(std::move(changes));
}

void add_times(Paper& paper, const Words& words, const Incident* incident) {
    paper.heading(words("form.times"));
    std::vector<const Task*> tasks;
    if (incident != nullptr) {
        for (const Task& task : incident->tasks) {
            if (task.of_brigade()) tasks.push_back(&task);
        }
    }
    if (tasks.empty()) {
        if (incident != nullptr) paper.text(words("form.nobody_sent"));
        Grid blank{{{words("form.time"), 2}, {words("form.brigade"), 1.5}}, {}, 0};
        for (const char* key : {"time.received", "time.handed", "time.departed", "time.on_scene",
                                "time.service_ended", "form.back_at_base", "form.next_call"}) {
            blank.rows.push_back({words(key), incident != nullptr && blank.rows.empty()
                                                  ? words.time(incident->received_at)
                                                  : std::string{}});
        }
        paper.grid(std::move(blank));
        return;
    }
    for (std::size_t first = 0; first < tasks.size(); first += brigades_in_a_table) {
        const std::size_t last = std::min(first + brigades_in_a_table, tasks.size());
        Grid grid{{{words("form.time"), 1.4}}, {}, 0};
        std::size_t rows = 0;
        for (std::size_t t = first; t < last; ++t) {
            grid.columns.push_back({words.brigade(tasks[t]->brigade), 1});
            rows = std::max(rows, times_of(words.room().state, *incident, *tasks[t]).size());
        }
        for (std::size_t r = 0; r < rows; ++r) {
            std::vector<std::string> row;
            for (std::size_t t = first; t < last; ++t) {
                const auto times = times_of(words.room().state, *incident, *tasks[t]);
                if (row.empty()) {
                    row.push_back(words(r < times.size() ? times[r].name : "form.released"));
                }
                row.push_back(r < times.size() ? words.clock(times[r].at)
                                               : words("form.not_recorded"));
            }
            grid.rows.push_back(std::move(row));
        }
        paper.grid(std::move(grid));
    }
}

void add_others(Paper& paper, const Words& words, const Incident& incident) {
    Grid grid{{{words("form.service"), 1.3},
               {words("form.organisation"), 1.6},
               {words("step.sent"), 1},
               {words("step.on_scene"), 1},
               {words("form.result"), 1.5}},
              {},
              0};
    for (const Task& task : incident.tasks) {
        if (task.of_brigade()) continue;
        const TaskMark* end = task.end();
        std::string result = words("form.goes_on");
        if (end != nullptr) {
            result = words.code("step", std::string{name_of(end->step)}) + ", " +
                     words.clock(end->at);
            if (!task.return_reason.empty()) {
                result += ": " + words.code("return", task.return_reason);
            }
        }
        grid.rows.push_back({words.code("resource", std::string{name_of(task.resource)}),
                             words.organisation(task.organisation),
                             words.clock(task.time_of(TaskStep::sent)),
                             words.clock(task.on_scene_at()), result});
    }
    if (grid.rows.empty()) return;
    paper.heading(words("form.other_services"));
    paper.grid(std::move(grid));
}

void add_outcome(Paper& paper, const Words& words, const Incident* incident) {
    paper.heading(words("form.outcome"));
    const Task* task = incident != nullptr ? main_task(*incident) : nullptr;
    const auto put = [&](std::string_view key, std::optional<std::string> value, bool wide) {
        paper.field(words(key), std::move(value), wide);
    };
    const bool blank = incident == nullptr;
    put("form.ending", blank ? std::nullopt : std::optional{words.ending(*incident)}, true);
    put("form.hospital",
        blank ? std::nullopt
              : std::optional{words.organisation(task != nullptr ? task->hospital : std::nullopt)},
        false);
    put("form.zone",
        blank ? std::nullopt
              : std::optional{task != nullptr && task->zone != TriageZone::none
                                  ? words.code("zone", std::string{name_of(task->zone)})
                                  : words.unknown()},
        false);
    put("form.companion",
        blank ? std::nullopt : std::optional{words.companion(task)}, false);
    put("form.closed",
        blank ? std::nullopt : std::optional{incident->closed_at ? words.time(*incident->closed_at)
                                                                 : words("form.open_still")},
        false);
    if (blank) return;
    if (incident->danger && !incident->danger->kinds.empty()) {
        const Danger& danger = *incident->danger;
        std::string text = words.codes("danger", danger.kinds) + " (" +
                           words.code("source", std::string{name_of(danger.source)}) + ", " +
                           words.clock(danger.at) + ")";
        if (danger.lifted_at) {
            text += "; " + words("form.lifted") + " " + words.clock(danger.lifted_at);
        }
        put("form.danger", text, true);
    }
    std::vector<std::string> advised;
    for (const AdviceRecord& advice : incident->advice) {
        advised.push_back(words.clock(advice.at) + ": " + words.codes("advice_name", advice.items));
    }
    if (!advised.empty()) put("form.advised", joined(advised, "\n"), true);
}

}  // namespace

Paper call_card(const Room& room, const Incident* incident) {
    const Words words{room};
    Paper paper = words.paper(PaperKind::call_card, incident);
    add_call(paper, words, incident);
    if (incident != nullptr) add_category(paper, words, *incident);
    std::size_t number = 0;
    const auto patient_part = [&](const Patient* patient) {
        ++number;
        const bool several = incident != nullptr && incident->patients.size() > 1;
        paper.heading(several ? room.texts("form.patient_no", {std::to_string(number)})
                              : words("form.patient"));
        add_patient(paper, words, incident, patient);
        add_findings(paper, words, patient);
        if (patient == nullptr || !patient->refusal) return;
        const HelpRefusal& refusal = *patient->refusal;
        paper.field(words("form.refused"),
                    joined({words.code("refused", std::string{name_of(refusal.what)}),
                            words.code("mark", std::string{name_of(refusal.mark)}),
                            words.code("capacity", std::string{name_of(refusal.capacity)}),
                            words.clock(refusal.at)},
                           "; "),
                    true);
    };
    if (incident == nullptr) patient_part(nullptr);
    else for (const Patient& patient : incident->patients) patient_part(&patient);
    add_times(paper, words, incident);
    if (incident != nullptr) add_others(paper, words, *incident);
    add_outcome(paper, words, incident);
    add_clinical(paper, words, 3);
    add_signatures(paper, words, {"form.sign_dispatcher", "form.sign_crew"});
    return paper;
}

}  // namespace jedel::papers
