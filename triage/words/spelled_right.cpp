#include "triage/words/spelled_right.h"

#include <algorithm>

#include "triage/words/fold.h"
#include "triage/words/hash_index.h"

namespace jedel::triage::words {
namespace {

constexpr std::size_t beginning_min = 4;
constexpr std::size_t ending_max = 3;

std::uint64_t hash_of(std::string_view stem) {
    std::uint64_t h = hash_seed;
    for (const char c : stem) h = hash_step(h, c);
    return h;
}

}  // namespace

void SpelledRight::add(std::string_view text, Snowball& snowball) {
    Tokens tokens;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        tokenize(line.substr(0, line.find('/')), tokens);
        if (tokens.list.size() != 1 || tokens.list[0].kind != TokenKind::word) continue;
        const std::string_view word = tokens.letters;
        stems_.push_back(
            hash_of(is_cyrillic(word[0]) ? snowball.russian(word) : snowball.english(word)));
        if (is_cyrillic(word[0])) headwords_.push_back(hash_of(word));
        for (std::size_t n = beginning_min; n <= word.size() && is_cyrillic(word[0]); ++n)
            beginnings_.push_back(hash_of(word.substr(0, n)));
    }
}

void SpelledRight::close() {
    for (std::vector<std::uint64_t>* list : {&stems_, &beginnings_, &headwords_}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
        list->shrink_to_fit();
    }
}

bool SpelledRight::headword(std::string_view word) const {
    return std::binary_search(headwords_.begin(), headwords_.end(), hash_of(word));
}

bool SpelledRight::knows_beginning(std::string_view word) const {
    if (word.size() < beginning_min + ending_max) return false;
    return std::binary_search(beginnings_.begin(), beginnings_.end(),
                              hash_of(word.substr(0, word.size() - ending_max)));
}

bool SpelledRight::knows(std::string_view stem) const {
    return std::binary_search(stems_.begin(), stems_.end(), hash_of(stem));
}

}  // namespace jedel::triage::words
