#pragma once
// What the exact and the approximate solution ask of their input alike. Internal.

#include "dispatch/cover/hypercube.h"

namespace jedel::cover {

Result<void> check_hypercube(const HypercubeInput& input);
double total_rate(const HypercubeInput& input);

}  // namespace jedel::cover
