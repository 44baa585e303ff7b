#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <rapidcheck.h>

#include "dispatch/cover/cover.h"
#include "dispatch/cover/mexclp.h"

using namespace jedel;
using namespace jedel::cover;

namespace {

CoverMatrix matrix(const std::vector<std::string>& rows) {
    CoverMatrix out{rows.size(), rows.empty() ? 0 : rows[0].size()};
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t p = 0; p < out.places; ++p) out.at(r, p) = rows[r][p] == '1';
    }
    return out;
}

CoverMatrix random_matrix(std::size_t rows, std::size_t places) {
    CoverMatrix out{rows, places};
    for (auto& cell : out.cells) cell = *rc::gen::inRange(0, 3) == 0;
    return out;
}

std::vector<double> random_demand(std::size_t places) {
    std::vector<double> out;
    for (std::size_t p = 0; p < places; ++p) out.push_back(*rc::gen::inRange(0, 20));
    return out;
}

double value_of(const MexclpInput& in, const std::vector<int>& units_at) {
    std::vector<int> reaching(in.sites.places, 0);
    for (std::size_t s = 0; s < in.sites.rows; ++s) {
        for (std::size_t p = 0; p < in.sites.places; ++p) {
            reaching[p] += in.sites.row(s)[p] != 0 ? units_at[s] : 0;
        }
    }
    return expected_cover(in.demand, reaching, in.busy);
}

double best_by_trying_all(const MexclpInput& in) {
    std::vector<int> at(in.sites.rows, 0);
    double best = 0;
    const std::function<void(std::size_t, int)> deal = [&](std::size_t site, int left) {
        if (site + 1 == in.sites.rows) {
            at[site] = left;
            best = std::max(best, value_of(in, at));
            return;
        }
        for (at[site] = 0; at[site] <= left; ++at[site]) deal(site + 1, left - at[site]);
    };
    deal(0, in.units);
    return best;
}

}  // namespace

TEST_CASE("MEXCLP on the published matrix") {
    MexclpInput in{.sites = matrix({"1100", "0110", "1001"}), .demand = {2, 2, 1, 1}, .units = 2};
    for (const auto& [busy, value] : {std::pair{0.3, 4.20}, {0.5, 3.00}, {0.7, 2.04}}) {
        in.busy = busy;
        const auto solved = solve_mexclp(in);
        CHECK(solved.value == Approx(value).margin(1e-9));
        CHECK(solved.exact);
        CHECK(solved.bound == solved.value);
    }
    in.units = 0;
    CHECK(solve_mexclp(in).value == 0);
    CHECK(solve_mexclp({}).exact);
}

TEST_CASE("MEXCLP finds the best of all placings, and its bound is never below it") {
    rc::check([] {
        MexclpInput in;
        const auto rows = *rc::gen::inRange<std::size_t>(1, 6);
        const auto places = *rc::gen::inRange<std::size_t>(1, 8);
        in.sites = random_matrix(rows, places);
        in.demand = random_demand(places);
        in.units = *rc::gen::inRange(0, 5);
        in.busy = *rc::gen::inRange(0, 101) / 100.0;
        const double best = best_by_trying_all(in);
        const auto solved = solve_mexclp(in);
        RC_ASSERT(solved.exact);
        RC_ASSERT(std::abs(solved.value - best) < 1e-9);
        RC_ASSERT(std::abs(value_of(in, solved.units_at) - solved.value) < 1e-9);
        const auto quick = solve_mexclp(in, 0);
        RC_ASSERT(std::abs(value_of(in, quick.units_at) - quick.value) < 1e-9);
        RC_ASSERT(quick.value <= best + 1e-9);
        RC_ASSERT(quick.bound >= best - 1e-9);
        RC_ASSERT(quick.value >= best * (1 - std::exp(-1.0)) - 1e-9);
    });
}

TEST_CASE("what a brigade that comes free adds is the difference it makes") {
    rc::check([] {
        const auto rows = *rc::gen::inRange<std::size_t>(1, 6);
        const auto places = *rc::gen::inRange<std::size_t>(1, 8);
        const CoverMatrix sites = random_matrix(rows, places);
        const auto demand = random_demand(places);
        std::vector<int> reaching;
        for (std::size_t p = 0; p < places; ++p) reaching.push_back(*rc::gen::inRange(0, 4));
        const double busy = *rc::gen::inRange(0, 100) / 100.0;
        const auto gains = dmexclp_gains(sites, demand, reaching, busy);
        for (std::size_t s = 0; s < rows; ++s) {
            auto then = reaching;
            for (std::size_t p = 0; p < places; ++p) then[p] += sites.row(s)[p];
            const double gain = expected_cover(demand, then, busy) -
                                expected_cover(demand, reaching, busy);
            RC_ASSERT(std::abs(gains[s] - gain) < 1e-9);
        }
    });
}

TEST_CASE("the loss of a brigade is what the figure is less without it") {
    rc::check([] {
        const auto rows = *rc::gen::inRange<std::size_t>(0, 8);
        const auto places = *rc::gen::inRange<std::size_t>(1, 10);
        const CoverMatrix reach = random_matrix(rows, places);
        const auto demand = random_demand(places);
        const double busy = *rc::gen::inRange(0, 100) / 100.0;
        std::vector<BrigadeId> ids;
        for (std::size_t b = 0; b < rows; ++b) ids.push_back({100 + b});
        const CoverFigure all = cover_figure(demand, reach, ids, busy);
        RC_ASSERT(all.share >= all.expected - 1e-12);
        RC_ASSERT(all.share <= 1 + 1e-12);
        for (std::size_t b = 0; b < rows; ++b) {
            CoverMatrix without{rows - 1, places};
            std::vector<BrigadeId> others;
            for (std::size_t r = 0; r < rows; ++r) {
                if (r == b) continue;
                for (std::size_t p = 0; p < places; ++p) {
                    without.at(others.size(), p) = reach.row(r)[p];
                }
                others.push_back(ids[r]);
            }
            const CoverFigure less = cover_figure(demand, without, others, busy);
            const CoverLoss* loss = all.loss_of(ids[b]);
            RC_ASSERT(loss != nullptr);
            RC_ASSERT(std::abs(all.share - less.share - loss->share) < 1e-9);
            RC_ASSERT(std::abs(all.expected - less.expected - loss->expected) < 1e-9);
        }
        RC_ASSERT(all.loss_of({1}) == nullptr);
    });
}

TEST_CASE("a plan does what it says: moves together give the figure that it promises") {
    rc::check([] {
        PlanInput in;
        const auto rows = *rc::gen::inRange<std::size_t>(0, 7);
        const auto places = *rc::gen::inRange<std::size_t>(1, 10);
        const auto posts = *rc::gen::inRange<std::size_t>(0, 6);
        in.demand = random_demand(places);
        in.busy = *rc::gen::inRange(0, 100) / 100.0;
        in.reach = random_matrix(rows, places);
        in.posts = random_matrix(posts, places);
        for (std::size_t b = 0; b < rows; ++b) in.brigades.push_back({100 + b});
        for (std::size_t b = 0; b < rows; ++b) {
            in.standing.push_back(*rc::gen::inRange(-1, static_cast<int>(posts)));
            for (std::size_t p = 0; p < posts; ++p) {
                in.travel_s.push_back(*rc::gen::inRange(-100, 1200));
            }
        }
        for (std::size_t p = 0; p < posts; ++p) in.room.push_back(*rc::gen::inRange(0, 3));
        const CoverPlan plan = plan_cover(in);
        CoverMatrix then = in.reach;
        std::vector<int> moved(rows, 0), arrived(posts, 0), left(posts, 0);
        for (const Move& move : plan.moves) {
            RC_ASSERT(++moved[move.brigade] == 1);
            ++arrived[move.post];
            if (in.standing[move.brigade] >= 0) {
                ++left[static_cast<std::size_t>(in.standing[move.brigade])];
            }
            RC_ASSERT(move.gain >= in.least_gain);
            RC_ASSERT(move.travel_s >= 0);
            RC_ASSERT(move.travel_s <= in.travel_max_s);
            for (std::size_t p = 0; p < places; ++p) {
                then.at(move.brigade, p) = in.posts.row(move.post)[p];
            }
        }
        for (std::size_t p = 0; p < posts; ++p) RC_ASSERT(arrived[p] <= in.room[p] + left[p]);
        RC_ASSERT(plan.moves.size() <= in.moves_max);
        const CoverFigure after = cover_figure(in.demand, then, in.brigades, in.busy);
        RC_ASSERT(std::abs(after.share - plan.share_then) < 1e-9);
        RC_ASSERT(std::abs(after.expected - plan.expected_then) < 1e-9);
    });
}
