#include "base/toml_row.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/install.h"
#include "base/time.h"
#include "base/toml_limits.h"

namespace jedel {

namespace {

/// Bounds of numbers as people write them: 0.05, 90, 1e+09.
std::string plain_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

std::string expected_number(double least, double most) {
    return "expected a number from " + plain_number(least) + " to " + plain_number(most);
}

}  // namespace

Result<toml::table> parse_toml(std::string_view text, const std::string& file) {
    if (auto deep = check_toml_limits(text, file)) return *deep;
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return Error{.message = "not TOML: " + std::string{error.description()},
                     .where = file,
                     .line = static_cast<long>(error.source().begin.line)};
    }
}

Result<toml::table> read_toml(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return text.error();
    return parse_toml(*text, path);
}

Error error_at(const toml::node* node, const std::string& file, std::string_view field,
               std::string message) {
    return {.message = std::move(message),
            .where = file,
            .line = node == nullptr ? 0 : line_of(*node),
            .field = std::string{field}};
}

std::string day_text(const toml::node& node) {
    if (const auto written = node.value_exact<std::string>()) return *written;
    const auto date = node.value_exact<toml::date>();
    if (!date) return {};
    char text[24];
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", static_cast<unsigned>(date->year),
                  static_cast<unsigned>(date->month), static_cast<unsigned>(date->day));
    return text;
}

std::optional<int> day_in(const toml::node& node) { return day_from_iso(day_text(node)); }

TomlRow::TomlRow(const toml::table& table, std::string file, std::string prefix)
    : table_(table), file_(std::move(file)), prefix_(std::move(prefix)) {}

long TomlRow::line_at(std::string_view field) const {
    const toml::node* found = table_.get(field);
    return found != nullptr ? line_of(*found) : line();
}

void TomlRow::fail(std::string_view field, std::string message) {
    fail_at(table_.get(field), field, std::move(message));
}

void TomlRow::fail_at(const toml::node* node, std::string_view field, std::string message) {
    if (error_) return;
    error_ = error_at(node != nullptr ? node : &table_, file_, prefix_ + std::string{field},
                      std::move(message));
}

const toml::node* TomlRow::node(std::string_view field) {
    asked_.emplace(field);
    return table_.get(field);
}

std::string TomlRow::text(std::string_view field, bool needed) {
    const toml::node* found = node(field);
    if (found == nullptr) {
        if (needed) fail(field, "missing; expected a text");
        return {};
    }
    const auto value = found->value_exact<std::string>();
    const bool blank = value && value->find_first_not_of(" \t\r\n") == std::string::npos;
    if (!value || (needed && blank)) fail(field, "expected a text in quotes");
    return value.value_or("");
}

std::int64_t TomlRow::whole(std::string_view field, std::int64_t least, std::int64_t most,
                            std::optional<std::int64_t> when_missing) {
    const toml::node* found = node(field);
    const std::string expected = "expected a whole number from " + std::to_string(least) + " to " +
                                 std::to_string(most);
    if (found == nullptr) {
        if (!when_missing) fail(field, "missing; " + expected);
        return when_missing.value_or(least);
    }
    const auto value = found->value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return *value;
    fail(field, expected);
    return least;
}

std::optional<double> TomlRow::finite(const toml::node& node, double least, double most) const {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!value || !std::isfinite(*value) || *value < least || *value > most) return std::nullopt;
    return value;
}

double TomlRow::number(std::string_view field, double least, double most,
                       std::optional<double> when_missing) {
    const toml::node* found = node(field);
    if (found == nullptr) {
        if (!when_missing) fail(field, "missing; " + expected_number(least, most));
        return when_missing.value_or(least);
    }
    const auto value = finite(*found, least, most);
    if (!value) fail(field, expected_number(least, most));
    return value.value_or(least);
}

bool TomlRow::truth(std::string_view field, bool when_missing) {
    const toml::node* found = node(field);
    if (found == nullptr) return when_missing;
    const auto value = found->value_exact<bool>();
    if (!value) fail(field, "expected true or false");
    return value.value_or(when_missing);
}

std::vector<std::string> TomlRow::texts(std::string_view field) {
    std::vector<std::string> out;
    const toml::node* found = node(field);
    if (found == nullptr) return out;
    if (!found->is_array()) {
        fail(field, "expected a list of texts");
        return out;
    }
    for (const toml::node& item : *found->as_array()) {
        const auto value = item.value_exact<std::string>();
        if (!value) fail_at(&item, field, "expected a list of texts");
        out.push_back(value.value_or(""));
    }
    return out;
}

std::vector<double> TomlRow::numbers(std::string_view field, double least, double most) {
    std::vector<double> out;
    const toml::node* found = node(field);
    if (found == nullptr) return out;
    const toml::array* list = found->as_array();
    if (list == nullptr) {
        fail(field, "expected a list of numbers");
        return out;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto value = finite(*list->get(i), least, most);
        if (!value) {
            fail_at(list->get(i), std::string{field} + "[" + std::to_string(i) + "]",
                    expected_number(least, most));
        }
        out.push_back(value.value_or(least));
    }
    return out;
}

int TomlRow::day(std::string_view field) {
    const toml::node* found = node(field);
    const auto day = found != nullptr ? day_in(*found) : std::nullopt;
    if (!day) fail(field, "expected a date as \"YYYY-MM-DD\"");
    return day.value_or(0);
}

TomlRow TomlRow::child(std::string_view field) {
    static const toml::table none;
    const toml::node* found = node(field);
    const toml::table* table = found != nullptr ? found->as_table() : nullptr;
    if (table == nullptr) fail(field, "expected a table");
    return {table != nullptr ? *table : none, file_, prefix_ + std::string{field} + "."};
}

std::vector<const toml::table*> TomlRow::rows(std::string_view field) {
    std::vector<const toml::table*> out;
    const toml::node* found = node(field);
    if (found == nullptr) return out;
    const std::string expected = "expected tables [[" + std::string{field} + "]]";
    if (!found->is_array()) {
        fail(field, expected);
        return out;
    }
    for (const toml::node& item : *found->as_array()) {
        if (item.is_table()) out.push_back(item.as_table());
        else fail_at(&item, field, expected);
    }
    return out;
}

void TomlRow::only(std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : table_) {
        if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
        fail_at(&value, key.str(), "unknown field");
    }
}

void TomlRow::nothing_else() {
    for (const auto& [key, value] : unread()) fail_at(value, key, "unknown field");
}

std::vector<std::pair<std::string, const toml::node*>> TomlRow::unread() const {
    std::vector<std::pair<std::string, const toml::node*>> out;
    for (const auto& [key, value] : table_) {
        if (!asked_.contains(key.str())) out.emplace_back(std::string{key.str()}, &value);
    }
    return out;
}

Result<const toml::table*> row_in_force(const toml::table& document, const std::string& file,
                                        std::string_view name, int day) {
    const toml::table* found = nullptr;
    int found_from = 0;
    std::set<int> days;
    const auto done = each_row(document, file, name, [&](TomlRow& row) {
        const int from = row.day("from");
        if (!row.error() && !days.insert(from).second) row.fail("from", "two rows of one day");
        if (from > day || (found != nullptr && from <= found_from)) return;
        found = &row.table();
        found_from = from;
    });
    if (!done) return done.error();
    if (found != nullptr) return found;
    return error_at(document[name].as_array()->get(0), file, "from",
                    "no row is in force on the day asked for");
}

std::string row_name(TomlRow& row) {
    const toml::node* from = row.node("from");
    return (from != nullptr ? day_text(*from) : std::string{}) + " " + row.text("name", false);
}

std::vector<int> change_days(std::initializer_list<std::string_view> texts) {
    std::vector<int> days;
    for (const std::string_view text : texts) {
        const auto document = parse_toml(text, "");
        if (!document) continue;
        for (const auto& [key, node] : *document) {
            const toml::array* list = node.as_array();
            if (list == nullptr) continue;
            for (const toml::node& row : *list) {
                const toml::table* table = row.as_table();
                const toml::node* from = table != nullptr ? table->get("from") : nullptr;
                const auto day = from != nullptr ? day_in(*from) : std::nullopt;
                if (day) days.push_back(*day);
            }
        }
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace jedel
