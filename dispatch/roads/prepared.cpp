// Brigades kept ready: for each the time to every ancestor of its place, in the order of depth.
// A call then needs one walk up from the incident and, for each brigade, the least sum over the
// ancestors both have: two arrays added element by element.

#include <algorithm>
#include <array>
#include <cassert>

#include "dispatch/roads/travel_impl.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define JEDEL_ROADS_AVX2 1
#include <immintrin.h>
#endif

namespace jedel::roads {

namespace {

constexpr std::int32_t never_ms = (1 << 30) - 1;  // two of them still fit into 32 bits
constexpr std::size_t chains_per_place = 2;

std::int32_t least_sum_plain(const std::int32_t* a, const std::int32_t* b, std::uint32_t n) {
    std::int32_t best = never_ms;
    for (std::uint32_t i = 0; i < n; ++i) best = std::min(best, a[i] + b[i]);
    return best;
}

#ifdef JEDEL_ROADS_AVX2
__attribute__((target("avx2"))) std::int32_t least_sum_avx2(const std::int32_t* a,
                                                            const std::int32_t* b,
                                                            std::uint32_t n) {
    __m256i best = _mm256_set1_epi32(never_ms);
    std::uint32_t i = 0;
    for (; i + 8 <= n; i += 8) {
        const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i));
        const __m256i y = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i));
        best = _mm256_min_epi32(best, _mm256_add_epi32(x, y));
    }
    alignas(32) std::array<std::int32_t, 8> lanes;
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes.data()), best);
    std::int32_t least = *std::min_element(lanes.begin(), lanes.end());
    for (; i < n; ++i) least = std::min(least, a[i] + b[i]);
    return least;
}
#endif

using LeastSum = std::int32_t (*)(const std::int32_t*, const std::int32_t*, std::uint32_t);

LeastSum least_sum_here() {
#ifdef JEDEL_ROADS_AVX2
    if (__builtin_cpu_supports("avx2")) return least_sum_avx2;
#endif
    return least_sum_plain;
}

std::int32_t whole_ms(Cost c) {
    return c >= infinite_cost ? never_ms : static_cast<std::int32_t>(c >> 32);
}

/// The target's side of one call: a chain of ancestors by depth.
struct TargetChain {
    std::vector<Rank> rank;
    std::vector<Rank> first_below;
    std::vector<std::int32_t> ms;
    std::vector<std::uint32_t> cm;

    void fill(const Hierarchy& h, const UpwardWalk& walk, Rank bottom) {
        const std::uint32_t length = h.depth[bottom] + 1;
        rank.resize(length);
        first_below.resize(length);
        ms.resize(length);
        cm.resize(length);
        Rank r = bottom;
        for (std::uint32_t d = length; d-- > 0; r = h.parent[r]) {
            rank[d] = r;
            first_below[d] = h.first_below[r];
            ms[d] = whole_ms(walk.cost(r));
            cm[d] = static_cast<std::uint32_t>(walk.cost(r));
        }
    }
    /// How many of the chain, from the top, are above `other` (or are it).
    [[nodiscard]] std::uint32_t common(Rank other) const {
        const auto length = static_cast<std::uint32_t>(rank.size());
        std::uint32_t base = 0, left = length;
        while (left > 0) {  // no early end: the branch is predictable, the loads stay in cache
            const std::uint32_t half = (left + 1) / 2;
            const std::uint32_t d = base + half - 1;
            const bool above = first_below[d] <= other && other <= rank[d];
            base = above ? base + half : base;
            left = above ? left - half : half - 1;
        }
        return base;
    }
};

}  // namespace

struct PreparedOrigins::Impl {
    struct Slot {
        bool set = false;
        std::uint8_t chains = 0;
        std::array<Rank, chains_per_place> bottom{};
        std::array<std::uint32_t, chains_per_place> length{};
        std::uint32_t fork = 0;  ///< length of what both chains share
        Snapped place;
    };
    struct Meeting {
        std::uint32_t length = 0, target_chain = 0;
    };

    const TravelNetwork::Impl* net = nullptr;
    std::size_t stride = 0;
    LeastSum least_sum = least_sum_here();
    std::vector<Slot> slots;
    std::vector<std::int32_t> ms;   ///< slot, chain, depth
    std::vector<std::uint32_t> cm;  ///< beside ms
    UpwardWalk walk;
    std::vector<Seed> seeds;
    std::vector<TargetChain> target;
    std::size_t target_chains = 0;
    std::uint32_t target_fork = 0;

    [[nodiscard]] std::size_t offset(std::size_t slot, std::size_t chain) const {
        return (slot * chains_per_place + chain) * stride;
    }
    void start(const Snapped& place) {
        const Topology& t = *net->topology;
        reach_into(*t.map, t.graph, net->weights, place, seeds);
        walk.run(t.hierarchy, net->metric, seeds, UpwardWalk::Direction::backward);
        target_chains = walk.bottoms().size();
        if (target.size() < target_chains) target.resize(target_chains);
        target_fork = no_index;
        for (std::size_t i = 0; i < target_chains; ++i) {
            target[i].fill(t.hierarchy, walk, walk.bottoms()[i]);
            if (i > 0) target_fork = std::min(target_fork, target[0].common(walk.bottoms()[i]));
        }
    }
    /// The target's chain that goes furthest together with one chain of the origin.
    [[nodiscard]] Meeting meeting(const Slot& slot, std::size_t origin_chain) const {
        Meeting best;
        for (std::uint32_t t = 0; t < target_chains; ++t) {
            const std::uint32_t length = target[t].common(slot.bottom[origin_chain]);
            if (length > best.length) best = {length, t};
            if (length < target_fork) break;  // above where its chains part they are one
        }
        return best;
    }
    /// Calls `act` with the offset of an origin's chain and where it meets the target's, so that
    /// every ancestor both have is seen: both of the origin's chains may go on together with
    /// different ones of the target's, and a second chain adds nothing above the fork.
    template <class Act>
    void each_meeting(std::size_t slot_index, Act&& act) const {
        const Slot& slot = slots[slot_index];
        for (std::size_t o = 0; o < slot.chains; ++o) {
            const Meeting m = meeting(slot, o);
            if (m.length > 0 && (o == 0 || m.length > slot.fork)) act(offset(slot_index, o), m);
            if (m.length < slot.fork) break;
        }
    }
    [[nodiscard]] Cost on_one_segment(const Slot& slot, const Snapped& place) const {
        if (slot.place.segment != place.segment) return infinite_cost;
        return along_segment(net->topology->graph, net->weights, slot.place, place);
    }
};

PreparedOrigins::PreparedOrigins(const TravelNetwork& network) : impl_(std::make_unique<Impl>()) {
    impl_->net = network.impl_.get();
    impl_->stride = (impl_->net->topology->hierarchy.levels + 7) / 8 * 8;
}
PreparedOrigins::PreparedOrigins(PreparedOrigins&&) noexcept = default;
PreparedOrigins& PreparedOrigins::operator=(PreparedOrigins&&) noexcept = default;
PreparedOrigins::~PreparedOrigins() = default;

void PreparedOrigins::set(std::size_t slot_index, const Snapped& place) {
    Impl& m = *impl_;
    const Topology& t = *m.net->topology;
    assert(fits(*t.map, place));
    if (slot_index >= m.slots.size()) {
        m.slots.resize(slot_index + 1);
        m.ms.resize(m.slots.size() * chains_per_place * m.stride);
        m.cm.resize(m.ms.size());
    }
    Impl::Slot& slot = m.slots[slot_index];
    slot.set = true;
    slot.place = place;
    leave(t.graph, m.net->weights, place, m.seeds);
    m.walk.run(t.hierarchy, m.net->metric, m.seeds, UpwardWalk::Direction::forward);
    const std::vector<Rank>& bottoms = m.walk.bottoms();
    assert(bottoms.size() <= chains_per_place);
    slot.chains = static_cast<std::uint8_t>(bottoms.size());
    for (std::size_t i = 0; i < bottoms.size(); ++i) {
        slot.bottom[i] = bottoms[i];
        slot.length[i] = t.hierarchy.depth[bottoms[i]] + 1;
        const std::size_t at = m.offset(slot_index, i);
        Rank r = bottoms[i];
        for (std::uint32_t d = slot.length[i]; d-- > 0; r = t.hierarchy.parent[r]) {
            const Cost c = m.walk.cost(r);
            m.ms[at + d] = whole_ms(c);
            m.cm[at + d] = static_cast<std::uint32_t>(c);
        }
    }
    slot.fork = 0;
    if (slot.chains == 2) {
        for (Rank r = slot.bottom[0]; r != no_index; r = t.hierarchy.parent[r]) {
            if (!t.hierarchy.is_above(r, slot.bottom[1])) continue;
            slot.fork = t.hierarchy.depth[r] + 1;
            break;
        }
    } else if (slot.chains == 1) {
        slot.fork = slot.length[0];
    }
}

void PreparedOrigins::clear(std::size_t slot) {
    if (slot < impl_->slots.size()) impl_->slots[slot] = {};
}

std::size_t PreparedOrigins::slots() const { return impl_->slots.size(); }

void PreparedOrigins::times_to(const Snapped& target, std::span<std::int64_t> out_ms) {
    Impl& m = *impl_;
    assert(out_ms.size() == m.slots.size() && fits(*m.net->topology->map, target));
    m.start(target);
    for (std::size_t i = 0; i < m.slots.size(); ++i) {
        const Impl::Slot& slot = m.slots[i];
        if (!slot.set) {
            out_ms[i] = -1;
            continue;
        }
        std::int64_t best = never_ms;
        m.each_meeting(i, [&](std::size_t at, const Impl::Meeting& meeting) {
            best = std::min<std::int64_t>(
                best, m.least_sum(m.ms.data() + at, m.target[meeting.target_chain].ms.data(),
                                  meeting.length));
        });
        if (const Cost direct = m.on_one_segment(slot, target); direct < infinite_cost) {
            best = std::min(best, cost_ms(direct));
        }
        out_ms[i] = best >= never_ms ? -1 : best;
    }
}

void PreparedOrigins::travels_to(const Snapped& target, std::span<Travel> out) {
    Impl& m = *impl_;
    assert(out.size() == m.slots.size() && fits(*m.net->topology->map, target));
    m.start(target);
    for (std::size_t i = 0; i < m.slots.size(); ++i) {
        const Impl::Slot& slot = m.slots[i];
        if (!slot.set) {
            out[i] = {};
            continue;
        }
        Cost best = m.on_one_segment(slot, target);
        m.each_meeting(i, [&](std::size_t at, const Impl::Meeting& meeting) {
            const TargetChain& chain = m.target[meeting.target_chain];
            for (std::uint32_t d = 0; d < meeting.length; ++d) {
                const std::int32_t ms = m.ms[at + d] + chain.ms[d];
                if (ms >= never_ms) continue;
                best = std::min(best, cost_of(static_cast<std::uint64_t>(ms),
                                              std::uint64_t{m.cm[at + d]} + chain.cm[d]));
            }
        });
        out[i] = travel_of(best);
    }
}

std::size_t PreparedOrigins::bytes() const {
    return impl_->slots.size() * sizeof(Impl::Slot) + impl_->ms.size() * 4 + impl_->cm.size() * 4;
}

}  // namespace jedel::roads
