#pragma once
// What the room's own journal says of crews: how soon they leave, how long they stay busy, who
// worked how much. Made from the calls that the state still holds; too few of them: the prior row.

#include <unordered_map>

#include "dispatch/core/state.h"
#include "dispatch/fleet/dispatch_table.h"

namespace jedel {

/// Where a figure comes from; said with it.
enum class FigureSource : std::uint8_t { none, row, room_hour, room };

/// A log-normal time.
struct Spread {
    double median_s = 0;
    double sigma = 0;
    FigureSource source = FigureSource::none;
};

/// Times of one kind, kept by their logarithms.
struct Times {
    std::size_t count = 0;
    double sum = 0, squares = 0;
    void add(double seconds);
    [[nodiscard]] double median_s() const;
    [[nodiscard]] double sigma() const;
};

/// One brigade's work in the window.
struct CrewLoad {
    int calls = 0;
    double break_due_s = 0;  ///< of the row that costs most; 0: no break is due
};

struct CrewFigures {
    std::array<Times, 24> from_base;  ///< hand-over to leaving, by local hour
    Times from_base_all, moving;
    Times on_scene, transporting, at_hospital, handed_over;  ///< from then until free
    std::unordered_map<BrigadeId, CrewLoad> loads;
    double mean_calls = 0;  ///< of the brigades on shift

    [[nodiscard]] CrewLoad load(BrigadeId id) const;
};

/// `hours`: how far back work counts for fairness and breaks.
CrewFigures crew_figures(const State& state, Instant now, const DispatchTable& table,
                         double hours);

/// Hand-over to leaving for a brigade as it stands now.
Spread turnout_of(const CrewFigures& figures, const TurnoutRow& row, const Brigade& brigade,
                  Instant now);

/// In how many seconds a busy brigade is free, most likely; nullopt: it is not busy with a
/// patient, so nobody can say.
std::optional<double> free_in(const CrewFigures& figures, const BusyRow& row,
                              const Brigade& brigade, Instant now);

/// Probability that leaving and driving together end within `target_s`, counted from the
/// hand-over: over sixteen equally likely times of leaving.
double arrival_within(double target_s, const Spread& turnout, double drive_s, double drive_sigma);

}  // namespace jedel
