// Whether, which way and how fast an ambulance drives a road, and whether it passes a node: the
// meaning of OpenStreetMap's tags of access (wiki: Key:access, Key:oneway, Key:barrier,
// Conditional restrictions, Key:maxheight and its like).

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "dispatch/roads/osm_raw.h"

namespace jedel::roads {

namespace {

/// Lower case without blanks around it: editors leave both.
std::string tidy(const char* value) {
    std::string out = value == nullptr ? "" : value;
    const auto first = out.find_first_not_of(" \t\n");
    if (first == std::string::npos) return {};
    out = out.substr(first, out.find_last_not_of(" \t\n") - first + 1);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}
std::string value(const TagLookup& tag, const std::string& key) { return tidy(tag(key.c_str())); }

bool one_of(std::string_view v, std::initializer_list<std::string_view> set) {
    return std::find(set.begin(), set.end(), v) != set.end();
}

enum class Access { yes, last_stretch, no };

/// What one value allows; of several ("private;customers") the least. A word that is not known is
/// a last stretch at most, and counted.
Access access_of(std::string_view v, bool& unread) {
    Access least = Access::yes;
    while (true) {
        const std::size_t cut = v.find(';');
        std::string_view word = v.substr(0, cut);
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        Access here = Access::last_stretch;
        if (one_of(word, {"", "yes", "permissive", "designated", "official", "public",
                          "destination", "customers", "customer", "delivery", "discouraged",
                          "unknown", "variable", "emergency", "true", "1", "allowed"})) {
            here = Access::yes;
        } else if (one_of(word, {"no", "none", "closed", "false", "0", "never", "prohibited",
                                 "impassable", "use_sidepath", "restricted_no"})) {
            here = Access::no;
        } else if (!one_of(word, {"private", "permit", "residents", "resident", "employees",
                                  "employee", "staff", "members", "key", "military", "restricted",
                                  "agricultural", "forestry", "agricultural_forestry", "guest",
                                  "guests", "university", "school", "tenants", "owner"})) {
            unread = true;
        }
        least = std::max(least, here);
        if (cut == std::string_view::npos) return least;
        v.remove_prefix(cut + 1);
    }
}

bool emergency_passes(std::string_view v) {
    return one_of(v, {"yes", "designated", "permissive", "official", "destination"});
}

/// The most particular key decides, its word for a direction before its word for both; one for
/// emergency vehicles beats them all.
Access access_of(const TagLookup& tag, const std::string& direction, bool& unread) {
    for (const char* key : {"emergency", "motorcar", "motor_vehicle", "vehicle", "access"}) {
        for (const std::string& suffix : {direction, std::string{}}) {
            const std::string v = value(tag, key + suffix);
            if (v.empty()) continue;
            const bool emergency = std::string_view{key} == "emergency";
            if (emergency && emergency_passes(v)) return Access::yes;
            if (emergency && !one_of(v, {"no", "private"})) continue;  // a hydrant, a phone …
            if (emergency) return Access::no;
            if (value(tag, "service") == "emergency_access") return Access::yes;
            return access_of(v, unread);
        }
    }
    return Access::yes;
}

std::optional<RoadClass> class_of(std::string_view highway) {
    if (highway.ends_with("_link")) highway.remove_suffix(5);
    if (highway == "motorway") return RoadClass::motorway;
    if (highway == "trunk") return RoadClass::trunk;
    if (highway == "primary") return RoadClass::primary;
    if (highway == "secondary") return RoadClass::secondary;
    if (highway == "tertiary") return RoadClass::tertiary;
    if (one_of(highway, {"residential", "unclassified", "road"})) return RoadClass::residential;
    if (highway == "living_street") return RoadClass::living;
    if (highway == "service") return RoadClass::service;
    if (highway == "track") return RoadClass::track;
    return std::nullopt;
}

/// A way for feet, bicycles or buses that is said to carry an ambulance, or motor vehicles.
std::optional<RoadClass> opened_way(const TagLookup& tag, std::string_view highway) {
    if (!one_of(highway, {"pedestrian", "footway", "cycleway", "path", "bridleway", "busway",
                          "emergency_access"})) {
        return std::nullopt;
    }
    bool open = emergency_passes(value(tag, "emergency"));
    for (const char* key : {"motorcar", "motor_vehicle", "vehicle"}) {
        const std::string v = value(tag, key);
        open = open || (!v.empty() && v != "no" && v != "none" && v != "unknown");
    }
    return open ? std::optional{RoadClass::service} : std::nullopt;
}

void read_direction(const TagLookup& tag, std::string_view highway, RoadTags& road) {
    const std::string junction = value(tag, "junction");
    road.sample.roundabout = one_of(junction, {"roundabout", "circular"});
    std::string oneway;
    for (const char* key : {"oneway:emergency", "oneway:motorcar", "oneway:motor_vehicle",
                            "oneway:vehicle", "oneway"}) {
        if (oneway.empty()) oneway = value(tag, key);
    }
    if (one_of(oneway, {"-1", "reverse", "backward"})) {
        road.sample.forward = false;
    } else if (one_of(oneway, {"yes", "1", "true", "forward"})) {
        road.sample.backward = false;
    } else if (one_of(oneway, {"reversible", "alternating"})) {
        road.reversible = true;
    } else if (oneway.empty() || oneway == "unknown") {
        if (road.sample.roundabout || highway == "motorway") road.sample.backward = false;
    } else if (!one_of(oneway, {"no", "0", "false"})) {
        // Not understood: the direction drawn is the one that a one-way road would have.
        road.sample.backward = false;
        road.oneway_unread = true;
    }
}

void read_speed(const TagLookup& tag, const AccessRules& rules, RoadTags& road) {
    const auto take = [&](const char* key, bool must_read) {
        const char* given = tag(key);
        if (given == nullptr || *given == 0) return;
        const auto kmh = kmh_of(given, rules);
        if (must_read) road.speed_given = true;
        if (!kmh) return;
        if (must_read) road.speed_read = true;
        if (*kmh == 0) return;
        const auto limit = static_cast<std::uint16_t>(std::lround(*kmh));
        road.sample.max_speed_kmh =
            road.sample.max_speed_kmh == 0 ? limit : std::min(road.sample.max_speed_kmh, limit);
    };
    take("maxspeed", true);
    take("maxspeed:forward", true);
    take("maxspeed:backward", true);
    if (road.speed_given) return;
    take("zone:maxspeed", false);
    take("maxspeed:type", false);
}

/// A posted limit that the vehicle does not keep, or nothing.
std::string too_small(const TagLookup& tag, const AccessRules& rules, bool& unread) {
    struct Limit {
        const char* key;
        double own;
        bool weight = false;
    };
    const Vehicle& v = rules.vehicle;
    for (const Limit& limit :
         {Limit{"maxheight", v.height_m}, {"maxheight:physical", v.height_m},
          {"maxwidth", v.width_m}, {"maxwidth:physical", v.width_m}, {"maxlength", v.length_m},
          {"maxweight", v.weight_t, true}, {"maxweightrating", v.weight_t, true}}) {
        const std::string given = value(tag, limit.key);
        if (given.empty() || one_of(given, {"none", "default", "no", "unsigned", "below_default",
                                            "no_sign", "no_indications", "unknown"})) {
            continue;
        }
        const auto allowed = limit.weight ? tonnes_of(given) : metres_of(given);
        if (!allowed) unread = true;
        if (allowed && *allowed > 0 && *allowed < limit.own) return limit.key;
    }
    return {};
}

/// Why nobody drives there now, or nothing.
std::string impassable(const TagLookup& tag) {
    if (value(tag, "smoothness") == "impassable") return "smoothness=impassable";
    for (const char* key : {"impassable", "construction", "abandoned", "disused", "ice_road",
                            "winter_road", "razed", "demolished"}) {
        const std::string v = value(tag, key);
        if (!v.empty() && !one_of(v, {"no", "none", "false"})) return key;
    }
    if (value(tag, "seasonal") == "winter") return "seasonal=winter";
    if (one_of(value(tag, "status"), {"closed", "abandoned", "impassable", "construction"})) {
        return "status";
    }
    return {};
}

bool has_conditions(const TagLookup& tag) {
    for (const char* key : {"access:conditional", "motor_vehicle:conditional",
                            "vehicle:conditional", "motorcar:conditional", "oneway:conditional"}) {
        if (tag(key) != nullptr) return true;
    }
    return false;
}

void close(RoadTags& road, NoDrive why, std::string what) {
    road.use = RoadTags::Use::closed;
    road.why = why;
    road.what = std::move(what);
}

/// A barrier on the road itself: a gate that costs time, or a block that closes it.
void read_barrier(const TagLookup& tag, const AccessRules& rules, RoadTags& road) {
    const std::string barrier = value(tag, "barrier");
    if (barrier.empty()) return;
    const auto rule = rules.barriers.find(barrier);
    if (rule == rules.barriers.end() || rule->second.along) return;
    if (rule->second.pass == Pass::slow) {
        road.sample.delay_s = static_cast<std::uint8_t>(rule->second.seconds);
    }
    const bool said = tag("emergency") != nullptr || tag("motorcar") != nullptr ||
                      tag("motor_vehicle") != nullptr || tag("vehicle") != nullptr;
    if (rule->second.pass == Pass::closed && !said) {
        close(road, NoDrive::barrier, "barrier=" + barrier);
    }
}

}  // namespace

RoadTags road_from(const TagLookup& tag, const AccessRules& rules) {
    RoadTags road;
    std::string highway = value(tag, "highway");
    highway = tidy(highway.substr(0, highway.find(';')).c_str());
    if (highway.empty()) return road;
    auto road_class = class_of(highway);
    if (!road_class) road_class = opened_way(tag, highway);
    if (!road_class || value(tag, "area") == "yes") {
        road.use = RoadTags::Use::not_driven;
        return road;
    }
    road.use = RoadTags::Use::road;
    road.sample.road_class = *road_class;
    const auto set = [&](const char* key) {
        const std::string v = value(tag, key);
        return !v.empty() && v != "no";
    };
    road.sample.bridge = set("bridge");
    road.sample.tunnel = set("tunnel");
    road.conditional = has_conditions(tag);
    read_direction(tag, highway, road);
    read_speed(tag, rules, road);
    const Access ahead = access_of(tag, ":forward", road.access_unread);
    const Access back = access_of(tag, ":backward", road.access_unread);
    road.sample.forward = road.sample.forward && ahead != Access::no;
    road.sample.backward = road.sample.backward && back != Access::no;
    road.sample.last_stretch = (road.sample.forward && ahead == Access::last_stretch) ||
                               (road.sample.backward && back == Access::last_stretch);
    if (!road.sample.forward && !road.sample.backward) {
        close(road, NoDrive::no_access, "access");
        return road;
    }
    read_barrier(tag, rules, road);
    if (std::string what = too_small(tag, rules, road.limit_unread); !what.empty()) {
        close(road, NoDrive::too_small, std::move(what));
    }
    if (std::string what = impassable(tag); !what.empty()) {
        close(road, NoDrive::impassable, std::move(what));
    }
    return road;
}

namespace {

bool has_any(const TagLookup& tag, std::initializer_list<const char*> keys) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const char* key) { return tag(key) != nullptr; });
}

/// A restrictor that says how much fits through; that it fits has been seen before.
bool says_its_size(const TagLookup& tag, std::string_view barrier) {
    if (barrier == "height_restrictor") return metres_of(value(tag, "maxheight")).has_value();
    return barrier == "width_restrictor" && metres_of(value(tag, "maxwidth")).has_value();
}

}  // namespace

NodeGate gate_from(const TagLookup& tag, const AccessRules& rules) {
    NodeGate gate;
    bool unread = false;
    if (std::string what = too_small(tag, rules, unread); !what.empty()) {
        return {NodeGate::Kind::closed, 0, std::move(what), false};
    }
    const std::string barrier = value(tag, "barrier");
    const bool of_vehicles = has_any(tag, {"emergency", "motorcar", "motor_vehicle", "vehicle"});
    Access access = access_of(tag, "", unread);
    if (barrier.empty()) {
        // Without a barrier only what is said of vehicles on the road counts, not a shop's door.
        if (!has_any(tag, {"motorcar", "motor_vehicle", "vehicle"})) return gate;
        gate.what = "access on a node";
    } else {
        gate.what = "barrier=" + barrier;
        const auto rule = rules.barriers.find(barrier);
        gate.unknown = rule == rules.barriers.end();
        if (!gate.unknown) gate.seconds = rule->second.seconds;
        if (gate.unknown || rule->second.pass == Pass::closed) {
            // A general access=yes beside a bollard is for feet; what names vehicles opens it.
            if (of_vehicles) gate.seconds = std::max(gate.seconds, removable_barrier_s);
            else if (!says_its_size(tag, barrier)) access = Access::no;
        }
        const bool locked = one_of(value(tag, "locked"), {"yes", "true", "1"});
        if (locked && !emergency_passes(value(tag, "emergency"))) access = Access::no;
    }
    if (access == Access::no) {
        gate.kind = NodeGate::Kind::closed;
    } else if (access == Access::last_stretch) {
        gate.kind = NodeGate::Kind::last_stretch;
        gate.seconds = std::max(gate.seconds, private_gate_s);
    } else if (gate.seconds > 0) {
        gate.kind = NodeGate::Kind::slow;
    }
    return gate;
}

}  // namespace jedel::roads
