#pragma once
// Costs from a place to all of its ancestors in the hierarchy, or from them to it. Internal.
//
// The ancestors of a state are one chain to the root, numbered by depth, so that what a search
// keeps is a short array that two places compare element by element.

#include <span>
#include <vector>

#include "dispatch/roads/ends.h"
#include "dispatch/roads/hierarchy.h"

namespace jedel::roads {

/// One chain of ancestors, by depth: the root is 0.
struct Chain {
    Rank bottom = 0;
    std::uint32_t length = 0;  ///< depth of the bottom + 1
    std::uint32_t shared = 0;  ///< how much of it, from the root, an earlier chain has too
    std::vector<Cost> cost;    ///< by depth; at least `length` long
};

class UpwardWalk {
public:
    void run(const Hierarchy& hierarchy, const Climbs& climbs, std::span<const Seed> seeds);
    /// One for each seed that no other seed lies below, ascending by bottom; where they meet they
    /// go on as one, and each holds the whole result.
    [[nodiscard]] std::span<const Chain> chains() const { return {chains_.data(), count_}; }

private:
    struct Head {
        Rank at = 0;
        std::uint32_t chain = 0;
    };
    struct Joint {
        std::uint32_t from = 0, into = 0, length = 0;
    };
    void begin(const Hierarchy& hierarchy, std::span<const Seed> seeds);
    void join(std::uint32_t from, std::uint32_t into, std::uint32_t length);
    void walk_apart(const Hierarchy& hierarchy, const Climbs& climbs);
    void share();

    std::vector<Chain> chains_;  // more may be kept than `count_`, for their memory
    std::size_t count_ = 0;
    std::vector<Rank> ranks_;
    std::vector<Head> heads_;
    std::vector<Joint> joints_;
};

/// One side of a query, ready to be met: what it reached, from the root down.
class MeetingPlace {
public:
    void fill(const Hierarchy& hierarchy, const UpwardWalk& walk);
    struct Line {
        std::vector<Rank> rank, first_below;
        std::vector<std::uint32_t> depth;
        std::vector<Cost> cost;
        std::uint32_t shared = 0;  ///< how many of them an earlier line has too
        /// How many of the line, from the root, are above `other` (or are it).
        [[nodiscard]] std::uint32_t common(Rank other) const;
    };
    [[nodiscard]] std::span<const Line> lines() const { return {lines_.data(), count_}; }
    /// Least sum over the ancestors that a chain shares with the line that goes furthest with it;
    /// those less deep than `from_depth` are left out.
    [[nodiscard]] Cost least(Rank bottom, const Cost* cost, std::uint32_t from_depth) const;

private:
    std::vector<Line> lines_;
    std::size_t count_ = 0;
};

/// Costs between one place and many: what one walk found, handed down from the ancestors that the
/// many share to each of them (Delling, Goldberg, Nowatzyk & Werneck, PHAST, 2013), each ancestor
/// once.
class DownwardSweep {
public:
    /// `walk` ran over the climbs of the opposite direction.
    void start(const Hierarchy& hierarchy, const Climbs& climbs, const UpwardWalk& walk);
    /// Infinite where there is no way.
    [[nodiscard]] Cost cost(const Hierarchy& hierarchy, const Climbs& climbs, Rank at);

private:
    void hand_down(const Climbs& climbs);

    static constexpr Cost unknown = ~Cost{0};
    std::vector<Cost> cost_;  // by rank
    std::vector<Rank> known_, path_;
};

}  // namespace jedel::roads
