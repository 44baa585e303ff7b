// Which turn restrictions of an extract bind an ambulance (wiki: Relation:restriction).

#include <algorithm>
#include <set>

#include "dispatch/roads/osm_raw.h"

namespace jedel::roads {

namespace {

std::string tidy(const char* value) {
    std::string out;
    for (const char* c = value == nullptr ? "" : value; *c != 0; ++c) {
        if (*c == ' ' || *c == '\t') continue;
        out += *c >= 'A' && *c <= 'Z' ? static_cast<char>(*c + 32) : *c;
    }
    return out;
}

std::set<std::string> listed(const std::string& text) {
    std::set<std::string> out;
    std::size_t at = 0;
    while (at <= text.size()) {
        const std::size_t cut = std::min(text.find_first_of(";,", at), text.size());
        if (cut > at) out.insert(text.substr(at, cut - at));
        at = cut + 1;
    }
    return out;
}

/// What is forbidden or commanded; empty where it is for others, at some hours or not understood.
std::string kind_of(const TagLookup& tag) {
    // Of other vehicles, of some hours: an ambulance is driven as a motor car is.
    const std::set<std::string> excepted = listed(tidy(tag("except")));
    for (const char* us : {"emergency", "motorcar", "motor_vehicle", "motorized", "vehicle"}) {
        if (excepted.contains(us)) return {};
    }
    for (const char* hours : {"day_on", "day_off", "hour_on", "hour_off"}) {
        if (tag(hours) != nullptr) return {};
    }
    for (const char* key : {"restriction:emergency", "restriction:motorcar",
                            "restriction:motor_vehicle", "restriction:vehicle", "restriction"}) {
        const std::string value = tidy(tag(key));
        if (value.empty()) continue;
        for (const std::string& one : listed(value)) {
            if (one.starts_with("only_") || one.starts_with("no_")) return one;
        }
        return {};
    }
    return {};
}

}  // namespace

void read_restriction(const TagLookup& tag, const std::vector<RawMember>& members, Origin origin,
                      RawOsm& raw, ImportSummary& summary) {
    ++summary.restrictions_read;
    const std::string kind = kind_of(tag);
    if (kind.empty()) {
        ++summary.restrictions_other;
        return;
    }
    RawRestriction r;
    r.origin = origin;
    r.only = kind.starts_with("only_");
    std::vector<std::int64_t> from, to;
    int via_nodes = 0;
    for (const RawMember& member : members) {
        const std::string role = tidy(member.role.c_str());
        if (role == "from" && member.is_way) from.push_back(member.ref);
        if (role == "to" && member.is_way) to.push_back(member.ref);
        if (role == "via" && member.is_way) r.via_ways.push_back(member.ref);
        if (role == "via" && !member.is_way) {
            r.via_node = member.ref;
            ++via_nodes;
        }
    }
    // Several roads one may not enter from, or leave into: each of them.
    const bool one_from = from.size() == 1 || (kind == "no_entry" && from.size() > 1);
    const bool one_to = to.size() == 1 || (kind == "no_exit" && to.size() > 1);
    const bool one_via = r.via_ways.empty() ? via_nodes == 1 : via_nodes == 0;
    if (!one_from || !one_to || !one_via) {
        ++summary.restrictions_broken;
        return;
    }
    if (!r.via_ways.empty()) ++summary.restrictions_via_way;
    for (const std::int64_t f : from) {
        for (const std::int64_t t : to) {
            r.from_way = f;
            r.to_way = t;
            raw.restrictions.push_back(r);
        }
    }
}

}  // namespace jedel::roads
