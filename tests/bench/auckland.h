#pragma once
// The Auckland graph of the shared data as a road map, for measurements. It is unpacked to a
// temporary folder; $JEDEL_AUCKLAND_GRAPH may name a folder that holds nodes.csv and arcs.csv.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "dispatch/roads/travel.h"

namespace jedel::bench {

using namespace jedel::roads;
namespace fs = std::filesystem;

inline SpeedTable one_speed(double turn_s) {
    SpeedTable t;
    t.row = "bench";
    t.base_kmh.fill(36);
    t.hour_factor.fill(1);
    t.urgency_factor.fill(1);
    t.turn_s = turn_s;
    return t;
}

inline std::optional<fs::path> auckland_folder() {
    if (const char* given = std::getenv("JEDEL_AUCKLAND_GRAPH")) return fs::path{given};
    const fs::path zip =
        fs::path{JEDEL_SOURCE_DIR} / ".." / "shared" / "data" / "maps" / "auckland-graph.zip";
    if (!fs::exists(zip)) return std::nullopt;
    const fs::path out =
        fs::temp_directory_path() / ("jedel-auckland-" + std::to_string(::getpid()));
    const std::string command =
        "unzip -oq '" + zip.string() + "' -d '" + out.string() + "' 'auckland/roads/*'";
    if (std::system(command.c_str()) != 0) return std::nullopt;
    return out / "auckland" / "roads";
}

/// Rows of numbers below the line that begins with "index".
inline std::vector<std::vector<double>> table_of(const fs::path& file) {
    std::ifstream in{file};
    std::vector<std::vector<double>> rows;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (!inside) {
            inside = line.starts_with("index");
            continue;
        }
        std::vector<double> row;
        std::istringstream cells{line};
        for (std::string cell; std::getline(cells, cell, ',');) {
            if (!cell.empty()) row.push_back(std::strtod(cell.c_str(), nullptr));
        }
        if (row.size() >= 3) rows.push_back(std::move(row));
    }
    return rows;
}

/// An arc's time (days, first mode) becomes a length at 36 km/h, so that its milliseconds stay.
inline std::shared_ptr<const RoadMap> load_auckland() {
    const auto folder = auckland_folder();
    if (!folder) return nullptr;
    auto map = std::make_shared<RoadMap>();
    map->names.push_back({});
    for (const auto& row : table_of(*folder / "nodes.csv")) {
        map->nodes.push_back(fixed({row[2], row[1]}));
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> seen;
    for (const auto& row : table_of(*folder / "arcs.csv")) {
        Segment s;
        s.from = static_cast<std::uint32_t>(row[1]) - 1;
        s.to = static_cast<std::uint32_t>(row[2]) - 1;
        s.length_m = static_cast<float>(row[4] * 86400 * 10);
        s.backward = false;
        const auto other = seen.find({s.to, s.from});
        if (other != seen.end() && map->segments[other->second].length_m == s.length_m) {
            map->segments[other->second].backward = true;
            continue;
        }
        seen[{s.from, s.to}] = static_cast<std::uint32_t>(map->segments.size());
        map->segments.push_back(s);
    }
    if (std::getenv("JEDEL_AUCKLAND_GRAPH") == nullptr) {
        std::error_code ignored;
        fs::remove_all(folder->parent_path().parent_path(), ignored);
    }
    return map;
}

}  // namespace jedel::bench
