// What was done to journals to break them: each kind once, swept where there is a range.

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <sstream>

#include "dispatch/journal/rows.h"
#include "tests/journal/attack.h"

using namespace jedel;
using namespace jedel::test;
namespace fs = std::filesystem;

TEST_CASE("a personal row that was changed in any way costs that row, is named, the room opens") {
    for (const char* change :
         {"body = replace(body, 'ауырып', 'ауырып!')", "body = 'x'", "body = ''",
          "salt = zeroblob(16)", "digest = ''", "digest = 'x'", "incident = 99",
          "body = (SELECT body FROM personal WHERE ref = 2)"}) {
        INFO(change);
        const TempFolder folder;
        const std::string path = folder.file("room.jedel");
        int number = 0;
        make_calls(*engine_at(folder.url()), 3, number);
        sql_on(path, std::string{"UPDATE personal SET "} + change + " WHERE ref = 1");
        const auto report = verify_journal(folder.url());
        REQUIRE(report);
        CHECK(mentions(report->problems, "personal row 1"));
        CHECK_FALSE(mentions(report->problems, "personal row 2"));
        const auto engine = engine_at(folder.url());
        CHECK(engine->journal().mode() == JournalMode::read_write);
        CHECK(engine->state().closed_total == 3);
        make_calls(*engine, 1, number);
        std::ostringstream out;
        const auto lines = export_lines(folder.url(), out, true);
        REQUIRE(lines);
        CHECK(lines->personal >= 3);
    }
}

TEST_CASE("a personal row that was taken away is told from one that was erased") {
    const TempFolder folder;
    int number = 0;
    make_calls(*engine_at(folder.url()), 3, number);
    sql_on(folder.file("room.jedel"), "DELETE FROM personal WHERE ref = 2");
    CHECK(mentions(verify_journal(folder.url())->problems, "personal row 2 is missing"));
    // A record of an erasure that this room did not make says nothing.
    sql_on(folder.file("room.jedel"),
           "INSERT INTO erasure VALUES(2, 1, 'x', 'senior_doctor', 'x', "
           "(SELECT substr(digest, 1, 8) || 'x' FROM personal WHERE ref = 1))");
    CHECK(mentions(verify_journal(folder.url())->problems, "personal row 2 is missing"));
}

TEST_CASE("a tail that was lost in any way is said with how many and from when, and kept aside") {
    const Files whole = files_of_killed_room(8);
    REQUIRE(whole.at("-wal").size() > 8 * 4096);
    struct Case {
        const char* name;
        std::function<void(Files&)> harm;
    };
    const std::vector<Case> cases{
        {"no log", [](Files& f) { f.erase("-wal"); }},
        {"an empty log", [](Files& f) { f["-wal"].clear(); }},
        {"half a log", [](Files& f) { f["-wal"].resize(f["-wal"].size() / 2); }},
        {"no last frame", [](Files& f) { f["-wal"].resize(f["-wal"].size() - 4120); }},
        {"zeroed pages",
         [](Files& f) { f["-wal"].replace(f["-wal"].size() / 3, 4096, 4096, '\0'); }},
        {"the file alone",
         [](Files& f) {
             f.erase("-wal");
             f.erase("-head");
         }},
        {"no log and a damaged head",
         [](Files& f) {
             f.erase("-wal");
             f["-head"][30] ^= 1;
         }},
    };
    for (const Case& c : cases) {
        INFO(c.name);
        const TempFolder folder;
        const std::string path = folder.file("room.jedel");
        Files files = whole;
        c.harm(files);
        put_files(path, files);
        if (files.contains("-wal") && files.at("-wal").empty()) files.erase("-wal");
        const auto report = verify_journal(folder.url());
        REQUIRE(report);
        CHECK(mentions(report->problems, "it "));
        {
            auto journal = open_journal(folder.url());
            REQUIRE(journal);
            CHECK((*journal)->mode() == JournalMode::read_only);
            INFO((*journal)->warning());
            CHECK((*journal)->warning().find(files.contains("-head") && files.at("-head") ==
                                                     whole.at("-head")
                                                 ? "acknowledged events are lost"
                                                 : "how many events are missing cannot be known") !=
                  std::string::npos);
        }
        CHECK(files_of(path) == files);  // looking changes nothing
        const auto accepted = open_journal(
            folder.url(), {.mode = JournalMode::read_write, .accept_loss = true});
        INFO((accepted ? std::string{} : accepted.error().text()));
        REQUIRE(accepted);
        CHECK((*accepted)->mode() == JournalMode::read_write);
        CHECK(mentions((*accepted)->report(), "the old files are kept in"));
        bool kept = false;
        for (const auto& entry : fs::directory_iterator{fs::path{path}.parent_path()}) {
            if (!entry.is_directory()) continue;
            kept = files_of((entry.path() / "room.jedel").string()) == files;
        }
        CHECK(kept);
    }
}

TEST_CASE("one flipped bit anywhere in the log never loses an acknowledged event in silence") {
    const Files whole = files_of_killed_room(3);
    const std::size_t size = whole.at("-wal").size();
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    put_files(path, whole);
    const std::uint64_t acknowledged =
        open_journal(folder.url(), JournalMode::read_only).value()->head().seq;
    int silent = 0, said = 0;
    for (std::size_t at = 0; at < size; at += 1 + size / 150) {
        Files files = whole;
        files["-wal"][at] = static_cast<char>(files["-wal"][at] ^ (1 << (at % 8)));
        put_files(path, files);
        auto journal = open_journal(folder.url(), JournalMode::read_only);
        if (!journal) {
            ++said;
            continue;
        }
        const bool all = (*journal)->head().seq >= acknowledged;
        if (!all && (*journal)->warning().empty()) ++silent;
        if (!all) ++said;
    }
    CHECK(silent == 0);
    CHECK(said > 50);
}

TEST_CASE("a program that was killed and lost nothing opens without a word") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    put_files(path, files_of_killed_room(3));
    const auto engine = engine_at(folder.url());
    CHECK(engine->report().empty());
    CHECK(engine->state().closed_total == 3);
}

TEST_CASE("a journal that was put back from an older day is not taken for the room of today") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    int number = 0;
    make_calls(*engine_at(folder.url()), 1, number);
    const std::string old = read_file(path).value();
    make_calls(*engine_at(folder.url()), 2, number);
    put_bytes_into(path, old);
    CHECK_FALSE(verify_journal(folder.url())->problems.empty());
    const auto journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK((*journal)->warning().find("acknowledged events are lost") != std::string::npos);
    // And one that is gone with its head still there is no new room.
    fs::remove(path);
    const auto gone = open_journal(folder.url());
    REQUIRE_FALSE(gone);
    CHECK(gone.error().message.find("were acknowledged in it") != std::string::npos);
}

TEST_CASE("one bad old event leaves the room of now, with the damage in a report beside it") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    int number = 0;
    {
        auto engine = engine_at(folder.url());
        make_calls(*engine, 4, number);
        REQUIRE(engine->save_snapshot());
        make_calls(*engine, 2, number);
    }
    sql_on(path, "DROP TRIGGER event_is_never_changed;"
                 "UPDATE event SET actor = 'x' WHERE seq = 9");
    auto engine = engine_at(folder.url());
    CHECK(engine->journal().mode() == JournalMode::read_write);
    CHECK(engine->state().closed_total == 6);
    CHECK(mentions(engine->report(), "event 9 was changed"));
    make_calls(*engine, 1, number);
    CHECK(engine->state().closed_total == 7);
    // What is not sound is never shown as if it were.
    std::uint64_t shown = 0;
    CHECK_FALSE(engine->journal().read(0, [&](const JournalEvent& e) { shown = e.seq; }));
    CHECK(shown == 8);
    engine.reset();
    std::ostringstream out;
    const auto lines = export_lines(folder.url(), out, true);
    REQUIRE(lines);
    CHECK(lines->events == 8);
    CHECK(lines->personal == 7);
    CHECK_FALSE(lines->problems.empty());
}

TEST_CASE("a bad event of the tail needs a person, who goes on with what is before it") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    int number = 0;
    make_calls(*engine_at(folder.url()), 3, number);
    sql_on(path, "DROP TRIGGER event_is_never_changed;"
                 "UPDATE event SET actor = 'x' WHERE seq = 20");
    CHECK(open_journal(folder.url()).value()->mode() == JournalMode::read_only);
    auto accepted = open_journal(folder.url(),
                                 {.mode = JournalMode::read_write, .accept_loss = true});
    INFO((accepted ? std::string{} : accepted.error().text()));
    REQUIRE(accepted);
    CHECK((*accepted)->head().seq == 19);
    auto engine = Engine::open(std::move(*accepted), {});
    REQUIRE(engine);
    events_or_fail((*engine)->perform(envelope("new", ReceiveCall{}), morning));
    engine->reset();
    CHECK(mentions(verify_journal(folder.url())->problems, "personal row") == false);
    CHECK(open_journal(folder.url()).value()->mode() == JournalMode::read_write);
}

TEST_CASE("an id that was given to another command is a typed conflict that says whose it was") {
    const TempFolder folder;
    auto engine = engine_at(folder.url());
    events_or_fail(engine->perform(envelope("1", ReceiveCall{}), morning));
    for (const Command& other :
         {Command{brigade_on_shift(1)}, Command{category_of(1, Category::u1)},
          Command{ReceiveCall{.channel = Channel::line_112}}}) {
        const Outcome outcome = engine->perform(envelope("1", other), morning);
        REQUIRE(std::holds_alternative<Refusal>(outcome));
        CHECK(std::get<Refusal>(outcome).code == RefusalCode::bad_command_id);
        CHECK(std::get<Refusal>(outcome).first_actor == "tester");
    }
    CHECK(events_or_fail(engine->perform(envelope("1", ReceiveCall{}), morning)).size() == 1);
    CHECK(engine->state().seq == 1);
}

TEST_CASE("a value that would read back to another is put right before, and one that is none "
          "is refused") {
    const TempFolder folder;
    auto engine = engine_at(folder.url());
    events_or_fail(engine->perform(envelope("1", ReceiveCall{}), morning));
    RecordIntake intake;
    intake.incident = {1};
    intake.lat = 43.2;
    intake.lon = -0.0;
    intake.age_years = -0.0;
    intake.personal.words = "ауырып \xff тұр";
    events_or_fail(engine->perform(envelope("2", intake), morning));
    const std::string live = encode_state(engine->state());
    State folded;
    REQUIRE(engine->journal().read(0, [&](const JournalEvent& e) { apply(folded, e); }));
    CHECK(encode_state(folded) == live);
    for (const double none : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        intake.age_years = none;
        const Outcome outcome = engine->perform(envelope("3", intake), morning);
        REQUIRE(std::holds_alternative<Refusal>(outcome));
        CHECK(std::get<Refusal>(outcome).field == "age_years");
    }
    // Past the engine too.
    IntakeRecorded event;
    event.incident = {1};
    for (const double odd : {std::nan(""), HUGE_VAL, -0.0}) {
        event.age_years = odd;
        const auto stored = engine->journal().append(
            {.expected_seq = engine->journal().head().seq,
             .events = {{.at = morning, .actor = "t", .command_id = "9", .event = event}},
             .personal = {}});
        CHECK_FALSE(stored);
    }
    CHECK_FALSE(engine->journal().broken());
    CHECK(verify_journal(folder.url())->problems.empty());
}

TEST_CASE("places that are none are dropped and counted, and never stop the room") {
    auto engine = engine_at("sqlite::memory:");
    const Fix good{.place = {43.2, 76.9}, .at = morning, .speed_kmh = 40, .heading_deg = 10};
    std::vector<Fix> odd(12, good);
    odd[0].place.lat = std::nan("");
    odd[1].place.lon = HUGE_VAL;
    odd[2].speed_kmh = std::nan("");
    odd[3].speed_kmh = 1e9;
    odd[4].speed_kmh = -1;
    odd[5].heading_deg = std::nan("");
    odd[6].heading_deg = 1e6;
    odd[7].at = Instant{253'402'300'800'000};  // the year 10000
    odd[8].at = Instant{-9'000'000'000'000'000};
    odd[9].place.lat = 91;
    odd[10].place.lon = 181;
    odd[11].at = Instant{std::numeric_limits<std::int64_t>::max()};
    for (const Fix& fix : odd) engine->report_fix({1}, fix);
    CHECK(engine->dropped_fixes() == odd.size());
    CHECK(engine->fixes().empty());
    engine->report_fix({1}, good);
    CHECK(engine->save_fixes());
    CHECK(engine->fixes().size() == 1);
}

TEST_CASE("a day of places is kept whole, a month at one a minute, and then nothing") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    constexpr int days = 40, an_hour = 120;  // a place every 30 s in one hour of each day
    {
        auto journal = open_journal(folder.url());
        REQUIRE(journal);
        for (int day = 0; day < days; ++day) {
            const Instant start = morning + std::chrono::hours{24 * day};
            BrigadeFixes fixes;
            for (int i = 0; i < an_hour; ++i) {
                fixes.push_back({{1 + static_cast<std::uint64_t>(i % 2)},
                                 {.place = {43.2, 76.9},
                                  .at = start + std::chrono::seconds{15 * i}}});
            }
            REQUIRE((*journal)->append_fixes(fixes, fixes.back().second.at));
        }
    }
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    const auto count = [&](int first_day, int last_day) {
        const std::string from = std::to_string((morning + std::chrono::hours{24 * first_day}).ms);
        const std::string to = std::to_string((morning + std::chrono::hours{24 * last_day}).ms);
        sqlite3_stmt* query = nullptr;
        sqlite3_prepare_v2(database,
                           ("SELECT count(*) FROM fix WHERE at >= " + from + " AND at < " + to)
                               .c_str(),
                           -1, &query, nullptr);
        sqlite3_step(query);
        const int out = sqlite3_column_int(query, 0);
        sqlite3_finalize(query);
        return out;
    };
    CHECK(count(0, days - 33) == 0);
    CHECK(count(days - 10, days - 9) == 60);  // two brigades, a place a minute, half an hour
    CHECK(count(days - 1, days) == an_hour);
    sqlite3_close(database);
}
