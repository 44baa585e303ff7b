#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/install.h"
#include "dispatch/exercise/report.h"
#include "tests/exercise/town.h"

using namespace jedel;
using namespace jedel::exercise;
using namespace jedel::test;

namespace {

struct Ran {
    HeadlessResult result;
    Tally tally;
};

Ran run(const std::shared_ptr<const ReplayInput>& input, ReplayOptions options = {},
        int minutes_per_commit = 1) {
    const auto engine = engine_on("sqlite::memory:", input->protocol);
    Replay replay{input, std::move(options)};
    HeadlessOptions headless;
    headless.minutes_per_commit = minutes_per_commit;
    const auto done = run_headless(replay, *engine, headless);
    if (!done) FAIL(done.error().text());
    CHECK(replay.finished());
    CHECK(engine->state().open.empty());
    return {*done, replay.tally()};
}

long refusals(const Tally& tally) {
    long count = 0;
    for (const auto& [key, refusal] : tally.refusals) {
        UNSCOPED_INFO(key.first << " " << key.second << ": " << refusal.example);
        count += refusal.count;
    }
    return count;
}

}  // namespace

TEST_CASE("every recorded call is received, sorted, handed over and closed") {
    const auto input = replay_input(small_log(60, 9));
    const Ran ran = run(input);
    REQUIRE(ran.tally.calls.size() == 60);
    CHECK(refusals(ran.tally) == 0);
    long brigade = 0, polyclinic = 0;
    for (const CallResult& call : ran.tally.calls) {
        INFO("line " << call.line);
        CHECK(call.closed);
        CHECK(call.category != Category::none);
        CHECK(call.disposition != Disposition::none);
        CHECK(call.hand_over_ms >= 20'000);
        if (call.arrival_ms >= 0) {
            ++brigade;
            CHECK(call.wait_ms == call.hand_over_ms + call.arrival_ms);
        } else {
            ++polyclinic;
            CHECK(call.to_polyclinic);
            CHECK(call.category == Category::u4);
        }
    }
    CHECK(brigade > 20);
    CHECK(polyclinic > 5);
}

TEST_CASE("one seed gives one state hash, whatever is stored by one commit and how it is stepped") {
    const auto input = replay_input(small_log(40, 7));
    const Ran first = run(input, {.seed = 7, .draws = {}});
    CHECK(run(input, {.seed = 7, .draws = {}}).result.state_hash == first.result.state_hash);
    CHECK(run(input, {.seed = 7, .draws = {}}, 600).result.state_hash == first.result.state_hash);
    CHECK(run(input, {.seed = 8, .draws = {}}).result.state_hash != first.result.state_hash);

    // Step by step, with positions streamed as a window wants them.
    const auto engine = engine_on("sqlite::memory:", input->protocol);
    Replay replay{input, {.seed = 7, .fix_every_s = 20, .draws = {}}};
    Instant before = replay.begins();
    while (const auto at = replay.next_time()) {
        REQUIRE(*at >= before);
        REQUIRE(replay.step(*engine).ok());
        REQUIRE(replay.now() == *at);
        before = *at;
    }
    CHECK(state_hash(engine->state()) == first.result.state_hash);
}

TEST_CASE("run_until does what is due and nothing later") {
    const auto input = replay_input(small_log(20, 5));
    const auto engine = engine_on("sqlite::memory:", input->protocol);
    Replay replay{input, {}};
    const Instant middle = replay.begins() + std::chrono::minutes{40};
    REQUIRE(replay.run_until(*engine, middle).ok());
    CHECK(replay.now() <= middle);
    REQUIRE(replay.next_time());
    CHECK(*replay.next_time() > middle);
    CHECK(replay.calls_begun() > 3);
    CHECK(replay.calls_begun() < 20);
    CHECK(engine->state().at <= middle);
}

TEST_CASE("what the journal holds folds to the state the replay ended with") {
    const auto input = replay_input(small_log(30, 6));
    const std::string path = std::string{JEDEL_BINARY_DIR} + "/replay-fold.db";
    for (const char* ending : {"", "-wal", "-shm", "-lock", ".lock", "-head", "-key"}) {
        std::filesystem::remove(path + ending);
    }
    std::string hash;
    {
        const auto engine = engine_on("sqlite:" + path, input->protocol);
        Replay replay{input, {}};
        const auto done = run_headless(replay, *engine, {});
        REQUIRE(done.ok());
        hash = done->state_hash;
    }
    const auto verified = verify_journal("sqlite:" + path);
    REQUIRE(verified.ok());
    CHECK(verified->problems.empty());
    CHECK(verified->state_hash == hash);
    // A second replay into the same journal would mix two shifts: refused.
    const auto engine = engine_on("sqlite:" + path, input->protocol);
    Replay replay{input, {}};
    const auto again = run_headless(replay, *engine, {});
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().message.find("needs a new one") != std::string::npos);
}

TEST_CASE("calls wait by urgency when no brigade is free, and are served when one is") {
    const auto input = replay_input(small_log(80, 1));
    const Ran ran = run(input);
    CHECK(ran.tally.waiting_max > 3);
    CHECK(refusals(ran.tally) == 0);
    double wait[5] = {};
    long count[5] = {};
    for (const CallResult& call : ran.tally.calls) {
        CHECK(call.closed);
        if (!call.queued || call.hand_over_ms < 0) continue;
        wait[static_cast<int>(call.category)] += static_cast<double>(call.hand_over_ms);
        ++count[static_cast<int>(call.category)];
    }
    REQUIRE(count[1] > 0);
    REQUIRE(count[2] > 0);
    CHECK(wait[1] / static_cast<double>(count[1]) < wait[2] / static_cast<double>(count[2]));
}

TEST_CASE("another policy meets the same patients and places") {
    const auto input = replay_input(small_log(30, 8));
    const Ran a = run(input, {.policy = Policy::recommended, .draws = {}});
    const Ran b = run(input, {.policy = Policy::nearest, .draws = {}});
    REQUIRE(a.tally.calls.size() == b.tally.calls.size());
    for (std::size_t i = 0; i < a.tally.calls.size(); ++i) {
        CHECK(a.tally.calls[i].category == b.tally.calls[i].category);
    }
    CHECK(a.result.state_hash != b.result.state_hash);
}

TEST_CASE("brigades change shifts, and their shift end is always ahead while they work") {
    const auto input = replay_input(small_log(30, 200));
    const auto engine = engine_on("sqlite::memory:", input->protocol);
    Replay replay{input, {}};
    REQUIRE(run_headless(replay, *engine, {}).ok());
    long registered = 0;
    REQUIRE(engine->journal().read(0, [&](const JournalEvent& event) {
        const auto* r = std::get_if<BrigadeRegistered>(&event.event);
        if (r == nullptr) return;
        ++registered;
        CHECK((r->shift_end && *r->shift_end > event.at));
    }).ok());
    CHECK(registered >= 4 * 4);  // four brigades, over four days
}

TEST_CASE("the report says what was recorded and what was drawn, and lists unreadable rows") {
    const auto input = replay_input(small_log(12, 9) +
                                    "13,never,6D2,3\n14,2025-06-02T09:00:00Z,FIRE,\n");
    const auto engine = engine_on("sqlite::memory:", input->protocol);
    Replay replay{input, {}};
    const auto done = run_headless(replay, *engine, {});
    REQUIRE(done.ok());
    const Figures figures = compute_figures(replay, *done);
    const std::string folder = std::string{JEDEL_BINARY_DIR} + "/report";
    for (const Language language : {Language::kk, Language::ru, Language::en}) {
        const auto texts = Texts::load(JEDEL_SOURCE_DIR, language);
        if (!texts) FAIL(texts.error().text());
        REQUIRE(write_report(replay, figures, *texts, folder).ok());
        const auto text = read_file(folder + "/report.txt");
        REQUIRE(text.ok());
        CHECK(text->find(done->state_hash) != std::string::npos);
        CHECK(text->find("report.") == text->rfind("report."));  // every key has its text
    }
    const auto json = nlohmann::json::parse(*read_file(folder + "/report.json"));
    CHECK(json["calls"] == 12);
    CHECK(json["log"]["not_medical"]["FIRE"] == 1);
    CHECK(json["log"]["rows_unreadable"] == 1);
    CHECK(json["log"]["unreadable"][0]["line"] == 14);
    CHECK(json["log"]["unreadable"][0]["field"] == "received");
    CHECK(json["origins"]["received"]["recorded"] == 12);
    CHECK(json["origins"]["place"]["drawn"] == 12);
    CHECK(json["origins"]["age"]["recorded"] == 12);
    CHECK(json["origins"]["findings"]["mapped"] == 12);
    for (const char* chart : {"calls-by-hour", "arrival", "hand-over", "brigades"}) {
        const auto png = read_file(folder + "/" + chart + ".png");
        REQUIRE(png.ok());
        CHECK(png->starts_with("\x89PNG"));
        CHECK(png->size() > 5'000);
    }
}
