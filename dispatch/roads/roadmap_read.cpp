// Reads roads.bin; its writer: roadmap.cpp.

#include <cmath>
#include <optional>

#include "dispatch/roads/bytes.h"
#include "dispatch/roads/roadmap.h"
#include "dispatch/roads/roadmap_format.h"

namespace jedel::roads {

using namespace roadmap_format;

namespace {

/// Reads the payload; the first thing out of range is kept with its list's name and number.
class Reader {
public:
    Reader(std::string_view payload, const std::string& file) : in_(payload), file_(file) {}

    Result<RoadMap> read(std::uint32_t found) {
        version_ = found;
        read_points("nodes", map_.nodes);
        read_points("points", map_.points);
        read_segments();
        read_turn_bans();
        read_names();
        read_ground();
        read_places();
        if (found >= version_paths) read_path_bans();
        if (found >= version) read_beyond();
        if (!error_ && in_.failed()) fail("payload", "ends in the middle of a record");
        if (!error_ && in_.left() != 0) fail("payload", "has bytes after its last record");
        if (!error_) check_names();
        if (error_) return *error_;
        return std::move(map_);
    }

private:
    void fail(std::string list, std::string message) {
        if (!error_) {
            error_ = Error{.message = "damaged road map: " + std::move(message),
                           .where = file_,
                           .field = std::move(list)};
        }
    }
    bool good() const { return !error_ && !in_.failed(); }
    void expect(bool holds, const char* list, std::size_t i, const char* what) {
        if (!holds && !in_.failed()) fail(list, std::string{what} + " of record " +
                                                    std::to_string(i) + " is out of range");
    }
    /// Anything that cannot be an index becomes the largest one, which no list reaches.
    static std::uint32_t index(std::uint64_t v) {
        return v > 0xffff'ffff ? 0xffff'ffffU : static_cast<std::uint32_t>(v);
    }
    /// A difference from `base`; wraps instead of overflowing on damaged numbers.
    std::uint32_t index_from(std::uint32_t base) {
        return index(static_cast<std::uint64_t>(in_.signed_number()) + base);
    }
    FixedPoint point(FixedPoint& before, const char* list, std::size_t i) {
        const std::uint64_t lat = static_cast<std::uint64_t>(before.lat_e7) +
                                  static_cast<std::uint64_t>(in_.signed_number());
        const std::uint64_t lon = static_cast<std::uint64_t>(before.lon_e7) +
                                  static_cast<std::uint64_t>(in_.signed_number());
        const auto lat_e7 = static_cast<std::int64_t>(lat);
        const auto lon_e7 = static_cast<std::int64_t>(lon);
        const bool on_earth = lat_e7 >= -900'000'000 && lat_e7 <= 900'000'000 &&
                              lon_e7 >= -1'800'000'000 && lon_e7 <= 1'800'000'000;
        expect(on_earth, list, i, "the place");
        if (!on_earth) return {};
        before = {static_cast<std::int32_t>(lat_e7), static_cast<std::int32_t>(lon_e7)};
        return before;
    }
    void read_points(const char* list, std::vector<FixedPoint>& points) {
        const std::size_t n = in_.count(2);
        points.reserve(n);
        FixedPoint before;
        for (std::size_t i = 0; i < n && good(); ++i) points.push_back(point(before, list, i));
    }
    /// A run of `points`, stored as the difference from where the run before it ended.
    void read_run(std::uint32_t& expected, std::uint32_t& first, std::uint32_t& count,
                  const char* list, std::size_t i) {
        first = index_from(expected);
        count = index(in_.number());
        expect(std::uint64_t{first} + count <= map_.points.size(), list, i, "the geometry");
        expected = first + count;
    }
    void read_segments() {
        const std::size_t n = in_.count(12);
        map_.segments.reserve(n);
        std::uint32_t expected = 0;
        Segment before;
        for (std::size_t i = 0; i < n && good(); ++i) {
            Segment s;
            s.from = index_from(before.from);
            s.to = index_from(s.from);
            expect(s.from < map_.nodes.size() && s.to < map_.nodes.size(), "segments", i,
                   "a node");
            read_run(expected, s.first_point, s.point_count, "segments", i);
            s.length_m = in_.real32();
            expect(std::isfinite(s.length_m) && s.length_m >= 0, "segments", i, "the length");
            const std::uint64_t speed = in_.number();
            expect(speed <= 0xffff, "segments", i, "the speed limit");
            s.max_speed_kmh = static_cast<std::uint16_t>(speed);
            const std::uint8_t road_class = in_.u8();
            expect(road_class <= static_cast<int>(RoadClass::track), "segments", i, "the class");
            s.road_class = static_cast<RoadClass>(road_class);
            const std::uint8_t flags = in_.u8();
            expect(flags < (version_ < version ? 32 : 128), "segments", i, "the set of flags");
            s.forward = (flags & 1) != 0;
            s.backward = (flags & 2) != 0;
            s.bridge = (flags & 4) != 0;
            s.tunnel = (flags & 8) != 0;
            s.roundabout = (flags & 16) != 0;
            s.last_stretch = (flags & flag_last_stretch) != 0;
            if ((flags & flag_delay) != 0) s.delay_s = in_.u8();
            s.name = index(in_.number());
            s.source_way = before.source_way + static_cast<std::uint64_t>(in_.signed_number());
            map_.segments.push_back(s);
            before = s;
        }
    }
    void read_turn_bans() {
        const std::size_t n = in_.count(3);
        map_.turn_bans.reserve(n);
        for (std::size_t i = 0; i < n && good(); ++i) {
            TurnBan b;
            b.from_segment = index(in_.number());
            b.via_node = index(in_.number());
            b.to_segment = index(in_.number());
            expect(b.from_segment < map_.segments.size() && b.via_node < map_.nodes.size() &&
                       b.to_segment < map_.segments.size(),
                   "turn_bans", i, "an index");
            map_.turn_bans.push_back(b);
        }
    }
    void read_path_bans() {
        const std::size_t n = in_.count(4);
        for (std::size_t i = 0; i < n && good(); ++i) {
            PathBan ban;
            const std::size_t length = in_.count(1);
            expect(length >= 3, "path_bans", i, "the length");
            for (std::size_t k = 0; k < length && good(); ++k) {
                ban.directed.push_back(index(in_.number()));
                expect(ban.directed.back() / 2 < map_.segments.size(), "path_bans", i, "an index");
            }
            map_.path_bans.push_back(std::move(ban));
        }
    }
    void read_beyond() {
        const std::size_t n = in_.count(4);
        std::uint32_t expected = 0;
        for (std::size_t i = 0; i < n && good(); ++i) {
            BeyondRoad road;
            const std::uint8_t why = in_.u8();
            expect(why <= static_cast<int>(NoDrive::too_small), "beyond", i, "the reason");
            road.why = static_cast<NoDrive>(why);
            read_run(expected, road.first_point, road.point_count, "beyond", i);
            expect(road.point_count >= 2, "beyond", i, "the length");
            road.name = index(in_.number());
            map_.beyond.push_back(road);
        }
    }
    void read_names() {
        const std::size_t n = in_.count(5);
        map_.names.reserve(n);
        for (std::size_t i = 0; i < n && good(); ++i) {
            Name name;
            name.any = in_.text();
            name.kk = in_.text();
            name.ru = in_.text();
            name.en = in_.text();
            const std::size_t olds = in_.count(1);
            for (std::size_t j = 0; j < olds && good(); ++j) name.old.push_back(in_.text());
            map_.names.push_back(std::move(name));
        }
    }
    void read_ground() {
        const std::size_t areas = in_.count(3);
        std::uint32_t expected = 0;
        for (std::size_t i = 0; i < areas && good(); ++i) {
            Area a;
            const std::uint8_t kind = in_.u8();
            expect(kind <= static_cast<int>(AreaKind::residential), "areas", i, "the kind");
            a.kind = static_cast<AreaKind>(kind);
            read_run(expected, a.first_point, a.point_count, "areas", i);
            map_.areas.push_back(a);
        }
        const std::size_t lines = in_.count(6);
        expected = 0;
        for (std::size_t i = 0; i < lines && good(); ++i) {
            Waterline w;
            read_run(expected, w.first_point, w.point_count, "waterlines", i);
            w.width_m = in_.real32();
            expect(std::isfinite(w.width_m) && w.width_m >= 0, "waterlines", i, "the width");
            map_.waterlines.push_back(w);
        }
    }
    void read_places() {
        const std::size_t n = in_.count(6);
        FixedPoint before;
        for (std::size_t i = 0; i < n && good(); ++i) {
            Place p;
            const std::uint8_t kind = in_.u8();
            expect(kind <= static_cast<int>(PlaceKind::organisation), "places", i, "the kind");
            p.kind = static_cast<PlaceKind>(kind);
            p.at = point(before, "places", i);
            p.name = index(in_.number());
            p.street = index(in_.number());
            p.number = in_.text();
            map_.places.push_back(std::move(p));
        }
        const std::size_t people = in_.count(3);
        before = {};
        for (std::size_t i = 0; i < people && good(); ++i) {
            PopulationPoint p;
            p.at = point(before, "population", i);
            p.residents = index(in_.number());
            map_.population.push_back(p);
        }
    }
    void check_names() {
        const std::size_t n = map_.names.size();
        if (n == 0) fail("names", "has no empty name at its start");
        for (std::size_t i = 0; i < map_.segments.size(); ++i) {
            expect(map_.segments[i].name < n, "segments", i, "the name");
        }
        for (std::size_t i = 0; i < map_.beyond.size(); ++i) {
            expect(map_.beyond[i].name < n, "beyond", i, "the name");
        }
        for (std::size_t i = 0; i < map_.places.size(); ++i) {
            expect(map_.places[i].name < n && map_.places[i].street < n, "places", i, "a name");
        }
    }

    ByteReader in_;
    std::string file_;
    std::uint32_t version_ = version_plain;
    RoadMap map_;
    std::optional<Error> error_;
};

}  // namespace

Result<RoadMap> read_roadmap(std::string_view bytes, const std::string& file_name) {
    const auto error = [&](std::string message) {
        return Error{.message = std::move(message), .where = file_name};
    };
    if (!bytes.starts_with(magic)) {
        return error(bytes.empty() ? "empty file; expected a road map"
                                   : "not a road map: expected it to begin with JEDELMAP");
    }
    if (bytes.size() < header_bytes) return error("truncated road map: the header is cut");
    ByteReader header{bytes.substr(magic.size(), header_bytes - magic.size())};
    const std::uint32_t found_version = header.fixed32();
    const std::uint64_t size = header.fixed64();
    const std::uint32_t crc = header.fixed32();
    if (found_version > version || found_version == 0) {
        return error("road map of version " + std::to_string(found_version) +
                     "; this program reads version " + std::to_string(version));
    }
    const std::string_view payload = bytes.substr(header_bytes);
    if (payload.size() < size) {
        return error("truncated road map: expected " + std::to_string(size) + " bytes, found " +
                     std::to_string(payload.size()));
    }
    if (payload.size() > size) return error("damaged road map: bytes after its end");
    if (checksum(payload) != crc) return error("damaged road map: the checksum does not match");
    return Reader{payload, file_name}.read(found_version);
}

}  // namespace jedel::roads
