#pragma once
// What a desk's window may be started with: one table, from which the command line and the window
// declare their options; and the settings that lie in the user's data folder.

#include <array>
#include <map>
#include <string>

#include "base/id.h"
#include "base/result.h"

namespace jedel {

/// One option of the window. A flag takes no value.
struct DeskOption {
    const char* name;  ///< "--journal"
    const char* help;  ///< {seats} stands for the names of the seats
    bool flag = false;
};

inline constexpr std::array<DeskOption, 13> desk_options{{
    {"--journal", "Journal: sqlite:PATH. Default: the one in the user's data folder"},
    {"--accept-loss",
     "Go on with a journal that lost events, after they were read; the old files are kept aside",
     true},
    {"--desk",
     "Number of this desk, 0 to 8191, which no other desk of the room has. Default: the row "
     "`desk` of settings.toml in the user's data folder, else 0"},
    {"--city", "City folder. Default: the built-in training city"},
    {"--register",
     "Imports a register of the insured (CSV or JSON) before it starts. Default: register.csv of "
     "the city, else what was imported before"},
    {"--seat", "{seats}; polyclinic is polyclinic_desk"},
    {"--organisation", "With --seat polyclinic: the number of the polyclinic whose desk it is"},
    {"--language", "kk, ru or en; F9 changes it while running"},
    {"--theme", "light or dark; F10 changes it while running"},
    {"--size", "Size of the window, e.g. 1920x1080"},
    {"--screenshot", "Writes the window as PNG to a file and leaves"},
    {"--figures", "Runs for so many seconds, prints what the window's loop cost, leaves"},
    {"--show", "For pictures: what to open, e.g. 12:send = page of call No. 12; or help"},
}};

/// Its help with the names filled in.
std::string help_of(const DeskOption& option);

/// What was given: values by the option's name, those not given are not in it; a flag is "".
using DeskOptionValues = std::map<std::string, std::string>;

/// settings.toml of the user's data folder: what holds for this desk where no option says it.
struct DeskSettings {
    DeskNo desk = 0;
};
/// A file that is not there, or no folder, is one without rows. Errors: syntax, unknown keys,
/// values out of range.
Result<DeskSettings> load_desk_settings(const std::string& user_data_folder);

/// A desk's number: `given` (empty: not given), else the settings'.
Result<DeskNo> desk_number(const std::string& given, const std::string& user_data_folder);

}  // namespace jedel
