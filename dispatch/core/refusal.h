#pragma once
// Why a command was not done.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/names.h"
#include "base/time.h"

namespace jedel {

enum class RefusalCode : std::uint8_t {
    bad_command_id,
    unknown_incident,
    unknown_brigade,
    incident_closed,
    brigade_busy,      ///< is at a task; `first_*` says whose
    brigade_not_free,  ///< status is not one it can be sent from
    stale_version,     ///< changed since it was on the screen; `first_*` says by whom
    wrong_kind,        ///< a polyclinic brigade for U1–U3 (D1), a station's for a polyclinic
    category_missing,  ///< nothing said yet that gives a category
    reason_required,   ///< below the rules: a reason and words are needed
    right_required,    ///< this seat may not do it; `detail` says which may
    not_category_4,    ///< only U4 goes to a polyclinic (D2)
    age_unknown,       ///< polyclinic guard: age must be known
    under_one_year,    ///< polyclinic guard: not under one year
    already_handed,    ///< already with a brigade or a polyclinic
    not_handed,        ///< nothing to accept, return or release
    status_order,      ///< this status cannot follow the present one
    time_order,        ///< a time before the call, or in the future
    bad_value,         ///< out of range; `field` says which
    unknown_finding,
    disposition_missing,
    still_at_work,  ///< a brigade or polyclinic has not finished
    disposition_not_allowed,
    nothing_changed,
    not_merged,  ///< there is no merge to take back, or it is too long ago
    unknown_road_change,  ///< it holds no more, or never did
    too_many,             ///< a bound of the room is reached; `detail` says which
    unknown_patient,
    unknown_call,
    unknown_task,
    which_one,       ///< the incident has several; `field` says what must be named
    actor_required,  ///< nobody is named as asking, or from no seat
    not_more_urgent,     ///< a re-route would leave an incident that is not less urgent
    end_incomplete,      ///< how it ended takes more; `field` says what is missing
    accepted_elsewhere,  ///< polyclinic guard: the same patient is with one already
    not_empty,       ///< a call that something is recorded on is not discarded
};

/// Why a command was not done; typed, and with who was first where two raced.
struct Refusal {
    RefusalCode code = RefusalCode::bad_value;
    std::string field;   ///< the command's field concerned
    std::string detail;  ///< one English sentence for logs and scripts
    std::string first_actor;
    Instant first_at;
    std::optional<IncidentId> first_incident;
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::RefusalCode> {
    static constexpr std::array<std::string_view, 36> names{
        "bad_command_id",  "unknown_incident", "unknown_brigade",
        "incident_closed", "brigade_busy",     "brigade_not_free",
        "stale_version",   "wrong_kind",       "category_missing",
        "reason_required", "right_required",   "not_category_4",
        "age_unknown",     "under_one_year",   "already_handed",
        "not_handed",      "status_order",     "time_order",
        "bad_value",       "unknown_finding",  "disposition_missing",
        "still_at_work",   "disposition_not_allowed", "nothing_changed", "not_merged",
        "unknown_road_change", "too_many", "unknown_patient", "unknown_call", "unknown_task",
        "which_one", "actor_required", "not_more_urgent", "end_incomplete", "accepted_elsewhere",
        "not_empty"};
};
