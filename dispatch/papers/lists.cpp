// Lists of a shift: active visits, the log of calls.

#include <algorithm>
#include <array>
#include <map>

#include "dispatch/core/incidents/clocks.h"
#include "dispatch/core/incidents/received.h"
#include "dispatch/papers/parts.h"

namespace jedel::papers {

namespace {

/// Says what the room may not have at hand any more.
void add_span(Paper& paper, const Words& words, const Span& span) {
    const Room& room = words.room();
    paper.text(room.texts("form.span", {words.time(span.from), words.time(span.until)}));
    const State& state = room.state;
    if (state.closed_total <= state.recent.size()) return;
    Instant oldest = room.now;
    for (const auto& row : state.recent.rows()) {
        oldest = std::min(oldest, row->closed_at.value_or(oldest));
    }
    if (span.from < oldest) paper.text(room.texts("form.older_left_out", {words.time(oldest)}));
}

struct Visit {
    const Incident* incident;
    const Patient* patient;
    const FollowUpItem* item;
};

Grid visit_grid(const Words& words, const std::vector<Visit>& list) {
    Grid grid{{{words("form.short_number"), 0.6},
               {words("form.received_short"), 1.1},
               {words("form.patient"), 1.8},
               {words("field.address"), 2.4},
               {words("field.phone"), 1.3},
               {words("form.words"), 2.2},
               {words("form.follow_up"), 1.8},
               {words("form.visit_done"), 1.6}},
              {},
              0};
    for (const Visit& v : list) {
        const std::string directions =
            words.person(v.incident->place_person, &PersonalRecord::directions);
        std::string place = words.address(*v.incident);
        if (directions != words.unknown()) place += "\n" + directions;
        std::string what = words.key_text(v.item->note_key);
        if (what.empty()) what = words.code("follow_up", std::string{name_of(v.item->kind)});
        grid.rows.push_back({std::to_string(v.incident->day_number),
                             words.time(v.incident->received_at), words.who(*v.patient), place,
                             words.phones(*v.incident), words.words(*v.incident), what,
                             std::string{}});
    }
    return grid;
}

}  // namespace

Paper visits(const Room& room, const Span& span) {
    const Words words{room};
    Paper paper = words.paper(PaperKind::visits, nullptr);
    paper.landscape = true;
    add_span(paper, words, span);
    std::map<std::string, std::vector<Visit>> by_polyclinic;
    std::vector<Visit> revisits;
    for (const Incident* incident : received_within(room.state, span.from, span.until)) {
        for (const Patient& patient : incident->patients) {
            for (const FollowUpItem& item : patient.follow_up) {
                if (item.kind == FollowUpKind::ambulance_revisit && !span.organisation) {
                    revisits.push_back({incident, &patient, &item});
                }
                if (item.kind != FollowUpKind::active_visit) continue;
                if (span.organisation && item.organisation != span.organisation) continue;
                by_polyclinic[words.organisation(item.organisation)].push_back(
                    {incident, &patient, &item});
            }
        }
    }
    if (by_polyclinic.empty()) paper.text(words("form.no_visits"));
    for (const auto& [name, list] : by_polyclinic) {
        paper.heading(room.texts("form.visits_of", {name, std::to_string(list.size())}));
        paper.grid(visit_grid(words, list));
    }
    if (!revisits.empty()) {
        paper.heading(words("form.revisits"));
        paper.grid(visit_grid(words, revisits));
    }
    add_signatures(paper, words, {"form.sign_dispatcher", "form.list_taken_by"});
    return paper;
}

Paper shift_log(const Room& room, const Span& span) {
    const Words words{room};
    Paper paper = words.paper(PaperKind::shift_log, nullptr);
    paper.landscape = true;
    add_span(paper, words, span);
    Grid grid{{{words("form.short_number"), 0.6},
               {words("form.received_short"), 1.1},
               {words("form.category"), 0.9},
               {words("field.address"), 2},
               {words("form.words"), 2.4},
               {words("form.patient"), 1.6},
               {words("form.brigade"), 1.2},
               {words("time.handed"), 1},
               {words("time.on_scene"), 1},
               {words("form.ending"), 1.6}},
              {},
              0};
    std::array<int, 5> counts{};
    int late_to_hand = 0, late_to_arrive = 0, still_open = 0;
    for (const Incident* incident : received_within(room.state, span.from, span.until)) {
        const Task* task = main_task(*incident);
        const Task* clinic = incident->last_polyclinic();
        const CallClocks clocks = clocks_of(*incident);
        ++counts[static_cast<std::size_t>(incident->category)];
        late_to_hand += clocks.hand_over.late(room.now) ? 1 : 0;
        late_to_arrive += clocks.arrival.late(room.now) ? 1 : 0;
        still_open += incident->open() ? 1 : 0;
        std::vector<std::string> who;
        for (const Patient& patient : incident->patients) who.push_back(words.who(patient));
        const std::string sent_to = task != nullptr    ? words.brigade(task->brigade)
                                    : clinic != nullptr ? words.organisation(clinic->organisation)
                                                        : words("form.nobody_sent");
        grid.rows.push_back({std::to_string(incident->day_number),
                             words.time(incident->received_at), words.category_of(*incident),
                             words.address(*incident), words.words(*incident), joined(who, "\n"),
                             sent_to, words.clock(clocks.hand_over.stopped),
                             words.clock(clocks.arrival.stopped),
                             incident->open() ? words("form.open_still")
                                              : words.ending(*incident)});
    }
    const std::size_t total = grid.rows.size();
    if (total == 0) paper.text(words("form.no_calls"));
    else paper.grid(std::move(grid));
    paper.heading(words("form.counts"));
    paper.field(words("form.total"), std::to_string(total));
    paper.field(words("form.still_open"), std::to_string(still_open));
    for (std::size_t c = 1; c < counts.size(); ++c) {
        paper.field(words.category(static_cast<Category>(c)), std::to_string(counts[c]));
    }
    paper.field(words("category.none"), std::to_string(counts[0]));
    paper.field(words("form.late_to_hand"), std::to_string(late_to_hand));
    paper.field(words("form.late_to_arrive"), std::to_string(late_to_arrive));
    paper.heading(words("form.by_hand"));
    paper.field(words("form.notes"), std::nullopt, true, 3);
    add_signatures(paper, words, {"form.shift_given_by", "form.shift_taken_by"});
    return paper;
}

}  // namespace jedel::papers
