#include "dispatch/city/roster.h"

#include <algorithm>

namespace jedel {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

ReportStatus by_rule(BrigadeId brigade, BrigadeStatus status) {
    return {.brigade = brigade, .status = status, .source = Source::rule};
}

RegisterBrigade registration(const RosterBrigade& brigade, const Organisations& organisations,
                             Instant shift_end) {
    const Organisation* base = organisations.find(brigade.base);
    return {.brigade = brigade.id,
            .name = brigade.name,
            .brigade_kind = brigade.kind,
            .base = brigade.base,
            .base_place = base != nullptr ? base->place : LatLon{},
            .shift_end = shift_end};
}

}  // namespace

ShiftTimes shift_at(const RosterBrigade& brigade, Instant now) {
    const int offset = kazakhstan_offset_minutes(now);
    const std::int64_t midnight = day_of(now, offset) * day_ms - offset * 60'000LL;
    std::int64_t start = midnight + brigade.shift_start_min * 60'000LL;
    if (start > now.ms) start -= day_ms;
    const std::int64_t length =
        std::min<std::int64_t>(day_ms, std::max(1, brigade.shift_hours) * 3'600'000LL);
    return {.on = now.ms < start + length,
            .ends = {start + length},
            .next_start = {start + day_ms}};
}

std::vector<Command> roster_changes(const State& state, const Organisations& organisations,
                                    Instant now) {
    std::vector<Command> changes;
    for (const RosterBrigade& brigade : organisations.roster) {
        const ShiftTimes shift = shift_at(brigade, now);
        const Brigade* known = state.brigades.find(brigade.id);
        const bool over = known == nullptr || !known->shift_end || *known->shift_end <= now;
        if (shift.on && over) {
            changes.emplace_back(registration(brigade, organisations, shift.ends));
            // Whoever the shift before left off duty, or nobody yet, begins it at the base.
            const bool begins = known == nullptr || known->status == BrigadeStatus::off_shift;
            if (begins) changes.emplace_back(by_rule(brigade.id, BrigadeStatus::free_at_base));
        } else if (!shift.on && known == nullptr) {
            changes.emplace_back(registration(brigade, organisations, shift.ends));
            changes.emplace_back(by_rule(brigade.id, BrigadeStatus::off_shift));
        } else if (!shift.on && over && is_free(*known)) {
            changes.emplace_back(by_rule(brigade.id, BrigadeStatus::off_shift));
        }
    }
    // A brigade that the roster no longer has is nobody's to renew: when its shift is over and it
    // is on no call it is off shift, or it would be counted as free for ever.
    for (const auto& known : state.brigades.rows()) {
        const bool listed =
            std::any_of(organisations.roster.begin(), organisations.roster.end(),
                        [&](const RosterBrigade& brigade) { return brigade.id == known->id; });
        if (!listed && known->shift_end && *known->shift_end <= now && is_free(*known)) {
            changes.emplace_back(by_rule(known->id, BrigadeStatus::off_shift));
        }
    }
    return changes;
}

}  // namespace jedel
