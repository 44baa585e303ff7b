#pragma once
// The hashes by which vital words are found: of a piece of a text, and of it without one letter.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "triage/words/hash_index.h"

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

/// Words of the longest form.
inline constexpr std::uint32_t words_of_form_max = 8;

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

/// Several values of one hash, behind a filter that turns nearly all other hashes away.
class KeyTable {
public:
    void add(std::uint64_t hash, std::uint32_t value) { keys_.emplace_back(hash, value); }
    void close() {
        std::sort(keys_.begin(), keys_.end());
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
        std::vector<std::pair<std::uint64_t, std::uint32_t>> first;
        filter_.assign(filter_bits / 64, 0);
        for (std::uint32_t k = 0; k < keys_.size(); ++k) {
            if (k > 0 && keys_[k - 1].first == keys_[k].first) continue;
            first.emplace_back(keys_[k].first, k);
            const std::uint64_t bit = mixed(keys_[k].first) % filter_bits;
            filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
        }
        first_.build(first);
    }
    template <class F>
    void each(std::uint64_t hash, F&& take) const {
        const std::uint64_t bit = mixed(hash) % filter_bits;
        if (filter_.empty() || (filter_[bit / 64] >> (bit % 64) & 1) == 0) return;
        const std::int32_t at = first_.find(hash);
        if (at < 0) return;
        for (auto k = static_cast<std::size_t>(at); k < keys_.size() && keys_[k].first == hash; ++k)
            take(keys_[k].second);
    }

private:
    static constexpr std::size_t filter_bits = 1 << 20;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys_;  ///< in order
    HashIndex first_;
    std::vector<std::uint64_t> filter_;
};

/// How forms begin and end, and how long they are. One edit leaves a beginning or an end as it
/// was, two letters that changed places as well (2 k + 1 letters, k of them looked at): a piece of
/// a text that has neither is no slip of any form.
class Ends {
public:
    Ends() : lengths_(slots, 0) {}
    void add(std::string_view key, std::uint64_t salt) {
        const std::uint64_t length = bit(key.size());
        const std::size_t k = key.size() > 2 * long_end ? long_end : short_end;
        if (key.size() <= 2 * short_end) {
            short_ |= length;
            return;
        }
        lengths_[slot(key.substr(0, k), salt)] |= length;
        lengths_[slot(key.substr(key.size() - k), salt + 1)] |= length;
    }
    [[nodiscard]] bool may_be(std::string_view piece, std::uint64_t salt) const {
        if (piece.size() < long_end) return true;
        const std::uint64_t near = bit(piece.size() - 1) | bit(piece.size()) |
                                   bit(piece.size() + 1);
        std::uint64_t lengths = short_;
        for (const std::size_t k : {short_end, long_end}) {
            lengths |= lengths_[slot(piece.substr(0, k), salt)];
            lengths |= lengths_[slot(piece.substr(piece.size() - k), salt + 1)];
        }
        return (lengths & near) != 0;
    }

private:
    static constexpr std::size_t slots = 1 << 14;
    static constexpr std::size_t short_end = 2, long_end = 4;
    static std::uint64_t bit(std::size_t size) {
        return std::uint64_t{1} << std::min<std::size_t>(size, 63);
    }
    static std::size_t slot(std::string_view end, std::uint64_t salt) {
        std::uint64_t h = salt + end.size();
        for (const char c : end) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
        return (h ^ h >> 29) % slots;
    }
    std::vector<std::uint64_t> lengths_;
    std::uint64_t short_ = 0;
};

}  // namespace jedel::triage::words
