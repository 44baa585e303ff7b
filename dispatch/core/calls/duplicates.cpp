#include "dispatch/core/calls/duplicates.h"

#include <algorithm>
#include <cstdint>

namespace jedel {
namespace {

constexpr double score_min = 0.35;

/// Code points, letters lowered, everything else a single space.
std::vector<std::uint32_t> folded(std::string_view text) {
    std::vector<std::uint32_t> out{' '};
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        std::uint32_t c = n == 1 ? lead : lead & (0xFFU >> (n + 1));
        for (std::size_t k = 1; k < n && i + k < text.size(); ++k) {
            c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        i += n;
        if (c >= 'A' && c <= 'Z') c += 32;
        if (c >= 0x410 && c <= 0x42F) c += 32;          // А–Я
        if (c >= 0x400 && c <= 0x40F) c += 80;          // Ё, І …
        if (c >= 0x490 && c <= 0x4FF && c % 2 == 0) ++c;  // Ғ Қ Ң Ү Ұ Һ Ә Ө
        if (c == 0x451) c = 0x435;                      // ё is written е as often as not
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x400;
        if (letter) {
            out.push_back(c);
        } else if (out.back() != ' ') {
            out.push_back(' ');
        }
    }
    if (out.back() != ' ') out.push_back(' ');
    return out;
}

std::vector<std::uint64_t> trigrams(std::string_view text) {
    const std::vector<std::uint32_t> c = folded(text);
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i + 2 < c.size(); ++i) {
        out.push_back(std::uint64_t{c[i]} << 42 | std::uint64_t{c[i + 1]} << 21 | c[i + 2]);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

double likeness(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    if (a.empty() || b.empty()) return 0;
    std::size_t common = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (*x == *y) {
            ++common;
            ++x;
            ++y;
        } else if (*x < *y) {
            ++x;
        } else {
            ++y;
        }
    }
    return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

/// Digits only, the last ten: +7 and 8 in front are the same line.
std::string line_of(std::string_view phone) {
    std::string digits;
    for (const char c : phone) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits.size() > 10 ? digits.substr(digits.size() - 10) : digits;
}

struct Asked {
    const DuplicateQuery& query;
    std::string line;
    std::vector<std::uint64_t> words, address;
};

std::optional<DuplicateHint> compare(const Asked& asked, const Incident& other,
                                     const Persons& persons) {
    DuplicateHint hint{.incident = other.id};
    hint.age_min = static_cast<double>((asked.query.now - other.received_at).count()) / 60'000;
    if (hint.age_min < 0 || hint.age_min > duplicate_age_max_min) return std::nullopt;
    const auto place = other.place();
    double near = 0;
    if (place && asked.query.place) {
        hint.distance_m = distance_m(*place, *asked.query.place);
        if (*hint.distance_m > duplicate_distance_max_m) return std::nullopt;
        near = 1 - *hint.distance_m / duplicate_distance_max_m;
    }
    if (persons.any()) {
        hint.words_alike = likeness(asked.words, trigrams(persons.words()));
        // Without a place on the map the address as said has to do.
        if (!hint.distance_m) near = likeness(asked.address, trigrams(persons.address()));
        hint.same_phone = !asked.line.empty() && asked.line == line_of(persons.phone());
    }
    const double recent = 1 - hint.age_min / duplicate_age_max_min;
    hint.score = 0.45 * near + 0.15 * recent + 0.2 * hint.words_alike +
                 (hint.same_phone ? 0.35 : 0.0);
    hint.score = std::min(1.0, hint.score);
    const bool any = near > 0 || hint.same_phone;
    return any && hint.score >= score_min ? std::optional{hint} : std::nullopt;
}

}  // namespace

double text_likeness(std::string_view a, std::string_view b) {
    return likeness(trigrams(a), trigrams(b));
}

std::vector<DuplicateHint> possible_duplicates(const State& state, const PersonalView& personal,
                                               const DuplicateQuery& query, std::size_t limit) {
    const Asked asked{query, line_of(query.phone), trigrams(query.words), trigrams(query.address)};
    std::vector<DuplicateHint> hints;
    for (const auto* table : {&state.open, &state.recent}) {
        for (const auto& other : table->rows()) {
            if (query.self == other->id || other->merged_into) continue;
            const auto hint = compare(asked, *other, persons_of(personal, *other));
            if (hint) hints.push_back(*hint);
        }
    }
    std::sort(hints.begin(), hints.end(), [](const DuplicateHint& a, const DuplicateHint& b) {
        return a.score != b.score ? a.score > b.score : a.incident < b.incident;
    });
    if (hints.size() > limit) hints.resize(limit);
    return hints;
}

}  // namespace jedel
