// The paper pack: what the room goes on with when the program is gone.

#include <algorithm>

#include "dispatch/papers/layout.h"
#include "dispatch/papers/parts.h"

namespace jedel::papers {

namespace {

/// The most urgent first, then the oldest; unknown is not last: it stands with the most urgent.
std::vector<const Incident*> open_in_order(const State& state) {
    std::vector<const Incident*> out;
    for (const auto& row : state.open.rows()) out.push_back(row.get());
    const auto rank = [](const Incident* i) {
        return i->working_category() == Category::none ? Category::u1 : i->working_category();
    };
    std::sort(out.begin(), out.end(), [&](const Incident* a, const Incident* b) {
        return std::tuple{rank(a), a->received_at, a->id} <
               std::tuple{rank(b), b->received_at, b->id};
    });
    return out;
}

std::string course_of(const Words& words, const Incident& incident) {
    std::vector<std::string> out;
    for (const Task& task : incident.tasks) {
        if (!task.active()) continue;
        std::string who = words.code("resource", std::string{name_of(task.resource)});
        if (task.of_brigade()) who = words.brigade(task.brigade);
        else if (task.organisation) who += " " + words.organisation(task.organisation);
        const TaskStep step = task.last_step();
        out.push_back(who + ": " + words.code("step", std::string{name_of(step)}) + " " +
                      words.clock(task.time_of(step)));
    }
    return out.empty() ? words("form.nobody_sent") : joined(out, "\n");
}

void add_open(Paper& paper, const Words& words) {
    const auto open = open_in_order(words.room().state);
    paper.heading(words.room().texts("form.open_calls", {std::to_string(open.size())}));
    if (open.empty()) {
        paper.text(words("form.no_calls"));
        return;
    }
    Grid grid{{{words("form.short_number"), 0.6},
               {words("form.received_short"), 1.1},
               {words("form.category"), 1},
               {words("field.address"), 2.2},
               {words("field.phone"), 1.2},
               {words("form.patient"), 1.6},
               {words("form.words"), 2.4},
               {words("form.brigade"), 1.9}},
              {},
              0};
    for (const Incident* incident : open) {
        std::vector<std::string> who;
        for (const Patient& patient : incident->patients) who.push_back(words.who(patient));
        const std::string directions =
            words.person(incident->place_person, &PersonalRecord::directions);
        std::string place = words.address(*incident);
        if (directions != words.unknown()) place += "\n" + directions;
        if (incident->place()) place += "\n" + words.coordinates(*incident);
        std::string what = words.words(*incident);
        if (incident->danger && incident->danger->holds()) {
            what += "\n! " + words("form.danger") + ": " +
                    words.codes("danger", incident->danger->kinds);
        }
        grid.rows.push_back({std::to_string(incident->day_number),
                             words.clock(incident->received_at), words.category_of(*incident),
                             place, words.phones(*incident), joined(who, "\n"), what,
                             course_of(words, *incident)});
    }
    paper.grid(std::move(grid));
}

void add_brigades(Paper& paper, const Words& words) {
    const State& state = words.room().state;
    paper.heading(words.room().texts("form.brigades", {std::to_string(state.brigades.size())}));
    Grid grid{{{words("form.brigade"), 1.8},
               {words("form.base"), 2},
               {words("form.status"), 1.6},
               {words("form.since"), 1.1},
               {words("form.call"), 0.8},
               {words("form.shift_end"), 1.1},
               {words("form.notes"), 1.6}},
              {},
              0};
    for (const auto& row : state.brigades.rows()) {
        const Brigade& b = *row;
        const Incident* at = b.incident ? state.incident(*b.incident) : nullptr;
        grid.rows.push_back({words.brigade(b.id), words.organisation(b.base),
                             words.code("status", std::string{name_of(b.status)}),
                             b.status == BrigadeStatus::unknown ? words.unknown()
                                                                : words.clock(b.status_at),
                             at != nullptr ? std::to_string(at->day_number) : "—",
                             b.shift_end ? words.clock(b.shift_end) : words.unknown(),
                             std::string{}});
    }
    if (grid.rows.empty()) paper.text(words("form.no_brigades"));
    else paper.grid(std::move(grid));
}

std::string numbers_of(const Words& words, OrganisationId id) {
    std::vector<std::string> out;
    for (const Telephone& t : words.room().settings.telephones) {
        if (t.organisation == id) out.push_back(t.number);
    }
    return out.empty() ? words("form.no_telephone") : joined(out, ", ");
}

void add_telephones(Paper& paper, const Words& words) {
    const Room& room = words.room();
    paper.heading(words("form.telephones"));
    Grid grid{{{words("form.service"), 3},
               {words("form.telephone"), 1.5},
               {words("form.notes"), 2}},
              {},
              4};
    for (const Telephone& t : room.settings.telephones) {
        if (!t.organisation) grid.rows.push_back({room.texts.of(t.name), t.number, {}});
    }
    for (const Organisation& one : room.organisations.all) {
        if (one.kind == OrganisationKind::hospital) continue;  // stand with their own table
        grid.rows.push_back({room.texts.of(one), numbers_of(words, one.id), {}});
    }
    paper.grid(std::move(grid));
}

void add_hospitals(Paper& paper, const Words& words) {
    const Room& room = words.room();
    paper.heading(words("form.hospitals"));
    Grid grid{{{words("form.organisation"), 2.4},
               {words("form.profiles"), 2},
               {words("form.announced"), 2},
               {words("form.telephone"), 1.4},
               {words("form.notes"), 1.6}},
              {},
              0};
    for (const Organisation& one : room.organisations.all) {
        if (one.kind != OrganisationKind::hospital) continue;
        const HospitalNow* now = room.state.hospitals.find(one.id);
        std::string said = words("form.not_recorded");
        if (now != nullptr) {
            said = words.code("hospital_state", std::string{name_of(now->state)});
            if (now->until) said += ", " + room.texts("hospital.until", {words.clock(now->until)});
            if (now->beds) said += ", " + room.texts("hospital.beds", {std::to_string(*now->beds)});
            if (!now->words.empty()) said += ", " + now->words;
            said += " (" + words.clock(now->at) + ")";
        }
        grid.rows.push_back({room.texts.of(one),
                             one.profiles.empty() ? words.unknown()
                                                  : words.codes("form.profile", one.profiles),
                             said, numbers_of(words, one.id), std::string{}});
    }
    if (grid.rows.empty()) paper.text(words("form.no_hospitals"));
    else paper.grid(std::move(grid));
}

}  // namespace

std::vector<Paper> paper_pack(const Room& room) {
    const Words words{room};
    Paper lists = words.paper(PaperKind::shift_log, nullptr);
    lists.form.clear();
    lists.title = room.texts("form.pack_title", {words.time(room.now)});
    lists.mark = lists.title;
    lists.landscape = true;
    lists.text(words("form.pack_hint"));
    add_open(lists, words);
    add_brigades(lists, words);
    add_hospitals(lists, words);
    add_telephones(lists, words);
    std::vector<Paper> out{std::move(lists)};
    for (int i = 0; i < room.settings.blank_cards; ++i) out.push_back(call_card(room, nullptr));
    return out;
}

Result<std::string> pdf_of(const Room& room, const std::vector<Paper>& papers) {
    const Words words{room};
    const std::string foot = room.texts("form.made", {words.time(room.now)});
    const auto pages = lay_out(papers, foot, room.texts("form.page_of"));
    const std::string title = papers.empty() ? std::string{} : papers.front().title;
    return to_pdf(pages, title, room.now);
}

}  // namespace jedel::papers
