#pragma once
// Numbers out of TOML with errors that name file, line and field. Internal; heavy to include.

#include <toml++/toml.h>

#include <cmath>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace jedel::roads {

inline Error toml_error(const std::string& file, const toml::node* at, std::string field,
                        std::string message) {
    return {.message = std::move(message),
            .where = file,
            .line = at == nullptr ? 0 : static_cast<long>(at->source().begin.line),
            .field = std::move(field)};
}

inline Result<double> toml_number(const toml::table& table, const std::string& key,
                                  const std::string& file, const std::string& field, double least,
                                  double most) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return toml_error(file, &table, field, "is missing");
    const std::optional<double> v = node->is_number() ? node->value<double>() : std::nullopt;
    if (!v || !std::isfinite(*v) || *v < least || *v > most) {
        return toml_error(file, node, field,
                          "expected a number from " + std::to_string(least) + " to " +
                              std::to_string(most));
    }
    return *v;
}

/// Parses a whole file; the parser's own complaint becomes an Error with its line.
inline Result<toml::table> toml_file(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return Error{.message = "not TOML: " + std::string{error.description()},
                     .where = file,
                     .line = static_cast<long>(error.source().begin.line)};
    }
}

/// The last table of the array `list` whose `from` is not after `day`; rows ascend by `from`.
inline Result<const toml::table*> toml_row(const toml::table& root, const std::string& file,
                                           int day, const std::string& list = "row") {
    const toml::array* rows = root.get_as<toml::array>(list);
    if (rows == nullptr) {
        return toml_error(file, &root, list, "expected [[" + list + "]] tables");
    }
    const toml::table* found = nullptr;
    int before = 0;
    for (const toml::node& node : *rows) {
        const toml::table* row = node.as_table();
        if (row == nullptr) return toml_error(file, &node, list, "expected a table");
        const auto from = (*row)["from"].value<toml::date>();
        if (!from) {
            return toml_error(file, row, "from", "expected a date such as 2026-01-01");
        }
        char text[16];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", from->year, from->month, from->day);
        const std::optional<int> from_day = day_from_iso(text);
        if (!from_day) return toml_error(file, row, "from", "expected a date of the calendar");
        if (row != rows->begin()->as_table() && *from_day <= before) {
            return toml_error(file, row, "from", "rows must ascend by date");
        }
        before = *from_day;
        if (*from_day <= day) found = row;
    }
    if (found == nullptr) {
        return toml_error(file, rows, "from", "no row is in force on the day asked for");
    }
    return found;
}

inline std::string toml_row_name(const toml::table& row) {
    const auto from = row["from"].value<toml::date>().value_or(toml::date{});
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", from.year, from.month, from.day);
    return std::string{text} + " " + row["name"].value_or(std::string{});
}

/// A key nobody reads is most likely a misspelt one.
inline std::optional<Error> toml_unknown_key(const toml::table& table, const std::string& file,
                                             std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
        bool found = false;
        for (const std::string_view k : known) found = found || key.str() == k;
        if (!found) {
            return toml_error(file, &node, std::string{key.str()}, "is not a field of this table");
        }
    }
    return std::nullopt;
}

}  // namespace jedel::roads
