#include "console/saving.h"

#include <algorithm>
#include <utility>

#include "console/intake.h"
#include "console/widgets/format.h"

namespace jedel::console {

namespace {

FindingValue* find_value(std::vector<FindingValue>& list, std::string_view key) {
    const auto it = std::find_if(list.begin(), list.end(),
                                 [&](const FindingValue& v) { return v.finding == key; });
    return it == list.end() ? nullptr : &*it;
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

/// What was sent and is not there any more: it is not known after all.
void save_cleared(Draft& d, RecordIntake& command) {
    const auto gone = [&](bool empty, auto& saved, IntakeField field) {
        if (!empty || !saved) return;
        saved.reset();
        command.cleared.push_back(field);
    };
    gone(!d.place, d.saved.place, IntakeField::place);
    gone(d.age.empty(), d.saved.age_years, IntakeField::age_years);
    gone(d.weeks.empty(), d.saved.weeks, IntakeField::pregnancy_weeks);
    gone(d.count.empty(), d.saved.count, IntakeField::patient_count);
}

/// Fields of patient and place that differ from what was sent.
bool save_intake(Draft& d, RecordIntake& command) {
    save_cleared(d, command);
    bool changed = !command.cleared.empty();
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
    SavedIntake before = d.saved;
    d.saved.findings = now;
    const std::string id =
        commands.give(RecordFindings{d.incident, std::move(changes)}, ui.seat);
    d.sent.push_back({id, std::move(before), SentPart::findings, {}});
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
    const SavedIntake before = d.saved;
    d.saved.unanswered = std::move(now);
    const auto send = [&](std::vector<std::string> findings, bool take_back) {
        if (findings.empty()) return;
        const std::string id = commands.give(
            RecordUnanswered{d.incident, std::move(findings), take_back}, ui.seat);
        d.sent.push_back({id, before, SentPart::unanswered, {}});
    };
    send(std::move(fresh), false);
    send(std::move(again), true);
}

/// A field's worth of the command each, so that one the room refuses does not hold up the others.
std::vector<RecordIntake> one_by_one(const RecordIntake& all) {
    std::vector<RecordIntake> out;
    const auto alone = [&](bool wanted, auto&& fill) {
        if (!wanted) return;
        RecordIntake one;
        one.incident = all.incident;
        fill(one);
        out.push_back(std::move(one));
    };
    alone(all.lat.has_value(), [&](RecordIntake& c) { c.lat = all.lat, c.lon = all.lon; });
    alone(all.age_years.has_value(), [&](RecordIntake& c) { c.age_years = all.age_years; });
    alone(all.sex.has_value(), [&](RecordIntake& c) { c.sex = all.sex; });
    alone(all.pregnancy_weeks.has_value(),
          [&](RecordIntake& c) { c.pregnancy_weeks = all.pregnancy_weeks; });
    alone(all.patient_count.has_value(),
          [&](RecordIntake& c) { c.patient_count = all.patient_count; });
    alone(all.caller.has_value(), [&](RecordIntake& c) { c.caller = all.caller; });
    alone(all.personal.any(), [&](RecordIntake& c) { c.personal = all.personal; });
    alone(!all.cleared.empty(), [&](RecordIntake& c) { c.cleared = all.cleared; });
    return out;
}

/// Patient and place, then what is known and what could not be said.
void save(Draft& d, const std::vector<FindingValue>& findings, UiState& ui, Commands& commands) {
    RecordIntake command;
    command.incident = d.incident;
    const SavedIntake before = d.saved;
    if (save_intake(d, command)) {
        d.saved.personal = personal_of(d);
        d.saved.place = d.place;
        d.saved.sex = d.sex;
        for (RecordIntake& part :
             d.unsaved ? one_by_one(command) : std::vector<RecordIntake>{command}) {
            const std::string id = commands.give(part, ui.seat);
            d.sent.push_back({id, before, SentPart::intake, std::move(part)});
        }
    }
    save_findings(d, findings, ui, commands);
    save_unanswered(d, ui, commands);
}

void take_back_cleared(SavedIntake& saved, const SavedIntake& before, IntakeField field) {
    switch (field) {
        case IntakeField::place: saved.place = before.place; break;
        case IntakeField::age_years: saved.age_years = before.age_years; break;
        case IntakeField::pregnancy_weeks: saved.weeks = before.weeks; break;
        case IntakeField::patient_count: saved.count = before.count; break;
    }
}

/// What a refused command carried counts as never sent.
void take_back(Draft& d, const Sent& sent) {
    const SavedIntake& before = sent.before;
    switch (sent.part) {
        case SentPart::intake: {
            const RecordIntake& c = sent.intake;
            if (c.lat) d.saved.place = before.place;
            if (c.age_years) d.saved.age_years = before.age_years;
            if (c.sex) d.saved.sex = before.sex;
            if (c.pregnancy_weeks) d.saved.weeks = before.weeks;
            if (c.patient_count) d.saved.count = before.count;
            if (c.caller) d.saved.caller = before.caller;
            if (c.personal.any()) d.saved.personal = before.personal;
            for (const IntakeField field : c.cleared) take_back_cleared(d.saved, before, field);
            break;
        }
        case SentPart::findings: d.saved.findings = before.findings; break;
        case SentPart::unanswered: d.saved.unanswered = before.unanswered; break;
    }
    d.unsaved = true;
}

/// True: the answer was to a command of this form.
bool note(Draft& d, const std::string& id, bool stored) {
    const auto it = std::find_if(d.sent.begin(), d.sent.end(),
                                 [&](const Sent& sent) { return sent.id == id; });
    if (it == d.sent.end()) return false;
    const Sent sent = std::move(*it);
    d.sent.erase(it);
    if (!stored) {
        take_back(d, sent);
        d.failed_now = true;
    }
    if (d.sent.empty()) d.unsaved = std::exchange(d.failed_now, false);
    return true;
}

bool waits(const Draft& d) { return !d.sent.empty() || d.unsaved || !d.incident; }

void open_again(Draft& d, UiState& ui, Commands& commands) {
    d.refused = false;
    d.pending_command = commands.give(d.opening, ui.seat);
}

}  // namespace

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

void save_draft(UiState& ui, Commands& commands) {
    Draft& d = ui.intake.draft;
    if (!d.incident) {
        if (d.refused) open_again(d, ui, commands);
        return;
    }
    save(d, ui.intake.triage.findings, ui, commands);
}

void leave_draft(UiState& ui) {
    Draft& d = ui.intake.draft;
    if (!d.active() || !waits(d)) return;
    d.findings_left = ui.intake.triage.findings;
    ui.intake.left.push_back(std::exchange(d, Draft{}));
}

bool take_up_refused(UiState& ui, Commands& commands) {
    auto& left = ui.intake.left;
    const auto it = std::find_if(left.begin(), left.end(),
                                 [](const Draft& d) { return d.refused && !d.incident; });
    if (it == left.end()) return false;
    Draft kept = std::move(*it);
    left.erase(it);
    leave_draft(ui);
    ui.intake.draft = std::move(kept);
    open_again(ui.intake.draft, ui, commands);
    ui.selected = {};
    ui.area = Area::card;
    ui.page = Page::intake;
    ui.focus.moved = true;
    ui.intake.draft_changed = true;
    return true;
}

bool take_up_unsaved(UiState& ui, IncidentId incident) {
    auto& left = ui.intake.left;
    const auto it = std::find_if(left.begin(), left.end(),
                                 [&](const Draft& d) { return d.incident == incident; });
    if (it == left.end()) return false;
    ui.intake.draft = std::move(*it);
    left.erase(it);
    ui.intake.triage = {};
    ui.intake.triage.findings = ui.intake.draft.findings_left;
    ui.intake.draft_changed = true;
    return true;
}

bool note_answer(UiState& ui, const std::string& id, bool stored) {
    if (note(ui.intake.draft, id, stored)) return false;
    auto& left = ui.intake.left;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!note(left[i], id, stored)) continue;
        const bool lost = left[i].unsaved;
        if (!waits(left[i])) left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        return lost && !stored;
    }
    return false;
}

bool note_opened(UiState& ui, Commands& commands, const std::string& id,
                 std::optional<IncidentId> incident) {
    Draft& shown = ui.intake.draft;
    const auto settle = [&](Draft& d) {
        d.pending_command.clear();
        d.refused = !incident;
    };
    if (!shown.pending_command.empty() && shown.pending_command == id) {
        settle(shown);
        return true;
    }
    auto& left = ui.intake.left;
    for (std::size_t i = 0; i < left.size(); ++i) {
        Draft& d = left[i];
        if (d.pending_command.empty() || d.pending_command != id) continue;
        settle(d);
        if (incident) {
            d.incident = *incident;
            save(d, d.findings_left, ui, commands);
            if (!waits(d)) left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return false;
    }
    return false;
}

}  // namespace jedel::console
