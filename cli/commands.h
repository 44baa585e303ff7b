#pragma once
// The subcommands, one file each. Exit status: 0 done, 1 refused or failed (one clear line on
// stderr), 2 wrong usage.

namespace CLI {
class App;
}

namespace jedel::cli {

/// Each adds its subcommand to the app with a callback that sets `status`.
void add_console(CLI::App& app, int& status);
void add_replay(CLI::App& app, int& status);
void add_triage(CLI::App& app, int& status);
void add_tell(CLI::App& app, int& status);
void add_journal(CLI::App& app, int& status);
void add_city(CLI::App& app, int& status);
void add_eta(CLI::App& app, int& status);
void add_entitlement(CLI::App& app, int& status);
void add_ask(CLI::App& app, int& status);  ///< `ask` and `coverage`
void add_address(CLI::App& app, int& status);
void add_calibrate(CLI::App& app, int& status);
void add_cover(CLI::App& app, int& status);  ///< `cover` and `staffing`
void add_paper(CLI::App& app, int& status);
void add_follow_up(CLI::App& app, int& status);
void add_person(CLI::App& app, int& status);

}  // namespace jedel::cli
