// A caller who hangs up, who calls for whom, and what a caller cannot say: lawful states, the safe
// side.

#include <catch2/catch.hpp>

#include "dispatch/core/patients/triage.h"
#include "dispatch/desk/load_protocol.h"
#include "room.h"

using namespace jedel;
using test::Room;

namespace {

const triage::Protocol& protocol() {
    static const triage::Protocol held = [] {
        auto p = load_protocol(JEDEL_SOURCE_DIR);
        REQUIRE(p);
        return std::move(*p);
    }();
    return held;
}

struct CallRoom : Room {
    CallRoom() {
        context.protocol = {std::shared_ptr<const triage::Protocol>{}, &protocol()};
        tell(ReceiveCall{});
        id = {state.newest_incident().value};
    }
    const Incident& incident() const { return *state.open.find(id); }
    CallPicture picture() const { return picture_of(incident(), incident().first_patient()); }
    bool say(const char* finding, const char* value) {
        return tell(RecordFindings{id, {{finding, value, Source::caller}}});
    }
    IncidentId id;
};

}  // namespace

TEST_CASE("a lost line is a state of its own: the category stays, the call stays open") {
    CallRoom room;
    REQUIRE(room.say("chest_pain", "yes"));
    const TriageRecord before = room.incident().triage;
    CHECK(before.proposed == Category::u1);
    REQUIRE(room.tell(RecordCallerLost{room.id}));
    CHECK(room.incident().caller_lost());
    CHECK(room.incident().triage.proposed == before.proposed);
    CHECK(room.incident().triage.most_urgent == before.most_urgent);
    CHECK_FALSE(room.tell(RecordCallerLost{room.id}));
    CHECK(room.refusal.code == RefusalCode::nothing_changed);
    room.wait(60);
    REQUIRE(room.tell(RecordCallerReached{room.id}));
    CHECK_FALSE(room.incident().caller_lost());
    REQUIRE(room.incident().first_call().line_losses.size() == 1);
    const LineLoss& loss = room.incident().first_call().line_losses[0];
    CHECK(*loss.reached_at - loss.lost_at == std::chrono::seconds{60});
    CHECK_FALSE(room.tell(RecordCallerReached{room.id}));
}

TEST_CASE("a call without a word is not dropped when the line is lost") {
    CallRoom room;
    REQUIRE(room.tell(RecordCallerLost{room.id}));
    CHECK(room.state.open.find(room.id) != nullptr);
    CHECK(room.incident().category == Category::none);
    CHECK(room.incident().triage.least_urgent == Category::none);  // nothing is certain
}

TEST_CASE("a patient who speaks is conscious, while the line holds and no longer") {
    CallRoom room;
    REQUIRE(room.say("consciousness_trouble", "yes"));
    const Category without = room.incident().triage.proposed;
    CHECK(without == Category::u1);
    REQUIRE(room.tell(RecordIntake{.incident = room.id, .caller = CallerRelation::patient}));
    const auto speaking =
        facts_of(protocol(), room.picture());
    CHECK(speaking.tri(*protocol().find("unconscious")) == triage::Tri::no);
    REQUIRE(room.tell(RecordCallerLost{room.id}));
    const auto silent = facts_of(protocol(), room.picture());
    CHECK(silent.tri(*protocol().find("unconscious")) == triage::Tri::unknown);
    CHECK(room.incident().triage.proposed == Category::u1);
}

TEST_CASE("a no from someone who does not see the patient is hearsay; a yes is not") {
    CallRoom room;
    REQUIRE(room.tell(RecordIntake{.incident = room.id, .caller = CallerRelation::away}));
    REQUIRE(room.say("unconscious", "no"));
    REQUIRE(room.say("convulsions", "yes"));
    const auto facts = facts_of(protocol(), room.picture());
    CHECK(facts.tri(*protocol().find("unconscious")) == triage::Tri::unknown);
    CHECK(facts.tri(*protocol().find("convulsions")) == triage::Tri::yes);
}

TEST_CASE("patients nobody has told of are unknown, never well") {
    CallRoom room;
    REQUIRE(room.tell(RecordIntake{.incident = room.id, .patient_count = 3}));
    const auto picture = room.picture();
    CHECK(picture.others_unknown());
    // All that can be denied of the one that was described.
    triage::Facts facts{protocol()};
    REQUIRE(facts.set_text("light_injury", "yes").ok());
    const auto all = protocol().findings();
    for (triage::FindingIndex f = 0; f < all.size(); ++f) {
        if (all[f].type == triage::FindingType::boolean && !all[f].question.empty() &&
            !facts.known(f))
            facts.set(f, triage::Tri::no);
    }
    CHECK(evaluate_call(protocol(), facts, picture).most_urgent == Category::u1);
    CallPicture one = picture;
    one.patients = 1;
    CHECK(evaluate_call(protocol(), facts, one).most_urgent != Category::u1);
    // Several hurt: whether it is an emergency situation is asked, not guessed.
    const triage::Facts nothing{protocol()};
    CHECK(emergency_question(protocol(), nothing, picture) == protocol().find("mass_casualty"));
    CHECK_FALSE(emergency_question(protocol(), nothing, one));
}

TEST_CASE("what the caller could not say is kept, stays unknown, and an answer ends it") {
    CallRoom room;
    REQUIRE(room.say("pain", "yes"));
    const TriageRecord before = room.incident().triage;
    REQUIRE(room.tell(RecordUnanswered{room.id, {"chest_pain", "unconscious"}}));
    CHECK(room.incident().first_patient().unanswered.size() == 2);
    CHECK(room.incident().triage.most_urgent == before.most_urgent);
    CHECK(room.incident().triage.proposed == before.proposed);
    CHECK_FALSE(room.tell(RecordUnanswered{room.id, {"chest_pain"}}));
    CHECK_FALSE(room.tell(RecordUnanswered{room.id, {"no_such_finding"}}));
    CHECK(room.refusal.code == RefusalCode::unknown_finding);
    REQUIRE(room.tell(RecordUnanswered{room.id, {"unconscious"}, true}));
    CHECK(room.incident().first_patient().unanswered.size() == 1);
    REQUIRE(room.say("chest_pain", "yes"));
    CHECK(room.incident().first_patient().unanswered.empty());
    CHECK(room.incident().triage.proposed == Category::u1);
}

TEST_CASE("the unknown age of a child leaves the rows for the youngest open") {
    triage::Facts facts{protocol()};
    REQUIRE(facts.set_text("child", "yes").ok());
    REQUIRE(facts.set_text("temperature", "39").ok());
    REQUIRE(facts.set_text("rash", "no").ok());
    const auto e = triage::evaluate(protocol(), facts);
    CHECK_FALSE(triage::more_urgent(Category::u3, e.most_urgent));
    CHECK(e.least_urgent != Category::u3);
}
