#include "console/options.h"

#include <cstdlib>
#include <sstream>

#include <CLI/CLI.hpp>

#include "base/number.h"

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

struct Texts4 {
    std::string seat = "dispatcher", language = "ru", theme = "light", size, speed = "60",
                organisation;
};

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

void add_room_options(CLI::App& app, Options& o, Texts4& t) {
    app.add_option("--journal", o.journal,
                   "Journal: sqlite:PATH. Default: the one in the user's data folder");
    app.add_flag("--accept-loss", o.accept_loss,
                 "Go on with a journal that lost events, after they were read; the old files are "
                 "kept aside");
    app.add_option("--city", o.city, "City folder. Default: the built-in training city");
    app.add_option("--register", o.people,
                   "Imports a register of the insured (CSV or JSON) before it starts. Default: "
                   "register.csv of the city, else what was imported before");
    app.add_option("--seat", t.seat, seat_names() + "; polyclinic is polyclinic_desk");
    app.add_option("--organisation", t.organisation,
                   "With --seat polyclinic: the number of the polyclinic whose desk it is");
    app.add_option("--language", t.language, "kk, ru or en; F9 changes it while running");
    app.add_option("--theme", t.theme, "light or dark; F10 changes it while running");
    app.add_option("--size", t.size, "Size of the window, e.g. 1920x1080");
    app.add_option("--screenshot", o.screenshot, "Writes the window as PNG to a file and leaves");
    app.add_option("--figures", o.figures_s,
                   "Runs for so many seconds, prints what the window's loop cost, leaves");
    app.add_option("--show", o.show,
                   "For pictures: what to open, e.g. 12:send = page of call No. 12; or help");
}

std::string take_texts(Options& o, const Texts4& t) {
    const auto seat =
        t.seat == "polyclinic" ? std::optional{Seat::polyclinic_desk} : from_name<Seat>(t.seat);
    if (!seat || *seat == Seat::system) {
        return "--seat: expected " + seat_names() + ", found '" + t.seat + "'";
    }
    o.seat = *seat;
    if (!t.organisation.empty()) {
        const auto number = read_number<std::uint64_t>(t.organisation);
        if (!number || *number == 0) {
            return "--organisation: expected a number, found '" + t.organisation + "'";
        }
        if (o.seat != Seat::polyclinic_desk) {
            return "--organisation: expected together with --seat polyclinic";
        }
        o.organisation = OrganisationId{*number};
    }
    const auto language = from_name<Language>(t.language);
    if (!language) return "--language: expected kk, ru or en, found '" + t.language + "'";
    o.language = *language;
    const auto theme = from_name<ThemeKind>(t.theme);
    if (!theme) return "--theme: expected light or dark, found '" + t.theme + "'";
    o.theme = *theme;
    if (!t.size.empty() && !read_size(t.size, o.width, o.height)) {
        return "--size: expected WIDTHxHEIGHT of 320 to 16384 pixels, found '" + t.size + "'";
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
    Texts4 t;
    ReplayOptionsText r;
    add_room_options(app, o, t);
    CLI::App* room = app.add_subcommand("console", "The same");
    add_room_options(*room, o, t);
    CLI::App* replay = app.add_subcommand("replay", "Plays a recorded log in the window");
    add_room_options(*replay, o, t);
    replay->add_option("log", r.log, "Recorded log (CSV)")->required();
    replay->add_option("--mapping", r.mapping, "What the log's columns and codes mean (TOML)")
        ->required();
    replay->add_option("--speed", t.speed, "Times as fast as it was, 1 to 1000, or max");
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
    if (const std::string fault = take_texts(o, t); !fault.empty()) {
        return {std::nullopt, "jedel-console: " + fault + "\n", 2};
    }
    if (replay->parsed() && !read_speed(t.speed, r.speed)) {
        return {std::nullopt,
                "jedel-console: --speed: expected 1 to 1000 or max, found '" + t.speed + "'\n", 2};
    }
    if (replay->parsed()) o.replay = r;
    parsed.options = std::move(o);
    return parsed;
}

}  // namespace jedel::console
