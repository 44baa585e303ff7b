// Three passes over an extract. Only this file and osm_scan.cpp include libosmium.

#include <algorithm>
#include <filesystem>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/osm.hpp>

#include "dispatch/roads/osm_raw.h"
#include "dispatch/roads/osm_scan.h"

namespace jedel::roads {

namespace {

constexpr std::uint64_t objects_between_reports = 1 << 16;

TagLookup lookup(const osmium::TagList& tags) {
    return [&tags](const char* key) { return tags.get_value_by_key(key); };
}

class Pass {
public:
    Pass(const std::string& path, osmium::osm_entity_bits::type what, std::string phase,
         const ImportProgressFn& progress)
        : reader_(path, what), progress_(progress) {
        if (reader_.header().has_multiple_object_versions() ||
            osmium::io::File{path}.has_multiple_object_versions()) {
            throw std::runtime_error{"a history or change file: it holds deleted and old objects; "
                                     "expected the newest version of each"};
        }
        report_.phase = std::move(phase);
        report_.total_bytes = reader_.file_size();
    }
    /// Of the file's header; empty where it says nothing.
    std::string header_time() {
        return reader_.header().get("osmosis_replication_timestamp",
                                    reader_.header().get("timestamp"));
    }
    [[nodiscard]] const osmium::Timestamp& newest() const { return newest_; }
    template <class Object, class Visit>
    std::uint64_t each(Visit&& visit) {
        while (osmium::memory::Buffer buffer = reader_.read()) {
            for (const Object& object : buffer.select<Object>()) {
                refuse_history(object);
                visit(object);
                if (object.timestamp().valid()) newest_ = std::max(newest_, object.timestamp());
                if (++report_.objects % objects_between_reports == 0) tell();
            }
        }
        tell();
        reader_.close();
        return report_.objects;
    }

private:
    /// Versions of one object that follow each other are a history, whatever the file is called.
    void refuse_history(const osmium::OSMObject& object) {
        if (any_ && object.id() == last_ && object.version() != last_version_) {
            throw std::runtime_error{"holds several versions of object " + std::to_string(last_) +
                                     ": a history file, expected the newest version of each"};
        }
        any_ = true;
        last_ = object.id();
        last_version_ = object.version();
    }
    void tell() {
        report_.read_bytes = reader_.offset();
        if (progress_) progress_(report_);
    }
    osmium::io::Reader reader_;
    osmium::Timestamp newest_;
    bool any_ = false;
    osmium::object_id_type last_ = 0;
    osmium::object_version_type last_version_ = 0;
    const ImportProgressFn& progress_;
    ImportProgress report_;
};

RefRun keep_refs(const osmium::WayNodeList& nodes, RawOsm& raw) {
    const RefRun run{raw.refs.size(), static_cast<std::uint32_t>(nodes.size())};
    for (const osmium::NodeRef& n : nodes) raw.refs.push_back(n.ref());
    return run;
}

Origin origin_of(const osmium::OSMObject& object) { return {object.id(), object.version()}; }

/// Takes the older versions of objects out again that a newer one was met of.
class Superseded {
public:
    void add(std::int64_t id, std::uint32_t version) {
        std::uint32_t& newest = newest_[id];
        newest = std::max(newest, version);
    }
    template <class List>
    void clear(List& list) const {
        if (newest_.empty()) return;
        std::erase_if(list, [&](const auto& kept) {
            const auto it = newest_.find(kept.origin.id);
            return it != newest_.end() && kept.origin.version < it->second;
        });
    }
private:
    std::unordered_map<std::int64_t, std::uint32_t> newest_;
};

/// False where the object was met before or is deleted; an older one of it is marked to go.
bool fresh(Once& once, Superseded& old, const osmium::OSMObject& object, ImportSummary& summary) {
    const auto seen = once.see(object.id(), object.version());
    if (seen != Once::Seen::first) ++summary.twice;
    if (seen == Once::Seen::newer) old.add(object.id(), object.version());
    if (!object.visible()) ++summary.deleted;
    return seen != Once::Seen::again && object.visible();
}

void read_relations(const std::string& path, const ImportProgressFn& progress, RawOsm& raw,
                    ImportSummary& summary) {
    Pass pass{path, osmium::osm_entity_bits::relation, "relations", progress};
    Once once;
    Superseded old;
    summary.relations_read = pass.each<osmium::Relation>([&](const osmium::Relation& relation) {
        if (!fresh(once, old, relation, summary)) return;
        const char* type = relation.tags().get_value_by_key("type");
        if (type == nullptr) return;
        const TagLookup tag = lookup(relation.tags());
        if (std::string_view{type} == "restriction") {
            std::vector<RawMember> members;
            for (const auto& m : relation.members()) {
                if (m.type() == osmium::item_type::relation) continue;
                members.push_back({m.type() == osmium::item_type::way, m.ref(), m.role()});
            }
            read_restriction(tag, members, origin_of(relation), raw, summary);
        }
        if (std::string_view{type} != "multipolygon") return;
        const auto kind = area_from(tag);
        if (!kind) return;
        RawMultipolygon m;
        m.kind = *kind;
        m.origin = origin_of(relation);
        for (const auto& member : relation.members()) {
            const std::string_view role = member.role();
            if (member.type() == osmium::item_type::way && (role == "outer" || role.empty())) {
                m.outer_ways.push_back(member.ref());
                raw.ring_ways.try_emplace(member.ref());
            }
        }
        if (!m.outer_ways.empty()) raw.multipolygons.push_back(std::move(m));
    });
    old.clear(raw.restrictions);
    old.clear(raw.multipolygons);
}

void count_tags(const RoadTags& road, ImportSummary& summary) {
    if (road.reversible) ++summary.reversible_ways;
    if (road.speed_read) ++summary.speed_limits;
    if (road.speed_given && !road.speed_read) ++summary.unread_speed_limits;
    if (road.oneway_unread) ++summary.unread_oneways;
    if (road.access_unread) ++summary.unread_access;
    if (road.limit_unread) ++summary.unread_limits;
    if (road.conditional) ++summary.conditional_ways;
    if (road.use != RoadTags::Use::road) return;
    ++summary.road_ways;
    if (road.sample.last_stretch) ++summary.private_ways;
    if (road.sample.forward != road.sample.backward) ++summary.one_way_ways;
    if (road.sample.delay_s > 0) ++summary.nodes_slow["barrier along the way"];
}

void read_road(const osmium::Way& way, const TagLookup& tag, const AccessRules& rules, RawOsm& raw,
               ImportSummary& summary) {
    const RoadTags road = road_from(tag, rules);
    if (road.use == RoadTags::Use::none) return;
    if (road.use == RoadTags::Use::not_driven) {
        ++summary.dropped_not_driven;
        return;
    }
    count_tags(road, summary);
    const std::uint32_t name = raw.names.add(name_from(tag));
    if (road.use == RoadTags::Use::closed) {
        if (road.why == NoDrive::no_access) ++summary.dropped_no_access;
        else ++summary.ways_closed[road.what];
        raw.closed.push_back({road.why, keep_refs(way.nodes(), raw), name, origin_of(way)});
        return;
    }
    RawRoad r;
    r.way = static_cast<std::uint64_t>(way.id());
    r.refs = keep_refs(way.nodes(), raw);
    r.sample = road.sample;
    r.sample.source_way = r.way;
    r.sample.name = name;
    r.origin = origin_of(way);
    raw.roads.push_back(r);
}

void read_ground(const osmium::Way& way, const TagLookup& tag, RawOsm& raw,
                 ImportSummary& summary) {
    const bool closed = way.nodes().size() >= 4 && way.is_closed();
    if (const auto kind = area_from(tag)) {
        if (closed) {
            RawArea area{*kind, keep_refs(way.nodes(), raw), 0, 0, false, origin_of(way)};
            // The ground is not known before the nodes are: keep the two cases there are.
            if (*kind == AreaKind::building) {
                area.residents_per_m2 = residents_per_m2(tag, 100);
                area.residents_per_m2_large = residents_per_m2(tag, 1000);
                area.named_home = residents_per_m2(tag, 1e6) > 0;
            }
            raw.areas.push_back(area);
        } else {
            ++summary.open_rings;
        }
    }
    if (const auto width = waterline_from(tag); width && !closed) {
        raw.waterlines.push_back({keep_refs(way.nodes(), raw), *width, origin_of(way)});
    }
    if (auto place = place_from(tag, raw.names)) {
        place->outline = keep_refs(way.nodes(), raw);
        place->origin = origin_of(way);
        raw.places.push_back(std::move(*place));
    }
}

void read_ways(const std::string& path, const AccessRules& rules,
               const ImportProgressFn& progress, RawOsm& raw, ImportSummary& summary) {
    Pass pass{path, osmium::osm_entity_bits::way, "ways", progress};
    Once once;
    Superseded old;
    summary.ways_read = pass.each<osmium::Way>([&](const osmium::Way& way) {
        if (!fresh(once, old, way, summary)) return;
        if (const auto ring = raw.ring_ways.find(way.id()); ring != raw.ring_ways.end()) {
            ring->second = keep_refs(way.nodes(), raw);
        }
        if (way.tags().empty() || way.nodes().size() < 2) return;
        const TagLookup tag = lookup(way.tags());
        const char* route = tag("route");
        if (route != nullptr && (std::string_view{route} == "ferry" ||
                                 std::string_view{route} == "shuttle_train")) {
            raw.ferries.push_back(keep_refs(way.nodes(), raw));
        }
        read_road(way, tag, rules, raw, summary);
        read_ground(way, tag, raw, summary);
    });
    old.clear(raw.roads);
    old.clear(raw.closed);
    old.clear(raw.areas);
    old.clear(raw.waterlines);
    old.clear(raw.places);
}

/// What is said on a node: a barrier on a road, a house, how many live in the town.
void read_node_tags(const osmium::Node& node, bool referred, const AccessRules& rules, RawOsm& raw,
                    ImportSummary& summary) {
    const TagLookup tag = lookup(node.tags());
    const FixedPoint at{node.location().y(), node.location().x()};
    if (referred) {
        const NodeGate gate = gate_from(tag, rules);
        if (gate.kind != NodeGate::Kind::open) raw.gates.insert_or_assign(node.id(), gate);
    }
    if (const char* people = tag("population")) {
        const char* kind = tag("place");
        const bool town = kind != nullptr && (std::string_view{kind} == "city" ||
                                              std::string_view{kind} == "town");
        const double stated = town ? std::atof(people) : 0;
        if (stated < 1e8) summary.stated_population = std::max(summary.stated_population, stated);
    }
    if (auto place = place_from(tag, raw.names)) {
        place->place.at = at;
        place->origin = origin_of(node);
        raw.places.push_back(std::move(*place));
    }
}

void read_nodes(const std::string& path, const AccessRules& rules,
                const ImportProgressFn& progress, RawOsm& raw, ImportSummary& summary) {
    raw.node_ids = raw.refs;
    std::sort(raw.node_ids.begin(), raw.node_ids.end());
    raw.node_ids.erase(std::unique(raw.node_ids.begin(), raw.node_ids.end()), raw.node_ids.end());
    raw.node_ids.shrink_to_fit();
    raw.node_places.resize(raw.node_ids.size());
    std::vector<std::uint32_t> versions(raw.node_ids.size(), 0);
    Pass pass{path, osmium::osm_entity_bits::node, "nodes", progress};
    const std::string header_time = pass.header_time();
    const std::size_t of_ways = raw.places.size();
    Once tagged;
    Superseded old;
    summary.nodes_read = pass.each<osmium::Node>([&](const osmium::Node& node) {
        if (!node.visible()) {
            ++summary.deleted;
            return;
        }
        if (!node.location().valid()) return;
        const auto it = std::lower_bound(raw.node_ids.begin(), raw.node_ids.end(), node.id());
        const bool referred = it != raw.node_ids.end() && *it == node.id();
        if (referred) {
            const auto slot = static_cast<std::size_t>(it - raw.node_ids.begin());
            // Of two versions the newer says where it is; of two alike the first.
            if (raw.node_places[slot] && node.version() <= versions[slot]) {
                ++summary.twice;
            } else {
                raw.node_places[slot] = FixedPoint{node.location().y(), node.location().x()};
                versions[slot] = node.version();
                raw.gates.erase(node.id());
            }
        }
        if (node.tags().empty()) return;
        const auto seen = tagged.see(node.id(), node.version());
        if (seen == Once::Seen::newer) old.add(node.id(), node.version());
        if (seen != Once::Seen::again) read_node_tags(node, referred, rules, raw, summary);
    });
    std::vector<RawPlace> of_nodes(std::make_move_iterator(raw.places.begin() +
                                                           static_cast<std::ptrdiff_t>(of_ways)),
                                   std::make_move_iterator(raw.places.end()));
    raw.places.resize(of_ways);
    old.clear(of_nodes);
    std::move(of_nodes.begin(), of_nodes.end(), std::back_inserter(raw.places));
    constexpr std::size_t day_letters = 10;  // YYYY-MM-DD
    summary.date_from_header = header_time.size() >= day_letters;
    if (summary.date_from_header) {
        summary.extract_date = header_time.substr(0, day_letters);
    } else if (pass.newest().valid()) {
        summary.extract_date = pass.newest().to_iso().substr(0, day_letters);
    }
}

}  // namespace

std::optional<FixedPoint> RawOsm::place_of(std::int64_t node) const {
    const std::size_t slot = slot_of(node);
    return slot < node_places.size() ? node_places[slot] : std::nullopt;
}

std::size_t RawOsm::slot_of(std::int64_t node) const {
    const auto it = std::lower_bound(node_ids.begin(), node_ids.end(), node);
    return it != node_ids.end() && *it == node ? static_cast<std::size_t>(it - node_ids.begin())
                                               : node_ids.size();
}

Result<RawOsm> read_osm(const std::string& path, const AccessRules& rules,
                        const ImportProgressFn& progress, ImportSummary& summary) {
    // libosmium reports by exceptions; they end here.
    try {
        RawOsm raw;
        refuse_unfinished(path);
        read_relations(path, progress, raw, summary);
        read_ways(path, rules, progress, raw, summary);
        read_nodes(path, rules, progress, raw, summary);
        return raw;
    } catch (const std::exception& error) {
        return Error{.message = std::string{"not a whole OpenStreetMap extract (.osm.pbf or "
                                            ".osm): "} +
                                error.what(),
                     .where = path};
    }
}

}  // namespace jedel::roads
