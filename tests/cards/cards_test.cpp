#include "triage/cards.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/install.h"

using namespace jedel;
using namespace jedel::triage;

namespace {

const std::string root = JEDEL_SOURCE_DIR;

Protocol::File file(const std::string& name) { return {name, read_file(root + name).value()}; }

const Protocol& protocol() {
    static const Protocol table = [] {
        const std::vector<Protocol::File> rules{
            file("/data/protocol/u1.toml"), file("/data/protocol/u2.toml"),
            file("/data/protocol/u3.toml"), file("/data/protocol/u4.toml")};
        return Protocol::parse(file("/data/protocol/findings.toml"), rules).value();
    }();
    return table;
}

std::vector<std::string> ids_for(std::vector<const char*> findings) {
    const auto cards = parse_cards(protocol(), file("/data/cards/cards.toml")).value();
    Facts facts{protocol()};
    for (const char* f : findings) REQUIRE(facts.set_text(f, "yes").ok());
    std::vector<std::string> ids;
    for (const Card* card : cards_for(protocol(), cards, facts)) ids.push_back(card->id);
    return ids;
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

bool shown(const char* card, std::vector<const char*> findings) {
    const auto ids = ids_for(std::move(findings));
    return std::find(ids.begin(), ids.end(), card) != ids.end();
}

}  // namespace

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
        CHECK_FALSE(shown("unconscious_breathing", {"choking", "unconscious", who}));
    }
}

TEST_CASE("someone who does not breathe gets compressions, not the side position") {
    REQUIRE(ids_for({"unconscious", "gasping"}) == std::vector<std::string>{"cardiac_arrest"});
    REQUIRE(ids_for({"choking", "not_breathing"}) == std::vector<std::string>{"cardiac_arrest"});
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
    for (const Card& card : parse_cards(protocol(), file("/data/cards/cards.toml")).value()) {
        if (card.metronome_per_min == 0) continue;
        ++with_beats;
        REQUIRE(card.metronome_per_min >= 100);
        REQUIRE(card.metronome_per_min <= 120);
    }
    REQUIRE(with_beats == 6);
}

TEST_CASE("a changed word is another version") {
    Protocol::File changed = file("/data/cards/cards.toml");
    const auto before = parse_cards(protocol(), changed).value();
    const auto at = changed.text.find("локти прямые");
    REQUIRE(at != std::string::npos);
    changed.text.replace(at, std::string{"локти"}.size(), "руки");
    const auto after = parse_cards(protocol(), changed).value();
    for (std::size_t i = 0; i < before.size(); ++i) {
        CAPTURE(before[i].id);
        REQUIRE((before[i].version != after[i].version) == (before[i].id == "cardiac_arrest"));
    }
}

TEST_CASE("a bad card names file, line and key") {
    const auto error = [](std::string text) {
        return parse_cards(protocol(), {"cards.toml", std::move(text)}).error();
    };
    const std::string head = "[[card]]\nid='a'\nsource='s'\ntitle={kk='a',ru='b',en='c'}\n";
    REQUIRE(error(head + "when=['no_such']\n").field == "when");
    REQUIRE(error(head + "when=['burn']\n").field == "steps");
    REQUIRE(error(head + "when=['burn']\nsteps=[{kk='a',ru='b'}]\n").message ==
            "expected a text in en");
    REQUIRE(error("[[card]]\nid='a'\n").field == "source");
    REQUIRE(error("[[card\n").line == 1);
}
