#include "dispatch/cover/staffing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "dispatch/cover/erlang.h"
#include "dispatch/cover/hypercube.h"
#include "dispatch/cover/mexclp.h"

namespace jedel::cover {
namespace {

constexpr double s_per_hour = 3600;

/// Squares that prefer the bases in the same order and reach the same ones in time are one atom.
struct Grouped {
    std::vector<std::vector<std::size_t>> order;  ///< bases, nearest first; without those cut off
    std::vector<std::vector<double>> late;        ///< [atom][base]: 1 late, 0 in time
    std::vector<double> weight;
    double lost = 0;  ///< no base has a way there
};

Grouped group(const StaffingPlaces& places, int hour, double drive_max_s) {
    Grouped out;
    std::map<std::pair<std::vector<std::size_t>, std::vector<double>>, std::size_t> known;
    const auto& demand = places.demand[static_cast<std::size_t>(hour)];
    const auto& ways = places.travel_s[static_cast<std::size_t>(hour)];
    for (std::size_t c = 0; c < ways.size(); ++c) {
        const auto& travel = ways[c];
        std::vector<std::size_t> order(travel.size());
        std::iota(order.begin(), order.end(), 0UL);
        std::vector<double> late;
        bool any = false;
        for (const double t : travel) {
            late.push_back(t < 0 || t > drive_max_s ? 1 : 0);
            any = any || t >= 0;
        }
        if (!any) {
            out.lost += demand[c];
            continue;
        }
        const auto key = [&](std::size_t b) { return travel[b] < 0 ? 1e12 : travel[b]; };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
        const auto [it, fresh] = known.try_emplace({order, late}, out.weight.size());
        if (fresh) {
            out.order.push_back(order);
            out.late.push_back(late);
            out.weight.push_back(0);
        }
        out.weight[it->second] += demand[c];
    }
    return out;
}

std::vector<int> deal(const Grouped& atoms, std::size_t bases, int brigades, double busy) {
    MexclpInput in{.sites = CoverMatrix{bases, atoms.weight.size()},
                   .demand = atoms.weight,
                   .units = brigades,
                   .busy = busy};
    for (std::size_t b = 0; b < bases; ++b) {
        for (std::size_t a = 0; a < atoms.weight.size(); ++a) {
            in.sites.at(b, a) = atoms.late[a][b] == 0;
        }
    }
    return solve_mexclp(in, 0).units_at;
}

double late_of(const Grouped& atoms, std::size_t bases, int brigades, double calls_per_hour,
               double service_s) {
    const double load = calls_per_hour * service_s / s_per_hour;
    if (brigades <= 0 || load >= brigades || bases == 0) return 1;
    const std::vector<int> at = deal(atoms, bases, brigades, load / brigades);
    HypercubeInput in;
    std::vector<std::vector<std::size_t>> servers_of(bases);
    for (std::size_t b = 0; b < bases; ++b) {
        for (int k = 0; k < at[b]; ++k) {
            servers_of[b].push_back(in.service_rate.size());
            in.service_rate.push_back(s_per_hour / service_s);
        }
    }
    const double total = std::accumulate(atoms.weight.begin(), atoms.weight.end(), 0.0);
    std::vector<std::vector<double>> late;
    for (std::size_t a = 0; a < atoms.weight.size(); ++a) {
        Atom atom{.rate = total > 0 ? calls_per_hour * atoms.weight[a] / total : 0,
                  .preference = {}};
        std::vector<double> of_server(in.service_rate.size(), 1);
        for (std::size_t b : atoms.order[a]) {
            // Those at one base take turns, else the first of them would seem to do all the work.
            const std::size_t count = servers_of[b].size();
            for (std::size_t k = 0; k < count; ++k) {
                const std::size_t server = servers_of[b][(k + a) % count];
                atom.preference.push_back(server);
                of_server[server] = atoms.late[a][b];
            }
        }
        in.atoms.push_back(std::move(atom));
        late.push_back(std::move(of_server));
    }
    const auto solved = approximate_hypercube(in);
    if (!solved) return 1;
    return atoms.lost + (1 - atoms.lost) * late_share(in, *solved, late, 0.5);
}

std::size_t bases_of(const StaffingPlaces& places, std::size_t hour) {
    return places.travel_s[hour].empty() ? 0 : places.travel_s[hour].front().size();
}

double least_late(const Grouped& atoms) {
    double out = atoms.lost;
    for (std::size_t a = 0; a < atoms.weight.size(); ++a) {
        const bool near = std::any_of(atoms.late[a].begin(), atoms.late[a].end(),
                                      [](double late) { return late == 0; });
        if (!near) out += atoms.weight[a];
    }
    return out;
}

}  // namespace

double late_with(const StaffingPlaces& places, int hour, int brigades, double calls_per_hour,
                 double service_s, double drive_max_s) {
    const std::size_t bases = bases_of(places, static_cast<std::size_t>(hour));
    return late_of(group(places, hour, drive_max_s), bases, brigades, calls_per_hour, service_s);
}

std::array<HourNeed, hours_of_day> staffing(const RoomFigures& figures, const CoverTable& table,
                                            const StaffingPlaces& places,
                                            const std::array<int, hours_of_day>& on_duty,
                                            double residents) {
    std::array<HourNeed, hours_of_day> out{};
    const double service_s = figures.service_s.value;
    const double drive_s = std::max(0.0, table.target_s - figures.turnout_s.value);
    for (std::size_t h = 0; h < hours_of_day; ++h) {
        HourNeed& need = out[h];
        const std::size_t bases = bases_of(places, h);
        const double rate = figures.hours[h].sent.value;
        const Grouped atoms = group(places, static_cast<int>(h), drive_s);
        need.on_duty = on_duty[h];
        need.norm = static_cast<int>(std::ceil(residents / table.residents_per_brigade));
        need.load = rate * service_s / s_per_hour;
        need.from_room = figures.hours[h].sent.from_room && figures.service_s.from_room;
        need.delay = erlang_c(need.on_duty, need.load).value_or(1);
        need.late = late_of(atoms, bases, need.on_duty, rate, service_s);
        need.late_least = least_late(atoms);
        need.late_unreachable = need.late_least > table.late_max;
        const int fewest = servers_for_delay(need.load, table.delay_max).value_or(0);
        need.needed_for_delay = fewest;
        for (int n = std::max(1, fewest); n <= brigades_max; ++n) {
            const double late = late_of(atoms, bases, n, rate, service_s);
            if (late > table.late_max && !need.late_unreachable) continue;
            need.needed = need.late_unreachable ? 0 : n;
            need.delay_then = erlang_c(n, need.load).value_or(1);
            need.late_then = late;
            break;
        }
    }
    return out;
}

}  // namespace jedel::cover
