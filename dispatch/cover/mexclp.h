#pragma once
// Where to put brigades that are busy a part of the time. M. S. Daskin, "A maximum expected
// covering location model", Transportation Science 17 (1983); for brigades as they come free: C. J.
// Jagtenberg, S. Bhulai, R. D. van der Mei, "An efficient heuristic for real-time ambulance
// redeployment", Operations Research for Health Care 4 (2015).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace jedel::cover {

/// Which row (a brigade or a post) reaches which place in time.
struct CoverMatrix {
    std::size_t rows = 0, places = 0;
    std::vector<std::uint8_t> cells;  ///< row by row, 1 = in time
    CoverMatrix() = default;
    CoverMatrix(std::size_t r, std::size_t p) : rows(r), places(p), cells(r * p, 0) {}
    [[nodiscard]] std::span<const std::uint8_t> row(std::size_t r) const {
        return {cells.data() + r * places, places};
    }
    std::uint8_t& at(std::size_t r, std::size_t p) { return cells[r * places + p]; }
};

/// Expected demand covered: Σ demand × (1 − busy^k), k brigades reaching the place in time.
/// `busy` is within [0, 1].
double expected_cover(std::span<const double> demand, std::span<const int> reaching, double busy);

struct MexclpInput {
    CoverMatrix sites;           ///< a row for each place where brigades may stand
    std::vector<double> demand;  ///< of each place, any unit
    int units = 0;
    double busy = 0;
};

struct MexclpResult {
    std::vector<int> units_at;  ///< of each site; several may stand at one
    double value = 0;           ///< expected demand covered
    double bound = 0;           ///< no placing is better than this
    bool exact = false;         ///< `value` is the best there is; then bound = value
};

/// Greedy, then swaps while they pay, then branch and bound within `nodes_max` steps; where those
/// do not suffice, `bound` says how far from the best it can be at most. 0: greedy and swaps only.
MexclpResult solve_mexclp(const MexclpInput& input, long nodes_max = 1'000'000);

/// For a brigade that comes free: what each site would add to the expected cover of those idle
/// now. `reaching` counts, for each place, the idle ones by where they are going to stand.
std::vector<double> dmexclp_gains(const CoverMatrix& sites, std::span<const double> demand,
                                  std::span<const int> reaching, double busy);

}  // namespace jedel::cover
