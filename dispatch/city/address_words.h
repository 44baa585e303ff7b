#pragma once
// The words of all names, found by exact form, beginning, other ending or a slip of the hand.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jedel::address {

struct WordMatch {
    std::uint32_t word = 0;
    float score = 0;  ///< 1 = the same word
};

/// Immutable after `finish`.
class WordIndex {
public:
    /// The word's number; adds it when new.
    std::uint32_t add(const std::u32string& word);
    void finish();
    /// Best first, at most `limit`.
    [[nodiscard]] std::vector<WordMatch> find(const std::u32string& word, std::size_t limit) const;
    [[nodiscard]] std::size_t size() const { return words_.size(); }

private:
    std::vector<std::u32string> words_;
    std::unordered_map<std::u32string, std::uint32_t> numbers_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_trigram_;
    std::vector<std::uint32_t> sorted_;  ///< words in order, for beginnings
};

/// Optimal string alignment distance (insert, delete, replace, swap of neighbours), or `most` + 1.
int slips(std::u32string_view a, std::u32string_view b, int most);

}  // namespace jedel::address
