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
/// How sharply the counted scores tell categories apart beside the fitted ones; this, the rounds,
/// the pace and the cost were chosen on complaints of `data/complaints` that the reader had not
/// learned (four fifths learned, one judged, in turn).
constexpr float sharpness = 2.5F;
constexpr double under_cost = 3;
constexpr std::size_t rounds = 6;
constexpr std::size_t stride = 7919;  ///< a prime: the samples come mixed
constexpr float pace = 0.2F;
constexpr float shrink = 1e-4F;

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

namespace {

/// A complaint as the numbers of what it is made of.
struct Sample {
    std::size_t category = 0;
    std::vector<std::uint32_t> features;
};
using Weights = std::array<float, 4>;

/// Numbers the features as they come; `index` gets hash → number.
std::vector<Sample> samples_of(const std::vector<SecondReader::Example>& examples,
                               std::vector<std::pair<std::uint64_t, std::uint32_t>>& index) {
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    std::vector<Sample> out;
    out.reserve(examples.size());
    Tokens tokens;
    for (const SecondReader::Example& e : examples) {
        Sample s{static_cast<std::size_t>(e.category) - 1, {}};
        tokenize(e.text, tokens);
        features(tokens, e.patient, [&](std::uint64_t f, std::size_t) {
            const auto next = static_cast<std::uint32_t>(numbers.size());
            const auto [at, is_new] = numbers.emplace(f, next);
            if (is_new) index.emplace_back(f, next);
            s.features.push_back(at->second);
        });
        std::sort(s.features.begin(), s.features.end());
        s.features.erase(std::unique(s.features.begin(), s.features.end()), s.features.end());
        out.push_back(std::move(s));
    }
    return out;
}

/// Complement naive Bayes.
std::vector<Weights> counted(const std::vector<Sample>& samples, std::size_t features) {
    std::vector<std::array<std::uint32_t, 4>> counts(features);
    std::array<double, 4> of_category{};
    double all = 0;
    for (const Sample& s : samples) {
        for (const std::uint32_t f : s.features) ++counts[f][s.category];
        of_category[s.category] += static_cast<double>(s.features.size());
        all += static_cast<double>(s.features.size());
    }
    const double spread = smoothing * static_cast<double>(features);
    std::vector<Weights> out(features);
    for (std::size_t f = 0; f < features; ++f) {
        double total = 0;
        for (const std::uint32_t n : counts[f]) total += n;
        for (std::size_t c = 0; c < 4; ++c)
            out[f][c] = static_cast<float>(-std::log(
                (total - counts[f][c] + smoothing) / (all - of_category[c] + spread)));
    }
    return out;
}

/// The four scores as shares of one.
std::array<double, 4> shares(const std::array<double, 4>& score) {
    const double top = *std::max_element(score.begin(), score.end());
    std::array<double, 4> out{};
    double sum = 0;
    for (std::size_t c = 0; c < 4; ++c) sum += out[c] = std::exp(score[c] - top);
    for (double& x : out) x /= sum;
    return out;
}

/// Logistic regression of four categories by stochastic descent with a step of its own for each
/// weight (Duchi, Hazan & Singer, JMLR 2011); the order of the samples is fixed.
std::vector<Weights> fitted(const std::vector<Sample>& samples, std::size_t features) {
    std::vector<Weights> w(features, Weights{});
    std::vector<Weights> seen(features, Weights{});
    const std::size_t n = samples.size();
    for (std::size_t step = 0; step < rounds * n; ++step) {
        const Sample& s = samples[(step * stride + step / n) % n];
        if (s.features.empty()) continue;
        const double scale = 1 / std::sqrt(static_cast<double>(s.features.size()));
        std::array<double, 4> score{};
        for (const std::uint32_t f : s.features)
            for (std::size_t c = 0; c < 4; ++c) score[c] += w[f][c] * scale;
        const auto share = shares(score);
        Weights miss{};
        for (std::size_t c = 0; c < 4; ++c)
            miss[c] = static_cast<float>((share[c] - (c == s.category ? 1 : 0)) * scale);
        for (const std::uint32_t f : s.features) {
            for (std::size_t c = 0; c < 4; ++c) {
                const float slope = miss[c] + shrink * w[f][c];
                seen[f][c] += slope * slope;
                w[f][c] -= pace * slope / std::sqrt(seen[f][c] + 1e-6F);
            }
        }
    }
    return w;
}

}  // namespace

SecondReader SecondReader::learn(const std::vector<Example>& examples) {
    SecondReader out;
    if (examples.empty()) return out;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> index;
    const std::vector<Sample> samples = samples_of(examples, index);
    out.weights_ = counted(samples, index.size());
    const std::vector<Weights> second = fitted(samples, index.size());
    // Both scores go with the root of a text's features: one sum serves for their mean.
    for (std::size_t f = 0; f < out.weights_.size(); ++f)
        for (std::size_t c = 0; c < 4; ++c)
            out.weights_[f][c] = 0.5F * (sharpness * out.weights_[f][c] + second[f][c]);
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
    for (double& x : score) x /= std::sqrt(static_cast<double>(count));
    std::array<double, 4> share = shares(score);
    for (std::size_t c = 0; c < 4; ++c)
        share[c] = read_as[static_cast<std::size_t>(read)][c] * (share[c] + 1e-3);
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
