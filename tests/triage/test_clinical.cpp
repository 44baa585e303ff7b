// Cases of a clinical review with the category that an emergency doctor expects, and wordings of
// the project's own for each of their kinds.

#include <catch2/catch.hpp>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/words/lexicon_files.h"
#include "tests/words/tally.h"

using namespace jedel;
using namespace jedel::triage;
using nlohmann::json;

namespace {

std::vector<json> lines_of(const std::string& name) {
    std::ifstream in(JEDEL_SOURCE_DIR "/tests/triage/" + name);
    std::vector<json> out;
    for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
    REQUIRE_FALSE(out.empty());
    return out;
}

std::string text_of(const json& value) {
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    return value.is_number() ? value.dump() : value.get<std::string>();
}

Category proposal(const json& line) {
    const Patient patient = test::patient_of(line);
    Facts facts{test::protocol()};
    for (const Mark& m : test::both_readers().read(line["complaint"].get<std::string>(), patient)) {
        REQUIRE(facts.set_text(test::protocol().findings()[m.finding].key, m.value).ok());
    }
    facts.set_patient(patient);
    const json answers = line.value("answers", json::object());
    for (const auto& [key, value] : answers.items()) {
        CAPTURE(key);
        REQUIRE(facts.set_text(key, text_of(value)).ok());
    }
    return evaluate(test::protocol(), facts).proposed;
}

struct Counts {
    int exact = 0, low = 0, high_by_two = 0;
};

Counts count(const std::string& name) {
    Counts out;
    for (const json& line : lines_of(name)) {
        const int got = static_cast<int>(proposal(line));
        const int expected = line["expected"].get<int>();
        CAPTURE(line.dump(), got, expected);
        REQUIRE(got != 0);
        CHECK(got <= expected);       // none too low
        CHECK(got + 2 > expected);    // none higher by two
        out.exact += got == expected;
        out.low += got > expected;
        out.high_by_two += got + 2 <= expected;
    }
    return out;
}

}  // namespace

TEST_CASE("the cases of the clinical review: none too low, none higher by two") {
    CHECK(count("clinical_cases.jsonl").exact >= 45);
}

TEST_CASE("other wordings of the same kinds") {
    CHECK(count("clinical_variants.jsonl").exact >= 78);
}
