// Reads data/cards/cards.toml.

#include <algorithm>
#include <map>
#include <set>
#include <toml++/toml.h>

#include "triage/cards.h"
#include "triage/text_version.h"

namespace jedel::triage {
namespace {

constexpr int years_from = 1990, years_to = 2100;

struct CardReader {
    const Protocol& protocol;
    const std::string& file;
    std::map<std::string, CardSource> sources = {};
    std::map<std::string, std::string, std::less<>> groups = {};

    Error at(const toml::node& node, std::string_view key, std::string message) const {
        return {.message = std::move(message),
                .where = file,
                .line = static_cast<long>(node.source().begin.line),
                .field = std::string{key}};
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

    // A text with the source it was taken from.
    Result<CardLine> line(const toml::node* node, const toml::table& card,
                          std::string_view key) const {
        Result<LocalText> text = local(node, card, key);
        if (!text) return text.error();
        const toml::table& table = *node->as_table();
        const auto id = table["source"].value<std::string>();
        const auto source = id ? sources.find(*id) : sources.end();
        if (source == sources.end()) {
            return at(table, key, "expected the id of a [[source]], found '" + id.value_or("") +
                                      "'");
        }
        return CardLine{*std::move(text), source->second};
    }

    Result<std::vector<std::string>> names(const toml::table& table, std::string_view key) const {
        std::vector<std::string> out;
        const toml::node* node = table.get(key);
        if (node == nullptr) return out;
        const toml::array* array = node->as_array();
        if (array == nullptr) return at(*node, key, "expected a list of cards");
        for (const toml::node& each : *array) {
            const auto name = each.value<std::string>();
            if (!name) return at(each, key, "expected the id of a card");
            out.push_back(*name);
        }
        return out;
    }

    Result<void> read_sources(const toml::table& table) {
        const toml::array* array = table["source"].as_array();
        if (array == nullptr) return {};
        for (const toml::node& node : *array) {
            const toml::table* t = node.as_table();
            if (t == nullptr) return at(node, "source", "expected a table");
            CardSource s;
            for (const auto& [key, to] : {std::pair{"id", &CardSource::id},
                                          std::pair{"brief", &CardSource::brief},
                                          std::pair{"name", &CardSource::name},
                                          std::pair{"read", &CardSource::read}}) {
                s.*to = (*t)[key].value_or(std::string{});
                if ((s.*to).empty()) return at(node, key, "expected a text");
            }
            s.year = (*t)["year"].value_or(0);
            if (s.year < years_from || s.year > years_to) {
                return at(node, "year", "expected the year of publication");
            }
            if (!sources.emplace(s.id, s).second) return at(node, "id", "this id stands twice");
        }
        return {};
    }

    Result<void> read_groups(const toml::table& table) {
        const toml::table* all = table["groups"].as_table();
        if (all == nullptr) return {};
        for (const auto& [key, node] : *all) {
            const auto text = node.value<std::string>();
            if (!text) return at(node, key.str(), "expected a formula");
            groups.emplace(std::string{key.str()}, *text);
        }
        return {};
    }

    // `$name` stands for a formula of [groups], in brackets.
    Result<std::string> with_groups(const std::string& text, const toml::node& node) const {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '$') {
                out += text[i];
                continue;
            }
            std::size_t end = i + 1;
            while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                                         text[end] == '_')) {
                ++end;
            }
            const std::string name = text.substr(i + 1, end - i - 1);
            const auto found = groups.find(name);
            if (found == groups.end()) {
                return at(node, "when", "expected a group of [groups], found '$" + name + "'");
            }
            out += "(" + found->second + ")";
            i = end - 1;
        }
        return out;
    }

    Result<CardCondition> condition(const toml::table& table) const {
        const toml::node* node = table.get("when");
        const auto text = node != nullptr ? node->value<std::string>() : std::nullopt;
        if (!text || text->empty()) return at(table, "when", "expected a formula");
        Result<std::string> whole = with_groups(*text, *node);
        if (!whole) return whole.error();
        CardCondition out;
        out.text = *std::move(whole);
        AtomTable atoms;
        const FormulaPlace place{file, static_cast<long>(node->source().begin.line), "when"};
        Result<Formula> formula = parse_formula(out.text, place, protocol, atoms, true);
        if (!formula) return formula.error();
        out.formula = *std::move(formula);
        if (atoms.overflow()) return at(*node, "when", "expected fewer conditions");
        out.atoms = atoms.atoms();
        return out;
    }

    Result<std::optional<CardAsk>> ask(const toml::table& table) const {
        const toml::node* node = table.get("ask");
        if (node == nullptr) return std::optional<CardAsk>{};
        Result<CardLine> question = line(node, table, "ask");
        if (!question) return question.error();
        Result<std::vector<std::string>> yes = names(*node->as_table(), "yes");
        if (!yes) return yes.error();
        Result<std::vector<std::string>> no = names(*node->as_table(), "no");
        if (!no) return no.error();
        if (yes->empty() && no->empty()) {
            return at(*node, "ask", "expected 'yes' or 'no' with the card that it leads to");
        }
        return std::optional{CardAsk{std::move(question->text), std::move(question->source),
                                     *std::move(yes), *std::move(no)}};
    }

    Result<std::vector<CardLine>> lines(const toml::table& card) const {
        std::vector<CardLine> out;
        const toml::array* array = card["lines"].as_array();
        if (array == nullptr || array->empty()) return at(card, "lines", "expected lines");
        for (const toml::node& node : *array) {
            Result<CardLine> read = line(&node, card, "lines");
            if (!read) return read.error();
            out.push_back(*std::move(read));
        }
        return out;
    }

    Result<std::vector<CardChange>> changes(const toml::table& card) const {
        std::vector<CardChange> out;
        const toml::array* array = card["changes"].as_array();
        if (array == nullptr || array->empty()) {
            return at(card, "changes", "expected what to do if it changes");
        }
        for (const toml::node& node : *array) {
            Result<CardLine> read = line(&node, card, "changes");
            if (!read) return read.error();
            Result<std::vector<std::string>> to = names(*node.as_table(), "to");
            if (!to) return to.error();
            if (to->empty()) return at(node, "changes", "expected 'to', the card it leads to");
            out.push_back({std::move(read->text), std::move(read->source), *std::move(to)});
        }
        return out;
    }

    Result<void> read_age(const toml::table& table, Card& card) const {
        const toml::array* age = table["age"].as_array();
        if (age == nullptr) return {};
        const auto from = age->size() == 2 ? (*age)[0].value<double>() : std::nullopt;
        const auto below = age->size() == 2 ? (*age)[1].value<double>() : std::nullopt;
        if (!from || !below || *from >= *below) {
            return at(table, "age", "expected [from, below] in years");
        }
        card.age_years = std::pair{*from, *below};
        return {};
    }

    Result<Card> read(const toml::table& table) const {
        Card card;
        card.id = table["id"].value_or(std::string{});
        if (card.id.empty()) return at(table, "id", "expected an id");
        Result<LocalText> title = local(table.get("title"), table, "title");
        if (!title) return title.error();
        card.title = *std::move(title);
        Result<CardCondition> when = condition(table);
        if (!when) return when.error();
        card.when = *std::move(when);
        if (auto age = read_age(table, card); !age) return age.error();
        auto question = ask(table);
        if (!question) return question.error();
        card.ask = *std::move(question);
        auto all = lines(table);
        if (!all) return all.error();
        card.lines = *std::move(all);
        auto changed = changes(table);
        if (!changed) return changed.error();
        card.changes = *std::move(changed);
        auto stop = line(table.get("stop"), table, "stop");
        if (!stop) return stop.error();
        card.stop = *std::move(stop);
        card.metronome_per_min = table["metronome_per_min"].value_or(0);
        if (card.metronome_per_min < 0 || card.metronome_per_min > 200) {
            return at(table, "metronome_per_min", "expected 0 to 200 beats a minute");
        }
        card.version = version_of(card);
        return card;
    }

    static std::string version_of(const Card& card) {
        std::string words = card.when.text + '\n' + std::to_string(card.metronome_per_min);
        if (card.age_years) {
            words += '\n' + std::to_string(card.age_years->first) + ' ' +
                     std::to_string(card.age_years->second);
        }
        const auto add = [&](const LocalText& t) {
            words += '\n' + t.kk + '\n' + t.ru + '\n' + t.en;
        };
        const auto lead = [&](const std::vector<std::string>& to) {
            for (const std::string& id : to) words += "\n>" + id;
        };
        add(card.title);
        if (card.ask) {
            add(card.ask->text);
            lead(card.ask->yes);
            words += '\n';
            lead(card.ask->no);
        }
        for (const CardLine& line : card.lines) add(line.text);
        for (const CardChange& change : card.changes) {
            add(change.text);
            lead(change.to);
        }
        add(card.stop.text);
        for (const CardSource& source : card.sources()) {
            words += '\n' + source.label() + '\n' + source.name;
        }
        return text_version(words);
    }

    // Every card that another leads to is there.
    Result<void> check_links(const std::vector<Card>& cards, const toml::array& nodes) const {
        const auto missing = [&](const std::vector<std::string>& to) {
            return std::find_if(to.begin(), to.end(), [&](const std::string& id) {
                return std::none_of(cards.begin(), cards.end(),
                                    [&](const Card& card) { return card.id == id; });
            });
        };
        for (std::size_t i = 0; i < cards.size(); ++i) {
            const toml::node& node = *nodes.get(i);
            const auto check = [&](const std::vector<std::string>& to,
                                   const char* key) -> Result<void> {
                const auto found = missing(to);
                if (found == to.end()) return {};
                return at(node, key, "expected the id of a card, found '" + *found + "'");
            };
            for (const CardChange& change : cards[i].changes) {
                if (auto ok = check(change.to, "changes"); !ok) return ok;
            }
            if (!cards[i].ask) continue;
            if (auto ok = check(cards[i].ask->yes, "ask"); !ok) return ok;
            if (auto ok = check(cards[i].ask->no, "ask"); !ok) return ok;
        }
        return {};
    }
};

}  // namespace

Result<std::vector<Card>> parse_cards(const Protocol& protocol, const Protocol::File& file) {
    toml::table table;
    try {
        table = toml::parse(file.text, file.name);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{error.description()},
                     .where = file.name,
                     .line = static_cast<long>(error.source().begin.line)};
    }
    CardReader reader{protocol, file.name};
    if (auto read = reader.read_sources(table); !read) return read.error();
    if (auto read = reader.read_groups(table); !read) return read.error();
    const toml::array* array = table["card"].as_array();
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
    if (auto ok = reader.check_links(cards, *array); !ok) return ok.error();
    return cards;
}

}  // namespace jedel::triage
