#pragma once
// Bans of a turn by way of other segments: which arrivals must be told apart so that a search
// needs to know nothing of them. Internal.

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dispatch/roads/graph.h"

namespace jedel::roads {

/// An arrival is "plain" where the last segment says all that bans need to know, and "special"
/// where a ban remembers more than one segment: it is some way into a path that must not be driven
/// to its end.
class PathArrivals {
public:
    explicit PathArrivals(const RoadMap& map);

    static constexpr std::uint32_t plain = no_index, banned = no_index - 1;
    /// What comes of driving `out` after an arrival by `in`, which is `special` or plain:
    /// `banned`, `plain`, or the number of the special arrival that it leads to.
    [[nodiscard]] std::uint32_t after(DirectedId in, std::uint32_t special, DirectedId out) const;

    /// The special arrivals at a node, as numbers; the last segment of each.
    [[nodiscard]] std::span<const std::uint32_t> at(std::uint32_t node) const;
    [[nodiscard]] DirectedId last(std::uint32_t special) const { return specials_[special].last; }
    [[nodiscard]] std::size_t size() const { return specials_.size(); }
    /// Arrivals at this node may differ by bans.
    [[nodiscard]] bool touches(std::uint32_t node) const { return touched_.contains(node); }

private:
    /// For each ban that is under way: its number and how many of its segments have been driven.
    using Progress = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    struct Special {
        DirectedId last = 0;
        Progress progress;
    };
    [[nodiscard]] Progress progress_of(DirectedId in) const;
    /// True and `next` filled unless `out` would end a banned path.
    [[nodiscard]] bool drive(const Progress& progress, DirectedId out, Progress& next) const;
    /// Numbers the special arrivals one segment further.
    void follow(const RoadMap& map, const Progress& progress);

    std::span<const PathBan> bans_;
    std::unordered_map<DirectedId, std::vector<std::uint32_t>> begins_;  ///< bans by first segment
    std::vector<Special> specials_;
    std::map<std::pair<DirectedId, Progress>, std::uint32_t> number_of_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> at_node_;
    std::unordered_set<std::uint32_t> touched_;
};

}  // namespace jedel::roads
