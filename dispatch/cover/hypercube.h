#pragma once
// The hypercube queueing model: which of several brigades that are not alike is busy how often,
// and who goes where. R. C. Larson, "A hypercube queuing model for facility location and
// redistricting in urban emergency services", Computers & Operations Research 1 (1974); R. C.
// Larson, A. R. Odoni, "Urban Operations Research", 1981, chapter 5.

#include <cstddef>
#include <vector>

#include "base/result.h"

namespace jedel::cover {

/// A piece of the city: its calls per hour, and the servers in the order they are preferred, each
/// exactly once. The first that is free is sent.
struct Atom {
    double rate = 0;
    std::vector<std::size_t> preference;
};

/// Calls come at random (Poisson), service times are exponential.
struct HypercubeInput {
    std::vector<double> service_rate;  ///< of each server, per hour: 1 / mean service time
    std::vector<Atom> atoms;
    bool queue = true;  ///< who finds none free waits, first come first served; false: is lost
};

struct HypercubeResult {
    std::vector<double> workload;  ///< share of time each server is busy
    /// Exact only. Probability of every set of busy servers, bit n = server n is busy; with a
    /// queue the last is "all busy, nobody waits".
    std::vector<double> states;
    double all_busy = 0;    ///< a call finds none free: it waits (with a queue) or is lost
    double mean_queue = 0;  ///< calls waiting, over time; 0 without a queue
    /// [atom][server]: share of all calls that are of this atom and served by that server.
    std::vector<std::vector<double>> sent;
    int sweeps = 0;  ///< of the iteration
};

inline constexpr std::size_t hypercube_servers_max = 14;

/// All 2^N states by iteration, to 1e-13. Errors: no server, more than `hypercube_servers_max`, a
/// rate that is negative, a preference that does not name each server once, or a queue that grows
/// for ever.
Result<HypercubeResult> solve_hypercube(const HypercubeInput& input);

/// For any number of servers with one common service rate, within 1–2 % as published: R. C.
/// Larson, "Approximating the performance of urban emergency service systems", Operations Research
/// 23 (1975). Servers that are all alike come out exactly. Errors as above, and service rates that
/// differ.
Result<HypercubeResult> approximate_hypercube(const HypercubeInput& input);

/// The share of served calls whose way takes longer than the target. `travel` is [atom][server],
/// in any unit; those that had to wait count as late, for nobody knows who comes.
double late_share(const HypercubeInput& input, const HypercubeResult& solved,
                  const std::vector<std::vector<double>>& travel, double target);

}  // namespace jedel::cover
