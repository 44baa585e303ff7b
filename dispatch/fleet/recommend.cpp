#include "dispatch/fleet/recommend.h"

#include <algorithm>
#include <cmath>

#include "dispatch/fleet/weighing.h"

namespace jedel {
namespace {

using weighing::Costed;
using weighing::Question;

bool is_of_roads(const Reason& r) { return r.code == "road_detour_s" || r.code == "road_slow_s"; }

const Reason* find(const Candidate& c, std::string_view code) {
    const auto it = std::find_if(c.reasons.begin(), c.reasons.end(),
                                 [&](const Reason& r) { return r.code == code; });
    return it == c.reasons.end() ? nullptr : &*it;
}

/// A reason of one and the code by which it is said when the two are compared.
struct Told {
    std::string_view code, as;
    bool with_value = true;
};

void tell(const Candidate& c, std::initializer_list<Told> told, std::vector<Reason>& why) {
    for (const Reason& r : c.reasons) {
        for (const Told& t : told) {
            if (r.code == t.code) why.push_back({std::string{t.as}, t.with_value ? r.value : 0});
        }
    }
}

/// What sets the first apart from the second.
std::vector<Reason> first_against_second(const Recommendation& r) {
    std::vector<Reason> why;
    const std::vector<Candidate>& ranked = r.ranked;
    if (ranked.empty()) return why;
    const Candidate& a = ranked[0];
    if (a.basis != Basis::road) why.push_back({std::string{name_of(a.basis)}, 0});
    if (ranked.size() == 1) {
        why.push_back({"only_one", 0});
        for (const Reason& reason : a.reasons) {
            if (is_of_roads(reason)) why.push_back(reason);
        }
        return why;
    }
    const Candidate& b = ranked[1];
    if (a.basis != Basis::no_place) {
        why.push_back({a.travel_s <= b.travel_s ? "faster_by_s" : "slower_by_s",
                       std::abs(b.travel_s - a.travel_s)});
    }
    for (const Reason& reason : a.reasons) {
        if (is_of_roads(reason)) why.push_back(reason);
    }
    tell(a, {{"specialised_s", "first_specialised", false},
             {"kind_wanted_s", "first_kind_wanted", false},
             {"kind_second_s", "first_kind_second", false}}, why);
    tell(b, {{"old_fix_s", "second_old_fix_s"},
             {"shift_end_s", "second_shift_end_s"},
             {"keep_specialised_s", "second_kept_s"},
             {"road_detour_s", "second_road_detour_s"},
             {"road_slow_s", "second_road_slow_s"},
             {"kind_other_s", "second_kind_other_s"},
             {"break_due_s", "second_break_due_s"},
             {"fairness_s", "second_fairness_s"},
             {"cover_s", "second_cover_s"}}, why);
    const double turnout = b.turnout_s - a.turnout_s;
    if (std::abs(turnout) >= 1) {
        why.push_back({turnout > 0 ? "first_leaves_sooner_s" : "first_leaves_later_s",
                       std::abs(turnout)});
    }
    if (!r.soon.empty() && a.basis == Basis::road && r.soon[0].arrival_s() < a.arrival_s()) {
        why.push_back({"soon_sooner_s", a.arrival_s() - r.soon[0].arrival_s()});
    }
    return why;
}

/// Best first. Equal costs go by id, so that the same facts always give the same list.
void sort_best(std::vector<Costed>& costed, std::size_t limit) {
    const auto better = [](const Costed& a, const Costed& b) {
        return a.cost_s != b.cost_s ? a.cost_s < b.cost_s
                                    : a.brigade->brigade->id < b.brigade->brigade->id;
    };
    if (limit < costed.size()) {
        std::partial_sort(costed.begin(), costed.begin() + static_cast<std::ptrdiff_t>(limit),
                          costed.end(), better);
        costed.resize(limit);
    } else {
        std::sort(costed.begin(), costed.end(), better);
    }
}

std::vector<Candidate> weigh_all(std::vector<Costed>& costed, const Question& q,
                                 std::size_t limit) {
    sort_best(costed, limit);
    std::vector<Candidate> out;
    out.reserve(costed.size());
    for (const Costed& c : costed) out.push_back(weighing::weigh(*c.brigade, q, c.basis));
    return out;
}

/// Free, and no road tells the time: ranked by what is known.
bool is_unplaced(Exclusion why) {
    return why == Exclusion::no_position || why == Exclusion::no_road ||
           why == Exclusion::cut_off;
}

Basis basis_of(const BrigadeAtWork& b, const Incident& incident) {
    if (!incident.place() || !b.straight_s) return Basis::no_place;
    return b.straight_from_base ? Basis::base : Basis::straight_line;
}

}  // namespace

Recommendation recommend(const Incident& incident, std::span<const BrigadeAtWork> fleet,
                         const RecommendationTable& table, std::uint64_t state_seq, Instant now,
                         const KindRow* kind, std::size_t limit) {
    Recommendation out;
    out.incident = incident.id;
    out.state_seq = state_seq;
    out.at = now;
    if (kind != nullptr) out.kind_row = kind->id;
    const Question q{table, incident.working_category(), now, kind};
    std::vector<Costed> free, soon, unplaced;
    for (const BrigadeAtWork& b : fleet) {
        const Exclusion why = weighing::exclusion(b, q);
        if (why == Exclusion::none) {
            free.push_back({&b, Basis::road, weighing::cost(b, q, Basis::road)});
            continue;
        }
        out.excluded.push_back({b.brigade->id, why});
        if (is_unplaced(why)) {
            const Basis basis = basis_of(b, incident);
            unplaced.push_back({&b, basis, weighing::cost(b, q, basis)});
        }
        if (weighing::is_soon_free(b, q)) {
            soon.push_back({&b, Basis::road, weighing::cost(b, q, Basis::road)});
        }
    }
    if (free.empty() && !unplaced.empty()) {
        // Times by road beat guesses; without any, a marked guess beats "nobody is free".
        std::stable_sort(unplaced.begin(), unplaced.end(), [](const Costed& a, const Costed& b) {
            return (a.basis == Basis::no_place) < (b.basis == Basis::no_place);
        });
        const bool timed = unplaced.front().basis != Basis::no_place;
        const auto rest = std::find_if(unplaced.begin(), unplaced.end(), [&](const Costed& c) {
            return timed && c.basis == Basis::no_place;
        });
        std::vector<Costed> untimed{rest, unplaced.end()};
        unplaced.erase(rest, unplaced.end());
        out.ranked = weigh_all(unplaced, q, limit);
        for (Candidate& c : weigh_all(untimed, q, limit)) out.ranked.push_back(std::move(c));
        std::erase_if(out.excluded, [](const Excluded& e) { return is_unplaced(e.why); });
    } else {
        out.ranked = weigh_all(free, q, limit);
    }
    out.soon = weigh_all(soon, q, limit);
    out.why_first = first_against_second(out);
    return out;
}

std::optional<OverrideCost> override_cost(const Recommendation& r, Category category,
                                          BrigadeId chosen) {
    if (r.ranked.empty() || r.ranked.front().brigade == chosen) return std::nullopt;
    const auto it = std::find_if(r.ranked.begin(), r.ranked.end(),
                                 [&](const Candidate& c) { return c.brigade == chosen; });
    if (it == r.ranked.end()) return std::nullopt;
    const Candidate& first = r.ranked.front();
    OverrideCost out{.first = first.brigade, .chosen = chosen};
    out.target_min = triage::target_minutes(category);
    if (first.basis != Basis::no_place && it->basis != Basis::no_place) {
        out.later_s = it->arrival_s() - first.arrival_s();
    }
    if (out.target_min > 0 && first.basis == Basis::road && it->basis == Basis::road) {
        out.first_probability = first.in_target_probability;
        out.chosen_probability = it->in_target_probability;
    }
    for (const std::string_view code : {"kind_wanted_s", "kind_second_s", "specialised_s"}) {
        if (find(first, code) != nullptr && find(*it, code) == nullptr) {
            out.given_up.push_back(*find(first, code));
        }
    }
    for (const std::string_view code :
         {"kind_other_s", "keep_specialised_s", "break_due_s", "fairness_s", "shift_end_s",
          "old_fix_s", "cover_s"}) {
        if (find(*it, code) != nullptr && find(first, code) == nullptr) {
            out.given_up.push_back(*find(*it, code));
        }
    }
    return out;
}

}  // namespace jedel
