#include "dispatch/core/decide.h"

#include "dispatch/core/guards.h"

namespace jedel {

Refusal not_open(const State& state, IncidentId id) {
    const bool existed = id.value > 0 && id.value < state.next_incident;
    return existed ? refuse(RefusalCode::incident_closed, "the incident is closed", "incident")
                   : refuse(RefusalCode::unknown_incident, "there is no such incident", "incident");
}

PersonalRecord merged_person(const PersonalView& view, const Incident* incident, IncidentId id,
                             const PersonalFields& fields, PersonRef next) {
    PersonalRecord row;
    if (incident != nullptr && incident->person) {
        if (const PersonalRecord* known = view.find(*incident->person)) row = *known;
    }
    row.ref = next;
    row.incident = id;
    const auto take = [](std::string& to, const std::optional<std::string>& from) {
        if (from) to = *from;
    };
    take(row.phone, fields.phone);
    take(row.caller_name, fields.caller_name);
    take(row.patient_name, fields.patient_name);
    take(row.iin, fields.iin);
    take(row.address, fields.address);
    take(row.directions, fields.directions);
    take(row.words, fields.words);
    take(row.note, fields.note);
    if (row.first_words.empty()) row.first_words = row.words;
    return row;
}

std::variant<Decision, Refusal> decide(const State& state, const DecideContext& context,
                                       const PersonalView& personal,
                                       const CommandEnvelope& command, Instant now) {
    constexpr std::size_t id_max = 64;
    if (command.id.empty() || command.id.size() > id_max) {
        return refuse(RefusalCode::bad_command_id, "expected an id of 1 to 64 characters", "id");
    }
    const Deciding d{state, context, personal, command, now};
    struct Dispatch {
        const Deciding& d;
        Decided operator()(const ReceiveCall& c) { return decide_intake(d, c); }
        Decided operator()(const RecordIntake& c) { return decide_intake(d, c); }
        Decided operator()(const RecordFindings& c) { return decide_intake(d, c); }
        Decided operator()(const SetCategory& c) { return decide_intake(d, c); }
        Decided operator()(const MergeIncident& c) { return decide_intake(d, c); }
        Decided operator()(const UnmergeIncident& c) { return decide_intake(d, c); }
        Decided operator()(const RecordCallerLost& c) { return decide_intake(d, c); }
        Decided operator()(const RecordCallerReached& c) { return decide_intake(d, c); }
        Decided operator()(const RecordUnanswered& c) { return decide_intake(d, c); }
        Decided operator()(const RegisterBrigade& c) { return decide_fleet(d, c); }
        Decided operator()(const AssignBrigade& c) { return decide_fleet(d, c); }
        Decided operator()(const ReportStatus& c) { return decide_fleet(d, c); }
        Decided operator()(const ReleaseBrigade& c) { return decide_fleet(d, c); }
        Decided operator()(const HandToPolyclinic& c) { return decide_ending(d, c); }
        Decided operator()(const AcceptByPolyclinic& c) { return decide_ending(d, c); }
        Decided operator()(const ReturnFromPolyclinic& c) { return decide_ending(d, c); }
        Decided operator()(const IdentifyPatient& c) { return decide_ending(d, c); }
        Decided operator()(const RecordFollowUp& c) { return decide_ending(d, c); }
        Decided operator()(const RecordDisposition& c) { return decide_ending(d, c); }
        Decided operator()(const CloseIncident& c) { return decide_ending(d, c); }
        Decided operator()(const RecordHospitalTriage& c) { return decide_ending(d, c); }
        Decided operator()(const SignText& c) { return decide_ending(d, c); }
        Decided operator()(const ChangeRoad& c) { return decide_roads(d, c); }
        Decided operator()(const RestoreRoad& c) { return decide_roads(d, c); }
    };
    return std::visit(Dispatch{d}, command.command);
}

}  // namespace jedel
