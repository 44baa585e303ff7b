// The steps themselves. A step, once released, never changes: journals of its time are read by it
// for ever.

#include <array>
#include <nlohmann/json.hpp>

#include "dispatch/journal/upcast.h"

namespace jedel {
namespace {

using Json = nlohmann::ordered_json;

template <class Change>
Result<std::string> changed(std::string_view payload, Change&& change) {
    Json json = Json::parse(payload, nullptr, false);
    if (!json.is_object()) return Error{.message = "expected a JSON object", .field = "payload"};
    change(json);
    return json.dump();
}

/// The shape alone is newer: fields that may be absent.
Result<std::string> same(std::string_view payload) { return std::string{payload}; }

/// There was one call and one patient an incident; they get the incident's number.
void add(Json& json, const char* key) {
    if (const auto incident = json.find("incident"); incident != json.end()) {
        json[key] = *incident;
    }
}

/// One row held what is now told apart: caller, place and patient all point to it.
void share_person(Json& json) {
    if (const auto person = json.find("person"); person != json.end()) {
        const Json ref = *person;
        json["place_person"] = ref;
        json["patient_person"] = ref;
    }
}

Result<std::string> call_received(std::string_view payload) {
    return changed(payload, [](Json& json) {
        add(json, "call");
        add(json, "patient");
        share_person(json);
    });
}

Result<std::string> with_call(std::string_view payload) {
    return changed(payload, [](Json& json) { add(json, "call"); });
}

Result<std::string> with_patient(std::string_view payload) {
    return changed(payload, [](Json& json) { add(json, "patient"); });
}

Result<std::string> with_call_and_patient(std::string_view payload) {
    return changed(payload, [](Json& json) {
        add(json, "call");
        add(json, "patient");
        share_person(json);
    });
}

Result<std::string> patient_identified(std::string_view payload) {
    return changed(payload, [](Json& json) {
        add(json, "patient");
        share_person(json);
    });
}

/// An assignment is a task by the same number.
Result<std::string> assignment_is_task(std::string_view payload) {
    return changed(payload, [](Json& json) {
        const auto assignment = json.find("assignment");
        if (assignment == json.end()) return;
        const Json id = *assignment;
        json.erase("assignment");
        json["task"] = id;
    });
}

constexpr std::array<Upcaster, 21> steps{{
    {"call_received", 1, call_received},
    {"caller_lost", 1, with_call},
    {"caller_reached", 1, with_call},
    {"intake_recorded", 1, same},  // caller, patients_described
    {"intake_recorded", 2, with_call_and_patient},
    {"intake_recorded", 3, same},  // cleared
    {"findings_recorded", 1, with_patient},
    {"triaged", 1, with_patient},
    {"question_unanswered", 1, with_patient},
    {"question_reopened", 1, with_patient},
    {"patient_identified", 1, patient_identified},
    {"follow_up_recorded", 1, with_patient},
    {"brigade_assigned", 1, assignment_is_task},
    {"brigade_assigned", 2, same},  // override_reason, rerouted_from, reasons
    {"status_reported", 1, assignment_is_task},
    {"assignment_ended", 1, assignment_is_task},
    {"hospital_triaged", 1, assignment_is_task},
    {"handed_to_polyclinic", 1, same},  // its number follows from its place: lifted_task_id
    {"polyclinic_accepted", 1, same},   // at
    {"polyclinic_returned", 1, same},   // at
    {"disposition_recorded", 1, same},  // at
}};

}  // namespace

std::span<const Upcaster> upcasters() { return steps; }

}  // namespace jedel
