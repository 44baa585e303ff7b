#pragma once
// The tables of a SQLite journal, and what a file must be to count as one.

#include <string>

#include "dispatch/sqlite/sqlite.h"
#include "dispatch/journal/store.h"

namespace jedel::sql {

/// Format that this program writes. A journal of a higher one is refused, never guessed at; one
/// of a lower one is lifted by the first writer.
inline constexpr int format_version = 2;
/// "JDEL" in the file's header: tells a journal from any other SQLite file.
inline constexpr int application_id = 0x4a44454c;

/// Makes the tables in an empty database.
Result<void> create_tables(const Database& database);
/// Makes a whole empty journal at `path`, through a file beside it: after a crash there is either
/// a journal or nothing.
Result<void> create_file(const std::string& path, const std::string& where);
/// The format of a journal. Errors: not a journal, a newer format.
Result<int> check_identity(const Database& database);
/// How a writer and its readers use the file: WAL, every commit on the disk before it returns.
Result<void> set_up_writer(const Database& database);
/// Brings a journal of an older format to this program's, in one transaction.
Result<void> lift_format(const Database& database, int from);

/// Compares the tables and triggers with this program's own text for the format.
SelfCheck check_schema(const Database& database, int format);
/// Takes away foreign triggers, views and indices and makes missing triggers again.
Result<void> mend_schema(const Database& database);

/// One value of the table `meta`; empty when there is none.
std::string meta_value(const Database& database, std::string_view key);
Result<void> put_meta(const Database& database, std::string_view key, std::string_view value);

}  // namespace jedel::sql
