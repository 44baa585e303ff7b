// Writes roads.bin; its reader: roadmap_read.cpp.

#include "dispatch/roads/roadmap.h"

#include "dispatch/roads/bytes.h"
#include "dispatch/roads/roadmap_format.h"

namespace jedel::roads {

using namespace roadmap_format;

namespace {

std::uint32_t version_of(const RoadMap& map) {
    if (!map.beyond.empty()) return version;
    for (const Segment& s : map.segments) {
        if (s.last_stretch || s.delay_s > 0) return version;
    }
    return map.path_bans.empty() ? version_plain : version_paths;
}

std::int64_t difference(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::int64_t>(a) - static_cast<std::int64_t>(b);
}

void put_points(ByteWriter& out, const std::vector<FixedPoint>& points) {
    out.number(points.size());
    FixedPoint before;
    for (const FixedPoint& p : points) {
        out.signed_number(static_cast<std::int64_t>(p.lat_e7) - before.lat_e7);
        out.signed_number(static_cast<std::int64_t>(p.lon_e7) - before.lon_e7);
        before = p;
    }
}

void put_point(ByteWriter& out, FixedPoint p, FixedPoint& before) {
    out.signed_number(static_cast<std::int64_t>(p.lat_e7) - before.lat_e7);
    out.signed_number(static_cast<std::int64_t>(p.lon_e7) - before.lon_e7);
    before = p;
}

std::uint8_t flags_of(const Segment& s) {
    return static_cast<std::uint8_t>((s.forward ? 1 : 0) | (s.backward ? 2 : 0) |
                                     (s.bridge ? 4 : 0) | (s.tunnel ? 8 : 0) |
                                     (s.roundabout ? 16 : 0) |
                                     (s.last_stretch ? flag_last_stretch : 0) |
                                     (s.delay_s > 0 ? flag_delay : 0));
}

void put_segments(ByteWriter& out, const std::vector<Segment>& segments) {
    out.number(segments.size());
    Segment before;
    for (const Segment& s : segments) {
        out.signed_number(difference(s.from, before.from));
        out.signed_number(difference(s.to, s.from));
        out.signed_number(difference(s.first_point, before.first_point + before.point_count));
        out.number(s.point_count);
        out.real32(s.length_m);
        out.number(s.max_speed_kmh);
        out.u8(static_cast<std::uint8_t>(s.road_class));
        out.u8(flags_of(s));
        if (s.delay_s > 0) out.u8(s.delay_s);
        out.number(s.name);
        out.signed_number(static_cast<std::int64_t>(s.source_way - before.source_way));
        before = s;
    }
}

void put_names(ByteWriter& out, const std::vector<Name>& names) {
    out.number(names.size());
    for (const Name& n : names) {
        out.text(n.any);
        out.text(n.kk);
        out.text(n.ru);
        out.text(n.en);
        out.number(n.old.size());
        for (const std::string& old : n.old) out.text(old);
    }
}

void put_ground(ByteWriter& out, const RoadMap& map) {
    out.number(map.areas.size());
    std::uint32_t expected = 0;
    for (const Area& a : map.areas) {
        out.u8(static_cast<std::uint8_t>(a.kind));
        out.signed_number(difference(a.first_point, expected));
        out.number(a.point_count);
        expected = a.first_point + a.point_count;
    }
    out.number(map.waterlines.size());
    expected = 0;
    for (const Waterline& w : map.waterlines) {
        out.signed_number(difference(w.first_point, expected));
        out.number(w.point_count);
        out.real32(w.width_m);
        expected = w.first_point + w.point_count;
    }
}

void put_places(ByteWriter& out, const RoadMap& map) {
    out.number(map.places.size());
    FixedPoint before;
    for (const Place& p : map.places) {
        out.u8(static_cast<std::uint8_t>(p.kind));
        put_point(out, p.at, before);
        out.number(p.name);
        out.number(p.street);
        out.text(p.number);
    }
    out.number(map.population.size());
    before = {};
    for (const PopulationPoint& p : map.population) {
        put_point(out, p.at, before);
        out.number(p.residents);
    }
}

void put_path_bans(ByteWriter& out, const RoadMap& map) {
    out.number(map.path_bans.size());
    for (const PathBan& ban : map.path_bans) {
        out.number(ban.directed.size());
        for (const std::uint32_t d : ban.directed) out.number(d);
    }
}

void put_beyond(ByteWriter& out, const RoadMap& map) {
    out.number(map.beyond.size());
    std::uint32_t expected = 0;
    for (const BeyondRoad& road : map.beyond) {
        out.u8(static_cast<std::uint8_t>(road.why));
        out.signed_number(difference(road.first_point, expected));
        out.number(road.point_count);
        out.number(road.name);
        expected = road.first_point + road.point_count;
    }
}

}  // namespace

std::string write_roadmap(const RoadMap& map) {
    ByteWriter payload;
    put_points(payload, map.nodes);
    put_points(payload, map.points);
    put_segments(payload, map.segments);
    payload.number(map.turn_bans.size());
    for (const TurnBan& b : map.turn_bans) {
        payload.number(b.from_segment);
        payload.number(b.via_node);
        payload.number(b.to_segment);
    }
    if (map.names.empty()) {
        put_names(payload, {Name{}});  // index 0 always means "no name"
    } else {
        put_names(payload, map.names);
    }
    put_ground(payload, map);
    put_places(payload, map);
    const std::uint32_t written = version_of(map);
    if (written >= version_paths) put_path_bans(payload, map);
    if (written >= version) put_beyond(payload, map);
    ByteWriter out;
    out.raw(magic);
    out.fixed32(written);
    out.fixed64(payload.bytes().size());
    out.fixed32(checksum(payload.bytes()));
    out.raw(payload.bytes());
    return out.take();
}

}  // namespace jedel::roads
