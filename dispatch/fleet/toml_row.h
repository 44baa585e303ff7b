#pragma once
// Reading dated rows of TOML tables with errors that name the file, the line and the key.
// Private to .cpp files: it drags in the TOML library.

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

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

/// Every `from` of every array of tables in the texts, ascending without repeats: the days on
/// which a row may come into force. Texts that cannot be parsed add nothing.
inline std::vector<int> change_days(std::initializer_list<std::string_view> texts) {
    std::vector<int> days;
    const auto add = [&](const toml::table& row) {
        std::optional<int> day;
        if (const auto date = row["from"].value<toml::date>()) {
            CivilTime c{.year = date->year, .month = date->month, .day = date->day};
            day = day_of(from_civil(c, 0), 0);
        } else if (const auto written = row["from"].value<std::string>()) {
            day = day_from_iso(*written);
        }
        if (day) days.push_back(*day);
    };
    for (const std::string_view text : texts) {
        const Result<toml::table> table = parse(text, "");
        if (!table) continue;
        for (const auto& [key, node] : *table) {
            const toml::array* array = node.as_array();
            if (array == nullptr) continue;
            for (const toml::node& row : *array) {
                if (row.is_table()) add(*row.as_table());
            }
        }
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace jedel::toml_row
