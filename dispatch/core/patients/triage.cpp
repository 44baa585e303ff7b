#include "dispatch/core/patients/triage.h"

#include <algorithm>

namespace jedel {

using triage::more_urgent;

CallPicture picture_of(const Incident& incident, const Patient& patient) {
    const Call& first = incident.first_call();
    // A patient who stands in the room's list without a word said of him is not described.
    int described = 0;
    for (const Patient& p : incident.patients) described += !p.findings.empty();
    const int listed = static_cast<int>(incident.patients.size());
    CallPicture picture{
        .patient = patient.known(),
        .findings = patient.findings,
        .caller = first.caller.value_or(CallerRelation::unknown),
        .line_lost = first.lost(),
        .patients = std::max(incident.patient_count.value_or(1), listed),
        .described = std::max(incident.patients_described.value_or(1), described)};
    for (std::size_t i = 1; i < incident.calls.size(); ++i) {
        const Call& call = incident.calls[i];
        picture.others.push_back(
            {call.id, call.caller.value_or(CallerRelation::unknown), call.lost()});
    }
    picture.may_be_caller = patient.id == incident.first_patient().id;
    return picture;
}

bool counts(const FindingValue& value, CallerRelation caller) {
    const bool seen_by_others = value.source == Source::brigade || value.source == Source::tracker;
    return caller != CallerRelation::away || value.value != "no" || seen_by_others;
}

triage::Facts facts_of(const triage::Protocol& protocol, const CallPicture& picture) {
    triage::Facts facts{protocol};
    facts.set_patient(picture.patient);
    bool speaks = picture.caller == CallerRelation::patient && !picture.line_lost;
    for (const CallVoice& voice : picture.others) {
        speaks |= voice.caller == CallerRelation::patient && !voice.lost;
    }
    if (speaks && picture.may_be_caller) {
        if (const auto index = protocol.find("patient_speaks")) {
            facts.set(*index, triage::Tri::yes);
        }
    }
    for (const FindingValue& f : picture.findings) {
        CallerRelation said_by = picture.caller;
        for (const CallVoice& voice : picture.others) {
            if (f.call == voice.call) said_by = voice.caller;
        }
        if (counts(f, said_by)) (void)facts.set_text(f.finding, f.value);
    }
    return facts;
}

triage::Evaluation evaluate_call(const triage::Protocol& protocol, const triage::Facts& facts,
                                 const CallPicture& picture) {
    triage::Evaluation out = triage::evaluate(protocol, facts);
    if (!picture.others_unknown()) return out;
    const triage::Evaluation nothing = triage::evaluate(protocol, triage::Facts{protocol});
    if (more_urgent(nothing.most_urgent, out.most_urgent)) {
        out.most_urgent = nothing.most_urgent;
    }
    return out;
}

TriageRecord combined_triage(const std::vector<Patient>& patients) {
    TriageRecord out = patients.front().triage;
    for (std::size_t i = 1; i < patients.size(); ++i) {
        const TriageRecord& t = patients[i].triage;
        if (more_urgent(t.most_urgent, out.most_urgent)) out.most_urgent = t.most_urgent;
        if (more_urgent(t.least_urgent, out.least_urgent)) out.least_urgent = t.least_urgent;
        if (more_urgent(t.proposed, out.proposed)) {
            out.proposed = t.proposed;
            out.rules = t.rules;
        }
        if (out.protocol.empty()) out.protocol = t.protocol;
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
