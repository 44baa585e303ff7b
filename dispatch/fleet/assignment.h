#pragma once
// Who goes where when several wait at once: exact, the more urgent class before all else.

#include <cstdint>
#include <span>
#include <vector>

#include "triage/category.h"

namespace jedel {

/// Seconds by urgency class, compared class by class: a second of U1 outweighs any time of U2.
/// Wide enough for 16 000 calls of 18 hours in each class.
__extension__ using LexCost = __int128;

/// The cost of one call reached after `seconds` (0 to 65 535, cut to that).
LexCost lex_cost(triage::Category category, double seconds);
/// No way at all; above every real cost.
LexCost no_way();

/// Each row its own column with the least sum; at least as many columns as rows. `cost` by rows.
/// Shortest augmenting paths (Kuhn and Munkres): rows² × columns at worst.
std::vector<std::size_t> assign_exactly(std::size_t rows, std::size_t columns,
                                        std::span<const LexCost> cost);
/// Row by row the cheapest that is left: what a person does, to compare with.
std::vector<std::size_t> assign_greedily(std::size_t rows, std::size_t columns,
                                         std::span<const LexCost> cost);

}  // namespace jedel
