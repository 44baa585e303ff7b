#include "dispatch/papers/parts.h"

namespace jedel::papers {

void add_call(Paper& paper, const Words& words, const Incident* incident) {
    const auto put = [&](std::string_view key, auto&& value, bool wide = false, int lines = 1) {
        std::optional<std::string> text;
        if (incident != nullptr) text = value(*incident);
        paper.field(words(key), std::move(text), wide, lines);
    };
    put("form.number", [&](const Incident& i) { return words.number_of(i); });
    put("form.received", [&](const Incident& i) { return words.time(i.received_at); });
    put("form.channel",
        [&](const Incident& i) { return words.code("form.channel", std::string{name_of(
                                                       i.first_call().channel)}); });
    put("form.category", [&](const Incident& i) { return words.category_of(i); });
    put("field.phone", [&](const Incident& i) { return words.phones(i); });
    put("field.caller_name", [&](const Incident& i) {
        const std::string name = words.person(i.first_call().person, &PersonalRecord::caller_name);
        const auto caller = i.first_call().caller;
        if (!caller || *caller == CallerRelation::unknown) return name;
        return name + ", " + words.code("form.relation", std::string{name_of(*caller)});
    });
    put("field.address", [&](const Incident& i) { return words.address(i); }, true);
    put("field.directions", [&](const Incident& i) {
        return words.person(i.place_person, &PersonalRecord::directions);
    }, true);
    put("form.coordinates", [&](const Incident& i) { return words.coordinates(i); });
    put("field.count", [&](const Incident& i) {
        return i.patient_count ? std::to_string(*i.patient_count) : words.unknown();
    });
    put("form.words", [&](const Incident& i) { return words.words(i); }, true, 3);
}

void add_patient(Paper& paper, const Words& words, const Incident* incident,
                 const Patient* patient) {
    const auto put = [&](std::string_view key, auto&& value, bool wide = false) {
        std::optional<std::string> text;
        if (patient != nullptr) text = value(*patient);
        paper.field(words(key), std::move(text), wide);
    };
    put("field.patient_name", [&](const Patient& p) {
        return words.person(p.person, &PersonalRecord::patient_name);
    }, true);
    put("field.age", [&](const Patient& p) { return words.age(p); });
    put("field.sex", [&](const Patient& p) { return words.sex(p); });
    put("form.iin", [&](const Patient& p) { return words.person(p.person, &PersonalRecord::iin); });
    put("field.weeks", [&](const Patient& p) {
        return p.pregnancy_weeks ? std::to_string(*p.pregnancy_weeks)
               : p.sex == Sex::male ? words("form.does_not_apply")
                                    : words.unknown();
    });
    put("form.insurance", [&](const Patient& p) { return words.insurance(p); }, true);
    put("form.attached", [&](const Patient& p) { return words.attached_to(p); });
    put("form.service_area", [&](const Patient&) {
        return incident != nullptr ? words.served_by(*incident) : words.unknown();
    });
}

void add_findings(Paper& paper, const Words& words, const Patient* patient) {
    if (patient == nullptr) return;
    const std::string there = words.findings(*patient, "yes");
    paper.field(words("form.findings_yes"), words.known(there), true);
    const std::string absent = words.findings(*patient, "no");
    if (!absent.empty()) paper.field(words("form.findings_no"), absent, true);
    const std::string open = words.findings(*patient, "unknown");
    if (!open.empty()) paper.field(words("form.findings_unknown"), open, true);
}

void add_clinical(Paper& paper, const Words& words, int lines) {
    paper.heading(words("form.by_hand"));
    paper.field(words("form.complaints"), std::nullopt, true, lines);
    paper.field(words("form.examination"), std::nullopt, true, lines);
    Grid signs;
    signs.columns.push_back({words("form.measured_at"), 1.4});
    for (const char* key : {"form.pressure", "form.pulse", "form.breaths", "form.saturation",
                            "form.temperature", "form.glucose", "form.coma_scale"}) {
        signs.columns.push_back({words(key), 1});
    }
    signs.blank_rows = 3;
    paper.grid(std::move(signs));
    paper.field(words("form.diagnosis"), std::nullopt, true, 2);
    paper.field(words("form.help_given"), std::nullopt, true, lines);
}

void add_signatures(Paper& paper, const Words& words,
                    std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) paper.field(words(key), std::nullopt);
}

}  // namespace jedel::papers
