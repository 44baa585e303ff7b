#pragma once
// The training city, made from a number: the same number gives the same bytes everywhere.

#include "dispatch/city/city.h"

namespace jedel {

/// Seed of the city in data/city/training.
constexpr std::uint64_t training_seed = 103;

/// A believable city of 400 000 people that exists nowhere: roads, houses, people, organisations
/// and brigades. `folder` is left empty.
City generate_city(std::uint64_t seed);

/// A square grid of about `node_count` junctions 150 m apart with main roads, one-ways and small
/// shifts; for measuring how cost grows.
roads::RoadMap generate_grid(std::uint32_t node_count, std::uint64_t seed);

}  // namespace jedel
