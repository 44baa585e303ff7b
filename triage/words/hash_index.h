#pragma once
// Hashes of folded words, and the table that the lexicon, the dictionary and the second reader look
// them up in.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace jedel::triage::words {

/// FNV-1a, 64 bits, letter by letter.
inline constexpr std::uint64_t hash_seed = 0xcbf29ce484222325ULL;
inline std::uint64_t hash_step(std::uint64_t h, char c) {
    return (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
}

/// Open addressing from hash to an index.
class HashIndex {
public:
    void build(const std::vector<std::pair<std::uint64_t, std::uint32_t>>& entries);
    /// Index, or -1.
    [[nodiscard]] std::int32_t find(std::uint64_t hash) const {
        if (slots_.empty()) return -1;
        for (std::size_t i = mix(hash) & mask_;; i = (i + 1) & mask_) {
            if (slots_[i].value < 0) return -1;
            if (slots_[i].hash == hash) return slots_[i].value;
        }
    }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::int32_t value = -1;
    };
    static std::size_t mix(std::uint64_t h) { return static_cast<std::size_t>(h ^ (h >> 29)); }
    std::vector<Slot> slots_;
    std::size_t mask_ = 0;
};

}  // namespace jedel::triage::words
