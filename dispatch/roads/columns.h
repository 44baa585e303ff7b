#pragma once
// Many chains of ancestors side by side, so that one call is compared with all of them at once.
// Internal.
//
// Sorted by their lowest ancestor, the chains that share a given ancestor stand next to each other
// (ranks are a postorder). So for each ancestor of the call, one run of numbers is added to and
// compared, many in one instruction, instead of a search for each brigade.

#include <cstdint>
#include <span>
#include <vector>

#include "dispatch/roads/climb.h"

namespace jedel::roads {

inline constexpr std::int32_t never_ms = (1 << 30) - 1;  // two of them still fit into 32 bits

inline std::int32_t whole_ms(Cost c) {
    return c >= infinite_cost ? never_ms : static_cast<std::int32_t>(c >> 32);
}

class Columns {
public:
    struct Source {
        Rank bottom = 0;
        std::uint32_t length = 0;
        const Cost* cost = nullptr;  ///< by depth
        std::uint32_t slot = 0;
    };
    /// Takes the chains over; cost: about what ten scans cost.
    void fill(std::vector<Source> sources, std::uint32_t levels);
    /// Least whole milliseconds of each slot to a place; never_ms where they do not meet. Only
    /// slots that have a chain are written, the others' entries are left.
    void scan(const MeetingPlace& place, std::span<std::int32_t> by_slot);
    [[nodiscard]] std::size_t bytes() const;

private:
    std::vector<Rank> bottom_;         // ascending
    std::vector<std::uint32_t> slot_;  // beside it
    std::vector<std::int32_t> ms_;     // by depth, then column
    std::vector<std::int32_t> best_;
};

}  // namespace jedel::roads
