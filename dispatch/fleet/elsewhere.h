#pragma once
// What is no matter of the room's own brigades: advice to read out (R1-R8) and medical aviation
// (D14), from data/law/advice.toml and data/law/aviation.toml.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/city/organisations.h"
#include "dispatch/core/incidents/incident.h"

namespace jedel {

struct AdviceItem {
    std::string id;    ///< its words: advice.ID
    std::string rule;  ///< "R3"
    int from_day = 0;
    Hours hours;
    bool polyclinic_hours = false;   ///< only while the polyclinic of the place is open
    std::vector<std::string> rules;  ///< "U4.14", or "U4" for every row of it
    std::vector<std::string> never;  ///< findings that forbid it
    std::string source;
};

enum class RidesAlong : std::uint8_t { none, adult_with_child, one_relative };
struct AviationGround {
    std::string id;  ///< its words: aviation.ID
    bool aircraft = false;
    RidesAlong rides_along = RidesAlong::none;
    int from_day = 0;
    std::string source;
};

struct ElsewhereTables {
    std::vector<AdviceItem> advice;
    std::vector<AviationGround> aviation;
};
/// Reads both texts; errors name file, line and field.
Result<ElsewhereTables> parse_elsewhere(std::string_view advice_toml, const std::string& advice_file,
                                        std::string_view aviation_toml,
                                        const std::string& aviation_file);

/// What fits the call at that hour, in the order of the file. `polyclinic` is that of the place;
/// nullptr: not known, and what hangs on its hours is not offered.
std::vector<const AdviceItem*> advice_for(const ElsewhereTables& tables, const Incident& incident,
                                          const CivilTime& local, int local_day,
                                          const Organisation* polyclinic);

/// Why a companion may or may not ride by air; `age_years` of the patient where known.
bool may_ride_along(const AviationGround& ground, std::optional<double> age_years);

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::RidesAlong> {
    static constexpr std::array<std::string_view, 3> names{"none", "adult_with_child",
                                                           "one_relative"};
};
