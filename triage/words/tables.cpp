#include "triage/words/tables.h"

#include <algorithm>
#include <cassert>
#include <map>

namespace jedel::triage::words {

std::uint64_t term_hash(Space space, std::string_view folded) {
    std::uint64_t h = hash_step(hash_seed, static_cast<char>(space));
    for (const char c : folded) h = hash_step(h, c);
    return h;
}

bool one_edit_apart(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t i = 0;
    while (i < a.size() && a[i] == b[i]) ++i;
    if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
    if (i == a.size()) return true;
    if (a.substr(i + 1) == b.substr(i + 1)) return true;
    return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
           a.substr(i + 2) == b.substr(i + 2);
}

const Term* Tables::find(std::uint64_t hash) const {
    const std::int32_t at = index_.find(hash);
    return at < 0 ? nullptr : &terms[static_cast<std::size_t>(at)];
}

const Term* Tables::find(Space space, std::string_view stem) const {
    return find(term_hash(space, stem));
}

Symbol Tables::symbol(std::string_view name) const {
    const auto it = symbols_.find(std::string{name});
    return it == symbols_.end() ? no_symbol : it->second;
}

const Term* Tables::near(Space space, std::string_view stem) const {
    if (stem.size() < 4 || stem.size() > 24) return nullptr;
    const auto try_hash = [&](std::uint64_t hash) -> const Term* {
        const std::int32_t at = deletions_.find(hash);
        if (at < 0) return nullptr;
        const auto from = deletion_starts_[static_cast<std::size_t>(at)];
        const auto to = deletion_starts_[static_cast<std::size_t>(at) + 1];
        for (auto k = from; k < to; ++k) {
            const Term& t = terms[deletion_terms_[k]];
            // A first letter is seldom mistyped; short stems must keep it.
            if (t.stem.front() != stem.front() && std::min(t.stem.size(), stem.size()) < 6)
                continue;
            if (one_edit_apart(t.stem, stem)) return &t;
        }
        return nullptr;
    };
    if (const Term* t = try_hash(term_hash(space, stem))) return t;
    for (std::size_t skip = 0; skip < stem.size(); ++skip) {
        std::uint64_t h = hash_step(hash_seed, static_cast<char>(space));
        for (std::size_t k = 0; k < stem.size(); ++k)
            if (k != skip) h = hash_step(h, stem[k]);
        if (const Term* t = try_hash(h)) return t;
    }
    return nullptr;
}

void Tables::build_index() {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> index;
    std::map<std::uint64_t, std::vector<std::uint32_t>> deletions;
    for (std::uint32_t i = 0; i < terms.size(); ++i) {
        const Term& t = terms[i];
        if (t.first) index.emplace_back(term_hash(t.space, t.stem), i);
        if (t.space == Space::exact || t.stem.size() < 4 || t.stem.size() > 24) continue;
        deletions[term_hash(t.space, t.stem)].push_back(i);
        for (std::size_t skip = 0; skip < t.stem.size(); ++skip) {
            const std::string cut = t.stem.substr(0, skip) + t.stem.substr(skip + 1);
            auto& list = deletions[term_hash(t.space, cut)];
            if (list.empty() || list.back() != i) list.push_back(i);
        }
    }
    index_.build(index);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> starts;
    for (const auto& [hash, list] : deletions) {
        starts.emplace_back(hash, static_cast<std::uint32_t>(deletion_starts_.size()));
        deletion_starts_.push_back(static_cast<std::uint32_t>(deletion_terms_.size()));
        deletion_terms_.insert(deletion_terms_.end(), list.begin(), list.end());
    }
    deletion_starts_.push_back(static_cast<std::uint32_t>(deletion_terms_.size()));
    deletions_.build(starts);
}

}  // namespace jedel::triage::words
