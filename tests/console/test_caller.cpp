// The line, who calls, questions without an answer, definitions to sign, rules read anew.

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "console/definitions.h"
#include "dispatch/desk/load_protocol.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

void take_call(Room& room, const char* words) {
    room.press(Key::f2);
    room.ui().intake.field = Field::words;
    room.ui().focus.moved = true;
    room.settle();
    room.type(words);
    room.press(Key::tab);
}

bool told(Room& room, std::string_view key) {
    const auto& all = room.ui().messages;
    return std::any_of(all.begin(), all.end(), [&](const Message& m) { return m.text_key == key; });
}

}  // namespace

TEST_CASE("Ctrl+E notes a lost line, says to call back, and again that someone is on it") {
    Room room;
    take_call(room, "болит живот");
    room.press(Key::e, ctrl);
    REQUIRE(room.only_call() != nullptr);
    CHECK(room.only_call()->caller_lost());
    CHECK(room.recorder.shows("перезвоните"));
    room.press(Key::e, ctrl);
    CHECK_FALSE(room.only_call()->caller_lost());
    CHECK_FALSE(room.recorder.shows("перезвоните"));
}

TEST_CASE("Ctrl+W says who calls and stores it") {
    Room room;
    take_call(room, "болит живот");
    room.press(Key::w, ctrl);
    CHECK(room.only_call()->first_call().caller == CallerRelation::patient);
    CHECK(room.recorder.shows("Звонит сам пациент"));
}

TEST_CASE("neither yes nor no answers how much: the number stays unknown and is not asked again") {
    Room room;
    take_call(room, "жар, слабость");
    const auto& triage = room.ui().intake.triage;
    const auto rules = load_protocol(JEDEL_SOURCE_DIR);
    REQUIRE(rules);
    const auto& findings = rules->findings();
    std::set<std::string> numbers;
    for (int i = 0; i < 90 && triage.question; ++i) {
        const triage::Finding& asked = findings[triage.question->finding];
        if (asked.type != triage::FindingType::boolean) {
            CHECK(numbers.insert(asked.key).second);
        }
        room.press(digit_key(2), ctrl);
    }
    CHECK_FALSE(triage.question);
    CHECK_FALSE(numbers.empty());
    for (const FindingValue& f : room.only_call()->first_patient().findings) {
        if (numbers.contains(f.finding)) CHECK(f.value == "unknown");
    }
}

TEST_CASE("a question the caller cannot answer is stored and not asked again") {
    Room room;
    take_call(room, "ему плохо");
    REQUIRE(room.ui().intake.triage.question);
    const auto first = room.ui().intake.triage.question->finding;
    room.press(static_cast<Key>(51), ctrl);
    REQUIRE(room.only_call()->first_patient().unanswered.size() == 1);
    REQUIRE(room.ui().intake.triage.question);
    CHECK(room.ui().intake.triage.question->finding != first);
    // Another call, then back: the form is filled from the journal.
    const IncidentId id = room.only_call()->id;
    room.press(Key::f2);
    room.settle();
    room.ui().selected = id;
    room.settle();
    REQUIRE(room.ui().intake.draft.incident == id);
    REQUIRE(room.ui().intake.triage.question);
    CHECK(room.ui().intake.triage.question->finding != first);
}

TEST_CASE("whatever a caller cannot say is asked once: a number too") {
    const auto protocol = load_protocol(JEDEL_SOURCE_DIR);
    REQUIRE(protocol.ok());
    Room room;
    take_call(room, "высокое давление");
    std::vector<triage::FindingIndex> asked;
    bool number = false;
    for (int n = 0; n < 80 && room.ui().intake.triage.question; ++n) {
        const auto finding = room.ui().intake.triage.question->finding;
        CHECK(std::find(asked.begin(), asked.end(), finding) == asked.end());
        asked.push_back(finding);
        const triage::Finding& f = protocol->findings()[finding];
        number = number || f.type == triage::FindingType::number;
        room.press(static_cast<Key>(51), ctrl);
    }
    CHECK(number);
    CHECK_FALSE(room.ui().intake.triage.question);
}

TEST_CASE("the caller's first words and the lost line stay on the course of the call") {
    Room room;
    take_call(room, "ушиб головы");
    room.press(Key::e, ctrl);
    room.press(Key::e, ctrl);
    room.ui().intake.field = Field::words;
    room.ui().focus.moved = true;
    room.settle();
    room.type(" и рвота");
    room.press(Key::tab);
    room.press(Key::f5);
    CHECK(room.recorder.shows("Сказано сначала: ушиб головы"));
    CHECK(room.recorder.shows("без связи"));
}

TEST_CASE("the senior doctor reads a definition and signs it") {
    Room room{RoomOptions{.seat = Seat::senior_doctor}};
    room.press(Key::r, ctrl);
    CHECK(room.recorder.shows("не утверждено"));
    room.press(Key::down);
    room.press(Key::p, ctrl);
    const auto snapshot = room.now();
    REQUIRE(snapshot->state.signatures.size() == 1);
    const Signature& s = snapshot->state.signatures.front();
    CHECK(s.subject.starts_with("rule:U1."));
    CHECK(room.recorder.shows("Утверждено"));
}

TEST_CASE("no other seat signs a definition") {
    Room room;
    room.press(Key::r, ctrl);
    room.press(Key::p, ctrl);
    CHECK(room.now()->state.signatures.empty());
    CHECK(told(room, "refusal.right_required"));
}

TEST_CASE("a definition that changes by one letter is not approved") {
    triage::Rule rule;
    rule.id = "U1.10";
    rule.definition = {"а", "б", "c"};
    const std::string before = triage::definition_version(rule);
    rule.definition.ru = "в";
    CHECK(triage::definition_version(rule) != before);
    rule.definition.ru = "б";
    CHECK(triage::definition_version(rule) == before);
    rule.presume = "bleeding";
    CHECK(triage::definition_version(rule) != before);
}

TEST_CASE("rules are read anew; bad ones are refused with their line and the last good ones stay") {
    bool good = false;
    RoomOptions options;
    options.read_rules = [&good]() -> Result<RuleTables> {
        if (!good) return Error{"expected a condition", "u1.toml", 12, "formula"};
        return read_rule_tables(JEDEL_SOURCE_DIR);
    };
    Room room{options};
    take_call(room, "болит в груди");
    CHECK(room.ui().intake.triage.evaluation.proposed == triage::Category::u1);
    room.press(Key::f5, ctrl);
    CHECK(told(room, "message.rules_refused"));
    const auto& refused = room.ui().messages.back();
    CHECK(refused.alarm);
    CHECK(refused.detail.find("u1.toml:12") == 0);
    CHECK(room.ui().intake.triage.evaluation.proposed == triage::Category::u1);
    good = true;
    room.press(Key::f5, ctrl);
    CHECK(told(room, "message.rules_in_force"));
    CHECK(room.ui().intake.triage.evaluation.proposed == triage::Category::u1);
    // Calls go on under the new rules.
    room.press(Key::enter, ctrl);
    CHECK(room.only_call()->category == Category::u1);
}

TEST_CASE("a patient who calls himself is asked of himself, and the crew of the patient") {
    Room room;
    take_call(room, "Абая 3");
    REQUIRE(room.ui().intake.triage.question);
    const auto protocol = load_protocol(JEDEL_SOURCE_DIR);
    REQUIRE(protocol);
    const triage::Finding& asked =
        protocol->findings()[room.ui().intake.triage.question->finding];
    REQUIRE_FALSE(asked.question_self.empty());
    CHECK(room.recorder.shows(asked.question.ru));
    CHECK_FALSE(room.recorder.shows(asked.question_self.ru));
    room.ui().intake.draft.caller = CallerRelation::patient;
    room.frame();
    CHECK(room.recorder.shows(asked.question_self.ru));
    room.ui().intake.draft.speaks = Source::brigade;
    room.frame();
    CHECK(room.recorder.shows(asked.question.ru));
}
