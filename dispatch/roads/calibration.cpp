#include "dispatch/roads/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include <fmt/format.h>

namespace jedel::roads {

namespace {

constexpr double z90 = 1.2815515655446004;  // of the normal distribution: 80 % lie within ± z90
constexpr double spread_min = 0.01;
constexpr std::size_t folds = 5;
constexpr std::array<double, 5> target_s{900, 600, 900, 1800, 3600};

/// Quantile of a list, with interpolation; the list is reordered.
double quantile(std::vector<double>& values, double share) {
    const double at = share * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::ptrdiff_t>(at);
    std::nth_element(values.begin(), values.begin() + low, values.end());
    const double first = values[static_cast<std::size_t>(low)];
    const double rest = at - static_cast<double>(low);
    if (rest <= 0) return first;
    return first + rest * (*std::min_element(values.begin() + low + 1, values.end()) - first);
}

/// Standard deviation of a normal distribution with the same middle 80 %.
double spread_of(std::vector<double> values) {
    return (quantile(values, 0.9) - quantile(values, 0.1)) / (2 * z90);
}

bool is_busy(const SpreadTable& table, int hour_of_week) {
    const int weekday = hour_of_week / 24 % 7;
    return weekday < 5 && std::find(table.busy_hours.begin(), table.busy_hours.end(),
                                    hour_of_week % 24) != table.busy_hours.end();
}

std::size_t band_of(const SpreadTable& table, double distance_m) {
    return static_cast<std::size_t>(
        std::lower_bound(table.up_to_m.begin(), table.up_to_m.end(), distance_m) -
        table.up_to_m.begin());
}

double log_ratio(const TimedTrip& trip) { return std::log(trip.actual_s / trip.computed_s); }

using Trips = std::vector<const TimedTrip*>;

/// Which figures of the old row stand because there are too few trips to make new ones.
struct Made {
    SpreadTable table;
    std::vector<std::size_t> bands_kept;
    bool busy_kept = false;
};

/// Logarithms of actual over computed time of the trips in one band, around the median.
std::vector<double> residuals(const Trips& trips, const SpreadTable& table, std::size_t band,
                              double middle) {
    std::vector<double> out;
    for (const TimedTrip* trip : trips) {
        if (band_of(table, trip->distance_m) != band) continue;
        const double factor = is_busy(table, trip->hour_of_week) ? table.busy_factor : 1;
        out.push_back((log_ratio(*trip) - middle) / factor);
    }
    return out;
}

void make_bands(Made& made, const Trips& trips, const SpreadTable& in_force, double middle) {
    made.bands_kept.clear();
    double new_sum = 0, old_sum = 0;
    for (std::size_t band = 0; band < in_force.sigma.size(); ++band) {
        const std::vector<double> around = residuals(trips, made.table, band, middle);
        if (around.size() < trips_in_band_min) {
            made.bands_kept.push_back(band);
            continue;
        }
        made.table.sigma[band] = std::clamp(spread_of(around), spread_min, 2.0);
        const auto count = static_cast<double>(around.size());
        new_sum += count * std::log(made.table.sigma[band]);
        old_sum += count * std::log(in_force.sigma[band]);
    }
    double count = 0;
    for (const TimedTrip* trip : trips) {
        const std::size_t band = band_of(in_force, trip->distance_m);
        const bool kept = std::find(made.bands_kept.begin(), made.bands_kept.end(), band) !=
                          made.bands_kept.end();
        if (!kept) ++count;
    }
    const double proportion = count > 0 ? std::exp((new_sum - old_sum) / count) : 1;
    for (const std::size_t band : made.bands_kept) {
        made.table.sigma[band] = std::clamp(in_force.sigma[band] * proportion, spread_min, 2.0);
    }
}

void make_busy(Made& made, const Trips& trips, double middle) {
    std::vector<double> busy, quiet;
    for (const TimedTrip* trip : trips) {
        const double sigma = made.table.sigma[band_of(made.table, trip->distance_m)];
        (is_busy(made.table, trip->hour_of_week) ? busy : quiet)
            .push_back((log_ratio(*trip) - middle) / sigma);
    }
    made.busy_kept = busy.size() < trips_in_band_min || quiet.size() < trips_in_band_min;
    if (made.busy_kept) return;
    made.table.busy_factor =
        std::clamp(spread_of(busy) / std::max(spread_of(quiet), spread_min), 0.2, 5.0);
    spread_over_week(made.table);
}

Made make_row(const Trips& trips, const SpreadTable& in_force) {
    Made made;
    made.table = in_force;
    made.table.row.clear();
    std::vector<double> ratios;
    for (const TimedTrip* trip : trips) ratios.push_back(log_ratio(*trip));
    const double middle = quantile(ratios, 0.5);
    made.table.bias = std::clamp(std::exp(middle), 0.2, 5.0);
    // Bands and busy hours depend on each other; a few rounds settle both.
    for (int round = 0; round < 4; ++round) {
        make_bands(made, trips, in_force, middle);
        make_busy(made, trips, middle);
    }
    return made;
}

/// Adds one trip, judged by a row, to the sums of a fit.
void judge(Fit& fit, const TimedTrip& trip, const SpreadTable& table) {
    const double sigma = sigma_of(table, trip.distance_m, trip.hour_of_week);
    const double off = std::log(trip.actual_s / (trip.computed_s * table.bias));
    const double target = target_s[static_cast<std::size_t>(std::clamp(trip.urgency, 0, 4))];
    fit.covered_80 += std::abs(off) <= z90 * sigma ? 1 : 0;
    fit.promised += probability_within(table, target, trip.computed_s, trip.distance_m,
                                       trip.hour_of_week);
    fit.kept += trip.actual_s <= target ? 1 : 0;
}

void finish(Fit& fit, const Trips& trips) {
    std::vector<double> ratios;
    for (const TimedTrip* trip : trips) ratios.push_back(log_ratio(*trip));
    fit.trips = trips.size();
    const auto count = static_cast<double>(trips.size());
    fit.sigma = spread_of(ratios);
    fit.bias = std::exp(quantile(ratios, 0.5));
    fit.bias_error = 1.2533 * fit.sigma / std::sqrt(count);  // of a median of normal values
    for (double* share : {&fit.covered_80, &fit.promised, &fit.kept}) *share /= count;
}

struct Naming {
    std::string name;
    std::function<bool(const TimedTrip&)> holds;
};

std::vector<Naming> groups_of(const SpreadTable& table) {
    std::vector<Naming> out{{"all", [](const TimedTrip&) { return true; }}};
    for (std::size_t band = 0; band < table.sigma.size(); ++band) {
        const bool last = band == table.up_to_m.size();
        const std::string name = last ? "further" : fmt::format("to {:.0f} m", table.up_to_m[band]);
        out.push_back({name, [&table, band](const TimedTrip& t) {
                           return band_of(table, t.distance_m) == band;
                       }});
    }
    for (const bool busy : {true, false}) {
        out.push_back({busy ? "busy hours" : "other hours", [&table, busy](const TimedTrip& t) {
                           return is_busy(table, t.hour_of_week) == busy;
                       }});
    }
    for (int urgency = 0; urgency <= 4; ++urgency) {
        const std::string name = urgency == 0 ? "no siren" : fmt::format("u{}", urgency);
        out.push_back({name, [urgency](const TimedTrip& t) { return t.urgency == urgency; }});
    }
    return out;
}

std::vector<std::string> what_stands(const Made& made, const SpreadTable& in_force) {
    std::vector<std::string> out;
    for (const std::size_t band : made.bands_kept) {
        const bool last = band == in_force.up_to_m.size();
        out.push_back(fmt::format(
            "sigma {} {:.0f} m: fewer than {} trips; the old figure in proportion to the others",
            last ? "beyond" : "to", in_force.up_to_m[last ? band - 1 : band], trips_in_band_min));
    }
    if (made.busy_kept) {
        out.push_back(fmt::format("busy_factor: fewer than {} trips in busy or in other hours",
                                  trips_in_band_min));
    }
    return out;
}

}  // namespace

Result<Calibration> calibrate(std::span<const TimedTrip> trips, const SpreadTable& in_force) {
    if (trips.size() < trips_min) {
        return Error{fmt::format("expected at least {} trips, found {}", trips_min, trips.size())};
    }
    Trips all;
    std::array<Trips, folds> without;
    for (std::size_t i = 0; i < trips.size(); ++i) {
        const TimedTrip& t = trips[i];
        if (!(t.computed_s > 0 && t.actual_s > 0 && std::isfinite(t.computed_s + t.actual_s))) {
            return Error{.message = "expected times above 0",
                         .where = fmt::format("trip {}", i + 1),
                         .field = "actual_s"};
        }
        all.push_back(&t);
        for (std::size_t fold = 0; fold < folds; ++fold) {
            if (i % folds != fold) without[fold].push_back(&t);
        }
    }
    std::vector<double> ratios;
    for (const TimedTrip* trip : all) ratios.push_back(log_ratio(*trip));
    if (spread_of(ratios) < spread_min) {
        return Error{"expected trips that were driven; these are the computed times with less than "
                     "1 % between them, as of a simulated shift"};
    }
    std::array<SpreadTable, folds> rows;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        rows[fold] = make_row(without[fold], in_force).table;
    }
    const Made made = make_row(all, in_force);
    Calibration out{.table = made.table, .groups = {}, .kept = what_stands(made, in_force)};
    for (const Naming& naming : groups_of(in_force)) {
        FitGroup group{.name = naming.name, .before = {}, .held_out = {}};
        Trips members;
        for (std::size_t i = 0; i < trips.size(); ++i) {
            if (!naming.holds(trips[i])) continue;
            members.push_back(&trips[i]);
            judge(group.before, trips[i], in_force);
            judge(group.held_out, trips[i], rows[i % folds]);
        }
        if (members.empty()) continue;
        finish(group.before, members);
        finish(group.held_out, members);
        out.groups.push_back(std::move(group));
    }
    return out;
}

std::string spread_row_text(const SpreadTable& table, const std::string& from,
                            const std::string& name, const std::string& note) {
    const auto list = [](const auto& values, const char* format) {
        std::string out;
        for (const auto& value : values) {
            out += (out.empty() ? "" : ", ") + fmt::format(fmt::runtime(format), value);
        }
        return "[" + out + "]";
    };
    // A name or note in quotes must not end them.
    const auto quoted = [](const std::string& text) {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') out += '\\';
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
        return out + '"';
    };
    return "[[spread]]\nfrom = " + quoted(from) + "\nname = " + quoted(name) +
           "\nnote = " + quoted(note) +
           fmt::format("\nbias = {:.3f}\n", table.bias) +
           "up_to_m = " + list(table.up_to_m, "{:g}") + "\nsigma = " + list(table.sigma, "{:.3f}") +
           fmt::format("\nbusy_factor = {:.3f}\n", table.busy_factor) +
           "busy_hours = " + list(table.busy_hours, "{}") + "\n";
}

}  // namespace jedel::roads
