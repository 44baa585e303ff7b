#include "console/map_advice.h"

#include <algorithm>

namespace jedel::console {

namespace {

constexpr double ms_per_min = 60'000;

/// Names of the streets a stretch lies on, each once, in the order met.
std::vector<std::uint32_t> streets_of(const roads::RoadMap& map,
                                      std::span<const std::uint32_t> segments) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t s : segments) {
        const std::uint32_t name = map.segments[s].name;
        if (name == 0 || std::find(out.begin(), out.end(), name) != out.end()) continue;
        out.push_back(name);
    }
    return out;
}

}  // namespace

std::vector<MapReach> in_bands(std::span<const roads::Reached> reached,
                               std::span<const float> bands_min) {
    std::vector<MapReach> out;
    out.reserve(reached.size() * 5 / 4);
    for (const roads::Reached& r : reached) {
        double from = r.from_along;
        double from_ms = static_cast<double>(r.from_ms);
        const double whole_ms = static_cast<double>(r.to_ms - r.from_ms);
        for (const float band : bands_min) {
            const double band_ms = band * ms_per_min;
            if (from_ms >= band_ms && whole_ms > 0) continue;
            const double until_ms = std::min(band_ms, static_cast<double>(r.to_ms));
            const double share =
                whole_ms > 0 ? (until_ms - static_cast<double>(r.from_ms)) / whole_ms : 1;
            const double to = r.from_along + (r.to_along - r.from_along) * share;
            out.push_back({r.segment, static_cast<float>(until_ms / ms_per_min),
                           static_cast<float>(from), static_cast<float>(to)});
            from = to;
            from_ms = until_ms;
            if (until_ms >= static_cast<double>(r.to_ms)) break;
        }
    }
    return out;
}

RoadsAnswer MapAdvice::roads(const Snapshot& room, Instant now) {
    RoadsAnswer out;
    out.roads = adviser_.take_up_roads(room.state, now);
    for (const roads::SegmentChange& change : out.roads.times) {
        out.closures.push_back({change.segment, change.closed});
    }
    return out;
}

StretchAnswer MapAdvice::stretch(const StretchQuestion& question) {
    StretchAnswer out;
    out.serial = question.serial;
    const City& city = adviser_.city();
    if (!city.roads) return out;
    if (!finder_) finder_ = std::make_unique<roads::StretchFinder>(city.roads);
    auto& stretch = out.segments;
    for (const DrawStep& step : question.steps) {
        out.no_road = out.no_way = false;
        if (step.kind == DrawStep::Kind::place) {
            const auto snapped = adviser_.snap(step.at, question.now);
            out.no_road = !snapped;
            if (!snapped) continue;
            const auto more = stretch.empty()
                                  ? std::vector{snapped->segment}
                                  : finder_->between(stretch.back(), snapped->segment);
            out.no_way = more.empty();
            for (const std::uint32_t s : more) {
                if (std::find(stretch.begin(), stretch.end(), s) == stretch.end()) {
                    stretch.push_back(s);
                }
            }
            continue;
        }
        const bool at_end = step.kind == DrawStep::Kind::longer_end;
        const auto next = finder_->beyond(stretch, at_end);
        out.no_way = !next;
        if (next) stretch.insert(at_end ? stretch.end() : stretch.begin(), *next);
    }
    out.road = pieces_of(*city.roads, stretch);
    out.streets = streets_of(*city.roads, stretch);
    out.length_m = length_m(out.road);
    return out;
}

ReachAnswer MapAdvice::reach(const ReachQuestion& question) {
    ReachAnswer out;
    out.kind = question.kind;
    out.brigade = question.brigade;
    out.at = question.now;
    const State& state = question.room->state;
    out.state_seq = state.seq;
    adviser_.take_up_roads(state, question.now);
    std::vector<roads::Reached> reached;
    if (question.kind == ReachKind::coverage) {
        auto coverage = adviser_.coverage(state, question.room->fixes, Category::u1, question.now,
                                          reach_bands_min.back());
        out.free = coverage.free;
        out.unknown = coverage.unknown;
        reached = std::move(coverage.roads);
    } else if (const Brigade* brigade = state.brigades.find(question.brigade)) {
        if (const auto fix = known_place(*brigade, question.room->fixes,
                                          &adviser_.city().organisations)) {
            reached = adviser_.reach_from(fix->place, Category::u1, question.now,
                                          reach_bands_min.back());
        }
        out.no_place = reached.empty();
    }
    out.roads =
        std::make_shared<const std::vector<MapReach>>(in_bands(reached, reach_bands_min));
    return out;
}

}  // namespace jedel::console
