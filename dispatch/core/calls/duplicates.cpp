#include "dispatch/core/calls/duplicates.h"

#include <algorithm>
#include <bitset>
#include <cstdint>

#include "base/letters.h"

namespace jedel {
namespace {

constexpr double score_min = 0.35;

/// Letters without their case, everything else a single space.
std::vector<std::uint32_t> letters_of(std::string_view text) {
    std::vector<std::uint32_t> out{' '};
    for (std::size_t i = 0; i < text.size();) {
        char32_t c = folded(next_letter(text, i));
        if (c == U'ё') c = U'е';  // written so as often as not
        const bool letter = (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c >= 0x400;
        if (letter && c != 0xFFFD) {
            out.push_back(c);
        } else if (out.back() != ' ') {
            out.push_back(' ');
        }
    }
    if (out.back() != ' ') out.push_back(' ');
    return out;
}

std::vector<std::uint64_t> trigrams(std::string_view text) {
    const std::vector<std::uint32_t> c = letters_of(text);
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i + 2 < c.size(); ++i) {
        out.push_back(std::uint64_t{c[i]} << 42 | std::uint64_t{c[i + 1]} << 21 | c[i + 2]);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// The trigrams of the call being taken, looked up by those of every other call.
class Wanted {
public:
    explicit Wanted(std::string_view text) : all_(trigrams(text)) {
        for (const std::uint64_t t : all_) seen_.set(slot(t));
    }
    /// Share of common ones among all of both (Jaccard).
    [[nodiscard]] double likeness(const std::vector<std::uint64_t>& other) const {
        if (all_.empty() || other.empty()) return 0;
        std::size_t common = 0;
        for (const std::uint64_t t : other) {
            common += seen_.test(slot(t)) && std::binary_search(all_.begin(), all_.end(), t);
        }
        return static_cast<double>(common) /
               static_cast<double>(all_.size() + other.size() - common);
    }

private:
    static constexpr std::size_t slots = 4096;
    static std::size_t slot(std::uint64_t trigram) {
        return (trigram * 0x9E37'79B9'7F4A'7C15ULL) >> 52;
    }
    std::vector<std::uint64_t> all_;
    std::bitset<slots> seen_;
};

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
    Wanted words, address;
};

std::optional<DuplicateHint> compare(const Asked& asked, const Incident& other,
                                     const PersonalView& personal, DuplicateMemory& memory) {
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
    if (const DuplicateMemory::Said* said = memory.said_of(other, personal)) {
        hint.words_alike = asked.words.likeness(said->words);
        // Without a place on the map the address as said has to do.
        if (!hint.distance_m) near = asked.address.likeness(said->address);
        hint.same_phone = !asked.line.empty() && asked.line == said->line;
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
    return Wanted{a}.likeness(trigrams(b));
}

const DuplicateMemory::Said* DuplicateMemory::said_of(const Incident& incident,
                                                      const PersonalView& personal) {
    // What is there is looked at by its first row alone; rows of one call are erased together.
    const PersonalRecord* call = personal.find(incident.first_call().person);
    auto it = said_.find(incident.id);
    if (call == nullptr || it == said_.end() || it->second.version != incident.version) {
        const Persons persons = persons_of(personal, incident);
        if (!persons.any()) return nullptr;
        if (it == said_.end()) it = said_.try_emplace(incident.id).first;
        it->second.version = incident.version;
        it->second.words = trigrams(persons.words());
        it->second.address = trigrams(persons.address());
        it->second.line = line_of(persons.phone());
    }
    if (it->second.round != round_) ++looked_at_;
    it->second.round = round_;
    return &it->second;
}

void DuplicateMemory::forget_others() {
    if (looked_at_ != said_.size()) {
        std::erase_if(said_, [&](const auto& entry) { return entry.second.round != round_; });
    }
    looked_at_ = 0;
    ++round_;
}

std::vector<DuplicateHint> possible_duplicates(const State& state, const PersonalView& personal,
                                               const DuplicateQuery& query, std::size_t limit) {
    DuplicateMemory none;
    return possible_duplicates(state, personal, query, limit, none);
}

std::vector<DuplicateHint> possible_duplicates(const State& state, const PersonalView& personal,
                                               const DuplicateQuery& query, std::size_t limit,
                                               DuplicateMemory& memory) {
    const Asked asked{query, line_of(query.phone), Wanted{query.words}, Wanted{query.address}};
    std::vector<DuplicateHint> hints;
    for (const auto* table : {&state.open, &state.recent}) {
        for (const auto& other : table->rows()) {
            if (query.self == other->id || other->merged_into) continue;
            const auto hint = compare(asked, *other, personal, memory);
            if (hint) hints.push_back(*hint);
        }
    }
    memory.forget_others();
    const std::size_t kept = std::min(limit, hints.size());
    std::partial_sort(hints.begin(), hints.begin() + static_cast<std::ptrdiff_t>(kept),
                      hints.end(), [](const DuplicateHint& a, const DuplicateHint& b) {
                          return a.score != b.score ? a.score > b.score : a.incident < b.incident;
                      });
    hints.resize(kept);
    return hints;
}

}  // namespace jedel
