#include "dispatch/roads/climb.h"

#include <algorithm>

namespace jedel::roads {

namespace {

void relax(const Climbs& climbs, Rank at, std::uint32_t depth, Cost* cost) {
    const Cost here = cost[depth];
    if (here >= infinite_cost) return;
    for (const Climb& e : climbs.from(at)) {
        cost[e.depth] = std::min(cost[e.depth], here + e.cost);
    }
}

}  // namespace

void UpwardWalk::begin(const Hierarchy& h, std::span<const Seed> seeds) {
    count_ = 0;
    heads_.clear();
    joints_.clear();
    ranks_.clear();
    for (const Seed& seed : seeds) ranks_.push_back(h.rank_of[seed.state]);
    std::sort(ranks_.begin(), ranks_.end());
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
        // In a postorder a vertex with a seed below it follows that seed, with none outside the
        // subtree between: looking at the seed before is enough.
        if (i > 0 && h.is_above(ranks_[i], ranks_[i - 1])) continue;
        if (count_ == chains_.size()) {
            chains_.emplace_back().cost.resize(h.levels);
        }
        Chain& chain = chains_[count_];
        chain.bottom = ranks_[i];
        chain.length = h.depth[ranks_[i]] + 1;
        chain.shared = 0;
        std::fill_n(chain.cost.begin(), chain.length, infinite_cost);
        heads_.push_back({ranks_[i], static_cast<std::uint32_t>(count_++)});
    }
    for (const Seed& seed : seeds) {
        const Rank r = h.rank_of[seed.state];
        for (std::size_t i = 0; i < count_; ++i) {
            if (!h.is_above(r, chains_[i].bottom)) continue;
            Cost& there = chains_[i].cost[h.depth[r]];
            there = std::min(there, seed.cost);
            break;
        }
    }
}

void UpwardWalk::join(std::uint32_t from, std::uint32_t into, std::uint32_t length) {
    for (std::uint32_t d = 0; d < length; ++d) {
        Cost& there = chains_[into].cost[d];
        there = std::min(there, chains_[from].cost[d]);
    }
    joints_.push_back({from, into, length});
}

/// Step by step until one chain is left, the lowest head first, so that none has passed where
/// another has still to come.
void UpwardWalk::walk_apart(const Hierarchy& h, const Climbs& climbs) {
    while (heads_.size() > 1) {
        const auto lowest = std::min_element(
            heads_.begin(), heads_.end(), [](const Head& a, const Head& b) { return a.at < b.at; });
        const std::uint32_t depth = h.depth[lowest->at];
        relax(climbs, lowest->at, depth, chains_[lowest->chain].cost.data());
        const Rank next = h.parent[lowest->at];
        const auto met =
            std::find_if(heads_.begin(), heads_.end(), [&](const Head& o) { return o.at == next; });
        if (met != heads_.end()) join(lowest->chain, met->chain, depth);
        if (met != heads_.end() || next == no_index) {
            heads_.erase(lowest);
        } else {
            lowest->at = next;
        }
    }
}

/// Gives every chain what it shares with the one it ran into.
void UpwardWalk::share() {
    for (auto j = joints_.rbegin(); j != joints_.rend(); ++j) {
        std::copy_n(chains_[j->into].cost.begin(), j->length, chains_[j->from].cost.begin());
        Chain& later = chains_[std::max(j->from, j->into)];
        later.shared = std::max(later.shared, j->length);
    }
}

void UpwardWalk::run(const Hierarchy& h, const Climbs& climbs, std::span<const Seed> seeds) {
    begin(h, seeds);
    walk_apart(h, climbs);
    if (heads_.empty()) return;
    Cost* cost = chains_[heads_.front().chain].cost.data();
    std::uint32_t depth = h.depth[heads_.front().at];
    for (Rank r = heads_.front().at; r != no_index; r = h.parent[r]) {
        relax(climbs, r, depth--, cost);
    }
    share();
}

std::uint32_t MeetingPlace::Line::common(Rank other) const {
    std::uint32_t base = 0, left = static_cast<std::uint32_t>(rank.size());
    while (left > 0) {  // no early end: the branch is predictable, the loads stay in cache
        const std::uint32_t half = (left + 1) / 2;
        const std::uint32_t i = base + half - 1;
        const bool above = first_below[i] <= other && other <= rank[i];
        base = above ? base + half : base;
        left = above ? left - half : half - 1;
    }
    return base;
}

void MeetingPlace::fill(const Hierarchy& h, const UpwardWalk& walk) {
    count_ = walk.chains().size();
    if (lines_.size() < count_) lines_.resize(count_);
    for (std::size_t l = 0; l < count_; ++l) {
        const Chain& chain = walk.chains()[l];
        Line& line = lines_[l];
        line.rank.clear();
        line.first_below.clear();
        line.depth.clear();
        line.cost.clear();
        line.shared = 0;
        std::uint32_t depth = chain.length;
        for (Rank r = chain.bottom; r != no_index; r = h.parent[r]) {
            if (chain.cost[--depth] >= infinite_cost) continue;
            line.rank.push_back(r);
            line.first_below.push_back(h.first_below[r]);
            line.depth.push_back(depth);
            line.cost.push_back(chain.cost[depth]);
            line.shared += depth < chain.shared;
        }
        std::reverse(line.rank.begin(), line.rank.end());
        std::reverse(line.first_below.begin(), line.first_below.end());
        std::reverse(line.depth.begin(), line.depth.end());
        std::reverse(line.cost.begin(), line.cost.end());
    }
}

Cost MeetingPlace::least(Rank bottom, const Cost* cost, std::uint32_t from_depth) const {
    std::uint32_t length = 0;
    const Line* along = nullptr;
    for (const Line& line : lines()) {
        const std::uint32_t common = line.common(bottom);
        if (common <= length) continue;
        length = common;
        along = &line;
    }
    Cost best = infinite_cost;
    for (std::uint32_t i = length; i-- > 0 && along->depth[i] >= from_depth;) {
        best = std::min(best, cost[along->depth[i]] + along->cost[i]);
    }
    return best;
}

void DownwardSweep::start(const Hierarchy& h, const Climbs& climbs, const UpwardWalk& walk) {
    for (const Rank r : known_) cost_[r] = unknown;
    known_.clear();
    if (cost_.size() != h.size()) cost_.assign(h.size(), unknown);
    for (const Chain& chain : walk.chains()) {
        path_.clear();
        std::uint32_t depth = chain.length;
        for (Rank r = chain.bottom; r != no_index && cost_[r] == unknown; r = h.parent[r]) {
            cost_[r] = chain.cost[--depth];
            path_.push_back(r);
        }
        hand_down(climbs);
    }
}

Cost DownwardSweep::cost(const Hierarchy& h, const Climbs& climbs, Rank at) {
    path_.clear();
    for (Rank r = at; r != no_index && cost_[r] == unknown; r = h.parent[r]) {
        cost_[r] = infinite_cost;
        path_.push_back(r);
    }
    hand_down(climbs);
    return cost_[at];
}

/// From the top of the path down: the walk knows only ways that turn at the ancestor itself, a
/// cheaper one may turn above it.
void DownwardSweep::hand_down(const Climbs& climbs) {
    for (std::size_t i = path_.size(); i-- > 0;) {
        Cost best = cost_[path_[i]];
        for (const Climb& e : climbs.from(path_[i])) best = std::min(best, e.cost + cost_[e.to]);
        cost_[path_[i]] = best;
    }
    known_.insert(known_.end(), path_.begin(), path_.end());
}

}  // namespace jedel::roads
