// jedel cover: what is covered, where idle brigades should stand, and what that gains on days that
// are played. jedel staffing: how many brigades an hour needs.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/install.h"
#include "cli/commands.h"
#include "cli/cover_json.h"
#include "dispatch/calibration/rates_journal.h"
#include "dispatch/exercise/compare.h"
#include "dispatch/exercise/setup.h"
#include "dispatch/fleet/advisor.h"

namespace jedel::cli {
namespace {

struct RoomOptions {
    std::string journal, city, at;
    bool json = false;
};

int failed(std::string_view command, const Error& error) {
    fmt::print(stderr, "jedel {}: {}\n", command, error.text());
    return 1;
}

/// A city with its cover, and the room out of its journal; without one the roster as it begins.
struct Opened {
    std::shared_ptr<const City> city;
    std::unique_ptr<cover::RoomCover> cover;
    State state;
    Instant at;
};

Result<Opened> open_room(const RoomOptions& options) {
    const auto home = install_folder();
    if (!home) return home.error();
    Opened out;
    auto city = load_city(options.city.empty() ? *home + "/data/city/training" : options.city);
    if (!city) return city.error();
    out.city = *city;
    const auto table = read_file(*home + "/data/law/cover.toml");
    if (!table) return table.error();
    const auto speeds = read_file(*home + "/data/law/speeds.toml");
    if (!speeds) return speeds.error();
    const auto posts = read_file(out.city->folder + "/posts.toml");
    out.cover = std::make_unique<cover::RoomCover>(out.city, *table, *speeds,
                                                   posts ? *posts : std::string{});
    if (!options.journal.empty()) {
        auto read = calibration::rates_from_journal(options.journal);
        if (!read) return read.error();
        out.cover->take_rates(read->rates);
        out.state = std::move(read->state);
    }
    out.at = out.state.at;
    if (!options.at.empty()) {
        const auto at = from_iso(options.at);
        if (!at) {
            return Error{.message = "expected a time as 2026-03-11T18:00:00Z, found '" +
                                    options.at + "'",
                         .field = "--at"};
        }
        out.at = *at;
    }
    if (out.at == Instant{}) {
        return Error{.message = "expected a journal or a time", .field = "--at"};
    }
    return out;
}

int cover_now(const RoomOptions& options) {
    auto room = open_room(options);
    if (!room) return failed("cover", room.error());
    if (options.journal.empty()) {
        return failed("cover", {.message = "expected a journal", .field = "--journal"});
    }
    std::size_t unknown = 0;
    const auto idle = cover::idle_brigades(
        room->state,
        [](const Brigade& b) {
            const auto fix = known_place(b, {});
            return fix ? std::optional{fix->place} : std::nullopt;
        },
        unknown);
    const auto advice = room->cover->advise(idle, unknown, {}, room->state.seq, room->at);
    if (const auto& problem = room->cover->problem()) return failed("cover", *problem);
    if (options.json) {
        std::cout << json_of(advice, *room->cover).dump(1) << '\n';
    } else {
        print_cover(advice, *room->cover, room->state);
    }
    return 0;
}

int show_staffing(const RoomOptions& options) {
    auto room = open_room(options);
    if (!room) return failed("staffing", room.error());
    const auto answer = cover::room_staffing(*room->cover, *room->city, room->at);
    if (const auto& problem = room->cover->problem()) return failed("staffing", *problem);
    if (options.json) {
        std::cout << json_of(answer).dump(1) << '\n';
    } else {
        print_staffing(answer);
    }
    return 0;
}

struct CompareOptions {
    exercise::CompareWanted wanted;
    std::string city, date = "2026-03-09";
    bool json = false, quiet = false;
};

Result<exercise::Comparison> compare(const CompareOptions& options) {
    const auto home = install_folder();
    if (!home) return home.error();
    exercise::CompareWanted wanted = options.wanted;
    const auto day = day_from_iso(options.date);
    if (!day) {
        return Error{.message = "expected YYYY-MM-DD, found '" + options.date + "'",
                     .field = "--date"};
    }
    wanted.first_day = *day;
    const std::string words = *home + "/data/logs/complaints.tsv";
    const auto text = read_file(words);
    if (!text) return text.error();
    const auto complaints = parse_complaints(*text, words);
    if (!complaints) return complaints.error();
    const auto base = exercise::load_replay(
        {.install_folder = *home,
         .log = *home + "/data/logs/training-day.csv",
         .mapping = *home + "/data/mappings/training-day.toml",
         .city_folder = options.city.empty() ? *home + "/data/city/training" : options.city});
    if (!base) return base.error();
    return exercise::compare_relocation(*base, *complaints, wanted, [&](int done) {
        if (!options.quiet) {
            fmt::print(stderr, "\r{} of {} days", done, wanted.days + wanted.learn_days);
        }
    });
}

int run_compare(const CompareOptions& options) {
    const auto result = compare(options);
    if (!options.quiet) fmt::print(stderr, "\n");
    if (!result) return failed("cover compare", result.error());
    if (options.json) {
        std::cout << json_of(*result).dump(1) << '\n';
    } else {
        print_comparison(*result);
    }
    return 0;
}

void add_room_options(CLI::App& sub, RoomOptions& options) {
    sub.add_option("--journal", options.journal, "the room's journal: sqlite:PATH");
    sub.add_option("--city", options.city, "city folder; the training city by default");
    sub.add_option("--at", options.at, "time, 2026-03-11T18:00:00Z; the journal's last by default");
    sub.add_flag("--json", options.json, "print JSON");
}

void add_compare(CLI::App& cover, int& status) {
    auto options = std::make_shared<CompareOptions>();
    CLI::App* sub = cover.add_subcommand(
        "compare", "Play days of a city twice: brigades home after service, or where cover gains");
    sub->add_option("--days", options->wanted.days, "days played both ways")
        ->check(CLI::Range(2, 1000))
        ->capture_default_str();
    sub->add_option("--learn", options->wanted.learn_days, "days before them to learn rates from")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    sub->add_option("--calls", options->wanted.calls, "calls a day")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    sub->add_option("--brigades", options->wanted.brigades, "of the roster; 0: all")
        ->check(CLI::Range(0, 10'000))
        ->capture_default_str();
    sub->add_option("--seed", options->wanted.seed, "of the first day")->capture_default_str();
    sub->add_option("--date", options->date, "the first day, YYYY-MM-DD")->capture_default_str();
    sub->add_option("--city", options->city, "city folder; the training city by default");
    sub->add_flag("--json", options->json, "print JSON");
    sub->add_flag("--quiet", options->quiet, "no progress");
    sub->callback([options, &status] { status = run_compare(*options); });
}

}  // namespace

void add_cover(CLI::App& app, int& status) {
    CLI::App* cover = app.add_subcommand(
        "cover", "What idle brigades cover, and where they should stand");
    auto room = std::make_shared<RoomOptions>();
    add_room_options(*cover, *room);
    add_compare(*cover, status);
    cover->require_subcommand(0, 1);
    cover->callback([cover, room, &status] {
        if (cover->get_subcommands().empty()) status = cover_now(*room);
    });
    CLI::App* staffing =
        app.add_subcommand("staffing", "How many brigades each hour of the day needs");
    auto staff = std::make_shared<RoomOptions>();
    add_room_options(*staffing, *staff);
    staffing->callback([staff, &status] { status = show_staffing(*staff); });
}

}  // namespace jedel::cli
