#pragma once
// Reads fields of one TOML table with errors that name file, line and field. Inner header: it
// brings in toml++, so only the readers of this folder include it.

#include <toml++/toml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel::toml_reader {

inline long line_of(const toml::node& node) {
    return static_cast<long>(node.source().begin.line);
}

/// Remembers the first error; afterwards every getter gives its default.
class Table {
public:
    Table(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

    void fail(const std::string& field, const std::string& message) {
        if (error_) return;
        const toml::node* node = table_.get(field);
        error_ = Error{.message = message,
                       .where = file_,
                       .line = line_of(node != nullptr ? *node : table_),
                       .field = field};
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] bool has(std::string_view field) const { return table_.contains(field); }
    [[nodiscard]] const toml::table& table() const { return table_; }

    std::string text(const std::string& field, bool required) {
        const toml::node* node = table_.get(field);
        if (node == nullptr) {
            if (required) fail(field, "missing; expected a text");
            return {};
        }
        const auto value = node->value_exact<std::string>();
        if (!value || (required && value->empty())) fail(field, "expected a text in quotes");
        return value.value_or("");
    }
    std::int64_t integer(const std::string& field, std::optional<std::int64_t> when_missing,
                         std::int64_t low, std::int64_t high) {
        const toml::node* node = table_.get(field);
        const std::string expected = "expected a whole number from " + std::to_string(low) +
                                     " to " + std::to_string(high);
        if (node == nullptr) {
            if (!when_missing) fail(field, "missing; " + expected);
            return when_missing.value_or(low);
        }
        const auto value = node->value_exact<std::int64_t>();
        if (!value || *value < low || *value > high) fail(field, expected);
        return value && *value >= low && *value <= high ? *value : low;
    }
    double degrees(const std::string& field, double limit) {
        const toml::node* node = table_.get(field);
        const auto value = node != nullptr ? node->value<double>() : std::nullopt;
        if (!value || !(*value >= -limit && *value <= limit)) {
            fail(field, "expected degrees from -" + std::to_string(static_cast<int>(limit)) +
                            " to " + std::to_string(static_cast<int>(limit)));
            return 0;
        }
        return *value;
    }
    bool boolean(const std::string& field) {
        const toml::node* node = table_.get(field);
        if (node == nullptr) return false;
        const auto value = node->value_exact<bool>();
        if (!value) fail(field, "expected true or false");
        return value.value_or(false);
    }
    /// A key that nobody knows is a typo: its value would be lost without a word.
    void only(std::initializer_list<std::string_view> known) {
        for (const auto& [key, node] : table_) {
            bool found = false;
            for (const auto k : known) found = found || k == key.str();
            if (!found) fail(std::string{key.str()}, "unknown field");
        }
    }

private:
    const toml::table& table_;
    std::string file_;
    std::optional<Error> error_;
};

/// Parses a document; a syntax error becomes an Error with its line.
inline Result<toml::table> parse(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{"not TOML: "} + std::string{error.description()},
                     .where = file,
                     .line = static_cast<long>(error.source().begin.line),
                     .field = {}};
    }
}

}  // namespace jedel::toml_reader
