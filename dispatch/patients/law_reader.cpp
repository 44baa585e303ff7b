#include "dispatch/patients/law_reader.h"

namespace jedel {

LawReader::LawReader(const toml::table& table, std::string file)
    : table_(table), file_(std::move(file)) {}

const toml::node* LawReader::node(const char* key) {
    asked_.emplace(key);
    return table_.get(key);
}

void LawReader::fail(const toml::node* node, const std::string& field,
                     const std::string& message) {
    if (error_) return;
    const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
    error_ = Error{.message = message, .where = file_, .line = static_cast<long>(line),
                   .field = field};
}

std::string LawReader::text(const char* key, bool needed) {
    const toml::node* found = node(key);
    if (found == nullptr && !needed) return {};
    if (found == nullptr || !found->is_string()) {
        fail(found, key, "expected a text");
        return {};
    }
    std::string out = found->as_string()->get();
    if (out.empty() && needed) fail(found, key, "expected a text, found an empty one");
    return out;
}

std::optional<double> LawReader::number(const char* key) {
    const toml::node* found = node(key);
    if (found == nullptr) return std::nullopt;
    const auto value = found->value<double>();
    if (!value || *value < 0) fail(found, key, "expected a number of 0 or more");
    return value;
}

int LawReader::whole(const char* key, int least, int most) {
    const toml::node* found = node(key);
    const auto value = found != nullptr ? found->value<std::int64_t>() : std::nullopt;
    if (!value || *value < least || *value > most) {
        fail(found, key, "expected a whole number of " + std::to_string(least) + " to " +
                             std::to_string(most));
        return least;
    }
    return static_cast<int>(*value);
}

bool LawReader::flag(const char* key, bool otherwise) {
    const toml::node* found = node(key);
    if (found == nullptr) return otherwise;
    const auto value = found->value<bool>();
    if (!value) fail(found, key, "expected true or false");
    return value.value_or(otherwise);
}

std::vector<std::string> LawReader::texts(const char* key) {
    std::vector<std::string> out;
    const toml::node* found = node(key);
    if (found == nullptr) return out;
    const toml::array* list = found->as_array();
    if (list == nullptr) {
        fail(found, key, "expected a list of texts");
        return out;
    }
    for (const toml::node& item : *list) {
        if (!item.is_string()) fail(&item, key, "expected a list of texts");
        else out.push_back(item.as_string()->get());
    }
    return out;
}

int LawReader::day(const char* key) {
    const std::string written = text(key);
    const auto found = day_from_iso(written);
    if (!found) fail(table_.get(key), key, "expected YYYY-MM-DD, found '" + written + "'");
    return found.value_or(0);
}

void LawReader::dated(Dated& row) {
    row.from_day = day("from");
    const bool open = has("to") && table_.get("to")->value_or(std::string{}) == "open";
    if (open) asked_.emplace("to");
    row.to_day = open ? Dated::open_end : day("to");
    row.document = text("document");
    row.place = text("place");
    row.source = row.document + " " + row.place;
    row.file = file_;
    row.line = static_cast<long>(table_.source().begin.line);
}

void LawReader::unread(std::vector<LawFault>& faults) const {
    for (const auto& [key, value] : table_) {
        if (asked_.contains(key.str())) continue;
        faults.push_back({.kind = "unread", .file = file_,
                          .line = static_cast<long>(value.source().begin.line),
                          .message = "nobody reads the key '" + std::string{key.str()} + "'"});
    }
}

Result<LawFile> open_law_file(const std::string& folder, const char* file_name) {
    LawFile file{.name = folder + "/" + file_name, .table = {}};
    auto text = read_file(file.name);
    if (!text) return text.error();
    try {
        file.table = toml::parse(*text, file.name);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{error.description()}, .where = file.name,
                     .line = static_cast<long>(error.source().begin.line)};
    }
    return file;
}

}  // namespace jedel
