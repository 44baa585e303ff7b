// jedel calibrate: computed travel times against trips that were driven.

#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/install.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "dispatch/calibration/trips.h"

namespace jedel::cli {
namespace {

using calibration::LeftOut;
using calibration::Trips;
using roads::Calibration;
using roads::Fit;

struct CalibrateOptions {
    std::string city, from, name = "from recorded trips", out;
    std::vector<std::string> trips, fixes, journals;
    bool json = false;
};

int failed(const Error& error) {
    fmt::print(stderr, "jedel calibrate: {}\n", error.text());
    return 1;
}

void take(Trips& all, Trips&& more) {
    std::move(more.trips.begin(), more.trips.end(), std::back_inserter(all.trips));
    std::move(more.unreadable.begin(), more.unreadable.end(), std::back_inserter(all.unreadable));
    all.left_out.add(more.left_out);
}

Result<Trips> read_all(const CalibrateOptions& options, const City& city,
                       const roads::SpeedTable& speeds) {
    Trips all;
    for (const std::string& path : options.trips) {
        auto read = calibration::trips_from_list(path);
        if (!read) return read.error();
        take(all, std::move(*read));
    }
    if (!options.fixes.empty()) {
        const auto network = roads::TravelNetwork::build(city.roads, speeds, 0, 0);
        for (const std::string& path : options.fixes) {
            auto read = calibration::trips_from_fixes(path, network);
            if (!read) return read.error();
            take(all, std::move(*read));
        }
    }
    for (const std::string& url : options.journals) {
        auto read = calibration::trips_from_journal(url);
        if (!read) return read.error();
        take(all, std::move(*read));
    }
    return all;
}

std::string_view words_for(LeftOut why) {
    switch (why) {
        case LeftOut::unreadable: return "a row that cannot be read";
        case LeftOut::times: return "not between 20 s and 3 hours long";
        case LeftOut::short_way: return "a way under 300 m";
        case LeftOut::off_the_roads: return "an end over 500 m from any road of the map";
        case LeftOut::no_way: return "no way by road";
        case LeftOut::too_fast: return "over 150 km/h: a wrong time or place";
        case LeftOut::detour: return "driven half as far again as the computed way";
        case LeftOut::fixes_missing: return "more than 2 minutes without a fix";
        case LeftOut::no_start: return "the start or the end is not on record";
    }
    return {};
}

void print_left_out(const Trips& trips, std::size_t compared) {
    std::size_t left = 0;
    for (const auto& [why, count] : trips.left_out.counts()) left += count.count;
    fmt::print("{} trips compared, {} left out\n", compared, left);
    for (const auto& [why, count] : trips.left_out.counts()) {
        fmt::print("  {:6}  {}; first {}\n", count.count, words_for(why), count.first);
    }
}

/// Ten complaints and a count.
void print_unreadable(const Trips& trips) {
    const std::size_t shown = std::min(trips.unreadable.size(), limits::named_max);
    for (std::size_t i = 0; i < shown; ++i) {
        fmt::print(stderr, "jedel calibrate: {}\n", trips.unreadable[i].text());
    }
    const auto& counts = trips.left_out.counts();
    const auto unreadable = counts.find(LeftOut::unreadable);
    if (unreadable == counts.end() || unreadable->second.count <= shown) return;
    fmt::print(stderr, "jedel calibrate: {} more that cannot be read, {} in all\n",
               unreadable->second.count - shown, unreadable->second.count);
}

/// Groups whose times are off by 5 % more or less than all, beyond what chance explains.
void print_hints(const Calibration& result) {
    const Fit& all = result.groups.front().before;
    for (const roads::FitGroup& group : result.groups) {
        const double off = std::log(group.before.bias / all.bias);
        const bool told = std::abs(off) > 0.05 && std::abs(off) > 2 * group.before.bias_error;
        if (!told || group.before.trips < roads::trips_in_band_min) continue;
        fmt::print("{}: {:+.0f} % against all trips; one bias cannot mend that: look at the speeds "
                   "and factors of [[row]]\n", group.name, (std::exp(off) - 1) * 100);
    }
}

void print_report(const Calibration& result, const roads::SpreadTable& before) {
    fmt::print("\n{:14}{:>7}{:>16}{:>8}   {:>16}   {:>24}\n", "", "trips", "actual/computed",
               "spread", "in 80 % interval", "within the target");
    fmt::print("{:14}{:>7}{:>16}{:>8}   {:>8}{:>8}   {:>8}{:>8}{:>8}\n", "", "", "median", "",
               "now", "new", "now", "new", "kept");
    for (const roads::FitGroup& g : result.groups) {
        const Fit& now = g.before;
        const Fit& made = g.held_out;
        fmt::print("{:14}{:>7}{:>9.2f} ±{:>4.2f}{:>8.2f}   ", g.name, now.trips, now.bias,
                   now.bias * now.bias_error, now.sigma);
        fmt::print("{:>6.1f} %{:>6.1f} %   {:>6.1f} %{:>6.1f} %{:>6.1f} %\n",
                   now.covered_80 * 100, made.covered_80 * 100, now.promised * 100,
                   made.promised * 100, now.kept * 100);
    }
    fmt::print("\"now\" is the row in force, \"{}\"; \"new\" judges each trip by a row made "
               "without it.\n", before.row);
    for (const std::string& stands : result.kept) fmt::print("stands: {}\n", stands);
    print_hints(result);
}

nlohmann::ordered_json as_json(const Fit& fit) {
    return {{"bias", fit.bias},       {"bias_error", fit.bias_error}, {"sigma", fit.sigma},
            {"covered_80", fit.covered_80}, {"promised", fit.promised}, {"kept", fit.kept}};
}

void print_json(const Trips& trips, std::size_t compared, const Calibration& result) {
    nlohmann::ordered_json line{{"trips", compared}};
    for (const auto& [why, count] : trips.left_out.counts()) {
        line["left_out"][std::string{name_of(why)}] = {{"count", count.count},
                                                       {"first", count.first}};
    }
    line["row"] = {{"bias", result.table.bias},
                   {"up_to_m", result.table.up_to_m},
                   {"sigma", result.table.sigma},
                   {"busy_factor", result.table.busy_factor},
                   {"busy_hours", result.table.busy_hours}};
    for (const roads::FitGroup& g : result.groups) {
        line["groups"].push_back({{"name", g.name},
                                  {"trips", g.before.trips},
                                  {"now", as_json(g.before)},
                                  {"new", as_json(g.held_out)}});
    }
    line["stands"] = result.kept;
    fmt::print("{}\n", line.dump());
}

/// The whole table with the new row behind the old ones, read back before it is written.
Result<void> write_table(const CalibrateOptions& options, const std::string& old,
                         const std::string& row) {
    const std::string text = old + (old.ends_with('\n') ? "\n" : "\n\n") + row;
    const auto read = roads::parse_spread(text, options.out, *day_from_iso(options.from));
    if (!read) return read.error();
    if (!read->row.starts_with(options.from)) {
        return Error{"a later row than " + options.from + " is there already", options.out, 0,
                     "from"};
    }
    std::error_code ignored;
    if (std::filesystem::exists(options.out, ignored)) {
        return Error{"is there already; expected the name of a new file", options.out};
    }
    std::ofstream file{options.out, std::ios::binary};
    file << text;
    file.close();
    if (!file) return Error{"cannot be written", options.out};
    return {};
}

int calibrate(const CalibrateOptions& options) {
    const auto home = install_folder();
    if (!home) return failed(home.error());
    const std::string table = *home + "/data/law/speeds.toml";
    const auto text = read_file(table);
    if (!text) return failed(text.error());
    const int day = *day_from_iso(options.from);
    const auto speeds = roads::parse_speeds(*text, table, day);
    if (!speeds) return failed(speeds.error());
    const auto spread = roads::parse_spread(*text, table, day);
    if (!spread) return failed(spread.error());
    const auto city = load_city(options.city);
    if (!city) return failed(city.error());
    auto trips = read_all(options, **city, *speeds);
    if (!trips) return failed(trips.error());
    print_unreadable(*trips);
    const auto timed = calibration::compute_trips(**city, *speeds, *trips);
    if (!options.json) print_left_out(*trips, timed.size());
    const auto result = roads::calibrate(timed, *spread);
    if (!result) return failed(result.error());
    if (options.json) print_json(*trips, timed.size(), *result);
    else print_report(*result, *spread);
    const std::string note = fmt::format(
        "{} trips; 80 % interval held {:.1f} % of trips it had not seen", timed.size(),
        result->groups.front().held_out.covered_80 * 100);
    const std::string row =
        roads::spread_row_text(result->table, options.from, options.name, note);
    if (options.out.empty()) {
        if (!options.json) fmt::print("\n{}", row);
        return 0;
    }
    if (auto written = write_table(options, *text, row); !written) return failed(written.error());
    if (!options.json) {
        fmt::print("written: {}; in force once it stands in place of {}\n", options.out, table);
    }
    return 0;
}

}  // namespace

void add_calibrate(CLI::App& app, int& status) {
    auto options = std::make_shared<CalibrateOptions>();
    CLI::App* command = app.add_subcommand(
        "calibrate", "Compare computed travel times with trips that were driven; make a new row");
    command->add_option("--city", options->city, "City folder")->required();
    auto* given = command->add_option_group("trips", "What was driven; any may be repeated");
    given->add_option("--trips", options->trips,
                      "CSV: departed, arrived, from_lat, from_lon, to_lat, to_lon[, urgency]");
    given->add_option("--fixes", options->fixes,
                      "Trackers: GPX, or CSV of vehicle, time, lat, lon[, urgency]");
    given->add_option("--journal", options->journals, "A journal of the room, sqlite:PATH");
    given->require_option(1, 0);
    command->add_option("--from", options->from, "Day the new row is in force from, YYYY-MM-DD")
        ->required()
        ->check([](const std::string& text) {
            return day_from_iso(text) ? std::string{} : "'" + text + "': expected YYYY-MM-DD";
        });
    command->add_option("--name", options->name, "Name of the new row")->capture_default_str();
    command->add_option("--out", options->out,
                        "New file for speeds.toml with the new row; default: the row is printed");
    command->add_flag("--json", options->json, "One JSON object instead of words");
    command->callback([options, &status] { status = calibrate(*options); });
}

}  // namespace jedel::cli
