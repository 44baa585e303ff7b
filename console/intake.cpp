#include "console/intake.h"

#include <algorithm>

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

PersonalFields personal_changes(const Draft& d) {
    PersonalFields changed;
    const auto note = [](std::optional<std::string>& field, const std::string& now,
                         const std::optional<std::string>& before) {
        if (now != before.value_or("")) field = now;
    };
    note(changed.phone, d.phone, d.saved.personal.phone);
    note(changed.address, d.address, d.saved.personal.address);
    note(changed.directions, d.directions, d.saved.personal.directions);
    note(changed.patient_name, d.patient_name, d.saved.personal.patient_name);
    note(changed.caller_name, d.caller_name, d.saved.personal.caller_name);
    note(changed.words, d.words, d.saved.personal.words);
    return changed;
}

PersonalFields personal_of(const Draft& d) {
    PersonalFields p;
    p.phone = d.phone;
    p.address = d.address;
    p.directions = d.directions;
    p.patient_name = d.patient_name;
    p.caller_name = d.caller_name;
    p.words = d.words;
    return p;
}

/// Fields of patient and place that differ from what was sent.
bool save_intake(Draft& d, RecordIntake& command) {
    bool changed = false;
    if (d.place && d.place != d.saved.place) {
        command.lat = d.place->lat;
        command.lon = d.place->lon;
        changed = true;
    }
    if (const auto age = parse_age(d.age); age && age != d.saved.age_years) {
        command.age_years = age;
        d.saved.age_years = age;
        changed = true;
    }
    if (d.sex != d.saved.sex) {
        command.sex = d.sex;
        changed = true;
    }
    if (const auto weeks = parse_whole(d.weeks); weeks && weeks != d.saved.weeks) {
        command.pregnancy_weeks = weeks;
        d.saved.weeks = weeks;
        changed = true;
    }
    if (const auto count = parse_whole(d.count); count && count != d.saved.count) {
        command.patient_count = count;
        d.saved.count = count;
        changed = true;
    }
    if (d.caller != d.saved.caller) {
        command.caller = d.caller;
        d.saved.caller = d.caller;
        changed = true;
    }
    command.personal = personal_changes(d);
    return changed || command.personal.any();
}

void save_findings(Draft& d, const std::vector<FindingValue>& now, UiState& ui,
                   Commands& commands) {
    std::vector<FindingValue> changes;
    for (const FindingValue& value : now) {
        const FindingValue* before = find_value(d.saved.findings, value.finding);
        const bool nothing_known =
            before == nullptr && value.value == "unknown" && value.source != Source::dispatcher;
        if (nothing_known || (before != nullptr && *before == value)) continue;
        changes.push_back(value);
    }
    auto present = now;
    for (const FindingValue& before : d.saved.findings) {
        if (find_value(present, before.finding) == nullptr && before.value != "unknown") {
            changes.push_back({before.finding, "unknown", Source::dispatcher});
        }
    }
    if (changes.empty()) return;
    commands.give(RecordFindings{d.incident, std::move(changes)}, ui.seat);
    d.saved.findings = now;
}

/// Questions the caller could not answer, and those that may be asked again.
void save_unanswered(Draft& d, UiState& ui, Commands& commands) {
    std::vector<std::string> now, fresh, again;
    for (const FindingValue& answer : d.answers) {
        if (answer.value == "unknown") now.push_back(answer.finding);
    }
    const auto has = [](const std::vector<std::string>& list, const std::string& key) {
        return std::find(list.begin(), list.end(), key) != list.end();
    };
    for (const std::string& key : now) {
        if (!has(d.saved.unanswered, key)) fresh.push_back(key);
    }
    for (const std::string& key : d.saved.unanswered) {
        // An answer ends it by itself.
        if (!has(now, key) && find_value(d.answers, key) == nullptr) again.push_back(key);
    }
    d.saved.unanswered = std::move(now);
    if (!fresh.empty()) commands.give(RecordUnanswered{d.incident, std::move(fresh)}, ui.seat);
    if (!again.empty()) {
        commands.give(RecordUnanswered{d.incident, std::move(again), true}, ui.seat);
    }
}

void open_form(UiState& ui, Commands& commands, ReceiveCall command) {
    save_draft(ui, commands);
    ui.intake.draft = Draft{};
    ui.course.question = {};
    ui.intake.draft.serial = ui.intake.next_serial++;
    ui.intake.draft.pending_command = commands.give(std::move(command), ui.seat);
    ui.intake.triage = {};
    ui.selected = {};
    ui.area = Area::card;
    ui.page = Page::intake;
    ui.intake.field = Field::phone;
    ui.focus.moved = true;
    ui.intake.address_open = false;
    ui.help.choice = 0;
    ui.intake.draft_changed = true;
}

}  // namespace

void begin_paper_call(UiState& ui, Commands& commands, Instant received) {
    ReceiveCall command;
    command.channel = Channel::paper;
    command.received_at = received;
    open_form(ui, commands, std::move(command));
}

void begin_call(UiState& ui, Commands& commands) { open_form(ui, commands, ReceiveCall{}); }

void adopt_number(UiState& ui, IncidentId incident) {
    ui.intake.draft.incident = incident;
    ui.intake.draft.pending_command.clear();
    ui.selected = incident;
    ui.queue.scroll = true;
}

void load_draft(const View& view, UiState& ui, const Incident& incident) {
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
    if (patient.age_years) d.age = age_text(*patient.age_years, view.tr("unit.months_short"));
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
    d.saved = {personal_of(d),       d.place,  parse_age(d.age), d.sex, parse_whole(d.weeks),
               parse_whole(d.count), d.answers, d.caller, std::move(unanswered)};
    std::erase_if(d.saved.findings, [](const FindingValue& v) { return v.value == "unknown"; });
    const bool same_call = ui.intake.draft.incident == d.incident;
    if (same_call) {
        d.place_name = ui.intake.draft.place_name;
        d.speaks = ui.intake.draft.speaks;
    }
    ui.intake.draft = std::move(d);
    // What the other call's words gave may not be saved to this one.
    ui.intake.triage = {};
    ui.intake.triage.findings = ui.intake.draft.saved.findings;
    ui.intake.finding_choice = 0;
    if (!same_call) ui.help.choice = 0;
    ui.intake.address_open = false;
    ui.intake.draft_changed = true;
}

void refresh_triage(const View& view, UiState& ui) {
    ui.intake.draft_changed = false;
    ++ui.intake.form_changes;
    if (view.protocol == nullptr) return;
    Draft& d = ui.intake.draft;
    read_marks(view, d);
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
    if (view.cards != nullptr) {
        ui.intake.triage.cards = triage::cards_for(*view.protocol, *view.cards, facts);
    }
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
    const auto shown = static_cast<int>(ui.intake.triage.findings.size());
    ui.intake.finding_choice = std::clamp(ui.intake.finding_choice, 0, std::max(0, shown - 1));
}

void save_draft(UiState& ui, Commands& commands) {
    Draft& d = ui.intake.draft;
    if (!d.incident) return;
    RecordIntake command;
    command.incident = d.incident;
    if (save_intake(d, command)) {
        commands.give(std::move(command), ui.seat);
        d.saved.personal = personal_of(d);
        d.saved.place = d.place;
        d.saved.sex = d.sex;
    }
    save_findings(d, ui.intake.triage.findings, ui, commands);
    save_unanswered(d, ui, commands);
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
        ui.messages.push_back({view.now, "message.no_category_yet", {}, {}, false});
    } else if (proposed != in_force) {
        SetCategory command;
        command.incident = d.incident;
        command.category = proposed;
        if (d.speaks == Source::brigade) command.reason = OverrideReason::brigade_report;
        commands.give(std::move(command), ui.seat);
    }
}

void answer_question(const View& view, UiState& ui, Commands& commands, triage::Tri answer) {
    if (!ui.intake.triage.question || view.protocol == nullptr || !ui.intake.draft.active()) return;
    const triage::Finding& finding = view.protocol->findings()[ui.intake.triage.question->finding];
    const std::string value{name_of(answer)};
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
    ui.intake.draft_changed = true;
    ui.intake.address_open = false;
    ui.intake.address_choice = -1;
    save_draft(ui, commands);
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
