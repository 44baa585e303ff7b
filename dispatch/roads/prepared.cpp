// Brigades kept ready: for each the cost to every ancestor of its place, in the order of depth.
// A call then needs one walk up from the incident and, for each brigade, the least sum over the
// ancestors both have.
//
// Two ways to that sum: brigade by brigade, or all at once where they stand sorted side by side
// (Columns). Sorting costs as much as many scans, so brigades that moved since are looked at one by
// one until that has cost as much as sorting anew.

#include <algorithm>
#include <array>
#include <cassert>

#include "dispatch/roads/columns.h"
#include "dispatch/roads/travel_impl.h"

namespace jedel::roads {

namespace {

constexpr std::size_t chains_per_place = 2;
/// Looks at single brigades that cost as much as sorting one brigade in (measured: 30 to 40 ns
/// against some 200).
constexpr std::size_t looks_per_sorting = 6;

}  // namespace

struct PreparedOrigins::Impl {
    struct Slot {
        bool set = false;
        bool sorted = false;  ///< its columns say where it is
        std::uint8_t chains = 0;
        std::array<Rank, chains_per_place> bottom{};
        std::array<std::uint32_t, chains_per_place> length{};
        std::uint32_t shared = 0;  ///< what of the second chain the first has too
        Snapped place;
    };

    const TravelNetwork::Impl* net = nullptr;
    std::size_t stride = 0;
    std::vector<Slot> slots;
    std::vector<std::uint32_t> segment;  ///< by slot; no_index when not set
    std::vector<Cost> cost;              ///< slot, chain, depth
    std::vector<std::uint32_t> moved;    ///< slots that are set and not sorted
    std::size_t looks = 0;               ///< at single brigades since the last sorting
    Columns columns;
    UpwardWalk walk;
    MeetingPlace target;
    std::vector<Seed> seeds;
    Snapped last;                  ///< the target that `target` is of
    std::vector<std::int32_t> ms;  ///< by slot

    [[nodiscard]] const Cost* chain(std::size_t slot, std::size_t chain) const {
        return cost.data() + (slot * chains_per_place + chain) * stride;
    }
    void start(const Snapped& place) {
        const Topology& t = *net->topology;
        last = place;
        reach_into(*t.map, t.graph, net->weights, place, seeds);
        walk.run(t.hierarchy, net->metric.backward, seeds);
        target.fill(t.hierarchy, walk);
    }
    [[nodiscard]] Cost one_by_one(std::size_t index) const {
        const Slot& slot = slots[index];
        Cost best = infinite_cost;
        for (std::size_t i = 0; i < slot.chains; ++i) {
            best = std::min(
                best, target.least(slot.bottom[i], chain(index, i), i == 0 ? 0 : slot.shared));
        }
        return best;
    }
    [[nodiscard]] Cost on_one_segment(std::size_t slot, const Snapped& place) const {
        if (segment[slot] != place.segment) return infinite_cost;
        return along_segment(net->topology->graph, net->weights, slots[slot].place, place);
    }
    void sort_in() {
        std::vector<Columns::Source> sources;
        for (std::uint32_t i = 0; i < slots.size(); ++i) {
            Slot& slot = slots[i];
            slot.sorted = slot.set;
            for (std::size_t c = 0; slot.set && c < slot.chains; ++c) {
                sources.push_back({slot.bottom[c], slot.length[c], chain(i, c), i});
            }
        }
        columns.fill(std::move(sources), net->topology->hierarchy.levels);
        moved.clear();
        looks = 0;
    }
};

PreparedOrigins::PreparedOrigins(const TravelNetwork& network) : impl_(std::make_unique<Impl>()) {
    impl_->net = network.impl_.get();
    impl_->stride = impl_->net->topology->hierarchy.levels;
}
PreparedOrigins::PreparedOrigins(PreparedOrigins&&) noexcept = default;
PreparedOrigins& PreparedOrigins::operator=(PreparedOrigins&&) noexcept = default;
PreparedOrigins::~PreparedOrigins() = default;

void PreparedOrigins::set(std::size_t index, const Snapped& place) {
    Impl& m = *impl_;
    const Topology& t = *m.net->topology;
    assert(fits(*t.map, place));
    if (index >= m.slots.size()) {
        m.slots.resize(index + 1);
        m.segment.resize(index + 1, no_index);
        m.ms.resize(index + 1);
        m.cost.resize(m.slots.size() * chains_per_place * m.stride);
    }
    Impl::Slot& slot = m.slots[index];
    if (!slot.set || slot.sorted) m.moved.push_back(static_cast<std::uint32_t>(index));
    slot.set = true;
    slot.sorted = false;
    slot.place = place;
    slot.shared = 0;
    m.segment[index] = place.segment;
    leave(t.graph, m.net->weights, place, m.seeds);
    m.walk.run(t.hierarchy, m.net->metric.forward, m.seeds);
    const std::span<const Chain> chains = m.walk.chains();
    assert(chains.size() <= chains_per_place);
    slot.chains = static_cast<std::uint8_t>(chains.size());
    for (std::size_t i = 0; i < chains.size(); ++i) {
        slot.bottom[i] = chains[i].bottom;
        slot.length[i] = chains[i].length;
        slot.shared = std::max(slot.shared, chains[i].shared);
        std::copy_n(chains[i].cost.begin(), chains[i].length,
                    m.cost.begin() + (m.chain(index, i) - m.cost.data()));
    }
}

void PreparedOrigins::clear(std::size_t index) {
    Impl& m = *impl_;
    if (index >= m.slots.size() || !m.slots[index].set) return;
    if (!m.slots[index].sorted) std::erase(m.moved, static_cast<std::uint32_t>(index));
    m.slots[index] = {};
    m.segment[index] = no_index;
}

std::size_t PreparedOrigins::slots() const { return impl_->slots.size(); }

void PreparedOrigins::times_to(const Snapped& target, std::span<std::int64_t> out_ms) {
    Impl& m = *impl_;
    assert(out_ms.size() == m.slots.size() && fits(*m.net->topology->map, target));
    if (m.looks > looks_per_sorting * m.slots.size()) m.sort_in();
    m.start(target);
    m.columns.scan(m.target, m.ms);
    for (const std::uint32_t i : m.moved) m.ms[i] = whole_ms(m.one_by_one(i));
    m.looks += m.moved.size();
    for (std::size_t i = 0; i < m.slots.size(); ++i) {
        std::int64_t best = m.ms[i];
        if (m.segment[i] == target.segment) {
            best = std::min<std::int64_t>(best, whole_ms(m.on_one_segment(i, target)));
        }
        out_ms[i] = best >= never_ms || m.segment[i] == no_index ? -1 : best;
    }
}

Travel PreparedOrigins::way_of(std::size_t slot) const {
    const Impl& m = *impl_;
    if (slot >= m.slots.size() || !m.slots[slot].set) return {};
    return travel_of(std::min(m.on_one_segment(slot, m.last), m.one_by_one(slot)));
}

void PreparedOrigins::travels_to(const Snapped& target, std::span<Travel> out) {
    Impl& m = *impl_;
    assert(out.size() == m.slots.size() && fits(*m.net->topology->map, target));
    m.start(target);
    for (std::size_t i = 0; i < m.slots.size(); ++i) out[i] = way_of(i);
}

std::size_t PreparedOrigins::bytes() const {
    return impl_->slots.size() * (sizeof(Impl::Slot) + 8) + impl_->cost.size() * sizeof(Cost) +
           impl_->columns.bytes();
}

}  // namespace jedel::roads
