#include "dispatch/roads/toml_fields.h"
#include "dispatch/roads/travel.h"

namespace jedel::roads {

namespace {

constexpr std::array<std::string_view, 9> class_names{
    "motorway", "trunk", "primary", "secondary", "tertiary",
    "residential", "living", "service", "track"};
constexpr std::array<std::string_view, 5> urgency_names{"none", "u1", "u2", "u3", "u4"};

Result<const toml::table*> child(const toml::table& row, const std::string& key,
                                 const std::string& file) {
    const toml::table* table = row.get_as<toml::table>(key);
    if (table == nullptr) return toml_error(file, &row, key, "expected a table");
    return table;
}

template <std::size_t N>
std::optional<Error> read_numbers(const toml::table& row, const std::string& key,
                                  const std::array<std::string_view, N>& names,
                                  const std::string& file, double least, double most,
                                  std::array<double, N>& out) {
    const auto table = child(row, key, file);
    if (!table) return table.error();
    for (std::size_t i = 0; i < N; ++i) {
        const std::string name{names[i]};
        const auto v = toml_number(**table, name, file, key + "." + name, least, most);
        if (!v) return v.error();
        out[i] = *v;
    }
    if ((*table)->size() != N) {
        for (const auto& [k, node] : **table) {
            bool known = false;
            for (const std::string_view name : names) known = known || k.str() == name;
            if (!known) {
                return toml_error(file, &node, key + "." + std::string{k.str()},
                                  "is not a field of this table");
            }
        }
    }
    return std::nullopt;
}

std::optional<Error> read_day(const toml::table& hours, const std::string& key,
                              const std::string& file, std::size_t first_weekday,
                              std::size_t last_weekday, std::array<double, 168>& out) {
    const toml::array* list = hours.get_as<toml::array>(key);
    const std::string field = "hours." + key;
    if (list == nullptr || list->size() != 24) {
        return toml_error(file, list == nullptr ? static_cast<const toml::node*>(&hours) : list,
                          field, "expected 24 numbers, one for each hour");
    }
    for (std::size_t h = 0; h < 24; ++h) {
        const toml::node& node = *list->get(h);
        const auto v = node.is_number() ? node.value<double>() : std::nullopt;
        if (!v || !(*v >= 0.05 && *v <= 3)) {
            return toml_error(file, &node, field + "[" + std::to_string(h) + "]",
                              "expected a number from 0.05 to 3");
        }
        for (std::size_t day = first_weekday; day <= last_weekday; ++day) out[day * 24 + h] = *v;
    }
    return std::nullopt;
}

}  // namespace

Result<SpeedTable> parse_speeds(std::string_view toml_text, const std::string& file_name,
                                int day) {
    const auto root = toml_file(toml_text, file_name);
    if (!root) return root.error();
    if (auto unknown = toml_unknown_key(*root, file_name, {"row", "spread"})) return *unknown;
    const auto found = toml_row(*root, file_name, day);
    if (!found) return found.error();
    const toml::table& row = **found;
    if (auto unknown = toml_unknown_key(
            row, file_name, {"from", "name", "note", "turn_s", "kmh", "hours", "urgency"})) {
        return *unknown;
    }
    SpeedTable table;
    table.row = toml_row_name(row);
    const auto turn = toml_number(row, "turn_s", file_name, "turn_s", 0, 600);
    if (!turn) return turn.error();
    table.turn_s = *turn;
    if (auto e = read_numbers(row, "kmh", class_names, file_name, 1, 200, table.base_kmh)) {
        return *e;
    }
    if (auto e = read_numbers(row, "urgency", urgency_names, file_name, 0.1, 5,
                              table.urgency_factor)) {
        return *e;
    }
    const auto hours = child(row, "hours", file_name);
    if (!hours) return hours.error();
    if (auto e = read_day(**hours, "workday", file_name, 0, 4, table.hour_factor)) return *e;
    if (auto e = read_day(**hours, "saturday", file_name, 5, 5, table.hour_factor)) return *e;
    if (auto e = read_day(**hours, "sunday", file_name, 6, 6, table.hour_factor)) return *e;
    if (auto e = toml_unknown_key(**hours, file_name, {"workday", "saturday", "sunday"})) {
        return *e;
    }
    return table;
}

}  // namespace jedel::roads
