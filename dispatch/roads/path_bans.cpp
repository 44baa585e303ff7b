#include "dispatch/roads/path_bans.h"

#include <algorithm>

namespace jedel::roads {

PathArrivals::PathArrivals(const RoadMap& map) : bans_(map.path_bans) {
    for (std::uint32_t b = 0; b < bans_.size(); ++b) {
        begins_[bans_[b].directed.front()].push_back(b);
    }
    for (const PathBan& ban : bans_) {  // in the map's order: the same map, the same numbers
        const DirectedId first = ban.directed.front();
        touched_.insert(head_node(map, first));
        follow(map, progress_of(first));
    }
    // `follow` appends; each special is followed in its turn until none is new.
    for (std::size_t i = 0; i < specials_.size(); ++i) {
        const Special special = specials_[i];
        touched_.insert(head_node(map, special.last));
        follow(map, special.progress);
    }
}

PathArrivals::Progress PathArrivals::progress_of(DirectedId in) const {
    Progress out;
    const auto found = begins_.find(in);
    if (found == begins_.end()) return out;
    for (const std::uint32_t b : found->second) out.emplace_back(b, 1);
    return out;
}

bool PathArrivals::drive(const Progress& progress, DirectedId out, Progress& next) const {
    next.clear();
    for (const auto& [ban, driven] : progress) {
        const auto& path = bans_[ban].directed;
        if (path[driven] != out) continue;
        if (driven + 1 == path.size()) return false;
        next.emplace_back(ban, driven + 1);
    }
    for (const auto& begun : progress_of(out)) next.push_back(begun);
    std::sort(next.begin(), next.end());
    return true;
}

void PathArrivals::follow(const RoadMap& map, const Progress& progress) {
    Progress next;
    for (const auto& [ban, driven] : progress) {
        const DirectedId out = bans_[ban].directed[driven];
        if (!drive(progress, out, next)) continue;
        const bool remembers = std::any_of(next.begin(), next.end(),
                                           [](const auto& step) { return step.second > 1; });
        const auto number = static_cast<std::uint32_t>(specials_.size());
        if (!remembers || !number_of_.try_emplace({out, next}, number).second) continue;
        specials_.push_back({out, next});
        at_node_[head_node(map, out)].push_back(number);
    }
}

std::uint32_t PathArrivals::after(DirectedId in, std::uint32_t special, DirectedId out) const {
    Progress next;
    const Progress progress = special == plain ? progress_of(in) : specials_[special].progress;
    if (progress.empty()) return plain;
    if (!drive(progress, out, next)) return banned;
    const auto found = number_of_.find({out, next});
    return found == number_of_.end() ? plain : found->second;
}

std::span<const std::uint32_t> PathArrivals::at(std::uint32_t node) const {
    const auto found = at_node_.find(node);
    return found == at_node_.end() ? std::span<const std::uint32_t>{} : found->second;
}

}  // namespace jedel::roads
