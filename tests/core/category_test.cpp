// The rule table at work inside decide: what raises a category by itself, and what never does.

#include <catch2/catch.hpp>

#include "base/install.h"
#include "room.h"
#include "triage/protocol.h"

using namespace jedel;
using test::Room;

namespace {

triage::Protocol protocol() {
    const std::string folder = std::string{JEDEL_SOURCE_DIR} + "/data/protocol/";
    const auto file = [&](const char* name) {
        return triage::Protocol::File{name, read_file(folder + name).value()};
    };
    const std::vector<triage::Protocol::File> rules{file("u1.toml"), file("u2.toml"),
                                                    file("u3.toml"), file("u4.toml")};
    return triage::Protocol::parse(file("findings.toml"), rules).value();
}

bool say(Room& room, const char* finding, const char* value, IncidentId id = {1}) {
    return room.tell(RecordFindings{id, {{finding, value, Source::caller}}});
}

}  // namespace

TEST_CASE("a danger sign said later raises the category in force and says by which rule") {
    const triage::Protocol table = protocol();
    Room room;
    room.context.protocol = {std::shared_ptr<const triage::Protocol>{}, &table};
    room.tell(ReceiveCall{});
    room.tell(RecordIntake{.incident = {1}, .age_years = 50});
    REQUIRE(say(room, "blood_in_urine", "yes"));
    REQUIRE(room.state.open.find({1})->triage.proposed == Category::u4);
    REQUIRE(room.state.open.find({1})->category == Category::none);
    REQUIRE(room.tell(SetCategory{.incident = {1}, .category = Category::u4}));
    REQUIRE(say(room, "chest_pain", "yes"));
    const Incident& incident = *room.state.open.find({1});
    REQUIRE(incident.category == Category::u1);
    REQUIRE(incident.category_changes.back().rules == std::vector<std::string>{"U1.07"});
    REQUIRE_FALSE(incident.category_changes.back().by_person);
}

TEST_CASE("a raise by what the brigade reports says so; by the caller's words it has no reason") {
    const triage::Protocol table = protocol();
    for (const Source source : {Source::caller, Source::brigade}) {
        Room room;
        room.context.protocol = {std::shared_ptr<const triage::Protocol>{}, &table};
        room.tell(ReceiveCall{});
        REQUIRE(say(room, "blood_in_urine", "yes"));
        REQUIRE(room.tell(SetCategory{.incident = {1}, .category = Category::u4}));
        REQUIRE(room.tell(RecordFindings{{1}, {{"chest_pain", "yes", source}}}));
        const Incident& incident = *room.state.open.find({1});
        REQUIRE(incident.category == Category::u1);
        REQUIRE(incident.category_changes.back().reason ==
                (source == Source::brigade ? OverrideReason::brigade_report
                                           : OverrideReason::none));
    }
}

TEST_CASE("an answer taken back lowers the proposal, never the category in force") {
    const triage::Protocol table = protocol();
    Room room;
    room.context.protocol = {std::shared_ptr<const triage::Protocol>{}, &table};
    room.tell(ReceiveCall{});
    REQUIRE(say(room, "chest_pain", "yes"));
    REQUIRE(room.tell(SetCategory{.incident = {1}, .category = Category::u1}));
    REQUIRE(say(room, "chest_pain", "no"));
    REQUIRE(room.state.open.find({1})->triage.proposed != Category::u1);
    REQUIRE(room.state.open.find({1})->category == Category::u1);
}

TEST_CASE("what the senior doctor lowered stays until something new is said") {
    const triage::Protocol table = protocol();
    Room room;
    room.context.protocol = {std::shared_ptr<const triage::Protocol>{}, &table};
    room.tell(ReceiveCall{});
    say(room, "chest_pain", "yes");
    room.tell(SetCategory{.incident = {1}, .category = Category::u1});
    REQUIRE(room.tell(SetCategory{{1}, Category::u3, OverrideReason::clinical_judgement, "known"},
                      Seat::senior_doctor));
    REQUIRE(room.tell(RecordIntake{.incident = {1}, .age_years = 30}));
    REQUIRE(room.state.open.find({1})->category == Category::u3);
    REQUIRE(say(room, "convulsions", "yes"));
    REQUIRE(room.state.open.find({1})->category == Category::u1);
}

TEST_CASE("a finding or value the table does not know is refused by name") {
    const triage::Protocol table = protocol();
    Room room;
    room.context.protocol = {std::shared_ptr<const triage::Protocol>{}, &table};
    room.tell(ReceiveCall{});
    REQUIRE_FALSE(say(room, "green_hair", "yes"));
    REQUIRE(room.refusal.code == RefusalCode::unknown_finding);
    REQUIRE(room.refusal.field == "green_hair");
    REQUIRE_FALSE(say(room, "chest_pain", "perhaps"));
    REQUIRE(room.refusal.code == RefusalCode::bad_value);
    REQUIRE(room.refusal.field == "chest_pain");
}
