#pragma once
// The SQLite file of the register: opened, made, filled. Private to this folder.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dispatch/sqlite/sqlite.h"

namespace jedel {

/// Opens or makes the file at `path` ("" in memory); a former shape becomes the present one.
Result<sql::Database> open_register_table(const std::string& path);
/// Puts a file's rows in and answers how many; the transaction is the caller's. Errors name line
/// and field.
Result<std::size_t> fill_register_table(const sql::Database& database, std::string_view text,
                                        const std::string& file);
/// A telephone number as digits without the country's 7 or 8; nothing where it is none.
std::optional<std::int64_t> phone_number(std::string_view text);

}  // namespace jedel
