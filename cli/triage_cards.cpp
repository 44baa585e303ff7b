#include "cli/triage_cards.h"

namespace jedel::cli {

namespace {

using json = nlohmann::ordered_json;

struct Writer {
    const triage::Protocol& protocol;
    const std::vector<triage::Card>& cards;
    const triage::Facts& facts;
    const std::string& language;

    [[nodiscard]] const std::string& words(const triage::LocalText& text) const {
        if (language == "ru") return text.ru;
        return language == "en" ? text.en : text.kk;
    }
    [[nodiscard]] json line(const triage::LocalText& text, const triage::CardSource& source) const {
        return {{"text", words(text)},
                {"source", source.label()},
                {"guideline", source.name},
                {"year", source.year}};
    }
    /// The card for this patient's age; null where the answer leaves the present one.
    [[nodiscard]] json link(const std::vector<std::string>& to) const {
        const triage::Card* card = triage::linked_card(protocol, cards, to, facts);
        return card != nullptr ? json(card->id) : json(nullptr);
    }
    [[nodiscard]] json write(const triage::Card& card) const {
        json out{{"id", card.id}, {"title", words(card.title)}};
        const auto [oldest, newest] = card.years();
        out["evidence"] = {{"oldest", oldest}, {"newest", newest}};
        if (card.metronome_per_min > 0) out["metronome_per_min"] = card.metronome_per_min;
        if (card.ask) {
            out["ask"] = line(card.ask->text, card.ask->source);
            out["ask"]["yes"] = link(card.ask->yes);
            out["ask"]["no"] = link(card.ask->no);
        }
        out["lines"] = json::array();
        for (const triage::CardLine& l : card.lines) {
            out["lines"].push_back(line(l.text, l.source));
        }
        out["changes"] = json::array();
        for (const triage::CardChange& change : card.changes) {
            json one = line(change.text, change.source);
            one["to"] = link(change.to);
            out["changes"].push_back(std::move(one));
        }
        out["stop"] = line(card.stop.text, card.stop.source);
        return out;
    }
};

std::string said(const std::string& mark, const json& line) {
    std::string out = "\n      " + mark + " " + line["text"].get<std::string>() + "  [" +
                      line["source"].get<std::string>() + "]";
    for (const char* key : {"yes", "no", "to"}) {
        if (!line.contains(key) || line[key].is_null()) continue;
        out += key == std::string{"to"} ? " -> " : std::string{" "} + key + " -> ";
        out += line[key].get<std::string>();
    }
    return out;
}

}  // namespace

json cards_json(const triage::Protocol& protocol, const std::vector<triage::Card>& cards,
                const triage::Facts& facts, const std::string& language) {
    const Writer writer{protocol, cards, facts, language};
    json out = json::array();
    for (const triage::Card* card : triage::cards_for(protocol, cards, facts)) {
        out.push_back(writer.write(*card));
    }
    return out;
}

std::string cards_text(const json& cards) {
    std::string out;
    for (const json& card : cards) {
        out += "\n    " + card["id"].get<std::string>() + ": " + card["title"].get<std::string>() +
               " (" + std::to_string(card["evidence"]["oldest"].get<int>()) + "-" +
               std::to_string(card["evidence"]["newest"].get<int>()) + ")";
        if (card.contains("ask")) out += said("?", card["ask"]);
        int number = 0;
        for (const json& line : card["lines"]) out += said(std::to_string(++number), line);
        for (const json& change : card["changes"]) out += said("!", change);
        out += said("=", card["stop"]);
    }
    return out;
}

}  // namespace jedel::cli
