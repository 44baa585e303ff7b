// The engine above a store that has other writers: catch up, decide, append.

#include "tests/journal/attack.h"
#include "tests/journal/store_in_front.h"

using namespace jedel;
using namespace jedel::test;

namespace {

/// Another desk is first: its events are stored just before the next append.
class RivalStore final : public StoreInFront {
public:
    using StoreInFront::StoreInFront;

    void before_next(std::vector<NewEvent> events) { waiting_ = std::move(events); }
    void always(std::function<NewEvent(std::uint64_t)> make) { make_ = std::move(make); }

    Appended append(const StoreAppend& append) override {
        if (make_) waiting_ = {make_(++count_)};
        for (const NewEvent& event : std::exchange(waiting_, {})) store(event);
        auto stored = StoreInFront::append(append);
        if (stored) head_ = stored.head();
        return stored;
    }

private:
    void store(const NewEvent& event) {
        std::string buffer;
        const std::string payload = encode_payload(event.event);
        const StoredEvent row{.seq = head_.seq + 1,
                              .at_ms = event.at.ms,
                              .actor = event.actor,
                              .seat = name_of(event.seat),
                              .command_id = event.command_id,
                              .kind = kind_of(event.event),
                              .version = version_of(event.event),
                              .payload = payload,
                              .attached = {}};
        const ChainedEvent chained{row, chain_hash(head_.hash, row, buffer)};
        const CommandRow command{event.command_id, row.seq, row.seq, {}};
        std::vector<GuardRow> guards;
        if (const auto guard = guard_of(event.event)) guards.push_back(*guard);
        const auto done = StoreInFront::append({.expected = head_,
                                                .events = {&chained, 1},
                                                .personal = {},
                                                .commands = {&command, 1},
                                                .guards = guards});
        REQUIRE(done);
        head_ = done.head();
    }

    Head head_;
    std::vector<NewEvent> waiting_;
    std::function<NewEvent(std::uint64_t)> make_;
    std::uint64_t count_ = 0;
};

NewEvent rival_event(std::string id, Event event) {
    return {.at = morning, .actor = "the other desk", .seat = Seat::dispatcher,
            .command_id = std::move(id), .event = std::move(event)};
}

struct TwoDesks {
    RivalStore* rival = nullptr;
    std::unique_ptr<Engine> engine;

    TwoDesks() {
        auto store = std::make_unique<RivalStore>(store_in_memory());
        rival = store.get();
        auto opened = Engine::open(std::make_unique<Journal>(std::move(store), Examination{}), {});
        REQUIRE(opened);
        engine = std::move(opened).value();
    }
    Outcome tell(const std::string& id, const Command& command) {
        return engine->perform(envelope(id, command), morning);
    }
};

}  // namespace

TEST_CASE("a command that came behind is decided again on what others stored meanwhile") {
    TwoDesks room;
    TextSigned theirs{.subject = "card.cardiac_arrest", .text_version = "2026-01"};
    room.rival->before_next({rival_event("r1", theirs), rival_event("r2", theirs)});
    const auto events = events_or_fail(room.tell("1", ReceiveCall{}));
    REQUIRE(events.size() == 1);
    CHECK(events[0].seq == 3);
    CHECK(room.engine->state().seq == 3);
    CHECK(room.engine->state().signatures.size() == 1);
    CHECK(room.engine->journal().head().seq == 3);
    State folded;
    REQUIRE(room.engine->journal().read(0, [&](const JournalEvent& e) { apply(folded, e); }));
    CHECK(encode_state(folded) == encode_state(room.engine->state()));
}

TEST_CASE("the second of two desks that want one brigade is told who was first") {
    TwoDesks room;
    for (const Command& c : free_brigades(1)) events_or_fail(room.tell("b" + std::to_string(
        room.engine->state().seq), c));
    for (int i = 1; i <= 2; ++i) {
        events_or_fail(room.tell("c" + std::to_string(i), ReceiveCall{}));
        events_or_fail(room.tell("u" + std::to_string(i),
                                 category_of(static_cast<std::uint64_t>(i), Category::u1)));
    }
    BrigadeAssigned theirs;
    theirs.task = {77};
    theirs.incident = {1};
    theirs.brigade = {1};
    room.rival->before_next({rival_event("r", theirs)});
    const Outcome outcome = room.tell("mine", assignment_of(2, 1));
    REQUIRE(std::holds_alternative<Refusal>(outcome));
    CHECK(std::get<Refusal>(outcome).code == RefusalCode::brigade_busy);
    CHECK(std::get<Refusal>(outcome).first_actor == "the other desk");
    CHECK_FALSE(room.engine->failure());
}

TEST_CASE("a command that another desk carried out meanwhile is answered with its events") {
    TwoDesks room;
    CallReceived theirs;
    theirs.call = {1};
    theirs.incident = {1};
    theirs.received_at = morning;
    room.rival->before_next({rival_event("same", theirs)});
    const auto events = events_or_fail(room.tell("same", ReceiveCall{}));
    REQUIRE(events.size() == 1);
    CHECK(events[0].actor == "the other desk");
    CHECK(room.engine->state().open.size() == 1);
}

TEST_CASE("when others are always first a command is given up, and the room goes on") {
    TwoDesks room;
    room.rival->always([](std::uint64_t n) {
        return rival_event("r" + std::to_string(n),
                           TextSigned{.subject = "s" + std::to_string(n), .text_version = "1"});
    });
    const Outcome outcome = room.tell("1", ReceiveCall{});
    REQUIRE(std::holds_alternative<Error>(outcome));
    CHECK_FALSE(room.engine->failure());
    room.rival->always({});
    CHECK(events_or_fail(room.tell("1", ReceiveCall{})).size() == 1);
}

TEST_CASE("whoever waits is woken by others' events, and not before there are any") {
    const TempFolder folder;
    auto engine = engine_at(folder.url());
    auto reader = open_journal(folder.url(), JournalMode::read_only);
    REQUIRE(reader);
    CHECK((*reader)->wait(0, std::chrono::milliseconds{30}).value() == 0);
    events_or_fail(engine->perform(envelope("1", ReceiveCall{}), morning));
    CHECK((*reader)->wait(0, std::chrono::seconds{5}).value() == 1);
    std::uint64_t rows = 0;
    REQUIRE((*reader)->read_rows(0, [&](const StoredEvent& row, const auto& hash) {
        rows += row.seq == 1 && hash.has_value();
        return true;
    }));
    CHECK(rows == 1);
}
