#pragma once
// The exception list: what is late, what cannot be, and what to do about it. Made of the state, the
// dated table data/law/watch.toml and the time; nothing on it is stored twice.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/core/state.h"

namespace jedel {

/// What must follow within a time, and for whom it matters.
struct DueRow {
    std::string what;  ///< "brigade_accept" …
    int from_day = 0;
    std::array<std::int64_t, 4> within_ms{};  ///< by category, U1 first
    int danger = 3;                           ///< 1 a life may hang on it … 3
    std::string source;
};

/// Who is told, how long past the due time.
struct EscalationRow {
    std::string id, what;
    int from_day = 0;
    std::int64_t after_ms = 0;
    Seat to = Seat::senior_dispatcher;
    std::string source;
};

struct WatchTable {
    std::vector<DueRow> due;
    std::vector<EscalationRow> escalate;
    /// The row of a `what` in force on a day; nullptr: none has come.
    [[nodiscard]] const DueRow* due_row(std::string_view what, int day) const;
};

/// Every `what` that the program watches; a table that has others is refused.
inline constexpr std::array<std::string_view, 10> watched{
    "hand_over",          "brigade_accept",           "brigade_depart",
    "brigade_silent_way", "brigade_silent_scene",     "brigade_silent_transport",
    "hospital_hand_over", "polyclinic_accept",        "polyclinic_arrive",
    "service_accept"};

Result<WatchTable> parse_watch(std::string_view toml, const std::string& file_name);

/// One row of the list.
struct Watched {
    std::string what;      ///< a `what` of the table, or one of the program's own, see watch()
    int danger = 3;
    Instant since;         ///< when it became due, or was said
    std::optional<IncidentId> incident;
    std::optional<TaskId> task;
    std::optional<BrigadeId> brigade;
    std::optional<TroubleId> trouble;
    std::uint32_t count = 1;  ///< how often it was said
};

/// The list, the most dangerous first, then the oldest. Beside the table's rows: "status_unfit"
/// (a crew or tracker said what cannot be), "back_from_polyclinic" (given back and with nobody),
/// "scene_without_police" (a crew is where danger holds and no police are), "polyclinic_on_urgent"
/// (a polyclinic's brigade on what is not U4 any more), "aboard_at_end" (an end is recorded while
/// a brigade still works on the call).
std::vector<Watched> watch(const State& state, const WatchTable& table, Instant now);

/// What the program does by itself, each once: returns what a polyclinic has not accepted, and
/// tells seniors what the table says. Commands for the seat `system`.
struct WatchActs {
    std::vector<IncidentId> returns;
    struct Told {
        IncidentId incident;
        std::optional<TaskId> task;
        std::string row;
        Seat to = Seat::senior_dispatcher;
    };
    std::vector<Told> told;
    [[nodiscard]] bool empty() const { return returns.empty() && told.empty(); }
};
WatchActs acts_due(const State& state, const WatchTable& table, Instant now);

}  // namespace jedel
