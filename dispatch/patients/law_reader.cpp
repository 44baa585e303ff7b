#include "dispatch/patients/law_reader.h"

namespace jedel {

std::optional<double> LawReader::amount(const char* key) {
    constexpr double most = 1e12;
    if (!has(key)) return std::nullopt;
    return number(key, 0, most);
}

void LawReader::dated(Dated& row) {
    row.from_day = day("from");
    const bool open = has("to") && node("to")->value_or(std::string{}) == "open";
    row.to_day = open ? Dated::open_end : day("to");
    row.document = text("document");
    row.place = text("place");
    row.source = row.document + " " + row.place;
    row.file = file();
    row.line = line();
}

void LawReader::unread_into(std::vector<LawFault>& faults) const {
    for (const auto& [key, value] : unread()) {
        faults.push_back({.kind = "unread", .file = file(), .line = line_of(*value),
                          .message = "nobody reads the key '" + key + "'"});
    }
}

Result<LawFile> open_law_file(const std::string& folder, const char* file_name) {
    const std::string path = folder + "/" + file_name;
    auto table = read_toml(path);
    if (!table) return table.error();
    return LawFile{.name = path, .table = std::move(table).value()};
}

}  // namespace jedel
