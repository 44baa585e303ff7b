#pragma once
// The streets of every district: its own grid, cut where the planner left blocks whole.

#include "dispatch/city/generator/layout.h"

namespace jedel::generator {

void add_grids(Plan& plan, Random& random);

}  // namespace jedel::generator
