// Matches → marks, and one value per finding.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "triage/words/reading.h"

namespace jedel::triage::words {
namespace {

/// The value a match gives when it is denied; empty = it says nothing.
std::string_view denied(const Pattern& p, const Output& o, Negation n) {
    if (n == Negation::cannot || p.no_flip) return {};
    if (o.value == "yes") return "no";
    if (o.value == "no") return "yes";
    return {};
}

/// "температура 37,5": the number says what the word alone would leave open.
bool only_says_temperature(const Reading& r, const Match& m) {
    return std::all_of(m.words, m.words + m.size, [&](std::int16_t i) {
        return r.has(static_cast<std::size_t>(i), r.t.known.temperature);
    });
}

void give(Reading& r, const Match& m, std::uint8_t weight) {
    const Pattern& p = r.t.patterns[m.pattern];
    bool past = false;
    bool doubted = false;
    bool others = false;
    bool other_keys = false;
    bool guessed = false;
    for (std::size_t k = 0; k < m.size; ++k) {
        const Word& w = r.words[static_cast<std::size_t>(m.words[k])];
        past |= w.past;
        doubted |= w.doubted;
        others |= w.others;
        other_keys |= w.typed == Typed::other_keys;
        guessed |= w.typed == Typed::guessed;
    }
    if (others || (past && !p.history)) return;
    for (const Output& o : p.outputs) {
        if (o.concept_) continue;
        if (r.measured_cool && o.finding == r.t.numeric.fever && only_says_temperature(r, m))
            continue;
        Mark mark;
        mark.finding = o.finding;
        mark.value = m.negation == Negation::none ? o.value : std::string{denied(p, o, m.negation)};
        if (mark.value.empty()) continue;
        mark.begin = r.words[static_cast<std::size_t>(m.begin)].begin;
        mark.end = r.words[static_cast<std::size_t>(m.end - 1)].end;
        mark.weight = weight;
        mark.guessed = other_keys || guessed;
        mark.uncertain = doubted;
        if (doubted || guessed) {
            // Such a "no" or such a comfort is worth nothing; the danger stands.
            const bool comfort = p.calm && m.negation == Negation::none;
            if (mark.value == "no" || comfort) mark.value = "unknown";
        }
        r.marks.push_back(std::move(mark));
    }
}

int safety(const Mark& m) { return m.value == "yes" ? 2 : m.value == "unknown" ? 0 : 1; }

/// Of two numbers of one finding the one on the safe side: the higher fever, the pressure farther
/// from 140, else the first said.
bool safer_number(const Tables& t, const Mark& x, const Mark& y) {
    double a = 0;
    double b = 0;
    std::from_chars(x.value.data(), x.value.data() + x.value.size(), a);
    std::from_chars(y.value.data(), y.value.data() + y.value.size(), b);
    if (x.finding == t.numeric.temperature && a != b) return a > b;
    if (x.finding == t.numeric.systolic && a != b) return std::abs(a - 140) > std::abs(b - 140);
    return x.begin <= y.begin;
}

}  // namespace

void give_marks(Reading& r) {
    // "^eat": "кровь в моче" is not a bleeding wound; the smaller reading of its words is dropped.
    for (const Match& m : r.matches) {
        bool eaten = false;
        for (const Match& big : r.matches) {
            if (!r.t.patterns[big.pattern].eats || big.size <= m.size || &big == &m ||
                big.negation != Negation::none)
                continue;
            std::size_t shared = 0;
            for (std::size_t k = 0; k < m.size; ++k)
                shared += std::count(big.words, big.words + big.size, m.words[k]) > 0;
            eaten |= shared == m.size;
        }
        if (!eaten) give(r, m, m.size);
    }
}

void settle(const Tables& tables, std::vector<Mark>& marks) {
    std::vector<bool> drop(marks.size(), false);
    for (std::size_t a = 0; a < marks.size(); ++a) {
        for (std::size_t b = 0; b < marks.size(); ++b) {
            if (a == b || drop[a] || drop[b] || marks[a].finding != marks[b].finding) continue;
            const Mark& x = marks[a];
            const Mark& y = marks[b];
            if (x.value == y.value) {
                // The same said twice: the doubted and the narrower one add nothing.
                const bool inside = y.begin <= x.begin && x.end <= y.end;
                if (inside || (x.uncertain && !y.uncertain)) drop[a] = true;
                continue;
            }
            const bool overlap = x.begin < y.end && y.begin < x.end;
            if (tables.finding_types[x.finding] == FindingType::number) {
                drop[safer_number(tables, x, y) ? b : a] = true;
                continue;
            }
            if (overlap && y.weight > x.weight) drop[a] = true;
            else if (overlap && x.weight > y.weight) drop[b] = true;
            else if (safety(y) > safety(x)) drop[a] = true;
        }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (drop[i]) continue;
        if (kept != i) marks[kept] = std::move(marks[i]);
        ++kept;
    }
    marks.resize(kept);
    std::stable_sort(marks.begin(), marks.end(),
                     [](const Mark& x, const Mark& y) { return x.begin < y.begin; });
}

}  // namespace jedel::triage::words
