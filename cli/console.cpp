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

#include "dispatch/desk/desk_options.h"

namespace jedel::cli {

namespace {

namespace fs = std::filesystem;

bool has_display() {
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != 0;
    };
    return set("DISPLAY") || set("WAYLAND_DISPLAY");
}

/// Checked by the window; here they are only handed on.
std::vector<std::string> arguments(const DeskOptionValues& given) {
    std::vector<std::string> out{"jedel-console"};
    for (const DeskOption& option : desk_options) {
        const auto value = given.find(option.name);
        if (value == given.end()) continue;
        out.emplace_back(option.name);
        if (!option.flag) out.push_back(value->second);
    }
    return out;
}

void add_window_options(CLI::App& app, const std::shared_ptr<DeskOptionValues>& given) {
    for (const DeskOption& option : desk_options) {
        if (option.flag) {
            app.add_flag_callback(
                option.name, [given, &option] { (*given)[option.name]; }, help_of(option));
        } else {
            app.add_option_function<std::string>(
                option.name,
                [given, &option](const std::string& value) { (*given)[option.name] = value; },
                help_of(option));
        }
    }
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
    auto alone = std::make_shared<DeskOptionValues>();
    auto named = std::make_shared<DeskOptionValues>();
    add_window_options(app, alone);
    CLI::App* console = app.add_subcommand("console", "Opens the dispatcher's window");
    add_window_options(*console, named);
    console->callback([named, &status] { status = start_console(arguments(*named)); });
    // Called for every subcommand too, after it: only a bare `jedel` opens the window.
    app.callback([alone, &app, &status] {
        if (app.get_subcommands().empty()) status = start_console(arguments(*alone));
    });
}

}  // namespace jedel::cli
