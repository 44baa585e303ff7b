// jedel tell: commands into a journal, events or refusals out, as JSON lines.

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <sstream>

#include "base/ending.h"
#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/core/codec.h"
#include "dispatch/desk/desk_options.h"
#include "dispatch/desk/edition.h"
#include "dispatch/desk/engine.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/desk/load_rights.h"
#include "dispatch/desk/room_socket.h"
#include "dispatch/journal/json_guard.h"

namespace jedel::cli {

namespace {

struct TellOptions {
    std::string url, file = "-", desk;
    bool as_json = false, accept_loss = false;
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

/// Where commands go: the journal itself, or the running room that holds it.
class Room {
public:
    explicit Room(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
    explicit Room(RoomClient client) : client_(std::move(client)) {}

    /// 0 when it was taken, 1 when refused, 2 when nothing more can be told.
    int tell(CommandEnvelope command) {
        if (command.id.empty()) command.id = fresh_id();
        return engine_ != nullptr ? tell_engine(command) : tell_client(command);
    }
    Result<void> finish() { return engine_ ? engine_->save_snapshot() : Result<void>{}; }

private:
    /// Unlike any other's: a retry without an id cannot be told from a new command.
    std::string fresh_id() {
        std::random_device random;
        return "tell-" + std::to_string(now().ms) + "-" + std::to_string(random()) + "-" +
               std::to_string(++ids_);
    }
    int tell_engine(const CommandEnvelope& command) {
        const Outcome outcome = engine_->perform(command, now());
        if (const auto* events = std::get_if<std::vector<JournalEvent>>(&outcome)) {
            for (const JournalEvent& event : *events) {
                std::cout << encode_event_line(event) << '\n';
            }
            std::cout.flush();
            return std::cout ? 0 : 2;
        }
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            std::cout << encode_refusal(*refusal) << std::endl;
            return 1;
        }
        fail(std::get<Error>(outcome));
        return engine_->failure() ? 2 : 1;
    }
    int tell_client(const CommandEnvelope& command) {
        const auto reply = client_->tell(encode_command(command));
        if (!reply) {
            fail(reply.error());
            return 2;
        }
        for (const std::string& line : reply->lines) {
            (reply->status == 2 ? std::cerr : std::cout) << line << '\n';
        }
        std::cout.flush();
        return reply->status == 0 ? 0 : 1;
    }

    std::unique_ptr<Engine> engine_;
    std::optional<RoomClient> client_;
    std::uint64_t ids_ = 0;
};

int tell_one(Room& room, const std::string& text, const std::string& where, long line) {
    const auto wrong = [&](Error error) {
        error.where = where;
        error.line = line;
        return fail(error);
    };
    if (auto sound = check_json(text); !sound) return wrong(sound.error());
    auto command = decode_command(text);
    if (!command) return wrong(command.error());
    return room.tell(std::move(command).value());
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

int tell_all(Room& room, std::istream& in, const std::string& where) {
    int status = 0;
    std::string line;
    for (long number = 1;; ++number) {
        const auto read = next_line(in, line);
        if (asked_to_end()) {  // what was read of a line then may be half of it
            std::cerr << "jedel tell: asked to end; what was acknowledged is stored\n";
            return 1;
        }
        if (!read) {
            Error error = read.error();
            error.where = where;
            error.line = number;
            status = fail(error);
            continue;
        }
        if (!*read) break;
        if (is_blank(line)) continue;
        const int told = tell_one(room, line, where, number);
        if (told != 0) status = 1;
        if (told == 2) break;
    }
    return status;
}

/// The room that runs on the journal, else the journal itself.
Result<Room> open_room(const TellOptions& o, DecideContext rules) {
    auto journal = open_journal(o.url, {.mode = JournalMode::read_write,
                                        .accept_loss = o.accept_loss});
    if (!journal) {
        const auto colon = o.url.find(':');
        if (journal.error().message.starts_with("in use") && colon != std::string::npos) {
            auto client = RoomClient::connect(o.url.substr(colon + 1));
            if (client) return Room{std::move(client).value()};
        }
        return journal.error();
    }
    if ((*journal)->mode() == JournalMode::read_only) {
        return Error{.message = (*journal)->warning() +
                                "; nothing was changed. To go on with what is there, and keep the "
                                "old files aside, add --accept-loss",
                     .where = o.url};
    }
    Store& store = (*journal)->store();
    store.wait_at_most(std::chrono::seconds{30});
    store.on_waiting([said = false](std::chrono::milliseconds) mutable {
        if (!std::exchange(said, true)) {
            std::cerr << "jedel tell: another program holds the journal; waiting\n";
        }
    });
    auto engine = Engine::open(std::move(*journal), std::move(rules));
    if (!engine) return engine.error();
    for (const std::string& line : (*engine)->report()) {
        std::cerr << "jedel tell: " << o.url << ": " << line << '\n';
    }
    return Room{std::move(engine).value()};
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
    Edition tables = Edition::of_user(*install);
    auto protocol = tables.load(edition::rules_alone, load_protocol);
    if (!protocol) return fail(protocol.error());
    auto rights = tables.load(edition::rights, load_rights);
    if (!rights) return fail(rights.error());
    const auto folder = user_data_folder();
    const auto desk = desk_number(o.desk, folder ? *folder : std::string{});
    if (!desk) return fail(desk.error());
    tables.say_faults("jedel tell");
    DecideContext context;
    context.desk = *desk;
    context.protocol = std::make_shared<const triage::Protocol>(std::move(*protocol));
    context.rights = std::make_shared<const Rights>(std::move(*rights));
    auto room = open_room(o, std::move(context));
    if (!room) return fail(room.error());
    end_when_asked();
    int status = 0;
    if (o.file == "-") {
        status = tell_all(*room, std::cin, "standard input");
    } else if (check_json(text) && nlohmann::json::accept(text)) {
        status = tell_one(*room, text, o.file, 0) == 0 ? 0 : 1;  // one, over any lines
    } else {
        std::istringstream lines{text};
        status = tell_all(*room, lines, o.file);
    }
    if (auto saved = room->finish(); !saved && status == 0) return fail(saved.error());
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
    sub->add_flag("--accept-loss", o->accept_loss,
                  "Go on with a journal that lost events; the old files are kept aside");
    sub->add_option("--desk", o->desk,
                    "Number of the desk that tells, 0 to 8191; default: the settings', else 0. A "
                    "room that runs on the journal tells by its own");
    sub->add_flag("--json", o->as_json, "Print JSON lines (always so)");
    sub->footer("A command: {\"id\":\"1\",\"actor\":\"desk 1\",\"seat\":\"dispatcher\","
                "\"kind\":\"receive_call\",\"channel\":\"phone_103\"}\n"
                "The same id again does nothing and prints what was stored; without an id the "
                "command gets one. A room that runs on the journal takes the commands itself.");
    sub->callback([o, &status] { status = tell(*o); });
}

}  // namespace jedel::cli
