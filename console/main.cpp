// jedel-console: the dispatcher's window.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <unistd.h>

#include "base/ending.h"
#include "base/install.h"
#include "base/no_core.h"
#include "console/audio/sound.h"
#include "console/options.h"
#include "console/panels/pages.h"
#include "console/shell/replay_runner.h"
#include "console/shell/window.h"
#include "console/startup.h"
#include "dispatch/desk/room_socket.h"
#include "dispatch/exercise/report.h"
#include "dispatch/exercise/setup.h"
#include "dispatch/gateway/clock_keeper.h"
#include "dispatch/gateway/paper_keeper.h"
#include "dispatch/gateway/road_keeper.h"
#include "dispatch/gateway/roster_keeper.h"
#include "dispatch/gateway/watch_keeper.h"

namespace {

using namespace jedel;
using namespace jedel::console;

int fail(const Error& error) {
    std::fprintf(stderr, "jedel-console: %s\n", error.text().c_str());
    return 1;
}

bool has_display() {
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != 0;
    };
    return set("DISPLAY") || set("WAYLAND_DISPLAY");
}

Result<std::unique_ptr<ReplayRunner>> make_replay(const Options& options, const Loaded& loaded) {
    const ReplayOptionsText& wanted = *options.replay;
    const auto policy = from_name<exercise::Policy>(wanted.policy);
    if (!policy) {
        return Error{.message = "expected recommended, nearest or nobody, found '" +
                                wanted.policy + "'",
                     .field = "--policy"};
    }
    exercise::ReplayFiles files;
    files.install_folder = loaded.install_folder;
    files.log = wanted.log;
    files.mapping = wanted.mapping;
    files.city_folder = loaded.parts.city->folder;
    auto input = exercise::load_replay(files);
    if (!input) return input.error();
    exercise::ReplayOptions how;
    how.seed = wanted.seed;
    how.policy = *policy;
    how.fix_every_s = 5;
    return std::make_unique<ReplayRunner>(exercise::Replay{*input, how}, wanted.speed);
}

/// "HH:MM" of the replay's first day.
std::optional<Instant> until_of(const Options& options, Instant begins) {
    int hour = 0;
    int minute = 0;
    const std::string& text = options.replay->until;
    if (std::sscanf(text.c_str(), "%d:%d", &hour, &minute) != 2) return std::nullopt;
    const int offset = kazakhstan_offset_minutes(begins);
    CivilTime at = to_civil(begins, offset);
    at.hour = hour;
    at.minute = minute;
    at.second = 0;
    return from_civil(at, offset);
}

/// "12:send": selects call No. 12 and opens a page; "help", "palette", "roads": what lies over;
/// "cover": the large map with the roads that free brigades cover.
void show(Console& console, const Snapshot& room, const std::string& what) {
    UiState& ui = console.ui();
    const std::size_t colon = what.find(':');
    const std::string page = colon == std::string::npos ? what : what.substr(colon + 1);
    if (colon != std::string::npos) {
        const auto number = std::strtoul(what.c_str(), nullptr, 10);
        for (const auto& row : room.state.open.rows()) {
            if (row->day_number == number || number == 0) ui.selected = row->id;
            if (number == 0) break;
        }
        ui.area = Area::card;
        ui.queue.scroll = true;
    }
    if (page == "help") ui.overlay = Overlay::help;
    if (page == "palette") ui.overlay = Overlay::palette;
    if (page == "watch") ui.overlay = Overlay::watch;
    if (page == "roads") ui.overlay = Overlay::roads;
    if (page == "relook") ui.overlay = Overlay::relook;
    if (page == "cover") {
        ui.area = Area::map;
        ui.map.tools.large = true;
        ui.map.tools.reach = ReachKind::coverage;
    }
    if (page == "plan") ui.overlay = Overlay::cover;
    if (page == "staffing") ui.overlay = Overlay::staffing;
    if (page == "definitions") ui.overlay = Overlay::definitions;
    if (const auto found = page_called(page)) ui.page = *found;
    if (page == "category") {
        ui.overlay = Overlay::category;
        ui.category.incident = ui.selected;
    }
    ui.focus.moved = true;
}

/// The report of what was played so far.
Result<void> write_report(const Options& options, const Loaded& loaded,
                          const ReplayRunner& runner) {
    if (options.replay->report.empty()) return {};
    const auto texts = exercise::Texts::load(loaded.install_folder, options.language);
    if (!texts) return texts.error();
    const auto figures = exercise::compute_figures(runner.replay(), {});
    return exercise::write_report(runner.replay(), figures, *texts, options.replay->report);
}

/// The paper pack in the user's folder; nullptr where it cannot be made, which is said.
std::shared_ptr<const PackSource> pack_of(const Options& options, const Loaded& loaded,
                                          const std::string& journal_path, Instant now) {
    const int day = day_of(now, kazakhstan_offset_minutes(now));
    const auto folder = user_data_folder();
    auto texts = papers::Texts::load(loaded.install_folder, options.language);
    auto settings = papers::load_settings(loaded.install_folder, loaded.parts.city->folder, day);
    for (const Error* error : {folder ? nullptr : &folder.error(), texts ? nullptr : &texts.error(),
                               settings ? nullptr : &settings.error()}) {
        if (error == nullptr) continue;
        std::fprintf(stderr, "jedel-console: no paper pack: %s\n", error->text().c_str());
        return nullptr;
    }
    return std::make_shared<const PackSource>(
        PackSource{loaded.parts.city, loaded.parts.protocol, *std::move(texts),
                   *std::move(settings), pack_path(*folder, journal_path)});
}

/// Says it once, not every five minutes.
std::function<void(const Result<void>&)> say_of_pack() {
    auto said = std::make_shared<std::string>();
    return [said](const Result<void>& done) {
        const std::string now = done ? std::string{} : done.error().text();
        if (!now.empty() && now != *said) {
            std::fprintf(stderr, "jedel-console: no paper pack: %s\n", now.c_str());
        }
        *said = now;
    };
}

/// The pack of a room on disk; none of a journal in memory, nor of a polyclinic's desk, which sees
/// its own calls alone.
NetworkThread::Timer keep_pack(NetworkThread& network, const Desk& desk, const Options& options,
                               const Loaded& loaded, const std::string& journal_path,
                               const ClockPort& clock) {
    if (journal_path.empty() || options.seat == Seat::polyclinic_desk) return {};
    auto pack = pack_of(options, loaded, journal_path, clock.now());
    if (!pack) return {};
    const std::chrono::seconds every{pack->settings.every_s};
    return keep_papers(network, desk, std::move(pack), clock, say_of_pack(), every);
}

void print_figures(const LoopFigures& f) {
    const double frames = static_cast<double>(std::max<std::uint64_t>(f.frames, 1));
    std::printf("ran %.1f s, frames %llu, of them for the clocks alone %llu\n", f.seconds,
                static_cast<unsigned long long>(f.frames),
                static_cast<unsigned long long>(f.ticks));
    std::printf("building %.3f s of processor (%.2f %%), %.2f ms a frame, %.2f ms at most\n",
                f.build_s, 100 * f.build_s / f.seconds, 1000 * f.build_s / frames,
                f.build_max_ms);
    std::printf("handing to OpenGL %.3f s (%.2f %%)\n", f.show_s, 100 * f.show_s / f.seconds);
    std::printf("all threads %.3f s (%.2f %%)\n", f.process_s, 100 * f.process_s / f.seconds);
}

int run(const Options& options, Loaded loaded) {
    RoomClock system;
    std::unique_ptr<ReplayRunner> replay;
    if (options.replay) {
        auto made = make_replay(options, loaded);
        if (!made) return fail(made.error());
        replay = std::move(*made);
    }
    const ClockPort& clock = replay ? static_cast<const ClockPort&>(*replay) : system;
    auto journal = open_journal(loaded.journal_url, {.mode = JournalMode::read_write,
                                                     .accept_loss = options.accept_loss});
    if (!journal) return fail(journal.error());
    const std::string journal_path = (*journal)->store().path();
    (*journal)->keep_fixes(loaded.keep_fixes);
    WindowOptions look;
    look.width = options.width;
    look.height = options.height;
    look.title = "Jedel";
    auto window = Window::open(look);
    if (!window) return fail(window.error());
    auto desk = Desk::open(std::move(*journal),
                           {.protocol = loaded.parts.protocol,
                            .rights = loaded.rights,
                            .desk = loaded.desk},
                           clock,
                           &Window::wake);
    if (!desk) return fail(desk.error());
    // Scripts reach the room through it; without one the room works all the same.
    std::unique_ptr<RoomSocket> door;
    if (!journal_path.empty() && !(*desk)->snapshot()->read_only) {
        if (auto made = RoomSocket::open(**desk, journal_path)) door = std::move(*made);
    }
    loaded.parts.command_prefix = "console-" + std::to_string(system.now().ms) + "-" +
                                  std::to_string(getpid());
    if (replay && (*desk)->snapshot()->state.seq > 0) {
        return fail(Error{.message = "holds events already; a replay needs a new journal",
                          .where = loaded.journal_url});
    }
    if (replay) {
        replay->start(**desk, until_of(options, replay->now()));
    } else {
        check_clock_at_start(**desk, clock);
        tell_roster(**desk, *loaded.parts.city, clock);
    }
    loaded.parts.sound = std::make_shared<Sound>();
    // The city outlives the console, which takes the parts. A replay moves its own crews.
    const std::shared_ptr<const City> city = loaded.parts.city;
    NetworkThread network;
    NetworkThread::Timer roster;
    if (!replay) roster = keep_roster(network, **desk, *city, clock, std::chrono::seconds{20});
    const auto roads = keep_roads(network, **desk, clock, std::chrono::seconds{1});
    // What a polyclinic leaves comes back, and seniors are told; a replay's world does its own.
    const WatchTable watched = loaded.parts.advice.tables.watch;
    NetworkThread::Timer watching;
    if (!replay) watching = keep_watch(network, **desk, watched, clock);
    NetworkThread::Timer jumps;
    if (!replay) jumps = keep_clock(network, **desk, system, std::chrono::seconds{1});
    NetworkThread::Timer paper;
    if (!replay) paper = keep_pack(network, **desk, options, loaded, journal_path, clock);
    int status = 0;
    {
        Console console{std::move(loaded.parts), **desk, clock, &Window::wake, replay.get()};
        console.ui().seat = options.seat;
        console.ui().organisation = options.organisation;
        console.ui().language = options.language;
        console.ui().theme = options.theme;
        if (!options.show.empty()) show(console, *(*desk)->snapshot(), options.show);
        if (options.screenshot.empty()) {
            const LoopFigures figures = (*window)->run(console, options.figures_s);
            if (options.figures_s > 0) print_figures(figures);
        } else if (auto done = (*window)->screenshot(console, options.screenshot, 40); !done) {
            status = fail(done.error());
        }
    }
    if (replay) {
        replay->stop();
        (*desk)->drain();
        const auto wrote = write_report(options, loaded, *replay);
        if (!wrote) status = fail(wrote.error());
    }
    if ((*desk)->snapshot()->journal_error) status = 1;
    (*desk)->drain();
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    jedel::start_in_order();
    const Parsed parsed = parse_options(argc, argv);
    if (!parsed.options) {
        std::fputs(parsed.text.c_str(), parsed.status == 0 ? stdout : stderr);
        return parsed.status;
    }
    if (!has_display()) {
        std::fputs("jedel-console: there is no display ($DISPLAY and $WAYLAND_DISPLAY are empty); "
                   "`jedel replay LOG --mapping FILE --headless` works without one\n",
                   stderr);
        return 1;
    }
    try {
        auto loaded = load_everything(*parsed.options);
        if (!loaded) return fail(loaded.error());
        jedel::end_when_asked();
        return run(*parsed.options, std::move(*loaded));
    } catch (const std::bad_alloc&) {
        return fail(Error{.message = "out of memory; what was acknowledged is stored"});
    }
}
