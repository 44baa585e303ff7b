// State and journal under one roof: fold, live and snapshot agree; ids, refusals, personal rows.

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "dispatch/core/codec.h"
#include "dispatch/desk/engine.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

constexpr std::size_t brigades = 6;

std::unique_ptr<Engine> open_engine(const std::string& url) {
    auto journal = open_journal(url);
    REQUIRE(journal);
    auto engine = Engine::open(std::move(journal).value(), {});
    REQUIRE(engine);
    return std::move(engine).value();
}

bool stored(const Outcome& outcome) {
    return std::holds_alternative<std::vector<JournalEvent>>(outcome);
}

RefusalCode refusal_of(const Outcome& outcome) {
    REQUIRE(std::holds_alternative<Refusal>(outcome));
    return std::get<Refusal>(outcome).code;
}

/// Sends what the dice say; gives how many commands were taken.
int send_all(Engine& engine, const std::vector<Dice>& dice, int& number) {
    int taken = 0;
    for (const Dice& d : dice) {
        const Instant now = morning + std::chrono::seconds{++number};
        const auto outcome = engine.perform(
            envelope("r" + std::to_string(number), command_from(d, engine.state()),
                     d[1] % 4 == 0 ? Seat::senior_doctor : Seat::dispatcher),
            now);
        if (stored(outcome)) ++taken;
    }
    return taken;
}

State fold_of(Journal& journal) {
    State state;
    const auto read = journal.read(0, [&](const JournalEvent& e) { apply(state, e); });
    RC_ASSERT(read.ok());
    return state;
}

std::vector<std::pair<PersonRef, PersonalRecord>> newest_persons(const Engine& engine) {
    std::vector<std::pair<PersonRef, PersonalRecord>> out;
    for (const Table<Incident>* table : {&engine.state().open, &engine.state().recent}) {
        for (const auto& incident : table->rows()) {
            each_person(*incident, [&](PersonRef ref) {
                const PersonalRecord* row = engine.personal().find(ref);
                RC_ASSERT(row != nullptr);
                out.emplace_back(ref, *row);
            });
        }
    }
    return out;
}

}  // namespace

TEST_CASE("fold, live state, and snapshot with its tail are the same after any commands") {
    REQUIRE(rc::check([] {
        const auto first = *rc::gen::container<std::vector<Dice>>(
            rc::gen::arbitrary<Dice>());
        const auto second = *rc::gen::container<std::vector<Dice>>(
            rc::gen::arbitrary<Dice>());
        const TempFolder folder;
        int number = 0;
        auto engine = open_engine(folder.url());
        for (const Command& command : free_brigades(3)) {
            engine->perform(envelope("f" + std::to_string(++number), command), morning);
        }
        send_all(*engine, first, number);
        RC_ASSERT(engine->save_snapshot().ok());
        send_all(*engine, second, number);
        const std::string live = encode_state(engine->state());
        const auto persons = newest_persons(*engine);
        RC_ASSERT(encode_state(fold_of(engine->journal())) == live);
        engine.reset();
        auto again = open_engine(folder.url());
        RC_ASSERT(encode_state(again->state()) == live);
        RC_ASSERT(newest_persons(*again) == persons);
        again.reset();
        const auto report = verify_journal(folder.url());
        RC_ASSERT(report.ok());
        RC_ASSERT(report->problems.empty());
    }));
}

TEST_CASE("the same commands at the same times give the same state hash and the same chain") {
    REQUIRE(rc::check([] {
        const auto dice = *rc::gen::container<std::vector<Dice>>(rc::gen::arbitrary<Dice>());
        Head heads[2];
        std::string hashes[2];
        for (int i = 0; i < 2; ++i) {
            auto engine = open_engine("sqlite::memory:");
            int number = 0;
            send_all(*engine, dice, number);
            heads[i] = engine->journal().head();
            hashes[i] = state_hash(engine->state());
        }
        RC_ASSERT(heads[0].seq == heads[1].seq);
        RC_ASSERT(heads[0].hash == heads[1].hash);
        RC_ASSERT(hashes[0] == hashes[1]);
    }));
}

TEST_CASE("no order of commands gives a brigade a second active assignment") {
    REQUIRE(rc::check([] {
        const auto dice = *rc::gen::container<std::vector<Dice>>(rc::gen::arbitrary<Dice>());
        auto engine = open_engine("sqlite::memory:");
        int number = 0;
        for (const Command& command : free_brigades(brigades)) {
            engine->perform(envelope("f" + std::to_string(++number), command), morning);
        }
        for (const Dice& d : dice) {
            send_all(*engine, {d}, number);
            for (const int count : active_tasks(engine->state(), brigades)) {
                RC_ASSERT(count <= 1);
            }
            for (const auto& brigade : engine->state().brigades.rows()) {
                const int count = active_tasks(engine->state(), brigades)[brigade->id.value];
                RC_ASSERT(brigade->task.has_value() == (count == 1));
            }
        }
    }));
}

TEST_CASE("lost, doubled, reordered and wrong statuses leave one assignment per brigade") {
    // London, October 1992: 10–30 % of the crews' statuses went astray.
    REQUIRE(rc::check([] {
        const int astray_percent = *rc::gen::inRange(10, 31);
        auto engine = open_engine("sqlite::memory:");
        int number = 0;
        const auto send = [&](const Command& command) {
            return engine->perform(envelope("l" + std::to_string(++number), command),
                                   morning + std::chrono::seconds{number});
        };
        for (const Command& command : free_brigades(brigades)) send(command);
        std::vector<Command> late;
        for (int call = 0; call < 12; ++call) {
            const std::uint64_t incident = engine->state().newest_incident().value + 1;
            const std::uint64_t brigade = 1 + *rc::gen::inRange<std::uint64_t>(0, brigades);
            for (const Command& command : whole_call(incident, brigade)) {
                const auto* status = std::get_if<ReportStatus>(&command);
                const bool astray = status != nullptr && *rc::gen::inRange(0, 100) < astray_percent;
                if (!astray) {
                    send(command);
                } else {
                    switch (*rc::gen::inRange(0, 4)) {
                        case 0: break;  // lost
                        case 1: send(command); send(command); break;
                        case 2: late.push_back(command); break;
                        default:
                            send(status_of(brigade, static_cast<BrigadeStatus>(
                                                        *rc::gen::inRange(0, 12))));
                    }
                }
                for (const int count : active_tasks(engine->state(), brigades)) {
                    RC_ASSERT(count <= 1);
                }
            }
            if (call % 3 == 2) {
                for (const Command& command : std::exchange(late, {})) send(command);
            }
        }
        // Every brigade that has an assignment still leads to an open incident.
        for (const auto& b : engine->state().brigades.rows()) {
            if (b->incident) RC_ASSERT(engine->state().open.find(*b->incident) != nullptr);
        }
    }));
}

TEST_CASE("a repeated command id does nothing twice and gives what was stored") {
    const TempFolder folder;
    auto engine = open_engine(folder.url());
    const auto first = engine->perform(envelope("same", ReceiveCall{}), morning);
    REQUIRE(stored(first));
    const auto second = engine->perform(envelope("same", ReceiveCall{}),
                                        morning + std::chrono::hours{1});
    REQUIRE(stored(second));
    CHECK(std::get<0>(second)[0].seq == std::get<0>(first)[0].seq);
    CHECK(std::get<0>(second)[0].at == morning);
    CHECK(engine->state().open.size() == 1);
    engine.reset();
    engine = open_engine(folder.url());
    REQUIRE(stored(engine->perform(envelope("same", ReceiveCall{}), morning)));
    CHECK(engine->state().open.size() == 1);
}

TEST_CASE("a refusal is not stored, and the same id is decided anew") {
    auto engine = open_engine("sqlite::memory:");
    const auto early = status_of(1, BrigadeStatus::free_at_base);
    CHECK(refusal_of(engine->perform(envelope("x", early), morning)) ==
          RefusalCode::unknown_brigade);
    CHECK(engine->journal().head().seq == 0);
    REQUIRE(stored(engine->perform(envelope("y", brigade_on_shift(1)), morning)));
    CHECK(stored(engine->perform(envelope("x", early), morning)));
}

TEST_CASE("the second of two desks gets a typed conflict that says who was first") {
    auto engine = open_engine("sqlite::memory:");
    int number = 0;
    for (const Command& c : free_brigades(1)) {
        engine->perform(envelope("f" + std::to_string(++number), c), morning);
    }
    engine->perform(envelope("i1", ReceiveCall{}), morning);
    engine->perform(envelope("i2", ReceiveCall{}), morning);
    engine->perform(envelope("c1", category_of(1, Category::u2)), morning);
    engine->perform(envelope("c2", category_of(2, Category::u1)), morning);
    CommandEnvelope first = envelope("a1", assignment_of(1, 1), Seat::dispatcher);
    first.actor = "desk 1";
    REQUIRE(stored(engine->perform(first, morning)));
    const Outcome second = engine->perform(envelope("a2", assignment_of(2, 1), Seat::dispatcher),
                                           morning + std::chrono::seconds{1});
    CHECK(refusal_of(second) == RefusalCode::brigade_busy);
    CHECK(std::get<Refusal>(second).first_actor == "desk 1");
    CHECK(std::get<Refusal>(second).first_incident == IncidentId{1});
}

TEST_CASE("personal rows are kept for what is open or recent and swept for the rest") {
    auto engine = open_engine("sqlite::memory:");
    REQUIRE(engine->begin_batch());
    int number = 0;
    const std::uint64_t calls = State::recent_max + 700;
    for (std::uint64_t i = 1; i <= calls; ++i) {
        ReceiveCall call;
        call.personal.words = "words " + std::to_string(i);
        RecordDisposition end;
        end.incident = {i};
        end.disposition = Disposition::cancelled_by_caller;
        for (const Command& c : {Command{call}, Command{end}, Command{closing_of(i)}}) {
            REQUIRE(stored(engine->perform(envelope("s" + std::to_string(++number), c), morning)));
        }
    }
    REQUIRE(engine->commit_batch());
    CHECK(engine->personal().size() >= State::recent_max);
    CHECK(engine->personal().size() < State::recent_max + 600);
    CHECK(engine->personal().find(PersonRef{calls})->words == "words " + std::to_string(calls));
    CHECK(engine->journal().personal({1})->value().words == "words 1");
}

TEST_CASE("a damaged journal opens as a room that shows and takes nothing") {
    const TempFolder folder;
    auto engine = open_engine(folder.url());
    REQUIRE(stored(engine->perform(envelope("1", ReceiveCall{}), morning)));
    engine.reset();
    auto journal = open_journal(folder.url(), JournalMode::read_only);
    REQUIRE(journal);
    auto reader = Engine::open(std::move(journal).value(), {});
    REQUIRE(reader);
    CHECK((*reader)->state().open.size() == 1);
    const Outcome outcome = (*reader)->perform(envelope("2", ReceiveCall{}), morning);
    REQUIRE(std::holds_alternative<Error>(outcome));
    CHECK(std::get<Error>(outcome).message.find("reading only") != std::string::npos);
    CHECK((*reader)->save_snapshot());
}

TEST_CASE("fixes are kept, the newest of each brigade, and come back after a start") {
    const TempFolder folder;
    auto engine = open_engine(folder.url());
    const Fix later{.place = {43.2, 76.9}, .at = morning + std::chrono::seconds{9}};
    engine->report_fix({4}, later);
    engine->report_fix({4}, {.place = {43.1, 76.8}, .at = morning});
    engine->report_fix({5}, {.place = {943.1, 76.8}, .at = morning});
    CHECK(engine->fixes().at({4}) == later);
    CHECK(engine->fixes().count({5}) == 0);
    REQUIRE(engine->save_snapshot());
    engine.reset();
    CHECK(open_engine(folder.url())->fixes().at({4}) == later);
}
