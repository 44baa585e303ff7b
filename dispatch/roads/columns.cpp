#include "dispatch/roads/columns.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#define JEDEL_ROADS_AVX2 1
#include <immintrin.h>
#endif

namespace jedel::roads {

namespace {

void lower_plain(std::int32_t* best, const std::int32_t* from, std::int32_t there, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) best[i] = std::min(best[i], from[i] + there);
}

#ifdef JEDEL_ROADS_AVX2
__attribute__((target("avx2"))) void lower_avx2(std::int32_t* best, const std::int32_t* from,
                                                std::int32_t there, std::size_t n) {
    const __m256i t = _mm256_set1_epi32(there);
    std::size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + i));
        auto* at = reinterpret_cast<__m256i*>(best + i);
        _mm256_storeu_si256(at, _mm256_min_epi32(_mm256_loadu_si256(at), _mm256_add_epi32(x, t)));
    }
    for (; i < n; ++i) best[i] = std::min(best[i], from[i] + there);
}
#endif

/// best[i] = min(best[i], from[i] + there).
using Lower = void (*)(std::int32_t*, const std::int32_t*, std::int32_t, std::size_t);

Lower lower_here() {
#ifdef JEDEL_ROADS_AVX2
    if (__builtin_cpu_supports("avx2")) return lower_avx2;
#endif
    return lower_plain;
}

}  // namespace

void Columns::fill(std::vector<Source> sources, std::uint32_t levels) {
    std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
        return std::pair{a.bottom, a.slot} < std::pair{b.bottom, b.slot};
    });
    const std::size_t n = sources.size();
    bottom_.resize(n);
    slot_.resize(n);
    ms_.resize(n * levels);
    best_.resize(n);
    for (std::size_t c = 0; c < n; ++c) {
        bottom_[c] = sources[c].bottom;
        slot_[c] = sources[c].slot;
        for (std::uint32_t d = 0; d < sources[c].length; ++d) {
            ms_[d * n + c] = whole_ms(sources[c].cost[d]);
        }
    }
}

void Columns::scan(const MeetingPlace& place, std::span<std::int32_t> by_slot) {
    static const Lower lower = lower_here();
    const std::size_t n = bottom_.size();
    std::fill(best_.begin(), best_.end(), never_ms);
    for (const MeetingPlace::Line& line : place.lines()) {
        std::size_t low = 0, high = n;
        for (std::size_t i = 0; i < line.rank.size(); ++i) {
            // The columns below this ancestor; every one of them is below all before it too.
            const Rank least = line.first_below[i], most = line.rank[i];
            while (low < high && bottom_[low] < least) {
                if (bottom_[(low + high) / 2] < least)
                    low = (low + high) / 2 + 1;
                else
                    ++low;
            }
            while (low < high && bottom_[high - 1] > most) {
                if (bottom_[(low + high) / 2] > most)
                    high = (low + high) / 2;
                else
                    --high;
            }
            if (low == high) break;
            if (i < line.shared) continue;
            lower(best_.data() + low, ms_.data() + line.depth[i] * n + low, whole_ms(line.cost[i]),
                  high - low);
        }
    }
    for (const std::uint32_t s : slot_) by_slot[s] = never_ms;
    for (std::size_t c = 0; c < n; ++c) by_slot[slot_[c]] = std::min(by_slot[slot_[c]], best_[c]);
}

std::size_t Columns::bytes() const {
    return (bottom_.size() + slot_.size() + ms_.size() + best_.size()) * 4;
}

}  // namespace jedel::roads
