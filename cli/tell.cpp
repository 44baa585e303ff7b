// jedel tell: commands into a journal, events or refusals out, as JSON lines.

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/core/codec.h"
#include "dispatch/desk/engine.h"
#include "dispatch/desk/load_protocol.h"

namespace jedel::cli {

namespace {

struct TellOptions {
    std::string url, file = "-";
    bool as_json = false;
};

int fail(const Error& error) {
    std::cerr << "jedel tell: " << error.text() << '\n';
    return 1;
}

Instant now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

/// Tells one command; gives 0 when it was taken, 1 when refused, 2 when nothing more can be told.
int tell_one(Engine& engine, const std::string& text, const std::string& where, long line) {
    const auto command = decode_command(text);
    if (!command) {
        Error error = command.error();
        error.where = where;
        error.line = line;
        return fail(error);
    }
    const Outcome outcome = engine.perform(*command, now());
    if (const auto* events = std::get_if<std::vector<JournalEvent>>(&outcome)) {
        for (const JournalEvent& event : *events) std::cout << encode_event_line(event) << '\n';
        std::cout.flush();
        return 0;
    }
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
        std::cout << encode_refusal(*refusal) << std::endl;
        return 1;
    }
    fail(std::get<Error>(outcome));
    return 2;
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

int tell_all(Engine& engine, std::istream& in, const std::string& where) {
    int status = 0;
    std::string line;
    for (long number = 1; std::getline(in, line); ++number) {
        if (is_blank(line)) continue;
        const int told = tell_one(engine, line, where, number);
        if (told != 0) status = 1;
        if (told == 2) break;
    }
    return status;
}

int tell(const TellOptions& o) {
    std::string text;
    if (o.file != "-") {
        auto read = read_file(o.file);
        if (!read) return fail(read.error());
        text = std::move(*read);
        if (is_blank(text)) return fail({.message = "expected a command", .where = o.file});
    }
    const auto install = install_folder();
    if (!install) return fail(install.error());
    auto protocol = load_protocol(*install);
    if (!protocol) return fail(protocol.error());
    auto journal = open_journal(o.url);
    if (!journal) return fail(journal.error());
    if ((*journal)->mode() == JournalMode::read_only) {
        return fail({.message = (*journal)->warning(), .where = o.url});
    }
    const auto rules = std::make_shared<const triage::Protocol>(std::move(*protocol));
    auto engine = Engine::open(std::move(*journal), {.protocol = rules});
    if (!engine) return fail(engine.error());
    int status = 0;
    if (o.file == "-") {
        status = tell_all(**engine, std::cin, "standard input");
    } else if (nlohmann::json::accept(text)) {
        status = tell_one(**engine, text, o.file, 0) == 0 ? 0 : 1;  // one, over any lines
    } else {
        std::istringstream lines{text};
        status = tell_all(**engine, lines, o.file);
    }
    if (auto saved = (*engine)->save_snapshot(); !saved && status == 0) return fail(saved.error());
    return status;
}

}  // namespace

void add_tell(CLI::App& app, int& status) {
    auto o = std::make_shared<TellOptions>();
    CLI::App* sub = app.add_subcommand(
        "tell", "Give commands to a journal; prints the events or the refusal of each as JSON "
                "lines. Exit status 1 when any was refused");
    sub->add_option("URL", o->url, "The journal, sqlite:PATH; made when there is none")->required();
    sub->add_option("COMMAND.json", o->file,
                    "One command, or one a line; - is standard input")
        ->required();
    sub->add_flag("--json", o->as_json, "Print JSON lines (always so)");
    sub->footer("A command: {\"id\":\"1\",\"actor\":\"desk 1\",\"seat\":\"dispatcher\","
                "\"kind\":\"receive_call\",\"channel\":\"phone_103\"}\n"
                "The same id again does nothing and prints what was stored.");
    sub->callback([o, &status] { status = tell(*o); });
}

}  // namespace jedel::cli
