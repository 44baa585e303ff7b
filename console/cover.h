#pragma once
// Cover and staffing as the worker answers them, and what the screen does with them.

#include <memory>
#include <string>
#include <vector>

#include "dispatch/cover/room_staffing.h"
#include "dispatch/desk/desk.h"
#include "dispatch/fleet/advisor.h"

namespace jedel::console {

struct CoverQuestion {
    std::shared_ptr<const Snapshot> room;
    Instant now;
};
struct CoverAnswer {
    cover::CoverAdvice advice;
    std::vector<cover::Post> posts;
    std::optional<Error> problem;  ///< a table or a map that could not be read
};

struct StaffingQuestion {
    std::shared_ptr<const Snapshot> room;
    Instant now;
};
struct StaffingAnswer {
    Instant asked;
    cover::RoomStaffing staffing;
    std::optional<Error> problem;
};

/// The worker's part. One thread; the adviser must outlive it. Rates are those of the calls that
/// the room has at hand: the open ones and the last 2 000 that were closed.
class CoverWork {
public:
    CoverWork(Adviser& adviser, std::shared_ptr<const City> city, std::string cover_toml,
              std::string speeds_toml, std::string posts_toml);
    [[nodiscard]] CoverAnswer answer(const CoverQuestion& question);
    [[nodiscard]] StaffingAnswer answer(const StaffingQuestion& question);

private:
    void take_rates(const State& state, Instant now);

    Adviser& adviser_;
    std::shared_ptr<const City> city_;
    cover::RoomCover cover_;
    std::optional<std::uint64_t> counted_;  ///< calls ended when rates were counted last
};

}  // namespace jedel::console
