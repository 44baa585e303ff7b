#include "console/panels/describe.h"

#include <cmath>

#include "console/reading.h"
#include "console/widgets/format.h"

namespace jedel::console {

Persons persons_of(const View& view, const Incident& incident) {
    return jedel::persons_of(PersonalView{&view.room.personal}, incident);
}

std::string_view address_of(const View& view, const Incident& incident) {
    const std::string_view address = persons_of(view, incident).address();
    if (!address.empty()) return address;
    return view.tr(incident.place() ? "queue.place_on_map" : "queue.no_address");
}

std::string_view reason_of(const View& view, const Incident& incident) {
    if (view.protocol != nullptr && !incident.triage.rules.empty()) {
        const triage::Rule* rule = view.protocol->rule(incident.triage.rules.front());
        if (rule != nullptr) return view.tr.of(rule->name);
    }
    const std::string_view words = persons_of(view, incident).words();
    if (!words.empty()) return words;
    return view.tr("queue.no_reason");
}

std::string patient_text(const View& view, const Incident& incident) {
    std::string out;
    const Patient& patient = incident.first_patient();
    if (patient.age_years) {
        const double years = *patient.age_years;
        out = years >= 2 ? view.tr("patient.years", {number_text(std::floor(years))})
                         : view.tr("patient.months", {number_text(std::floor(years * 12 + 1e-6))});
    }
    if (patient.sex != Sex::unknown) {
        if (!out.empty()) out += ", ";
        out += view.tr.of("sex_short", patient.sex);
    }
    if (patient.pregnancy_weeks) {
        if (!out.empty()) out += ", ";
        out += view.tr("patient.weeks", {std::to_string(*patient.pregnancy_weeks)});
    }
    return out;
}

std::string_view organisation_name(const View& view, std::optional<OrganisationId> id) {
    const Organisation* found = id ? view.city.organisations.find(*id) : nullptr;
    return found ? view.tr.of(*found) : view.tr("value.unknown");
}

std::string duration_text(const View& view, std::int64_t ms) {
    const std::int64_t s = ms < 0 ? 0 : ms / 1000;
    if (s < 60) return view.tr("unit.s", {std::to_string(s)});
    if (s < 3600) return view.tr("unit.min", {std::to_string(s / 60)});
    if (s < 48 * 3600) {
        return view.tr("unit.h_min", {std::to_string(s / 3600), std::to_string(s / 60 % 60)});
    }
    return view.tr("unit.days", {std::to_string(s / 86400)});
}

std::string reason_text(const View& view, const Reason& reason) {
    const std::string key = "reason." + reason.code;
    if (!view.tr.table().has(key)) return reason.code + " " + number_text(reason.value);
    // The end of a code says what its number is.
    const bool share = reason.code.ends_with("_percent");
    const auto ms = static_cast<std::int64_t>(std::abs(reason.value) * 1000);
    // "Faster by 0:00" would say a difference that there is none of.
    const bool order = reason.code == "faster_by_s" || reason.code == "slower_by_s";
    if (order && clock_text(ms) == clock_text(0)) return std::string{view.tr("reason.same_time")};
    return view.tr(key, {share ? view.tr.number(number_text(std::round(reason.value * 10) / 10))
                               : clock_text(ms)});
}

std::string follow_up_text(const View& view, const FollowUpItem& item) {
    std::string out{view.tr.of("follow_up", item.kind)};
    if (item.organisation) {
        out += " → ";
        out += organisation_name(view, item.organisation);
    }
    if (!item.note_key.empty() && view.tr.table().has(item.note_key)) {
        out += ": ";
        out += view.tr(item.note_key);
    }
    return out;
}

std::string finding_text(const View& view, const FindingValue& value) {
    if (view.protocol == nullptr) return value.finding + " " + value.value;
    const auto index = view.protocol->find(value.finding);
    if (!index) return value.finding + " " + value.value;
    const triage::Finding& finding = view.protocol->findings()[*index];
    const std::string_view name = view.tr.of(finding.name);
    if (value.value == "unknown") return view.tr("finding.unknown", {name});
    if (finding.type == triage::FindingType::boolean) {
        return value.value == "yes" ? std::string{name} : view.tr("finding.no", {name});
    }
    std::string shown = view.tr.number(value.value);
    for (const auto& [key, text] : finding.choices) {
        if (key == value.value) shown = view.tr.of(text);
    }
    // Units of the vocabulary that are words stand in the form of their number; signs as they are.
    const std::string unit_key = "unit_name." + finding.unit;
    if (!finding.unit.empty()) {
        shown = view.tr.table().has(unit_key) ? view.tr(unit_key, {shown})
                                              : shown + ' ' + finding.unit;
    }
    std::string out{name};
    out += ": ";
    out += shown;
    return out;
}

std::string number_of(const View& view, IncidentId id) {
    const Incident* incident = view.room.state.incident(id);
    return "№ " + (incident ? std::to_string(incident->day_number) : std::to_string(id.value));
}

std::string category_text(const View& view, Category category) {
    if (category == Category::none) return std::string{view.tr("category.none")};
    return view.tr("category.with_target",
                   {std::to_string(static_cast<int>(category)),
                    std::to_string(triage::target_minutes(category))});
}

std::optional<TaskId> task_of(const View& view, const Brigade& brigade) {
    const Incident* incident =
        brigade.incident ? view.room.state.incident(*brigade.incident) : nullptr;
    const Task* task = incident != nullptr ? serving(*incident, brigade.id) : nullptr;
    return task != nullptr ? std::optional{task->id} : std::nullopt;
}

Countdown countdown(const View& view, const Clock& clock) {
    Countdown out;
    out.colour = view.theme.dim;
    const auto elapsed = clock.elapsed_ms(view.now);
    if (!elapsed) return out;
    out.late = clock.late(view.now);
    const bool running = !clock.stopped;
    if (!clock.due || !running) {
        out.text = clock_text(*elapsed);
        out.colour = out.late ? view.theme.alarm : running ? view.theme.text : view.theme.dim;
        return out;
    }
    constexpr double soon = 1.0 / 3;  // of the whole time is left
    const std::int64_t left = (*clock.due - view.now).count();
    const auto whole = static_cast<double>((*clock.due - *clock.started).count());
    out.counts = true;
    out.text = left >= 0 ? clock_text(left) : "+" + clock_text(-left);
    out.colour = out.late                                         ? view.theme.alarm
                 : static_cast<double>(left) < whole * soon ? view.theme.notice
                                                                  : view.theme.text;
    return out;
}

void urgency(const View& view, const Box& box, Category category) {
    const float radius = std::min(box.width(), box.height()) / 2 - 1;
    draw_urgency(*ImGui::GetWindowDrawList(),
                 {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2}, radius, category, view.theme,
                 radius > view.fonts.px ? view.fonts.large : view.fonts.bold);
}

std::string danger_text(const View& view, const std::vector<std::string>& kinds) {
    std::string out;
    for (const std::string& kind : kinds) {
        const std::string key = "danger." + kind;
        if (!out.empty()) out += ", ";
        out += view.tr.table().has(key) ? view.tr(key) : std::string_view{kind};
    }
    return out;
}

std::string hospital_state_text(const View& view, const HospitalChoice& hospital) {
    std::string out;
    const auto add = [&](std::string_view words) {
        if (!out.empty()) out += " · ";
        out += words;
    };
    if (hospital.nearest) add(view.tr("hospital.nearest"));
    if (hospital.state != HospitalState::open) {
        std::string words{view.tr.of("hospital_state", hospital.state)};
        if (hospital.until) {
            words += " ";
            words += view.tr("hospital.until",
                             {time_of_day(*hospital.until, view.utc_offset_minutes)});
        }
        add(words);
    }
    if (hospital.beds) add(view.tr("hospital.beds", {std::to_string(*hospital.beds)}));
    if (!hospital.fits) add(view.tr("hospital.no_profile"));
    if (hospital.said_at) {
        add(view.tr("hospital.said", {time_of_day(*hospital.said_at, view.utc_offset_minutes)}));
    }
    return out;
}

}  // namespace jedel::console
