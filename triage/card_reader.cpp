// Reads data/cards/cards.toml.

#include <algorithm>
#include <map>
#include <set>

#include "base/toml_row.h"
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

    // A table within a card: words, or a line. What is wrong with its words is named by the field
    // that it stands in.
    template <class Read>
    static void part(TomlRow& card, const toml::node* node, std::string_view field, Read&& read) {
        if (node == nullptr || !node->is_table()) {
            return card.fail_at(node, field, "expected {kk, ru, en}");
        }
        TomlRow row{*node->as_table(), card.file()};
        read(row);
        row.nothing_else();
        card.take_from(row);
    }

    // The parts of a list, at least one.
    template <class Read>
    static void parts(TomlRow& card, std::string_view field, const char* expected, Read&& read) {
        const toml::node* node = card.node(field);
        const toml::array* list = node != nullptr ? node->as_array() : nullptr;
        if (list == nullptr || list->empty()) return card.fail(field, expected);
        for (const toml::node& each : *list) part(card, &each, field, read);
    }

    static LocalText local(TomlRow& part, std::string_view field) {
        LocalText text;
        for (const auto& [language, to] : {std::pair{"kk", &LocalText::kk},
                                           std::pair{"ru", &LocalText::ru},
                                           std::pair{"en", &LocalText::en}}) {
            text.*to = part.text(language, false);
            if ((text.*to).find_first_not_of(" \t\r\n") != std::string::npos) continue;
            part.fail_at(nullptr, field, std::string{"expected a text in "} + language);
        }
        return text;
    }

    // A text with the source it was taken from.
    CardLine line(TomlRow& part, std::string_view field) const {
        LocalText text = local(part, field);
        const std::string id = part.text("source", false);
        const auto source = sources.find(id);
        if (source != sources.end()) return {std::move(text), source->second};
        part.fail_at(part.node("source"), field,
                     "expected the id of a [[source]], found '" + id + "'");
        return {};
    }

    void read_sources(TomlRow& top) {
        for (const toml::table* table : top.rows("source")) {
            TomlRow row{*table, file};
            CardSource s;
            s.id = row.text("id");
            s.brief = row.text("brief");
            s.name = row.text("name");
            s.read = row.text("read");
            s.year = static_cast<int>(row.whole("year", years_from, years_to));
            if (!sources.emplace(s.id, s).second) row.fail("id", "this id stands twice");
            row.nothing_else();
            top.take_from(row);
        }
    }

    void read_groups(TomlRow& top) {
        if (!top.has("groups")) return;
        TomlRow all = top.child("groups");
        for (const auto& [key, node] : all.table()) {
            groups.emplace(std::string{key.str()}, all.text(key.str()));
        }
        top.take_from(all);
    }

    // `$name` stands for a formula of [groups], in brackets.
    std::string with_groups(TomlRow& card, const std::string& text) const {
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
                card.fail("when", "expected a group of [groups], found '$" + name + "'");
                return out;
            }
            out += "(" + found->second + ")";
            i = end - 1;
        }
        return out;
    }

    CardCondition condition(TomlRow& card) const {
        CardCondition out;
        out.text = with_groups(card, card.text("when"));
        if (card.error()) return out;
        AtomTable atoms;
        const FormulaPlace place{file, card.line_at("when"), "when"};
        Result<Formula> formula = parse_formula(out.text, place, protocol, atoms, true);
        if (!formula) {
            card.take(formula.error());
            return out;
        }
        out.formula = *std::move(formula);
        if (atoms.overflow()) card.fail("when", "expected fewer conditions");
        out.atoms = atoms.atoms();
        return out;
    }

    CardAsk ask(TomlRow& part) const {
        CardLine question = line(part, "ask");
        CardAsk out{std::move(question.text), std::move(question.source), part.texts("yes"),
                    part.texts("no")};
        if (out.yes.empty() && out.no.empty()) {
            part.fail_at(nullptr, "ask",
                         "expected 'yes' or 'no' with the card that it leads to");
        }
        return out;
    }

    CardChange change(TomlRow& part) const {
        CardLine said = line(part, "changes");
        CardChange out{std::move(said.text), std::move(said.source), part.texts("to")};
        if (out.to.empty()) {
            part.fail_at(nullptr, "changes", "expected 'to', the card it leads to");
        }
        return out;
    }

    static void read_age(TomlRow& in, Card& card) {
        if (!in.has("age")) return;
        const std::vector<double> age = in.numbers("age", 0, 200);
        if (age.size() != 2 || age[0] >= age[1]) {
            return in.fail("age", "expected [from, below] in years");
        }
        card.age_years = std::pair{age[0], age[1]};
    }

    Card read(TomlRow& in) const {
        Card card;
        card.id = in.text("id");
        part(in, in.node("title"), "title",
             [&](TomlRow& title) { card.title = local(title, "title"); });
        card.when = condition(in);
        read_age(in, card);
        if (in.has("ask")) {
            part(in, in.node("ask"), "ask", [&](TomlRow& asked) { card.ask = ask(asked); });
        }
        parts(in, "lines", "expected lines",
              [&](TomlRow& each) { card.lines.push_back(line(each, "lines")); });
        parts(in, "changes", "expected what to do if it changes",
              [&](TomlRow& each) { card.changes.push_back(change(each)); });
        part(in, in.node("stop"), "stop", [&](TomlRow& stop) { card.stop = line(stop, "stop"); });
        card.metronome_per_min = static_cast<int>(in.whole("metronome_per_min", 0, 200, 0));
        in.nothing_else();
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
    static void check_links(const std::vector<Card>& cards, std::size_t i, TomlRow& in) {
        const auto check = [&](const std::vector<std::string>& to, std::string_view field) {
            for (const std::string& id : to) {
                if (std::any_of(cards.begin(), cards.end(),
                                [&](const Card& card) { return card.id == id; })) {
                    continue;
                }
                in.fail(field, "expected the id of a card, found '" + id + "'");
            }
        };
        for (const CardChange& change : cards[i].changes) check(change.to, "changes");
        if (!cards[i].ask) return;
        check(cards[i].ask->yes, "ask");
        check(cards[i].ask->no, "ask");
    }
};

}  // namespace

Result<std::vector<Card>> parse_cards(const Protocol& protocol, const Protocol::File& file) {
    const auto table = parse_toml(file.text, file.name);
    if (!table) return table.error();
    TomlRow top{*table, file.name};
    CardReader reader{protocol, file.name};
    reader.read_sources(top);
    reader.read_groups(top);
    if (top.error()) return *top.error();
    std::vector<Card> cards;
    std::set<std::string> ids;
    auto done = each_row(*table, file.name, "card", [&](TomlRow& row) {
        cards.push_back(reader.read(row));
        if (!ids.insert(cards.back().id).second) row.fail("id", "this id stands twice");
    });
    if (!done) return done.error();
    std::size_t at = 0;
    done = each_row(*table, file.name, "card",
                    [&](TomlRow& row) { CardReader::check_links(cards, at++, row); });
    if (!done) return done.error();
    top.only({"source", "groups", "card"});
    if (top.error()) return *top.error();
    return cards;
}

}  // namespace jedel::triage
