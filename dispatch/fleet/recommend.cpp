#include "dispatch/fleet/recommend.h"

#include <algorithm>
#include <cmath>

#include "dispatch/roads/uncertainty.h"

namespace jedel {
namespace {

constexpr double ms_per_s = 1000;
constexpr double same_way_m = 1;

Exclusion exclusion(const BrigadeAtWork& b, Category category, Instant now) {
    const Brigade& brigade = *b.brigade;
    if (brigade.task) return Exclusion::busy;
    switch (brigade.status) {
        case BrigadeStatus::unknown: return Exclusion::status_unknown;
        case BrigadeStatus::off_shift: return Exclusion::off_shift;
        case BrigadeStatus::out_of_service: return Exclusion::out_of_service;
        case BrigadeStatus::free_at_base:
        case BrigadeStatus::returning: break;
        default: return Exclusion::busy;
    }
    if (brigade.shift_end && *brigade.shift_end <= now) return Exclusion::off_shift;
    if (brigade.kind == BrigadeKind::polyclinic && category != Category::u4) {
        return Exclusion::wrong_kind;
    }
    if (!b.fix) return Exclusion::no_position;
    if (!b.travel_s) return b.free_travel_s ? Exclusion::cut_off : Exclusion::no_road;
    return Exclusion::none;
}

/// Collects the parts of the cost; each part is a reason on the screen.
struct Costing {
    Candidate& candidate;
    void add(std::string_view code, double seconds) {
        if (seconds == 0) return;
        candidate.cost_s += seconds;
        candidate.reasons.push_back({std::string{code}, seconds});
    }
};

/// What closed and slow roads cost this brigade: in its travel time already, so it adds nothing.
/// A way of another length is a detour; of the same, only slower.
std::optional<Reason> road_reason(const BrigadeAtWork& b, double told_from_s) {
    if (!b.free_travel_s) return std::nullopt;
    const double lost_s = *b.travel_s - *b.free_travel_s;
    if (lost_s < told_from_s) return std::nullopt;
    const bool detour = std::abs(b.distance_m - b.free_distance_m) > same_way_m;
    return Reason{detour ? "road_detour_s" : "road_slow_s", lost_s};
}

bool is_of_roads(const Reason& r) { return r.code == "road_detour_s" || r.code == "road_slow_s"; }

double old_fix_cost(const RecommendationTable& table, double age_s) {
    if (age_s <= table.old_fix_after_s) return 0;
    const double steps = 1 + std::floor((age_s - table.old_fix_after_s) / table.old_fix_step_s);
    return table.old_fix_penalty_s * std::min<double>(steps, table.old_fix_steps_max);
}

Candidate weigh(const BrigadeAtWork& b, const RecommendationTable& table, Category category,
                Instant now) {
    const Brigade& brigade = *b.brigade;
    Candidate c;
    c.brigade = brigade.id;
    c.travel_s = *b.travel_s;
    c.distance_m = b.distance_m;
    c.cost_s = c.travel_s;
    c.fix_age_ms = std::max<std::int64_t>(0, (now - b.fix->at).count());
    c.reasons.push_back({"travel_s", c.travel_s});
    if (const auto road = road_reason(b, table.road_told_from_s)) c.reasons.push_back(*road);
    Costing cost{c};

    // A brigade that stands at its base is where it is; only a moving one's place grows old.
    if (brigade.status != BrigadeStatus::free_at_base) {
        cost.add("old_fix_s", old_fix_cost(table, static_cast<double>(c.fix_age_ms) / ms_per_s));
    }
    if (brigade.status == BrigadeStatus::returning) {
        cost.add("returning_s", table.returning_penalty_s);
    }
    if (brigade.shift_end) {
        const double left_min =
            static_cast<double>((*brigade.shift_end - now).count()) / 60 / ms_per_s;
        if (left_min < table.shift_end_soon_min) {
            cost.add("shift_end_s", table.shift_end_penalty_s);
        }
    }
    const bool specialised =
        brigade.kind == BrigadeKind::specialised || brigade.kind == BrigadeKind::doctor;
    c.fits_kind = category != Category::u1 || specialised;
    if (brigade.kind == BrigadeKind::specialised) {
        if (category == Category::u1) {
            cost.add("specialised_s", -table.specialised_for_u1_bonus_s);
        } else if (category == Category::u3 || category == Category::u4) {
            cost.add("keep_specialised_s", table.specialised_for_low_penalty_s);
        }
    }
    const int target_min = triage::target_minutes(category);
    const double target_s = target_min * 60.0;
    c.within_target = target_min > 0 && c.travel_s <= target_s;
    c.in_target_probability = roads::probability_within(target_s, c.travel_s * b.bias, b.sigma);
    return c;
}

/// What sets the first apart from the second.
std::vector<Reason> first_against_second(const std::vector<Candidate>& ranked) {
    std::vector<Reason> why;
    if (ranked.empty()) return why;
    if (ranked.size() == 1) {
        why.push_back({"only_one", 0});
        for (const Reason& r : ranked[0].reasons) {
            if (is_of_roads(r)) why.push_back(r);
        }
        return why;
    }
    const Candidate& a = ranked[0];
    const Candidate& b = ranked[1];
    why.push_back({a.travel_s <= b.travel_s ? "faster_by_s" : "slower_by_s",
                   std::abs(b.travel_s - a.travel_s)});
    for (const Reason& r : a.reasons) {
        if (r.code == "specialised_s") why.push_back({"first_specialised", 0});
        if (is_of_roads(r)) why.push_back(r);
    }
    for (const Reason& r : b.reasons) {
        if (r.code == "old_fix_s") why.push_back({"second_old_fix_s", r.value});
        if (r.code == "shift_end_s") why.push_back({"second_shift_end_s", r.value});
        if (r.code == "keep_specialised_s") why.push_back({"second_kept_s", r.value});
        if (r.code == "road_detour_s") why.push_back({"second_road_detour_s", r.value});
        if (r.code == "road_slow_s") why.push_back({"second_road_slow_s", r.value});
    }
    return why;
}

}  // namespace

Recommendation recommend(const Incident& incident, std::span<const BrigadeAtWork> fleet,
                         const RecommendationTable& table, std::uint64_t state_seq, Instant now) {
    Recommendation out;
    out.incident = incident.id;
    out.state_seq = state_seq;
    out.at = now;
    const Category category = incident.working_category();
    for (const BrigadeAtWork& b : fleet) {
        const Exclusion why = exclusion(b, category, now);
        if (why == Exclusion::none) {
            out.ranked.push_back(weigh(b, table, category, now));
        } else {
            out.excluded.push_back({b.brigade->id, why});
        }
    }
    // Equal costs go by id, so that the same facts always give the same list.
    std::sort(out.ranked.begin(), out.ranked.end(), [](const Candidate& a, const Candidate& b) {
        return a.cost_s != b.cost_s ? a.cost_s < b.cost_s : a.brigade < b.brigade;
    });
    out.why_first = first_against_second(out.ranked);
    return out;
}

}  // namespace jedel
