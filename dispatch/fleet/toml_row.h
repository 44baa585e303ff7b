#pragma once
// Reading dated rows of TOML tables with errors that name the file, the line and the key.
// Private to .cpp files: it drags in the TOML library.

#include <string>
#include <string_view>
#include <toml++/toml.h>

#include "base/result.h"
#include "base/time.h"

namespace jedel::toml_row {

inline Error at(const toml::node& node, const std::string& file, std::string_view key,
                std::string message) {
    return Error{.message = std::move(message),
                 .where = file,
                 .line = static_cast<long>(node.source().begin.line),
                 .field = std::string{key}};
}

inline Result<toml::table> parse(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{error.description()},
                     .where = file,
                     .line = static_cast<long>(error.source().begin.line)};
    }
}

/// A text that must be there.
inline Result<std::string> text(const toml::table& row, const std::string& file,
                                std::string_view key) {
    const auto value = row[key].value<std::string>();
    if (!value || value->empty()) return at(row, file, key, "expected a text");
    return *value;
}

/// A finite number of at least 0 that must be there.
inline Result<double> amount(const toml::table& row, const std::string& file,
                             std::string_view key) {
    const auto value = row[key].value<double>();
    if (!value || !(*value >= 0) || *value > 1e9) {
        return at(row, file, key, "expected a number of 0 or more");
    }
    return *value;
}

/// "YYYY-MM-DD" as days since 1970-01-01.
inline Result<int> day(const toml::table& row, const std::string& file, std::string_view key) {
    const auto value = row[key].value<std::string>();
    const auto parsed = value ? day_from_iso(*value) : std::nullopt;
    if (!parsed) return at(row, file, key, "expected a date as \"YYYY-MM-DD\"");
    return *parsed;
}

/// The array of tables `name`, each handed to `each(row)`, which gives Result<void>.
template <class Each>
Result<void> rows(const toml::table& table, const std::string& file, std::string_view name,
                  Each&& each) {
    const toml::array* array = table[name].as_array();
    if (array == nullptr || array->empty()) {
        return Error{.message = "expected at least one [[" + std::string{name} + "]]",
                     .where = file};
    }
    for (const toml::node& node : *array) {
        const toml::table* row = node.as_table();
        if (row == nullptr) return at(node, file, name, "expected a table");
        if (Result<void> done = each(*row); !done) return done;
    }
    return {};
}

}  // namespace jedel::toml_row
