// jedel eta: travel times over a city's roads.

#include <algorithm>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/install.h"
#include "base/names.h"
#include "base/time.h"
#include "cli/commands.h"
#include "dispatch/city/city.h"
#include "dispatch/roads/travel.h"
#include "dispatch/roads/uncertainty.h"
#include "triage/category.h"

namespace jedel::cli {
namespace {

struct EtaOptions {
    std::string city, to, at, method = "fast", urgency = "none";
    std::vector<std::string> from;
    bool json = false;
};

std::optional<LatLon> place_from(const std::string& text) {
    LatLon p;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%lf,%lf%c", &p.lat, &p.lon, &rest) != 2 || !is_valid(p)) {
        return std::nullopt;
    }
    return p;
}

std::string check_place(const std::string& text) {
    return place_from(text) ? "" : "'" + text + "': expected LAT,LON in degrees, as 43.24,76.95";
}

int failed(const Error& error) {
    fmt::print(stderr, "jedel eta: {}\n", error.text());
    return 1;
}

struct Tables {
    std::shared_ptr<const City> city;
    roads::SpeedTable speeds;
    roads::SpreadTable spread;
    int hour = 0;
    triage::Category urgency = triage::Category::none;
};

Result<Tables> load(const EtaOptions& options) {
    Tables t;
    Instant at{std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
                   .count()};
    if (!options.at.empty()) at = *from_iso(options.at);
    t.hour = hour_of_week(at);
    t.urgency = *from_name<triage::Category>(options.urgency);
    auto city = load_city(options.city);
    if (!city) return city.error();
    t.city = *city;
    const auto home = install_folder();
    if (!home) return home.error();
    const std::string file = *home + "/data/law/speeds.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    const int day = day_of(at, kazakhstan_offset_minutes(at));
    auto speeds = roads::parse_speeds(*text, file, day);
    if (!speeds) return speeds.error();
    auto spread = roads::parse_spread(*text, file, day);
    if (!spread) return spread.error();
    t.speeds = *speeds;
    t.spread = *spread;
    return t;
}

/// One end of a drive: where it stands, the road found for it, and what is doubtful in that.
struct End {
    LatLon at;
    roads::Snapped road;
    std::vector<roads::PlaceDoubt> doubts;
    bool private_road = false;
    std::string road_name;
};

std::string road_name(const roads::RoadMap& map, std::uint32_t name) {
    const roads::Name& n = map.names[name];
    return !n.any.empty() ? n.any : !n.ru.empty() ? n.ru : n.kk;
}

/// Nothing on a map without roads.
std::optional<End> end_of(const roads::TravelNetwork& net, LatLon at) {
    const auto road = net.snap(at);
    if (!road) return std::nullopt;
    const roads::Segment& s = net.map().segments[road->segment];
    return End{at, *road, net.doubts(at, *road), s.last_stretch, road_name(net.map(), s.name)};
}

const char* words_of(roads::NoDrive why) {
    switch (why) {
        case roads::NoDrive::ferry: return "only by ferry";
        case roads::NoDrive::barrier: return "behind a closed barrier";
        case roads::NoDrive::no_access: return "closed to vehicles";
        case roads::NoDrive::impassable: return "marked as not passable";
        case roads::NoDrive::too_small: return "too low, narrow or weak for the vehicle";
        default: return "no way in and out again";
    }
}

void add_end(nlohmann::ordered_json& line, const char* which, const End& end,
             const roads::RoadMap& map) {
    for (const roads::PlaceDoubt& d : end.doubts) {
        nlohmann::ordered_json doubt{{"end", which}, {"reason", name_of(d.doubt)}};
        if (d.doubt == roads::Doubt::nearer_road) {
            doubt["road"] = road_name(map, d.name);
            doubt["why"] = name_of(d.why);
        }
        doubt["metres"] = d.distance_m;
        line["doubts"].push_back(std::move(doubt));
    }
    if (end.private_road) line[std::string{which} + "_private_road"] = end.road_name;
}

void print_json(const EtaOptions& options, const Tables& tables, const End& from, const End& to,
                const roads::Travel& travel, std::optional<double> probability) {
    nlohmann::ordered_json line{{"from", {from.at.lat, from.at.lon}},
                                {"reachable", travel.reachable}};
    if (travel.reachable) {
        line["seconds"] = static_cast<double>(travel.time_ms) / 1000;
        line["metres"] = travel.distance_m;
    }
    line["from_snap_m"] = from.road.distance_m;
    line["to_snap_m"] = to.road.distance_m;
    line["doubtful"] = !from.doubts.empty() || !to.doubts.empty();
    line["doubts"] = nlohmann::ordered_json::array();
    add_end(line, "from", from, *tables.city->roads);
    add_end(line, "to", to, *tables.city->roads);
    if (probability) line["within_target"] = *probability;
    line["method"] = options.method;
    line["speeds"] = tables.speeds.row;
    fmt::print("{}\n", line.dump());
}

std::string doubts_of(const char* which, const End& end, const roads::RoadMap& map) {
    std::string out;
    for (const roads::PlaceDoubt& d : end.doubts) {
        if (d.doubt == roads::Doubt::far_from_road) {
            out += fmt::format("  DOUBTFUL: {} far from any road", which);
        } else if (d.doubt == roads::Doubt::across_water) {
            out += fmt::format("  DOUBTFUL: water lies between the {} and its road", which);
        } else {
            const std::string name = road_name(map, d.name);
            out += fmt::format("  DOUBTFUL: the {} is at {} ({:.0f} m), which is not driven: {}",
                               which, name.empty() ? "a road without a name" : "'" + name + "'",
                               d.distance_m, words_of(d.why));
        }
    }
    if (end.private_road) {
        out += fmt::format("  by a private road: {}",
                           end.road_name.empty() ? "without a name" : end.road_name);
    }
    return out;
}

void print_line(const std::string& shown, const End& from, const End& to,
                const roads::RoadMap& map, const roads::Travel& travel,
                std::optional<double> probability, int target_min) {
    std::string line = travel.reachable
                           ? fmt::format("{:9.3f} s {:9.0f} m",
                                         static_cast<double>(travel.time_ms) / 1000,
                                         travel.distance_m)
                           : "no way by road        ";
    line += fmt::format("  from {} ({:.0f} m off the road)", shown, from.road.distance_m);
    if (probability) {
        line += fmt::format("  within {} min: {:.0f} %", target_min, *probability * 100);
    }
    line += doubts_of("origin", from, map) + doubts_of("target", to, map);
    fmt::print("{}\n", line);
}

int eta(const EtaOptions& options) {
    const auto tables = load(options);
    if (!tables) return failed(tables.error());
    const auto net =
        roads::TravelNetwork::build(tables->city->roads, tables->speeds, tables->hour,
                                    static_cast<int>(tables->urgency));
    const auto to = end_of(net, *place_from(options.to));
    if (!to) return failed({.message = "the city has no roads", .where = options.city});
    std::vector<End> ends;
    std::vector<roads::Snapped> origins;
    for (const std::string& from : options.from) {
        ends.push_back(*end_of(net, *place_from(from)));
        origins.push_back(ends.back().road);
    }
    std::vector<roads::Travel> travels(origins.size());
    const auto scratch = net.scratch();
    net.to_one(*scratch, origins, to->road,
               options.method == "plain" ? roads::Method::plain : roads::Method::fast, travels);
    const int target_min = triage::target_minutes(tables->urgency);
    for (std::size_t i = 0; i < origins.size(); ++i) {
        if (std::max(origins[i].distance_m, to->road.distance_m) > roads::snap_max_m) {
            travels[i].reachable = false;
        }
        std::optional<double> probability;
        if (target_min > 0 && travels[i].reachable) {
            probability = roads::probability_within(
                tables->spread, target_min * 60.0, static_cast<double>(travels[i].time_ms) / 1000,
                travels[i].distance_m, tables->hour);
        }
        if (options.json) {
            print_json(options, *tables, ends[i], *to, travels[i], probability);
        } else {
            print_line(options.from[i], ends[i], *to, *tables->city->roads, travels[i],
                       probability, target_min);
        }
    }
    return 0;
}

}  // namespace

void add_eta(CLI::App& app, int& status) {
    auto options = std::make_shared<EtaOptions>();
    CLI::App* command =
        app.add_subcommand("eta", "Driving time and distance from places to one place");
    command->add_option("--city", options->city, "City folder")->required();
    command->add_option("--to", options->to, "LAT,LON")->required()->check(check_place);
    command->add_option("--from", options->from, "LAT,LON; may be given several times")
        ->required()
        ->check(check_place);
    command->add_option("--method", options->method, "plain or fast; both give the same")
        ->check(CLI::IsMember({"plain", "fast"}));
    command->add_option("--at", options->at, "Time, as 2026-03-02T18:30:00+05:00; default now")
        ->check([](const std::string& text) {
            return from_iso(text) ? std::string{}
                                  : "'" + text + "': expected YYYY-MM-DDTHH:MM(Z|+05:00)";
        });
    command->add_option("--urgency", options->urgency, "none, u1, u2, u3 or u4: siren, target")
        ->check(CLI::IsMember({"none", "u1", "u2", "u3", "u4"}));
    command->add_flag("--json", options->json, "One JSON object on a line for each origin");
    command->callback([options, &status] { status = eta(*options); });
}

}  // namespace jedel::cli
