// Every row of the order, and every line of the rulebook's table that tells near rows apart.

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "tests/triage/table.h"

using namespace jedel;
using namespace jedel::triage;
using jedel::test::evaluate_text;
using jedel::test::reason_ids;
using jedel::test::shipped;

namespace {

struct Case {
    const char* id;
    const char* facts;
};

// One set of answers a row; each makes that row the reason and gives its category.
constexpr Case each_row[] = {
    {"U1.01", "unconscious"},
    {"U1.02", "gasping"},
    {"U1.03", "no_heartbeat"},
    {"U1.04", "choking"},
    {"U1.05", "cold_sweat, pale_grey, unable_to_sit"},
    {"U1.06", "convulsions"},
    {"U1.07", "chest_pain"},
    {"U1.08", "face_droop"},
    {"U1.09", "bleeding, injury_arm, injury_leg"},
    {"U1.10", "injury, bleeding"},
    {"U1.11", "bleeding, injury_neck, bleeding_held"},
    {"U1.12", "burn, burn_palms = 12, age_years = 40"},
    {"U1.13", "bite_or_sting, swelling_face_throat"},
    {"U1.14", "electric_injury"},
    {"U1.15", "vomiting_blood"},
    {"U1.16", "labour, not_head_first"},
    {"U1.17", "organ_transport"},
    {"U1.18", "mass_casualty"},
    {"U2.01", "drowsy, unconscious = no"},
    {"U2.02", "breathless"},
    {"U2.03", "rhythm_disturbance"},
    {"U2.04", "bp_systolic = 230"},
    {"U2.05", "rash, temperature = 38.6"},
    {"U2.06", "bleeding, injury_leg, bleeding_held"},
    {"U2.07", "overdose"},
    {"U2.08", "jaw_pain, age_years = 58"},
    {"U2.09", "pregnancy_weeks = 30, headache"},
    {"U2.10", "vomiting, diarrhoea, no_urine_8h"},
    {"U2.11", "hallucinations"},
    {"U3.01", "injury_leg, fracture_signs"},
    {"U3.02", "abdominal_pain_severe"},
    {"U3.03", "temperature = 38.5, age_years = 2"},
    {"U3.04", "labour, pregnancy_weeks = 39"},
    {"U3.05", "pregnant, abdominal_pain_mild"},
    {"U3.06", "burn, age_years = 7, burn_palms = 2"},
    {"U4.01", "cold_signs"},
    {"U4.02", "rash"},
    {"U4.03", "injury, light_injury"},
    {"U4.04", "chronic_pain"},
    {"U4.05", "vomiting, diarrhoea"},
    {"U4.06", "pregnancy_weeks = 9, vomiting"},
    {"U4.07", "urinary_retention, chronic_urinary_disease"},
    {"U4.08", "blood_in_urine"},
    {"U4.09", "postpartum_inflammation"},
    {"U4.10", "foreign_body_elsewhere"},
    {"U4.11", "needs_procedure"},
    {"U4.12", "bite_or_sting"},
    {"U4.13", "raised_pressure, bp_systolic = 165"},
    {"U4.14", "fever_not_coming_down, age_years = 30"},
};

struct Near {
    const char* facts;
    Category proposed;
    const char* id;
};

void check(const Near& near) {
    CAPTURE(near.facts);
    const Evaluation e = evaluate_text(near.facts);
    CHECK(name_of(e.proposed) == name_of(near.proposed));
    const auto ids = reason_ids(near.facts);
    CAPTURE(ids);
    CHECK(std::find(ids.begin(), ids.end(), near.id) != ids.end());
    // The range holds the proposal.
    CHECK_FALSE(more_urgent(e.proposed, e.most_urgent));
    CHECK_FALSE(more_urgent(e.least_urgent, e.proposed));
}

constexpr auto u1 = Category::u1;
constexpr auto u2 = Category::u2;
constexpr auto u3 = Category::u3;
constexpr auto u4 = Category::u4;

}  // namespace

TEST_CASE("the table has the 49 rows of the order, each with its three languages") {
    std::set<std::string> ids;
    for (const Rule& r : shipped().rules()) {
        CAPTURE(r.id);
        if (!r.formula.empty()) ids.insert(r.id);
        CHECK(r.id.substr(0, 2) == "U" + std::to_string(static_cast<int>(r.category)));
        CHECK_FALSE(r.name.kk.empty());
        CHECK_FALSE(r.name.ru.empty());
        CHECK_FALSE(r.name.en.empty());
        CHECK_FALSE(r.definition.empty());
        CHECK_FALSE(r.approved);  // until the senior doctor signs
    }
    CHECK(ids.size() == 49);
    CHECK(shipped().rule("U1.07")->name.kk == "Кеуде қуысындағы ауырсыну");
    CHECK(shipped().rule("U9.99") == nullptr);
}

TEST_CASE("every one of the 49 rows fires by findings") {
    std::set<std::string> fired;
    for (const Case& row : each_row) {
        CAPTURE(row.id, row.facts);
        const Rule* rule = shipped().rule(row.id);
        REQUIRE(rule != nullptr);
        CHECK(name_of(evaluate_text(row.facts).proposed) == name_of(rule->category));
        const auto ids = reason_ids(row.facts);
        CAPTURE(ids);
        CHECK(std::find(ids.begin(), ids.end(), row.id) != ids.end());
        fired.insert(row.id);
    }
    CHECK(fired.size() == 49);
}

TEST_CASE("U1.10 and U2.06 are told apart by the amount and the place of bleeding") {
    check({"injury, bleeding", u1, "U1.10"});
    check({"injury, bleeding_heavy", u1, "U1.10"});
    check({"injury_leg, bleeding, bleeding_heavy", u1, "U1.10"});
    check({"injury_leg, bleeding", u2, "U2.06"});
    check({"injury_arm, bleeding, bleeding_held", u2, "U2.06"});
    check({"injury, bleeding, bleeding_held", u2, "U2.06"});
    check({"injury_head, bleeding, bleeding_held", u1, "U1.11"});
    check({"injury_neck, bleeding", u1, "U1.11"});
    const Evaluation open = evaluate_text("injury, bleeding");
    CHECK(open.most_urgent == u1);
    CHECK(open.least_urgent == u4);
    CHECK(evaluate_text("injury, bleeding, bleeding_slight = no").least_urgent == u2);
}

TEST_CASE("U1.09 takes two places, a fall from height or a road accident, with bleeding") {
    check({"injury_trunk, injury_leg, bleeding, bleeding_held", u1, "U1.09"});
    check({"injury_multiple, bleeding", u1, "U1.09"});
    check({"fall_from_height, injury_leg, bleeding, bleeding_held", u1, "U1.09"});
    check({"road_accident, injury_arm, bleeding, bleeding_held", u1, "U1.09"});
    check({"road_accident, injury_arm", u3, "U3.01"});
}

TEST_CASE("U3.01 and U4.03 are told apart by the signs of fracture, swelling and concussion") {
    check({"injury_arm, fracture_signs", u3, "U3.01"});
    check({"injury_leg, strong_swelling", u3, "U3.01"});
    check({"injury_head, dizziness", u3, "U3.01"});
    check({"injury_head, vomiting", u3, "U3.01"});
    check({"injury_leg", u3, "U3.01"});  // nothing said of lightness: the safe side
    check({"injury_leg, light_injury", u4, "U4.03"});
    check({"injury_arm, fracture_signs = no, strong_swelling = no", u4, "U4.03"});
    check({"injury_arm, light_injury, bleeding, bleeding_slight", u4, "U4.03"});
    check({"burn, burn_palms = 1, age_years = 30", u4, "U4.03"});
}

TEST_CASE("U1.12, U3.06 and U4.03 are told apart by extent, place, depth and age") {
    check({"burn, burn_palms = 11, age_years = 30", u1, "U1.12"});
    check({"burn, burn_palms = 10, age_years = 30", u3, "U3.01"});
    check({"burn, burn_palms = 4, age_years = 30", u3, "U3.01"});
    check({"burn, burn_palms = 3, age_years = 30", u4, "U4.03"});
    check({"frostbite, burn_large", u1, "U1.12"});
    check({"burn, burn_critical_place, age_years = 30", u1, "U1.12"});
    check({"burn, burn_deep, age_years = 30", u1, "U1.12"});
    check({"burn, burn_palms = 6, age_years = 4", u1, "U1.12"});
    check({"burn, burn_palms = 6, age_years = 34", u3, "U3.01"});
    check({"burn, burn_palms = 6", u1, "U1.12"});  // age not known
    check({"burn, burn_palms = 5, age_years = 4", u3, "U3.06"});
    check({"frostbite, child", u3, "U3.06"});
    check({"burn", u3, "U3.06"});  // age not known
    check({"frostbite, age_years = 20", u4, "U4.03"});
}

TEST_CASE("U2.04 and U4.13 are told apart by the figure and by what goes with it") {
    check({"bp_systolic = 220", u2, "U2.04"});
    check({"bp_systolic = 219", u4, "U4.13"});
    check({"bp_systolic = 90", u2, "U2.04"});
    check({"bp_systolic = 91, weakness", u4, "U4.01"});
    check({"raised_pressure, breathless", u2, "U2.04"});
    check({"raised_pressure, chest_pain", u1, "U1.07"});
    check({"raised_pressure, paralysis", u1, "U1.08"});
    check({"raised_pressure, paralysis, stroke_signs_old", u2, "U2.04"});
    check({"raised_pressure, confused", u2, "U2.04"});
    check({"raised_pressure, vomiting_repeated", u2, "U2.04"});
    check({"raised_pressure, visual_disturbance", u2, "U2.04"});
    check({"raised_pressure, headache", u4, "U4.13"});
    check({"bp_systolic = 150, bp_diastolic = 95", u4, "U4.13"});
}

TEST_CASE("U2.02 and U1.02 are told apart by whether there is breath at all") {
    check({"breathless", u2, "U2.02"});
    check({"speaks_single_words", u2, "U2.02"});
    check({"noisy_breathing", u2, "U2.02"});
    check({"blue_skin", u2, "U2.02"});
    check({"asthma_attack", u2, "U2.02"});
    check({"asthma_attack, asthma_relieved", u4, "U4.01"});
    check({"not_breathing", u1, "U1.02"});
    check({"gasping", u1, "U1.02"});
    check({"drowning", u1, "U1.02"});
    check({"drowning, not_breathing = no", u2, "U2.02"});
}

TEST_CASE("U2.01 and U1.01 are told apart by answering and reacting now") {
    check({"drowsy", u2, "U2.01"});
    check({"confused", u2, "U2.01"});
    check({"consciousness_worsening", u2, "U2.01"});
    check({"unconscious", u1, "U1.01"});
    check({"fainted_recovered", u4, "U4.01"});
    check({"consciousness_trouble", u1, "U1.01"});
    check({"consciousness_trouble, unconscious = no", u2, "U2.01"});
}

TEST_CASE("U1.05 takes the pulse, the skin with the mind, or the pressure with either") {
    check({"no_wrist_pulse", u1, "U1.05"});
    check({"cold_sweat, pale_grey, confused", u1, "U1.05"});
    check({"cold_sweat, pale_grey, unable_to_sit", u1, "U1.05"});
    check({"bp_systolic = 85, cold_sweat, pale_grey", u1, "U1.05"});
    check({"bp_systolic = 85, confused", u1, "U1.05"});
    check({"cold_sweat, pale_grey", u2, "U2.04"});
    check({"cold_sweat", u4, "U4.01"});
}

TEST_CASE("U1.06 takes convulsions within a day, repeated, first, of a child, in pregnancy") {
    check({"convulsions", u1, "U1.06"});
    check({"convulsions, convulsions_over_hour_ago = no", u1, "U1.06"});
    check({"convulsions_over_hour_ago", u1, "U1.06"});
    check({"convulsions_over_day_ago", u1, "U1.06"});  // nobody said that they are known
    check({"convulsions_over_day_ago, epilepsy_known", u4, "U4.01"});
    check({"convulsions_over_day_ago, epilepsy_known, age_years = 6", u1, "U1.06"});
    check({"convulsions_over_day_ago, epilepsy_known, pregnant", u1, "U1.06"});
    check({"convulsions_over_day_ago, epilepsy_known, recent_birth_or_abortion", u1, "U1.06"});
    check({"convulsions_over_day_ago, epilepsy_known, confused", u1, "U1.06"});
    check({"convulsions_over_hour_ago, convulsions_repeated", u1, "U1.06"});
}

TEST_CASE("U1.08 takes weakness, drooping face or lost speech for the first time") {
    check({"paralysis", u1, "U1.08"});
    check({"face_droop", u1, "U1.08"});
    check({"speech_lost", u1, "U1.08"});
    check({"paralysis, stroke_signs_old", u4, "U4.01"});
    check({"numbness", u4, "U4.01"});
}

TEST_CASE("U1.13 and U4.12 are told apart by the signs of anaphylaxis") {
    check({"bite_or_sting, swelling_face_throat", u1, "U1.13"});
    check({"bite_or_sting, breathless", u1, "U1.13"});
    check({"bite_or_sting, hives_spreading", u1, "U1.13"});
    check({"bite_or_sting, faintness", u1, "U1.13"});
    check({"bite_or_sting, known_severe_allergy", u1, "U1.13"});
    check({"bite_or_sting", u4, "U4.12"});
}

TEST_CASE("U1.15 takes blood or coffee-ground matter vomited") {
    check({"vomiting_blood", u1, "U1.15"});
    check({"vomiting, age_years = 30", u4, "U4.05"});
}

TEST_CASE("U1.16 and U3.04 are told apart by the complications of labour") {
    check({"labour, vaginal_bleeding", u1, "U1.16"});
    check({"labour, bleeding", u1, "U1.16"});
    check({"labour, convulsions", u1, "U1.16"});
    check({"labour, not_head_first", u1, "U1.16"});
    check({"labour, cord_prolapse", u1, "U1.16"});
    check({"labour, pregnancy_weeks = 36", u1, "U1.16"});
    check({"labour, birth_complication", u1, "U1.16"});
    check({"labour, pregnancy_weeks = 37", u3, "U3.04"});
    check({"labour", u3, "U3.04"});
}

TEST_CASE("U2.10 and U4.05 are told apart by the signs of severe dehydration") {
    check({"vomiting, diarrhoea, no_urine_8h", u2, "U2.10"});
    check({"vomiting, diarrhoea, sunken_eyes", u2, "U2.10"});
    check({"vomiting, diarrhoea, too_weak_to_stand", u2, "U2.10"});
    check({"vomiting, diarrhoea, listless, age_years = 0.5", u2, "U2.10"});
    check({"vomiting, diarrhoea, listless", u2, "U2.10"});  // age not known
    check({"vomiting, diarrhoea, cannot_keep_drink", u2, "U2.10"});
    check({"vomiting, diarrhoea", u4, "U4.05"});
}

TEST_CASE("U3.02, U4.01 and U4.04 are told apart by how the belly hurts") {
    check({"abdominal_pain, abdominal_pain_severe", u3, "U3.02"});
    check({"abdominal_pain_sudden", u3, "U3.02"});
    check({"abdomen_rigid", u3, "U3.02"});
    check({"abdominal_pain, vomiting, temperature = 38.4, age_years = 30", u3, "U3.02"});
    check({"abdominal_pain", u3, "U3.02"});  // neither severe nor mild said: the safe side
    check({"abdominal_pain_mild", u4, "U4.01"});
    check({"abdominal_pain_mild, chronic_pain", u4, "U4.04"});
}

TEST_CASE("U2.08 takes pain away from the chest, or sweat with breathlessness, past 35") {
    check({"jaw_pain, age_years = 36", u2, "U2.08"});
    check({"left_arm_pain, age_years = 60", u2, "U2.08"});
    check({"shoulder_blade_pain, age_years = 60", u2, "U2.08"});
    check({"upper_abdomen_pain, age_years = 60", u2, "U2.08"});
    check({"cold_sweat, breathless, age_years = 60", u2, "U2.08"});
    check({"left_arm_pain, known_heart_disease, age_years = 30", u2, "U2.08"});
    check({"jaw_pain", u2, "U2.08"});  // age not known
    check({"jaw_pain, age_years = 35", u4, "U4.01"});
    check({"left_arm_pain, age_years = 60, injury, light_injury", u4, "U4.03"});
}

TEST_CASE("U2.11 takes hallucinations, delusions, violent or suicidal behaviour") {
    check({"hallucinations", u2, "U2.11"});
    check({"delusions", u2, "U2.11"});
    check({"violent_behaviour", u2, "U2.11"});
    check({"suicidal_behaviour", u2, "U2.11"});
}

TEST_CASE("U2.07 takes poison, overdose, carbon monoxide and alcohol hard to wake from") {
    check({"poisoning", u2, "U2.07"});
    check({"overdose", u2, "U2.07"});
    check({"carbon_monoxide", u2, "U2.07"});
    check({"alcohol_hard_to_wake", u2, "U2.07"});
    check({"drunk", u4, "U4.01"});
    check({"food_poisoning", u4, "U4.05"});
}

TEST_CASE("U2.05, U3.03 and U4.14 are told apart by rash, age and pregnancy over 38") {
    check({"temperature = 38.2, rash, age_years = 30", u2, "U2.05"});
    check({"temperature = 38.2, rash, age_years = 1", u2, "U2.05"});
    check({"temperature = 38.2, age_years = 2.9", u3, "U3.03"});
    check({"temperature = 38.2, pregnant", u3, "U3.03"});
    check({"temperature = 38.2", u3, "U3.03"});  // age not known
    check({"temperature = 38.2, age_years = 3", u4, "U4.14"});
    check({"temperature = 39.5, age_years = 40, fever_not_coming_down", u4, "U4.14"});
    check({"temperature = 38, age_years = 2", u4, "U4.01"});
    check({"temperature = 37.5, rash, age_years = 2", u4, "U4.02"});
}

TEST_CASE("U3.05, U2.09 and U4.06 are told apart by what a pregnant woman complains of") {
    check({"pregnant, abdominal_pain", u3, "U3.05"});
    check({"pregnant, brown_spotting", u3, "U3.05"});
    check({"pregnant, vaginal_bleeding", u1, "U1.16"});
    check({"pregnant, headache", u2, "U2.09"});
    check({"pregnancy_weeks = 12, vomiting", u4, "U4.06"});
    check({"pregnancy_weeks = 13, vomiting", u4, "U4.05"});
}

TEST_CASE("before anything is said the range is open and nothing is proposed") {
    const Evaluation e = evaluate_text("");
    CHECK(e.most_urgent == Category::u1);
    CHECK(e.least_urgent == Category::none);
    CHECK(e.proposed == Category::none);
    CHECK_FALSE(e.settled());
}

TEST_CASE("a certain first category is settled at once") {
    const Evaluation e = evaluate_text("unconscious");
    CHECK(e.settled());
    CHECK(e.least_urgent == Category::u1);
}

TEST_CASE("a man is not pregnant and a yes stands where answers contradict one another") {
    const Facts man = test::facts_of(shipped(), "sex = male, headache");
    CHECK(man.tri(*shipped().find("pregnant")) == Tri::no);
    CHECK_FALSE(man.contradictory());
    const Facts both = test::facts_of(shipped(), "sex = male, pregnant, headache");
    CHECK(both.contradictory());
    CHECK(evaluate(shipped(), both).proposed == Category::u2);
}

TEST_CASE("insurance, money and citizenship are nowhere in the vocabulary") {
    const char* words[] = {"insur", "fund",     "payer", "citizen", "debt",  "osms",  "сақтанд",
                           "страх", "ОСМС",     "МӘМС",  "полис",   "ТМККК", "ГОБМП", "азамат",
                           "граждан", "coverage", "iin",   "ЖСН",     "ИИН"};
    for (const Finding& f : shipped().findings()) {
        for (const std::string* text : {&f.key, &f.name.kk, &f.name.ru, &f.name.en, &f.question.kk,
                                        &f.question.ru, &f.question.en}) {
            for (const char* word : words) {
                CAPTURE(f.key, *text, word);
                CHECK(text->find(word) == std::string::npos);
            }
        }
    }
}
