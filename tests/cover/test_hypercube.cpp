#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <rapidcheck.h>
#include <tuple>

#include "dispatch/cover/erlang.h"
#include "dispatch/cover/hypercube.h"

using namespace jedel::cover;

namespace {

HypercubeInput three_servers() {
    return {.service_rate = {1, 1, 1},
            .atoms = {{0.50, {0, 1, 2}}, {0.25, {0, 2, 1}}, {0.35, {1, 0, 2}}, {0.40, {2, 0, 1}}}};
}

HypercubeInput random_input(bool queue, std::size_t servers_max, bool alike) {
    HypercubeInput in;
    in.queue = queue;
    const auto servers = *rc::gen::inRange<std::size_t>(1, servers_max + 1);
    double capacity = 0;
    for (std::size_t n = 0; n < servers; ++n) {
        in.service_rate.push_back(alike ? 1 : *rc::gen::inRange(5, 20) / 10.0);
        capacity += in.service_rate.back();
    }
    const auto atoms = *rc::gen::inRange<std::size_t>(1, 9);
    const double load = *rc::gen::inRange(5, queue ? 95 : 200) / 100.0;
    std::vector<double> weights;
    for (std::size_t a = 0; a < atoms; ++a) weights.push_back(*rc::gen::inRange(1, 100));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t a = 0; a < atoms; ++a) {
        Atom atom{.rate = load * capacity * weights[a] / sum, .preference = {}};
        for (std::size_t n = 0; n < servers; ++n) atom.preference.push_back(n);
        for (std::size_t n = servers; n > 1; --n) {
            const auto other = *rc::gen::inRange<std::size_t>(0, n);
            std::swap(atom.preference[n - 1], atom.preference[other]);
        }
        in.atoms.push_back(std::move(atom));
    }
    return in;
}

/// A room as a discrete-event simulation, by its own rules and none of the model's.
class Simulated {
public:
    Simulated(const HypercubeInput& input, std::uint64_t seed)
        : in_(input), word_(seed), busy_(input.service_rate.size(), false),
          busy_time(input.service_rate.size(), 0) {
        for (const Atom& a : in_.atoms) total_ += a.rate;
    }
    void run(double until) {
        time = 0;
        met_all_busy = calls = 0;
        std::fill(busy_time.begin(), busy_time.end(), 0);
        while (time < until) step();
    }

private:
    double uniform() {
        word_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = word_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }
    void step() {
        double rate = total_;
        for (std::size_t n = 0; n < busy_.size(); ++n) rate += busy_[n] ? in_.service_rate[n] : 0;
        const double passed = -std::log(1 - uniform()) / rate;
        time += passed;
        for (std::size_t n = 0; n < busy_.size(); ++n) busy_time[n] += busy_[n] ? passed : 0;
        double which = uniform() * rate;
        for (const Atom& atom : in_.atoms) {
            if ((which -= atom.rate) < 0) return arrive(atom);
        }
        for (std::size_t n = 0; n < busy_.size(); ++n) {
            if (busy_[n] && (which -= in_.service_rate[n]) < 0) return finish(n);
        }
    }
    void arrive(const Atom& atom) {
        ++calls;
        for (const std::size_t n : atom.preference) {
            if (busy_[n]) continue;
            busy_[n] = true;
            return;
        }
        ++met_all_busy;
        if (in_.queue) ++waiting_;
    }
    void finish(std::size_t n) {
        if (waiting_ > 0) {
            --waiting_;
        } else {
            busy_[n] = false;
        }
    }

    const HypercubeInput& in_;
    std::uint64_t word_;
    std::vector<bool> busy_;
    long waiting_ = 0;
    double total_ = 0;

public:
    double time = 0;
    long met_all_busy = 0, calls = 0;
    std::vector<double> busy_time;
};

}  // namespace

TEST_CASE("the hypercube of Larson and Odoni") {
    const auto solved = solve_hypercube(three_servers());
    REQUIRE(solved);
    CHECK(solved->workload[0] == Approx(0.5574).margin(5e-5));
    CHECK(solved->workload[1] == Approx(0.4734).margin(5e-5));
    CHECK(solved->workload[2] == Approx(0.4693).margin(5e-5));
    CHECK(solved->all_busy == Approx(0.23684).margin(5e-6));
}

TEST_CASE("two servers that lose whom they cannot serve") {
    // Erlang: 1, a, a²/2. One erlang gives 2/5, 2/5, 1/5; two give 1/5, 2/5, 2/5.
    for (const auto& [rate, none, both] : {std::tuple{1.0, 0.4, 0.2}, {2.0, 0.2, 0.4}}) {
        const auto solved =
            solve_hypercube({.service_rate = {1, 1},
                             .atoms = {{rate * 0.75, {0, 1}}, {rate * 0.25, {1, 0}}},
                             .queue = false});
        REQUIRE(solved);
        CHECK(solved->states[0] == Approx(none).margin(1e-10));
        CHECK(solved->states[1] + solved->states[2] == Approx(0.4).margin(1e-10));
        CHECK(solved->states[3] == Approx(both).margin(1e-10));
    }
}

TEST_CASE("input that no room can have is refused with its field") {
    HypercubeInput in = three_servers();
    in.atoms[0].rate = 3;
    CHECK(solve_hypercube(in).error().field == "rate");
    in.queue = false;
    CHECK(solve_hypercube(in));
    in = three_servers();
    in.atoms[1].preference = {0, 0, 1};
    CHECK(solve_hypercube(in).error().field == "preference");
    CHECK(approximate_hypercube(in).error().field == "preference");
    in.atoms[1].preference = {0, 1};
    CHECK(solve_hypercube(in).error().field == "preference");
    in = three_servers();
    in.service_rate = {1, 2, 1};
    CHECK(solve_hypercube(in));
    CHECK(approximate_hypercube(in).error().field == "service_rate");
    in.service_rate.assign(hypercube_servers_max + 1, 1);
    CHECK(solve_hypercube(in).error().field == "service_rate");
    CHECK(solve_hypercube({}).error().field == "service_rate");
    // Nobody calls: nobody is busy.
    const auto quiet = solve_hypercube({.service_rate = {1, 1}, .atoms = {{0, {0, 1}}}});
    REQUIRE(quiet);
    CHECK(quiet->workload[0] == 0);
    CHECK(quiet->all_busy == 0);
}

TEST_CASE("whatever the preferences, alike servers are busy as Erlang says") {
    rc::check([] {
        const bool queue = *rc::gen::arbitrary<bool>();
        const HypercubeInput in = random_input(queue, 7, true);
        const auto solved = solve_hypercube(in);
        RC_ASSERT(solved.ok());
        const int n = static_cast<int>(in.service_rate.size());
        double load = 0;
        for (const Atom& atom : in.atoms) load += atom.rate;
        const double expected = queue ? *erlang_c(n, load) : *erlang_b(n, load);
        RC_ASSERT(std::abs(solved->all_busy - expected) < 1e-9);
        const double work =
            std::accumulate(solved->workload.begin(), solved->workload.end(), 0.0);
        RC_ASSERT(std::abs(work - (queue ? load : load * (1 - expected))) < 1e-9);
        const auto near = approximate_hypercube(in);
        RC_ASSERT(near.ok());
        RC_ASSERT(std::abs(near->all_busy - expected) < 1e-9);
    });
}

TEST_CASE("what each server does and where its calls come from agree") {
    rc::check([] {
        const HypercubeInput in = random_input(*rc::gen::arbitrary<bool>(), 6, false);
        const auto solved = solve_hypercube(in);
        RC_ASSERT(solved.ok());
        double load = 0;
        for (const Atom& atom : in.atoms) load += atom.rate;
        const double served = in.queue ? 1 : 1 - solved->all_busy;
        double sum = 0;
        for (std::size_t n = 0; n < in.service_rate.size(); ++n) {
            double share = 0;
            for (std::size_t a = 0; a < in.atoms.size(); ++a) share += solved->sent[a][n];
            // Little: busy time is the rate of what it serves over how fast it serves.
            RC_ASSERT(std::abs(load * share / in.service_rate[n] - solved->workload[n]) < 1e-8);
            sum += share;
        }
        RC_ASSERT(std::abs(sum - served) < 1e-9);
    });
}

TEST_CASE("the hypercube against a simulated room, servers and atoms that differ") {
    // Batch means: 20 stretches after a start that is thrown away; the interval is of Student's t.
    constexpr std::array<bool, 2> kinds{true, false};
    for (const bool queue : kinds) {
        HypercubeInput in{.service_rate = {1, 1.4, 0.8, 1.1},
                          .atoms = {{0.8, {0, 1, 2, 3}}, {0.5, {2, 1, 0, 3}}, {0.6, {3, 2, 1, 0}},
                                    {0.4, {1, 3, 0, 2}}},
                          .queue = queue};
        const auto solved = solve_hypercube(in);
        REQUIRE(solved);
        Simulated room{in, 103};
        room.run(500);
        constexpr int batches = 20;
        constexpr double t_999 = 3.883;  // two-sided 99.9 %, 19 degrees of freedom
        std::vector<std::vector<double>> seen(in.service_rate.size() + 1);
        for (int b = 0; b < batches; ++b) {
            room.run(5000);
            for (std::size_t n = 0; n < in.service_rate.size(); ++n) {
                seen[n].push_back(room.busy_time[n] / room.time);
            }
            seen.back().push_back(static_cast<double>(room.met_all_busy) /
                                  static_cast<double>(room.calls));
        }
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const double mean = std::accumulate(seen[i].begin(), seen[i].end(), 0.0) / batches;
            double squares = 0;
            for (const double x : seen[i]) squares += (x - mean) * (x - mean);
            const double half = t_999 * std::sqrt(squares / (batches - 1) / batches);
            CAPTURE(queue, i, mean, half);
            REQUIRE(half < 0.01);  // else the comparison says nothing
            const double expected = i < in.service_rate.size() ? solved->workload[i]
                                                               : solved->all_busy;
            CHECK(std::abs(mean - expected) < half);
        }
    }
}

TEST_CASE("Larson's approximation stays near the exact workloads") {
    const auto near = approximate_hypercube(three_servers());
    REQUIRE(near);
    const auto exact = solve_hypercube(three_servers());
    for (std::size_t n = 0; n < 3; ++n) {
        CHECK(std::abs(near->workload[n] - exact->workload[n]) < 0.02);
    }
    double worst = 0;
    rc::check([&worst] {
        const HypercubeInput in = random_input(*rc::gen::arbitrary<bool>(), 8, true);
        const auto e = solve_hypercube(in);
        const auto a = approximate_hypercube(in);
        RC_ASSERT(e.ok());
        RC_ASSERT(a.ok());
        double sum = 0;
        for (std::size_t n = 0; n < in.service_rate.size(); ++n) {
            worst = std::max(worst, std::abs(e->workload[n] - a->workload[n]));
            for (const auto& atom : a->sent) sum += atom[n];
        }
        RC_ASSERT(std::abs(sum - (in.queue ? 1 : 1 - a->all_busy)) < 1e-9);
        RC_ASSERT(worst < 0.08);
    });
}

TEST_CASE("a hundred servers are solved, and late is what comes from afar or waits") {
    HypercubeInput in;
    in.service_rate.assign(100, 1);
    std::vector<std::vector<double>> travel;
    for (std::size_t a = 0; a < 50; ++a) {
        Atom atom{.rate = 1.6, .preference = {}};
        for (std::size_t n = 0; n < 100; ++n) atom.preference.push_back((a * 2 + n) % 100);
        in.atoms.push_back(std::move(atom));
        travel.emplace_back(100, 5);
    }
    const auto solved = approximate_hypercube(in);
    REQUIRE(solved);
    CHECK(solved->all_busy == Approx(*erlang_c(100, 80)).margin(1e-9));
    for (const double w : solved->workload) CHECK(w == Approx(0.8).margin(0.02));
    CHECK(late_share(in, *solved, travel, 10) == Approx(solved->all_busy).margin(1e-9));
    CHECK(late_share(in, *solved, travel, 4) == Approx(1).margin(1e-9));
}
