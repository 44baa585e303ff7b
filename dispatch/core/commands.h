#pragma once
// Everything a person, a script or a tracker may ask for. A command is a wish; `decide` answers
// with events or a refusal. `kind` is the command's name in `jedel tell` (a promise).

#include <variant>

#include "dispatch/core/aid/commands.h"
#include "dispatch/core/brigades/commands.h"
#include "dispatch/core/calls/commands.h"
#include "dispatch/core/incidents/commands.h"
#include "dispatch/core/patients/commands.h"
#include "dispatch/core/people/commands.h"
#include "dispatch/core/people/seat.h"
#include "dispatch/core/roads/commands.h"
#include "dispatch/core/tasks/commands.h"
#include "dispatch/core/watch/commands.h"

namespace jedel {

using Command =
    std::variant<RegisterBrigade, ReceiveCall, RecordIntake, RecordFindings, SetCategory,
                 AssignBrigade, ReportStatus, ReleaseBrigade, HandToPolyclinic, AcceptByPolyclinic,
                 ReturnFromPolyclinic, IdentifyPatient, RecordFollowUp, RecordDisposition,
                 CloseIncident, MergeIncident, UnmergeIncident, RecordHospitalTriage, SignText,
                 ChangeRoad, RestoreRoad, RecordCallerLost, RecordCallerReached,
                 RecordUnanswered, AddPatient, RequestService, ReportTask, NoteClock,
                 CorrectClock, MoveToPost, ReportPost, RerouteBrigades, RecordDanger,
                 AnnounceHospital, RecordCompanion, PrealertHospital, RecordHelpRefusal,
                 GiveAdvice, Escalate, SettleTrouble, DiscardCall, CorrectTask, CorrectHospital,
                 CorrectDisposition, ReopenIncident>;

/// A command on its way: who asks, from which seat, and an id so that a retry does nothing twice.
struct CommandEnvelope {
    std::string id;     ///< 1–64 characters, unique for ever in one journal
    std::string actor;  ///< name of the person's account or desk, not personal data; not empty
    std::optional<Seat> seat;  ///< must be said: nobody is the program by default
    Command command;
    /// Whose desk it is, with the seat of a polyclinic: it may touch its own calls only.
    std::optional<OrganisationId> seat_of = {};
};

}  // namespace jedel
