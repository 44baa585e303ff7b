#pragma once
// One table of a document, by its dated rows: every row is read, the one in force is answered.

#include <string>
#include <string_view>

#include "base/toml_row.h"

namespace jedel {

/// The [[name]] in force on `day` (days since 1970-01-01), as `read` gives it. Rows of other days
/// are read too: a wrong one is found at the start and not on the day it comes into force.
template <class Row>
Result<Row> read_in_force(std::string_view text, const std::string& file, std::string_view name,
                          int day, Row (*read)(TomlRow&)) {
    const auto document = parse_toml(text, file);
    if (!document) return document.error();
    const auto sound = each_row(*document, file, name, [&](TomlRow& row) { read(row); });
    if (!sound) return sound.error();
    const auto found = row_in_force(*document, file, name, day);
    if (!found) return found.error();
    TomlRow row{**found, file};
    return read(row);
}

}  // namespace jedel
