// jedel journal: what an operator does with a journal.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/ending.h"
#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/core/codec.h"
#include "dispatch/desk/edition.h"
#include "dispatch/desk/engine.h"
#include "dispatch/desk/load_rights.h"
#include "dispatch/desk/superseded.h"

namespace jedel::cli {

namespace {

struct JournalOptions {
    std::string url, file = "-", actor, seat, reason, iin;
    std::vector<std::uint64_t> incidents, refs;
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
                                            {"personal_rows", report->personal_rows},
                                            {"erased_rows", report->erased_rows},
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
        if (report->personal_rows + report->erased_rows > 0) {
            std::cout << report->personal_rows << " personal rows, " << report->erased_rows
                      << " erased\n";
        }
        if (report->events == 0) {
            std::cout << "it is empty; a copy made without its -wal and -head files may look so\n";
        }
    }
    if (report->problems.empty()) return 0;
    return fail({.message = "damaged: " + report->problems.front(), .where = o.url});
}

/// A file for its owner's eyes only, which may hold personal data. It takes the place of one of
/// before when it is whole; half of it is never left. A device or a pipe is written as it is.
class PrivateFile {
public:
    explicit PrivateFile(std::string path) : path_(std::move(path)) {
        struct stat found {};
        const bool there = ::stat(path_.c_str(), &found) == 0;
        draft_ = there && !S_ISREG(found.st_mode)
                     ? path_
                     : path_ + "." + std::to_string(::getpid()) + ".part";
        const int flags = draft_ == path_ ? O_WRONLY | O_CLOEXEC
                                          : O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
        const int file = ::open(draft_.c_str(), flags, 0600);
        if (file < 0) return;
        ::close(file);
        out_.open(draft_, std::ios::binary);
    }
    ~PrivateFile() {
        if (draft_ != path_ && !kept_) ::unlink(draft_.c_str());
    }
    PrivateFile(const PrivateFile&) = delete;
    PrivateFile& operator=(const PrivateFile&) = delete;
    [[nodiscard]] std::ofstream& out() { return out_; }
    [[nodiscard]] bool keep() {
        out_.close();
        kept_ = out_.good() && (draft_ == path_ ||
                                std::rename(draft_.c_str(), path_.c_str()) == 0);
        return kept_;
    }

private:
    std::string path_, draft_;
    std::ofstream out_;
    bool kept_ = false;
};

int export_lines(const JournalOptions& o) {
    std::optional<PrivateFile> file;
    if (o.file != "-") {
        end_when_asked();
        file.emplace(o.file);
        if (!file->out().is_open()) return fail({.message = "cannot be written", .where = o.file});
    }
    const auto count = jedel::export_lines(o.url, file ? file->out() : std::cout, o.personal);
    if (!count) return fail(count.error());
    if (asked_to_end()) {
        return fail({.message = "asked to end; nothing was written", .where = o.file});
    }
    if (file && !file->keep()) return fail({.message = "cannot be written", .where = o.file});
    if (o.file != "-" && o.as_json) {
        std::cout << nlohmann::ordered_json{{"events", count->events},
                                            {"personal", count->personal},
                                            {"problems", count->problems}}
                         .dump()
                  << '\n';
    } else if (o.file != "-") {
        std::cout << count->events << " events written to " << o.file << '\n';
        if (o.personal) std::cout << count->personal << " personal rows\n";
    }
    for (const std::string& problem : count->problems) {
        fail({.message = problem, .where = o.url});
    }
    return count->problems.empty() ? 0 : 1;
}

int backup(const JournalOptions& o) {
    end_when_asked();  // a copy is finished, or it is none
    const auto head = backup_journal(o.url, o.file);
    if (!head) return fail(head.error());
    if (o.as_json) std::cout << "{\"events\":" << head->seq << "}\n";
    else std::cout << head->seq << " events copied to " << o.file << '\n';
    return 0;
}

/// Which rows to erase; an error says what was not understood.
Result<std::vector<PersonRef>> rows_to_erase(Journal& journal, const JournalOptions& o) {
    std::string iin = o.iin;
    // Not on the command line, where other users of the machine can read it.
    if (iin == "-" && !std::getline(std::cin, iin)) {
        return Error{.message = "expected an IIN on standard input"};
    }
    auto found = journal.find_persons([&](const PersonalRecord& record) {
        const bool listed = std::any_of(o.incidents.begin(), o.incidents.end(), [&](auto number) {
            return record.incident.value == number;
        });
        return listed || (!iin.empty() && record.iin == iin);
    });
    if (!found) return found.error();
    for (const std::uint64_t ref : o.refs) found->push_back({ref});
    return found;
}

/// Erases what `rows_of` finds, by right and reason.
int erase_rows(const JournalOptions& o,
               Result<std::vector<PersonRef>> (*rows_of)(Journal&, const JournalOptions&),
               const char* none) {
    const auto install = install_folder();
    if (!install) return fail(install.error());
    Edition tables = Edition::of_user(*install);
    const auto rights = tables.load(edition::rights, load_rights);
    if (!rights) return fail(rights.error());
    tables.say_faults("jedel journal");
    const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count()};
    const int today = day_of(now, kazakhstan_offset_minutes(now));
    const auto seat = from_name<Seat>(o.seat);
    if (!seat || !rights->may(*seat, right::erase_person, today)) {
        return fail({.message = "this seat may not erase a person; expected --seat " +
                                rights->who_may(right::erase_person, today) + ", found '" +
                                o.seat + "'",
                     .where = {},
                     .field = "seat"});
    }
    for (const auto& [name, value] : {std::pair{"actor", &o.actor}, {"reason", &o.reason}}) {
        if (value->empty()) return fail({.message = "expected a text", .where = {}, .field = name});
    }
    end_when_asked();  // what is begun is finished: no byte of an erased row stays in a free page
    auto journal = open_journal(o.url);
    if (!journal) return fail(journal.error());
    if ((*journal)->mode() == JournalMode::read_only) {
        return fail({.message = (*journal)->warning(), .where = o.url});
    }
    const auto rows = rows_of(**journal, o);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return fail({.message = none, .where = o.url});
    if (auto done = (*journal)->erase(*rows, o.actor, *seat, o.reason, now); !done) {
        return fail(done.error());
    }
    if (o.as_json) std::cout << "{\"erased\":" << rows->size() << "}\n";
    else std::cout << rows->size() << " personal rows erased; copies and exports made before hold "
                                      "them still\n";
    return 0;
}

int erase(const JournalOptions& o) {
    return erase_rows(o, rows_to_erase, "no such person in it");
}

int purge(const JournalOptions& o) {
    return erase_rows(
        o, [](Journal& journal, const JournalOptions&) { return superseded_persons(journal); },
        "no row in it was superseded");
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
    for (const std::string& line : (*engine)->report()) {
        std::cerr << "jedel journal: " << o.url << ": " << line << '\n';
    }
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
    CLI::App* copy = add("backup", "Make a sound copy of a journal, also of one in use", backup);
    copy->add_option("FILE", o->file, "Where to; must not be there yet")->required();
    CLI::App* gone = add("erase",
                         "Erase personal rows for good, from free pages and logs too; the chain "
                         "stays sound and says who erased and why. The room must be closed",
                         erase);
    gone->add_option("--incident", o->incidents, "All rows of an incident");
    gone->add_option("--ref", o->refs, "One row by its number");
    gone->add_option("--iin", o->iin, "All rows with this IIN; - reads it from standard input");
    CLI::App* old = add("purge",
                        "Erase the personal rows that newer rows of the same call, place or "
                        "patient took the place of. The room must be closed",
                        purge);
    for (CLI::App* sub : {gone, old}) {
        sub->add_option("--actor", o->actor, "Who erases");
        sub->add_option("--seat", o->seat, "At which seat; data/law/rights.toml says which may");
        sub->add_option("--reason", o->reason, "Why");
    }
    CLI::App* fold = add("state", "Print the hash of the state that the events fold to", state);
    fold->add_flag("--whole", o->whole, "Print the whole state as one line of JSON");
}

}  // namespace jedel::cli
