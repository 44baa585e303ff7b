#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/cards/shipped.h"

using namespace jedel;
using namespace jedel::triage;
using namespace jedel::triage::test;

namespace {

const Card& card(const std::string& id) {
    const auto found = std::find_if(cards().begin(), cards().end(),
                                    [&](const Card& c) { return c.id == id; });
    REQUIRE(found != cards().end());
    return *found;
}

std::vector<std::string> ids_with(std::vector<std::pair<const char*, const char*>> said) {
    Facts facts{protocol()};
    for (const auto& [key, value] : said) REQUIRE(facts.set_text(key, value).ok());
    std::vector<std::string> ids;
    for (const Card* c : cards_for(protocol(), cards(), facts)) ids.push_back(c->id);
    return ids;
}

std::vector<std::string> ids_for(std::vector<const char*> findings) {
    std::vector<std::pair<const char*, const char*>> said;
    for (const char* f : findings) said.emplace_back(f, "yes");
    return ids_with(std::move(said));
}

}  // namespace

TEST_CASE("each danger brings up its card") {
    REQUIRE(ids_for({"not_breathing"}) == std::vector<std::string>{"cardiac_arrest"});
    REQUIRE(ids_for({"choking"}) == std::vector<std::string>{"choking"});
    REQUIRE(ids_for({"bleeding_heavy"}) == std::vector<std::string>{"bleeding"});
    REQUIRE(ids_for({"burn"}) == std::vector<std::string>{"burn"});
    REQUIRE(ids_for({"convulsions"}) == std::vector<std::string>{"convulsions"});
    REQUIRE(ids_for({"labour"}) == std::vector<std::string>{"childbirth"});
    REQUIRE(ids_for({"poisoning"}) == std::vector<std::string>{"poisoning"});
    REQUIRE(ids_for({"unconscious"}) == std::vector<std::string>{"unconscious_breathing"});
    REQUIRE(ids_for({"blood_in_urine"}).empty());
}

namespace {

bool shown(const char* id, std::vector<const char*> findings) {
    const auto ids = ids_for(std::move(findings));
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

TEST_CASE("someone who chokes and is known to be conscious gets blows, without breath too") {
    const auto ids =
        ids_with({{"choking", "yes"}, {"not_breathing", "yes"}, {"unconscious", "no"}});
    REQUIRE(ids == std::vector<std::string>{"choking"});
    CHECK(ids_with({{"choking", "yes"}, {"pregnant", "yes"}, {"age_years", "28"}}) ==
          std::vector<std::string>{"choking_chest"});
}

TEST_CASE("compressions are told by age, with the first card for this patient first") {
    CHECK(ids_for({"not_breathing", "infant"}).front() == "infant_arrest");
    CHECK(ids_for({"not_breathing", "child"}).front() == "child_arrest");
    CHECK(ids_for({"not_breathing", "drowning"}).front() == "drowning");
    CHECK(ids_for({"newborn_not_crying", "not_breathing"}).front() == "newborn");
    CHECK_FALSE(shown("cardiac_arrest", {"not_breathing", "infant"}));
    CHECK_FALSE(shown("cardiac_arrest", {"not_breathing", "child"}));
    CHECK(shown("choking_infant", {"choking", "infant"}));
    CHECK_FALSE(shown("choking", {"choking", "infant"}));
}

TEST_CASE("whoever choked and passes out gets compressions, never the side position") {
    for (const char* who : {"infant", "child", "unconscious"}) {
        CAPTURE(who);
        const auto ids = ids_for({"choking", "unconscious", who});
        REQUIRE_FALSE(ids.empty());
        CHECK(ids.front().starts_with("choking_unconscious"));
        CHECK(card(ids.front()).metronome_per_min == 110);
        CHECK_FALSE(shown("unconscious_breathing", {"choking", "unconscious", who}));
    }
}

TEST_CASE("someone who does not breathe gets compressions, not the side position") {
    REQUIRE(ids_for({"unconscious", "gasping"}) == std::vector<std::string>{"cardiac_arrest"});
    // Nobody has said whether he is conscious: compressions, with a look in the mouth.
    REQUIRE(ids_for({"choking", "not_breathing"}) ==
            std::vector<std::string>{"choking_unconscious"});
}

TEST_CASE("cards that would harm stay away") {
    CHECK_FALSE(shown("bleeding", {"bleeding_heavy", "nosebleed"}));
    CHECK_FALSE(shown("bleeding", {"bleeding_heavy", "vaginal_bleeding"}));
    CHECK(shown("bleeding", {"penetrating_wound"}));
    CHECK(shown("postpartum_bleeding", {"vaginal_bleeding", "recent_birth_or_abortion"}));
    CHECK_FALSE(shown("chest_pain", {"chest_pain", "injury"}));
    CHECK_FALSE(shown("low_sugar", {"low_sugar", "unconscious"}));
    CHECK_FALSE(shown("poisoning", {"poisoning", "unconscious"}));
}

TEST_CASE("the metronome of compressions is within 100 and 120 a minute") {
    int with_beats = 0;
    for (const Card& c : cards()) {
        if (c.metronome_per_min == 0) continue;
        ++with_beats;
        REQUIRE(c.metronome_per_min >= 100);
        REQUIRE(c.metronome_per_min <= 120);
    }
    REQUIRE(with_beats == 8);
}

TEST_CASE("a changed word is another version of every card that says it, and of no other") {
    Protocol::File changed = file("/data/cards/cards.toml");
    const std::string word = "локти прямые";
    std::string& text = changed.text;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
        text.replace(at, std::string{"локти"}.size(), "руки");
    }
    const auto after = parse_cards(protocol(), changed).value();
    REQUIRE(after.size() == cards().size());
    int different = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
        CAPTURE(after[i].id);
        const auto& lines = cards()[i].lines;
        const bool says = std::any_of(lines.begin(), lines.end(), [&](const CardLine& line) {
            return line.text.ru.find(word) != std::string::npos;
        });
        CHECK((cards()[i].version != after[i].version) == says);
        different += says ? 1 : 0;
    }
    CHECK(different >= 2);
}

TEST_CASE("whom a card is for and where it leads are part of what is signed") {
    const auto version = [](const std::string& when, const std::string& to) {
        const std::string text = "{kk='a',ru='b',en='c',source='s'";
        const auto card_text = [&](const std::string& id, const std::string& cond,
                                   const std::string& link) {
            return "[[card]]\nid='" + id + "'\ntitle={kk='a',ru='b',en='c'}\nwhen='" + cond +
                   "'\nlines=[" + text + "}]\nchanges=[" + text + ",to=['" + link +
                   "']}]\nstop=" + text + "}\n";
        };
        const std::string source =
            "[[source]]\nid='s'\nbrief='S'\nname='n'\nread='r'\nyear=2024\n";
        const auto parsed =
            parse_cards(protocol(), {"cards.toml", source + card_text("a", when, to) +
                                                       card_text("b", "burn", "a")});
        if (!parsed) FAIL(parsed.error().text());
        return parsed->front().version;
    };
    CHECK(version("fever", "b") == version("fever", "b"));
    CHECK(version("fever", "b") != version("fever and child", "b"));
    CHECK(version("fever", "b") != version("fever", "a"));
}

TEST_CASE("a bad card names file, line and key") {
    const auto error = [](std::string text) {
        return parse_cards(protocol(), {"cards.toml", std::move(text)}).error();
    };
    const std::string source = "[[source]]\nid='s'\nbrief='S'\nname='n'\nread='r'\nyear=2024\n";
    const std::string head =
        source + "[groups]\nbad='burn or'\n[[card]]\nid='a'\ntitle={kk='a',ru='b',en='c'}\n";
    const std::string line = "{kk='a',ru='b',en='c',source='s'}";
    const std::string to = "{kk='a',ru='b',en='c',source='s',to=['a']}";
    CHECK(error(head).field == "when");
    CHECK(error(head + "when='no_such'\n").field == "when");
    CHECK(error(head + "when='burn and'\n").line == 12);
    CHECK(error(head + "when='$none'\n").message ==
          "expected a group of [groups], found '$none'");
    CHECK(error(head + "when='$bad'\n").field == "when");
    CHECK(error(head + "when='burn'\n").field == "lines");
    CHECK(error(head + "when='burn'\nlines=[{kk='a',ru='b'}]\n").message ==
          "expected a text in en");
    CHECK(error(head + "when='burn'\nlines=[{kk='a',ru='b',en='c'}]\n").message ==
          "expected the id of a [[source]], found ''");
    CHECK(error(head + "when='burn'\nlines=[" + line + "]\n").field == "changes");
    CHECK(error(head + "when='burn'\nlines=[" + line + "]\nchanges=[" + line + "]\n").message ==
          "expected 'to', the card it leads to");
    const std::string body = "when='burn'\nlines=[" + line + "]\nchanges=[" + to + "]\n";
    CHECK(error(head + body).field == "stop");
    CHECK(error(head + body + "ask=" + line + "\nstop=" + line + "\n").field == "ask");
    CHECK(error(head + "when='burn'\nlines=[" + line +
                "]\nchanges=[{kk='a',ru='b',en='c',source='s',to=['x']}]\nstop=" + line + "\n")
              .message == "expected the id of a card, found 'x'");
    CHECK(error(head + body + "age=[3,1]\nstop=" + line + "\n").field == "age");
    CHECK(error("[[source]]\nid='s'\nbrief='S'\nname='n'\nread='r'\nyear=24\n").field == "year");
    CHECK(error("[[card]]\nid='a'\n").field == "title");
    CHECK(error("[[card\n").line == 1);
    // What nobody reads would be lost: a question, an age, a whole card.
    CHECK(error(head + body + "akse=" + line + "\nstop=" + line + "\n").field == "akse");
    CHECK(error(head + body + "stop={kk='a',ru='b',en='c',source='s',too='a'}\n").field == "too");
    CHECK(error(head + body + "stop=" + line + "\n[[crad]]\nid='b'\n").field == "crad");
    CHECK(error(head + body + "stop=" + line + "\nage=[1]\n").field == "age");
    CHECK(error(head + "when='burn'\nlines=[{kk=' ',ru='b',en='c',source='s'}]\n").message ==
          "expected a text in kk");
}
