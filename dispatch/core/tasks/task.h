#pragma once
// A task: one resource asked to do one thing for an incident, with its whole history. Nothing in
// it is overwritten; a second hand-over to a polyclinic is a second task.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/aid/aid.h"
#include "dispatch/core/brigades/brigade.h"
#include "dispatch/core/types.h"

namespace jedel {

/// Who is asked.
enum class Resource : std::uint8_t {
    brigade,
    polyclinic,    ///< a polyclinic's team serves the call (D2)
    police,        ///< threat to the brigade, death before arrival (D6)
    fire_service,
    medical_aviation,  ///< D14
};

/// Steps of a task, in their order. A brigade's are reported as its status.
enum class TaskStep : std::uint8_t {
    sent,
    accepted,
    under_way,
    on_scene,
    left_scene,
    at_hospital,
    handed_over,
    done,      ///< service ended
    returned,  ///< given back unserved: released, refused, called off; the last step, as `done` is
};

/// One step that was taken.
struct TaskMark {
    TaskStep step = TaskStep::sent;
    Instant at;          ///< when it was true
    Instant entered_at;  ///< when the room learned of it
    Source source = Source::dispatcher;
    std::string actor;
    bool struck = false;  ///< set right: the step was not taken
    std::string words;    ///< why it was set right; empty: a first word
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("step", s.step);
        v("at", s.at);
        v("entered_at", s.entered_at);
        v("source", s.source);
        v("actor", s.actor);
        v("struck", s.struck);
        v("words", s.words);
    }
};

/// The hospital of a task became another one: on the way, or because the first was wrong.
struct HospitalChange {
    std::optional<OrganisationId> from;
    OrganisationId to;
    Instant at;
    std::string actor;
    std::string words;  ///< why it was set right; empty: the crew went elsewhere
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("from", s.from);
        v("to", s.to);
        v("at", s.at);
        v("actor", s.actor);
        v("words", s.words);
    }
};

/// Why a task ended without service.
enum class ReleaseReason : std::uint8_t {
    none,
    caller_cancelled,
    nearer_brigade,
    more_urgent_call,
    vehicle_fault,
    crew_threatened,  ///< D6: goes on together with the police
    wrong_brigade,
    handed_to_polyclinic,
    other,
};

/// Why a person sent another brigade than the one that was proposed.
enum class ChoiceReason : std::uint8_t {
    crew_fits_the_case,
    equipment,
    knows_the_way,
    nearer_than_shown,  ///< the crew itself says where it is
    crew_needs_rest,
    kept_for_another_call,
    asked_by_senior,  ///< senior doctor or senior dispatcher
    crew_or_vehicle_not_ready,
    other,
};

/// Group a nurse puts a patient in at the hospital's door within 60 seconds (D13).
enum class TriageZone : std::uint8_t {
    none,
    red,     ///< direct threat to life, or a high risk of worsening
    yellow,  ///< potential threat, may progress
    green,   ///< no direct threat, no admission needed
};

/// One line of the list that was on the screen when a brigade was chosen.
struct RecommendedBrigade {
    BrigadeId brigade;
    double travel_s = 0;
    double distance_m = 0;
    std::vector<Reason> reasons;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("travel_s", s.travel_s);
        v("distance_m", s.distance_m);
        v("reasons", s.reasons);
    }
    friend bool operator==(const RecommendedBrigade&, const RecommendedBrigade&) = default;
};

struct Task {
    TaskId id;
    Resource resource = Resource::brigade;
    std::optional<BrigadeId> brigade;            ///< with Resource::brigade
    std::optional<OrganisationId> organisation;  ///< the polyclinic, the police department …
    Category category = Category::none;          ///< of the incident when it was sent
    std::vector<TaskMark> history;               ///< in order of entry; the first is `sent`
    BrigadeStatus from_status = BrigadeStatus::unknown;  ///< what the brigade was doing before
    std::optional<OrganisationId> hospital;
    std::vector<HospitalChange> hospital_changes;
    TriageZone zone = TriageZone::none;  ///< at the hospital's door (D13)
    std::optional<Instant> zone_at;
    ReleaseReason released = ReleaseReason::none;
    std::string return_reason;  ///< a polyclinic's code: "not_accepted", "closed" …
    std::string purpose;        ///< why police, fire service, aviation: a code
    std::string row;            ///< of the dated table that named the resource
    std::vector<Reason> reasons;
    std::vector<RecommendedBrigade> shown;  ///< why this brigade: the list as it was shown
    std::optional<ChoiceReason> override_reason;  ///< said when it was not the one proposed
    std::optional<IncidentId> rerouted_from;      ///< turned here on its way to that incident
    Companion companion = Companion::none;  ///< who rides along (D8)
    std::optional<Prealert> prealert;       ///< what the hospital was told (D7)

    /// Sent although the list proposed another.
    [[nodiscard]] bool against_list() const {
        return !shown.empty() && brigade && shown.front().brigade != *brigade;
    }
    /// When a step was true, by the latest word on it; none where that says it was not taken.
    [[nodiscard]] std::optional<Instant> time_of(TaskStep step) const {
        for (auto mark = history.rbegin(); mark != history.rend(); ++mark) {
            if (mark->step != step) continue;
            return mark->struck ? std::nullopt : std::optional{mark->at};
        }
        return std::nullopt;
    }
    [[nodiscard]] Instant sent_at() const { return time_of(TaskStep::sent).value_or(Instant{}); }
    [[nodiscard]] std::optional<Instant> accepted_at() const { return time_of(TaskStep::accepted); }
    [[nodiscard]] std::optional<Instant> departed_at() const {
        return time_of(TaskStep::under_way);
    }
    [[nodiscard]] std::optional<Instant> on_scene_at() const { return time_of(TaskStep::on_scene); }
    [[nodiscard]] std::optional<Instant> left_scene_at() const {
        return time_of(TaskStep::left_scene);
    }
    [[nodiscard]] std::optional<Instant> at_hospital_at() const {
        return time_of(TaskStep::at_hospital);
    }
    [[nodiscard]] std::optional<Instant> handed_over_at() const {
        return time_of(TaskStep::handed_over);
    }
    [[nodiscard]] std::optional<Instant> returned_at() const { return time_of(TaskStep::returned); }
    /// The latest word on how it ended: served or given back; nullptr while it goes on.
    [[nodiscard]] const TaskMark* end() const {
        for (auto mark = history.rbegin(); mark != history.rend(); ++mark) {
            if (mark->step >= TaskStep::done) return mark->struck ? nullptr : &*mark;
        }
        return nullptr;
    }
    /// The furthest step that was taken, as it stands.
    [[nodiscard]] TaskStep last_step() const {
        TaskStep last = TaskStep::sent;
        for (const TaskMark& mark : history) {
            if (mark.step > last && time_of(mark.step)) last = mark.step;
        }
        return last;
    }
    [[nodiscard]] std::optional<Instant> ended_at() const {
        const TaskMark* mark = end();
        return mark != nullptr ? std::optional{mark->at} : std::nullopt;
    }
    [[nodiscard]] bool active() const { return end() == nullptr; }
    [[nodiscard]] bool served() const {
        const TaskMark* mark = end();
        return mark != nullptr && mark->step == TaskStep::done;
    }
    [[nodiscard]] bool of_brigade() const { return resource == Resource::brigade; }
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("resource", s.resource);
        v("brigade", s.brigade);
        v("organisation", s.organisation);
        v("category", s.category);
        v("history", s.history);
        v("from_status", s.from_status);
        v("hospital", s.hospital);
        v("hospital_changes", s.hospital_changes);
        v("zone", s.zone);
        v("zone_at", s.zone_at);
        v("released", s.released);
        v("return_reason", s.return_reason);
        v("purpose", s.purpose);
        v("row", s.row);
        v("reasons", s.reasons);
        v("shown", s.shown);
        v("override_reason", s.override_reason);
        v("rerouted_from", s.rerouted_from);
        v("companion", s.companion);
        v("prealert", s.prealert);
    }
};

/// The step that a brigade's status stands for; none for statuses that are not part of a task.
constexpr std::optional<TaskStep> step_of(BrigadeStatus status) {
    switch (status) {
        case BrigadeStatus::sent: return TaskStep::sent;
        case BrigadeStatus::accepted: return TaskStep::accepted;
        case BrigadeStatus::departed: return TaskStep::under_way;
        case BrigadeStatus::on_scene: return TaskStep::on_scene;
        case BrigadeStatus::transporting: return TaskStep::left_scene;
        case BrigadeStatus::at_hospital: return TaskStep::at_hospital;
        case BrigadeStatus::handed_over: return TaskStep::handed_over;
        case BrigadeStatus::unknown:
        case BrigadeStatus::off_shift:
        case BrigadeStatus::free_at_base:
        case BrigadeStatus::returning:
        case BrigadeStatus::out_of_service: return std::nullopt;
    }
    return std::nullopt;
}

/// The status that a step of a brigade's task stands for; `unknown` for the last two.
constexpr BrigadeStatus status_of(TaskStep step) {
    switch (step) {
        case TaskStep::sent: return BrigadeStatus::sent;
        case TaskStep::accepted: return BrigadeStatus::accepted;
        case TaskStep::under_way: return BrigadeStatus::departed;
        case TaskStep::on_scene: return BrigadeStatus::on_scene;
        case TaskStep::left_scene: return BrigadeStatus::transporting;
        case TaskStep::at_hospital: return BrigadeStatus::at_hospital;
        case TaskStep::handed_over: return BrigadeStatus::handed_over;
        case TaskStep::done:
        case TaskStep::returned: return BrigadeStatus::unknown;
    }
    return BrigadeStatus::unknown;
}

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Resource> {
    static constexpr std::array<std::string_view, 5> names{"brigade", "polyclinic", "police",
                                                           "fire_service", "medical_aviation"};
};
template <>
struct jedel::EnumNames<jedel::TaskStep> {
    static constexpr std::array<std::string_view, 9> names{
        "sent",        "accepted",    "under_way", "on_scene", "left_scene",
        "at_hospital", "handed_over", "done",      "returned"};
};
template <>
struct jedel::EnumNames<jedel::ReleaseReason> {
    static constexpr std::array<std::string_view, 9> names{
        "none",          "caller_cancelled", "nearer_brigade",       "more_urgent_call",
        "vehicle_fault", "crew_threatened",  "wrong_brigade", "handed_to_polyclinic", "other"};
};
template <>
struct jedel::EnumNames<jedel::ChoiceReason> {
    static constexpr std::array<std::string_view, 9> names{
        "crew_fits_the_case", "equipment",             "knows_the_way",
        "nearer_than_shown",  "crew_needs_rest",       "kept_for_another_call",
        "asked_by_senior",    "crew_or_vehicle_not_ready", "other"};
};
template <>
struct jedel::EnumNames<jedel::TriageZone> {
    static constexpr std::array<std::string_view, 4> names{"none", "red", "yellow", "green"};
};
