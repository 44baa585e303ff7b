#include "dispatch/cover/mexclp.h"

#include <algorithm>
#include <cmath>
#include <queue>

namespace jedel::cover {
namespace {

constexpr double equal_within = 1e-12;

class Solver {
public:
    Solver(const MexclpInput& input, long nodes_max)
        : in_(input), nodes_left_(nodes_max), reaching_(input.sites.places, 0) {
        powers_.assign(static_cast<std::size_t>(std::max(0, in_.units)) + 1, 1);
        for (std::size_t k = 1; k < powers_.size(); ++k) powers_[k] = powers_[k - 1] * in_.busy;
        best_.units_at.assign(in_.sites.rows, 0);
    }

    MexclpResult solve() {
        if (in_.units <= 0 || in_.sites.rows == 0) {
            best_.exact = true;
            return best_;
        }
        best_.bound = greedy();
        swap();
        best_.bound = std::max(best_.bound, best_.value);
        if (best_.bound <= best_.value + equal_within) {
            best_.exact = true;
        } else if (nodes_left_ > 0) {
            branch();
        }
        if (best_.exact) best_.bound = best_.value;
        return best_;
    }

private:
    [[nodiscard]] double gain(std::size_t site) const {
        double sum = 0;
        const auto row = in_.sites.row(site);
        for (std::size_t p = 0; p < row.size(); ++p) {
            if (row[p] != 0) sum += in_.demand[p] * powers_[static_cast<std::size_t>(reaching_[p])];
        }
        return sum * (1 - in_.busy);
    }
    void put(std::size_t site, int count) {
        const auto row = in_.sites.row(site);
        for (std::size_t p = 0; p < row.size(); ++p) reaching_[p] += row[p] != 0 ? count : 0;
    }

    /// What `left` more units can add at most, at sites from `first` on. Their common gain is never
    /// over the sum of their own; the t-th at one site adds busy^t of the first.
    [[nodiscard]] double most(std::size_t first, int left) const {
        std::priority_queue<double> gains;
        for (std::size_t s = first; s < in_.sites.rows; ++s) gains.push(gain(s));
        double sum = 0;
        for (int i = 0; i < left && !gains.empty(); ++i) {
            const double top = gains.top();
            gains.pop();
            sum += top;
            gains.push(top * in_.busy);
        }
        return sum;
    }

    /// Places greedily into `best_`; gives the least of the bounds met on the way.
    double greedy() {
        double bound = most(0, in_.units);
        for (int i = 0; i < in_.units; ++i) {
            std::size_t chosen = 0;
            double most_gain = -1;
            for (std::size_t s = 0; s < in_.sites.rows; ++s) {
                const double g = gain(s);
                if (g > most_gain + equal_within) {
                    most_gain = g;
                    chosen = s;
                }
            }
            ++best_.units_at[chosen];
            best_.value += most_gain;
            put(chosen, 1);
            // Whatever is best, beside what stands already it adds no more than this.
            bound = std::min(bound, best_.value + most(0, in_.units));
        }
        return bound;
    }

    void swap() {
        for (bool better = true; better;) {
            better = false;
            for (std::size_t from = 0; from < in_.sites.rows; ++from) {
                if (best_.units_at[from] == 0) continue;
                put(from, -1);
                const double lost = gain(from);
                std::size_t to = from;
                double most_gain = lost;
                for (std::size_t s = 0; s < in_.sites.rows; ++s) {
                    const double g = gain(s);
                    if (g > most_gain + equal_within) {
                        most_gain = g;
                        to = s;
                    }
                }
                put(to, 1);
                if (to == from) continue;
                --best_.units_at[from];
                ++best_.units_at[to];
                best_.value += most_gain - lost;
                better = true;
            }
        }
    }

    void branch() {
        reaching_.assign(in_.sites.places, 0);
        std::vector<int> placed(in_.sites.rows, 0);
        best_.exact = descend(placed, 0, in_.units, 0);
    }

    /// True when everything below was looked at.
    bool descend(std::vector<int>& placed, std::size_t site, int left, double value) {
        if (value > best_.value + equal_within) {
            best_.value = value;
            best_.units_at = placed;
        }
        if (left == 0 || site == in_.sites.rows) return true;
        if (--nodes_left_ < 0) return false;
        if (value + most(site, left) <= best_.value + equal_within) return true;
        const double here = gain(site);
        put(site, 1);
        ++placed[site];
        const bool with = descend(placed, site, left - 1, value + here);
        --placed[site];
        put(site, -1);
        return descend(placed, site + 1, left, value) && with;
    }

    const MexclpInput& in_;
    long nodes_left_;
    std::vector<int> reaching_;
    std::vector<double> powers_;
    MexclpResult best_;
};

}  // namespace

double expected_cover(std::span<const double> demand, std::span<const int> reaching, double busy) {
    double sum = 0;
    for (std::size_t p = 0; p < demand.size(); ++p) {
        sum += demand[p] * (1 - std::pow(busy, reaching[p]));
    }
    return sum;
}

MexclpResult solve_mexclp(const MexclpInput& input, long nodes_max) {
    return Solver{input, nodes_max}.solve();
}

std::vector<double> dmexclp_gains(const CoverMatrix& sites, std::span<const double> demand,
                                  std::span<const int> reaching, double busy) {
    std::vector<double> out(sites.rows, 0);
    std::vector<double> worth(sites.places, 0);
    for (std::size_t p = 0; p < sites.places; ++p) {
        worth[p] = demand[p] * (1 - busy) * std::pow(busy, reaching[p]);
    }
    for (std::size_t s = 0; s < sites.rows; ++s) {
        const auto row = sites.row(s);
        for (std::size_t p = 0; p < sites.places; ++p) {
            if (row[p] != 0) out[s] += worth[p];
        }
    }
    return out;
}

}  // namespace jedel::cover
