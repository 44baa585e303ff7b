#pragma once
// What has happened to tasks. `at` is when it was true; none: when it was entered.

#include "dispatch/core/tasks/task.h"

namespace jedel {

struct BrigadeAssigned {
    static constexpr std::string_view kind = "brigade_assigned";
    // 2: an assignment is a task, and may be entered late; 3: why not the one proposed, re-routes
    static constexpr int version = 3;
    TaskId task;
    IncidentId incident;
    BrigadeId brigade;
    Category category = Category::none;
    std::vector<RecommendedBrigade> shown;
    std::optional<Fix> fix;
    std::string policy;
    std::optional<Instant> at;
    std::optional<ChoiceReason> override_reason;
    std::optional<IncidentId> rerouted_from;
    std::vector<Reason> reasons;  ///< of a re-route: what it was shown to gain
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("task", s.task);
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("category", s.category);
        v("shown", s.shown);
        v("fix", s.fix);
        v("policy", s.policy);
        v("at", s.at);
        v("override_reason", s.override_reason);
        v("rerouted_from", s.rerouted_from);
        v("reasons", s.reasons);
    }
};

struct StatusReported {
    static constexpr std::string_view kind = "status_reported";
    static constexpr int version = 2;  // 2: an assignment is a task
    BrigadeId brigade;
    std::optional<TaskId> task;
    std::optional<IncidentId> incident;
    BrigadeStatus status = BrigadeStatus::unknown;
    Source source = Source::dispatcher;
    Instant at;  ///< when it was true; the event's own time is when it was entered
    std::optional<OrganisationId> hospital;
    std::optional<double> lat, lon;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("task", s.task);
        v("incident", s.incident);
        v("status", s.status);
        v("source", s.source);
        v("at", s.at);
        v("hospital", s.hospital);
        v("lat", s.lat);
        v("lon", s.lon);
    }
};

/// A brigade's task ended: by service (reason none) or released.
struct AssignmentEnded {
    static constexpr std::string_view kind = "assignment_ended";
    static constexpr int version = 2;  // 2: an assignment is a task, and may be entered late
    TaskId task;
    IncidentId incident;
    BrigadeId brigade;
    bool served = false;
    ReleaseReason reason = ReleaseReason::none;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("task", s.task);
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("served", s.served);
        v("reason", s.reason);
        v("at", s.at);
    }
};

struct HandedToPolyclinic {
    static constexpr std::string_view kind = "handed_to_polyclinic";
    static constexpr int version = 2;  // 2: a task of its own, and may be entered late
    std::optional<TaskId> task;  ///< none in what version 1 stored: see lifted_task_id
    IncidentId incident;
    OrganisationId polyclinic;
    std::string row;
    std::vector<Reason> reasons;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("task", s.task);
        v("incident", s.incident);
        v("polyclinic", s.polyclinic);
        v("row", s.row);
        v("reasons", s.reasons);
        v("at", s.at);
    }
};

struct PolyclinicAccepted {
    static constexpr std::string_view kind = "polyclinic_accepted";
    static constexpr int version = 2;  // 2: may be entered late
    IncidentId incident;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("at", s.at);
    }
};

struct PolyclinicReturned {
    static constexpr std::string_view kind = "polyclinic_returned";
    static constexpr int version = 2;  // 2: may be entered late
    IncidentId incident;
    std::string reason;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("reason", s.reason);
        v("at", s.at);
    }
};

/// Police, fire service or medical aviation were asked to come.
struct ServiceRequested {
    static constexpr std::string_view kind = "service_requested";
    static constexpr int version = 1;
    TaskId task;
    IncidentId incident;
    Resource resource = Resource::police;
    std::optional<OrganisationId> organisation;
    Category category = Category::none;
    std::string purpose;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("task", s.task);
        v("incident", s.incident);
        v("resource", s.resource);
        v("organisation", s.organisation);
        v("category", s.category);
        v("purpose", s.purpose);
        v("at", s.at);
    }
};

/// A step of a task that is no brigade's.
struct TaskReported {
    static constexpr std::string_view kind = "task_reported";
    static constexpr int version = 1;
    IncidentId incident;
    TaskId task;
    TaskStep step = TaskStep::accepted;
    std::string reason;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("step", s.step);
        v("reason", s.reason);
        v("at", s.at);
    }
};

/// A step of a task was set right: `at` is when it was taken; none: it was not.
struct TaskCorrected {
    static constexpr std::string_view kind = "task_corrected";
    static constexpr int version = 1;
    IncidentId incident;
    TaskId task;
    TaskStep step = TaskStep::sent;
    std::optional<Instant> at;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("step", s.step);
        v("at", s.at);
        v("words", s.words);
    }
};

struct HospitalCorrected {
    static constexpr std::string_view kind = "hospital_corrected";
    static constexpr int version = 1;
    IncidentId incident;
    TaskId task;
    OrganisationId hospital;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("hospital", s.hospital);
        v("words", s.words);
    }
};

struct HospitalTriaged {
    static constexpr std::string_view kind = "hospital_triaged";
    static constexpr int version = 2;  // 2: an assignment is a task
    IncidentId incident;
    TaskId task;
    TriageZone zone = TriageZone::none;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("zone", s.zone);
    }
};

/// Version 1 gave hand-overs to polyclinics no number. Theirs lie in the upper half of desk 0's
/// numbers, by the place of the event in the journal: no desk ever mints one there.
constexpr TaskId lifted_task_id(std::uint64_t seq) { return {(desk_count_mask >> 1) + 1 + seq}; }

}  // namespace jedel
