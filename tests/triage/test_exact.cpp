// The answer is exact: against a reference that writes out every completion.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>

#include "tests/triage/reference.h"
#include "tests/triage/table.h"

using namespace jedel;
using namespace jedel::triage;
using jedel::test::facts_of;
using jedel::test::Reference;
using jedel::test::say_something;
using jedel::test::shipped;

namespace {

// $JEDEL_NIGHTLY raises the number of cases a hundredfold, to a million and more.
int rounds(int in_every_run) {
    return std::getenv("JEDEL_NIGHTLY") != nullptr ? in_every_run * 100 : in_every_run;
}

std::mt19937 drawn_random() {
    return std::mt19937(*rc::gen::arbitrary<std::uint32_t>().as("seed"));
}

std::vector<FindingIndex> shuffled_findings(const Protocol& protocol, std::mt19937& random) {
    std::vector<FindingIndex> out(protocol.findings().size());
    std::iota(out.begin(), out.end(), FindingIndex{0});
    std::shuffle(out.begin(), out.end(), random);
    return out;
}

std::string described(const Protocol& protocol, const Facts& facts) {
    std::string out;
    for (FindingIndex f = 0; f < protocol.findings().size(); ++f) {
        if (facts.values()[f].state != Tri::unknown) {
            out += protocol.findings()[f].key + "=" + facts.text(f) + " ";
        }
    }
    return out;
}

void require_exact(const Protocol& protocol, const Reference& reference, const Facts& facts) {
    const auto range = reference.range(facts);
    const Evaluation e = evaluate(protocol, facts);
    if (!range) {
        RC_ASSERT(facts.contradictory());
        return;
    }
    RC_ASSERT_FALSE(facts.contradictory());
    if (e.most_urgent != range->first || e.least_urgent != range->second) {
        RC_LOG() << described(protocol, facts);
    }
    RC_ASSERT(name_of(e.most_urgent) == name_of(range->first));
    RC_ASSERT(name_of(e.least_urgent) == name_of(range->second));
    RC_ASSERT_FALSE(more_urgent(e.proposed, e.most_urgent));
    // Words that were not understood: nothing is proposed, however much is certain.
    const auto words = protocol.find(words_suggest_key);
    const bool unread = e.proposed == Category::none && words && facts.text(*words) == words_unread;
    RC_ASSERT((unread || !more_urgent(e.least_urgent, e.proposed)));
}

// ---- Small made-up tables: shared findings, negations, bounds, choices, entailments ------------

constexpr const char* made_up_findings = R"(version = "test"
[[finding]]
key = "a"
name = {kk = "a", ru = "a", en = "a"}
[[finding]]
key = "b"
name = {kk = "b", ru = "b", en = "b"}
within = ["a"]
[[finding]]
key = "c"
name = {kk = "c", ru = "c", en = "c"}
[[finding]]
key = "d"
name = {kk = "d", ru = "d", en = "d"}
[[finding]]
key = "e"
name = {kk = "e", ru = "e", en = "e"}
[[finding]]
key = "n"
type = "number"
unit = "x"
low = 0
high = 100
within = ["e"]
name = {kk = "n", ru = "n", en = "n"}
[[finding]]
key = "two"
type = "choice"
name = {kk = "t", ru = "t", en = "t"}
choices = [{key = "x", kk = "x", ru = "x", en = "x"}, {key = "y", kk = "y", ru = "y", en = "y"}]
[[finding]]
key = "three"
type = "choice"
name = {kk = "t", ru = "t", en = "t"}
choices = [
  {key = "p", kk = "p", ru = "p", en = "p"},
  {key = "q", kk = "q", ru = "q", en = "q"},
  {key = "r", kk = "r", ru = "r", en = "r"},
]
)";

constexpr const char* conditions[] = {"a",      "b",       "c",        "d",          "e",
                                      "n < 10", "n >= 10", "n <= 40",  "n > 70",     "two == x",
                                      "two != x", "three == p", "three != q", "three == r"};

std::string any_condition(std::mt19937& random) {
    std::uniform_int_distribution<std::size_t> any(0, std::size(conditions) - 1);
    return conditions[any(random)];
}

std::string any_formula(std::mt19937& random, int depth) {
    const int kind = std::uniform_int_distribution<int>(0, depth > 0 ? 5 : 1)(random);
    const auto inner = [&] { return any_formula(random, depth - 1); };
    switch (kind) {
        case 0: return any_condition(random);
        case 1: return "not (" + any_condition(random) + ")";
        case 2: return "(" + inner() + " or " + inner() + ")";
        case 3: return "at_least(2, " + inner() + ", " + inner() + ", " + inner() + ")";
        case 4: return "not (" + inner() + " or " + inner() + ")";
        default: return "(" + inner() + " and " + inner() + ")";
    }
}

Result<Protocol> any_table(std::mt19937& random) {
    std::string findings = made_up_findings;
    for (int i = std::uniform_int_distribution<int>(0, 3)(random); i > 0; --i) {
        findings += "[[entailment]]\nif = \"" + any_condition(random) + "\"\nthen = \"not (" +
                    any_condition(random) + ")\"\n";
    }
    std::string rules = "source = \"made up\"\n";
    const int count = std::uniform_int_distribution<int>(1, 6)(random);
    for (int i = 0; i < count; ++i) {
        const int category = std::uniform_int_distribution<int>(1, 4)(random);
        rules += "[[rule]]\nid = \"R" + std::to_string(i) + "\"\ncategory = \"u" +
                 std::to_string(category) + "\"\nname = {kk = \"r\", ru = \"r\", en = \"r\"}\n" +
                 "formula = \"" + any_formula(random, 3) + "\"\n";
    }
    const Protocol::File file{"rules.toml", rules};
    return Protocol::parse({"findings.toml", findings}, {&file, 1});
}

}  // namespace

TEST_CASE("the range is exact on made-up tables of every shape") {
    const int tables = rounds(2);
    int checked = 0, refused = 0;
    REQUIRE(rc::check([&] {
        std::mt19937 random = drawn_random();
        for (int t = 0; t < tables; ++t) {
            const auto protocol = any_table(random);
            if (!protocol) {  // only where entailments contradict one another
                RC_ASSERT(protocol.error().field == "entailment");
                ++refused;
                continue;
            }
            ++checked;
            const Reference reference(*protocol);
            for (int i = 0; i < 40; ++i) {
                Facts facts(*protocol);
                const int said = std::uniform_int_distribution<int>(0, 8)(random);
                const auto order = shuffled_findings(*protocol, random);
                for (int n = 0; n < said && n < static_cast<int>(order.size()); ++n) {
                    const FindingIndex f = order[static_cast<std::size_t>(n)];
                    say_something(facts, reference, *protocol, f, 0.5, random);
                }
                require_exact(*protocol, reference, facts);
            }
        }
    }));
    CHECK(checked > refused);
}

TEST_CASE("the range is exact on the shipped table where few findings are open") {
    const Reference reference(shipped());
    const int cases = rounds(25);
    REQUIRE(rc::check([&] {
        std::mt19937 random = drawn_random();
        for (int i = 0; i < cases; ++i) {
            const double share = std::uniform_real_distribution<double>(0, 0.12)(random);
            Facts facts(shipped());
            auto order = shuffled_findings(shipped(), random);
            for (const FindingIndex f : order) {
                say_something(facts, reference, shipped(), f, share, random);
            }
            std::shuffle(order.begin(), order.end(), random);
            const int open = std::uniform_int_distribution<int>(0, 5)(random);
            for (int n = 0; n < open; ++n) facts.clear(order[static_cast<std::size_t>(n)]);
            require_exact(shipped(), reference, facts);
        }
    }));
}

TEST_CASE("an answer never widens the range") {
    const Reference reference(shipped());
    REQUIRE(rc::check([&] {
        std::mt19937 random = drawn_random();
        for (int i = 0; i < rounds(3); ++i) {
            Facts facts(shipped());
            Evaluation before = evaluate(shipped(), facts);
            LiteralSet assumed = facts.assumed();
            for (const FindingIndex f : shuffled_findings(shipped(), random)) {
                say_something(facts, reference, shipped(), f, 0.03, random);
                const Evaluation after = evaluate(shipped(), facts);
                // Where an answer opens a question that was not asked before, the range may widen.
                if (assumed.inside(facts.assumed())) {
                    RC_ASSERT_FALSE(more_urgent(after.most_urgent, before.most_urgent));
                    RC_ASSERT_FALSE(more_urgent(before.least_urgent, after.least_urgent));
                }
                assumed = facts.assumed();
                // Words that were not understood: nothing is proposed, however much is certain.
                const bool unread = after.proposed == Category::none &&
                                    facts.text(*shipped().find(words_suggest_key)) == words_unread;
                RC_ASSERT((unread || !more_urgent(after.least_urgent, after.proposed)));
                RC_ASSERT_FALSE(more_urgent(after.proposed, after.most_urgent));
                before = after;
            }
            // All is said: the range is one category, where the words were understood and nobody
            // said that they don't know a number.
            const bool unread = before.proposed == Category::none &&
                                facts.text(*shipped().find(words_suggest_key)) == words_unread;
            bool every_number = true;
            for (FindingIndex f = 0; f < shipped().findings().size(); ++f) {
                const bool number = shipped().findings()[f].type == FindingType::number;
                every_number = every_number && (!number || facts.number(f));
            }
            RC_ASSERT(
                (unread || !every_number || before.most_urgent == before.least_urgent));
        }
    }));
}

TEST_CASE("the order of answers never matters, nor do answers taken back") {
    const Reference reference(shipped());
    REQUIRE(rc::check([&] {
        std::mt19937 random = drawn_random();
        Facts first(shipped());
        auto order = shuffled_findings(shipped(), random);
        order.resize(30);
        for (const FindingIndex f : order) {
            say_something(first, reference, shipped(), f, 0.3, random);
        }
        Facts second(shipped());
        for (const FindingIndex f : shuffled_findings(shipped(), random)) {
            say_something(second, reference, shipped(), f, 0.3, random);
        }
        for (FindingIndex f = 0; f < shipped().findings().size(); ++f) second.clear(f);
        std::shuffle(order.begin(), order.end(), random);
        for (const FindingIndex f : order) {
            const auto& v = first.values()[f];
            if (v.state != Tri::unknown) RC_ASSERT(second.set_text(shipped().findings()[f].key,
                                                                   first.text(f)).ok());
        }
        RC_ASSERT(first.closed() == second.closed());
        const Evaluation a = evaluate(shipped(), first), b = evaluate(shipped(), second);
        RC_ASSERT(a.most_urgent == b.most_urgent);
        RC_ASSERT(a.least_urgent == b.least_urgent);
        RC_ASSERT(a.proposed == b.proposed);
    }));
}

TEST_CASE("a case split that no single rule certifies is still certain") {
    const Protocol::File rules{"r.toml", R"(source = "t"
[[rule]]
id = "R1"
category = "u1"
name = {kk = "r", ru = "r", en = "r"}
formula = "a and n < 5"
[[rule]]
id = "R2"
category = "u2"
name = {kk = "r", ru = "r", en = "r"}
formula = "a and n >= 5"
)"};
    const auto protocol = Protocol::parse({"f.toml", made_up_findings}, {&rules, 1});
    REQUIRE(protocol.ok());
    const Evaluation e = evaluate(*protocol, facts_of(*protocol, "a"));
    CHECK(e.most_urgent == Category::u1);
    CHECK(e.least_urgent == Category::u2);
    CHECK(evaluate(*protocol, facts_of(*protocol, "a, n = 5")).settled());
}
