// What the journal takes, gives back, and refuses.

#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "dispatch/core/codec.h"
#include "dispatch/journal/journal.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

NewEvent received(std::uint64_t incident, const std::string& command) {
    CallReceived e;
    e.incident = {incident};
    e.received_at = morning;
    e.person = PersonRef{incident};
    return {.at = morning, .actor = "tester", .seat = Seat::call_taker, .command_id = command,
            .event = e};
}

NewEvent assigned(std::uint64_t assignment, std::uint64_t brigade, const std::string& command) {
    BrigadeAssigned e;
    e.task = {assignment};
    e.incident = {1};
    e.brigade = {brigade};
    return {.at = morning, .actor = "tester", .seat = Seat::dispatcher, .command_id = command,
            .event = e};
}

PersonalRecord person(std::uint64_t ref) {
    PersonalRecord p;
    p.ref = {ref};
    p.incident = {1};
    p.iin = "991231500016";
    p.words = "көмектесіңіздер";
    return p;
}

std::vector<std::string> kinds(Journal& journal, std::uint64_t after = 0) {
    std::vector<std::string> out;
    REQUIRE(journal.read(after, [&](const JournalEvent& e) {
        out.push_back(std::to_string(e.seq) + " " + std::string{kind_of(e.event)});
    }));
    return out;
}

/// Runs SQL on the file as a person with a tool would; gives SQLite's code.
int run_sql(const std::string& path, const char* sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    sqlite3_close(database);
    return code;
}

}  // namespace

TEST_CASE("what was appended is read back in order after closing and opening") {
    const TempFolder folder;
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        auto head = (*journal)->append({.expected_seq = 0,
                                        .events = {received(1, "a"), assigned(1, 7, "a")},
                                        .personal = {person(1)}});
        REQUIRE(head);
        CHECK(head->seq == 2);
        REQUIRE((*journal)->append({.expected_seq = 2, .events = {received(2, "b")},
                                    .personal = {}}));
    }
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK((*journal)->head().seq == 3);
    CHECK((*journal)->warning().empty());
    CHECK(kinds(**journal) ==
          std::vector<std::string>{"1 call_received", "2 brigade_assigned", "3 call_received"});
    CHECK(kinds(**journal, 2) == std::vector<std::string>{"3 call_received"});
    const auto stored = (*journal)->personal({1});
    REQUIRE(stored);
    REQUIRE(stored->has_value());
    CHECK(**stored == person(1));
    CHECK_FALSE((*journal)->personal({2})->has_value());
}

TEST_CASE("a command id gives the events it was answered with, and nothing when it is new") {
    auto journal = open_journal("sqlite::memory:");
    REQUIRE(journal);
    REQUIRE((*journal)->append({.expected_seq = 0,
                                .events = {received(1, "a"), assigned(1, 7, "a")},
                                .personal = {}}));
    const auto known = (*journal)->of_command("a");
    REQUIRE(known);
    REQUIRE(known->size() == 2);
    CHECK((*known)[1].seq == 2);
    CHECK((*known)[1].command_id == "a");
    CHECK((*journal)->of_command("b")->empty());
}

TEST_CASE("an append on another head than expected stores nothing and harms nothing") {
    auto journal = open_journal("sqlite::memory:");
    REQUIRE(journal);
    const auto refused =
        (*journal)->append({.expected_seq = 5, .events = {received(1, "a")}, .personal = {}});
    REQUIRE_FALSE(refused);
    CHECK(refused.is_behind());
    CHECK(refused->seq == 0);
    CHECK((*journal)->append({.expected_seq = 0, .events = {received(1, "a")}, .personal = {}}));
}

TEST_CASE("the store itself refuses a second active assignment of a brigade, whole append undone") {
    const TempFolder folder;
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    REQUIRE((*journal)->append({.expected_seq = 0, .events = {assigned(1, 7, "a")},
                                .personal = {}}));
    const auto refused = (*journal)->append({.expected_seq = 1,
                                             .events = {received(2, "b"), assigned(2, 7, "b")},
                                             .personal = {person(1)}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("brigade 7") != std::string::npos);
    CHECK((*journal)->head().seq == 1);
    // An error on append is fatal for the writer.
    CHECK_FALSE((*journal)->append({.expected_seq = 1, .events = {received(2, "c")},
                                    .personal = {}}));
    journal->reset();
    auto again = open_journal(folder.url());
    REQUIRE(again);
    CHECK(kinds(**again) == std::vector<std::string>{"1 brigade_assigned"});
    CHECK_FALSE((*again)->personal({1})->has_value());
}

TEST_CASE("the guard lets a brigade be sent again after its assignment ended") {
    auto journal = open_journal("sqlite::memory:");
    REQUIRE(journal);
    AssignmentEnded ended;
    ended.task = {1};
    ended.incident = {1};
    ended.brigade = {7};
    const NewEvent end{.at = morning, .actor = "tester", .seat = Seat::dispatcher,
                       .command_id = "b", .event = ended};
    REQUIRE((*journal)->append({.expected_seq = 0, .events = {assigned(1, 7, "a")},
                                .personal = {}}));
    REQUIRE((*journal)->append({.expected_seq = 1, .events = {end}, .personal = {}}));
    CHECK((*journal)->append({.expected_seq = 2, .events = {assigned(2, 7, "c")},
                              .personal = {}}));
}

TEST_CASE("a batch is stored by its commit, all of it or nothing") {
    const TempFolder folder;
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        REQUIRE((*journal)->begin_batch());
        REQUIRE((*journal)->append({.expected_seq = 0, .events = {received(1, "a")},
                                    .personal = {}}));
        REQUIRE((*journal)->append({.expected_seq = 1, .events = {received(2, "b")},
                                    .personal = {}}));
        REQUIRE((*journal)->commit_batch());
        REQUIRE((*journal)->begin_batch());
        REQUIRE((*journal)->append({.expected_seq = 2, .events = {received(3, "c")},
                                    .personal = {}}));
        CHECK((*journal)->head().seq == 3);
    }
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK((*journal)->head().seq == 2);
}

TEST_CASE("events can be neither changed nor deleted with SQL") {
    const TempFolder folder;
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        REQUIRE((*journal)->append({.expected_seq = 0, .events = {received(1, "a")},
                                    .personal = {person(1)}}));
    }
    const std::string path = folder.file("room.jedel");
    CHECK(run_sql(path, "UPDATE event SET payload = '{}'") == SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "DELETE FROM event") == SQLITE_CONSTRAINT);
    auto journal = open_journal(folder.url(), JournalMode::read_only);
    REQUIRE(journal);
    CHECK((*journal)->head().seq == 1);
}

TEST_CASE("a person is erased without touching the chain, and a row taken away is not erased") {
    const TempFolder folder;
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        REQUIRE((*journal)->append({.expected_seq = 0, .events = {received(1, "a")},
                                    .personal = {person(1)}}));
    }
    REQUIRE(run_sql(folder.file("room.jedel"), "DELETE FROM personal WHERE ref = 1") == SQLITE_OK);
    const auto taken = verify_journal(folder.url());
    REQUIRE(taken);
    REQUIRE(taken->problems.size() == 1);
    CHECK(taken->problems[0].find("personal row 1 is missing") != std::string::npos);
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        const std::vector<PersonRef> refs{{1}};
        REQUIRE((*journal)->erase(refs, "doctor", Seat::senior_doctor, "asked for it", morning));
    }
    const auto report = verify_journal(folder.url());
    REQUIRE(report);
    CHECK(report->problems.empty());
    CHECK(report->erased_rows == 1);
    auto journal = open_journal(folder.url(), JournalMode::read_only);
    REQUIRE(journal);
    CHECK_FALSE((*journal)->personal({1})->has_value());
}

TEST_CASE("a journal is for its owner's eyes only") {
    const TempFolder folder;
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    REQUIRE((*journal)->append({.expected_seq = 0, .events = {received(1, "a")}, .personal = {}}));
    namespace fs = std::filesystem;
    for (const char* name : {"room.jedel", "room.jedel-wal", "room.jedel-lock", "room.jedel-head",
                             "room.jedel-key"}) {
        const auto others = fs::perms::group_all | fs::perms::others_all;
        CHECK((fs::status(folder.file(name)).permissions() & others) == fs::perms::none);
    }
}

TEST_CASE("fixes stream past the chain; the latest of each brigade is kept") {
    auto journal = open_journal("sqlite::memory:");
    REQUIRE(journal);
    const Fix old{.place = {43.1, 76.1}, .at = morning};
    const Fix now{.place = {43.2, 76.2}, .at = morning + std::chrono::seconds{30},
                  .source = Source::tracker, .speed_kmh = 42, .heading_deg = 185};
    const std::vector<std::pair<BrigadeId, Fix>> fixes{{{3}, now}, {{3}, old}, {{1}, old}};
    REQUIRE((*journal)->append_fixes(fixes, morning));
    const auto latest = (*journal)->latest_fixes();
    REQUIRE(latest);
    REQUIRE(latest->size() == 2);
    CHECK((*latest)[0] == std::pair{BrigadeId{1}, old});
    CHECK((*latest)[1] == std::pair{BrigadeId{3}, now});
    CHECK((*journal)->head().seq == 0);
}

TEST_CASE("a snapshot comes back only for the chain it was made on") {
    const TempFolder folder;
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK_FALSE((*journal)->load_snapshot()->has_value());
    REQUIRE((*journal)->append({.expected_seq = 0, .events = {received(1, "a")}, .personal = {}}));
    CHECK_FALSE((*journal)->save_snapshot({.seq = 9, .state = "{}"}));
    REQUIRE((*journal)->save_snapshot({.seq = 1, .state = R"({"seq":1})"}));
    auto snapshot = (*journal)->load_snapshot();
    REQUIRE(snapshot);
    REQUIRE(snapshot->has_value());
    CHECK((*snapshot)->seq == 1);
    CHECK((*snapshot)->state == R"({"seq":1})");
    journal->reset();
    REQUIRE(run_sql(folder.file("room.jedel"), "UPDATE snapshot SET state = '{\"seq\":2}'") ==
            SQLITE_OK);
    journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK_FALSE((*journal)->load_snapshot()->has_value());
}
