#include "dispatch/papers/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace jedel::papers {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

std::string Words::date(Instant at) const {
    const CivilTime c = to_civil(at, kazakhstan_offset_minutes(at));
    return fmt::format("{:02}.{:02}.{:04}", c.day, c.month, c.year);
}

std::string Words::time(Instant at) const {
    const CivilTime c = to_civil(at, kazakhstan_offset_minutes(at));
    return date(at) + fmt::format(" {:02}:{:02}:{:02}", c.hour, c.minute, c.second);
}

std::string Words::clock(std::optional<Instant> at) const {
    if (!at) return room_->texts("form.not_recorded");
    const std::string whole = time(*at);
    return date(*at) == date(room_->now) ? whole.substr(whole.find(' ') + 1) : whole;
}

std::string Words::person(const std::optional<PersonRef>& ref,
                          std::string PersonalRecord::*field) const {
    const PersonalRecord* row = ref ? room_->personal.find(*ref) : nullptr;
    return known(row != nullptr ? row->*field : std::string{});
}

std::string Words::number_of(const Incident& incident) const {
    return room_->texts("form.number_of_day",
                        {std::to_string(incident.day_number), date(incident.received_at)});
}

std::string Words::address(const Incident& incident) const {
    return person(incident.place_person, &PersonalRecord::address);
}

std::string Words::coordinates(const Incident& incident) const {
    const auto place = incident.place();
    return place ? fmt::format("{:.5f}, {:.5f}", place->lat, place->lon) : unknown();
}

std::string Words::words(const Incident& incident) const {
    std::vector<std::string> out;
    for (const Call& call : incident.calls) {
        const PersonalRecord* row = call.person ? room_->personal.find(*call.person) : nullptr;
        if (row == nullptr) continue;
        if (!row->first_words.empty() && row->first_words != row->words) {
            out.push_back(room_->texts("course.first_words", {row->first_words}));
        }
        out.push_back(row->words);
    }
    return known(joined(out, "\n"));
}

std::string Words::phones(const Incident& incident) const {
    std::vector<std::string> out;
    for (const Call& call : incident.calls) {
        const PersonalRecord* row = call.person ? room_->personal.find(*call.person) : nullptr;
        if (row == nullptr) continue;
        if (std::find(out.begin(), out.end(), row->phone) == out.end()) out.push_back(row->phone);
    }
    return known(joined(out, ", "));
}

std::string Words::category(Category category) const {
    if (category == Category::none) return unknown();
    return room_->texts("report.category_number",
                        {std::to_string(static_cast<int>(category))});
}

std::string Words::category_of(const Incident& incident) const {
    if (incident.category != Category::none) return category(incident.category);
    if (incident.triage.proposed == Category::none) return unknown();
    return room_->texts("form.proposed", {category(incident.triage.proposed)});
}

std::string Words::age(const Patient& patient) const {
    if (!patient.age_years) return unknown();
    const double years = *patient.age_years;
    // Months below two years, never rounded up: a child is not older than it is.
    if (years < 2) {
        const int months = static_cast<int>(std::floor(years * 12 + 1e-6));
        return room_->texts("patient.months", {std::to_string(months)});
    }
    return room_->texts("patient.years",
                        {std::to_string(static_cast<int>(std::floor(years + 1e-9)))});
}

std::string Words::sex(const Patient& patient) const {
    return patient.sex == Sex::unknown ? unknown() : room_->texts.of("sex", patient.sex);
}

std::string Words::who(const Patient& patient) const {
    const PersonalRecord* row = patient.person ? room_->personal.find(*patient.person) : nullptr;
    return joined({known(row != nullptr ? row->patient_name : std::string{}),
                   patient.sex == Sex::unknown ? std::string{} : sex(patient),
                   patient.age_years ? age(patient)
                                     : (*this)("field.age") + ": " + unknown()},
                  ", ");
}

std::string Words::findings(const Patient& patient, std::string_view wanted) const {
    std::vector<std::string> out;
    for (const FindingValue& value : patient.findings) {
        const bool other = value.value != "yes" && value.value != "no" && value.value != "unknown";
        if (value.value != wanted && !(other && wanted == "yes")) continue;
        const auto index = room_->protocol.find(value.finding);
        if (!index) {
            out.push_back(other ? value.finding + ": " + value.value : value.finding);
            continue;
        }
        const triage::Finding& finding = room_->protocol.findings()[*index];
        std::string text = room_->texts.of(finding.name);
        std::string said = other ? value.value : std::string{};
        for (const auto& [key, name] : finding.choices) {
            if (key == value.value) said = room_->texts.of(name);
        }
        if (!said.empty()) text += ": " + room_->texts.number(said);
        out.push_back(std::move(text));
    }
    for (const Unanswered& asked : patient.unanswered) {
        const auto index = room_->protocol.find(asked.finding);
        if (wanted != "unknown" || !index) continue;
        std::string text = room_->texts.of(room_->protocol.findings()[*index].name);
        if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
    }
    return joined(out, "; ");
}

std::string Words::rules(const std::vector<std::string>& ids) const {
    std::vector<std::string> out;
    for (const std::string& id : ids) {
        const triage::Rule* rule = room_->protocol.rule(id);
        out.push_back(rule != nullptr ? id + " " + room_->texts.of(rule->name) : id);
    }
    return joined(out, "; ");
}

std::string Words::organisation(const std::optional<OrganisationId>& id) const {
    if (!id) return unknown();
    const Organisation* found = room_->organisations.find(*id);
    return found != nullptr ? room_->texts.of(*found) : std::to_string(id->value);
}

std::string Words::brigade(const std::optional<BrigadeId>& id) const {
    if (!id) return unknown();
    const Brigade* found = room_->state.brigades.find(*id);
    if (found == nullptr) return std::to_string(id->value);
    return found->name + " (" + room_->texts.of("brigade_kind", found->kind) + ")";
}

std::string Words::insurance(const Patient& patient) const {
    if (!patient.insurance) return unknown();
    const InsuranceRecord& record = *patient.insurance;
    return room_->texts.of("insurance", record.status) + " · " +
           room_->texts("after.as_of", {date(record.as_of), known(record.source)});
}

std::string Words::ending(const Incident& incident) const {
    const Ending& ending = incident.ending;
    if (ending.disposition == Disposition::none) return unknown();
    std::string out = room_->texts.of("disposition", ending.disposition);
    if (ending.hospital) out += ": " + organisation(ending.hospital);
    return out;
}

std::string Words::code(std::string_view prefix, const std::string& code) const {
    const std::string key = std::string{prefix} + "." + code;
    return room_->texts.has(key) ? room_->texts(key) : code;
}

std::string Words::key_text(const std::string& key) const {
    return room_->texts.has(key) ? room_->texts(key) : key;
}

std::string Words::codes(std::string_view prefix, const std::vector<std::string>& list) const {
    std::vector<std::string> out;
    for (const std::string& one : list) out.push_back(code(prefix, one));
    return joined(out, ", ");
}

std::string Words::attached_to(const Patient& patient) const {
    return organisation(patient.insurance ? patient.insurance->polyclinic : std::nullopt);
}

std::string Words::served_by(const Incident& incident) const {
    const auto place = incident.place();
    const Organisation* found =
        place ? room_->organisations.polyclinic_for(*place) : nullptr;
    return found != nullptr ? room_->texts.of(*found) : unknown();
}

std::string Words::companion(const Task* task) const {
    if (task == nullptr || task->companion == Companion::none) {
        return room_->texts("form.not_recorded");
    }
    return room_->texts.of("companion", task->companion);
}

Paper Words::paper(PaperKind kind, const Incident* incident) const {
    Paper out;
    out.title = room_->texts.of("form.title", kind);
    const std::string& number = room_->settings.form[static_cast<std::size_t>(kind)];
    if (!number.empty()) out.form = room_->texts("form.form_number", {number});
    out.mark = incident != nullptr ? out.title + " " + number_of(*incident) : out.title;
    std::string station;
    for (const Organisation& one : room_->organisations.all) {
        if (one.kind != OrganisationKind::station || !station.empty()) continue;
        station = room_->texts.of(one);
    }
    out.head = joined({station, room_->city}, " · ");
    return out;
}

std::string name_of_city(const City& city, const Texts& texts) {
    const triage::LocalText names{city.name_kk, city.name_ru, city.name_en};
    if (!texts.of(names).empty()) return texts.of(names);
    return city.name_ru.empty() ? city.name_kk : city.name_ru;
}

const Task* main_task(const Incident& incident) {
    const Task* found = nullptr;
    const auto worth = [](const Task& t) {
        return t.handed_over_at() ? 4 : t.hospital ? 3 : t.served() ? 2 : t.active() ? 1 : 0;
    };
    for (const Task& task : incident.tasks) {
        if (!task.of_brigade()) continue;
        if (found == nullptr || worth(task) >= worth(*found)) found = &task;
    }
    return found;
}

namespace {

/// When the brigade was back: known only while it has done nothing since.
std::optional<Instant> back_at(const State& state, const Task& task) {
    const Brigade* brigade = task.brigade ? state.brigades.find(*task.brigade) : nullptr;
    const auto ended = task.ended_at();
    if (brigade == nullptr || !ended || brigade->task) return std::nullopt;
    if (brigade->status != BrigadeStatus::free_at_base) return std::nullopt;
    if (brigade->last_task_ended_at != ended) return std::nullopt;
    return brigade->status_at;
}

/// When the brigade got the call after this one.
std::optional<Instant> next_call_at(const State& state, const Task& task) {
    std::optional<Instant> next;
    const auto look = [&](const Incident& incident) {
        for (const Task& other : incident.tasks) {
            if (other.brigade != task.brigade || other.id == task.id) continue;
            if (other.sent_at() <= task.sent_at()) continue;
            if (!next || other.sent_at() < *next) next = other.sent_at();
        }
    };
    if (!task.brigade) return next;
    for (const auto& row : state.open.rows()) look(*row);
    for (const auto& row : state.recent.rows()) look(*row);
    return next;
}

}  // namespace

std::vector<TimeRow> times_of(const State& state, const Incident& incident, const Task& task) {
    const TaskMark* end = task.end();
    const auto served = end != nullptr && end->step == TaskStep::done ? std::optional{end->at}
                                                                      : std::nullopt;
    std::vector<TimeRow> rows{{"time.received", incident.received_at},
                              {"time.handed", task.time_of(TaskStep::sent)},
                              {"time.accepted", task.accepted_at()},
                              {"time.departed", task.departed_at()},
                              {"time.on_scene", task.on_scene_at()},
                              {"time.left_scene", task.left_scene_at()},
                              {"time.at_hospital", task.at_hospital_at()},
                              {"time.handed_over", task.handed_over_at()},
                              {"time.service_ended", served},
                              {"form.back_at_base", back_at(state, task)},
                              {"form.next_call", next_call_at(state, task)}};
    if (const auto given_back = task.returned_at()) {
        rows.push_back({"form.released", given_back});
    }
    return rows;
}

}  // namespace jedel::papers
