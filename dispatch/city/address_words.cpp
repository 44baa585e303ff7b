#include "dispatch/city/address_words.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace jedel::address {
namespace {

constexpr std::size_t longest_word = 40;

std::uint64_t trigram(char32_t a, char32_t b, char32_t c) {
    return (static_cast<std::uint64_t>(a) << 42U) | (static_cast<std::uint64_t>(b) << 21U) | c;
}

template <class Use>
void each_trigram(std::u32string_view word, Use&& use) {
    const auto at = [&](std::size_t i) -> char32_t {
        return i == 0 ? U'^' : i <= word.size() ? word[i - 1] : U'$';
    };
    for (std::size_t i = 0; i + 2 < word.size() + 2; ++i) use(trigram(at(i), at(i + 1), at(i + 2)));
}

int slips_allowed(std::size_t letters) { return letters < 4 ? 0 : letters < 7 ? 1 : 2; }

/// How well a word of a name answers a typed word.
float score_of(std::u32string_view typed, std::u32string_view word) {
    if (typed == word) return 1;
    const std::size_t shorter = std::min(typed.size(), word.size());
    std::size_t common = 0;
    while (common < shorter && typed[common] == word[common]) ++common;
    float best = 0;
    // Still typing: the beginning of a longer word.
    if (common == typed.size() && common >= 2) {
        best = 0.80F + 0.16F * static_cast<float>(common) / static_cast<float>(word.size());
    }
    // Another ending: Абай – Абая, Сейфуллин – Сейфуллина, Школьная – Школьной.
    const std::size_t rest = std::max(typed.size(), word.size()) - common;
    if (common >= 3 && rest <= 3 && common * 10 >= std::max(typed.size(), word.size()) * 6) {
        best = std::max(best, 0.97F - 0.025F * static_cast<float>(rest));
    }
    const int allowed = slips_allowed(shorter);
    if (allowed > 0 && best < 0.9F) {
        const int d = slips(typed, word, allowed);
        if (d <= allowed) {
            best = std::max(best, 0.93F - 0.55F * static_cast<float>(d) /
                                              static_cast<float>(shorter));
        }
    }
    // Still typing, with a slip already made.
    if (allowed > 0 && best == 0 && word.size() > typed.size() && typed.size() >= 5) {
        const int d = slips(typed, word.substr(0, typed.size()), 1);
        if (d <= 1) best = 0.70F;
    }
    return best;
}

}  // namespace

int slips(std::u32string_view a, std::u32string_view b, int most) {
    if (a.size() > longest_word || b.size() > longest_word) return most + 1;
    const auto far = static_cast<std::size_t>(most);
    if (a.size() > b.size() + far || b.size() > a.size() + far) return most + 1;
    std::array<std::array<int, longest_word + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& now = rows[i % 3];
        const auto& last = rows[(i - 1) % 3];
        const auto& before = rows[(i + 1) % 3];
        now[0] = static_cast<int>(i);
        int least = now[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
            const bool swapped =
                i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
            least = std::min(least, now[j]);
        }
        if (least > most) return most + 1;
    }
    return std::min(rows[a.size() % 3][b.size()], most + 1);
}

std::uint32_t WordIndex::add(const std::u32string& word) {
    const auto [at, is_new] = numbers_.emplace(word, static_cast<std::uint32_t>(words_.size()));
    if (is_new) words_.push_back(word);
    return at->second;
}

void WordIndex::finish() {
    sorted_.resize(words_.size());
    std::iota(sorted_.begin(), sorted_.end(), 0U);
    std::sort(sorted_.begin(), sorted_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return words_[a] < words_[b]; });
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
        each_trigram(words_[i], [&](std::uint64_t t) {
            auto& list = by_trigram_[t];
            if (list.empty() || list.back() != i) list.push_back(i);
        });
    }
}

std::vector<WordMatch> WordIndex::find(const std::u32string& word, std::size_t limit) const {
    std::vector<WordMatch> out;
    if (word.empty() || word.size() > longest_word) return out;
    const bool number = word[0] >= U'0' && word[0] <= U'9';
    if (number) {  // a number is never nearly another number
        const auto exact = numbers_.find(word);
        if (exact != numbers_.end()) out.push_back({exact->second, 1});
        return out;
    }
    std::vector<std::uint32_t> candidates;
    const auto first = std::lower_bound(
        sorted_.begin(), sorted_.end(), word,
        [&](std::uint32_t a, const std::u32string& w) { return words_[a] < w; });
    for (auto i = first; i != sorted_.end() && candidates.size() < 200; ++i) {
        if (!words_[*i].starts_with(word)) break;
        candidates.push_back(*i);
    }
    // Words that share enough trigrams: a slip spoils at most three of them.
    std::vector<const std::vector<std::uint32_t>*> lists;
    std::size_t trigrams = 0;
    each_trigram(word, [&](std::uint64_t t) {
        ++trigrams;
        const auto found = by_trigram_.find(t);
        if (found != by_trigram_.end()) lists.push_back(&found->second);
    });
    const int spoilt = 3 * std::max(1, slips_allowed(word.size()));
    const std::size_t needed =
        static_cast<std::size_t>(std::max(1, static_cast<int>(trigrams) - spoilt));
    std::vector<std::uint8_t> shared(words_.size());
    std::vector<std::uint32_t> touched;
    for (const auto* list : lists) {
        for (const std::uint32_t w : *list) {
            if (shared[w]++ == 0) touched.push_back(w);
        }
    }
    // In a crowd of alike words only those that share most are worth a closer look.
    std::array<std::size_t, 64> sharing{};
    for (const std::uint32_t w : touched) ++sharing[std::min<std::size_t>(shared[w], 63)];
    std::size_t threshold = sharing.size();
    for (std::size_t close = 0; threshold > needed && close + sharing[threshold - 1] <= 600;) {
        close += sharing[--threshold];
    }
    for (const std::uint32_t w : touched) {
        if (shared[w] >= threshold) candidates.push_back(w);
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const std::uint32_t w : candidates) {
        const float score = score_of(word, words_[w]);
        if (score > 0.5F) out.push_back({w, score});
    }
    std::sort(out.begin(), out.end(), [](const WordMatch& a, const WordMatch& b) {
        return a.score != b.score ? a.score > b.score : a.word < b.word;
    });
    // A word that is known as it stands is seldom a slip for another one.
    const bool known = !out.empty() && out.front().score == 1;
    if (known) {
        const auto far = std::find_if(out.begin(), out.end(),
                                      [](const WordMatch& m) { return m.score < 0.88F; });
        out.erase(far, out.end());
        limit = std::min<std::size_t>(limit, 16);
    }
    if (out.size() > limit) out.resize(limit);
    return out;
}

}  // namespace jedel::address
