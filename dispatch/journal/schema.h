#pragma once
// The tables of a SQLite journal, and what a file must be to count as one.

#include <string>

#include "dispatch/journal/sqlite.h"

namespace jedel::sql {

/// Format that this program writes. A journal of a higher one is refused, never guessed at.
inline constexpr int format_version = 1;
/// "JDEL" in the file's header: tells a journal from any other SQLite file.
inline constexpr int application_id = 0x4a44454c;
/// Format of the stored state; a snapshot of another one is folded anew.
inline constexpr int snapshot_format = 1;

/// Makes the tables in an empty database.
Result<void> create_tables(const Database& database);
/// Makes a whole empty journal at `path`, through a file beside it: after a crash there is either
/// a journal or nothing.
Result<void> create_file(const std::string& path, const std::string& where);
/// Errors: not a journal, a newer format.
Result<void> check_identity(const Database& database);
/// How a writer and its readers use the file: WAL, every commit on the disk before it returns.
Result<void> set_up_writer(const Database& database);

}  // namespace jedel::sql
