#include "console/options.h"

#include <cstdlib>
#include <sstream>

#include <CLI/CLI.hpp>

#include "base/number.h"
#include "dispatch/desk/desk_options.h"

namespace jedel::console {

namespace {

bool read_size(const std::string& text, int& width, int& height) {
    const std::size_t cross = text.find('x');
    if (cross == std::string::npos) return false;
    const auto number = [](std::string_view part, int& out) {
        out = read_number<int>(part).value_or(0);
        return out >= 320 && out <= 16384;
    };
    return number(std::string_view{text}.substr(0, cross), width) &&
           number(std::string_view{text}.substr(cross + 1), height);
}

/// "max" is as fast as the window goes.
bool read_speed(const std::string& text, double& speed) {
    constexpr double fastest = 1000;
    if (text == "max") {
        speed = fastest;
        return true;
    }
    char* end = nullptr;
    speed = std::strtod(text.c_str(), &end);
    return end != text.c_str() && *end == 0 && speed >= 1 && speed <= fastest;
}

void add_desk_options(CLI::App& app, DeskOptionValues& given) {
    for (const DeskOption& option : desk_options) {
        if (option.flag) {
            app.add_flag_callback(
                option.name, [&given, &option] { given[option.name]; }, help_of(option));
        } else {
            app.add_option_function<std::string>(
                option.name,
                [&given, &option](const std::string& value) { given[option.name] = value; },
                help_of(option));
        }
    }
}

/// What is wrong, after the option's name; empty: nothing.
std::string take_one(Options& o, const std::string& name, const std::string& value) {
    const std::string found = ", found '" + value + "'";
    if (name == "--journal") {
        o.journal = value;
    } else if (name == "--accept-loss") {
        o.accept_loss = true;
    } else if (name == "--desk") {
        o.desk = value;
        if (const auto desk = desk_number(value, ""); !desk) return desk.error().message;
    } else if (name == "--city") {
        o.city = value;
    } else if (name == "--register") {
        o.people = value;
    } else if (name == "--seat") {
        const auto seat =
            value == "polyclinic" ? std::optional{Seat::polyclinic_desk} : from_name<Seat>(value);
        if (!seat || *seat == Seat::system) return "expected " + seat_names() + found;
        o.seat = *seat;
    } else if (name == "--organisation") {
        const auto number = read_number<std::uint64_t>(value);
        if (!number || *number == 0) return "expected a number" + found;
        o.organisation = OrganisationId{*number};
    } else if (name == "--language") {
        const auto language = from_name<Language>(value);
        if (!language) return "expected kk, ru or en" + found;
        o.language = *language;
    } else if (name == "--theme") {
        const auto theme = from_name<ThemeKind>(value);
        if (!theme) return "expected light or dark" + found;
        o.theme = *theme;
    } else if (name == "--size") {
        if (!read_size(value, o.width, o.height)) {
            return "expected WIDTHxHEIGHT of 320 to 16384 pixels" + found;
        }
    } else if (name == "--screenshot") {
        o.screenshot = value;
    } else if (name == "--figures") {
        const auto seconds = read_number<double>(value);
        if (!seconds || !(*seconds >= 0)) return "expected seconds" + found;
        o.figures_s = *seconds;
    } else if (name == "--show") {
        o.show = value;
    } else {
        return "the window does not know this option";
    }
    return {};
}

std::string take_all(Options& o, const DeskOptionValues& given) {
    for (const auto& [name, value] : given) {
        if (const auto fault = take_one(o, name, value); !fault.empty()) return name + ": " + fault;
    }
    if (o.organisation && o.seat != Seat::polyclinic_desk) {
        return "--organisation: expected together with --seat polyclinic";
    }
    return {};
}

}  // namespace

Parsed parse_options(int argc, const char* const* argv) {
    CLI::App app{"The dispatcher's window. Starts on the training city with the user's own "
                 "journal; F1 shows the keys."};
    app.name("jedel-console");
    app.set_version_flag("--version", "jedel 0.1.0");
    Options o;
    DeskOptionValues given;
    std::string speed = "60";
    ReplayOptionsText r;
    add_desk_options(app, given);
    CLI::App* room = app.add_subcommand("console", "The same");
    add_desk_options(*room, given);
    CLI::App* replay = app.add_subcommand("replay", "Plays a recorded log in the window");
    add_desk_options(*replay, given);
    replay->add_option("log", r.log, "Recorded log (CSV)")->required();
    replay->add_option("--mapping", r.mapping, "What the log's columns and codes mean (TOML)")
        ->required();
    replay->add_option("--speed", speed, "Times as fast as it was, 1 to 1000, or max");
    replay->add_option("--report", r.report, "Folder for the report when the window is closed");
    replay->add_option("--seed", r.seed, "For what the log lacks and is drawn");
    replay->add_option("--policy", r.policy, "recommended, nearest, or nobody: you send");
    replay->add_option("--until", r.until,
                       "Runs at once to this time of its first day (HH:MM), then pauses");
    app.require_subcommand(0, 1);
    Parsed parsed;
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        parsed.status = app.exit(error, out, out) == 0 ? 0 : 2;
        parsed.text = out.str();
        return parsed;
    }
    if (const std::string fault = take_all(o, given); !fault.empty()) {
        return {std::nullopt, "jedel-console: " + fault + "\n", 2};
    }
    if (replay->parsed() && !read_speed(speed, r.speed)) {
        return {std::nullopt,
                "jedel-console: --speed: expected 1 to 1000 or max, found '" + speed + "'\n", 2};
    }
    if (replay->parsed()) o.replay = r;
    parsed.options = std::move(o);
    return parsed;
}

}  // namespace jedel::console
