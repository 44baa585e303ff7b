// Damaged, foreign, newer and unreachable files: refused, or shown up to the last sound event.

#include <rapidcheck.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "base/install.h"
#include "dispatch/core/codec.h"
#include "tests/journal/samples.h"

using namespace jedel;
using namespace jedel::test;

namespace {

const std::uint64_t events_in_sample = 10 * every_kind().size();

/// A journal of ten times every kind of event, closed; gives its bytes.
std::string sample_bytes() {
    const TempFolder folder;
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        for (int round = 0; round < 10; ++round) {
            auto events = every_kind();
            for (NewEvent& event : events) event.command_id += "." + std::to_string(round);
            const auto stored = (*journal)->append({.expected_seq = (*journal)->head().seq,
                                                    .events = events,
                                                    .personal = {}});
            INFO((stored ? std::string{} : stored.error().text()));
            REQUIRE(stored);
        }
        REQUIRE((*journal)->head().seq == events_in_sample);
    }
    return read_file(folder.file("room.jedel")).value();
}

void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream out{path, std::ios::binary};
    out << bytes;
}

std::vector<std::string> events_of(Journal& journal, std::string& error) {
    std::vector<std::string> out;
    const auto read = journal.read(
        0, [&](const JournalEvent& e) { out.push_back(encode_event_line(e)); });
    if (!read) error = read.error().text();
    return out;
}

std::vector<std::string> sample_events(const std::string& bytes) {
    const TempFolder folder;
    write_bytes(folder.file("whole"), bytes);
    auto journal = open_journal("sqlite:" + folder.file("whole"));
    REQUIRE(journal);
    std::string error;
    auto out = events_of(**journal, error);
    REQUIRE(error.empty());
    REQUIRE(out.size() == events_in_sample);
    return out;
}

void run_sql(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    char* message = nullptr;
    const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
    INFO((message != nullptr ? message : ""));
    CHECK(code == SQLITE_OK);
    sqlite3_close(database);
}

/// Opens for writing what was damaged with SQL; expects it read-only up to `sound`.
void check_read_only(const std::string& bytes, const std::string& sql, std::uint64_t sound,
                     const std::string& words) {
    INFO(sql);
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    write_bytes(path, bytes);
    run_sql(path,
            "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;" + sql);
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK((*journal)->mode() == JournalMode::read_only);
    CHECK((*journal)->head().seq == sound);
    INFO((*journal)->warning());
    CHECK((*journal)->warning().find(words) != std::string::npos);
    std::string error;
    CHECK(events_of(**journal, error).size() == sound);
    CHECK(error.empty());
    CHECK_FALSE((*journal)->append({.expected_seq = sound, .events = every_kind(),
                                    .personal = {}}));
    const auto report = verify_journal(folder.url());
    REQUIRE(report);
    CHECK_FALSE(report->problems.empty());
    CHECK(report->sound_until == sound);
}

}  // namespace

TEST_CASE("a changed, missing or forged event leaves the journal readable up to the one before") {
    const std::string bytes = sample_bytes();
    for (const char* column : {"at = at + 1", "actor = 'x'", "seat = seat || 'x'",
                               "command_id = 'x'", "kind = kind || 'x'", "version = 9",
                               "payload = replace(payload, ':', ' :')"}) {
        check_read_only(bytes, std::string{"UPDATE event SET "} + column + " WHERE seq = 52", 51,
                        "event 52 was changed");
    }
    check_read_only(bytes, "UPDATE event SET hash = zeroblob(32) WHERE seq = 60", 59, "event 60");
    check_read_only(bytes, "UPDATE event SET hash = x'00' WHERE seq = 60", 59, "event 60");
    check_read_only(bytes, "DELETE FROM event WHERE seq = 33", 32, "event 33 is missing");
    check_read_only(bytes, "DELETE FROM event WHERE seq = 1", 0, "event 1 is missing");
}

TEST_CASE("events that vanished from the end are found by verification") {
    const std::string bytes = sample_bytes();
    const TempFolder folder;
    write_bytes(folder.file("room.jedel"), bytes);
    run_sql(folder.file("room.jedel"),
            "DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE seq > 100");
    const auto report = verify_journal(folder.url());
    REQUIRE(report);
    CHECK(report->sound_until == 100);
    REQUIRE_FALSE(report->problems.empty());
    const std::string end = "up to event " + std::to_string(events_in_sample);
    CHECK(report->problems[0].find(end) != std::string::npos);
}

TEST_CASE("a sound journal has no problems, and a snapshot that lies is one") {
    const TempFolder folder;
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        REQUIRE(write_every_kind(**journal));
        State state;
        REQUIRE((*journal)->read(0, [&](const JournalEvent& e) { apply(state, e); }));
        REQUIRE((*journal)->save_snapshot({.seq = state.seq, .state = encode_state(state)}));
    }
    const auto sound = verify_journal(folder.url());
    REQUIRE(sound);
    CHECK(sound->problems.empty());
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        State lie;
        lie.seq = (*journal)->head().seq;
        lie.closed_total = 7;
        REQUIRE((*journal)->save_snapshot({.seq = lie.seq, .state = encode_state(lie)}));
    }
    const auto report = verify_journal(folder.url());
    REQUIRE(report);
    REQUIRE(report->problems.size() == 1);
    CHECK(report->problems[0].find("not the fold") != std::string::npos);
}

TEST_CASE("one flipped bit anywhere never changes an event that is shown") {
    const std::string bytes = sample_bytes();
    const auto whole = sample_events(bytes);
    REQUIRE(rc::check([&] {
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        const auto bit = *rc::gen::inRange(0, 8);
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
        const TempFolder folder;
        write_bytes(folder.file("room.jedel"), damaged);
        auto journal = open_journal(folder.url());
        if (!journal) {
            RC_ASSERT_FALSE(journal.error().message.empty());
            return;
        }
        std::string error;
        const auto shown = events_of(**journal, error);
        RC_ASSERT(error.empty());
        RC_ASSERT(shown.size() <= whole.size());
        RC_ASSERT(std::equal(shown.begin(), shown.end(), whole.begin()));
        RC_ASSERT((shown.size() == whole.size()) == (*journal)->warning().empty() ||
                  (*journal)->mode() == JournalMode::read_only);
    }));
}

TEST_CASE("a file that has lost its end is shown up to its last sound event") {
    const std::string bytes = sample_bytes();
    const auto whole = sample_events(bytes);
    std::size_t most = 0;
    for (std::size_t size = 4096; size < bytes.size(); size += 4096) {
        const TempFolder folder;
        write_bytes(folder.file("room.jedel"), bytes.substr(0, size));
        auto journal = open_journal(folder.url());
        if (!journal) continue;  // not even the tables' names are left
        CHECK((*journal)->mode() == JournalMode::read_only);
        CHECK((*journal)->warning().find("damaged") != std::string::npos);
        std::string error;
        const auto shown = events_of(**journal, error);
        CHECK(error.empty());
        CHECK(shown.size() < whole.size());
        CHECK(std::equal(shown.begin(), shown.end(), whole.begin()));
        most = std::max(most, shown.size());
    }
    CHECK(most > 0);
}

TEST_CASE("what is no journal of this program is refused and left as it is") {
    const TempFolder folder;
    struct Case {
        const char* name;
        std::string bytes;
        const char* words;
    };
    const std::string other = folder.file("other");
    run_sql(other, "CREATE TABLE t(x)");
    const std::vector<Case> cases{{"empty", "", "empty"},
                                  {"text", std::string(5000, 'x'), "not a journal"},
                                  {"other", read_file(other).value(), "not a journal"}};
    for (const Case& c : cases) {
        INFO(c.name);
        write_bytes(folder.file(c.name), c.bytes);
        for (const JournalMode mode : {JournalMode::read_write, JournalMode::read_only}) {
            const auto refused = open_journal(folder.url(c.name), mode);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().message.find(c.words) != std::string::npos);
            CHECK(refused.error().where == folder.url(c.name));
        }
        CHECK(read_file(folder.file(c.name)).value() == c.bytes);
    }
}

TEST_CASE("a journal of a newer format is refused by name of the format and left as it is") {
    const TempFolder folder;
    write_bytes(folder.file("room.jedel"), sample_bytes());
    run_sql(folder.file("room.jedel"), "PRAGMA user_version = 3");
    const std::string before = read_file(folder.file("room.jedel")).value();
    const auto refused = open_journal(folder.url());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("format 3") != std::string::npos);
    CHECK_FALSE(verify_journal(folder.url()));
    CHECK(read_file(folder.file("room.jedel")).value() == before);
}

TEST_CASE("a missing folder, a folder as file and a wrong URL are one clear line each") {
    const TempFolder folder;
    CHECK(open_journal(folder.url("no/such/room")).error().message.find("does not exist") !=
          std::string::npos);
    CHECK(open_journal("sqlite:" + folder.file("")).error().message.find("plain file") !=
          std::string::npos);
    CHECK(open_journal(folder.url("none"), JournalMode::read_only).error().message.find(
              "No such file") != std::string::npos);
    CHECK(open_journal("sqlite:").error().message.find("expected sqlite:PATH") !=
          std::string::npos);
    CHECK(open_journal("mysql://x").error().message.find("expected sqlite:PATH") !=
          std::string::npos);
}

TEST_CASE("a log left without its journal is not taken for a new room") {
    const TempFolder folder;
    write_bytes(folder.file("room.jedel-wal"), "x");
    const auto refused = open_journal(folder.url());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("-wal") != std::string::npos);
}
