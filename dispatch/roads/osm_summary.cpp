// What an import tells the person who made it.

#include <cmath>

#include "dispatch/roads/osm_import.h"

namespace jedel::roads {

std::vector<std::pair<std::string, std::string>> ImportSummary::rows() const {
    std::vector<std::pair<std::string, std::string>> out;
    const auto row = [&](const std::string& what, std::uint64_t n) {
        out.emplace_back(what, std::to_string(n));
    };
    const auto km = [&](const char* what, double v) {
        out.emplace_back(what, std::to_string(std::llround(v)) + " km");
    };
    if (!extract_date.empty()) {
        out.emplace_back(date_from_header ? "date of the extract, by its header"
                                          : "date of the extract, by its newest node",
                         extract_date);
    }
    row("nodes read", nodes_read);
    row("ways read", ways_read);
    row("relations read", relations_read);
    row("road ways kept", road_ways);
    row("  of them one-way", one_way_ways);
    row("  reversible, taken as both ways", reversible_ways);
    row("  private, driven as first or last stretch only", private_ways);
    row("  with conditions of time that were not weighed", conditional_ways);
    row("  with a word of access that was not understood", unread_access);
    row("  one-way in a word that was not understood, taken as drawn", unread_oneways);
    row("  with a limit of size or weight that could not be read", unread_limits);
    row("  with a speed limit", speed_limits);
    row("  with a speed limit that could not be read", unread_speed_limits);
    row("ways dropped: not for vehicles", dropped_not_driven);
    row("ways dropped: no access", dropped_no_access);
    for (const auto& [what, n] : ways_closed) row("ways closed: " + what, n);
    for (const auto& [what, n] : nodes_closed) row("roads closed at a node: " + what, n);
    if (barriers_unknown > 0) row("  of them not in the table of barriers", barriers_unknown);
    for (const auto& [what, n] : nodes_slow) row("time lost at: " + what, n);
    if (twice > 0) row("objects found twice, taken once", twice);
    if (deleted > 0) row("objects marked as deleted, left out", deleted);
    if (long_legs > 0) row("roads cut at a node more than 50 km off", long_legs);
    if (far_objects > 0) row("houses and homes far from every road, left out", far_objects);
    row("node references of roads missing in the file", missing_node_refs);
    row("  road ways cut by them", road_ways_cut);
    row("  missing in areas, waterlines and places", missing_ground_refs);
    row("segments kept", segments);
    row("junctions", junctions);
    row("bridges", bridges);
    row("tunnels", tunnels);
    km("roads kept", kept_km);
    row("  of them first or last stretches only", last_stretches);
    row("roads that are there and cannot be driven", beyond);
    row("segments dropped: outside the largest connected part", dropped_segments);
    km("  their length", dropped_km);
    row("turn restrictions read", restrictions_read);
    row("  turns banned", turn_bans);
    row("  of them by way of other roads", restrictions_via_way);
    row("  paths banned", path_bans);
    row("  dropped: conditional, other vehicles or unknown", restrictions_other);
    row("  dropped: a member is missing", restrictions_broken);
    row("  dropped: at a node within a way that is not split there", restrictions_unsplit);
    row("house numbers", houses);
    row("landmarks", landmarks);
    row("suburbs", suburbs);
    row("organisations proposed", proposed.size());
    row("buildings", buildings);
    row("waters", waters);
    row("greens", greens);
    row("other areas", other_areas);
    row("waterlines", waterlines);
    row("areas dropped: outline not closed", open_rings);
    row("residents (estimate)", residents_estimated);
    return out;
}

std::vector<std::string> ImportSummary::warnings() const {
    std::vector<std::string> out;
    const auto number = [](double v) { return std::to_string(std::llround(v)); };
    const auto people = static_cast<double>(residents_estimated);
    // Streets of a city carry some hundred people a kilometre; a file of roads alone, a few.
    if (kept_km >= full_network_km && people < least_residents_per_km * kept_km) {
        out.push_back("only " + number(people) + " residents are estimated on " + number(kept_km) +
                      " km of roads: the file holds few homes; places of calls will not be where "
                      "people live, and too few brigades and polyclinics are proposed");
    }
    if (people > most_residents_per_km * std::max(kept_km, 1.0)) {
        out.push_back(number(people) + " residents are estimated on " + number(kept_km) +
                      " km of roads, more than live anywhere: look at the homes in the file");
    }
    if (stated_population > 0 && people > 0 &&
        (people > 2 * stated_population || people < stated_population / 2)) {
        out.push_back(number(people) + " residents are estimated; the town in the file says of "
                      "itself " + number(stated_population));
    }
    if (long_legs > 0) {
        out.push_back("roads lead to nodes more than 50 km off, which is mostly a slip in the "
                      "file: they are cut there");
    }
    if (barriers_unknown > 0) {
        out.push_back(std::to_string(barriers_unknown) + " barriers are of kinds that "
                      "data/law/access.toml does not have; they are taken as closed");
    }
    return out;
}

}  // namespace jedel::roads
