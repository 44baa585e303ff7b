// jedel replay: a recorded log through the room, headless here, in a window by jedel-console.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <vector>

#include "base/ending.h"
#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/desk/edition.h"
#include "dispatch/exercise/headless.h"
#include "dispatch/exercise/report.h"
#include "dispatch/exercise/setup.h"

namespace jedel::cli {
namespace {

using namespace exercise;

struct Options {
    ReplayFiles files;
    std::string journal, speed = "max", report, policy = "recommended", language = "en";
    std::uint64_t seed = 1;
    int group_minutes = 1;
    bool headless = false, acknowledge = false, json = false;
};

int fail(const Error& error) {
    std::cerr << "jedel replay: " << error.text() << '\n';
    return 1;
}

/// The window is the console's: same arguments, the program beside this one.
int open_console() {
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::string console = (program.parent_path() / "jedel-console").string();
    const auto given = read_file("/proc/self/cmdline");
    if (!given) return fail(given.error());
    std::vector<std::string> words;
    for (std::size_t i = 0; i < given->size();) {
        words.emplace_back(given->c_str() + i);
        i += words.back().size() + 1;
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(console.c_str(), arguments.data());
    return fail({.message = std::string{"the console cannot be started: "} + std::strerror(errno) +
                            "; use --headless to run without a window",
                 .where = console});
}

/// A path as given, else below the install folder (data/mappings/lancaster.toml from anywhere).
std::string found(const std::string& path, const std::string& install) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path;
    const std::string below = install + "/" + path;
    return std::filesystem::exists(below, ignored) ? below : path;
}

Result<double> speed_of(const std::string& text) {
    if (text == "max") return 0.0;
    char* end = nullptr;
    const double speed = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || *end != '\0' || !(speed > 0) || speed > 1e6) {
        return Error{.message = "expected a number above 0 or max, found '" + text + "'",
                     .where = {},
                     .line = 0,
                     .field = "--speed"};
    }
    return speed;
}

/// How the log was read, where that was found and not declared, and what could not be.
void tell_reading(const RecordedLog& log) {
    if (const std::string how = how_written(log); !how.empty()) {
        std::cerr << "jedel replay: " << log.file << ": " << how << '\n';
    }
    for (const std::string& line : problem_lines(log)) {
        std::cerr << "jedel replay: " << line << '\n';
    }
}

Result<void> run(Options options) {
    const auto speed = speed_of(options.speed);
    if (!speed) return speed.error();
    const auto language = from_name<Language>(options.language);
    const auto policy = from_name<Policy>(options.policy);
    const auto install = install_folder();
    if (!install) return install.error();
    options.files.install_folder = *install;
    options.files.mapping = found(options.files.mapping, *install);
    options.files.log = found(options.files.log, *install);
    if (options.files.city_folder.empty())
        options.files.city_folder = *install + "/data/city/training";
    Edition tables = Edition::of_user(*install);
    auto input = tables.load(edition::replay, [&](const std::string& home) {
        ReplayFiles files = options.files;
        files.install_folder = home;
        return load_replay(files);
    });
    if (!input) return input.error();
    tables.say_faults("jedel replay");
    tell_reading((*input)->log);
    const auto texts = Texts::load(*install, language.value_or(Language::en));
    if (!texts) return texts.error();

    auto journal = open_journal(options.journal.empty() ? "sqlite::memory:" : options.journal);
    if (!journal) return journal.error();
    auto engine = Engine::open(std::move(*journal), DecideContext{.protocol = (*input)->protocol});
    if (!engine) return engine.error();
    Replay replay{
        *input,
        {.seed = options.seed, .policy = policy.value_or(Policy::recommended), .draws = {}}};
    HeadlessOptions headless;
    headless.minutes_per_commit = options.group_minutes;
    headless.speed = *speed;
    if (options.acknowledge) {
        headless.committed = [](std::uint64_t seq) {
            std::cout << "committed " << seq << '\n' << std::flush;
        };
    }
    end_when_asked();
    const auto ran = run_headless(replay, **engine, headless);
    if (!ran) {
        Error error = ran.error();
        if (error.where.empty()) error.where = options.journal;
        return error;
    }
    const Figures figures = compute_figures(replay, *ran);
    if (!options.report.empty()) {
        if (auto wrote = write_report(replay, figures, *texts, options.report); !wrote) {
            return wrote;
        }
    }
    std::cout << (options.json ? report_json(replay, figures)
                               : report_summary(replay, figures, *texts));
    return {};
}

/// Names of the policies, as the help lists them.
std::vector<std::string> policy_names() {
    const auto& names = EnumNames<exercise::Policy>::names;
    return {names.begin(), names.end()};
}

}  // namespace

void add_replay(CLI::App& app, int& status) {
    auto options = std::make_shared<Options>();
    CLI::App* sub = app.add_subcommand(
        "replay", "Play a recorded call log through the room: in a window, or headless");
    sub->add_option("LOG", options->files.log, "CSV file of recorded calls")->required();
    sub->add_option("--mapping", options->files.mapping,
                    "TOML file that says which column is what (data/mappings)")
        ->required();
    sub->add_option("--journal", options->journal,
                    "where to keep what happens, a new journal: sqlite:PATH; in memory by default");
    sub->add_option("--city", options->files.city_folder,
                    "city folder; the training city by default");
    sub->add_option("--speed", options->speed, "simulated seconds per second, or max")
        ->capture_default_str();
    sub->add_flag("--headless", options->headless, "without a window; prints a summary");
    sub->add_option("--report", options->report,
                    "folder for report.txt, report.json and PNG charts");
    sub->add_option("--policy", options->policy,
                    "how brigades are chosen: recommended, nearest, or nobody: a person sends")
        ->check(CLI::IsMember(policy_names()))
        ->capture_default_str();
    sub->add_option("--seed", options->seed, "seed of everything the log lacks")
        ->capture_default_str();
    sub->add_option("--language", options->language, "language of the report: kk, ru or en")
        ->check(CLI::IsMember({"kk", "ru", "en"}))
        ->capture_default_str();
    sub->add_option("--group", options->group_minutes,
                    "simulated minutes stored by one durable commit")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    sub->add_flag("--acknowledge", options->acknowledge,
                  "print \"committed SEQ\" after each durable commit");
    sub->add_flag("--json", options->json, "print the report as JSON");
    sub->callback([options, &status] {
        if (!options->headless) {
            status = open_console();
            return;
        }
        const auto done = run(*options);
        status = done ? 0 : fail(done.error());
    });
}

}  // namespace jedel::cli
