#pragma once
// Reading one TOML table with its place in the file. Private to this folder.

#include <set>
#include <string>
#include <toml++/toml.h>
#include <vector>

#include "base/install.h"
#include "base/time.h"
#include "dispatch/patients/law.h"

namespace jedel {

/// Reads one table; the first thing wrong is kept, and so are the keys that nobody asked for.
class LawReader {
public:
    LawReader(const toml::table& table, std::string file);

    void fail(const toml::node* node, const std::string& field, const std::string& message);
    std::string text(const char* key, bool needed = true);
    std::optional<double> number(const char* key);
    int whole(const char* key, int least, int most);
    bool flag(const char* key, bool otherwise = false);
    std::vector<std::string> texts(const char* key);
    [[nodiscard]] bool has(const char* key) const { return table_.get(key) != nullptr; }
    /// `from`, `to`, `document` and `place` of a row.
    void dated(Dated& row);
    int day(const char* key);

    template <class E>
    E name(const char* key) {
        const std::string written = text(key);
        const auto found = from_name<E>(written);
        if (!found) fail(table_.get(key), key, "unknown name '" + written + "'");
        return found.value_or(E{});
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    /// Adds a fault for each key that was never asked for.
    void unread(std::vector<LawFault>& faults) const;

private:
    const toml::node* node(const char* key);
    const toml::table& table_;
    std::string file_;
    std::set<std::string, std::less<>> asked_;
    std::optional<Error> error_;
};

/// One file of the folder.
struct LawFile {
    std::string name;
    toml::table table;

    /// Calls `each` for every [[key]]; at least one is expected.
    template <class Each>
    Result<void> rows(const char* key, LawTables& law, Each&& each) const {
        const toml::array* list = table.get_as<toml::array>(key);
        if (list == nullptr || list->empty()) {
            return Error{.message = "expected at least one [[" + std::string{key} + "]]",
                         .where = name};
        }
        for (const toml::node& item : *list) {
            const toml::table* row = item.as_table();
            if (row == nullptr) {
                return Error{.message = "expected a table", .where = name,
                             .line = static_cast<long>(item.source().begin.line), .field = key};
            }
            LawReader reader{*row, name};
            each(reader);
            if (reader.error()) return *reader.error();
            reader.unread(law.unread);
        }
        return {};
    }
};

Result<LawFile> open_law_file(const std::string& folder, const char* file_name);

}  // namespace jedel
