#include "dispatch/cover/cover.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jedel::cover {
namespace {

constexpr double equal_within = 1e-12;

std::vector<int> counts(const CoverMatrix& reach) {
    std::vector<int> reaching(reach.places, 0);
    for (std::size_t r = 0; r < reach.rows; ++r) {
        const auto row = reach.row(r);
        for (std::size_t p = 0; p < row.size(); ++p) reaching[p] += row[p];
    }
    return reaching;
}

std::vector<double> powers_of(double busy, std::size_t up_to) {
    std::vector<double> powers(up_to + 1, 1);
    for (std::size_t k = 1; k < powers.size(); ++k) powers[k] = powers[k - 1] * busy;
    return powers;
}

double plain_share(std::span<const double> demand, std::span<const int> reaching) {
    double sum = 0;
    for (std::size_t p = 0; p < demand.size(); ++p) sum += reaching[p] > 0 ? demand[p] : 0;
    return sum;
}

/// The search for moves; everything as shares of the whole demand.
class Planner {
public:
    explicit Planner(const PlanInput& input)
        : in_(input), reaching_(counts(input.reach)), room_(input.room),
          powers_(powers_of(input.busy, input.brigades.size() + 1)),
          moved_(input.brigades.size(), false), demand_(input.demand) {
        const double total = std::accumulate(demand_.begin(), demand_.end(), 0.0);
        for (double& d : demand_) d = total > 0 ? d / total : 0;
        room_.resize(in_.posts.rows, 1);
    }

    CoverPlan plan() {
        CoverPlan out;
        out.now = cover_figure(demand_, in_.reach, in_.brigades, in_.busy);
        out.share_then = out.now.share;
        out.expected_then = out.now.expected;
        while (out.moves.size() < in_.moves_max) {
            const auto move = best();
            if (!move) break;
            take(*move);
            out.moves.push_back(*move);
            Move& made = out.moves.back();
            made.share_gain = plain_share(demand_, reaching_) - out.share_then;
            out.share_then += made.share_gain;
            out.expected_then += made.gain;
        }
        return out;
    }

private:
    [[nodiscard]] double power(int k) const { return powers_[static_cast<std::size_t>(k)]; }

    std::optional<Move> best() {
        std::optional<Move> best;
        for (std::size_t b = 0; b < in_.brigades.size(); ++b) {
            if (moved_[b]) continue;
            lift(b);
            for (std::size_t post = 0; post < in_.posts.rows; ++post) consider(b, post, best);
            const auto row = in_.reach.row(b);
            for (std::size_t p = 0; p < row.size(); ++p) reaching_[p] += row[p];
        }
        return best;
    }

    /// Without brigade b: what one more at each place is worth, and what b itself is.
    void lift(std::size_t b) {
        const auto row = in_.reach.row(b);
        worth_.resize(demand_.size());
        own_ = 0;
        for (std::size_t p = 0; p < row.size(); ++p) {
            reaching_[p] -= row[p];
            worth_[p] = demand_[p] * (1 - in_.busy) * power(reaching_[p]);
            if (row[p] != 0) own_ += worth_[p];
        }
    }

    void consider(std::size_t b, std::size_t post, std::optional<Move>& best) const {
        const double travel = in_.travel_s[b * in_.posts.rows + post];
        if (room_[post] <= 0 || in_.standing[b] == static_cast<int>(post)) return;
        if (travel < 0 || travel > in_.travel_max_s) return;
        const auto row = in_.posts.row(post);
        double gain = -own_;
        for (std::size_t p = 0; p < row.size(); ++p) gain += row[p] != 0 ? worth_[p] : 0;
        if (gain < in_.least_gain) return;
        const bool better = !best || gain > best->gain + equal_within ||
                            (gain > best->gain - equal_within && travel < best->travel_s);
        if (better) best = Move{.brigade = b, .post = post, .travel_s = travel, .gain = gain};
    }

    void take(const Move& move) {
        const auto from = in_.reach.row(move.brigade);
        const auto to = in_.posts.row(move.post);
        for (std::size_t p = 0; p < from.size(); ++p) reaching_[p] += to[p] - from[p];
        moved_[move.brigade] = true;
        --room_[move.post];
        const int left = in_.standing[move.brigade];
        if (left >= 0) ++room_[static_cast<std::size_t>(left)];
    }

    const PlanInput& in_;
    std::vector<int> reaching_, room_;
    std::vector<double> powers_;
    std::vector<bool> moved_;
    std::vector<double> demand_, worth_;
    double own_ = 0;
};

}  // namespace

const CoverLoss* CoverFigure::loss_of(BrigadeId brigade) const {
    const auto it = std::lower_bound(
        losses.begin(), losses.end(), brigade,
        [](const CoverLoss& loss, BrigadeId id) { return loss.brigade < id; });
    return it != losses.end() && it->brigade == brigade ? &*it : nullptr;
}

CoverFigure cover_figure(std::span<const double> demand, const CoverMatrix& reach,
                         std::span<const BrigadeId> brigades, double busy) {
    CoverFigure out;
    out.busy = busy;
    const double total = std::accumulate(demand.begin(), demand.end(), 0.0);
    const std::vector<int> reaching = counts(reach);
    const std::vector<double> powers = powers_of(busy, brigades.size() + 1);
    for (std::size_t b = 0; b < brigades.size(); ++b) {
        out.losses.push_back({.brigade = brigades[b]});
    }
    if (!(total > 0)) return out;
    for (std::size_t p = 0; p < demand.size(); ++p) {
        const auto k = static_cast<std::size_t>(reaching[p]);
        const double d = demand[p] / total;
        if (k == 0) continue;
        out.share += d;
        out.expected += d * (1 - powers[k]);
        for (std::size_t b = 0; b < brigades.size(); ++b) {
            if (reach.row(b)[p] == 0) continue;
            if (k == 1) out.losses[b].share += d;
            out.losses[b].expected += d * (powers[k - 1] - powers[k]);
        }
    }
    std::sort(out.losses.begin(), out.losses.end(),
              [](const CoverLoss& a, const CoverLoss& b) { return a.brigade < b.brigade; });
    return out;
}

CoverPlan plan_cover(const PlanInput& input) { return Planner{input}.plan(); }

}  // namespace jedel::cover
