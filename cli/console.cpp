#include "cli/commands.h"
#include "cli/console_start.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>

#include "dispatch/core/people/seat.h"

namespace jedel::cli {

namespace {

namespace fs = std::filesystem;

/// What the window takes; checked there, named here for --help.
struct WindowOptions {
    std::string journal, city, people, seat, organisation, language, theme, size, screenshot, show;
    bool accept_loss = false;
};

bool has_display() {
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != 0;
    };
    return set("DISPLAY") || set("WAYLAND_DISPLAY");
}

std::vector<std::string> arguments(const WindowOptions& o) {
    std::vector<std::string> out{"jedel-console"};
    const auto add = [&](const char* name, const std::string& value) {
        if (value.empty()) return;
        out.emplace_back(name);
        out.push_back(value);
    };
    add("--journal", o.journal);
    if (o.accept_loss) out.emplace_back("--accept-loss");
    add("--city", o.city);
    add("--register", o.people);
    add("--seat", o.seat);
    add("--organisation", o.organisation);
    add("--language", o.language);
    add("--theme", o.theme);
    add("--size", o.size);
    add("--screenshot", o.screenshot);
    add("--show", o.show);
    return out;
}

void add_window_options(CLI::App& app, WindowOptions& o) {
    app.add_option("--journal", o.journal,
                   "Journal: sqlite:PATH. Default: the one in the user's data folder");
    app.add_flag("--accept-loss", o.accept_loss,
                 "Go on with a journal that lost events, after they were read; the old files are "
                 "kept aside");
    app.add_option("--city", o.city, "City folder. Default: the built-in training city");
    app.add_option("--register", o.people,
                   "Imports a register of the insured (CSV or JSON) before it starts. Default: "
                   "register.csv of the city, else what was imported before");
    app.add_option("--seat", o.seat, seat_names() + "; polyclinic is polyclinic_desk");
    app.add_option("--organisation", o.organisation,
                   "With --seat polyclinic: the number of the polyclinic whose desk it is");
    app.add_option("--language", o.language, "kk, ru or en; F9 changes it while running");
    app.add_option("--theme", o.theme, "light or dark; F10 changes it while running");
    app.add_option("--size", o.size, "Size of the window, e.g. 1920x1080");
    app.add_option("--screenshot", o.screenshot, "Writes the window as PNG to a file and leaves");
    app.add_option("--show", o.show, "For pictures: what to open, e.g. 12:send, or help");
}

}  // namespace

int start_console(const std::vector<std::string>& given) {
    if (!has_display()) {
        std::fputs("jedel: there is no display ($DISPLAY and $WAYLAND_DISPLAY are empty); "
                   "`jedel replay LOG --mapping FILE --headless` works without one\n",
                   stderr);
        return 1;
    }
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    const fs::path program = self.parent_path() / "jedel-console";
    if (error || access(program.c_str(), X_OK) != 0) {
        std::fprintf(stderr,
                     "jedel: %s: the window is not built; install libglfw3-dev and libimgui-dev "
                     "and build the target jedel-console (./run does both)\n",
                     program.c_str());
        return 1;
    }
    std::vector<std::string> words = given;
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    execv(program.c_str(), pointers.data());
    std::fprintf(stderr, "jedel: %s: cannot be started: %s\n", program.c_str(),
                 std::strerror(errno));
    return 1;
}

void add_console(CLI::App& app, int& status) {
    auto alone = std::make_shared<WindowOptions>();
    auto named = std::make_shared<WindowOptions>();
    add_window_options(app, *alone);
    CLI::App* console = app.add_subcommand("console", "Opens the dispatcher's window");
    add_window_options(*console, *named);
    console->callback([named, &status] { status = start_console(arguments(*named)); });
    // Called for every subcommand too, after it: only a bare `jedel` opens the window.
    app.callback([alone, &app, &status] {
        if (app.get_subcommands().empty()) status = start_console(arguments(*alone));
    });
}

}  // namespace jedel::cli
