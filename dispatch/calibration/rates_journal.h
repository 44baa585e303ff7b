#pragma once
// Demand, work and shifts out of a journal of the room.

#include <string>

#include "dispatch/core/state.h"
#include "dispatch/cover/rates.h"

namespace jedel::calibration {

struct JournalRates {
    cover::RoomRates rates;
    State state;  ///< the room after the last event
};

/// Every incident, ended or not, and who was on shift when, by what was reported: the time a
/// brigade's status is not known, off shift or out of service is no duty. Polyclinics' brigades are
/// left out. Errors: the journal cannot be read.
Result<JournalRates> rates_from_journal(const std::string& url);

}  // namespace jedel::calibration
