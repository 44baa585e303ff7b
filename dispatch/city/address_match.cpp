// Which names answer the words of a query.

#include <algorithm>

#include "dispatch/city/address_impl.h"

namespace jedel {

using namespace address;

namespace {

std::uint16_t bit(StreetKind kind) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind));
}

/// The likeliest objects, the best first.
std::vector<ObjectMatch> first_of(const std::unordered_map<std::uint32_t, ObjectMatch>& all,
                                  const std::vector<Object>& objects, std::size_t limit) {
    std::vector<ObjectMatch> out;
    for (const auto& [object, m] : all) {
        if (m.score >= 0.35) out.push_back(m);
    }
    const auto before = [&](const ObjectMatch& a, const ObjectMatch& b) {
        if (a.score != b.score) return a.score > b.score;
        // The larger street first: it is more often meant.
        const std::size_t size_a = objects[a.object].nodes.size();
        const std::size_t size_b = objects[b.object].nodes.size();
        return size_a != size_b ? size_a > size_b : a.object < b.object;
    };
    const std::size_t count = std::min(limit, out.size());
    std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), out.end(),
                      before);
    out.resize(count);
    return out;
}

}  // namespace

void AddressIndex::Impl::add_alias(std::uint32_t object, const std::string& name,
                                   std::int16_t old_name) {
    Alias alias{.object = object, .words = 0, .old_name = old_name, .types = 0};
    std::vector<std::uint32_t> numbers;
    for (const Token& t : tokens_of(name)) {
        if (t.kind == TokenKind::separator || t.kind == TokenKind::filler) continue;
        if (t.kind == TokenKind::type) {
            alias.types = static_cast<std::uint16_t>(alias.types | bit(t.type));
            continue;
        }
        numbers.push_back(words.add(t.text));
    }
    // A name of nothing but kinds ("Аудан") is found by them.
    if (numbers.empty()) {
        for (const Token& t : tokens_of(name)) {
            if (t.kind == TokenKind::type) numbers.push_back(words.add(t.text));
        }
    }
    if (numbers.empty()) return;
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    // Often the same words in both languages ("Абай" does change, "Қазыбек би" hardly does).
    if (!aliases.empty() && aliases.back().object == object &&
        aliases.back().old_name == old_name && numbers == last_words) {
        aliases.back().types = static_cast<std::uint16_t>(aliases.back().types | alias.types);
        return;
    }
    last_words = numbers;
    alias.words = static_cast<std::uint16_t>(numbers.size());
    aliases_of_word.resize(words.size());
    for (const std::uint32_t w : numbers) {
        aliases_of_word[w].push_back(static_cast<std::uint32_t>(aliases.size()));
    }
    aliases.push_back(alias);
}

void AddressIndex::Impl::build() {
    objects = objects_of(*city);
    for (std::uint32_t i = 0; i < objects.size(); ++i) {
        for (const std::string& name : objects[i].names) add_alias(i, name, -1);
        for (std::size_t k = 0; k < objects[i].old_names.size(); ++k) {
            add_alias(i, objects[i].old_names[k], static_cast<std::int16_t>(k));
        }
    }
    words.finish();
}

/// Objects whose name answers these words, in any order; kinds of street only tip the balance.
std::vector<ObjectMatch> AddressIndex::Impl::match(Looked& looked,
                                                   const std::vector<Token>& tokens,
                                                   std::size_t limit) const {
    struct Sum {
        float words = 0, last = 0;  ///< by weight
        std::uint16_t matched = 0, last_token = 0;
    };
    std::unordered_map<std::uint32_t, Sum> sums;
    std::uint16_t wanted = 0;
    float weights = 0;
    int unknown = 0;
    std::uint16_t types = 0;
    for (const Token& t : tokens) {
        if (t.kind == TokenKind::type) types = static_cast<std::uint16_t>(types | bit(t.type));
        if (t.kind != TokenKind::word && t.kind != TokenKind::number) continue;
        const auto [at, is_new] = looked.try_emplace(t.text);
        if (is_new) at->second = words.find(t.text, 40);
        // What is like nothing in the city is left out of the account, and costs a little; what is
        // like something only from afar weighs less than what is known.
        // A number that is in no name is as sure a sign as any that this is not the place.
        const bool nothing_like = at->second.empty();
        if (nothing_like && t.kind == TokenKind::word) {
            ++unknown;
            continue;
        }
        ++wanted;
        const bool known = nothing_like || at->second.front().score >= 0.85F;
        const float weight = known ? 1.0F : 0.6F;
        weights += weight;
        for (const WordMatch& m : at->second) {
            for (const std::uint32_t a : aliases_of_word[m.word]) {
                Sum& s = sums[a];
                if (s.last_token == wanted) {  // a better word of the same name for this token
                    s.words += weight * std::max(0.0F, m.score - s.last);
                    s.last = std::max(s.last, m.score);
                    continue;
                }
                s.words += weight * m.score;
                s.last = m.score;
                s.last_token = wanted;
                ++s.matched;
            }
        }
    }
    if (wanted == 0) return {};
    std::unordered_map<std::uint32_t, ObjectMatch> best;
    for (const auto& [index, s] : sums) {
        const Alias& alias = aliases[index];
        const double of_query = s.words / weights;
        const double of_name = std::min(1.0, static_cast<double>(s.matched) / alias.words);
        double score = of_query * (0.72 + 0.28 * of_name);
        if (types != 0 && alias.types != 0) score *= (types & alias.types) != 0 ? 1 : 0.96;
        if (alias.old_name >= 0) score *= 0.985;
        score *= std::max(0.75, 1 - 0.08 * unknown);
        ObjectMatch& m = best[alias.object];
        if (score > m.score) m = {alias.object, score, alias.old_name};
    }
    return first_of(best, objects, limit);
}

}  // namespace jedel
