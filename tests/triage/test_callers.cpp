// Simulated callers: what is true of the patient is known, and each question is answered by it.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <set>

#include "tests/triage/reference.h"
#include "tests/words/lexicon_files.h"
#include "tests/words/tally.h"
#include "triage/interview.h"

using namespace jedel;
using namespace jedel::triage;
using jedel::test::protocol;
using nlohmann::json;

namespace {

const std::string& key_of(FindingIndex f) { return protocol().findings()[f].key; }

struct Told {
    Facts facts{protocol()};
    std::vector<FindingIndex> asked, unanswered;
    std::optional<std::size_t> sufficient;  ///< questions before the first sufficient answer
};

// Questions that would be absurd: which may not be put while the patient is known to be such.
struct Absurd {
    const char* question;
    const char* known;  ///< a finding that is there; "" = of nobody
    double from, below;  ///< ages
};
constexpr Absurd absurd[] = {
    {"shock", "", 0, 126},           {"no_heartbeat", "", 0, 126},
    {"no_wrist_pulse", "", 0, 126},  {"organ_transport", "patient_call", 0, 126},
    {"known_heart_disease", "", 0, 16}, {"stroke_signs", "", 0, 3},
    {"psychosis_signs", "", 0, 6},   {"pregnant", "", 0, 12},
    {"pregnant", "", 56, 126},       {"recent_birth_or_abortion", "", 56, 126},
    {"listless", "", 14, 126},       {"newborn_not_crying", "", 2, 12},
    {"long_lie", "", 0, 50},         {"stroke_signs_passed", "", 0, 40},
};

void check_not_absurd(const Told& told, FindingIndex q) {
    const auto age = told.facts.number(*protocol().find("age_years"));
    const auto yes = [&](const char* key) {
        return told.facts.tri(*protocol().find(key)) == Tri::yes;
    };
    CAPTURE(key_of(q), age.value_or(-1));
    for (const Absurd& a : absurd) {
        if (key_of(q) != a.question) continue;
        const bool everybody = a.from == 0 && a.below > 125;
        const bool of_age = everybody || (age && *age >= a.from && *age < a.below);
        CHECK_FALSE((of_age && (*a.known == '\0' || yes(a.known))));
    }
    if (key_of(q) == "mass_casualty") CHECK((yes("trauma") || yes("poisoning")));
    if (key_of(q) == "testis_pain" || key_of(q) == "urinary_retention") return;
    for (const FindingIndex w : protocol().findings()[q].within) {
        // Never the particular of something that was denied.
        CHECK(told.facts.tri(w) != Tri::no);
    }
}

template <class Answer>
void lead(Told& told, const Answer& answer) {
    while (true) {
        const auto next = lead_interview(protocol(), told.facts, {.unanswered = told.unanswered});
        const Evaluation e = evaluate(protocol(), told.facts);
        const bool enough = next ? next->sufficient : e.proposed != Category::none;
        if (enough && !told.sufficient) told.sufficient = told.asked.size();
        if (!next) return;
        REQUIRE(next->may_come >= 1);
        check_not_absurd(told, next->finding);
        told.asked.push_back(next->finding);
        REQUIRE(told.asked.size() <= protocol().findings().size());
        const std::string value = answer(next->finding);
        if (value == "unknown") told.unanswered.push_back(next->finding);
        else REQUIRE(told.facts.set_text(key_of(next->finding), value).ok());
    }
}

std::size_t median(std::vector<std::size_t> all) {
    REQUIRE_FALSE(all.empty());
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

// The truth of a line: what is named and what follows from it; everything else is not there.
Facts truth_of(const json& line) {
    Facts truth{protocol()};
    truth.set_patient(test::patient_of(line));
    for (const auto& key : line["truth"]) {
        REQUIRE(truth.set_text(key.get<std::string>(), "yes").ok());
    }
    const json numbers = line.value("numbers", json::object());
    for (const auto& [key, value] : numbers.items()) {
        REQUIRE(truth.set_text(key, value.dump()).ok());
    }
    return truth;
}

}  // namespace

TEST_CASE("every interview of the clinical review closes") {
    std::ifstream in(JEDEL_SOURCE_DIR "/tests/triage/interviews.jsonl");
    std::map<int, std::vector<std::size_t>> sufficient;
    std::vector<std::size_t> asked;
    int lower = 0, all = 0;
    for (std::string text; std::getline(in, text);) {
        const json line = json::parse(text);
        CAPTURE(text);
        const Facts truth = truth_of(line);
        const Patient patient = test::patient_of(line);
        Told told;
        const std::string words = line.value("complaint", std::string{});
        for (const Mark& m : test::both_readers().read(words, patient)) {
            if (m.value != "unknown") REQUIRE(told.facts.set_text(key_of(m.finding), m.value).ok());
        }
        told.facts.set_patient(patient);
        if (words.empty()) {
            const auto first = line["truth"].front().get<std::string>();
            REQUIRE(told.facts.set_text(first, "yes").ok());
        }
        lead(told, [&](FindingIndex f) -> std::string {
            const bool boolean = protocol().findings()[f].type == FindingType::boolean;
            if (!boolean) return truth.text(f);
            return truth.tri(f) == Tri::yes ? "yes" : "no";
        });
        const Evaluation end = evaluate(protocol(), told.facts);
        // A number that the caller does not know stays unknown, and the safe side stands.
        if (told.unanswered.empty()) {
            CHECK(name_of(end.most_urgent) == name_of(end.least_urgent));
        }
        CHECK(end.proposed != Category::none);
        const int expected = line["expected"].get<int>();
        ++all;
        if (static_cast<int>(end.proposed) > expected) {
            ++lower;
            std::printf("  lower %s: U%d, expected U%d\n", line["id"].dump().c_str(),
                        static_cast<int>(end.proposed), expected);
        }
        REQUIRE(told.sufficient);
        sufficient[expected].push_back(*told.sufficient);
        asked.push_back(told.asked.size());
    }
    std::printf("interviews %d: lower than expected %d; questions median %zu, most %zu\n", all,
                lower, median(asked), *std::max_element(asked.begin(), asked.end()));
    for (auto& [category, counts] : sufficient) {
        std::printf("  U%d: to the first sufficient answer median %zu, most %zu\n", category,
                    median(counts), *std::max_element(counts.begin(), counts.end()));
    }
    CHECK(median(sufficient[1]) <= 3);
    for (const int category : {2, 3, 4}) CHECK(median(sufficient[category]) <= 6);
    CHECK(lower <= 12);
}

TEST_CASE("frequent calls have a sufficient answer within six questions") {
    const auto questions = [](std::initializer_list<std::pair<const char*, const char*>> said) {
        Told told;
        for (const auto& [key, value] : said) REQUIRE(told.facts.set_text(key, value).ok());
        lead(told, [](FindingIndex f) -> std::string {
            return protocol().findings()[f].type == FindingType::boolean ? "no" : "unknown";
        });
        const Evaluation e = evaluate(protocol(), told.facts);
        CHECK(name_of(e.most_urgent) == name_of(e.least_urgent));
        REQUIRE(told.sufficient);
        return *told.sufficient;
    };
    CHECK(questions({{"temperature", "38.6"}, {"age_years", "2"}}) <= 6);
    CHECK(questions({{"bp_systolic", "170"}, {"headache", "yes"}, {"age_years", "60"}}) <= 6);
    CHECK(questions({{"abdominal_pain", "yes"}, {"age_years", "28"}, {"sex", "female"}}) <= 6);
    CHECK(questions({{"asthma_attack", "yes"}, {"age_years", "30"}}) <= 6);
    CHECK(questions({{"headache", "yes"}, {"age_years", "40"}}) <= 6);
}

TEST_CASE("five hundred callers: all interviews close, none below the truth, nothing absurd") {
    std::mt19937 random(2026);
    const test::Reference reference(protocol());
    for (int n = 0; n < 500; ++n) {
        Facts truth(protocol());
        std::vector<FindingIndex> order(protocol().findings().size());
        std::iota(order.begin(), order.end(), FindingIndex{0});
        std::shuffle(order.begin(), order.end(), random);
        // The person first: nobody is drawn pregnant and then a man.
        for (const char* key : {"organ_transport", "patient_call", "age_years", "sex"}) {
            test::say_something(truth, reference, protocol(), *protocol().find(key),
                                key == std::string("patient_call") ? 1.0 : 0.0, random);
        }
        for (const FindingIndex f : order) {
            if (truth.known(f)) continue;
            // Pressure, temperature and extent come last, as callers give them.
            if (protocol().findings()[f].type != FindingType::boolean) continue;
            // What would be absurd to ask of this patient is not true of him either.
            const auto& atoms = protocol().impl().atoms_of_finding[f];
            const bool absent = truth.assumed().has_no(atoms.front());
            test::say_something(truth, reference, protocol(), f,
                                absent ? 0.0 : protocol().findings()[f].prior / 2, random);
        }
        // A finding that was true before another made its question absurd is left to the words.
        for (FindingIndex f = 0; f < order.size(); ++f) {
            const auto& typical = protocol().findings()[f].typical;
            if (truth.known(f) || typical.empty()) continue;
            for (std::size_t tries = 0; tries < typical.size(); ++tries) {
                truth.set_number(f, typical[random() % typical.size()]);
                if (!truth.contradictory()) break;
                truth.clear(f);
            }
        }
        const Category category = evaluate(protocol(), truth).proposed;
        if (category == Category::none) continue;
        // The complaint: one thing that is there and that someone would call for.
        Told told;
        std::vector<FindingIndex> there;
        for (const FindingIndex f : order) {
            const Finding& finding = protocol().findings()[f];
            if (finding.type != FindingType::boolean) continue;
            if (finding.question.empty() || !finding.caller_can_know) {
                REQUIRE(told.facts.set_text(finding.key, truth.text(f)).ok());
            } else if (!finding.modifier && truth.tri(f) == Tri::yes) {
                there.push_back(f);
            }
        }
        for (const char* key : {"age_years", "sex"}) {
            REQUIRE(told.facts.set_text(key, truth.text(*protocol().find(key))).ok());
        }
        if (!there.empty()) told.facts.set(there.front(), Tri::yes);
        lead(told, [&](FindingIndex f) { return truth.text(f); });
        const Evaluation end = evaluate(protocol(), told.facts);
        CAPTURE(n, there.empty() ? std::string{} : key_of(there.front()));
        CHECK(name_of(end.most_urgent) == name_of(end.least_urgent));
        CHECK_FALSE(more_urgent(category, end.proposed));
        if (more_urgent(category, end.proposed)) {
            for (FindingIndex f = 0; f < order.size(); ++f) {
                if (truth.tri(f) == Tri::yes && !told.facts.known(f)) {
                    std::printf("  %d never said: %s\n", n, key_of(f).c_str());
                }
            }
        }
    }
}
