#include "dispatch/fleet/assignment.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jedel {
namespace {

constexpr int class_bits = 30;  // 16 for a call's seconds, 14 for how many calls
constexpr double seconds_max = 65'535;
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// U1 in the highest digits; calls without a category as the most urgent: nobody knows.
int place_of(triage::Category category) {
    switch (category) {
        case triage::Category::none:
        case triage::Category::u1: return 3;
        case triage::Category::u2: return 2;
        case triage::Category::u3: return 1;
        case triage::Category::u4: return 0;
    }
    return 3;
}

}  // namespace

LexCost lex_cost(triage::Category category, double seconds) {
    const auto whole = static_cast<LexCost>(std::lround(std::clamp(seconds, 0.0, seconds_max)));
    return whole << (class_bits * place_of(category));
}

LexCost no_way() { return LexCost{1} << 121; }

std::vector<std::size_t> assign_exactly(std::size_t rows, std::size_t columns,
                                        std::span<const LexCost> cost) {
    std::vector<LexCost> row_price(rows + 1, 0), column_price(columns + 1, 0);
    std::vector<std::size_t> row_of(columns + 1, none), way(columns + 1, 0);
    std::vector<LexCost> least(columns + 1);
    std::vector<char> used(columns + 1);
    const std::size_t start = columns;  // a column that is none, where each search begins
    for (std::size_t row = 0; row < rows; ++row) {
        row_of[start] = row;
        std::size_t at = start;
        std::fill(least.begin(), least.end(), no_way() * 8);
        std::fill(used.begin(), used.end(), char{0});
        do {
            used[at] = 1;
            const std::size_t r = row_of[at];
            const LexCost* const line = cost.data() + r * columns;
            const LexCost price = row_price[r];
            LexCost delta = no_way() * 8;
            std::size_t next = start;
            for (std::size_t c = 0; c < columns; ++c) {
                if (used[c] != 0) continue;
                const LexCost reduced = line[c] - price - column_price[c];
                if (reduced < least[c]) {
                    least[c] = reduced;
                    way[c] = at;
                }
                if (least[c] < delta) {
                    delta = least[c];
                    next = c;
                }
            }
            for (std::size_t c = 0; c <= columns; ++c) {
                if (used[c] != 0) {
                    row_price[row_of[c]] += delta;
                    column_price[c] -= delta;
                } else {
                    least[c] -= delta;
                }
            }
            at = next;
        } while (row_of[at] != none);
        while (at != start) {
            const std::size_t before = way[at];
            row_of[at] = row_of[before];
            at = before;
        }
        row_of[start] = none;
    }
    std::vector<std::size_t> out(rows, none);
    for (std::size_t c = 0; c < columns; ++c) {
        if (row_of[c] != none) out[row_of[c]] = c;
    }
    return out;
}

std::vector<std::size_t> assign_greedily(std::size_t rows, std::size_t columns,
                                         std::span<const LexCost> cost) {
    std::vector<std::size_t> out(rows, none);
    std::vector<char> used(columns, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t c = 0; c < columns; ++c) {
            if (used[c] != 0) continue;
            if (out[row] == none || cost[row * columns + c] < cost[row * columns + out[row]]) {
                out[row] = c;
            }
        }
        if (out[row] != none) used[out[row]] = 1;
    }
    return out;
}

}  // namespace jedel
