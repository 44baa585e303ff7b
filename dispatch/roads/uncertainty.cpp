#include "dispatch/roads/uncertainty.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "dispatch/roads/toml_fields.h"

namespace jedel::roads {

namespace {

std::optional<Error> read_list(const toml::table& row, const std::string& key,
                               const std::string& file, double least, double most,
                               std::vector<double>& out) {
    const toml::array* list = row.get_as<toml::array>(key);
    if (list == nullptr) return toml_error(file, &row, key, "expected a list of numbers");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const toml::node& node = *list->get(i);
        const auto v = node.is_number() ? node.value<double>() : std::nullopt;
        if (!v || !(*v >= least && *v <= most)) {
            return toml_error(file, &node, key + "[" + std::to_string(i) + "]",
                              "expected a number from " + std::to_string(least) + " to " +
                                  std::to_string(most));
        }
        out.push_back(*v);
    }
    return std::nullopt;
}

}  // namespace

Result<SpreadTable> parse_spread(std::string_view toml_text, const std::string& file_name,
                                 int day) {
    const auto root = toml_file(toml_text, file_name);
    if (!root) return root.error();
    const auto found = toml_row(*root, file_name, day, "spread");
    if (!found) return found.error();
    const toml::table& row = **found;
    if (auto e = toml_unknown_key(row, file_name, {"from", "name", "note", "bias", "up_to_m",
                                                   "sigma", "busy_factor", "busy_hours"})) {
        return *e;
    }
    SpreadTable table;
    table.row = toml_row_name(row);
    const auto bias = toml_number(row, "bias", file_name, "bias", 0.2, 5);
    if (!bias) return bias.error();
    table.bias = *bias;
    if (auto e = read_list(row, "up_to_m", file_name, 1, 1e6, table.up_to_m)) return *e;
    if (auto e = read_list(row, "sigma", file_name, 0.01, 2, table.sigma)) return *e;
    if (table.sigma.size() != table.up_to_m.size() + 1) {
        return toml_error(file_name, row.get("sigma"), "sigma",
                          "expected one number more than up_to_m has, for what is further");
    }
    if (!std::is_sorted(table.up_to_m.begin(), table.up_to_m.end())) {
        return toml_error(file_name, row.get("up_to_m"), "up_to_m", "expected ascending metres");
    }
    const auto busy = toml_number(row, "busy_factor", file_name, "busy_factor", 0.2, 5);
    if (!busy) return busy.error();
    std::vector<double> hours;
    if (auto e = read_list(row, "busy_hours", file_name, 0, 23, hours)) return *e;
    table.busy_factor = *busy;
    for (const double hour : hours) table.busy_hours.push_back(static_cast<int>(hour));
    spread_over_week(table);
    return table;
}

void spread_over_week(SpreadTable& table) {
    table.hour_factor.fill(1);
    for (const int hour : table.busy_hours) {
        for (std::size_t weekday = 0; weekday < 5; ++weekday) {
            table.hour_factor[weekday * 24 + static_cast<std::size_t>(hour)] = table.busy_factor;
        }
    }
}

double sigma_of(const SpreadTable& table, double distance_m, int hour_of_week) {
    assert(table.sigma.size() == table.up_to_m.size() + 1);
    const auto band = std::lower_bound(table.up_to_m.begin(), table.up_to_m.end(), distance_m);
    const auto hour = static_cast<std::size_t>(((hour_of_week % 168) + 168) % 168);
    return table.sigma[static_cast<std::size_t>(band - table.up_to_m.begin())] *
           table.hour_factor[hour];
}

double probability_within(double target_s, double median_s, double sigma) {
    if (!(target_s > 0)) return 0;
    if (!(median_s > 0)) return 1;
    if (!(sigma > 0)) return target_s >= median_s ? 1 : 0;
    return 0.5 * std::erfc(-std::log(target_s / median_s) / (sigma * std::numbers::sqrt2));
}

double probability_within(const SpreadTable& table, double target_s, double computed_s,
                          double distance_m, int hour_of_week) {
    return probability_within(target_s, computed_s * table.bias,
                              sigma_of(table, distance_m, hour_of_week));
}

double time_kept_with(double p, double median_s, double sigma) {
    assert(p > 0 && p < 1);
    double low = -10, high = 10;  // standard deviations; 60 halvings leave less than 1e-16
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (0.5 * std::erfc(-middle / std::numbers::sqrt2) < p ? low : high) = middle;
    }
    return median_s * std::exp(sigma * (low + high) / 2);
}

}  // namespace jedel::roads
