#include "dispatch/cover/hypercube.h"

#include <bit>
#include <cmath>
#include <numeric>

#include "dispatch/cover/hypercube_parts.h"

namespace jedel::cover {
namespace {

constexpr double precision = 1e-13;
constexpr int sweeps_max = 100'000;

Error wrong(std::string field, std::string message) {
    return Error{.message = std::move(message), .field = std::move(field)};
}

bool rate_is_sound(double rate) { return std::isfinite(rate) && rate >= 0; }

Result<void> check_preference(const Atom& atom, std::size_t servers, std::size_t index) {
    std::vector<bool> named(servers, false);
    for (const std::size_t s : atom.preference) {
        if (s >= servers || named[s]) {
            return wrong("preference", "expected each server once for atom " +
                                           std::to_string(index));
        }
        named[s] = true;
    }
    if (atom.preference.size() == servers) return {};
    return wrong("preference", "expected every server for atom " + std::to_string(index) +
                                   ", found " + std::to_string(atom.preference.size()));
}

/// The chain: states are sets of busy servers, `up[state × servers + n]` the rate at which n is
/// sent next.
class Chain {
public:
    explicit Chain(const HypercubeInput& input)
        : in_(input), n_(input.service_rate.size()), full_((std::size_t{1} << n_) - 1),
          total_(total_rate(input)), up_((full_ + 1) * n_), down_(full_ + 1),
          p_(full_ + 1, 1.0 / static_cast<double>(full_ + 1)) {
        for (std::size_t s = 0; s <= full_; ++s) {
            for (std::size_t n = 0; n < n_; ++n) {
                if (busy(s, n)) down_[s] += in_.service_rate[n];
            }
            if (s != full_) fill_up(s);
        }
    }

    HypercubeResult solve() {
        HypercubeResult out;
        if (total_ == 0) {
            p_.assign(p_.size(), 0);
            p_[0] = 1;
        } else {
            out.sweeps = iterate();
        }
        weigh_queue(out);
        fill(out);
        return out;
    }

private:
    static bool busy(std::size_t state, std::size_t n) { return (state >> n & 1U) != 0; }

    void fill_up(std::size_t state) {
        for (const Atom& atom : in_.atoms) {
            for (const std::size_t n : atom.preference) {
                if (busy(state, n)) continue;
                up_[state * n_ + n] += atom.rate;
                break;
            }
        }
    }

    /// Balance of one state: what leaves it is what comes in. A queue changes nothing here: what
    /// goes from "all busy" into the queue comes back from it.
    void balance(std::size_t s) {
        double in = 0;
        for (std::size_t n = 0; n < n_; ++n) {
            const std::size_t other = s ^ (std::size_t{1} << n);
            in += p_[other] * (busy(s, n) ? up_[other * n_ + n] : in_.service_rate[n]);
        }
        p_[s] = in / ((s == full_ ? 0 : total_) + down_[s]);
    }

    /// Sets the mass of each number of busy servers to what its births and deaths ask; the rest
    /// converges in a few sweeps after that.
    void rescale() {
        std::vector<double> mass(n_ + 1), deaths(n_ + 1), wanted(n_ + 1);
        for (std::size_t s = 0; s <= full_; ++s) {
            const auto k = static_cast<std::size_t>(std::popcount(s));
            mass[k] += p_[s];
            deaths[k] += p_[s] * down_[s];
        }
        wanted[0] = 1;
        for (std::size_t k = 1; k <= n_; ++k) {
            wanted[k] = wanted[k - 1] * total_ * mass[k] / deaths[k];
        }
        const double sum = std::accumulate(wanted.begin(), wanted.end(), 0.0);
        for (std::size_t s = 0; s <= full_; ++s) {
            const auto k = static_cast<std::size_t>(std::popcount(s));
            p_[s] *= wanted[k] / (sum * mass[k]);
        }
    }

    int iterate() {
        std::vector<double> before;
        for (int sweep = 1; sweep <= sweeps_max; ++sweep) {
            before = p_;
            for (std::size_t s = 0; s <= full_; ++s) balance(s);
            for (std::size_t s = full_ + 1; s-- > 0;) balance(s);
            rescale();
            double moved = 0;
            for (std::size_t s = 0; s <= full_; ++s) moved += std::abs(p_[s] - before[s]);
            if (moved < precision) return sweep;
        }
        return sweeps_max;
    }

    /// Adds what waits behind "all busy": a geometric tail.
    void weigh_queue(HypercubeResult& out) {
        if (!in_.queue) {
            out.all_busy = p_[full_];
            return;
        }
        const double load = total_ / down_[full_];
        const double tail = p_[full_] * load / (1 - load);
        for (double& p : p_) p /= 1 + tail;
        out.all_busy = p_[full_] / (1 - load);
        out.mean_queue = out.all_busy * load / (1 - load);
    }

    void fill(HypercubeResult& out) const {
        const double waits = in_.queue ? out.all_busy : 0;
        out.workload.assign(n_, in_.queue ? out.all_busy - p_[full_] : 0);
        out.sent.assign(in_.atoms.size(), std::vector<double>(n_, 0));
        for (std::size_t s = 0; s <= full_; ++s) {
            for (std::size_t n = 0; n < n_; ++n) {
                if (busy(s, n)) out.workload[n] += p_[s];
            }
            if (s != full_ && total_ > 0) send(out, s);
        }
        for (std::size_t a = 0; a < in_.atoms.size() && total_ > 0; ++a) {
            for (std::size_t n = 0; n < n_; ++n) {
                out.sent[a][n] += in_.atoms[a].rate / total_ * waits * in_.service_rate[n] /
                                  down_[full_];
            }
        }
        out.states = p_;
    }

    void send(HypercubeResult& out, std::size_t state) const {
        for (std::size_t a = 0; a < in_.atoms.size(); ++a) {
            for (const std::size_t n : in_.atoms[a].preference) {
                if (busy(state, n)) continue;
                out.sent[a][n] += p_[state] * in_.atoms[a].rate / total_;
                break;
            }
        }
    }

    const HypercubeInput& in_;
    std::size_t n_, full_;
    double total_;
    std::vector<double> up_, down_, p_;
};

}  // namespace

double total_rate(const HypercubeInput& input) {
    double total = 0;
    for (const Atom& atom : input.atoms) total += atom.rate;
    return total;
}

Result<void> check_hypercube(const HypercubeInput& input) {
    const std::size_t servers = input.service_rate.size();
    if (servers == 0) return wrong("service_rate", "expected at least one server");
    double capacity = 0;
    for (const double rate : input.service_rate) {
        if (!rate_is_sound(rate) || rate == 0) {
            return wrong("service_rate", "expected a rate above 0");
        }
        capacity += rate;
    }
    for (std::size_t a = 0; a < input.atoms.size(); ++a) {
        if (!rate_is_sound(input.atoms[a].rate)) {
            return wrong("rate", "expected a rate of 0 or more for atom " + std::to_string(a));
        }
        if (auto sound = check_preference(input.atoms[a], servers, a); !sound) return sound;
    }
    if (input.queue && total_rate(input) >= capacity) {
        return wrong("rate", "more calls than the servers can serve: the queue grows for ever");
    }
    return {};
}

Result<HypercubeResult> solve_hypercube(const HypercubeInput& input) {
    if (input.service_rate.size() > hypercube_servers_max) {
        return wrong("service_rate",
                     "expected at most " + std::to_string(hypercube_servers_max) + " servers");
    }
    if (auto sound = check_hypercube(input); !sound) return sound.error();
    return Chain{input}.solve();
}

double late_share(const HypercubeInput& input, const HypercubeResult& solved,
                  const std::vector<std::vector<double>>& travel, double target) {
    const double waits = input.queue ? solved.all_busy : 0;
    double served = 0, in_time = 0;
    for (std::size_t a = 0; a < solved.sent.size(); ++a) {
        for (std::size_t n = 0; n < solved.sent[a].size(); ++n) {
            served += solved.sent[a][n];
            if (travel[a][n] <= target) in_time += solved.sent[a][n];
        }
    }
    if (served <= 0) return 0;
    // Who waited was dealt out like the rest of the calls of "all busy"; none of them is in time.
    double waited_near = 0;
    double capacity = std::accumulate(input.service_rate.begin(), input.service_rate.end(), 0.0);
    const double total = total_rate(input);
    for (std::size_t a = 0; a < solved.sent.size() && waits > 0; ++a) {
        for (std::size_t n = 0; n < solved.sent[a].size(); ++n) {
            if (travel[a][n] > target) continue;
            waited_near += input.atoms[a].rate / total * waits * input.service_rate[n] / capacity;
        }
    }
    return 1 - (in_time - waited_near) / served;
}

}  // namespace jedel::cover
