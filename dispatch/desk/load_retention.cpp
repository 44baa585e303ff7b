#include "dispatch/desk/load_retention.h"

#include <optional>
#include <toml++/toml.h>

#include "base/install.h"

namespace jedel {

namespace {

Error at(const toml::node& node, const std::string& file, std::string_view key,
         std::string message) {
    return Error{.message = std::move(message),
                 .where = file,
                 .line = static_cast<long>(node.source().begin.line),
                 .field = std::string{key}};
}

/// A whole number of 1 to `most` that must be there.
Result<std::int64_t> count(const toml::table& row, const std::string& file, std::string_view key,
                           std::int64_t most) {
    const auto value = row[key].value<std::int64_t>();
    if (!value || *value < 1 || *value > most) {
        return at(row, file, key, "expected a whole number of 1 to " + std::to_string(most));
    }
    return *value;
}

Result<FixRetention> read_row(const toml::table& row, const std::string& file) {
    const auto full = count(row, file, "full_hours", 24 * 366);
    if (!full) return full.error();
    const auto thinned = count(row, file, "thinned_days", 3660);
    if (!thinned) return thinned.error();
    const auto every = count(row, file, "every_s", 86'400);
    if (!every) return every.error();
    return FixRetention{.full = std::chrono::hours{*full},
                        .thinned = std::chrono::hours{24 * *thinned},
                        .every = std::chrono::seconds{*every}};
}

}  // namespace

Result<FixRetention> parse_retention(std::string_view text, const std::string& file, Instant now) {
    toml::table table;
    try {
        table = toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{error.description()},
                     .where = file,
                     .line = static_cast<long>(error.source().begin.line)};
    }
    const toml::array* rows = table["fixes"].as_array();
    if (rows == nullptr) return at(table, file, "fixes", "expected rows [[fixes]]");
    const int today = day_of(now, kazakhstan_offset_minutes(now));
    std::optional<int> newest;
    std::optional<FixRetention> in_force;
    for (const toml::node& node : *rows) {
        const toml::table* row = node.as_table();
        if (row == nullptr) return at(node, file, "fixes", "expected a table");
        const auto from = (*row)["from"].value<std::string>();
        const auto day = from ? day_from_iso(*from) : std::nullopt;
        if (!day) return at(*row, file, "from", "expected a date as \"YYYY-MM-DD\"");
        auto read = read_row(*row, file);
        if (!read) return read.error();
        if (*day > today || (newest && *newest >= *day)) continue;
        newest = day;
        in_force = *read;
    }
    if (!in_force) {
        const toml::node& where = rows->empty() ? static_cast<const toml::node&>(*rows)
                                                : *rows->get(0);
        return at(where, file, "from", "no row is in force");
    }
    return *in_force;
}

Result<FixRetention> load_retention(const std::string& install_folder, Instant now) {
    const std::string file = install_folder + "/data/law/retention.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    return parse_retention(*text, file, now);
}

}  // namespace jedel
