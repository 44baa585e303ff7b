#include "console/intake.h"

#include <algorithm>

#include "console/category_stop.h"
#include "console/help_card.h"
#include "console/messages.h"
#include "console/reading.h"
#include "console/saving.h"
#include "console/widgets/format.h"
#include "dispatch/core/patients/triage.h"

namespace jedel::console {

namespace {

FindingValue* find_value(std::vector<FindingValue>& list, std::string_view key) {
    const auto it = std::find_if(list.begin(), list.end(),
                                 [&](const FindingValue& v) { return v.finding == key; });
    return it == list.end() ? nullptr : &*it;
}

triage::Patient patient_of(const Draft& draft) {
    return {parse_age(draft.age), draft.sex, parse_whole(draft.weeks)};
}

/// Findings of the words, with what the person made of the same finding before.
void read_marks(const View& view, Draft& draft) {
    if (view.lexicon == nullptr || view.protocol == nullptr) return;
    std::vector<DraftMark> fresh;
    for (triage::Mark& mark : view.lexicon->read(draft.words, patient_of(draft))) {
        DraftMark next{std::move(mark), false, false};
        for (const DraftMark& old : draft.marks) {
            if (old.mark.finding != next.mark.finding || old.mark.value != next.mark.value)
                continue;
            next.confirmed = old.confirmed;
            next.struck = old.struck;
        }
        fresh.push_back(std::move(next));
    }
    draft.marks = std::move(fresh);
}

/// Marks that stand, and answers above them. Of two marks for one finding the wider reading
/// stands, of equal ones "yes": the safe side.
std::vector<FindingValue> findings_of(const View& view, const Draft& draft) {
    std::vector<FindingValue> out;
    if (view.protocol == nullptr) return draft.answers;
    std::vector<int> weights;
    for (const DraftMark& m : draft.marks) {
        if (m.struck) continue;
        const std::string& key = view.protocol->findings()[m.mark.finding].key;
        const Source source = m.confirmed ? Source::dispatcher : Source::caller;
        if (FindingValue* present = find_value(out, key)) {
            int& weight = weights[static_cast<std::size_t>(present - out.data())];
            if (m.mark.weight < weight) continue;
            if (m.mark.weight == weight && present->value == "yes") continue;
            *present = {key, m.mark.value, source};
            weight = m.mark.weight;
        } else {
            out.push_back({key, m.mark.value, source});
            weights.push_back(m.mark.weight);
        }
    }
    for (const FindingValue& answer : draft.answers) {
        if (FindingValue* present = find_value(out, answer.finding)) {
            *present = answer;
        } else {
            out.push_back(answer);
        }
    }
    return out;
}

void open_form(UiState& ui, Commands& commands, ReceiveCall command) {
    save_draft(ui, commands);
    leave_draft(ui);
    ui.intake.draft = Draft{};
    ui.intake.stopped = false;
    ui.course.question = {};
    ui.intake.draft.serial = ui.intake.next_serial++;
    ui.intake.draft.opening = command;
    ui.intake.draft.pending_command = commands.give(std::move(command), ui.seat);
    ui.intake.triage = {};
    ui.selected = {};
    ui.area = Area::card;
    ui.page = Page::intake;
    ui.intake.field = Field::phone;
    ui.focus.moved = true;
    ui.intake.address_open = false;
    ui.help.choice = 0;
    ui.help.linked.clear();
    ui.intake.draft_changed = true;
}

}  // namespace

void begin_paper_call(UiState& ui, Commands& commands, Instant received) {
    ReceiveCall command;
    command.channel = Channel::paper;
    command.received_at = received;
    open_form(ui, commands, std::move(command));
}

void begin_call_as(UiState& ui, Commands& commands, const ReceiveCall& opening) {
    open_form(ui, commands, opening);
}

void begin_call(UiState& ui, Commands& commands) {
    if (take_up_refused(ui, commands)) return;
    open_form(ui, commands, ReceiveCall{});
}

bool discard_untouched(UiState& ui, Commands& commands) {
    Draft& d = ui.intake.draft;
    const bool by_hand = d.opening.channel == Channel::phone_103 ||
                         d.opening.channel == Channel::paper;
    const bool opened_here = !d.pending_command.empty() || d.opened_here;
    const auto empty = [](const std::string& typed) { return typed.empty(); };
    const bool typed = !empty(d.phone) || !empty(d.address) || !empty(d.directions) ||
                       !empty(d.patient_name) || !empty(d.caller_name) || !empty(d.words) ||
                       !empty(d.age) || !empty(d.weeks) || !empty(d.count);
    const bool known = typed || d.place || d.sex != Sex::unknown || !d.answers.empty() ||
                       d.caller != CallerRelation::unknown || !d.sent.empty();
    if (!opened_here || !by_hand || known || d.touched) return false;
    if (d.incident) {
        commands.give(DiscardCall{d.incident}, ui.seat);
    } else {
        ui.intake.to_discard.push_back(d.pending_command);
    }
    d = Draft{};
    ui.intake.triage = {};
    ui.selected = {};
    return true;
}

void adopt_number(UiState& ui, IncidentId incident) {
    ui.intake.draft.opened_here = true;
    ui.intake.draft.incident = incident;
    ui.intake.draft.pending_command.clear();
    ui.selected = incident;
    ui.queue.scroll = true;
}

void load_draft(const View& view, UiState& ui, const Incident& incident) {
    if (ui.intake.draft.incident != incident.id) leave_draft(ui);
    if (take_up_unsaved(ui, incident.id)) return;
    Draft d;
    d.serial = ui.intake.next_serial++;
    d.incident = incident.id;
    const Persons persons = persons_of(PersonalView{&view.room.personal}, incident);
    d.phone = persons.phone();
    d.address = persons.address();
    d.directions = persons.directions();
    d.patient_name = persons.patient_name();
    d.caller_name = persons.caller_name();
    d.words = persons.words();
    const Patient& patient = incident.first_patient();
    if (patient.age_years) {
        d.age = age_text(*patient.age_years,
                         {view.tr("unit.months_short"), view.tr("unit.days_short")});
    }
    if (patient.pregnancy_weeks) d.weeks = std::to_string(*patient.pregnancy_weeks);
    if (incident.patient_count) d.count = std::to_string(*incident.patient_count);
    d.sex = patient.sex;
    d.caller = incident.first_call().caller.value_or(CallerRelation::unknown);
    d.place = incident.place();
    for (const FindingValue& value : patient.findings) {
        if (value.value != "unknown") d.answers.push_back(value);
    }
    std::vector<std::string> unanswered;
    for (const Unanswered& question : patient.unanswered) {
        d.answers.push_back({question.finding, "unknown", Source::caller});
        unanswered.push_back(question.finding);
    }
    read_marks(view, d);
    for (DraftMark& mark : d.marks) {
        const std::string& key = view.protocol->findings()[mark.mark.finding].key;
        const FindingValue* stored = find_value(d.answers, key);
        mark.confirmed = stored != nullptr && stored->source == Source::dispatcher;
        mark.struck = stored == nullptr && !mark.mark.uncertain && !patient.findings.empty();
    }
    const bool same_call = ui.intake.draft.incident == d.incident;
    const Draft& before = ui.intake.draft;
    // What was typed stays as it was typed where it says the same.
    if (same_call && parse_age(before.age) == patient.age_years) d.age = before.age;
    d.saved = {personal_of(d),       d.place,  patient.age_years, d.sex, parse_whole(d.weeks),
               parse_whole(d.count), d.answers, d.caller, std::move(unanswered)};
    if (parse_age(d.age)) d.saved.age_years = parse_age(d.age);
    std::erase_if(d.saved.findings, [](const FindingValue& v) { return v.value == "unknown"; });
    if (same_call) {
        d.place_name = before.place_name;
        d.nearness = before.nearness;
        d.speaks = ui.intake.draft.speaks;
    }
    ui.intake.draft = std::move(d);
    ui.intake.stopped = false;
    // What the other call's words gave may not be saved to this one.
    auto cards = std::move(ui.intake.triage.cards);
    ui.intake.triage = {};
    if (same_call) ui.intake.triage.cards = std::move(cards);
    ui.intake.triage.findings = ui.intake.draft.saved.findings;
    ui.intake.finding_choice = 0;
    if (!same_call) ui.help.choice = 0;
    if (!same_call) ui.help.linked.clear();
    ui.intake.address_open = false;
    ui.intake.draft_changed = true;
}

void refresh_triage(const View& view, UiState& ui) {
    ui.intake.draft_changed = false;
    ++ui.intake.form_changes;
    if (view.protocol == nullptr) return;
    Draft& d = ui.intake.draft;
    read_marks(view, d);
    const triage::Card* first_card =
        ui.intake.triage.cards.empty() ? nullptr : ui.intake.triage.cards.front();
    ui.intake.triage = {};
    ui.intake.triage.findings = findings_of(view, d);
    const Incident* incident = view.room.state.incident(d.incident);
    CallPicture picture{.patient = patient_of(d),
                        .findings = ui.intake.triage.findings,
                        .caller = d.caller,
                        .line_lost = incident != nullptr && incident->caller_lost(),
                        .patients = parse_whole(d.count).value_or(1)};
    if (incident != nullptr) picture.described = incident->patients_described.value_or(1);
    // A value the table does not know (an older protocol) stays on the list, unevaluated.
    const triage::Facts facts = facts_of(*view.protocol, picture);
    ui.intake.triage.evaluation = evaluate_call(*view.protocol, facts, picture);
    ui.intake.triage.others_unknown = picture.others_unknown();
    ui.intake.triage.rules = triage::reasons(*view.protocol, facts, ui.intake.triage.evaluation);
    ui.intake.triage.what_if = triage::what_would_change(*view.protocol, facts, 3);
    ui.intake.triage.urgent_if =
        still_urgent(*view.protocol, facts, ui.intake.triage.evaluation);
    if (!four_is_open(ui.intake.triage)) ui.intake.stopped = false;
    if (view.cards != nullptr) {
        ui.intake.triage.cards = triage::cards_for(*view.protocol, *view.cards, facts);
    }
    ui.intake.triage.facts = facts;
    keep_help(view, ui, first_card);
    // "Doesn't know" is an answer too: what was asked is not asked again.
    std::vector<triage::FindingIndex> asked;
    for (const FindingValue& answer : d.answers) {
        const auto index = view.protocol->find(answer.finding);
        if (!index || (answer.value != "unknown" && counts(answer, d.caller))) continue;
        if (d.speaks == Source::brigade && answer.source != Source::brigade) continue;
        asked.push_back(*index);
    }
    const int hour = to_civil(view.now, view.utc_offset_minutes).hour;
    ui.intake.triage.question =
        triage::lead_interview(*view.protocol, facts,
                               {.unanswered = asked,
                                .local_hour = hour,
                                .patients = picture.patients,
                                .crew = d.speaks == Source::brigade});
    if (ui.intake.stopped) {
        if (const auto next = stopped_question(ui.intake.triage, asked)) {
            ui.intake.triage.question = next;
        }
    }
    const auto shown = static_cast<int>(ui.intake.triage.findings.size());
    ui.intake.finding_choice = std::clamp(ui.intake.finding_choice, 0, std::max(0, shown - 1));
}

void confirm_draft(const View& view, UiState& ui, Commands& commands) {
    Draft& d = ui.intake.draft;
    refresh_triage(view, ui);
    if (!d.incident) {
        d.confirm_wanted = d.active();
        return;
    }
    save_draft(ui, commands);
    d.confirm_wanted = false;
    const Category proposed = ui.intake.triage.evaluation.proposed;
    const Incident* incident = view.room.state.incident(d.incident);
    const Category in_force = incident != nullptr ? incident->category : Category::none;
    if (proposed == Category::none) {
        hint_of_call(view, ui, "message.no_category_yet");
    } else if (proposed != in_force) {
        if (stop_before_four(view, ui)) return;
        SetCategory command;
        command.incident = d.incident;
        command.category = proposed;
        if (d.speaks == Source::brigade) command.reason = OverrideReason::brigade_report;
        commands.give(std::move(command), ui.seat);
    } else if (incident != nullptr && !at_work(*incident)) {
        // Nothing left to take: the next right thing is to send.
        ui.page = Page::send;
        ui.area = Area::card;
        ui.send = {};
    }
}

void answer_question(const View& view, UiState& ui, Commands& commands, triage::Tri answer) {
    if (!ui.intake.triage.question || view.protocol == nullptr || !ui.intake.draft.active()) return;
    const triage::Finding& finding = view.protocol->findings()[ui.intake.triage.question->finding];
    // To "what is the temperature?" neither yes nor no is an answer: the number is not known. It is
    // given in the words.
    const bool yes_or_no = finding.type == triage::FindingType::boolean;
    const std::string value{yes_or_no ? name_of(answer) : name_of(triage::Tri::unknown)};
    if (FindingValue* present = find_value(ui.intake.draft.answers, finding.key)) {
        *present = {finding.key, value, ui.intake.draft.speaks};
    } else {
        ui.intake.draft.answers.push_back({finding.key, value, ui.intake.draft.speaks});
    }
    refresh_triage(view, ui);
    save_draft(ui, commands);
}

void pick_address(const View& view, UiState& ui, Commands& commands, const AddressHit& hit) {
    ui.intake.draft.place = hit.at;
    ui.intake.draft.place_name = view.tr.language() == Language::kk ? hit.label_kk : hit.label_ru;
    ui.intake.draft.nearness = nearness(ui.intake.draft.address, hit);
    ui.intake.draft_changed = true;
    ui.intake.address_open = false;
    ui.intake.address_choice = -1;
    save_draft(ui, commands);
}

void name_place(const View& view, UiState& ui, Commands& commands) {
    Draft& d = ui.intake.draft;
    if (!d.place || !d.place_name.empty() || d.address.empty()) return;
    if (!d.place_asked) {
        d.place_asked = true;
        commands.ask_address(d.address);
        return;
    }
    if (view.addresses == nullptr || view.addresses->query != d.address) return;
    constexpr double same_m = 3;
    for (const AddressHit& hit : view.addresses->hits) {
        if (distance_m(hit.at, *d.place) > same_m) continue;
        d.place_name = view.tr.language() == Language::kk ? hit.label_kk : hit.label_ru;
        d.nearness = nearness(d.address, hit);
        return;
    }
}

void confirm_finding(const View& view, UiState& ui, Commands& commands, std::size_t index) {
    if (index >= ui.intake.triage.findings.size()) return;
    const FindingValue chosen = ui.intake.triage.findings[index];
    const bool brigade = ui.intake.draft.speaks == Source::brigade;
    const Source by = brigade ? Source::brigade : Source::dispatcher;
    bool in_words = false;
    for (DraftMark& m : ui.intake.draft.marks) {
        if (view.protocol->findings()[m.mark.finding].key != chosen.finding) continue;
        m.confirmed = in_words = true;
    }
    if (chosen.value == "unknown") return;
    if (FindingValue* answer = find_value(ui.intake.draft.answers, chosen.finding)) {
        answer->source = by;
    } else if (!in_words) {
        ui.intake.draft.answers.push_back({chosen.finding, chosen.value, by});
    }
    refresh_triage(view, ui);
    save_draft(ui, commands);
}

void strike_finding(const View& view, UiState& ui, Commands& commands, std::size_t index) {
    if (index >= ui.intake.triage.findings.size()) return;
    const std::string key = ui.intake.triage.findings[index].finding;
    std::erase_if(ui.intake.draft.answers, [&](const FindingValue& v) { return v.finding == key; });
    for (DraftMark& m : ui.intake.draft.marks) {
        if (view.protocol->findings()[m.mark.finding].key == key) m.struck = true;
    }
    refresh_triage(view, ui);
    save_draft(ui, commands);
}

}  // namespace jedel::console
