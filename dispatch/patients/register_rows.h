#pragma once
// A register's file, CSV or JSON, to rows. Private to this folder.

#include <string>
#include <vector>

#include "dispatch/patients/register.h"

namespace jedel {

/// Columns: iin, full_name, birth_date, category, last_paid ("YYYY-MM"), privilege, participant
/// ("yes"/"no"), polyclinic, as_of. CSV has them as its first line in any order, UTF-8, comma,
/// quotes where needed; JSON is a list of objects with these keys. Errors name line, field and
/// what was expected; in JSON the line is the number of the object.
Result<std::vector<RegisterRow>> parse_register(std::string_view text, const std::string& file);

}  // namespace jedel
