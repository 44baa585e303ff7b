// What waits at a desk is bounded, and who finds it full is told.

#include <catch2/catch.hpp>
#include <future>

#include "dispatch/desk/desk.h"
#include "dispatch/desk/room_socket.h"
#include "tests/journal/attack.h"

using namespace jedel;
using namespace jedel::test;

namespace {

class MorningClock final : public ClockPort {
public:
    [[nodiscard]] Instant now() const override { return morning; }
};
const MorningClock clock_still;

std::unique_ptr<Desk> desk_at(const std::string& url, const DeskBounds& bounds = {}) {
    auto desk = Desk::open(open_journal(url).value(), {}, clock_still, {}, bounds);
    REQUIRE(desk);
    return std::move(desk).value();
}

/// Keeps a desk's thread busy until it is let go.
class Busy {
public:
    explicit Busy(Desk& desk) {
        auto begun = begun_.get_future();
        REQUIRE(desk.post([this, over = over_.get_future().share()](Engine&) {
            begun_.set_value();
            over.wait();
        }));
        begun.wait();
    }
    void over() { over_.set_value(); }

private:
    std::promise<void> begun_, over_;
};

}  // namespace

TEST_CASE("a command past the bound is refused at once, in the answer and in the notices") {
    const DeskBounds bounds{.commands = 5, .messages = 3, .notices = 64, .brigades = 2};
    auto desk = desk_at("sqlite::memory:", bounds);
    Busy busy{*desk};
    for (int i = 0; i < 5; ++i) desk->submit(envelope("", ReceiveCall{}));
    auto answer = desk->ask(envelope("late", ReceiveCall{}));
    REQUIRE(answer.wait_for(std::chrono::seconds{0}) == std::future_status::ready);
    const Outcome outcome = answer.get();
    REQUIRE(std::holds_alternative<Refusal>(outcome));
    CHECK(std::get<Refusal>(outcome).code == RefusalCode::too_many);
    CHECK(desk->post([](Engine&) {}));
    CHECK(desk->post([](Engine&) {}));
    CHECK(desk->post([](Engine&) {}));
    CHECK_FALSE(desk->post([](Engine&) {}));
    busy.over();
    desk->drain();
    const auto room = desk->snapshot();
    CHECK(room->state.open.size() == 5);
    CHECK(room->turned_away == 2);
    CHECK(room->notices.size() == 6);
    CHECK(std::any_of(room->notices.begin(), room->notices.end(), [](const Notice& notice) {
        return notice.command_id == "late" && std::holds_alternative<Refusal>(notice.outcome);
    }));
    // There is room again.
    CHECK(desk->ask(envelope("late", ReceiveCall{})).get().index() == 0);
}

TEST_CASE("places of more brigades than may wait, of no place and of the future are counted") {
    auto desk = desk_at("sqlite::memory:", {.brigades = 3});
    Busy busy{*desk};
    const Fix fix{.place = {43.2, 76.9}, .at = morning};
    for (std::uint64_t b = 1; b <= 5; ++b) desk->report_fix({b}, fix);
    Fix ahead = fix;
    ahead.at = morning + std::chrono::hours{1};
    desk->report_fix({2}, ahead);
    Fix none = fix;
    none.speed_kmh = std::numeric_limits<double>::quiet_NaN();
    desk->report_fix({3}, none);
    busy.over();
    desk->drain();
    CHECK(desk->snapshot()->fixes.size() == 1);
    CHECK(desk->snapshot()->dropped_fixes == 4);
}

TEST_CASE("rules that a desk decides by outlive whoever handed them over") {
    auto desk = desk_at("sqlite::memory:");
    // What the context holds is owned: the test is that this compiles to a shared pointer.
    static_assert(std::is_same_v<decltype(DecideContext::protocol),
                                 std::shared_ptr<const triage::Protocol>>);
    CHECK(desk->ask(envelope("1", ReceiveCall{})).get().index() == 0);
}

TEST_CASE("a desk whose journal another program holds says so, waits, and goes on") {
    const TempFolder folder;
    auto desk = desk_at(folder.url());
    REQUIRE(desk->ask(envelope("1", ReceiveCall{})).get().index() == 0);
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(folder.file("room.jedel").c_str(), &other) == SQLITE_OK);
    sqlite3_db_config(other, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    auto answer = desk->ask(envelope("2", ReceiveCall{}));
    for (int i = 0; i < 300 && desk->snapshot()->journal_held.count() == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    CHECK(desk->snapshot()->journal_held >= std::chrono::seconds{1});
    CHECK_FALSE(desk->snapshot()->journal_error);
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    CHECK(answer.get().index() == 0);
    desk->drain();
    CHECK(desk->snapshot()->journal_held.count() == 0);
    CHECK(desk->snapshot()->state.open.size() == 2);
}

TEST_CASE("a script reaches a running room through its socket, and the room alone writes") {
    const TempFolder folder;
    const std::string path = folder.file("room.jedel");
    auto desk = desk_at(folder.url());
    CHECK_FALSE(RoomClient::connect(path));
    {
        auto door = RoomSocket::open(*desk, path);
        INFO((door ? std::string{} : door.error().text()));
        REQUIRE(door);
        const auto mode = std::filesystem::status(path + "-socket").permissions();
        CHECK((mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
              std::filesystem::perms::none);
        auto client = RoomClient::connect(path);
        REQUIRE(client);
        const auto done = client->tell(encode_command(
            envelope("s1", ReceiveCall{}, Seat::call_taker)));
        REQUIRE(done);
        CHECK(done->status == 0);
        REQUIRE(done->lines.size() == 1);
        CHECK(done->lines[0].find("call_taker") != std::string::npos);
        const auto refused = client->tell(encode_command(envelope("s2", closing_of(9))));
        CHECK(refused->status == 1);
        CHECK(refused->lines[0].find("unknown_incident") != std::string::npos);
        for (const char* odd : {"x", "{}", "[]", "{\"kind\":\"receive_call\",\"kind\":\"x\"}"}) {
            INFO(odd);
            const auto wrong = client->tell(odd);
            REQUIRE(wrong);
            CHECK(wrong->status == 2);
        }
        const auto deep = client->tell(std::string(100'000, '['));
        REQUIRE(deep);
        CHECK(deep->status == 2);
        CHECK(desk->snapshot()->state.open.size() == 1);
    }
    CHECK_FALSE(std::filesystem::exists(path + "-socket"));
}
