#pragma once
// Answers of `jedel cover` and `jedel staffing` as JSON and as lines for a person.

#include <nlohmann/json.hpp>

#include "dispatch/core/state.h"
#include "dispatch/cover/room_staffing.h"
#include "dispatch/exercise/compare.h"

namespace jedel::cli {

nlohmann::ordered_json json_of(const cover::CoverAdvice& advice, const cover::RoomCover& cover);
nlohmann::ordered_json json_of(const cover::RoomStaffing& staffing);
nlohmann::ordered_json json_of(const exercise::Comparison& comparison);
void print_cover(const cover::CoverAdvice& advice, const cover::RoomCover& cover,
                 const State& state);
void print_staffing(const cover::RoomStaffing& staffing);
void print_comparison(const exercise::Comparison& comparison);

}  // namespace jedel::cli
