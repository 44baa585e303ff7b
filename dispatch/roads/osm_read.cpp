// The only file that includes libosmium: three passes over an extract.

#include <algorithm>
#include <filesystem>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/osm.hpp>
#include <unordered_set>

#include "dispatch/roads/osm_raw.h"

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
    void tell() {
        report_.read_bytes = reader_.offset();
        if (progress_) progress_(report_);
    }
    osmium::io::Reader reader_;
    osmium::Timestamp newest_;
    const ImportProgressFn& progress_;
    ImportProgress report_;
};

RefRun keep_refs(const osmium::WayNodeList& nodes, RawOsm& raw) {
    const RefRun run{raw.refs.size(), static_cast<std::uint32_t>(nodes.size())};
    for (const osmium::NodeRef& n : nodes) raw.refs.push_back(n.ref());
    return run;
}

void read_restriction(const osmium::Relation& relation, RawOsm& raw, ImportSummary& summary) {
    ++summary.restrictions_read;
    const char* kind = relation.tags().get_value_by_key("restriction");
    const std::string_view value = kind == nullptr ? std::string_view{} : kind;
    const char* except = relation.tags().get_value_by_key("except");
    const bool excepted =
        except != nullptr && std::string_view{except}.find("emergency") != std::string_view::npos;
    RawRestriction r;
    r.only = value.starts_with("only_");
    if ((!r.only && !value.starts_with("no_")) || excepted) {
        ++summary.restrictions_other;
        return;
    }
    int froms = 0, tos = 0, via_nodes = 0;
    for (const auto& member : relation.members()) {
        const std::string_view role = member.role();
        const bool way = member.type() == osmium::item_type::way;
        if (role == "from" && way) r.from_way = member.ref(), ++froms;
        if (role == "to" && way) r.to_way = member.ref(), ++tos;
        if (role == "via" && way) r.via_ways.push_back(member.ref());
        if (role == "via" && member.type() == osmium::item_type::node) {
            r.via_node = member.ref();
            ++via_nodes;
        }
    }
    const bool one_via = r.via_ways.empty() ? via_nodes == 1 : via_nodes == 0;
    if (froms == 1 && tos == 1 && one_via) {
        if (!r.via_ways.empty()) ++summary.restrictions_via_way;
        raw.restrictions.push_back(r);
    } else {
        ++summary.restrictions_broken;
    }
}

void read_relations(const std::string& path, const ImportProgressFn& progress, RawOsm& raw,
                    ImportSummary& summary) {
    Pass pass{path, osmium::osm_entity_bits::relation, "relations", progress};
    summary.relations_read = pass.each<osmium::Relation>([&](const osmium::Relation& relation) {
        const char* type = relation.tags().get_value_by_key("type");
        if (type == nullptr) return;
        if (std::string_view{type} == "restriction") read_restriction(relation, raw, summary);
        if (std::string_view{type} != "multipolygon") return;
        const auto kind = area_from(lookup(relation.tags()));
        if (!kind) return;
        RawMultipolygon m;
        m.kind = *kind;
        for (const auto& member : relation.members()) {
            const std::string_view role = member.role();
            if (member.type() == osmium::item_type::way && (role == "outer" || role.empty())) {
                m.outer_ways.push_back(member.ref());
                raw.ring_ways.try_emplace(member.ref());
            }
        }
        if (!m.outer_ways.empty()) raw.multipolygons.push_back(std::move(m));
    });
}

void read_road(const osmium::Way& way, const TagLookup& tag, RawOsm& raw,
               ImportSummary& summary) {
    const RoadTags road = road_from(tag);
    if (road.use == RoadTags::Use::not_driven) ++summary.dropped_not_driven;
    if (road.use == RoadTags::Use::no_access) ++summary.dropped_no_access;
    if (road.use != RoadTags::Use::road) return;
    ++summary.road_ways;
    if (road.reversible) ++summary.reversible_ways;
    if (road.speed_read) ++summary.speed_limits;
    if (road.speed_given && !road.speed_read) ++summary.unread_speed_limits;
    if (road.sample.forward != road.sample.backward) ++summary.one_way_ways;
    RawRoad r;
    r.way = static_cast<std::uint64_t>(way.id());
    r.refs = keep_refs(way.nodes(), raw);
    r.sample = road.sample;
    r.sample.source_way = r.way;
    r.sample.name = raw.names.add(name_from(tag));
    raw.roads.push_back(r);
}

void read_ways(const std::string& path, const ImportProgressFn& progress, RawOsm& raw,
               ImportSummary& summary) {
    Pass pass{path, osmium::osm_entity_bits::way, "ways", progress};
    summary.ways_read = pass.each<osmium::Way>([&](const osmium::Way& way) {
        if (const auto ring = raw.ring_ways.find(way.id()); ring != raw.ring_ways.end()) {
            ring->second = keep_refs(way.nodes(), raw);
        }
        if (way.tags().empty() || way.nodes().size() < 2) return;
        const TagLookup tag = lookup(way.tags());
        read_road(way, tag, raw, summary);
        const bool closed = way.nodes().size() >= 4 && way.is_closed();
        if (const auto kind = area_from(tag)) {
            if (closed) {
                RawArea area{*kind, keep_refs(way.nodes(), raw), 0};
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
            raw.waterlines.push_back({keep_refs(way.nodes(), raw), *width});
        }
        if (auto place = place_from(tag, raw.names)) {
            place->outline = keep_refs(way.nodes(), raw);
            raw.places.push_back(std::move(*place));
        }
    });
}

void read_nodes(const std::string& path, const ImportProgressFn& progress, RawOsm& raw,
                ImportSummary& summary) {
    raw.node_ids = raw.refs;
    std::sort(raw.node_ids.begin(), raw.node_ids.end());
    raw.node_ids.erase(std::unique(raw.node_ids.begin(), raw.node_ids.end()), raw.node_ids.end());
    raw.node_ids.shrink_to_fit();
    raw.node_places.resize(raw.node_ids.size());
    Pass pass{path, osmium::osm_entity_bits::node, "nodes", progress};
    const std::string header_time = pass.header_time();
    summary.nodes_read = pass.each<osmium::Node>([&](const osmium::Node& node) {
        if (!node.location().valid()) return;
        const FixedPoint at{node.location().y(), node.location().x()};
        const auto it = std::lower_bound(raw.node_ids.begin(), raw.node_ids.end(), node.id());
        if (it != raw.node_ids.end() && *it == node.id()) {
            raw.node_places[static_cast<std::size_t>(it - raw.node_ids.begin())] = at;
        }
        if (node.tags().empty()) return;
        if (auto place = place_from(lookup(node.tags()), raw.names)) {
            place->place.at = at;
            raw.places.push_back(std::move(*place));
        }
    });
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
    const auto it = std::lower_bound(node_ids.begin(), node_ids.end(), node);
    if (it == node_ids.end() || *it != node) return std::nullopt;
    return node_places[static_cast<std::size_t>(it - node_ids.begin())];
}

Result<RawOsm> read_osm(const std::string& path, const ImportProgressFn& progress,
                        ImportSummary& summary) {
    // libosmium reports by exceptions; they end here.
    try {
        RawOsm raw;
        read_relations(path, progress, raw, summary);
        read_ways(path, progress, raw, summary);
        read_nodes(path, progress, raw, summary);
        return raw;
    } catch (const std::exception& error) {
        return Error{.message = std::string{"not a whole OpenStreetMap extract (.osm.pbf or "
                                            ".osm): "} +
                                error.what(),
                     .where = path};
    }
}

}  // namespace jedel::roads
