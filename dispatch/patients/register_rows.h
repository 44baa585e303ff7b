#pragma once
// A register's file, CSV or JSON, to rows. Private to this folder.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/patients/register.h"

namespace jedel {

/// Takes one row and its telephone (may be empty); its error stops the reading and gets the row's
/// place.
using TakeRow = std::function<Result<void>(RegisterRow&&, std::string_view phone)>;

/// Three shapes, told apart by how the text begins and by the keys:
/// one JSON object a line, or a JSON list of objects, with the keys of `person_keys` (README of
/// data/register); the former keys iin, full_name, birth_date, category, last_paid ("YYYY-MM"),
/// privilege, participant ("yes"/"no"), polyclinic, phone, as_of as JSON list; and these as CSV
/// with a first line of columns in any order, as tables::CsvReader reads CSV (any encoding and
/// separator that it can tell). Errors name line, field and what was expected; in a JSON list the
/// line is the number of the object.
Result<void> read_register(std::string_view text, const std::string& file, const TakeRow& take);

/// A row as the compact text the table keeps, and back; nullopt where the text is none.
std::string pack_row(const RegisterRow& row);
void pack_row(const RegisterRow& row, std::string& out);  ///< into room that is kept
std::optional<RegisterRow> unpack_row(std::string_view text);

}  // namespace jedel
