#pragma once
// The hashes by which vital words are found: of a piece of a text, and of it without one letter.

#include <cstdint>
#include <string_view>
#include <vector>

namespace jedel::triage::words {

/// Words of a text that may stand for one form.
inline constexpr std::size_t window_words_max = 6;
/// Letters of the shortest piece of a text that is looked up.
inline constexpr std::size_t letters_min = 4;
/// Letters that a form needs before one edit is forgiven, and before it is suspected in words that
/// are spelled right.
inline constexpr std::size_t letters_for_edit = 5;
inline constexpr std::size_t letters_to_suspect = 6;

inline constexpr std::uint64_t salt_of_letters = 0x9AE16A3B2F90404FULL;
inline constexpr std::uint64_t salt_of_sounds = 0xC949D7C7509E6557ULL;

inline std::uint64_t mixed(std::uint64_t h) {
    h ^= h >> 31;
    return (h * 0x9E3779B97F4A7C15ULL) >> 17;
}

/// A polynomial hash whose pieces, and pieces without one letter, cost nothing more.
class RollingHash {
public:
    explicit RollingHash(std::string_view text)
        : prefix_(text.size() + 1), power_(text.size() + 1) {
        power_[0] = 1;
        for (std::size_t i = 0; i < text.size(); ++i) {
            prefix_[i + 1] = prefix_[i] * base + static_cast<unsigned char>(text[i]) + 1;
            power_[i + 1] = power_[i] * base;
        }
    }
    [[nodiscard]] std::uint64_t of(std::size_t from, std::size_t to) const {
        return prefix_[to] - prefix_[from] * power_[to - from];
    }
    [[nodiscard]] std::uint64_t without(std::size_t from, std::size_t to, std::size_t skip) const {
        return of(from, skip) * power_[to - skip - 1] + of(skip + 1, to);
    }

private:
    static constexpr std::uint64_t base = 0x100000001B3ULL;
    std::vector<std::uint64_t> prefix_, power_;
};

}  // namespace jedel::triage::words
