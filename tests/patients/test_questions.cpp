// Cards for the desk, and the table of the documents' statements.

#include <set>

#include "base/install.h"
#include "dispatch/patients/coverage.h"
#include "dispatch/patients/questions.h"
#include "tests/patients/people.h"

using namespace jedel;
using namespace jedel::test;

namespace {

const std::string root{JEDEL_SOURCE_DIR};

const Questions& questions() {
    static const Questions loaded = [] {
        auto read = Questions::load(root + "/data/law/questions.toml");
        INFO((read ? std::string{} : read.error().text()));
        REQUIRE(read);
        return std::move(*read);
    }();
    return loaded;
}

std::set<std::string> found(const std::string& typed, const char* on = "2026-01-15") {
    std::set<std::string> out;
    const auto hits = questions().search(typed, day(on), 5);
    REQUIRE(hits);
    for (const std::size_t i : *hits) out.insert(questions().cards()[i].key);
    return out;
}

}  // namespace

TEST_CASE("cards are found in all three languages, in any form of the words") {
    CHECK(found("возврат ошибочного платежа").contains("refund"));
    CHECK(found("қате төлемді қайтару").contains("refund"));
    CHECK(found("payment by mistake").contains("refund"));
    CHECK(found("студенты").contains("students"));
    CHECK(found("беременная не застрахована").contains("pregnant"));
    CHECK(found("екі ЖСН").contains("two_numbers"));
    CHECK(found("детское питание").contains("infant_food"));
    CHECK(found("высокотехнологичная ВТМУ").contains("high_technology"));
    CHECK(found("больничный").contains("sick_leave"));
    CHECK(found("1406").contains("check_status"));
    CHECK(found("жалоба на врача").contains("complaint"));  // no card has all the words
    CHECK(found("zzzz").empty());
    CHECK(found("\"* OR NEAR(").size() <= 5);  // signs are no query
    CHECK(found("").empty());
}

TEST_CASE("a card is shown only on the days it holds") {
    CHECK(found("кто сколько платит", "2022-06-01").contains("who_pays_2022"));
    CHECK_FALSE(found("кто сколько платит", "2026-06-01").contains("who_pays_2022"));
}

TEST_CASE("every card has three languages and a place in the documents; situations offer theirs") {
    std::set<std::string> offered;
    for (const QuestionCard& card : questions().cards()) {
        INFO(card.key);
        CHECK_FALSE(places_in(card.source).empty());
        for (const CardText* text : {&card.title, &card.text}) {
            CHECK_FALSE(text->kk.empty());
            CHECK_FALSE(text->ru.empty());
            CHECK_FALSE(text->en.empty());
        }
        CHECK_FALSE(card.situations.empty());
    }
    for (const char* situation : {"uninsured", "pregnant", "student", "foreigner"}) {
        CHECK_FALSE(questions().offered(situation, day("2026-01-15")).empty());
    }
    CHECK(questions().offered("astronaut", day("2026-01-15")).empty());
}

TEST_CASE("what people ask most has a card") {
    // S1 1037-1076.
    for (const char* key : {"check_status", "return_status", "pregnant", "students", "no_referral",
                            "medicine_refused", "ambulance_not_come", "refund", "complaint"}) {
        const auto& cards = questions().cards();
        CHECK(std::any_of(cards.begin(), cards.end(),
                          [&](const QuestionCard& c) { return c.key == key; }));
    }
}

TEST_CASE("places are read as they are written") {
    CHECK(places_in("S0 12-15, 20; S2 71, q.21; S1 5") ==
          std::vector<SeedPlace>{{0, 12, 15}, {0, 20, 20}, {2, 71, 71}, {1, 5, 5}});
    CHECK(places_in("U1 12, XS0 5, S5 6, S0").empty());
    CHECK(places_in("S1 1-900").empty());  // cites nothing in particular
    CHECK(places_in("S2 L46 q.4") == std::vector<SeedPlace>{{2, 46, 46}});
}

TEST_CASE("the table of statements is what tables, cards and tests say it is") {
    const auto statements = coverage(root);
    INFO((statements ? std::string{} : statements.error().text()));
    REQUIRE(statements);
    CHECK(statements->size() == 427);
    int number = 0, no_rule = 0;
    for (const Statement& s : *statements) {
        CHECK(s.number == ++number);
        no_rule += s.status() == "not a rule" ? 1 : 0;
    }
    CHECK(no_rule <= 40);
    const auto written = read_file(root + "/docs/coverage.md");
    REQUIRE(written);
    // Made anew by `jedel coverage > docs/coverage.md`.
    CHECK(*written == coverage_table(*statements));
}
