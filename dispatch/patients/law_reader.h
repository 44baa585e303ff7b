#pragma once
// Rows of the law with their dates and documents. Private to this folder.

#include <string>

#include "base/toml_row.h"
#include "dispatch/patients/law.h"

namespace jedel {

/// A row of the law: what the one reader reads, and the keys that nobody asked for as faults.
class LawReader : public TomlRow {
public:
    using TomlRow::TomlRow;
    /// None where the key is missing.
    std::optional<double> amount(const char* key);
    /// `from`, `to`, `document` and `place` of a row.
    void dated(Dated& row);
    /// Adds a fault for each key that was never asked for.
    void unread_into(std::vector<LawFault>& faults) const;
};

/// One file of the folder.
struct LawFile {
    std::string name;
    toml::table table;

    /// Calls `each` for every [[key]]; at least one is expected.
    template <class Each>
    Result<void> rows(const char* key, LawTables& law, Each&& each) const {
        return each_row(table, name, key, [&](TomlRow& plain) {
            LawReader row{plain.table(), name};
            each(row);
            if (row.error()) plain.take(*row.error());
            else row.unread_into(law.unread);
        });
    }
};

Result<LawFile> open_law_file(const std::string& folder, const char* file_name);

}  // namespace jedel
