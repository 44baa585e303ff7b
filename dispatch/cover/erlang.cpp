#include "dispatch/cover/erlang.h"

#include <cmath>

namespace jedel::cover {
namespace {

constexpr int servers_max = 100'000;

bool sound(int servers, double load) {
    return servers >= 0 && servers <= servers_max && std::isfinite(load) && load >= 0;
}

}  // namespace

std::optional<double> erlang_b(int servers, double load) {
    if (!sound(servers, load)) return std::nullopt;
    // The recursion from no server upwards never leaves [0, 1]; factorials would overflow.
    double blocked = 1;
    for (int n = 1; n <= servers; ++n) blocked = load * blocked / (n + load * blocked);
    return blocked;
}

std::optional<double> erlang_c(int servers, double load) {
    const auto blocked = erlang_b(servers, load);
    if (!blocked) return std::nullopt;
    if (load == 0) return servers > 0 ? 0.0 : 1.0;
    if (load >= servers) return 1.0;
    return *blocked / (1 - load / servers * (1 - *blocked));
}

std::optional<int> servers_for_delay(double load, double limit) {
    if (!sound(0, load) || !(limit > 0 && limit < 1) || load >= servers_max) return std::nullopt;
    double blocked = 1;
    for (int n = 1; n <= servers_max; ++n) {
        blocked = load * blocked / (n + load * blocked);
        if (load < n && blocked / (1 - load / n * (1 - blocked)) <= limit) return n;
    }
    return std::nullopt;
}

}  // namespace jedel::cover
