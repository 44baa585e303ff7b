// jedel: the command line. See commands.h for exit statuses.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <new>

#include "base/no_core.h"
#include "cli/commands.h"

namespace {

int run(int argc, char** argv) {
    CLI::App app{
        "Console of an ambulance dispatch room. Without a subcommand it opens the console."};
    app.name("jedel");
    app.set_version_flag("--version", "jedel 0.1.0");
    int status = 0;
    using namespace jedel::cli;
    add_console(app, status);
    add_replay(app, status);
    add_triage(app, status);
    add_tell(app, status);
    add_journal(app, status);
    add_city(app, status);
    add_eta(app, status);
    add_entitlement(app, status);
    add_ask(app, status);
    add_address(app, status);
    add_calibrate(app, status);
    add_cover(app, status);
    add_paper(app, status);
    add_follow_up(app, status);
    add_person(app, status);
    app.require_subcommand(0, 1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and version end with 0; every other parse error is wrong usage.
        status = app.exit(error) == 0 ? 0 : 2;
    }
    std::cout.flush();
    if (!std::cout) {
        std::cerr << "jedel: the output could not be written\n";
        return status == 0 ? 1 : status;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    jedel::start_in_order();
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        std::cerr << "jedel: out of memory; what was acknowledged is stored\n";
    } catch (const std::filesystem::filesystem_error& error) {
        std::cerr << "jedel: " << error.what() << '\n';
    }
    return 1;
}
