// Rule tables that are wrong are refused with file, line and reason; the linter finds the rest.

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/triage/table.h"
#include "triage/lint.h"

using namespace jedel;
using namespace jedel::triage;
using jedel::test::protocol_file;
using jedel::test::shipped;

namespace {

constexpr const char* small_findings = R"(version = "1"
[[finding]]
key = "a"
name = {kk = "a", ru = "a", en = "a"}
question = {kk = "a", ru = "a", en = "a"}
[[finding]]
key = "b"
name = {kk = "b", ru = "b", en = "b"}
question = {kk = "b", ru = "b", en = "b"}
[[finding]]
key = "n"
type = "number"
unit = "x"
low = 0
high = 10
modifier = true
name = {kk = "n", ru = "n", en = "n"}
question = {kk = "n", ru = "n", en = "n"}
)";

std::string rule(const std::string& id, const std::string& category, const std::string& formula,
                 const std::string& more = "") {
    return "[[rule]]\nid = \"" + id + "\"\ncategory = \"" + category +
           "\"\nname = {kk = \"r\", ru = \"r\", en = \"r\"}\nformula = \"" + formula +
           "\"\n" + more;
}

Result<Protocol> parse(const std::string& findings, const std::string& rules) {
    const Protocol::File file{"rules.toml", "source = \"s\"\n" + rules};
    return Protocol::parse({"findings.toml", findings}, {&file, 1});
}

Error error_of(const std::string& findings, const std::string& rules) {
    const auto parsed = parse(findings, rules);
    REQUIRE_FALSE(parsed.ok());
    return parsed.error();
}

std::vector<std::string> remarks(const std::string& findings, const std::string& rules) {
    const auto parsed = parse(findings, rules);
    REQUIRE(parsed.ok());
    std::vector<std::string> out;
    for (const Remark& r : lint(*parsed)) {
        out.push_back(r.subject + ": " + std::string(name_of(r.kind)));
    }
    return out;
}

bool has(const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

TEST_CASE("a bad rule is refused with file, line and reason") {
    const auto check = [](const std::string& formula, const std::string& reason) {
        const Error e = error_of(small_findings, rule("R1", "u1", formula));
        CAPTURE(formula, e.text());
        CHECK(e.where == "rules.toml");
        CHECK(e.line == 6);
        CHECK(e.message.find(reason) != std::string::npos);
    };
    check("nothing_known", "expected a finding of the vocabulary");
    check("a and", "found the end");
    check("(a or b", "expected ')'");
    check("a b", "expected 'and', 'or' or the end");
    check("n", "expected '<'");
    check("n < 11", "parts the lawful range");
    check("n == 3", "expected '<'");
    check("unknown(a)", "belong to 'presume'");
    check("at_least(3, a, b)", "as many conditions as the count");
    check("at_least(0, a, b)", "expected a count");
    check("a && b", "expected 'and'");
    check(std::string(200, '(') + "a", "less deeply nested");
}

TEST_CASE("an error in a formula of several lines names its line") {
    const Error e = error_of(small_findings,
                             "[[rule]]\nid = \"R1\"\ncategory = \"u1\"\n"
                             "name = {kk = \"r\", ru = \"r\", en = \"r\"}\n"
                             "formula = \"\"\"a\n  or b\n  or zzz\"\"\"\n");
    CHECK(e.line == 8);
    CHECK(e.field == "formula");
}

TEST_CASE("missing translations, doubled ids and unknown fields are refused") {
    Error e = error_of(small_findings,
                       "[[rule]]\nid = \"R1\"\ncategory = \"u1\"\nname = {kk = \"r\", en = \"r\"}\n"
                       "formula = \"a\"\n");
    CHECK(e.field == "name");
    CHECK(e.line == 5);
    CHECK(e.message == "expected a text in ru");
    e = error_of(small_findings, rule("R1", "u1", "a") + rule("R1", "u2", "b"));
    CHECK(e.message.find("'R1' again") != std::string::npos);
    CHECK(e.line == 7);
    e = error_of(small_findings, rule("R1", "u5", "a"));
    CHECK(e.field == "category");
    e = error_of(small_findings, rule("R1", "u1", "a", "colour = \"red\"\n"));
    CHECK(e.field == "colour");
    e = error_of("version = \"1\"\n[[finding]]\nkey = \"a\"\nname = {kk = \"a\", ru = \"a\"}\n",
                 rule("R1", "u1", "a"));
    CHECK(e.where == "findings.toml");
    CHECK(e.line == 4);
    e = error_of("version = \"1\"\n[[finding]\n", rule("R1", "u1", "a"));
    CHECK(e.where == "findings.toml");
    CHECK(e.line == 2);
    e = error_of("version = \"1\"\n[, x = 1\n", rule("R1", "u1", "a"));
    CHECK(e.line == 2);
    e = error_of(std::string(small_findings) + "[[entailment]]\nif = \"a\"\nthen = \"zzz\"\n",
                 rule("R1", "u1", "a"));
    CHECK(e.field == "then");
    CHECK(e.line == 19);
    e = error_of(std::string(small_findings) + "[[entailment]]\nif = \"a and b\"\nthen = \"b\"\n",
                 rule("R1", "u1", "a"));
    CHECK(e.message.find("one condition") != std::string::npos);
}

TEST_CASE("entailments that contradict one another are refused") {
    const std::string both =
        "[[entailment]]\nif = \"a\"\nthen = \"not a\"\n"
        "[[entailment]]\nif = \"not a\"\nthen = \"a\"\n";
    CHECK(error_of(small_findings + both, rule("R1", "u1", "a")).field == "entailment");
}

TEST_CASE("the linter finds rules that never fire or are always covered") {
    const std::string exclusive = "[[entailment]]\nif = \"a\"\nthen = \"not b\"\n";
    const auto never = remarks(small_findings + exclusive,
                               rule("R1", "u1", "a and b") + rule("R2", "u4", "a or b"));
    CHECK(has(never, "R1: never fires"));
    CHECK_FALSE(has(never, "R2: never fires"));
    const auto covered =
        remarks(small_findings, rule("R1", "u1", "a") + rule("R2", "u2", "a and n < 5") +
                                    rule("R3", "u3", "b and n >= 3") + rule("R4", "u4", "a or b"));
    CHECK(has(covered, "R2: always covered"));
    CHECK_FALSE(has(covered, "R3: always covered"));
    CHECK_FALSE(has(covered, "R4: always covered"));
    // Covered by two rules together.
    CHECK(has(remarks(small_findings, rule("R1", "u1", "a and n < 5") +
                                          rule("R2", "u1", "a and n >= 5") +
                                          rule("R3", "u2", "a") + rule("R4", "u4", "a or b")),
              "R3: always covered"));
    CHECK(has(remarks(small_findings, rule("R1", "u1", "a or b") + rule("R2", "u1", "b or a")),
              "R2: always covered"));
}

TEST_CASE("the linter finds unused findings, gaps and safe sides never taken") {
    const auto found =
        remarks(small_findings, rule("R1", "u1", "a", "presume = \"b and not b\"\n"));
    CHECK(has(found, "b: gap"));
    CHECK(has(found, "n: unused"));
    CHECK(has(found, "R1: never proposes"));
    std::string silent = small_findings;
    silent.erase(silent.find("question = {kk = \"a\""), 41);
    CHECK(has(remarks(silent, rule("R1", "u1", "a") + rule("R4", "u4", "b")), "R1: gap"));
}

TEST_CASE("the shipped table gives the linter nothing to say") {
    for (const Remark& r : lint(shipped())) {
        FAIL_CHECK(r.subject << ": " << name_of(r.kind) << ": " << r.message);
    }
}

TEST_CASE("the last good table stays in force when a new one is refused") {
    auto in_force = parse(small_findings, rule("R1", "u1", "a"));
    REQUIRE(in_force.ok());
    Protocol protocol = std::move(*in_force);
    auto next = parse(small_findings, rule("R1", "u1", "zzz"));
    if (next.ok()) protocol = std::move(*next);
    CHECK(evaluate(protocol, test::facts_of(protocol, "a")).settled());
}

TEST_CASE("facts as text come back as they were set, and bad ones are refused by name") {
    Facts facts(shipped());
    for (const auto& [key, value] : {std::pair{"temperature", "38.5"}, std::pair{"sex", "female"},
                                     std::pair{"rash", "no"}, std::pair{"breathless", "yes"}}) {
        REQUIRE(facts.set_text(key, value).ok());
        CHECK(facts.text(*shipped().find(key)) == value);
    }
    CHECK(facts.text(*shipped().find("headache")) == "unknown");
    REQUIRE(facts.set_text("rash", "unknown").ok());
    CHECK_FALSE(facts.known(*shipped().find("rash")));
    const auto refused = [&](const char* key, const char* value) {
        const auto set = facts.set_text(key, value);
        return set.ok() ? std::string{} : set.error().field;
    };
    CHECK(refused("temperature", "hot") == "temperature");
    CHECK(refused("temperature", "99") == "temperature");
    CHECK(refused("temperature", "38.5 ") == "temperature");
    CHECK(refused("sex", "other") == "sex");
    CHECK(refused("rash", "maybe") == "rash");
    CHECK(refused("insured", "yes") == "insured");
}

TEST_CASE("the patient's person gives what follows from it") {
    Facts facts(shipped());
    facts.set_patient({.age_years = 4, .sex = Sex::male, .pregnancy_weeks = std::nullopt});
    CHECK(facts.tri(*shipped().find("child")) == Tri::yes);
    CHECK(facts.tri(*shipped().find("infant")) == Tri::no);
    CHECK(facts.tri(*shipped().find("pregnant")) == Tri::no);
    Facts woman(shipped());
    woman.set_patient({.age_years = 30, .sex = Sex::female, .pregnancy_weeks = 20});
    CHECK(woman.tri(*shipped().find("pregnant")) == Tri::yes);
    CHECK(woman.number(*shipped().find("pregnancy_weeks")) == 20.0);
    Facts nobody(shipped());
    nobody.set_patient({});
    CHECK(nobody.closed() == Facts(shipped()).closed());
}
