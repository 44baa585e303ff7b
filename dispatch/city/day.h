#pragma once
// A recorded day of calls in a city, made from a number and a table of what callers say.
// The columns are described in data/logs/README.md.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/city/city.h"

namespace jedel {

/// One way of describing a state, with what must be true of the patient.
struct ComplaintTemplate {
    std::string rule;      ///< the row of the order it is meant to fall under, "U2.07"
    std::string language;  ///< "kk", "ru", "mix"
    double weight = 1;
    double age_from = 0, age_to = 90;  ///< years; infants as fractions
    triage::Sex sex = triage::Sex::unknown;
    int weeks_from = 0, weeks_to = 0;  ///< of pregnancy; 0 = not pregnant
    std::string text;  ///< may hold {who}, {since}, {age}; see data/logs/README.md
};

/// Tab-separated with a header; errors name file, line and field.
Result<std::vector<ComplaintTemplate>> parse_complaints(std::string_view tsv,
                                                        const std::string& file_name);

struct DayWanted {
    std::uint64_t seed = 0;
    int call_count = 500;
    int day = 0;  ///< local civil day, days since 1970-01-01
};

/// The log as CSV, in order of receipt; pure. Times are local (+05:00).
std::string generate_day(const City& city, const std::vector<ComplaintTemplate>& complaints,
                         const DayWanted& wanted);

}  // namespace jedel
