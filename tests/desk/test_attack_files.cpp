// Files of a journal under attack: its names, its tables, its copies, what is left of a person.

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <sstream>

#include "dispatch/journal/rows.h"
#include "tests/journal/attack.h"

using namespace jedel;
using namespace jedel::test;
namespace fs = std::filesystem;

TEST_CASE("of two names of one journal only one can be written, whatever kind of name it is") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel"), other = folder.file("other.jedel");
    auto first = open_journal(folder.url());
    REQUIRE(first);
    fs::create_symlink(path, other);
    CHECK(open_journal("sqlite:" + other).error().message.find("in use") != std::string::npos);
    fs::remove(path + "-lock");
    CHECK(open_journal(folder.url()).error().message.find("in use") != std::string::npos);
    fs::remove(other);
    fs::create_hard_link(path, other);
    CHECK(open_journal("sqlite:" + other).error().message.find("hard links") != std::string::npos);
    fs::remove(other);
    // A link that leads nowhere, or to itself, is no empty journal.
    fs::create_symlink(folder.file("nowhere"), other);
    CHECK_FALSE(open_journal("sqlite:" + other));
    CHECK_FALSE(fs::exists(folder.file("nowhere")));
    fs::remove(other);
    fs::create_symlink(other, other);
    CHECK_FALSE(open_journal("sqlite:" + other));
    // A link planted where the program writes is not followed.
    put_bytes_into(folder.file("precious"), "mine");
    for (const char* suffix : {"-lock", "-head", "-key-new", "-wal"}) {
        INFO(suffix);
        const std::string planted = folder.file("planted.jedel");
        fs::remove(planted + suffix);
        fs::create_symlink(folder.file("precious"), planted + suffix);
        static_cast<void>(open_journal("sqlite:" + planted));
        CHECK(read_file(folder.file("precious")).value() == "mine");
        for (const char* each : {"", "-lock", "-head", "-key-new", "-wal", "-shm", "-key"}) {
            fs::remove(planted + each);
        }
    }
}

TEST_CASE("a journal that is taken away or replaced while open acknowledges nothing more") {
    for (const bool replaced : {false, true}) {
        const TempFolder folder;
        const std::string path = folder.file("room.jedel");
        auto engine = engine_at(folder.url());
        events_or_fail(engine->perform(envelope("1", ReceiveCall{}), morning));
        fs::rename(path, folder.file("elsewhere"));
        if (replaced) put_bytes_into(path, "another");
        const Outcome outcome = engine->perform(envelope("2", ReceiveCall{}), morning);
        REQUIRE(std::holds_alternative<Error>(outcome));
        CHECK(std::get<Error>(outcome).message.find("taken away") != std::string::npos);
        CHECK(engine->failure());
    }
}

TEST_CASE("another program that holds the journal is waited for and breaks nothing") {
    const TempFolder folder;
    auto engine = engine_at(folder.url());
    events_or_fail(engine->perform(envelope("1", ReceiveCall{}), morning));
    Store& store = engine->journal().store();
    std::chrono::milliseconds waited{0};
    store.on_waiting([&](std::chrono::milliseconds so_long) { waited = so_long; });
    store.wait_at_most(std::chrono::milliseconds{1300});
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(folder.file("room.jedel").c_str(), &other) == SQLITE_OK);
    sqlite3_db_config(other, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    const Outcome held = engine->perform(envelope("2", ReceiveCall{}), morning);
    REQUIRE(std::holds_alternative<Error>(held));
    CHECK(waited >= std::chrono::milliseconds{1000});
    CHECK_FALSE(engine->failure());
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    events_or_fail(engine->perform(envelope("2", ReceiveCall{}), morning));
    sqlite3_close(other);
    CHECK(engine->state().seq == 2);
}

TEST_CASE("tampering with tables is seen, and what was not stored is not acknowledged") {
    struct Case {
        const char* sql;
        const char* seen;
    };
    for (const Case& c : std::vector<Case>{
             {"DROP TRIGGER event_is_never_changed", "event_is_never_changed"},
             {"CREATE TRIGGER t BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END", "'t'"},
             {"CREATE TRIGGER t AFTER INSERT ON command BEGIN DELETE FROM command; END", "'t'"},
             {"DELETE FROM command WHERE id = 'a5'", "command"},
             {"UPDATE command SET first_seq = 1, last_seq = 1 WHERE id = 'a5'", "command"},
             {"DELETE FROM active_assignment; INSERT INTO active_assignment VALUES(9,9,9)",
              "guard"},
             {"CREATE VIEW v AS SELECT 1", "'v'"},
             {"CREATE UNIQUE INDEX i ON event(actor, at, kind, payload)", "'i'"}}) {
        INFO(c.sql);
        const TempFolder folder;
        const std::string path = folder.file("room.jedel");
        int number = 0;
        make_calls(*engine_at(folder.url()), 2, number);
        if (try_sql(path, c.sql) != SQLITE_OK) continue;
        CHECK(mentions(verify_journal(folder.url())->problems, c.seen));
        {
            auto engine = engine_at(folder.url());
            make_calls(*engine, 1, number);
            CHECK(engine->state().closed_total == 3);
        }
        CHECK(engine_at(folder.url())->state().closed_total == 3);
    }
}

TEST_CASE("a trigger planted in a journal that is open keeps nothing from being said") {
    const TempFolder folder;
    auto engine = engine_at(folder.url());
    events_or_fail(engine->perform(envelope("1", ReceiveCall{}), morning));
    sql_on(folder.file("room.jedel"),
           "CREATE TRIGGER t BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END");
    const Outcome outcome = engine->perform(envelope("2", ReceiveCall{}), morning);
    CHECK(std::holds_alternative<Error>(outcome));
    CHECK(engine->state().seq == 1);
}

TEST_CASE("a view in the place of a table, one without end too, is refused at once") {
    for (const char* table : {"event", "command", "personal", "snapshot", "meta"}) {
        INFO(table);
        const TempFolder folder;
        const std::string path = folder.file("room.jedel");
        int number = 0;
        make_calls(*engine_at(folder.url()), 1, number);
        sql_on(path, std::string{"DROP TABLE "} + table + "; CREATE VIEW " + table +
                         " AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n) "
                         "SELECT seq FROM n");
        CHECK_FALSE(open_journal(folder.url()));
        CHECK_FALSE(verify_journal(folder.url()));
    }
}

TEST_CASE("a forged snapshot is not started from, whatever its hashes say") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    int number = 0;
    {
        auto engine = engine_at(folder.url());
        make_calls(*engine, 2, number);
        REQUIRE(engine->save_snapshot());
    }
    State lie;
    {
        auto engine = engine_at(folder.url());
        lie.seq = engine->state().seq;
        lie.closed_total = 77;
    }
    const std::string forged = encode_state(lie);
    sql_on(path, "UPDATE snapshot SET state = '" + forged + "', state_hash = x'" +
                     to_hex(hash_of(forged)) + "'");
    CHECK_FALSE(verify_journal(folder.url())->problems.empty());
    const auto engine = engine_at(folder.url());
    CHECK(engine->state().closed_total == 2);
    CHECK(mentions(engine->report(), "its seal does not fit"));
}

TEST_CASE("an erased person leaves no byte in any file of the journal") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    const std::string name = "Өте-Сирек Есімді";
    auto engine = engine_at(folder.url());
    ReceiveCall call;
    call.personal.patient_name = name;
    call.personal.iin = "991231500016";
    events_or_fail(engine->perform(envelope("1", call), morning));
    int number = 0;
    make_calls(*engine, 20, number);
    const auto holds_it = [&] {
        for (const auto& [suffix, bytes] : files_of(path)) {
            if (bytes.find(name) != std::string::npos) return true;
        }
        return false;
    };
    CHECK(holds_it());
    const auto rows = engine->journal().find_persons(
        [](const PersonalRecord& record) { return record.iin == "991231500016"; });
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    REQUIRE(engine->journal().erase(*rows, "doctor", Seat::senior_doctor, "asked", morning));
    CHECK_FALSE(holds_it());
    engine.reset();
    CHECK_FALSE(holds_it());
    CHECK(verify_journal(folder.url())->problems.empty());
    // The command that brought it is still answered, and no digest of it is left to guess at.
    engine = engine_at(folder.url());
    CHECK(engine->journal().find_command("1")->value().digest.empty());
}

TEST_CASE("a copy of a living journal is sound by itself") {
    const TempFolder folder;
    const std::string copy = folder.file("copy.jedel");
    auto engine = engine_at(folder.url());
    int number = 0;
    make_calls(*engine, 3, number);
    const auto head = backup_journal(folder.url(), copy);
    INFO((head ? std::string{} : head.error().text()));
    REQUIRE(head);
    CHECK(head->seq == engine->state().seq);
    CHECK_FALSE(backup_journal(folder.url(), copy));
    make_calls(*engine, 1, number);
    const auto report = verify_journal("sqlite:" + copy);
    REQUIRE(report);
    CHECK(report->problems.empty());
    CHECK(report->personal_rows == 3);
    struct stat found {};
    REQUIRE(::stat(copy.c_str(), &found) == 0);
    CHECK((found.st_mode & 077) == 0);
    auto second = engine_at("sqlite:" + copy);
    make_calls(*second, 1, number);
}

TEST_CASE("without its key a journal opens, and says that personal rows cannot be checked") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    int number = 0;
    make_calls(*engine_at(folder.url()), 2, number);
    fs::remove(path + "-key");
    CHECK(mentions(verify_journal(folder.url())->problems, "key"));
    auto engine = engine_at(folder.url());
    CHECK(mentions(engine->report(), "a new key was made"));
    make_calls(*engine, 1, number);
    CHECK(engine->journal().personal({1})->has_value());
}
