#pragma once
// What every subject must answer for each of its kinds: a decision, a fold. A kind that stands in
// the variant and is forgotten here does not compile. Private to core.

#include "dispatch/core/aid/handlers.h"
#include "dispatch/core/brigades/handlers.h"
#include "dispatch/core/calls/handlers.h"
#include "dispatch/core/incidents/handlers.h"
#include "dispatch/core/patients/handlers.h"
#include "dispatch/core/people/handlers.h"
#include "dispatch/core/roads/handlers.h"
#include "dispatch/core/tasks/handlers.h"
#include "dispatch/core/watch/handlers.h"
