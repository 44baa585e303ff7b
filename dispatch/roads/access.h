#pragma once
// What the vehicle can pass: barriers, posted limits against its own size, words of speed limits.
// Rows of data/law/access.toml. Internal to this folder.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel::roads {

enum class Pass : std::uint8_t { free, slow, closed };

struct BarrierRule {
    Pass pass = Pass::closed;
    int seconds = 0;      ///< lost where it is slow
    bool along = false;   ///< runs beside a road: on a road itself it closes nothing
};

struct Vehicle {
    std::string row;  ///< "2000-01-01 working values"
    double height_m = 0, width_m = 0, length_m = 0, weight_t = 0;
};

struct AccessRules {
    std::map<std::string, BarrierRule, std::less<>> barriers;
    std::map<std::string, double, std::less<>> speed_words;  ///< km/h; 0 = no limit
    Vehicle vehicle;
};

/// The rows in force on `day` (days since 1970-01-01). Errors: not TOML, a missing or impossible
/// number, a value listed twice; each names line and field.
Result<AccessRules> parse_access(std::string_view toml, const std::string& file_name, int day);
/// The table that came with the program, as of today.
Result<AccessRules> load_access();

/// Metres of a posted limit: "2.2", "2,2 m", "7'3\"", "7 ft"; nullopt where it is none of these.
std::optional<double> metres_of(std::string_view value);
/// Tonnes: "3.5", "3.5 t", "3500 kg", "7000 lbs", "2 st".
std::optional<double> tonnes_of(std::string_view value);
/// Posted speed in km/h, 5 to 200; 0 = no limit; nullopt = cannot be read.
std::optional<double> kmh_of(std::string_view value, const AccessRules& rules);

}  // namespace jedel::roads
