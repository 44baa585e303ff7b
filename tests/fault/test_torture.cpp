// Rounds of harm with one oracle: every acknowledged event is there, or it is said that it is not;
// what is shown is what happened; nothing crashes; an old room is never shown as the present one.
// JEDEL_TORTURE_ROUNDS=10000 by hand; a bounded number otherwise.

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/fault/power_cut.h"
#include "tests/journal/attack.h"

using namespace jedel;
using namespace jedel::test;
namespace fs = std::filesystem;

namespace {

int rounds_wanted(int usual) {
    const char* wanted = std::getenv("JEDEL_TORTURE_ROUNDS");
    return wanted != nullptr ? std::atoi(wanted) : usual;
}

struct Counts {
    int whole = 0, said = 0, refused = 0;
};

/// What happened: the lines of the events, and how far they were acknowledged.
struct Truth {
    std::vector<std::string> lines;
    std::uint64_t acknowledged = 0;
};

void send(Engine& engine, const Command& command, Truth& truth, int& number, bool acknowledge) {
    const std::string id = "t" + std::to_string(++number);
    const Outcome outcome = engine.perform(envelope(id, command), morning);
    const auto* events = std::get_if<std::vector<JournalEvent>>(&outcome);
    if (events == nullptr) return;
    for (const JournalEvent& event : *events) truth.lines.push_back(encode_event_line(event));
    if (acknowledge) truth.acknowledged = engine.state().seq;
}

/// Works until the disk fails or the calls are done, with batches, snapshots and fixes between.
void work(const std::string& url, int calls, std::mt19937& random, Truth& truth) {
    auto journal = open_journal(url);
    if (!journal || (*journal)->mode() == JournalMode::read_only) return;
    auto opened = Engine::open(std::move(journal).value(), {});
    if (!opened) return;
    Engine& engine = **opened;
    int number = static_cast<int>(random() % 1'000'000) * 100;
    if (engine.state().brigades.find({1}) == nullptr) {
        for (const Command& c : free_brigades(1)) send(engine, c, truth, number, true);
    }
    for (int call = 0; call < calls && !engine.failure(); ++call) {
        const bool batch = random() % 3 == 0;
        if (batch && !engine.begin_batch()) return;
        for (const Command& c : whole_call(engine.state().newest_incident().value + 1, 1)) {
            send(engine, c, truth, number, !batch);
        }
        engine.report_fix({1}, {.place = {43.2, 76.9}, .at = morning});
        if (batch) {
            if (!engine.commit_batch()) return;
            truth.acknowledged = engine.state().seq;
        }
        if (random() % 3 == 0 && !engine.save_snapshot()) return;
    }
}

/// The events as they are shown until one cannot be.
std::vector<std::string> shown_by(Journal& journal) {
    std::vector<std::string> out;
    static_cast<void>(journal.read(
        0, [&](const JournalEvent& event) { out.push_back(encode_event_line(event)); }));
    return out;
}

/// The oracle. `may_lose`: the harm was more than a failing disk may do to what was synced.
/// `no_witness`: nothing that is left can know of the loss.
void judge(const std::string& url, const Truth& truth, bool may_lose, Counts& counts,
           bool no_witness = false) {
    auto journal = open_journal(url);
    if (!journal) {
        CHECK_FALSE(journal.error().message.empty());
        CHECK((may_lose || truth.acknowledged == 0));
        ++counts.refused;
        return;
    }
    const auto shown = shown_by(**journal);
    const auto same = std::min(shown.size(), truth.lines.size());
    CHECK(std::equal(shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(same),
                     truth.lines.begin()));
    const bool all = (*journal)->head().seq >= truth.acknowledged;
    INFO((*journal)->warning());
    if (!may_lose) CHECK((*journal)->warning().empty());
    if (!all && !no_witness) CHECK_FALSE((*journal)->warning().empty());
    ++((*journal)->warning().empty() ? counts.whole : counts.said);
    const bool stopped = (*journal)->mode() == JournalMode::read_only;
    auto engine = Engine::open(std::move(*journal), {});
    if (!engine) {
        CHECK(may_lose);
        return;
    }
    engine->reset();
    if (stopped) {
        auto accepted = open_journal(url, {.mode = JournalMode::read_write, .accept_loss = true});
        INFO((accepted ? std::string{} : accepted.error().text()));
        REQUIRE(accepted);  // once a person has said so, going on always works
        accepted->reset();
    }
    // And the room goes on.
    auto again = open_journal(url);
    INFO((again ? std::string{} : again.error().text()));
    REQUIRE(again);
    REQUIRE((*again)->mode() == JournalMode::read_write);
    auto room = Engine::open(std::move(*again), {});
    if (!room) {
        CHECK(may_lose);
        return;
    }
    const Outcome outcome = (*room)->perform(envelope("after", ReceiveCall{}), morning);
    CHECK(std::holds_alternative<std::vector<JournalEvent>>(outcome));
}

void report(const char* what, int rounds, const Counts& counts) {
    std::printf("%s: %d rounds, whole %d, loss said %d, refused %d\n", what, rounds, counts.whole,
                counts.said, counts.refused);
}

void harm(std::string& bytes, std::mt19937& random) {
    if (bytes.empty()) return;
    const std::size_t at = random() % bytes.size();
    const std::size_t size = std::min<std::size_t>(bytes.size() - at, 1 + random() % 5000);
    switch (random() % 6) {
        case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8))); break;
        case 1: bytes.replace(at, size, size, '\0'); break;
        case 2: bytes.resize(at); break;
        case 3: bytes.erase(at, size); break;
        case 4: bytes.insert(at, bytes.substr(at, size)); break;
        default:
            for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(random());
    }
}

}  // namespace

TEST_CASE("the power goes at any operation of the disk: nothing acknowledged is gone") {
    PowerCutVfs disk;
    std::mt19937 random{20260105};
    Counts counts;
    const int rounds = rounds_wanted(160);
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        const TempFolder folder;
        Truth truth;
        disk.cut_at(0);
        if (round % 2 == 1) work(folder.url(), 1, random, truth);
        const std::uint64_t before = truth.acknowledged;
        disk.cut_at(1 + static_cast<int>(random() % 220));
        work(folder.url(), 3, random, truth);
        CHECK(truth.acknowledged >= before);
        disk.come_back(random);
        disk.cut_at(0);
        judge(folder.url(), truth, false, counts);
    }
    report("power cut", rounds, counts);
}

TEST_CASE("a disk that says it synced and did not loses events, and that is said") {
    PowerCutVfs disk;
    std::mt19937 random{42};
    Counts counts;
    const int rounds = rounds_wanted(80);
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        const TempFolder folder;
        Truth truth;
        disk.cut_at(0);
        work(folder.url(), 1, random, truth);
        disk.cut_at(60 + static_cast<int>(random() % 120), 1 + static_cast<int>(random() % 20));
        work(folder.url(), 4, random, truth);
        disk.come_back(random);
        disk.cut_at(0);
        judge(folder.url(), truth, true, counts);
    }
    report("lying disk", rounds, counts);
}

TEST_CASE("harm to any file of the journal is survived, and no event of another kind is shown") {
    std::mt19937 random{7};
    Counts counts;
    const int rounds = rounds_wanted(200);
    Truth truth;
    Files whole[2];
    {
        const TempFolder folder;
        work(folder.url(), 6, random, truth);
        whole[0] = files_of(folder.file("room.jedel"));  // left in order
        auto engine = engine_at(folder.url());
        int number = 77;
        for (int call = 0; call < 3; ++call) {
            for (const Command& c : whole_call(engine->state().newest_incident().value + 1, 1)) {
                send(*engine, c, truth, number, true);
            }
        }
        whole[1] = files_of(folder.file("room.jedel"));  // killed
    }
    const Truth all = truth;
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        const TempFolder folder;
        const std::string path = folder.file("room.jedel");
        Files files = whole[1];
        const int times = 1 + static_cast<int>(random() % 2);
        bool head_of_before = false, log_harmed = false;
        for (int i = 0; i < times; ++i) {
            auto it = files.begin();
            std::advance(it, static_cast<long>(random() % files.size()));
            const unsigned how = random() % 12;
            head_of_before |= how == 1 && it->first == "-head";
            log_harmed |= it->first == "-wal";
            if (how == 0) {
                files.erase(it);
            } else if (how == 1 && whole[0].contains(it->first)) {
                it->second = whole[0].at(it->first);  // the one of before
            } else {
                harm(it->second, random);
            }
            if (files.empty()) break;
        }
        if (!files.contains("")) continue;
        put_files(path, files);
        static_cast<void>(verify_journal(folder.url()));
        // The head is the one witness of what the log held. Where it is put back to a true one of
        // before and the log loses its end, what is left is a room as it once was.
        judge(folder.url(), all, true, counts, head_of_before && log_harmed);
    }
    report("damage", rounds, counts);
}

TEST_CASE("a second writer that comes at any moment is turned away, and disturbs nothing") {
    const int rounds = std::min(rounds_wanted(20), 500);
    std::mt19937 random{11};
    const TempFolder folder;
    Truth truth;
    work(folder.url(), 1, random, truth);
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        int ready[2];
        REQUIRE(::pipe(ready) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            char go = 0;
            if (::read(ready[0], &go, 1) != 1) ::_exit(2);
            for (int i = 0; i < 10; ++i) {
                const auto second = open_journal(folder.url());
                if (second) ::_exit(1);
                static_cast<void>(open_journal(folder.url(), JournalMode::read_only));
            }
            ::_exit(0);
        }
        auto engine = engine_at(folder.url());
        REQUIRE(::write(ready[1], "x", 1) == 1);
        int number = 1000 * (round + 2);
        for (const Command& c : whole_call(engine->state().newest_incident().value + 1, 1)) {
            send(*engine, c, truth, number, true);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
        for (const int end : ready) ::close(end);
    }
    Counts counts;
    judge(folder.url(), truth, false, counts);
    CHECK(counts.whole == 1);
}
