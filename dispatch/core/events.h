#pragma once
// Everything that can have happened. Events are facts in the past; the state of the room is their
// fold. `kind` and `version` are written to the journal and never change meaning: a changed
// payload gets a new version and an upcaster (dispatch/journal/upcast.h).

#include <variant>

#include "dispatch/core/aid/events.h"
#include "dispatch/core/brigades/events.h"
#include "dispatch/core/calls/events.h"
#include "dispatch/core/incidents/events.h"
#include "dispatch/core/patients/events.h"
#include "dispatch/core/people/events.h"
#include "dispatch/core/people/seat.h"
#include "dispatch/core/roads/events.h"
#include "dispatch/core/tasks/events.h"
#include "dispatch/core/watch/events.h"

namespace jedel {

using Event = std::variant<BrigadeRegistered, CallReceived, IntakeRecorded, FindingsRecorded,
                           Triaged, CategorySet, BrigadeAssigned, StatusReported, AssignmentEnded,
                           HandedToPolyclinic, PolyclinicAccepted, PolyclinicReturned,
                           PatientIdentified, FollowUpRecorded, DispositionRecorded,
                           IncidentClosed, IncidentMerged, IncidentUnmerged, HospitalTriaged,
                           TextSigned, RoadChanged, RoadRestored, CallerLost, CallerReached,
                           QuestionUnanswered, QuestionReopened, PatientAdded, ServiceRequested,
                           TaskReported, ClockNoted, ClockCorrected, MovedToPost, PostReported,
                           DangerRecorded, HospitalAnnounced, CompanionRecorded, HospitalPrealerted,
                           HelpRefused, AdviceGiven, StatusUnfit, TroubleSettled, Escalated,
                           CallDiscarded, TaskCorrected, HospitalCorrected,
                           DispositionCorrected, IncidentReopened>;

/// An event with what the journal knows of it.
struct JournalEvent {
    std::uint64_t seq = 0;   ///< from 1, without gaps; the only order there is
    Instant at;              ///< when it was decided; never before the event it follows
    std::string actor;       ///< who asked
    Seat seat = Seat::system;
    std::string command_id;  ///< the command it came from
    Event event;
};

}  // namespace jedel
