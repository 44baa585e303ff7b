#include "dispatch/roads/uncertainty.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "base/toml_row.h"

namespace jedel::roads {

Result<SpreadTable> parse_spread(std::string_view toml_text, const std::string& file_name,
                                 int day) {
    const auto root = parse_toml(toml_text, file_name);
    if (!root) return root.error();
    const auto found = row_in_force(*root, file_name, "spread", day);
    if (!found) return found.error();
    TomlRow row{**found, file_name};
    row.only({"from", "name", "note", "bias", "up_to_m", "sigma", "busy_factor", "busy_hours"});
    SpreadTable table;
    table.row = row_name(row);
    table.bias = row.number("bias", 0.2, 5);
    table.up_to_m = row.numbers("up_to_m", 1, 1e6);
    table.sigma = row.numbers("sigma", 0.01, 2);
    if (table.sigma.size() != table.up_to_m.size() + 1) {
        row.fail("sigma", "expected one number more than up_to_m has, for what is further");
    }
    if (!std::is_sorted(table.up_to_m.begin(), table.up_to_m.end())) {
        row.fail("up_to_m", "expected ascending metres");
    }
    table.busy_factor = row.number("busy_factor", 0.2, 5);
    for (const double hour : row.numbers("busy_hours", 0, 23)) {
        table.busy_hours.push_back(static_cast<int>(hour));
    }
    if (!row.has("busy_hours")) row.fail("busy_hours", "expected a list of numbers");
    if (row.error()) return *row.error();
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
