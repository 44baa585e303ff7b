// The sheets that go with one patient: signal sheet, hand-over sheet, refusal form.

#include "dispatch/papers/parts.h"

namespace jedel::papers {

namespace {

/// One paper a patient, or one blank.
template <class Make>
std::vector<Paper> each_patient(const Incident* incident, Make&& make) {
    std::vector<Paper> out;
    if (incident == nullptr) {
        out.push_back(make(nullptr));
        return out;
    }
    for (const Patient& patient : incident->patients) out.push_back(make(&patient));
    return out;
}

std::optional<std::string> given(const Incident* incident, std::string text) {
    return incident != nullptr ? std::optional{std::move(text)} : std::nullopt;
}

/// Number, times, brigade and place: what each sheet says of the call.
void add_short_call(Paper& paper, const Words& words, const Incident* incident) {
    const Task* task = incident != nullptr ? main_task(*incident) : nullptr;
    const auto put = [&](std::string_view key, auto&& value, bool wide = false) {
        std::optional<std::string> text;
        if (incident != nullptr) text = value(*incident);
        paper.field(words(key), std::move(text), wide);
    };
    put("form.number", [&](const Incident& i) { return words.number_of(i); });
    put("form.received", [&](const Incident& i) { return words.time(i.received_at); });
    put("form.brigade", [&](const Incident&) {
        return task != nullptr ? words.brigade(task->brigade) : words("form.nobody_sent");
    });
    put("form.arrived", [&](const Incident&) {
        return words.clock(task != nullptr ? task->on_scene_at() : std::nullopt);
    });
    put("field.address", [&](const Incident& i) { return words.address(i); }, true);
    put("field.phone", [&](const Incident& i) { return words.phones(i); });
    put("form.category", [&](const Incident& i) { return words.category_of(i); });
    put("form.words", [&](const Incident& i) { return words.words(i); }, true);
}

std::string follow_up(const Words& words, const Patient& patient) {
    std::vector<std::string> out;
    for (const FollowUpItem& item : patient.follow_up) {
        std::string text = words.code("follow_up", std::string{name_of(item.kind)});
        if (!item.note_key.empty()) text += ": " + words.key_text(item.note_key);
        if (item.organisation) text += " → " + words.organisation(item.organisation);
        if (!item.rule.empty()) text += " [" + item.rule + "]";
        out.push_back(std::move(text));
    }
    return joined(out, "\n");
}

}  // namespace

std::vector<Paper> signal_sheets(const Room& room, const Incident* incident) {
    const Words words{room};
    return each_patient(incident, [&](const Patient* patient) {
        Paper paper = words.paper(PaperKind::signal_sheet, incident);
        add_short_call(paper, words, incident);
        paper.heading(words("form.patient"));
        add_patient(paper, words, incident, patient);
        add_findings(paper, words, patient);
        paper.heading(words("form.to_polyclinic"));
        paper.field(words("form.ending"), given(incident, incident != nullptr
                                                              ? words.ending(*incident)
                                                              : std::string{}), true);
        std::optional<std::string> plan;
        if (patient != nullptr) {
            plan = follow_up(words, *patient);
            if (plan->empty()) plan = words("form.nothing_recorded");
        }
        paper.field(words("form.follow_up"), plan, true, 3);
        add_clinical(paper, words, 2);
        paper.field(words("form.recommendations"), std::nullopt, true, 4);
        paper.text(words("form.if_worse"));
        add_signatures(paper, words, {"form.sign_crew", "form.sheet_taken_by"});
        return paper;
    });
}

std::vector<Paper> hand_over_sheets(const Room& room, const Incident* incident) {
    const Words words{room};
    const Task* task = incident != nullptr ? main_task(*incident) : nullptr;
    const Task* clinic = incident != nullptr ? incident->last_polyclinic() : nullptr;
    return each_patient(incident, [&](const Patient* patient) {
        Paper paper = words.paper(PaperKind::hand_over, incident);
        std::string receiver = words.unknown();
        if (task != nullptr && task->hospital) receiver = words.organisation(task->hospital);
        else if (clinic != nullptr) receiver = words.organisation(clinic->organisation);
        paper.field(words("form.receiver"), given(incident, receiver), true);
        add_short_call(paper, words, incident);
        const auto time = [&](std::string_view key, std::optional<Instant> at) {
            paper.field(words(key), given(incident, words.clock(at)));
        };
        time("form.left_scene", task != nullptr ? task->left_scene_at() : std::nullopt);
        time("form.at_hospital", task != nullptr ? task->at_hospital_at() : std::nullopt);
        time("form.handed_over", task != nullptr ? task->handed_over_at() : std::nullopt);
        paper.field(words("form.zone"),
                    given(incident, task != nullptr && task->zone != TriageZone::none
                                        ? words.code("zone", std::string{name_of(task->zone)})
                                        : words.unknown()));
        std::string told = words("form.not_recorded");
        if (task != nullptr && task->prealert) {
            told = words.organisation(task->prealert->hospital) + ", " +
                   words.clock(task->prealert->at);
        }
        paper.field(words("form.prealert"), given(incident, told));
        paper.field(words("form.companion"),
                    given(incident, words.companion(task)));
        paper.heading(words("form.patient"));
        add_patient(paper, words, incident, patient);
        add_findings(paper, words, patient);
        add_clinical(paper, words, 2);
        paper.field(words("form.condition"), std::nullopt, true, 2);
        paper.field(words("form.belongings"), std::nullopt, true, 1);
        add_signatures(paper, words, {"form.sign_crew", "form.sign_receiver",
                                      "form.written_time", "form.notes"});
        return paper;
    });
}

std::vector<Paper> refusal_forms(const Room& room, const Incident* incident) {
    const Words words{room};
    return each_patient(incident, [&](const Patient* patient) {
        Paper paper = words.paper(PaperKind::refusal, incident);
        add_short_call(paper, words, incident);
        paper.heading(words("form.patient"));
        add_patient(paper, words, incident, patient);
        paper.heading(words("form.refused"));
        const HelpRefusal* refusal =
            patient != nullptr && patient->refusal ? &*patient->refusal : nullptr;
        std::vector<std::string> choices;
        for (const Refused what : {Refused::examination, Refused::help, Refused::hospital}) {
            const bool this_one = refusal != nullptr && refusal->what == what;
            choices.push_back((this_one ? "[×] " : "[  ] ") +
                              words.code("refused", std::string{name_of(what)}));
        }
        paper.text(joined(choices, "      "));
        if (patient != nullptr && refusal == nullptr) paper.text(words("form.no_refusal"));
        const auto put = [&](std::string_view key, std::string_view prefix, auto name) {
            std::optional<std::string> value;
            if (refusal != nullptr) value = words.code(prefix, std::string{name(*refusal)});
            paper.field(words(key), value);
        };
        put("refusal_panel.capacity", "capacity",
            [](const HelpRefusal& r) { return name_of(r.capacity); });
        put("refusal_panel.mark", "mark", [](const HelpRefusal& r) { return name_of(r.mark); });
        paper.field(words("form.when"), refusal != nullptr
                                            ? std::optional{words.time(refusal->at)}
                                            : std::nullopt);
        paper.field(words("form.recorded_by"), refusal != nullptr
                                                   ? std::optional{words.known(refusal->actor)}
                                                   : std::nullopt);
        paper.text(words("form.explained"));
        paper.field(words("form.consequences"), std::nullopt, true, 4);
        paper.field(words("form.refusal_reason"), std::nullopt, true, 2);
        paper.text(words("form.may_call_again"));
        add_signatures(paper, words, {"form.sign_patient", "form.written_time",
                                      "form.sign_representative", "form.representative_papers",
                                      "form.sign_crew", "form.sign_witness"});
        return paper;
    });
}

}  // namespace jedel::papers
