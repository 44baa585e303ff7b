#include "dispatch/desk/load_rights.h"

#include <algorithm>
#include <array>
#include <toml++/toml.h>

#include "base/install.h"
#include "dispatch/core/commands.h"

namespace jedel {

namespace {

Error at(const toml::node& node, const std::string& file, std::string_view key,
         std::string message) {
    return Error{.message = std::move(message),
                 .where = file,
                 .line = static_cast<long>(node.source().begin.line),
                 .field = std::string{key}};
}

template <std::size_t... I>
bool is_kind(std::string_view name, std::index_sequence<I...>) {
    return ((std::variant_alternative_t<I, Command>::kind == name) || ...);
}

/// A mistyped name would take a right away without a word.
bool is_right(std::string_view name) {
    return name == "*" || name == right::lower_category || name == right::own_calls ||
           is_kind(name, std::make_index_sequence<std::variant_size_v<Command>>{});
}

Result<Rights::Row> read_row(const toml::table& row, const std::string& file) {
    constexpr std::array<std::string_view, 5> keys{"seat", "from", "may", "source", "approved"};
    for (const auto& [key, value] : row) {
        if (std::find(keys.begin(), keys.end(), key.str()) == keys.end()) {
            return at(value, file, key.str(), "not a key that is read here");
        }
    }
    Rights::Row out;
    const auto seat_name = row["seat"].value<std::string>();
    const auto seat = seat_name ? from_name<Seat>(*seat_name) : std::nullopt;
    if (!seat) return at(row, file, "seat", "expected the name of a seat");
    out.seat = *seat;
    const auto from = row["from"].value<std::string>();
    const auto day = from ? day_from_iso(*from) : std::nullopt;
    if (!day) return at(row, file, "from", "expected a date as \"YYYY-MM-DD\"");
    out.from_day = *day;
    out.source = row["source"].value_or(std::string{});
    if (out.source.empty()) return at(row, file, "source", "expected where the row comes from");
    const toml::array* may = row["may"].as_array();
    if (may == nullptr) return at(row, file, "may", "expected a list of commands");
    for (const toml::node& node : *may) {
        const auto name = node.value<std::string>();
        if (!name || !is_right(*name)) {
            return at(node, file, "may",
                      "expected the name of a command, lower_category or own_calls");
        }
        out.may.push_back(*name);
    }
    return out;
}

}  // namespace

Result<Rights> parse_rights(std::string_view text, const std::string& file) {
    toml::table table;
    try {
        table = toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{error.description()},
                     .where = file,
                     .line = static_cast<long>(error.source().begin.line)};
    }
    const toml::array* rows = table["right"].as_array();
    if (rows == nullptr) return at(table, file, "right", "expected rows [[right]]");
    std::vector<Rights::Row> out;
    for (const toml::node& node : *rows) {
        const toml::table* row = node.as_table();
        if (row == nullptr) return at(node, file, "right", "expected a table");
        auto read = read_row(*row, file);
        if (!read) return read.error();
        out.push_back(*std::move(read));
    }
    return Rights{std::move(out)};
}

Result<Rights> load_rights(const std::string& install_folder) {
    const std::string file = install_folder + "/data/law/rights.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    return parse_rights(*text, file);
}

}  // namespace jedel
