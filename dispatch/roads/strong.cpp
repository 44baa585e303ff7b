#include "dispatch/roads/strong.h"

#include <algorithm>

namespace jedel::roads {

std::vector<std::uint32_t> strong_parts(const RoadMap& map, bool through,
                                        std::uint32_t& largest) {
    const std::size_t n = map.nodes.size();
    std::vector<std::uint32_t> first(n + 1, 0), heads;
    const auto each_drive = [&](auto&& act) {
        for (const Segment& s : map.segments) {
            if (through && s.last_stretch) continue;
            if (s.forward) act(s.from, s.to);
            if (s.backward) act(s.to, s.from);
        }
    };
    each_drive([&](std::uint32_t a, std::uint32_t) { ++first[a + 1]; });
    for (std::size_t i = 0; i < n; ++i) first[i + 1] += first[i];
    heads.resize(first[n]);
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    each_drive([&](std::uint32_t a, std::uint32_t b) { heads[next[a]++] = b; });

    constexpr std::uint32_t unseen = 0xffff'ffffU;
    std::vector<std::uint32_t> index(n, unseen), low(n, 0), part(n, unseen);
    std::vector<std::uint32_t> stack, path;  // Tarjan's stack, and the call stack of the search
    next.assign(first.begin(), first.end() - 1);
    std::uint32_t counter = 0, parts = 0, best_part = unseen;
    std::size_t best_size = 0;
    for (std::uint32_t root = 0; root < n; ++root) {
        if (index[root] != unseen) continue;
        path.push_back(root);
        while (!path.empty()) {
            const std::uint32_t v = path.back();
            if (index[v] == unseen) {
                index[v] = low[v] = counter++;
                stack.push_back(v);
            }
            bool deeper = false;
            while (next[v] < first[v + 1]) {
                const std::uint32_t w = heads[next[v]];
                if (index[w] == unseen) {
                    path.push_back(w);
                    deeper = true;
                    break;
                }
                ++next[v];
                if (part[w] == unseen) low[v] = std::min(low[v], low[w]);
            }
            if (deeper) continue;
            path.pop_back();
            if (low[v] != index[v]) continue;
            std::size_t size = 0;
            for (bool more = true; more;) {
                const std::uint32_t w = stack.back();
                stack.pop_back();
                part[w] = parts;
                ++size;
                more = w != v;
            }
            if (size > best_size) {
                best_size = size;
                best_part = parts;
            }
            ++parts;
        }
    }
    largest = best_part;
    return part;
}

std::vector<bool> largest_strong_part(const RoadMap& map) {
    std::uint32_t largest = 0;
    const auto part = strong_parts(map, false, largest);
    std::vector<bool> kept(part.size(), false);
    for (std::size_t i = 0; i < part.size(); ++i) kept[i] = part[i] == largest;
    return kept;
}

}  // namespace jedel::roads
