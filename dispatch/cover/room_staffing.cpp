#include "dispatch/cover/room_staffing.h"

#include "base/time.h"
#include "dispatch/city/roster.h"

namespace jedel::cover {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

Instant midnight_of(Instant now) {
    const int offset = kazakhstan_offset_minutes(now);
    CivilTime day = to_civil(now, offset);
    day.hour = day.minute = day.second = 0;
    return from_civil(day, offset);
}

/// The posts that are bases, as columns of the posts' times.
std::vector<std::size_t> bases_among(const std::vector<Post>& posts) {
    std::vector<std::size_t> out;
    for (std::size_t p = 0; p < posts.size(); ++p) {
        if (posts[p].base) out.push_back(p);
    }
    return out;
}

std::vector<District> districts_of(const RoomCover& cover, const City& city,
                                   const std::vector<std::size_t>& bases,
                                   const std::vector<std::vector<double>>& noon, Instant now) {
    std::vector<District> out;
    for (const std::size_t p : bases) {
        District d;
        d.base = {std::strtoull(cover.posts()[p].id.c_str(), nullptr, 10)};
        d.on_duty = on_duty_by_hour(city.organisations, now, d.base);
        out.push_back(d);
    }
    constexpr int noon_hour = 12;
    const auto& demand = cover.demand().at_hour(noon_hour);
    for (std::size_t c = 0; c < noon.size(); ++c) {
        std::size_t nearest = out.size();
        for (std::size_t b = 0; b < out.size(); ++b) {
            if (noon[c][b] < 0) continue;
            if (nearest == out.size() || noon[c][b] < noon[c][nearest]) nearest = b;
        }
        if (nearest == out.size()) continue;
        out[nearest].residents += cover.demand().cells()[c].residents_share * city.population;
        out[nearest].u1_share += demand[c];
    }
    for (District& d : out) d.norm = d.residents / cover.table().residents_per_brigade;
    return out;
}

}  // namespace

std::array<int, hours_of_day> on_duty_by_hour(const Organisations& organisations, Instant now,
                                              std::optional<OrganisationId> base) {
    std::array<int, hours_of_day> out{};
    const Instant midnight = midnight_of(now);
    for (const RosterBrigade& b : organisations.roster) {
        if (b.kind == BrigadeKind::polyclinic || (base && b.base != *base)) continue;
        for (std::size_t h = 0; h < hours_of_day; ++h) {
            const Instant middle{midnight.ms + static_cast<std::int64_t>(h) * hour_ms +
                                 hour_ms / 2};
            out[h] += shift_at(b, middle).on ? 1 : 0;
        }
    }
    return out;
}

RoomRates rates_of_room(const State& state, const Organisations& organisations, Instant now) {
    RateTally tally;
    for (const auto* table : {&state.open, &state.recent}) {
        for (const auto& incident : table->rows()) tally.add(*incident);
    }
    RoomRates out = tally.rates();
    if (out.placed.empty() && out.no_place == 0) return out;
    if (now > out.last) {
        tally.observed(now, now);
        out = tally.rates();
    }
    const auto on_duty = on_duty_by_hour(organisations, now);
    for (std::size_t h = 0; h < hours_of_day; ++h) {
        out.hours[h].duty_h = out.hours[h].days * on_duty[h];
    }
    return out;
}

RoomStaffing room_staffing(RoomCover& cover, const City& city, Instant now) {
    RoomStaffing out;
    out.at = now;
    out.residents = city.population;
    const Instant midnight = midnight_of(now);
    StaffingPlaces places;
    std::vector<std::size_t> bases;
    for (std::size_t h = 0; h < hours_of_day; ++h) {
        const Instant begins{midnight.ms + static_cast<std::int64_t>(h) * hour_ms};
        const int hour = hour_of_week(begins);
        const auto ways = cover.posts_to_cells(hour, now);
        if (h == 0) bases = bases_among(cover.posts());
        for (const auto& row : ways) {
            std::vector<double>& of_cell = places.travel_s[h].emplace_back();
            for (const std::size_t p : bases) of_cell.push_back(row[p]);
        }
        places.demand[h] = cover.demand().at_hour(static_cast<int>(h));
    }
    out.figures = cover.figures();
    out.table = cover.table();
    out.hours = staffing(out.figures, out.table, places,
                         on_duty_by_hour(city.organisations, now), out.residents);
    constexpr std::size_t noon = 12;
    out.districts = districts_of(cover, city, bases, places.travel_s[noon], now);
    return out;
}

}  // namespace jedel::cover
