#include <catch2/catch.hpp>

#include <set>

#include "base/install.h"
#include "dispatch/desk/desk_options.h"
#include "dispatch/desk/engine.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

TEST_CASE("a desk's number is what the option says, else the settings, else 0") {
    const TempFolder folder;
    CHECK(*desk_number("", folder.file("")) == 0);
    CHECK(*desk_number("", "") == 0);
    REQUIRE(write_file(folder.file("settings.toml"), "desk = 7\n"));
    CHECK(*desk_number("", folder.file("")) == 7);
    CHECK(*desk_number("3", folder.file("")) == 3);
    CHECK(*desk_number("8191", folder.file("")) == desk_max);
    for (const char* wrong : {"8192", "-1", "two", "1.5", " 1"}) {
        const auto refused = desk_number(wrong, folder.file(""));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().field == "--desk");
    }
    for (const char* wrong : {"desk = 8192", "desk = \"1\"", "desck = 1", "desk ="}) {
        REQUIRE(write_file(folder.file("settings.toml"), wrong));
        const auto refused = desk_number("", folder.file(""));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().line == 1);
    }
}

TEST_CASE("two desks' journals name no two things alike") {
    const TempFolder folder;
    std::set<std::uint64_t> ids;
    std::size_t made = 0;
    for (const DeskNo desk : {DeskNo{0}, DeskNo{1}, desk_max}) {
        auto journal = open_journal(folder.url("journal-" + std::to_string(desk)),
                                    {.mode = JournalMode::read_write});
        REQUIRE(journal);
        auto engine = Engine::open(std::move(*journal), DecideContext{.desk = desk});
        REQUIRE(engine);
        const Instant now = *from_iso("2026-03-02T04:00:00Z");
        for (int i = 0; i < 5; ++i) {
            const Outcome outcome = (*engine)->perform(
                {.id = "c" + std::to_string(i), .actor = "d", .seat = Seat::dispatcher,
                 .command = ReceiveCall{.channel = Channel::phone_103}},
                now + std::chrono::seconds{i});
            REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
        }
        for (const auto& row : (*engine)->state().open.rows()) {
            CHECK(desk_of(row->id.value) == desk);
            ids.insert(row->id.value);
            ++made;
        }
    }
    CHECK(made == 15);
    CHECK(ids.size() == made);
}
