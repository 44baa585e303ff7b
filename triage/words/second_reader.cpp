#include "triage/words/second_reader.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "base/number.h"

namespace jedel::triage::words {
namespace {

constexpr std::size_t words_min = 3;
constexpr double smoothing = 0.3;
/// How sharply scores tell categories apart, chosen on complaints the reader had not learned.
constexpr double sharpness = 2.5;
constexpr double under_cost = 3;

/// How often a complaint belongs to U1 … U4 when the lexicon reads it as `none`, U1 … U4: counted
/// at first readings of complaints that neither the lexicon nor this reader knew.
constexpr double read_as[5][4] = {
    {15, 16, 8, 17}, {288, 26, 14, 12}, {21, 210, 6, 11}, {13, 11, 137, 24}, {13, 11, 20, 217}};

enum class Kind : char {
    word = 'w', beginning = 'p', letters = 'c', pair = 'b', number = 'n', person = 'a'
};

/// The patient as the rows tell people apart: under 3, a child, a grown-up; pregnant.
char band(const Patient& p) {
    if (p.pregnancy_weeks) return 'p';
    if (!p.age_years) return '?';
    return *p.age_years < 3 ? 'i' : *p.age_years < 18 ? 'c' : 'a';
}

/// Of two hashes one that neither gives alone.
std::uint64_t both(std::uint64_t a, std::uint64_t b) { return a ^ (b * 0x9E3779B97F4A7C15ULL); }

std::uint64_t start(Kind kind) { return hash_step(hash_seed, static_cast<char>(kind)); }

/// Calls `take(feature, token)` for everything the text is made of; the same feature may come
/// twice.
template <class F>
void features(const Tokens& tokens, const Patient& patient, F&& take) {
    const std::uint64_t person = hash_step(start(Kind::person), band(patient));
    std::uint64_t before = 0;  // the beginning of the word before
    for (std::size_t t = 0; t < tokens.list.size(); ++t) {
        const Token& token = tokens.list[t];
        if (token.kind == TokenKind::mark) continue;
        if (token.kind == TokenKind::number) {
            std::uint64_t h = start(Kind::number);
            for (auto n = static_cast<std::uint64_t>(token.number); n > 0; n /= 10)
                h = hash_step(h, static_cast<char>('0' + n % 10));
            take(h, t);
            before = h;
            continue;
        }
        const std::string_view word = tokens.word(token).substr(0, 32);
        char w[34];
        w[0] = '^';
        for (std::size_t i = 0; i < word.size(); ++i) w[i + 1] = fold_vowel(word[i]);
        const std::size_t n = word.size() + 2;
        w[n - 1] = '$';
        std::uint64_t whole = start(Kind::word);
        std::uint64_t first = start(Kind::beginning);
        std::uint64_t pair = start(Kind::pair);
        for (std::size_t i = 1; i + 1 < n && i <= 6; ++i) {
            whole = hash_step(whole, w[i]);
            if (i <= 4) first = hash_step(first, w[i]);
            if (i <= 5) pair = hash_step(pair, w[i]);
        }
        take(whole, t);
        if (word.size() > 4) take(first, t);
        if (word.size() >= 4) take(both(person, first), t);
        for (std::size_t i = 0; i + 4 <= n; ++i) {
            std::uint64_t h = start(Kind::letters);
            for (std::size_t k = i; k < i + 4; ++k) h = hash_step(h, w[k]);
            take(h, t);
        }
        if (before != 0) take(both(before, pair), t);
        before = pair;
    }
}

/// Of each word what speaks for one category against another → the bytes that speak most for it.
void most_telling(const Tokens& tokens, const std::vector<float>& gain, Suggestion& out) {
    float best = 0;
    float sum = 0;
    std::size_t from = 0;
    for (std::size_t t = 0; t < gain.size(); ++t) {
        if (sum <= 0) sum = 0, from = t;
        sum += gain[t];
        if (sum <= best) continue;
        best = sum;
        out.begin = tokens.list[from].begin;
        out.end = tokens.list[t].end;
    }
}

}  // namespace

SecondReader SecondReader::learn(const std::vector<Example>& examples) {
    SecondReader out;
    if (examples.empty()) return out;
    std::unordered_map<std::uint64_t, std::array<std::uint32_t, 4>> counts;
    std::array<double, 4> of_category{};
    Tokens tokens;
    std::vector<std::uint64_t> seen;
    for (const Example& e : examples) {
        const auto c = static_cast<std::size_t>(e.category) - 1;
        tokenize(e.text, tokens);
        seen.clear();
        features(tokens, e.patient, [&](std::uint64_t f, std::size_t) { seen.push_back(f); });
        std::sort(seen.begin(), seen.end());
        seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
        for (const std::uint64_t f : seen) ++counts[f][c];
        of_category[c] += static_cast<double>(seen.size());
    }
    double all = 0;
    for (const double n : of_category) all += n;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> index;
    index.reserve(counts.size());
    out.weights_.reserve(counts.size());
    const double spread = smoothing * static_cast<double>(counts.size());
    for (const auto& [hash, count] : counts) {
        double total = 0;
        for (const std::uint32_t n : count) total += n;
        Weights w{};
        for (std::size_t c = 0; c < 4; ++c)
            w[c] = static_cast<float>(
                -std::log((total - count[c] + smoothing) / (all - of_category[c] + spread)));
        index.emplace_back(hash, static_cast<std::uint32_t>(out.weights_.size()));
        out.weights_.push_back(w);
    }
    out.features_.build(index);
    return out;
}

std::optional<Suggestion> SecondReader::suggest(const Tokens& tokens, Category read,
                                              const Patient& patient) const {
    if (empty() || read == Category::u1) return std::nullopt;
    const auto words = std::count_if(tokens.list.begin(), tokens.list.end(),
                                     [](const Token& t) { return t.kind == TokenKind::word; });
    if (static_cast<std::size_t>(words) < words_min) return std::nullopt;
    std::array<double, 4> score{};
    std::vector<std::pair<std::uint64_t, std::size_t>> known;
    known.reserve(tokens.letters.size() + tokens.list.size() * 4);
    features(tokens, patient, [&](std::uint64_t f, std::size_t t) { known.emplace_back(f, t); });
    std::sort(known.begin(), known.end());
    std::size_t count = 0;
    std::vector<Weights> by_token(tokens.list.size(), Weights{});
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (i > 0 && known[i].first == known[i - 1].first) continue;
        const std::int32_t at = features_.find(known[i].first);
        if (at < 0) continue;
        ++count;
        const Weights& w = weights_[static_cast<std::size_t>(at)];
        for (std::size_t c = 0; c < 4; ++c) {
            score[c] += w[c];
            by_token[known[i].second][c] += w[c];
        }
    }
    if (count == 0) return std::nullopt;
    const double scale = sharpness / std::sqrt(static_cast<double>(count));
    const double top = *std::max_element(score.begin(), score.end());
    std::array<double, 4> share{};
    for (std::size_t c = 0; c < 4; ++c)
        share[c] = read_as[static_cast<std::size_t>(read)][c] *
                   (std::exp((score[c] - top) * scale) + 1e-4);
    std::size_t best = 3;
    double least = 0;
    for (std::size_t at = 4; at-- > 0;) {
        double cost = 0;
        for (std::size_t c = 0; c < 4; ++c)
            cost += share[c] * (c < at ? under_cost : c > at ? 1 : 0);
        if (at == 3 || cost < least) least = cost, best = at;
    }
    Suggestion out;
    out.category = static_cast<Category>(best + 1);
    if (out.category == Category::u4 || !more_urgent(out.category, read)) return std::nullopt;
    const std::size_t against = read == Category::none ? 3 : static_cast<std::size_t>(read) - 1;
    std::vector<float> gain(tokens.list.size());
    for (std::size_t t = 0; t < gain.size(); ++t)
        gain[t] = by_token[t][best] - by_token[t][against];
    out.end = tokens.list.back().end;
    most_telling(tokens, gain, out);
    return out;
}

Result<std::vector<SecondReader::Example>> parse_examples(std::string_view text,
                                                          const std::string& file) {
    std::vector<SecondReader::Example> out;
    long line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view row = text.substr(at, end - at);
        at = end + 1;
        ++line;
        if (row.empty() || row.front() == '#') continue;
        std::string_view column[6];
        for (std::size_t c = 0; c < 6; ++c) {
            const std::size_t tab = c < 5 ? row.find('\t') : row.size();
            if (tab == std::string_view::npos)
                return Error{"expected 6 columns, found " + std::to_string(c + 1), file, line, {}};
            column[c] = row.substr(0, tab);
            row.remove_prefix(std::min(tab + 1, row.size()));
        }
        const bool lawful = column[1].size() >= 3 && column[1][0] == 'U' && column[1][1] >= '1' &&
                            column[1][1] <= '4' && column[1][2] == '.';
        if (!lawful)
            return Error{"expected a row of the order, as U1.07, found '" +
                             std::string(column[1]) + "'",
                         file, line, "rule"};
        if (column[5].empty()) return Error{"expected words, found none", file, line, "complaint"};
        Patient person;
        if (!column[2].empty()) person.age_years = read_number<double>(column[2]);
        if (!column[2].empty() && !(person.age_years >= 0.0))
            return Error{"expected an age in years, found '" + std::string(column[2]) + "'", file,
                         line, "age"};
        if (!column[3].empty() && column[3] != "male" && column[3] != "female")
            return Error{"expected male or female, found '" + std::string(column[3]) + "'", file,
                         line, "sex"};
        if (!column[3].empty()) person.sex = column[3] == "male" ? Sex::male : Sex::female;
        if (!column[4].empty()) person.pregnancy_weeks = read_number<int>(column[4]);
        if (!column[4].empty() && !(person.pregnancy_weeks >= 0))
            return Error{"expected weeks of pregnancy, found '" + std::string(column[4]) + "'",
                         file, line, "weeks"};
        out.push_back({static_cast<Category>(column[1][1] - '0'), column[5], person});
    }
    return out;
}

}  // namespace jedel::triage::words
