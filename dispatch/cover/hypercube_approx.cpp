#include <algorithm>
#include <cmath>
#include <numeric>

#include "dispatch/cover/hypercube.h"
#include "dispatch/cover/hypercube_parts.h"

namespace jedel::cover {
namespace {

constexpr double precision = 1e-10;
constexpr int sweeps_max = 1000;

/// Identical servers with the same load: how many are busy (the tail of a queue is in `waits`).
struct Alike {
    std::vector<double> busy;  ///< probability that exactly k are busy, nobody waiting
    double waits = 0;          ///< all busy: a call waits or is lost
    double mean_queue = 0;
    double load = 0;           ///< share of time one server is busy
};

Alike alike(std::size_t servers, double erlangs, bool queue) {
    Alike out;
    out.busy.assign(servers + 1, 0);
    out.busy[0] = 1;
    double sum = 1;
    for (std::size_t k = 1; k <= servers; ++k) {
        out.busy[k] = out.busy[k - 1] * erlangs / static_cast<double>(k);
        sum += out.busy[k];
        if (sum < 1e200) continue;
        for (double& p : out.busy) p /= sum;  // hundreds of servers: kept within range
        sum = 1;
    }
    const double rho = erlangs / static_cast<double>(servers);
    const double tail = queue ? out.busy[servers] * rho / (1 - rho) : 0;
    for (double& p : out.busy) p /= sum + tail;
    out.waits = out.busy[servers] + tail / (sum + tail);
    out.mean_queue = queue ? out.waits * rho / (1 - rho) : 0;
    out.load = queue ? rho : rho * (1 - out.waits);
    return out;
}

/// Larson's correction: the probability that the first j asked are busy and the next is free,
/// over what independent servers would give.
std::vector<double> corrections(const Alike& a, std::size_t servers) {
    std::vector<double> q(servers, 0);
    const auto n = static_cast<double>(servers);
    std::vector<double> chosen = a.busy;  // × the chance that j drawn at random are all busy
    double power = 1;
    for (std::size_t j = 0; j < servers; ++j) {
        double sum = 0;
        for (std::size_t k = j; k < servers; ++k) {
            sum += chosen[k] * (n - static_cast<double>(k)) / (n - static_cast<double>(j));
        }
        const double independent = power * (1 - a.load);
        q[j] = independent > 0 ? sum / independent : 1;
        for (std::size_t k = 0; k <= servers; ++k) {
            const double left = static_cast<double>(k) - static_cast<double>(j);
            chosen[k] *= left > 0 ? left / (n - static_cast<double>(j)) : 0;
        }
        power *= a.load;
    }
    return q;
}

/// [atom][server] share of calls by the present workloads; `free` is by whom it is multiplied.
template <class Each>
void each_share(const HypercubeInput& in, const std::vector<double>& q,
                const std::vector<double>& load, Each&& each) {
    constexpr double negligible = 1e-15;
    for (std::size_t a = 0; a < in.atoms.size(); ++a) {
        double passed = 1;
        for (std::size_t k = 0; k < in.atoms[a].preference.size(); ++k) {
            const std::size_t n = in.atoms[a].preference[k];
            each(a, n, q[k] * passed);
            passed *= load[n];
            if (passed < negligible) break;
        }
    }
}

}  // namespace

Result<HypercubeResult> approximate_hypercube(const HypercubeInput& input) {
    if (auto sound = check_hypercube(input); !sound) return sound.error();
    const std::size_t n = input.service_rate.size();
    const double mu = input.service_rate.front();
    if (std::any_of(input.service_rate.begin(), input.service_rate.end(),
                    [&](double rate) { return std::abs(rate - mu) > 1e-9 * mu; })) {
        return Error{.message = "expected one service rate for all servers",
                     .field = "service_rate"};
    }
    const double total = total_rate(input);
    const Alike mean = alike(n, total / mu, input.queue);
    const std::vector<double> q = corrections(mean, n);
    const double waiting = input.queue ? total / mu * mean.waits / static_cast<double>(n) : 0;
    HypercubeResult out;
    out.all_busy = mean.waits;
    out.mean_queue = mean.mean_queue;
    out.workload.assign(n, mean.load);
    for (out.sweeps = 1; out.sweeps < sweeps_max; ++out.sweeps) {
        std::vector<double> asked(n, 0);
        each_share(input, q, out.workload, [&](std::size_t a, std::size_t s, double share) {
            asked[s] += input.atoms[a].rate / mu * share;
        });
        double sum = 0, moved = 0;
        for (std::size_t s = 0; s < n; ++s) {
            asked[s] = (asked[s] + waiting) / (1 + asked[s]);
            sum += asked[s];
        }
        for (std::size_t s = 0; s < n; ++s) {
            if (sum > 0) asked[s] *= mean.load * static_cast<double>(n) / sum;
            asked[s] = std::min(asked[s], 1.0);
            moved = std::max(moved, std::abs(asked[s] - out.workload[s]));
        }
        out.workload = std::move(asked);
        if (moved < precision) break;
    }
    out.sent.assign(input.atoms.size(), std::vector<double>(n, 0));
    if (total == 0) return out;
    std::vector<double> of_atom(input.atoms.size(), 0);
    each_share(input, q, out.workload, [&](std::size_t a, std::size_t s, double share) {
        out.sent[a][s] = share * (1 - out.workload[s]);
        of_atom[a] += out.sent[a][s];
    });
    for (std::size_t a = 0; a < input.atoms.size(); ++a) {
        // What is sent at once is all that does not find every server busy.
        const double share = input.atoms[a].rate / total;
        const double at_once = of_atom[a] > 0 ? share * (1 - mean.waits) / of_atom[a] : 0;
        const double late = input.queue ? share * mean.waits / static_cast<double>(n) : 0;
        for (double& sent : out.sent[a]) sent = sent * at_once + late;
    }
    return out;
}

}  // namespace jedel::cover
