#include "base/toml_row.h"
#include "dispatch/roads/travel.h"

namespace jedel::roads {

namespace {

constexpr std::array<std::string_view, 9> class_names{
    "motorway", "trunk", "primary", "secondary", "tertiary",
    "residential", "living", "service", "track"};
constexpr std::array<std::string_view, 5> urgency_names{"none", "u1", "u2", "u3", "u4"};

template <std::size_t N>
void read_numbers(TomlRow& row, std::string_view key,
                  const std::array<std::string_view, N>& names, double least, double most,
                  std::array<double, N>& out) {
    TomlRow in = row.child(key);
    for (std::size_t i = 0; i < N; ++i) out[i] = in.number(names[i], least, most);
    in.nothing_else();
    row.take_from(in);
}

void read_day(TomlRow& hours, std::string_view key, std::size_t first_weekday,
              std::size_t last_weekday, std::array<double, 168>& out) {
    const std::vector<double> list = hours.numbers(key, 0.05, 3);
    if (list.size() != 24) return hours.fail(key, "expected 24 numbers, one for each hour");
    for (std::size_t day = first_weekday; day <= last_weekday; ++day) {
        for (std::size_t h = 0; h < 24; ++h) out[day * 24 + h] = list[h];
    }
}

}  // namespace

Result<SpeedTable> parse_speeds(std::string_view toml_text, const std::string& file_name,
                                int day) {
    const auto root = parse_toml(toml_text, file_name);
    if (!root) return root.error();
    TomlRow top{*root, file_name};
    top.only({"row", "spread"});
    if (top.error()) return *top.error();
    const auto found = row_in_force(*root, file_name, "row", day);
    if (!found) return found.error();
    TomlRow row{**found, file_name};
    row.only({"from", "name", "note", "turn_s", "kmh", "hours", "urgency"});
    SpeedTable table;
    table.row = row_name(row);
    table.turn_s = row.number("turn_s", 0, 600);
    read_numbers(row, "kmh", class_names, 1, 200, table.base_kmh);
    read_numbers(row, "urgency", urgency_names, 0.1, 5, table.urgency_factor);
    TomlRow hours = row.child("hours");
    read_day(hours, "workday", 0, 4, table.hour_factor);
    read_day(hours, "saturday", 5, 5, table.hour_factor);
    read_day(hours, "sunday", 6, 6, table.hour_factor);
    hours.nothing_else();
    row.take_from(hours);
    if (row.error()) return *row.error();
    return table;
}

}  // namespace jedel::roads
