// The next question: danger first, nothing known or idle, and it comes to an end.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "tests/triage/reference.h"
#include "tests/triage/table.h"
#include "triage/interview.h"

using namespace jedel;
using namespace jedel::triage;
using jedel::test::facts_of;
using jedel::test::Reference;
using jedel::test::shipped;

namespace {

std::string next_key(std::string_view facts) {
    const auto next = next_question(shipped(), facts_of(shipped(), facts));
    return next ? shipped().findings()[next->finding].key : "";
}

// A lawful complete case, mostly without findings.
Facts complete_case(std::mt19937& random) {
    const Reference reference(shipped());
    Facts facts(shipped());
    std::vector<FindingIndex> order(shipped().findings().size());
    std::iota(order.begin(), order.end(), FindingIndex{0});
    std::shuffle(order.begin(), order.end(), random);
    for (const FindingIndex f : order) {
        const double share = shipped().findings()[f].prior / 3;
        test::say_something(facts, reference, shipped(), f, share, random);
    }
    return facts;
}

void copy_answer(Facts& to, const Facts& from, FindingIndex f) {
    REQUIRE(to.set_text(shipped().findings()[f].key, from.text(f)).ok());
}

// What nobody is asked, the caller says: it has no question, or the table keeps the question from
// this patient.
void say_unasked(Facts& told, const Facts& truth) {
    for (FindingIndex f = 0; f < shipped().findings().size(); ++f) {
        const Finding& finding = shipped().findings()[f];
        const bool never = finding.question.empty() || !finding.caller_can_know;
        if (never) copy_answer(told, truth, f);
    }
    for (const Unasked& row : shipped().impl().unasked) {
        for (const Fact& fact : row.absent) {
            const FindingIndex f = shipped().impl().atoms[fact.atom].finding;
            if (fact.in(truth.closed()) && truth.known(f)) copy_answer(told, truth, f);
        }
    }
}

}  // namespace

TEST_CASE("danger to life is asked first: mind, breath, heavy bleeding") {
    CHECK(next_key("rash") == "consciousness_trouble");
    CHECK(next_key("rash, consciousness_trouble = no") == "breathing_trouble");
    CHECK(next_key("rash, consciousness_trouble = no, breathing_trouble = no") == "bleeding_heavy");
    CHECK(next_key("consciousness_trouble") == "unconscious");
    CHECK(next_question(shipped(), facts_of(shipped(), "rash"))->danger);
}

TEST_CASE("once the category is certain only what the help card needs is asked") {
    // Conscious, breathing normally, blood: before category 1 may end the interview.
    CHECK(next_key("unconscious") == "breathing_trouble");
    CHECK(next_key("unconscious, breathing_trouble") == "not_breathing");
    CHECK(next_key("unconscious, breathing_trouble, not_breathing = no") == "gasping");
    CHECK(next_key("unconscious, breathing_trouble = no") == "bleeding_heavy");
    CHECK(next_key("unconscious, breathing_trouble = no, bleeding_heavy = no").empty());
    CHECK(next_key("electric_injury") == "consciousness_trouble");
    CHECK(next_key("chest_pain, age_years = 50") == "consciousness_trouble");
    CHECK(next_key("chest_pain, unconscious = no, breathing_trouble = no, bleeding_heavy = no")
              .empty());
    // Not from someone who has not to wait: the answer is sufficient at once.
    CHECK(next_question(shipped(), facts_of(shipped(), "electric_injury"))->sufficient);
    CHECK_FALSE(next_question(shipped(), facts_of(shipped(), "rash"))->sufficient);
}

TEST_CASE("what the caller cannot answer is not asked again") {
    std::vector<FindingIndex> skip;
    const Facts facts = facts_of(shipped(), "headache, age_years = 30");
    while (const auto next = next_question(shipped(), facts, skip)) {
        REQUIRE(std::find(skip.begin(), skip.end(), next->finding) == skip.end());
        skip.push_back(next->finding);
        REQUIRE(skip.size() <= shipped().findings().size());
    }
    CHECK(skip.size() > 20);
}

TEST_CASE("an interview asks nothing known, always ends, and ends settled on the truth") {
    REQUIRE(rc::check([] {
        std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>().as("seed"));
        const Facts truth = complete_case(random);
        const Category category = evaluate(shipped(), truth).proposed;
        Facts told(shipped());
        say_unasked(told, truth);
        std::size_t asked = 0;
        while (const auto next = next_question(shipped(), told)) {
            RC_ASSERT_FALSE(told.known(next->finding));
            RC_ASSERT(shipped().findings()[next->finding].caller_can_know);
            RC_ASSERT_FALSE(shipped().findings()[next->finding].question.empty());
            RC_ASSERT(next->expected_more >= 1.0);
            copy_answer(told, truth, next->finding);
            RC_ASSERT(++asked <= shipped().findings().size());
        }
        const Evaluation e = evaluate(shipped(), told);
        RC_ASSERT(e.most_urgent == e.least_urgent);
        RC_ASSERT(name_of(e.most_urgent) == name_of(category));
    }));
}

TEST_CASE("the question that splits best is chosen where few are left") {
    const Protocol::File rules{"r.toml", R"(source = "t"
[[rule]]
id = "R1"
category = "u1"
name = {kk = "r", ru = "r", en = "r"}
formula = "a and b"
[[rule]]
id = "R2"
category = "u1"
name = {kk = "r", ru = "r", en = "r"}
formula = "a and c"
[[rule]]
id = "R4"
category = "u4"
name = {kk = "r", ru = "r", en = "r"}
formula = "start"
)"};
    std::string findings = "version = \"t\"\n";
    for (const char* key : {"start", "b", "c", "a"}) {
        findings += std::string("[[finding]]\nkey = \"") + key +
                    "\"\nprior = 0.2\nname = {kk = \"n\", ru = \"n\", en = \"n\"}\n"
                    "question = {kk = \"q\", ru = \"q\", en = \"q\"}\n";
    }
    const auto protocol = Protocol::parse({"f.toml", findings}, {&rules, 1});
    REQUIRE(protocol.ok());
    const auto next = next_question(*protocol, facts_of(*protocol, "start"));
    REQUIRE(next.has_value());
    CHECK(protocol->findings()[next->finding].key == "a");
    // "no" (0.8) ends it; "yes" leaves b, and c unless b is there: 1 + 0.2 * (1 + 0.8).
    CHECK(next->expected_more == Approx(1.36));
}

TEST_CASE("what would change names the answers that move the proposal") {
    const Facts facts = facts_of(shipped(), "injury_leg, bleeding, age_years = 30, sex = male");
    const auto changes = what_would_change(shipped(), facts, 40);
    const auto has = [&](const char* key, Tri answer, Category category) {
        return std::any_of(changes.begin(), changes.end(), [&](const WhatIf& w) {
            return shipped().findings()[w.finding].key == key && w.answer == answer &&
                   w.category == category;
        });
    };
    CHECK(has("bleeding_heavy", Tri::yes, Category::u1));
    CHECK(has("injury_multiple", Tri::yes, Category::u1));
    CHECK(has("bleeding_slight", Tri::yes, Category::u4));
    CHECK_FALSE(has("pregnant", Tri::yes, Category::u1));
    CHECK(what_would_change(shipped(), facts, 2).size() == 2);
    for (const WhatIf& w : changes) {
        Facts next = facts;
        next.set(w.finding, w.answer);
        CHECK(evaluate(shipped(), next).proposed == w.category);
    }
}
