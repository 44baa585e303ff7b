#pragma once
// Words of the screen in Kazakh, Russian and English, from assets/strings/*.toml.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/language.h"
#include "base/names.h"
#include "base/result.h"
#include "dispatch/city/organisations.h"
#include "triage/protocol.h"

namespace jedel::console {

using jedel::all_languages;
using jedel::Language;

/// One file of strings as read.
struct StringsFile {
    std::string name, text;
};

/// All strings in all languages. Immutable after parsing; safe from several threads.
class TextTable {
public:
    /// Tables `["key"]` with `kk`, `ru` and `en`. A missing language, a key given twice and
    /// placeholders or plural forms that do not fit the languages are errors with file, line and
    /// key.
    static Result<TextTable> parse(std::span<const StringsFile> files);
    /// Reads every .toml of the folder `assets/strings`.
    static Result<TextTable> load(const std::string& folder);

    /// The text of a key, or "???" where there is none (a test finds those).
    [[nodiscard]] std::string_view find(Language language, std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::vector<std::string_view> keys() const;

private:
    using Row = std::array<std::string, 3>;
    struct HashText {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, Row, HashText, std::equal_to<>> rows_;
};

/// The table seen in one language.
class Texts {
public:
    Texts(const TextTable& table, Language language) : table_(&table), language_(language) {}
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] const TextTable& table() const { return *table_; }
    [[nodiscard]] std::string_view operator()(std::string_view key) const {
        return table_->find(language_, key);
    }
    /// With {0}, {1}, … replaced by the arguments; {0|one|few|many} by the form for argument 0.
    [[nodiscard]] std::string operator()(std::string_view key,
                                         std::initializer_list<std::string_view> arguments) const;
    /// A number with the decimal mark of the language: "2,5" in kk and ru.
    [[nodiscard]] std::string number(std::string text) const;
    /// The text of an enumerator: "PREFIX.NAME", e.g. "status.on_scene".
    template <NamedEnum E>
    [[nodiscard]] std::string_view of(std::string_view prefix, E value) const {
        std::string key{prefix};
        key += '.';
        key += name_of(value);
        return (*this)(key);
    }
    /// The language's part of a text of the rule table.
    [[nodiscard]] std::string_view of(const triage::LocalText& text) const;
    /// The name of an organisation; the language's own, else any there is.
    [[nodiscard]] std::string_view of(const Organisation& organisation) const;

private:
    const TextTable* table_;
    Language language_;
};

/// As base/placeholders.h.
std::string fill(std::string_view text, std::span<const std::string_view> arguments);

}  // namespace jedel::console
