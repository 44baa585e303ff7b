#pragma once
// One person's row from a JSON object. Private to this folder.

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "dispatch/patients/person.h"

namespace jedel {

/// "YYYY-MM" as months since 1970-01.
std::optional<int> month_from(std::string_view text);
/// A row of the keys of data/register/README.md; the error names the field.
Result<RegisterRow> person_from_json(const nlohmann::json& object);
/// Why a number cannot be kept, or nothing.
std::optional<Error> iin_refused(std::string_view written, std::string& digits);

}  // namespace jedel
