#include "dispatch/fleet/road_changes.h"

#include <algorithm>

#include "dispatch/roads/snap.h"

namespace jedel {
namespace {

LinePoint line_point(roads::FixedPoint p) {
    // Divided, not multiplied: the nearest double to the decimal, which is written short.
    return {p.lat_e7 / 1e7, p.lon_e7 / 1e7};
}

/// The nodes of a stretch in their order: where it begins, and the far end of each segment.
std::uint32_t first_node(const roads::RoadMap& map, std::span<const std::uint32_t> stretch) {
    const auto& first = map.segments[stretch[0]];
    if (stretch.size() == 1) return first.from;
    const auto& second = map.segments[stretch[1]];
    const bool leaves_by_to = first.to == second.from || first.to == second.to;
    return leaves_by_to ? first.from : first.to;
}

}  // namespace

std::vector<RoadPiece> pieces_of(const roads::RoadMap& map,
                                 std::span<const std::uint32_t> stretch) {
    std::vector<RoadPiece> out;
    if (stretch.empty()) return out;
    std::uint32_t node = first_node(map, stretch);
    for (const std::uint32_t index : stretch) {
        const roads::Segment& s = map.segments[index];
        if (s.from != node && s.to != node) node = s.from;  // a gap: a piece of its own
        std::vector<LinePoint> line;
        for (const roads::FixedPoint p : roads::polyline(map, index)) {
            line.push_back(line_point(p));
        }
        if (s.from != node) std::reverse(line.begin(), line.end());
        node = s.from == node ? s.to : s.from;
        const auto way = s.source_way != 0 ? std::optional{s.source_way} : std::nullopt;
        const std::string& street = map.names[s.name].any;
        const bool goes_on = !out.empty() && out.back().way == way &&
                             out.back().street == street && out.back().line.back() == line[0];
        if (goes_on) {
            out.back().line.insert(out.back().line.end(), line.begin() + 1, line.end());
        } else {
            out.push_back({way, street, std::move(line)});
        }
    }
    return out;
}

double length_m(const std::vector<RoadPiece>& road) {
    double sum = 0;
    for (const RoadPiece& piece : road) {
        for (std::size_t i = 1; i < piece.line.size(); ++i) {
            sum += distance_m(piece.line[i - 1].place(), piece.line[i].place());
        }
    }
    return sum;
}

bool made_from(const RoadsNow& now, const Table<RoadChange>& changes) {
    return std::equal(now.ids.begin(), now.ids.end(), changes.rows().begin(),
                      changes.rows().end(),
                      [](RoadChangeId id, const auto& row) { return id == row->id; });
}

RoadsNow put_on_map(const roads::TravelNetwork& network, const Table<RoadChange>& changes) {
    RoadsNow out;
    for (const auto& change : changes.rows()) {
        out.ids.push_back(change->id);
        std::vector<std::uint32_t> segments;
        for (const RoadPiece& piece : change->road) {
            roads::DrawnLine drawn;
            drawn.way = piece.way.value_or(0);
            drawn.street = piece.street;
            for (const LinePoint p : piece.line) drawn.line.push_back(p.place());
            const auto under = roads::segments_under(network, drawn);
            segments.insert(segments.end(), under.begin(), under.end());
        }
        std::sort(segments.begin(), segments.end());
        segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
        if (segments.empty()) out.not_here.push_back(change->id);
        for (const std::uint32_t s : segments) {
            out.marks.push_back({change->id, s, change->closed, change->time_factor});
        }
    }
    for (const RoadMark& mark : out.marks) {
        out.times.push_back({mark.segment, mark.closed, mark.time_factor});
    }
    std::sort(out.times.begin(), out.times.end(),
              [](const roads::SegmentChange& a, const roads::SegmentChange& b) {
                  if (a.segment != b.segment) return a.segment < b.segment;
                  if (a.closed != b.closed) return a.closed;
                  return a.time_factor > b.time_factor;
              });
    out.times.erase(std::unique(out.times.begin(), out.times.end(),
                                [](const roads::SegmentChange& a, const roads::SegmentChange& b) {
                                    return a.segment == b.segment;
                                }),
                    out.times.end());
    return out;
}

}  // namespace jedel
