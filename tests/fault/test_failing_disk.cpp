// The Nth operation on the disk fails, for N = 1, 2, … until a run completes (after SQLite's own
// tests): whatever was acknowledged is there afterwards, and what was stored before is untouched.

#include <catch2/catch.hpp>

#include "dispatch/core/codec.h"
#include "dispatch/desk/engine.h"
#include "tests/fault/failing_vfs.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

struct Run {
    bool completed = false;
    std::uint64_t acknowledged = 0;  ///< last seq whose storing was reported
    std::string error;
};

/// Opens, sends calls, batches some of them, saves fixes and snapshots, closes.
Run run_room(const std::string& url, int rounds) {
    Run run;
    auto journal = open_journal(url);
    if (!journal) return {.error = journal.error().text()};
    if ((*journal)->mode() == JournalMode::read_only) return {.error = (*journal)->warning()};
    auto engine = Engine::open(std::move(journal).value(), {});
    if (!engine) return {.error = engine.error().text()};
    run.acknowledged = (*engine)->state().seq;
    int number = 0;
    const auto send = [&](const Command& command) {
        const std::string id = "c" + std::to_string((*engine)->state().seq) + "-" +
                               std::to_string(++number);
        const Outcome outcome = (*engine)->perform(envelope(id, command), morning);
        if (const auto* error = std::get_if<Error>(&outcome)) run.error = error->text();
        return run.error.empty();
    };
    for (const Command& command : free_brigades(1)) {
        if (!send(command)) return run;
        run.acknowledged = (*engine)->state().seq;
    }
    for (int round = 0; round < rounds; ++round) {
        const bool batch = round % 2 == 1;
        if (batch && !(*engine)->begin_batch()) {
            run.error = "a batch could not begin";
            return run;
        }
        for (const Command& c : whole_call((*engine)->state().newest_incident().value + 1, 1)) {
            if (!send(c)) return run;
            if (!batch) run.acknowledged = (*engine)->state().seq;
        }
        (*engine)->report_fix({1}, {.place = {43.2, 76.9}, .at = morning});
        if (batch) {
            if (const auto done = (*engine)->commit_batch(); !done) {
                run.error = done.error().text();
                return run;
            }
            run.acknowledged = (*engine)->state().seq;
        }
        if (const auto saved = (*engine)->save_snapshot(); !saved) {
            run.error = saved.error().text();
            return run;
        }
    }
    run.completed = true;
    return run;
}

std::vector<std::string> events_of(const std::string& url) {
    std::vector<std::string> out;
    auto journal = open_journal(url, JournalMode::read_only);
    if (!journal) return out;
    REQUIRE((*journal)->warning().empty());
    REQUIRE((*journal)->read(
        0, [&](const JournalEvent& e) { out.push_back(encode_event_line(e)); }));
    return out;
}

void check_every_failure(FailingVfs::How how) {
    FailingVfs disk;
    bool completed = false;
    int nth = 1;
    for (; !completed && nth < 5000; ++nth) {
        INFO("operation " << nth << " fails");
        const TempFolder folder;
        const std::string url = folder.url();
        std::uint64_t stored_before = 0;
        if (nth % 2 == 0) {  // every other time there is a journal already
            disk.fail_from(0, how);
            const Run before = run_room(url, 1);
            REQUIRE(before.completed);
            stored_before = before.acknowledged;
        }
        const auto events_before = events_of(url);
        REQUIRE(events_before.size() == stored_before);
        disk.fail_from(nth, how);
        const Run run = run_room(url, 2);
        completed = !disk.has_failed();
        // A failure of the last checkpoint, after everything was stored, harms nobody.
        CHECK((run.completed || !run.error.empty()));
        disk.fail_from(0, how);
        const auto events = events_of(url);
        CHECK(events.size() >= run.acknowledged);
        CHECK(std::equal(events_before.begin(), events_before.end(), events.begin()));
        if (!events.empty()) CHECK(verify_journal(url)->problems.empty());
        // And the room can go on.
        CHECK(run_room(url, 1).completed);
    }
    CHECK(completed);
    CHECK(nth > 40);
}

}  // namespace

TEST_CASE("an input or output error at any operation loses nothing acknowledged") {
    check_every_failure(FailingVfs::How::io_error);
}

TEST_CASE("a disk that is full at any operation loses nothing acknowledged") {
    check_every_failure(FailingVfs::How::disk_full);
}

TEST_CASE("after a failed commit the room takes nothing more and says why") {
    FailingVfs disk;
    const TempFolder folder;
    auto engine = Engine::open(open_journal(folder.url()).value(), {});
    REQUIRE(engine);
    REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(
        (*engine)->perform(envelope("1", ReceiveCall{}), morning)));
    const std::uint64_t seq = (*engine)->state().seq;
    disk.fail_from(1, FailingVfs::How::disk_full);
    const Outcome failed = (*engine)->perform(envelope("2", ReceiveCall{}), morning);
    REQUIRE(std::holds_alternative<Error>(failed));
    CHECK(std::get<Error>(failed).message.find("disk is full") != std::string::npos);
    disk.fail_from(0, FailingVfs::How::disk_full);
    const Outcome after = (*engine)->perform(envelope("3", ReceiveCall{}), morning);
    REQUIRE(std::holds_alternative<Error>(after));
    CHECK((*engine)->state().seq == seq);
    engine->reset();
    auto again = Engine::open(open_journal(folder.url()).value(), {});
    REQUIRE(again);
    CHECK((*again)->state().seq == seq);
}
