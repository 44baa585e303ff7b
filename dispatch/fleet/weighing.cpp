#include "dispatch/fleet/weighing.h"

#include <algorithm>
#include <cmath>

#include "dispatch/roads/uncertainty.h"

namespace jedel::weighing {
namespace {

constexpr double ms_per_s = 1000;
constexpr double same_way_m = 1;
constexpr double percent = 100;

/// What closed and slow roads cost this brigade: in its travel time already, so it adds nothing.
/// A way of another length is a detour; of the same, only slower.
std::optional<Reason> road_reason(const BrigadeAtWork& b, double told_from_s) {
    if (!b.free_travel_s || !b.travel_s) return std::nullopt;
    const double lost_s = *b.travel_s - *b.free_travel_s;
    if (lost_s < told_from_s) return std::nullopt;
    const bool detour = std::abs(b.distance_m - b.free_distance_m) > same_way_m;
    return Reason{detour ? "road_detour_s" : "road_slow_s", lost_s};
}

double old_fix_cost(const RecommendationTable& table, double age_s) {
    if (age_s <= table.old_fix_after_s) return 0;
    const double steps = 1 + std::floor((age_s - table.old_fix_after_s) / table.old_fix_step_s);
    return table.old_fix_penalty_s * std::min<double>(steps, table.old_fix_steps_max);
}

std::int64_t fix_age_ms(const BrigadeAtWork& b, Instant now) {
    return b.fix ? std::max<std::int64_t>(0, (now - b.fix->at).count()) : 0;
}

double travel_of(const BrigadeAtWork& b, Basis basis) {
    if (basis == Basis::no_place) return 0;
    if (basis == Basis::road) return b.travel_s.value_or(0);
    return b.straight_s.value_or(0);
}

double arrival_s(const BrigadeAtWork& b, Basis basis) {
    return b.free_in_s.value_or(0) + b.turnout.median_s + travel_of(b, basis) * b.bias;
}

bool less_urgent(Category c) { return c == Category::u3 || c == Category::u4; }

bool among(const std::vector<BrigadeKind>& kinds, BrigadeKind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// Kinds that the case is not for: kept for theirs, but for U1 whoever is nearest goes.
template <class Add>
void kind_parts(BrigadeKind kind, const Question& q, bool meets, Add&& add) {
    const RecommendationTable& t = q.table;
    const bool general = kind == BrigadeKind::specialised || kind == BrigadeKind::resuscitation;
    if (q.kind != nullptr) {
        // Chest pain wants cardiology if it meets the target, otherwise the nearest.
        if (among(q.kind->first, kind)) return add("kind_wanted_s", meets ? -t.kind_bonus_s : 0);
        if (among(q.kind->second, kind)) {
            return add("kind_second_s", meets ? -t.second_kind_bonus_s : 0);
        }
    }
    if (general && q.category == Category::u1) {
        return add("specialised_s", -t.specialised_for_u1_bonus_s);
    }
    if (is_specialised(kind) && less_urgent(q.category)) {
        return add("keep_specialised_s", t.specialised_for_low_penalty_s);
    }
    if (is_specialised(kind) && !general && q.category != Category::u1) {
        add("kind_other_s", t.other_kind_penalty_s);
    }
}

/// What a brigade costs wherever the call is.
template <class Add>
void standing_parts(const BrigadeAtWork& b, const Question& q, Add&& add) {
    const Brigade& brigade = *b.brigade;
    const RecommendationTable& t = q.table;
    if (b.free_in_s) add("free_in_s", *b.free_in_s);
    constexpr std::string_view turnout_code[] = {"turnout_s", "turnout_prior_s",
                                                 "turnout_hour_s", "turnout_room_s"};
    add(turnout_code[static_cast<std::size_t>(b.turnout.source)], b.turnout.median_s);
    // A brigade that stands at its base is where it is; only a moving one's place grows old.
    if (brigade.status != BrigadeStatus::free_at_base && !b.free_in_s) {
        add("old_fix_s",
            old_fix_cost(t, static_cast<double>(fix_age_ms(b, q.now)) / ms_per_s));
    }
    if (brigade.status == BrigadeStatus::returning) add("returning_s", t.returning_penalty_s);
    if (brigade.shift_end) {
        const double left_min =
            static_cast<double>((*brigade.shift_end - q.now).count()) / 60 / ms_per_s;
        if (left_min < t.shift_end_soon_min) add("shift_end_s", t.shift_end_penalty_s);
    }
    if (less_urgent(q.category)) {
        add("break_due_s", b.break_due_s);
        if (b.calls_more > 0) add("fairness_s", b.calls_more * t.fairness_s_per_call);
    }
    if (b.cover_loss) add("cover_s", *b.cover_loss * percent * t.cover_s_per_percent);
}

/// Calls `add(code, seconds)` for each part of the cost; the sum is the cost.
template <class Add>
void parts(const BrigadeAtWork& b, const Question& q, Basis basis, Add&& add) {
    add("travel_s", travel_of(b, basis));
    standing_parts(b, q, add);
    const int target_min = triage::target_minutes(q.category);
    const bool meets = basis == Basis::no_place || target_min == 0 ||
                       arrival_s(b, basis) <= target_min * 60.0;
    kind_parts(b.brigade->kind, q, meets, add);
}

bool fits_kind(const BrigadeAtWork& b, const Question& q) {
    const BrigadeKind kind = b.brigade->kind;
    if (q.kind != nullptr) {
        return among(q.kind->first, kind) || among(q.kind->second, kind);
    }
    const bool more = kind == BrigadeKind::specialised || kind == BrigadeKind::doctor ||
                      kind == BrigadeKind::resuscitation || kind == BrigadeKind::cardiac;
    return q.category != Category::u1 || more;
}

Exclusion by_status(const BrigadeAtWork& b, const Question& q) {
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
    if (brigade.shift_end && *brigade.shift_end <= q.now) return Exclusion::off_shift;
    if (brigade.kind == BrigadeKind::polyclinic && q.category != Category::u4) {
        return Exclusion::wrong_kind;
    }
    return Exclusion::none;
}

/// What the list rests on, and what is not known, said with the rest.
void add_known(const BrigadeAtWork& b, Candidate& c) {
    switch (c.basis) {
        case Basis::road: break;
        case Basis::straight_line:
        case Basis::base:
        case Basis::no_place: c.reasons.push_back({std::string{name_of(c.basis)}, 0}); break;
    }
    if (b.cover_loss) {
        c.reasons.push_back({"cover_percent", *b.cover_loss * percent});
    } else {
        c.reasons.push_back({"cover_unknown", 0});
    }
}

}  // namespace

Exclusion exclusion(const BrigadeAtWork& b, const Question& q) {
    const Exclusion why = by_status(b, q);
    if (why != Exclusion::none) return why;
    if (!b.fix) return Exclusion::no_position;
    if (!b.travel_s) return b.free_travel_s ? Exclusion::cut_off : Exclusion::no_road;
    return Exclusion::none;
}

bool is_soon_free(const BrigadeAtWork& b, const Question& q) {
    if (!b.brigade->task || !b.free_in_s || !b.travel_s) return false;
    if (b.brigade->kind == BrigadeKind::polyclinic && q.category != Category::u4) return false;
    const auto free_at =
        q.now + std::chrono::milliseconds{static_cast<std::int64_t>(*b.free_in_s * ms_per_s)};
    if (b.brigade->shift_end && *b.brigade->shift_end <= free_at) return false;
    return *b.free_in_s <= q.table.soon_free_within_min * 60;
}

double cost(const BrigadeAtWork& b, const Question& q, Basis basis) {
    double sum = 0;
    parts(b, q, basis, [&](std::string_view, double seconds) { sum += seconds; });
    return sum;
}

double standing_cost(const BrigadeAtWork& b, const Question& q) {
    double sum = 0;
    standing_parts(b, q, [&](std::string_view, double seconds) { sum += seconds; });
    return sum;
}

double kind_cost(BrigadeKind kind, const Question& q, bool meets) {
    double sum = 0;
    kind_parts(kind, q, meets, [&](std::string_view, double seconds) { sum += seconds; });
    return sum;
}

Candidate weigh(const BrigadeAtWork& b, const Question& q, Basis basis) {
    Candidate c;
    c.brigade = b.brigade->id;
    c.basis = basis;
    c.travel_s = travel_of(b, basis);
    c.distance_m = basis == Basis::road ? b.distance_m : 0;
    c.turnout_s = b.turnout.median_s;
    c.free_in_s = b.free_in_s.value_or(0);
    c.cover_loss = b.cover_loss;
    c.fix_age_ms = fix_age_ms(b, q.now);
    c.fits_kind = fits_kind(b, q);
    const auto road =
        basis == Basis::road ? road_reason(b, q.table.road_told_from_s) : std::nullopt;
    parts(b, q, basis, [&](std::string_view code, double seconds) {
        c.cost_s += seconds;
        const bool travel = code == "travel_s";
        if (travel ? basis != Basis::no_place : seconds != 0) {
            c.reasons.push_back({std::string{code}, seconds});
        }
        if (travel && road) c.reasons.push_back(*road);
    });
    add_known(b, c);
    const int target_min = triage::target_minutes(q.category);
    if (basis == Basis::no_place || target_min == 0) return c;
    const double target_s = target_min * 60.0;
    const double left_s = target_s - c.free_in_s;
    c.within_target = c.free_in_s + c.turnout_s + c.travel_s * b.bias <= target_s;
    if (basis == Basis::road) {
        c.in_target_probability = arrival_within(left_s, b.turnout, c.travel_s * b.bias, b.sigma);
    }
    return c;
}

}  // namespace jedel::weighing
