#pragma once
// An incident: one event at one place, with its calls, its patients and the tasks on it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/calls/call.h"
#include "dispatch/core/patients/patient.h"
#include "dispatch/core/tasks/task.h"
#include "dispatch/core/types.h"
#include "dispatch/core/watch/trouble.h"

namespace jedel {

/// Ways an incident ends (practice: Intake; D9, D10).
enum class Disposition : std::uint8_t {
    none,
    transported,
    left_at_place,
    left_at_home,
    served,
    refused,
    repeat,
    duplicate,
    false_call,
    unjustified,
    cancelled_by_caller,
    patient_not_found,
    death_before_arrival,
    handed_to_polyclinic,
};

/// Why a person set another category than the rules propose.
enum class OverrideReason : std::uint8_t {
    none,
    caller_added_facts,
    brigade_report,
    second_call,
    clinical_judgement,
    danger_on_scene,
    entry_error,
    other,
};

/// One change of category: who, when, why. The first stays for ever.
struct CategoryChange {
    Category from = Category::none;
    Category to = Category::none;
    Instant at;
    std::string actor;
    std::vector<std::string> rules;
    OverrideReason reason = OverrideReason::none;
    std::string words;
    bool by_person = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("from", s.from);
        v("to", s.to);
        v("at", s.at);
        v("actor", s.actor);
        v("rules", s.rules);
        v("reason", s.reason);
        v("words", s.words);
        v("by_person", s.by_person);
    }
};

/// How an incident ended, and when that was true.
struct Ending {
    Disposition disposition = Disposition::none;
    std::optional<OrganisationId> hospital;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("disposition", s.disposition);
        v("hospital", s.hospital);
        v("at", s.at);
    }
    friend bool operator==(const Ending&, const Ending&) = default;
};

/// One word on how it ended: who said it and when; why, where it sets another one right.
struct EndingChange {
    Ending ending;  ///< `none`: taken back
    Instant entered_at;
    std::string actor;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("ending", s.ending);
        v("entered_at", s.entered_at);
        v("actor", s.actor);
        v("words", s.words);
    }
};

/// A closed incident was opened again.
struct Reopening {
    Instant closed_at;  ///< when it had been closed
    Instant at;
    std::string actor;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("closed_at", s.closed_at);
        v("at", s.at);
        v("actor", s.actor);
        v("words", s.words);
    }
};

struct Incident {
    IncidentId id;
    std::uint64_t version = 0;  ///< seq of the last event about it
    /// Of its first call: the clocks start there, and people say that number.
    Instant received_at;
    int day = 0;
    std::uint32_t day_number = 0;
    std::vector<Call> calls;        ///< at least one, in order of receipt
    std::vector<Patient> patients;  ///< at least one: somebody is ill, however little is known
    std::vector<Task> tasks;        ///< in order of sending
    std::optional<PersonRef> place_person;  ///< the address as said: the latest row
    std::optional<double> lat, lon;
    std::optional<int> patient_count;
    std::optional<int> patients_described;  ///< of how many the findings tell; one unless said
    TriageRecord triage;  ///< of all patients together: the most urgent (combined_triage)
    Category category = Category::none;  ///< in force; none until someone confirmed or sent
    std::vector<CategoryChange> category_changes;
    Ending ending;                             ///< as it stands
    std::vector<EndingChange> ending_changes;  ///< every word on it; the first stays for ever
    std::optional<Instant> closed_at;
    std::vector<Reopening> reopenings;
    std::optional<IncidentId> merged_into;  ///< closed as the same event as that one
    std::vector<IncidentId> merged;         ///< incidents that were found to be this one
    std::optional<Ending> before_merge;     ///< what the merge wrote over
    std::optional<Danger> danger;           ///< to the brigade (D6)
    std::vector<AdviceRecord> advice;       ///< read out to the caller (R1-R8)
    std::vector<Escalation> escalations;    ///< who was told that it is late

    [[nodiscard]] bool open() const { return !closed_at; }
    [[nodiscard]] std::optional<LatLon> place() const {
        return lat && lon ? std::optional{LatLon{*lat, *lon}} : std::nullopt;
    }
    [[nodiscard]] const Call& first_call() const { return calls.front(); }
    [[nodiscard]] const Patient& first_patient() const { return patients.front(); }
    [[nodiscard]] const Call* call(CallId call_id) const {
        for (const Call& c : calls) {
            if (c.id == call_id) return &c;
        }
        return nullptr;
    }
    [[nodiscard]] const Patient* patient(PatientId patient_id) const {
        for (const Patient& p : patients) {
            if (p.id == patient_id) return &p;
        }
        return nullptr;
    }
    [[nodiscard]] const Task* task(TaskId task_id) const {
        for (const Task& t : tasks) {
            if (t.id == task_id) return &t;
        }
        return nullptr;
    }
    /// Nobody who called is on the line: someone is to be called back.
    [[nodiscard]] bool caller_lost() const {
        if (calls.empty()) return false;
        for (const Call& c : calls) {
            if (!c.lost()) return false;
        }
        return true;
    }
    /// The category to sort and send by: the one in force, else the proposal.
    [[nodiscard]] Category working_category() const {
        return category != Category::none ? category : triage.proposed;
    }
    /// The task of that brigade that has not ended.
    [[nodiscard]] const Task* active_task_of(BrigadeId brigade) const {
        for (const Task& t : tasks) {
            if (t.brigade == brigade && t.active()) return &t;
        }
        return nullptr;
    }
    /// The brigade's task that was sent first and has not ended; there may be others beside it.
    [[nodiscard]] const Task* first_brigade_at_work() const {
        for (const Task& t : tasks) {
            if (t.of_brigade() && t.active()) return &t;
        }
        return nullptr;
    }
    /// The polyclinic that has it now, if one has.
    [[nodiscard]] const Task* polyclinic_at_work() const {
        const Task* last = last_polyclinic();
        return last != nullptr && last->active() ? last : nullptr;
    }
    /// The last hand-over to a polyclinic, ended or not.
    [[nodiscard]] const Task* last_polyclinic() const {
        for (auto t = tasks.rbegin(); t != tasks.rend(); ++t) {
            if (t->resource == Resource::polyclinic) return &*t;
        }
        return nullptr;
    }
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("version", s.version);
        v("received_at", s.received_at);
        v("day", s.day);
        v("day_number", s.day_number);
        v("calls", s.calls);
        v("patients", s.patients);
        v("tasks", s.tasks);
        v("place_person", s.place_person);
        v("lat", s.lat);
        v("lon", s.lon);
        v("patient_count", s.patient_count);
        v("patients_described", s.patients_described);
        v("triage", s.triage);
        v("category", s.category);
        v("category_changes", s.category_changes);
        v("ending", s.ending);
        v("ending_changes", s.ending_changes);
        v("closed_at", s.closed_at);
        v("reopenings", s.reopenings);
        v("merged_into", s.merged_into);
        v("merged", s.merged);
        v("before_merge", s.before_merge);
        v("danger", s.danger);
        v("advice", s.advice);
        v("escalations", s.escalations);
    }
};

/// Calls `f(ref)` for the personal rows of the incident's calls, place and patients as they stand.
template <class F>
void each_person(const Incident& incident, F&& f) {
    if (incident.place_person) f(*incident.place_person);
    for (const Call& call : incident.calls) {
        if (call.person) f(*call.person);
    }
    for (const Patient& patient : incident.patients) {
        if (patient.person) f(*patient.person);
    }
}

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Disposition> {
    static constexpr std::array<std::string_view, 14> names{"none",
                                                            "transported",
                                                            "left_at_place",
                                                            "left_at_home",
                                                            "served",
                                                            "refused",
                                                            "repeat",
                                                            "duplicate",
                                                            "false_call",
                                                            "unjustified",
                                                            "cancelled_by_caller",
                                                            "patient_not_found",
                                                            "death_before_arrival",
                                                            "handed_to_polyclinic"};
};
template <>
struct jedel::EnumNames<jedel::OverrideReason> {
    static constexpr std::array<std::string_view, 8> names{
        "none",       "caller_added_facts", "brigade_report", "second_call", "clinical_judgement",
        "danger_on_scene", "entry_error",   "other"};
};
