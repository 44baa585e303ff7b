#pragma once
// What the pages read of a call: one place to look into it, so that its shape can change.

#include <vector>

#include "dispatch/core/state.h"

namespace jedel::console {

/// The brigade's service of this call that is under way; nullptr: it does not serve it.
const Task* serving(const Incident& incident, BrigadeId brigade);
bool serves(const Incident& incident, BrigadeId brigade);
/// Services under way, in the order the brigades were sent.
std::vector<const Task*> serving_now(const Incident& incident);
/// The brigade's service that was begun last, ended or not; nullptr: none was sent.
const Task* last_service(const Incident& incident);
/// Brigades have been there and are done; what is left is to say how it ended and close.
bool was_served(const Incident& incident);
/// A polyclinic has the call.
bool at_polyclinic(const Incident& incident);
/// A brigade or a polyclinic is at work on it.
bool at_work(const Incident& incident);

}  // namespace jedel::console
