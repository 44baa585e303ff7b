#include "triage/words/vital.h"

#include <algorithm>

#include "triage/words/sounds.h"
#include "triage/words/tables.h"
#include "triage/words/vital_search.h"

namespace jedel::triage::words {
namespace {

/// Letters of the shortest word of a phrase by which the phrase is found when two are slips.
constexpr std::size_t anchor_min = 5;

std::vector<std::string_view> split(std::string_view s, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= s.size();) {
        const std::size_t end = std::min(s.find(by, at), s.size());
        std::string_view part = s.substr(at, end - at);
        const auto blank = [](char c) { return c == ' ' || c == '\r'; };
        while (!part.empty() && blank(part.front())) part.remove_prefix(1);
        while (!part.empty() && blank(part.back())) part.remove_suffix(1);
        out.push_back(part);
        at = end + 1;
    }
    return out;
}

}  // namespace

Result<void> Vital::add(std::string_view text, const std::string& file) {
    long line = 0;
    for (const std::string_view row : split(text, '\n')) {
        ++line;
        if (row.empty() || row.front() == '#') continue;
        const auto columns = split(row, '\t');
        const auto refuse = [&](std::string message, std::string field) {
            return Error{std::move(message), file, line, std::move(field)};
        };
        const std::string_view kind = columns[0];
        const bool before = kind == "<";
        const bool plain = kind == "=";
        const bool language = kind == "kk" || kind == "ru" || kind == "en";
        if (!before && !plain && !language && kind != "~")
            return refuse("expected kk, ru, en, =, ~ or <, found '" + std::string{kind} + "'",
                          "language");
        const bool two = before || plain;
        if (columns.size() != (two ? 2U : 3U))
            return refuse("expected " + std::string{two ? "2" : "3"} + " columns, found " +
                              std::to_string(columns.size()),
                          "");
        for (const std::string_view item : split(columns[kind == "~" ? 2 : 1], '|')) {
            Tokens tokens;
            tokenize(item, tokens);
            Form form{std::string{kind}, std::string{item}, {}, {}, {}, {}, {}};
            if (language) form.finding = columns[2];
            for (const Token& t : tokens.list) {
                if (t.kind != TokenKind::word) continue;
                form.words.emplace_back(tokens.word(t));
                form.spelled.emplace_back(tokens.spelling(t));
                form.letters += tokens.word(t);
                append_sounds(form.sounds, tokens.word(t));
            }
            if (form.words.empty()) return refuse("expected a word, found none", "form");
            if (form.words.size() > words_of_form_max)
                return refuse("expected at most " + std::to_string(words_of_form_max) + " words",
                              "form");
            if (before) before_.push_back(form.words.front());
            else if (kind == "~") slips_.push_back({fold(columns[1]), form.words.front()});
            else forms_.push_back(std::move(form));
        }
    }
    return {};
}

void Vital::index(std::uint32_t form, std::string_view key, std::uint64_t salt) {
    const RollingHash hash{key};
    keys_.add(hash.of(0, key.size()) ^ salt, form);
    longest_ = std::max(longest_, key.size());
    ends_.add(key, salt);
    if (forms_[form].as_it_stands()) return;
    for (std::size_t skip = 0; skip < key.size(); ++skip)
        keys_.add(hash.without(0, key.size(), skip) ^ salt, form);
}

/// The longest word of a phrase leads to it, whatever stands for the others.
void Vital::index_anchor(std::uint32_t form) {
    const Form& f = forms_[form];
    if (f.words.size() < 2 || f.as_it_stands()) return;
    const auto longest = std::max_element(
        f.words.begin(), f.words.end(),
        [](const std::string& x, const std::string& y) { return x.size() < y.size(); });
    if (longest->size() < anchor_min) return;
    const auto at = static_cast<std::uint32_t>(longest - f.words.begin());
    std::string sounds;
    append_sounds(sounds, *longest);
    for (const std::string& key : {*longest, sounds}) {
        const RollingHash hash{key};
        const std::uint64_t salt = key == *longest ? salt_of_letters : salt_of_sounds;
        anchors_.add(hash.of(0, key.size()) ^ salt, form * words_of_form_max + at);
        for (std::size_t skip = 0; skip < key.size(); ++skip)
            anchors_.add(hash.without(0, key.size(), skip) ^ salt, form * words_of_form_max + at);
    }
}

void Vital::close() {
    keys_ = {};
    anchors_ = {};
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
        index(f, forms_[f].letters, salt_of_letters);
        index(f, forms_[f].sounds, salt_of_sounds);
        index_anchor(f);
    }
    keys_.close();
    anchors_.close();
}

}  // namespace jedel::triage::words
