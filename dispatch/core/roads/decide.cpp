// Roads that are closed or slow: drawn by a person, taken back by one, ended by their time.

#include <cmath>

#include "dispatch/core/roads/handlers.h"

namespace jedel {
namespace {

constexpr std::size_t pieces_max = 400;
constexpr std::size_t points_max = 4000;
constexpr double length_max_m = 100'000;
constexpr double slowest_factor = 20;
constexpr std::chrono::hours longest{24 * 366};

std::optional<Refusal> check_line(const std::vector<RoadPiece>& road) {
    const auto bad = [](std::string detail) {
        return refuse(RefusalCode::bad_value, std::move(detail), "road");
    };
    if (road.empty()) return bad("expected at least one piece of road");
    if (road.size() > pieces_max) return bad("expected at most 400 pieces of road");
    std::size_t points = 0;
    double length_m = 0;
    for (const RoadPiece& piece : road) {
        if (piece.line.size() < 2) return bad("expected lines of two points or more");
        points += piece.line.size();
        if (points > points_max) return bad("expected at most 4000 points");
        for (std::size_t i = 0; i < piece.line.size(); ++i) {
            if (!is_valid(piece.line[i].place())) return bad("expected WGS 84 degrees");
            if (i > 0) length_m += distance_m(piece.line[i - 1].place(), piece.line[i].place());
        }
    }
    if (!(length_m > 0)) return bad("expected a line that leads somewhere");
    if (length_m > length_max_m) return bad("expected at most 100 km of road");
    return std::nullopt;
}

std::optional<Refusal> check_effect(const ChangeRoad& c, Instant now) {
    if (c.closed && c.time_factor != 1) {
        return refuse(RefusalCode::bad_value, "a closed road has no factor but 1", "time_factor");
    }
    const bool slow = std::isfinite(c.time_factor) && c.time_factor > 1 &&
                      c.time_factor <= slowest_factor;
    if (!c.closed && !slow) {
        return refuse(RefusalCode::bad_value, "expected a factor above 1, at most 20",
                      "time_factor");
    }
    if (c.reason == RoadReason::none) {
        return refuse(RefusalCode::reason_required, "a reason is needed", "reason");
    }
    if (c.until && *c.until <= now) {
        return refuse(RefusalCode::time_order, "it would have ended already", "until");
    }
    if (c.until && *c.until > now + longest) {
        return refuse(RefusalCode::time_order, "expected an end within a year", "until");
    }
    return std::nullopt;
}

}  // namespace

Decided decide_one(Deciding& d, const ChangeRoad& c) {
    if (auto refusal = check_line(c.road)) return *refusal;
    if (auto refusal = check_effect(c, d.now)) return *refusal;
    for (const auto& known : d.state.road_changes.rows()) {
        if (known->road != c.road || known->closed != c.closed ||
            known->time_factor != c.time_factor) {
            continue;
        }
        Refusal refusal = refuse(RefusalCode::nothing_changed, "that road is so already", "road");
        refusal.first_actor = known->actor;
        refusal.first_at = known->at;
        return refusal;
    }
    if (d.state.road_changes.size() >= State::road_changes_max) {
        return refuse(RefusalCode::too_many, "500 changes of roads hold already", "road");
    }
    Decision decision;
    decision.events.emplace_back(RoadChanged{.change = d.new_road_change(),
                                             .road = c.road,
                                             .closed = c.closed,
                                             .time_factor = c.time_factor,
                                             .reason = c.reason,
                                             .until = c.until});
    return decision;
}

Decided decide_one(Deciding& d, const RestoreRoad& c) {
    const RoadChange* change = d.state.road_changes.find(c.change);
    if (change == nullptr) {
        const DeskIds given = d.state.ids_of(desk_of(c.change.value));
        const bool existed = c.change && count_of(c.change.value) <= given.road_change;
        return refuse(RefusalCode::unknown_road_change,
                      existed ? "it holds no more" : "there is no such change", "change");
    }
    if (c.end == RoadEnd::expired && (!change->until || *change->until > d.now)) {
        return refuse(RefusalCode::time_order, "its time has not run out", "end");
    }
    Decision decision;
    decision.events.emplace_back(RoadRestored{c.change, c.end});
    return decision;
}

}  // namespace jedel
