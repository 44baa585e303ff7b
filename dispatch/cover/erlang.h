#pragma once
// Erlang's formulas for identical servers. A. K. Erlang, "Løsning af nogle Problemer fra
// Sandsynlighedsregningen af Betydning for de automatiske Telefoncentraler", 1917.

#include <optional>

namespace jedel::cover {

/// Probability that a call finds all `servers` busy and is lost. `load` = arrivals × mean service
/// time, in erlangs. Outside its domain (load negative or not finite): nullopt.
std::optional<double> erlang_b(int servers, double load);

/// Probability that a call has to wait, with a queue without end. 1 where the load is not below
/// the servers: the queue grows for ever.
std::optional<double> erlang_c(int servers, double load);

/// The fewest servers with which a call waits with a probability of at most `limit`; nullopt
/// outside the domain (load as above, limit outside ]0, 1[).
std::optional<int> servers_for_delay(double load, double limit);

}  // namespace jedel::cover
