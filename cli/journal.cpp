// jedel journal: what an operator does with a journal.

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "dispatch/core/codec.h"
#include "dispatch/desk/engine.h"

namespace jedel::cli {

namespace {

struct JournalOptions {
    std::string url, file = "-";
    bool personal = false, whole = false, as_json = false;
};

int fail(const Error& error) {
    std::cerr << "jedel journal: " << error.text() << '\n';
    return 1;
}

int verify(const JournalOptions& o) {
    const auto report = verify_journal(o.url);
    if (!report) return fail(report.error());
    if (o.as_json) {
        std::cout << nlohmann::ordered_json{{"sound", report->problems.empty()},
                                            {"events", report->events},
                                            {"sound_until", report->sound_until},
                                            {"state_hash", report->state_hash},
                                            {"problems", report->problems}}
                         .dump()
                  << '\n';
    } else {
        std::cout << report->events << " events read, sound up to event " << report->sound_until
                  << "\nstate " << report->state_hash << '\n';
        for (const std::string& problem : report->problems) std::cout << "! " << problem << '\n';
        if (report->problems.empty()) {
            std::cout << "sequence, chain, fold, snapshot and guard agree\n";
        }
    }
    if (report->problems.empty()) return 0;
    return fail({.message = "damaged: " + report->problems.front(), .where = o.url});
}

int export_lines(const JournalOptions& o) {
    if (o.file == "-") {
        const auto count = export_journal(o.url, std::cout, o.personal);
        return count ? 0 : fail(count.error());
    }
    std::ofstream out{o.file, std::ios::binary};
    if (!out) return fail({.message = "cannot be written", .where = o.file});
    const auto count = export_journal(o.url, out, o.personal);
    if (!count) return fail(count.error());
    if (o.as_json) std::cout << "{\"events\":" << *count << "}\n";
    else std::cout << *count << " events written to " << o.file << '\n';
    return 0;
}

int import_lines(const JournalOptions& o) {
    std::ifstream file;
    if (o.file != "-") {
        file.open(o.file, std::ios::binary);
        if (!file) return fail({.message = "cannot be read", .where = o.file});
    }
    const auto count = import_journal(o.url, o.file == "-" ? std::cin : file);
    if (!count) {
        Error error = count.error();
        if (error.line > 0) error.where = o.file == "-" ? "standard input" : o.file;
        return fail(error);
    }
    if (o.as_json) std::cout << "{\"events\":" << *count << "}\n";
    else std::cout << *count << " events imported\n";
    return 0;
}

int state(const JournalOptions& o) {
    auto journal = open_journal(o.url, JournalMode::read_only);
    if (!journal) return fail(journal.error());
    const std::string warning = (*journal)->warning();
    auto engine = Engine::open(std::move(*journal), {});
    if (!engine) return fail(engine.error());
    if (!warning.empty()) std::cerr << "jedel journal: " << o.url << ": " << warning << '\n';
    const State& now = (*engine)->state();
    if (o.whole) {
        std::cout << encode_state(now) << '\n';
    } else if (o.as_json) {
        std::cout << nlohmann::ordered_json{{"seq", now.seq},
                                            {"state_hash", state_hash(now)},
                                            {"open", now.open.size()},
                                            {"brigades", now.brigades.size()},
                                            {"closed_total", now.closed_total}}
                         .dump()
                  << '\n';
    } else {
        std::cout << state_hash(now) << "  event " << now.seq << ", " << now.open.size()
                  << " open, " << now.closed_total << " closed, " << now.brigades.size()
                  << " brigades\n";
    }
    return warning.empty() ? 0 : 1;
}

}  // namespace

void add_journal(CLI::App& app, int& status) {
    auto o = std::make_shared<JournalOptions>();
    CLI::App* journal = app.add_subcommand("journal", "Verify, export, import or fold a journal");
    journal->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, int (*run)(const JournalOptions&)) {
        CLI::App* sub = journal->add_subcommand(name, help);
        sub->add_option("URL", o->url, "The journal, sqlite:PATH")->required();
        sub->add_flag("--json", o->as_json, "Print JSON instead of words");
        sub->callback([o, run, &status] { status = run(*o); });
        return sub;
    };
    add("verify",
        "Check sequence, hash chain, fold, snapshot, guard and file; exit status 1 if damaged",
        verify);
    CLI::App* out = add("export", "Write the events as JSON lines, each with its hash",
                        export_lines);
    out->add_option("-o,--out", o->file, "File to write; - is standard output");
    out->add_flag("--personal", o->personal, "Write the personal rows after the events");
    CLI::App* in = add("import",
                       "Read exported lines into a new, empty journal; a line that breaks the "
                       "chain is refused by its number",
                       import_lines);
    in->add_option("FILE", o->file, "File to read; - is standard input");
    CLI::App* fold = add("state", "Print the hash of the state that the events fold to", state);
    fold->add_flag("--whole", o->whole, "Print the whole state as one line of JSON");
}

}  // namespace jedel::cli
