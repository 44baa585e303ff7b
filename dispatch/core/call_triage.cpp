#include "dispatch/core/call_triage.h"

namespace jedel {

CallPicture picture_of(const Incident& incident) {
    return {.patient = incident.patient(),
            .findings = incident.findings,
            .caller = incident.caller.value_or(CallerRelation::unknown),
            .line_lost = incident.caller_lost(),
            .patients = incident.patient_count.value_or(1),
            .described = incident.patients_described.value_or(1)};
}

bool counts(const FindingValue& value, CallerRelation caller) {
    const bool seen_by_others = value.source == Source::brigade || value.source == Source::tracker;
    return caller != CallerRelation::away || value.value != "no" || seen_by_others;
}

triage::Facts facts_of(const triage::Protocol& protocol, const CallPicture& picture) {
    triage::Facts facts{protocol};
    facts.set_patient(picture.patient);
    if (picture.caller == CallerRelation::patient && !picture.line_lost) {
        if (const auto speaks = protocol.find("patient_speaks")) {
            facts.set(*speaks, triage::Tri::yes);
        }
    }
    for (const FindingValue& f : picture.findings) {
        if (counts(f, picture.caller)) (void)facts.set_text(f.finding, f.value);
    }
    return facts;
}

triage::Evaluation evaluate_call(const triage::Protocol& protocol, const triage::Facts& facts,
                                 const CallPicture& picture) {
    triage::Evaluation out = triage::evaluate(protocol, facts);
    if (!picture.others_unknown()) return out;
    const triage::Evaluation nothing = triage::evaluate(protocol, triage::Facts{protocol});
    if (triage::more_urgent(nothing.most_urgent, out.most_urgent)) {
        out.most_urgent = nothing.most_urgent;
    }
    return out;
}

std::optional<triage::FindingIndex> emergency_question(const triage::Protocol& protocol,
                                                       const triage::Facts& facts,
                                                       const CallPicture& picture) {
    if (picture.patients < 2) return std::nullopt;
    const auto index = protocol.find("mass_casualty");
    const bool open = index && facts.tri(*index) == triage::Tri::unknown;
    return open ? index : std::nullopt;
}

}  // namespace jedel
