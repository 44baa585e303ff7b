// How texts are written (docs/texts.md): what a program can keep of it, over the strings of the
// screen and the tables that reach it.

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "base/install.h"
#include "console/text/text.h"
#include "triage/protocol.h"

using namespace jedel;
using namespace jedel::console;

namespace {

struct Row {
    std::string key;
    std::array<std::string, 3> text;  ///< kk, ru, en
};

std::string source_file(const std::string& name) {
    auto text = read_file(std::string{JEDEL_SOURCE_DIR} + "/" + name);
    if (!text) FAIL(text.error().text());
    return *text;
}

std::vector<Row> strings() {
    auto table = TextTable::load(std::string{JEDEL_SOURCE_DIR} + "/assets/strings");
    if (!table) FAIL(table.error().text());
    std::vector<Row> out;
    for (const std::string_view key : table->keys()) {
        Row row{std::string{key}, {}};
        for (const Language language : all_languages) {
            row.text[static_cast<std::size_t>(language)] = table->find(language, key);
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<Row> protocol_texts() {
    const std::string folder = "data/protocol/";
    std::vector<triage::Protocol::File> rules;
    for (const char* name : {"u1.toml", "u2.toml", "u3.toml", "u4.toml"}) {
        rules.push_back({name, source_file(folder + name)});
    }
    const auto protocol = triage::Protocol::parse(
        {"findings.toml", source_file(folder + "findings.toml")}, rules);
    if (!protocol) FAIL(protocol.error().text());
    std::vector<Row> out;
    const auto add = [&](const std::string& key, const triage::LocalText& text) {
        if (!text.empty()) out.push_back({key, {text.kk, text.ru, text.en}});
    };
    for (const triage::Finding& f : protocol->findings()) {
        add(f.key + ".name", f.name);
        add(f.key + ".question", f.question);
        add(f.key + ".question_self", f.question_self);
        for (const auto& [key, name] : f.choices) add(f.key + "." + key, name);
    }
    for (const triage::Rule& rule : protocol->rules()) {
        add(rule.id + ".name", rule.name);
        add(rule.id + ".definition", rule.definition);
    }
    return out;
}

std::vector<Row> everything() {
    std::vector<Row> out = strings();
    for (Row& row : protocol_texts()) out.push_back(std::move(row));
    return out;
}

std::string shown(const Row& row) {
    return row.key + ": " + row.text[0] + " | " + row.text[1] + " | " + row.text[2];
}

/// All that matches, in order of the alphabet: what two languages must share.
std::multiset<std::string> all_of(const std::string& text, const std::regex& what) {
    return {std::sregex_token_iterator{text.begin(), text.end(), what},
            std::sregex_token_iterator{}};
}

std::string without_placeholders(const std::string& text) {
    static const std::regex placeholder{"\\{[^}]*\\}"};
    return std::regex_replace(text, placeholder, "");
}

/// The word that stands right behind the text, small letters or not; empty: none does.
std::string word_at(std::string_view text) {
    const auto letter = [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) != 0 ||
               (static_cast<unsigned char>(c) >= 0x80);
    };
    std::size_t end = 0;
    while (end < text.size() && letter(text[end])) ++end;
    return std::string{text.substr(0, end)};
}

bool is_letters(std::string_view word) {
    // Signs such as · — – ₸ № × → begin with E2 or C2, letters of the three languages do not.
    return !word.empty() && word.front() != '\xE2' && word.front() != '\xC2' &&
           word.front() != '\xC3';
}

/// What stands behind each placeholder of a text.
std::vector<std::string_view> behind_placeholders(const std::string& text) {
    std::vector<std::string_view> out;
    for (std::size_t at = text.find('}'); at != std::string::npos; at = text.find('}', at + 1)) {
        const std::size_t from = text.rfind('{', at);
        const bool forms = text.substr(from, at - from).find('|') != std::string::npos;
        if (!forms) out.push_back(std::string_view{text}.substr(at + 1));
    }
    return out;
}

/// A case ending that the placeholder before it would have to carry; empty: none.
std::string glued_ending(const std::string& text, Language language) {
    for (std::string_view rest : behind_placeholders(text)) {
        if (is_letters(word_at(rest))) return word_at(rest);
        const bool percent = rest.starts_with(" %") || rest.starts_with("%");
        if (percent) rest.remove_prefix(rest.find('%') + 1);
        if (rest.starts_with("-") || rest.starts_with("’") || rest.starts_with("'")) {
            const std::string word = word_at(rest.substr(1));
            // "{0}-бригада" names a number, its ending stands on the noun.
            const bool noun = word.starts_with("бригада") || word.starts_with("санат") ||
                              word == "үй";
            if (is_letters(word) && !noun) return word;
        }
        // «22:00 дейін» lacks the dative, which differs by the number that is read.
        if (language == Language::kk && rest.starts_with(" дейін")) return "дейін";
    }
    return {};
}

/// "№ {0}" names one, it does not count.
bool is_named(std::string_view text, std::string_view rest) {
    const std::string_view before = text.substr(0, text.size() - rest.size());
    const std::string_view start = before.substr(0, before.rfind('{'));
    return start.ends_with("№ ") || start.ends_with("no. ");
}

/// A noun that a number stands before without its plural forms; empty: none.
std::string noun_without_forms(const std::string& text) {
    // Units and words that do not change with the number before them.
    static const std::set<std::string> unchanged{
        "мин", "с",  "ч", "м",  "км", "сут", "мес",  "нед",  "мм", "назад", "без", "в",
        "и",   "по", "min", "s", "h", "d",  "m",    "km",   "mo", "wk",    "y",   "mmHg",
        "не",  "ago", "no", "found", "at", "a", "if", "to", "and", "more", "are", "stays",
        "merged"};
    for (const std::string_view rest : behind_placeholders(text)) {
        if (!rest.starts_with(" ") || is_named(text, rest)) continue;
        const std::string word = word_at(rest.substr(1));
        if (is_letters(word) && !unchanged.contains(word)) return word;
    }
    return {};
}

}  // namespace

TEST_CASE("no ending hangs on a placeholder") {
    for (const Row& row : strings()) {
        for (const Language language : all_languages) {
            INFO(shown(row));
            CHECK(glued_ending(row.text[static_cast<std::size_t>(language)], language) == "");
        }
    }
    CHECK(glued_ending("{0} дейін", Language::kk) == "дейін");
    CHECK(glued_ending("{0}-ға дейін", Language::kk) == "ға");
    CHECK(glued_ending("табыстың {1} %-ы", Language::kk) == "ы");
    CHECK(glued_ending("{0}s", Language::en) == "s");
    CHECK(glued_ending("{0}-бригаданың күйі, соңы {1}", Language::kk) == "");
}

TEST_CASE("a noun behind a number has its plural forms") {
    for (const Row& row : strings()) {
        for (const Language language : {Language::ru, Language::en}) {
            const std::string& text = row.text[static_cast<std::size_t>(language)];
            INFO(shown(row));
            CHECK(noun_without_forms(text) == "");
        }
    }
    CHECK(noun_without_forms("оплатить {0} месяцев") == "месяцев");
    CHECK(noun_without_forms("{0} more calls here") == "");  // "more" is no noun
    CHECK(noun_without_forms("{0} days old") == "days");
    CHECK(noun_without_forms("{0} {0|day|days} old") == "");
}

TEST_CASE("a category is a word on the screen; only a rule keeps its code") {
    // Not followed by a rule's number, e.g. "U1.16".
    const std::regex code{"(^|[^A-Za-z0-9])U[1-4](?![.0-9A-Za-z])"};
    for (const Row& row : everything()) {
        for (const std::string& text : row.text) {
            INFO(row.key + ": " + text);
            CHECK_FALSE(std::regex_search(text, code));
        }
    }
    CHECK(std::regex_search("U{0}, U2", code));
    CHECK_FALSE(std::regex_search("U1.16", code));
}

TEST_CASE("the three languages name the same numbers and keys") {
    const std::regex digits{"[0-9]+"};
    // "Enter in the register" begins with a verb, not a key.
    const std::regex keys{"Ctrl\\+[^ ]|F[0-9]+|Enter\\b(?! in)|\\b(Esc|Tab|PgUp|PgDn)\\b|"
                          "Backspace|Delete|↑|↓"};
    for (const Row& row : everything()) {
        INFO(shown(row));
        for (const std::regex& what : {digits, keys}) {
            const auto expected = all_of(without_placeholders(row.text[0]), what);
            CHECK(all_of(without_placeholders(row.text[1]), what) == expected);
            CHECK(all_of(without_placeholders(row.text[2]), what) == expected);
        }
    }
}

TEST_CASE("a definition parts the same branches in three languages") {
    for (const Row& row : protocol_texts()) {
        if (!row.key.ends_with(".definition")) continue;
        INFO(shown(row));
        const auto branches = [](const std::string& text) {
            return std::count(text.begin(), text.end(), ';');
        };
        CHECK(branches(row.text[1]) == branches(row.text[0]));
        CHECK(branches(row.text[2]) == branches(row.text[0]));
    }
}

TEST_CASE("one thing has one word") {
    // Words that have been two for one thing, or one for two; docs/texts.md says what to take.
    const std::array<std::vector<std::string_view>, 3> refused{{
        {"жаттықтырушы", "бұйрық", "команда", "құқығы керек", "қауіпсіз жағы", "айналадағыларға",
         "құрыстама", "жалғыз сөз", "жағынды", "травмпункт", "жолды салу",
         "қызмет аумақ", "тіс емі", "кесте жолы", "бос, орнында", "пациент"},
        {"звонящ", "позвонивш", "приёмный покой", "карточк", "больной", "больного", "инвалидом",
         "медленная дорога", "безопасная сторона", "спутан и", "противотуберкул", "муж,"},
        {"trauma point", "holds no more", "takes it back", "take back", "inner bleeding",
         "borne on", "dried out"},
    }};
    for (const Row& row : everything()) {
        for (const Language language : all_languages) {
            const auto i = static_cast<std::size_t>(language);
            for (const std::string_view word : refused[i]) {
                INFO(shown(row));
                INFO(word);
                CHECK(row.text[i].find(word) == std::string::npos);
            }
        }
    }
}
