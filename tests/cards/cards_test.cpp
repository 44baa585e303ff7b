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
    for (const Card* card : cards_for(cards, facts)) ids.push_back(card->id);
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

TEST_CASE("someone who does not breathe gets compressions, not the side position") {
    REQUIRE(ids_for({"unconscious", "gasping"}) == std::vector<std::string>{"cardiac_arrest"});
    REQUIRE(ids_for({"choking", "not_breathing"}) == std::vector<std::string>{"cardiac_arrest"});
}

TEST_CASE("the metronome of compressions is within 100 and 120 a minute") {
    for (const Card& card : parse_cards(protocol(), file("/data/cards/cards.toml")).value()) {
        const bool compressions = card.id == "cardiac_arrest";
        REQUIRE((card.metronome_per_min > 0) == compressions);
        if (compressions) {
            REQUIRE(card.metronome_per_min >= 100);
            REQUIRE(card.metronome_per_min <= 120);
        }
    }
}

TEST_CASE("a changed word is another version") {
    Protocol::File changed = file("/data/cards/cards.toml");
    const auto before = parse_cards(protocol(), changed).value();
    const auto at = changed.text.find("локти прямые");
    REQUIRE(at != std::string::npos);
    changed.text.replace(at, std::string{"локти"}.size(), "руки");
    const auto after = parse_cards(protocol(), changed).value();
    REQUIRE(before[0].version != after[0].version);
    REQUIRE(before[1].version == after[1].version);
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
