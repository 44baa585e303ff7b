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

void print_json(const EtaOptions& options, const Tables& tables, LatLon from,
                const roads::Snapped& origin, const roads::Snapped& target,
                const roads::Travel& travel, std::optional<double> probability) {
    nlohmann::ordered_json line{{"from", {from.lat, from.lon}}, {"reachable", travel.reachable}};
    if (travel.reachable) {
        line["seconds"] = static_cast<double>(travel.time_ms) / 1000;
        line["metres"] = travel.distance_m;
    }
    line["from_snap_m"] = origin.distance_m;
    line["to_snap_m"] = target.distance_m;
    line["doubtful"] = origin.distance_m > roads::doubtful_snap_m ||
                       target.distance_m > roads::doubtful_snap_m;
    if (probability) line["within_target"] = *probability;
    line["method"] = options.method;
    line["speeds"] = tables.speeds.row;
    fmt::print("{}\n", line.dump());
}

void print_line(const std::string& from, const roads::Snapped& origin,
                const roads::Snapped& target, const roads::Travel& travel,
                std::optional<double> probability, int target_min) {
    std::string line = travel.reachable
                           ? fmt::format("{:9.3f} s {:9.0f} m",
                                         static_cast<double>(travel.time_ms) / 1000,
                                         travel.distance_m)
                           : "no way by road        ";
    line += fmt::format("  from {} ({:.0f} m off the road)", from, origin.distance_m);
    if (probability) {
        line += fmt::format("  within {} min: {:.0f} %", target_min, *probability * 100);
    }
    if (origin.distance_m > roads::doubtful_snap_m) line += "  DOUBTFUL: origin far from any road";
    if (target.distance_m > roads::doubtful_snap_m) line += "  DOUBTFUL: target far from any road";
    fmt::print("{}\n", line);
}

int eta(const EtaOptions& options) {
    const auto tables = load(options);
    if (!tables) return failed(tables.error());
    const auto net =
        roads::TravelNetwork::build(tables->city->roads, tables->speeds, tables->hour,
                                    static_cast<int>(tables->urgency));
    const auto target = net.snap(*place_from(options.to));
    if (!target) return failed({.message = "the city has no roads", .where = options.city});
    std::vector<roads::Snapped> origins;
    for (const std::string& from : options.from) origins.push_back(*net.snap(*place_from(from)));
    std::vector<roads::Travel> travels(origins.size());
    const auto scratch = net.scratch();
    net.to_one(*scratch, origins, *target,
               options.method == "plain" ? roads::Method::plain : roads::Method::fast, travels);
    const int target_min = triage::target_minutes(tables->urgency);
    for (std::size_t i = 0; i < origins.size(); ++i) {
        if (std::max(origins[i].distance_m, target->distance_m) > roads::snap_max_m) {
            travels[i].reachable = false;
        }
        std::optional<double> probability;
        if (target_min > 0 && travels[i].reachable) {
            probability = roads::probability_within(
                tables->spread, target_min * 60.0, static_cast<double>(travels[i].time_ms) / 1000,
                travels[i].distance_m, tables->hour);
        }
        if (options.json) {
            print_json(options, *tables, *place_from(options.from[i]), origins[i], *target,
                       travels[i], probability);
        } else {
            print_line(options.from[i], origins[i], *target, travels[i], probability, target_min);
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
