#include "triage/cards.h"

#include <algorithm>
#include <set>

#include "base/toml_row.h"
#include "triage/text_version.h"

namespace jedel::triage {
namespace {

struct CardReader {
    const Protocol& protocol;
    const std::string& file;

    Error at(const toml::node& node, std::string_view key, std::string message) const {
        return error_at(&node, file, key, std::move(message));
    }

    Result<LocalText> local(const toml::node* node, const toml::table& card,
                            std::string_view key) const {
        const toml::table* table = node != nullptr ? node->as_table() : nullptr;
        if (table == nullptr) return at(card, key, "expected {kk, ru, en}");
        LocalText text;
        for (const auto& [language, to] : {std::pair{"kk", &LocalText::kk},
                                           std::pair{"ru", &LocalText::ru},
                                           std::pair{"en", &LocalText::en}}) {
            const auto value = (*table)[language].value<std::string>();
            if (!value || value->empty()) {
                return at(*table, key, std::string{"expected a text in "} + language);
            }
            text.*to = *value;
        }
        return text;
    }

    Result<std::vector<FindingIndex>> findings(const toml::table& card,
                                               std::string_view key) const {
        std::vector<FindingIndex> found;
        const toml::array* array = card[key].as_array();
        if (array == nullptr) return found;
        for (const toml::node& node : *array) {
            const auto name = node.value<std::string>();
            const auto index = name ? protocol.find(*name) : std::nullopt;
            if (!index) {
                return at(node, key, "expected a finding, found '" + name.value_or("") + "'");
            }
            found.push_back(*index);
        }
        return found;
    }

    Result<std::vector<LocalText>> steps(const toml::table& card) const {
        std::vector<LocalText> out;
        const toml::array* array = card["steps"].as_array();
        if (array == nullptr || array->empty()) return at(card, "steps", "expected steps");
        for (const toml::node& node : *array) {
            Result<LocalText> step = local(&node, card, "steps");
            if (!step) return step.error();
            out.push_back(*std::move(step));
        }
        return out;
    }

    Result<Card> read(const toml::table& table) const {
        Card card;
        card.id = table["id"].value_or(std::string{});
        if (card.id.empty()) return at(table, "id", "expected an id");
        card.source = table["source"].value_or(std::string{});
        if (card.source.empty()) return at(table, "source", "expected where the facts come from");
        Result<LocalText> title = local(table.get("title"), table, "title");
        if (!title) return title.error();
        card.title = *std::move(title);
        Result<std::vector<FindingIndex>> when = findings(table, "when");
        if (!when) return when.error();
        if (when->empty()) return at(table, "when", "expected at least one finding");
        card.when = *std::move(when);
        Result<std::vector<FindingIndex>> together = findings(table, "all");
        if (!together) return together.error();
        card.all = *std::move(together);
        if (const toml::array* age = table["age"].as_array()) {
            const auto from = age->size() == 2 ? (*age)[0].value<double>() : std::nullopt;
            const auto below = age->size() == 2 ? (*age)[1].value<double>() : std::nullopt;
            if (!from || !below || *from >= *below) {
                return at(table, "age", "expected [from, below] in years");
            }
            card.age_years = std::pair{*from, *below};
        }
        Result<std::vector<FindingIndex>> unless = findings(table, "unless");
        if (!unless) return unless.error();
        card.unless = *std::move(unless);
        Result<std::vector<LocalText>> all = steps(table);
        if (!all) return all.error();
        card.steps = *std::move(all);
        card.metronome_per_min = table["metronome_per_min"].value_or(0);
        if (card.metronome_per_min < 0 || card.metronome_per_min > 200) {
            return at(table, "metronome_per_min", "expected 0 to 200 beats a minute");
        }
        std::string words = card.source;
        const auto add = [&](const LocalText& t) {
            words += '\n' + t.kk + '\n' + t.ru + '\n' + t.en;
        };
        add(card.title);
        for (const LocalText& step : card.steps) add(step);
        card.version = text_version(words);
        return card;
    }
};

// Years to choose a card by: what was said, else a typical age of an infant, a child, a grown-up.
double age_for_cards(const Protocol& protocol, const Facts& facts) {
    const auto age = protocol.find("age_years");
    if (const auto said = age ? facts.number(*age) : std::nullopt) return *said;
    const auto yes = [&](const char* key) {
        const auto f = protocol.find(key);
        return f && facts.tri(*f) == Tri::yes;
    };
    return yes("infant") ? 0.5 : yes("child") ? 8 : 40;
}

bool any_yes(const std::vector<FindingIndex>& findings, const Facts& facts) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](FindingIndex f) { return facts.tri(f) == Tri::yes; });
}

}  // namespace

Result<std::vector<Card>> parse_cards(const Protocol& protocol, const Protocol::File& file) {
    const auto table = parse_toml(file.text, file.name);
    if (!table) return table.error();
    const CardReader reader{protocol, file.name};
    const toml::array* array = (*table)["card"].as_array();
    if (array == nullptr) return Error{.message = "expected [[card]]", .where = file.name};
    std::vector<Card> cards;
    std::set<std::string> ids;
    for (const toml::node& node : *array) {
        if (!node.is_table()) return reader.at(node, "card", "expected a table");
        Result<Card> card = reader.read(*node.as_table());
        if (!card) return card.error();
        if (!ids.insert(card->id).second) return reader.at(node, "id", "this id stands twice");
        cards.push_back(*std::move(card));
    }
    return cards;
}

std::vector<const Card*> cards_for(const Protocol& protocol, std::span<const Card> cards,
                                   const Facts& facts) {
    const double age = age_for_cards(protocol, facts);
    std::vector<const Card*> out;
    for (const Card& card : cards) {
        const bool of_age =
            !card.age_years || (age >= card.age_years->first && age < card.age_years->second);
        const bool together = std::all_of(card.all.begin(), card.all.end(), [&](FindingIndex f) {
            return facts.tri(f) == Tri::yes;
        });
        if (of_age && together && any_yes(card.when, facts) && !any_yes(card.unless, facts)) {
            out.push_back(&card);
        }
    }
    return out;
}

}  // namespace jedel::triage
