#pragma once
// What is known of crews beside the roads: data/law/dispatch.toml. Working definitions, dated.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/core/brigades/brigade.h"
#include "dispatch/core/incidents/incident.h"

namespace jedel {

/// How soon crews leave where the journal tells too little.
struct TurnoutRow {
    std::string id;
    std::array<double, 24> base_s{};  ///< median by local hour, from a base
    double moving_s = 0;              ///< median of a crew that is on the road
    double sigma = 0;                 ///< of the logarithm
    std::size_t trips_min = 0;        ///< departures from which the room's own count
};

/// How long crews stay busy: median minutes from a status until free.
struct BusyRow {
    std::string id;
    double on_scene_min = 0, transporting_min = 0, at_hospital_min = 0, handed_over_min = 0;
    double at_least_min = 0;
    std::size_t trips_min = 0;
};

/// Which crews a case wants.
struct KindRow {
    std::string id;
    std::vector<std::string> rules, findings;
    double age_under = 0;  ///< years; 0: whatever the age
    std::vector<BrigadeKind> first, second;
};

struct BreakRow {
    std::string id;
    double after_min = 0, length_min = 0, penalty_s = 0;
};

struct DispatchTable {
    TurnoutRow turnout;
    BusyRow busy;
    std::vector<KindRow> kinds;  ///< in the order of the file
    std::vector<BreakRow> breaks;
};

/// The rows in force on a day (days since 1970-01-01); errors name file, line and key.
Result<DispatchTable> parse_dispatch(std::string_view toml, const std::string& file_name, int day);

/// The row that fires for an incident, by what is known of any of its patients; nullptr: none.
/// Insurance is never read.
const KindRow* kind_wanted(const DispatchTable& table, const Incident& incident);

}  // namespace jedel
