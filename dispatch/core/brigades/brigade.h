#pragma once
// A brigade of the roster: what it is, what it does now, and where a status last put it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "dispatch/core/types.h"

namespace jedel {

enum class BrigadeKind : std::uint8_t {
    feldsher,
    doctor,
    specialised,
    polyclinic,  ///< emergency brigade of a polyclinic, serves U4 only (D2)
    cardiac,     ///< specialised, as all that follow
    paediatric,
    resuscitation,
    psychiatric,
    obstetric,
};

/// Staffed for one kind of case; `specialised` where the roster does not say for which.
constexpr bool is_specialised(BrigadeKind kind) {
    return kind == BrigadeKind::specialised || kind >= BrigadeKind::cardiac;
}

/// Status of a brigade. `unknown` until it first reports. A brigade that is `returning` is free.
enum class BrigadeStatus : std::uint8_t {
    unknown,
    off_shift,
    free_at_base,
    sent,      ///< assigned, not yet accepted: first step of the hand-off
    accepted,  ///< the crew confirmed: second step
    departed,
    on_scene,
    transporting,
    at_hospital,
    handed_over,  ///< patient handed over, brigade not yet free
    returning,    ///< free, on the way back
    out_of_service,
};

/// Steps of a brigade's way to a post where it waits, in their order.
enum class PostStep : std::uint8_t {
    accepted,
    departed,
    arrived,
    ended,  ///< called off, or it goes home; the last step
};

/// A post where a brigade was asked to wait. It stays free: whoever needs it may send it, from
/// wherever it is, and then the wait is over.
struct Standby {
    std::string post;  ///< of the table of posts, or an organisation's number
    LatLon place;
    Instant ordered_at;
    std::optional<Instant> accepted_at, departed_at, arrived_at;
    std::string plan;  ///< what was accepted together has one name; empty: alone
    double gain = 0;   ///< of the expected share of U1 demand, as it was shown
    std::string policy;  ///< who chose: empty = a person
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("post", s.post);
        v("lat", s.place.lat);
        v("lon", s.place.lon);
        v("ordered_at", s.ordered_at);
        v("accepted_at", s.accepted_at);
        v("departed_at", s.departed_at);
        v("arrived_at", s.arrived_at);
        v("plan", s.plan);
        v("gain", s.gain);
        v("policy", s.policy);
    }
    /// When the latest of its steps was.
    [[nodiscard]] Instant last_at() const {
        if (arrived_at) return *arrived_at;
        if (departed_at) return *departed_at;
        return accepted_at.value_or(ordered_at);
    }
};

struct Brigade {
    BrigadeId id;
    std::uint64_t version = 0;  ///< seq of the last event about it
    std::string name;
    BrigadeKind kind = BrigadeKind::feldsher;
    OrganisationId base;
    LatLon base_place;
    std::optional<Instant> shift_end;
    BrigadeStatus status = BrigadeStatus::unknown;
    Instant status_at;  ///< since when
    Source status_source = Source::dispatcher;
    std::optional<TaskId> task;  ///< the one it is at; a brigade has one or none
    std::optional<IncidentId> incident;
    std::string last_actor;  ///< who made the last change
    /// Where a status last put it (base, scene, hospital, what was reported), and when; trackers
    /// know better.
    std::optional<double> last_lat, last_lon;
    Instant last_place_at;
    /// The hospital that its last status put it at, since when; newer than `last_lat` where set.
    std::optional<OrganisationId> at_organisation;
    std::optional<Instant> at_organisation_since;
    /// When its last task ended: what it did before cannot be entered over it.
    std::optional<Instant> last_task_ended_at;
    std::optional<Standby> standby;  ///< where it was asked to wait, while it is free
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("version", s.version);
        v("name", s.name);
        v("kind", s.kind);
        v("base", s.base);
        v("lat", s.base_place.lat);
        v("lon", s.base_place.lon);
        v("shift_end", s.shift_end);
        v("status", s.status);
        v("status_at", s.status_at);
        v("status_source", s.status_source);
        v("task", s.task);
        v("incident", s.incident);
        v("last_actor", s.last_actor);
        v("last_lat", s.last_lat);
        v("last_lon", s.last_lon);
        v("last_place_at", s.last_place_at);
        v("at_organisation", s.at_organisation);
        v("at_organisation_since", s.at_organisation_since);
        v("last_task_ended_at", s.last_task_ended_at);
        v("standby", s.standby);
    }
};

/// A brigade can be sent: on shift, at no task, and known to be free.
inline bool is_free(const Brigade& b) {
    return !b.task && (b.status == BrigadeStatus::free_at_base ||
                       b.status == BrigadeStatus::returning);
}

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::BrigadeKind> {
    static constexpr std::array<std::string_view, 9> names{
        "feldsher",   "doctor",        "specialised", "polyclinic", "cardiac",
        "paediatric", "resuscitation", "psychiatric", "obstetric"};
};
template <>
struct jedel::EnumNames<jedel::BrigadeStatus> {
    static constexpr std::array<std::string_view, 12> names{
        "unknown",  "off_shift",    "free_at_base", "sent",        "accepted",  "departed",
        "on_scene", "transporting", "at_hospital",  "handed_over", "returning", "out_of_service"};
};
template <>
struct jedel::EnumNames<jedel::PostStep> {
    static constexpr std::array<std::string_view, 4> names{"accepted", "departed", "arrived",
                                                           "ended"};
};
