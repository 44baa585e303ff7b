// A file of format 1 is read as it is, lifted by its first writer, and stays the same journal.

#include <sstream>

#include "dispatch/journal/chain.h"
#include "tests/journal/attack.h"
#include "tests/journal/samples.h"

using namespace jedel;
using namespace jedel::test;

namespace {

std::string sql_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string{"''"} : std::string{c};
    return out + "'";
}

/// A file as the first program left it: its tables, events with their hashes, personal rows.
Head make_format_1(const std::string& path) {
    std::string sql =
        read_file(std::string{JEDEL_SOURCE_DIR} + "/data/journals/format-1.sql").value();
    Head head;
    std::string buffer;
    for (const NewEvent& event : every_kind()) {
        const std::string payload = encode_payload(event.event);
        const StoredEvent row{.seq = head.seq + 1,
                              .at_ms = event.at.ms,
                              .actor = event.actor,
                              .seat = name_of(event.seat),
                              .command_id = event.command_id,
                              .kind = kind_of(event.event),
                              .version = version_of(event.event),
                              .payload = payload,
                              .attached = {}};
        head = Head{row.seq, chain_hash(head.hash, row, buffer)};
        sql += "INSERT INTO event VALUES(" + std::to_string(row.seq) + "," +
               std::to_string(row.at_ms) + "," + sql_text(row.actor) + "," + sql_text(row.seat) +
               "," +
               sql_text(row.command_id) + "," + sql_text(row.kind) + "," +
               std::to_string(row.version) + "," + sql_text(row.payload) + ",x'" +
               to_hex(head.hash) + "');INSERT INTO command VALUES(" + sql_text(row.command_id) +
               "," + std::to_string(row.seq) + "," + std::to_string(row.seq) + ");";
    }
    for (const PersonalRecord& record : every_person()) {
        sql += "INSERT INTO personal VALUES(" + std::to_string(record.ref.value) + "," +
               std::to_string(record.incident.value) + "," + sql_text(encode_personal(record)) +
               ");";
    }
    // Snapshots of that time had no seal: the events are folded instead.
    sql += "INSERT INTO snapshot VALUES(" + std::to_string(head.seq) + ",1,x'" +
           to_hex(head.hash) + "',x'" + to_hex(hash_of("{}")) + "','{}');";
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    char* message = nullptr;
    const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
    INFO((message != nullptr ? message : ""));
    REQUIRE(code == SQLITE_OK);
    sqlite3_close(database);
    return head;
}

}  // namespace

TEST_CASE("a journal of format 1 is read without being changed") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    const Head head = make_format_1(path);
    const std::string before = read_file(path).value();
    auto journal = open_journal(folder.url(), JournalMode::read_only);
    INFO((journal ? std::string{} : journal.error().text()));
    REQUIRE(journal);
    CHECK((*journal)->head() == head);
    CHECK((*journal)->warning().empty());
    CHECK((*journal)->personal({2})->value() == every_person()[1]);
    std::ostringstream out;
    CHECK(export_journal(folder.url(), out, true).value() == head.seq);
    CHECK(read_file(path).value() == before);
}

TEST_CASE("the first writer lifts a journal of format 1, which keeps its hashes and rows") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    const Head head = make_format_1(path);
    {
        auto journal = open_journal(folder.url());
        INFO((journal ? std::string{} : journal.error().text()));
        REQUIRE(journal);
        CHECK((*journal)->mode() == JournalMode::read_write);
        CHECK((*journal)->head() == head);
        CHECK(mentions((*journal)->report(), "format 1"));
        CHECK((*journal)->of_command("golden-3")->size() == 1);
    }
    const auto report = verify_journal(folder.url());
    REQUIRE(report);
    for (const std::string& problem : report->problems) UNSCOPED_INFO(problem);
    // The guard was never filled above; all else must be as it was.
    CHECK(report->sound_until == head.seq);
    CHECK(report->personal_rows == every_person().size());
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK((*journal)->report().empty());
    // Rows of then are covered from now on.
    journal->reset();
    sql_on(path, "UPDATE personal SET body = replace(body, '12', '13') WHERE ref = 2");
    CHECK(mentions(verify_journal(folder.url())->problems, "personal row 2 was changed"));
}
