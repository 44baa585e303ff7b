#pragma once
// The one reader of TOML: a document, its rows, a row's fields. What is wrong names the file, the
// line, the field and what was expected. For .cpp files and inner headers: it brings in toml++.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <utility>
#include <vector>

#include "base/names.h"
#include "base/result.h"

namespace jedel {

/// Parses a document. Errors: a syntax that is none, depth or lines past base/limits.h.
Result<toml::table> parse_toml(std::string_view text, const std::string& file);
/// The same from the disk.
Result<toml::table> read_toml(const std::string& path);

inline long line_of(const toml::node& node) {
    return static_cast<long>(node.source().begin.line);
}
/// An error at a node; line 0 where there is none.
Error error_at(const toml::node* node, const std::string& file, std::string_view field,
               std::string message);

/// A date of a table, days since 1970-01-01: "2026-01-31" in quotes, as every table of data/ has
/// it; 2026-01-31 without them is the same day. nullopt: neither.
std::optional<int> day_in(const toml::node& node);
/// "YYYY-MM-DD" of such a date; empty: it is none.
std::string day_text(const toml::node& node);

/// One table, read field by field. Remembers the first error; afterwards every getter gives its
/// default.
class TomlRow {
public:
    /// `prefix` stands before the names of fields in errors, e.g. "vehicle.".
    TomlRow(const toml::table& table, std::string file, std::string prefix = {});

    [[nodiscard]] const toml::table& table() const { return table_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] long line() const { return line_of(table_); }
    /// Of the field; of the row where it is not there.
    [[nodiscard]] long line_at(std::string_view field) const;
    [[nodiscard]] bool has(std::string_view field) const { return table_.contains(field); }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    void fail(std::string_view field, std::string message);
    void fail_at(const toml::node* node, std::string_view field, std::string message);
    /// An error found elsewhere about this row.
    void take(Error error) {
        if (!error_) error_ = std::move(error);
    }

    /// The first error of a row within this one.
    void take_from(const TomlRow& within) {
        if (within.error()) take(*within.error());
    }

    /// The field as it is; nullptr where it is not there. It counts as read.
    const toml::node* node(std::string_view field);
    /// A text that is not blank; one that is not needed may also be missing or empty.
    std::string text(std::string_view field, bool needed = true);
    std::int64_t whole(std::string_view field, std::int64_t least, std::int64_t most,
                       std::optional<std::int64_t> when_missing = std::nullopt);
    /// A finite number.
    double number(std::string_view field, double least, double most,
                  std::optional<double> when_missing = std::nullopt);
    bool truth(std::string_view field, bool when_missing = false);
    /// A list; empty where the field is not there.
    std::vector<std::string> texts(std::string_view field);
    std::vector<double> numbers(std::string_view field, double least, double most);
    /// Days since 1970-01-01.
    int day(std::string_view field);
    template <NamedEnum E>
    E name(std::string_view field) {
        const std::string written = text(field);
        const auto found = from_name<E>(written);
        if (!found) fail(field, one_of(EnumNames<E>::names, written));
        return found.value_or(E{});
    }
    template <NamedEnum E>
    E name(std::string_view field, E when_missing) {
        return has(field) ? name<E>(field) : when_missing;
    }
    /// The table of a field, its own fields named "FIELD.…"; an empty one where it is none.
    TomlRow child(std::string_view field);
    /// The tables of [[field]]; none where it is not there.
    std::vector<const toml::table*> rows(std::string_view field);

    /// A key that nobody knows is a typo: its value would be lost without a word.
    void only(std::initializer_list<std::string_view> known);
    /// The same for the keys that were not asked for so far.
    void nothing_else();
    /// The keys that were never asked for, with their nodes.
    [[nodiscard]] std::vector<std::pair<std::string, const toml::node*>> unread() const;

private:
    template <class Names>
    static std::string one_of(const Names& names, const std::string& found) {
        std::string out = "expected one of";
        for (const std::string_view name : names) (out += ' ') += name;
        return out + ", found '" + found + "'";
    }
    std::optional<double> finite(const toml::node& node, double least, double most) const;

    const toml::table& table_;
    std::string file_;
    std::string prefix_;
    std::set<std::string, std::less<>> asked_;
    std::optional<Error> error_;
};

/// Every [[name]] of a document in turn; at least one is expected. Stops at the first error, of
/// the row or of what `each` (a TomlRow&) answers.
template <class Each>
Result<void> each_row(const toml::table& document, const std::string& file, std::string_view name,
                      Each&& each) {
    const toml::array* list = document[name].as_array();
    if (list == nullptr || list->empty()) {
        return error_at(list, file, {}, "expected at least one [[" + std::string{name} + "]]");
    }
    for (const toml::node& node : *list) {
        if (!node.is_table()) return error_at(&node, file, name, "expected a table");
        TomlRow row{*node.as_table(), file};
        each(row);
        if (row.error()) return *row.error();
    }
    return {};
}

/// The [[name]] with the latest `from` that is not after `day`. Errors: a `from` that is no date,
/// two rows of the same day, none in force.
Result<const toml::table*> row_in_force(const toml::table& document, const std::string& file,
                                        std::string_view name, int day);

/// "2026-01-31 NAME": what a dated row is called on screens and in reports.
std::string row_name(TomlRow& row);

/// Every `from` of every [[…]] of the texts, ascending without repeats: the days on which a row
/// may come into force. Texts that cannot be parsed add nothing.
std::vector<int> change_days(std::initializer_list<std::string_view> texts);

}  // namespace jedel
