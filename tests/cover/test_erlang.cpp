#include <catch2/catch.hpp>
#include <cmath>
#include <rapidcheck.h>

#include "dispatch/cover/erlang.h"

using namespace jedel::cover;

TEST_CASE("Erlang's formulas give the published values") {
    CHECK(*erlang_c(10, 7) == Approx(0.221731).epsilon(0).margin(5e-7));
    CHECK(*erlang_b(16, 9) == Approx(0.011052).epsilon(0).margin(5e-7));
    CHECK(*erlang_b(1, 1) == Approx(0.5));
    CHECK(*erlang_c(3, 1.5) == Approx(0.2368421).margin(5e-8));
    CHECK(*erlang_b(5, 0) == 0);
    CHECK(*erlang_c(5, 0) == 0);
    CHECK(*erlang_c(5, 5) == 1);
    CHECK_FALSE(erlang_b(5, -1).has_value());
    CHECK_FALSE(erlang_b(-1, 1).has_value());
    CHECK_FALSE(erlang_c(5, std::nan("")).has_value());
}

TEST_CASE("Erlang B is the ratio of its sum, and more servers never make it worse") {
    rc::check([] {
        const int servers = *rc::gen::inRange(1, 60);
        const double load = *rc::gen::inRange(1, 5000) / 100.0;
        double term = 1, sum = 1;
        for (int k = 1; k <= servers; ++k) sum += term = term * load / k;
        RC_ASSERT(std::abs(*erlang_b(servers, load) - term / sum) < 1e-12);
        RC_ASSERT(*erlang_b(servers + 1, load) <= *erlang_b(servers, load));
        RC_ASSERT(*erlang_c(servers, load) >= *erlang_b(servers, load));
        const double limit = *rc::gen::inRange(1, 99) / 100.0;
        const int needed = *servers_for_delay(load, limit);
        RC_ASSERT(*erlang_c(needed, load) <= limit);
        RC_ASSERT(needed == 1 || *erlang_c(needed - 1, load) > limit);
    });
}
