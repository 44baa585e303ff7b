// The second reader: what it learns, that it only raises, and that answers cut it down.
#include <rapidcheck.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/words/lexicon_files.h"
#include "tests/words/tally.h"
#include "triage/words/second_reader.h"

namespace jedel::test {

using namespace triage;
using words::SecondReader;

namespace {

std::optional<words::Suggestion> suggested(const SecondReader& reader, const std::string& text,
                                           Category read, const Patient& patient = {}) {
    words::Tokens tokens;
    words::tokenize(text, tokens);
    return reader.suggest(tokens, read, patient);
}

SecondReader small_reader() {
    std::vector<SecondReader::Example> examples;
    for (int i = 0; i < 8; ++i) {
        examples.push_back({Category::u1, "grey stone upon the breast"});
        examples.push_back({Category::u2, "seeing little green people again"});
        examples.push_back({Category::u3, "hopping about on one foot"});
        examples.push_back({Category::u4, "needs a new dressing today"});
    }
    return SecondReader::learn(examples);
}

}  // namespace

TEST_CASE("the second reader knows the words it has learned, and which of them tell") {
    const SecondReader reader = small_reader();
    const std::string text = "hello, a stone upon my breast, please";
    const auto s = suggested(reader, text, Category::none);
    REQUIRE(s);
    CHECK(s->category == Category::u1);
    CHECK(text.substr(s->begin, s->end - s->begin).find("stone upon") != std::string::npos);
    CHECK_FALSE(suggested(reader, "a new dressing is needed today", Category::u4));
    CHECK_FALSE(suggested(reader, "stone breast", Category::none));  // too few words to tell
    CHECK_FALSE(suggested(SecondReader{}, text, Category::none));
}

TEST_CASE("the second reader knows that the same words of an infant and a grown-up differ") {
    std::vector<SecondReader::Example> examples;
    for (int i = 0; i < 8; ++i) {
        examples.push_back({Category::u3, "hot since the morning", {.age_years = 1.0}});
        examples.push_back({Category::u4, "hot since the morning", {.age_years = 40.0}});
        examples.push_back({Category::u1, "grey stone upon the breast", {}});
        examples.push_back({Category::u2, "seeing little green people again", {}});
    }
    const SecondReader reader = SecondReader::learn(examples);
    const auto infant =
        suggested(reader, "hot since the morning", Category::none, {.age_years = 2.0});
    REQUIRE(infant);
    CHECK(infant->category == Category::u3);
    CHECK_FALSE(suggested(reader, "hot since the morning", Category::u4, {.age_years = 60.0}));
}

TEST_CASE("the second reader never gives what is not more urgent") {
    const SecondReader reader = small_reader();
    for (const Category read : {Category::u1, Category::u2, Category::u3, Category::u4}) {
        for (const char* text :
             {"grey stone upon the breast", "seeing little green people again",
              "hopping about on one foot", "needs a new dressing today"}) {
            const auto s = suggested(reader, text, read);
            if (s) CHECK(more_urgent(s->category, read));
        }
    }
    CHECK(rc::check("whatever the words, the whole reader proposes no less than the lexicon", [] {
        static const std::vector<std::string> pieces{
            "болит", "живот", "есі", "жоқ", "не", "кровь", "chest", "pain", "басы", "айналып",
            "упал",  "муж",   "no",  "екі", "39", "бала",  "жылап", "тұр",  ",",    "."};
        std::string text;
        for (const auto i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 20)))
            text += pieces[static_cast<std::size_t>(i)] + ' ';
        const Patient patient{*rc::gen::element<std::optional<double>>({}, 2.0, 40.0), {}, {}};
        RC_ASSERT_FALSE(more_urgent(proposed(text, patient),
                                    proposed(text, patient, both_readers())));
        for (const auto& m : both_readers().read(text, patient))
            RC_ASSERT(m.begin <= m.end && m.end <= text.size());
    }));
}

TEST_CASE("a suggestion raises the proposal, leaves the range, and answers cut it down") {
    Facts facts{protocol()};
    REQUIRE(facts.set_text("acute_illness", "yes").ok());
    const Evaluation before = evaluate(protocol(), facts);
    REQUIRE(facts.set_text(suggestion_key, "u1").ok());
    const Evaluation raised = evaluate(protocol(), facts);
    CHECK(raised.most_urgent == before.most_urgent);
    CHECK(raised.least_urgent == before.least_urgent);
    CHECK(before.proposed == Category::u4);
    CHECK(raised.proposed == Category::u1);
    REQUIRE(reasons(protocol(), facts, raised).size() == 1);
    CHECK(reasons(protocol(), facts, raised)[0]->id == "U1.W");
    // Every sign of danger denied: nothing is left to suspect.
    const auto all = protocol().findings();
    for (FindingIndex f = 0; f < all.size(); ++f)
        if (all[f].type == FindingType::boolean && !all[f].question.empty() && !facts.known(f) &&
            all[f].key != "acute_illness")
            facts.set(f, Tri::no);
    const Evaluation denied = evaluate(protocol(), facts);
    CHECK(denied.settled());
    CHECK(denied.proposed == Category::u4);
}

// Complaints of excited callers, wording that neither reader has learned and that is far from the
// books'; a guard that reading does not fall back. The lexicon alone read a fifth of them too low.
TEST_CASE("complaints held back from both readers are seldom read as less urgent than they are") {
    Tally both, alone;
    for (const char* language : {"kk", "ru", "en"}) {
        std::ifstream in(std::string{JEDEL_SOURCE_DIR} + "/tests/words/held_" + language +
                         ".jsonl");
        REQUIRE(in);
        for (std::string line; std::getline(in, line);) {
            const auto j = nlohmann::json::parse(line);
            const Patient p = patient_of(j);
            const auto label = static_cast<Category>(j["category"].get<std::string>()[1] - '0');
            const std::string complaint = j["complaint"];
            both.add(label, proposed(complaint, p, both_readers()));
            alone.add(label, proposed(complaint, p));
        }
    }
    std::printf("held back from both: n=%d exact %.1f %% under %.1f %% over %.1f %% not yet known "
                "%.1f %%; the lexicon alone: under %.1f %%\n",
                both.total, both.percent(both.exact), both.percent(both.under),
                both.percent(both.over), both.percent(both.open), alone.percent(alone.under));
    CHECK(both.total >= 80);
    CHECK(100 * both.under <= 6 * both.total);
    CHECK(100 * both.exact >= 70 * both.total);
    CHECK(100 * both.open <= 3 * both.total);
}

// A guard of the lexicon: what was once learned stays read, by it alone and by the whole.
TEST_CASE("the complaints of the tables stay read, by the lexicon alone and by both readers") {
    Tally both, alone;
    for (const auto& file : files_in("complaints", ".tsv")) {
        const auto examples = words::parse_examples(file.text, file.name);
        REQUIRE(examples.ok());
        for (const SecondReader::Example& e : *examples) {
            const std::string text{e.text};
            const Category got = proposed(text, e.patient, both_readers());
            if (more_urgent(e.category, got)) UNSCOPED_INFO("too low: " << text);
            both.add(e.category, got);
            alone.add(e.category, proposed(text, e.patient));
        }
    }
    std::printf("learned: n=%d under %d over %d not yet known %d; the lexicon alone: under %d\n",
                both.total, both.under, both.over, both.open, alone.under);
    CHECK(both.total > 2000);
    CHECK(200 * both.under <= both.total);
    CHECK(100 * both.over <= 4 * both.total);
    CHECK(100 * both.open <= 3 * both.total);
    CHECK(100 * alone.under <= 3 * alone.total);
}

TEST_CASE("a table of complaints is refused with file, line and field") {
    const auto refused = [](const char* text) {
        const auto r = words::parse_examples(text, "bad.complaints.tsv");
        REQUIRE_FALSE(r.ok());
        return r.error().text();
    };
    CHECK(refused("# x\n1\tU1.07\t61\n").find("bad.complaints.tsv:2: expected 6 columns") == 0);
    CHECK(refused("1\tV1.07\t\t\t\tchest hurts\n").find("field 'rule'") != std::string::npos);
    CHECK(refused("1\tU1.07\t\t\t\t\n").find("field 'complaint'") != std::string::npos);
    CHECK(refused("1\tU1.07\told\t\t\tchest hurts\n").find("field 'age'") != std::string::npos);
    CHECK(refused("1\tU1.07\t\tm\t\tchest hurts\n").find("field 'sex'") != std::string::npos);
    CHECK(refused("1\tU1.16\t30\t\t-4\tblood\n").find("field 'weeks'") != std::string::npos);
    const auto r = words::parse_examples("1\tU4.01\t61\tmale\t\tchest hurts\n", "good");
    REQUIRE(r.ok());
    REQUIRE(r->size() == 1);
    CHECK(r->front().category == Category::u4);
    CHECK(r->front().text == "chest hurts");
    CHECK(r->front().patient.age_years == 61);
}

}  // namespace jedel::test
