#include "dispatch/patients/register_rows.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/number.h"

namespace jedel {

namespace {

using Fields = std::map<std::string, std::string, std::less<>>;

constexpr std::array<std::string_view, 9> columns{"iin",         "full_name", "birth_date",
                                                  "category",    "last_paid", "privilege",
                                                  "participant", "polyclinic", "as_of"};

bool is_column(std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
}

/// "YYYY-MM" as months since 1970-01.
std::optional<int> month_from(std::string_view text) {
    if (text.size() != 7) return std::nullopt;
    const auto day = day_from_iso(std::string{text} + "-01");
    if (!day) return std::nullopt;
    const CivilTime c = to_civil(Instant{std::int64_t{*day} * 86'400'000}, 0);
    return (c.year - 1970) * 12 + c.month - 1;
}

/// One record's fields to a row; the error lacks only file and line.
class RowReader {
public:
    explicit RowReader(const Fields& fields) : fields_(fields) {}

    Result<RegisterRow> read() {
        RegisterRow row;
        row.iin = get("iin");
        const IinVerdict verdict = check_iin(row.iin);
        // A typo is a hint and no proof (practice: IIN): such a number stays importable.
        if (verdict != IinVerdict::plausible && verdict != IinVerdict::typo) {
            return bad("iin", "12 digits of a person");
        }
        row.full_name = get("full_name");
        if (row.full_name.empty()) return bad("full_name", "a name");
        row.birth_date = get("birth_date");
        if (!row.birth_date.empty() && !day_from_iso(row.birth_date)) {
            return bad("birth_date", "YYYY-MM-DD or nothing");
        }
        row.category = get("category");
        if (row.category.empty()) return bad("category", "a category as in the law's tables");
        if (const std::string paid = get("last_paid"); !paid.empty()) {
            row.last_paid_month = month_from(paid);
            if (!row.last_paid_month) return bad("last_paid", "YYYY-MM or nothing");
        }
        row.privilege = get("privilege");
        row.privileged = !row.privilege.empty();
        const std::string participant = get("participant");
        if (participant != "yes" && participant != "no") return bad("participant", "yes or no");
        row.participant = participant == "yes";
        if (const std::string number = get("polyclinic"); !number.empty()) {
            const auto id = read_number<std::uint64_t>(number);
            if (!id || *id == 0) return bad("polyclinic", "a number above 0, or nothing");
            row.polyclinic = OrganisationId{*id};
        }
        const auto as_of = from_iso(get("as_of"));
        if (!as_of) return bad("as_of", "YYYY-MM-DD or a time with its zone");
        row.as_of = *as_of;
        return row;
    }

private:
    [[nodiscard]] std::string get(std::string_view key) const {
        const auto it = fields_.find(key);
        return it == fields_.end() ? std::string{} : it->second;
    }
    [[nodiscard]] Error bad(const std::string& field, const std::string& expected) const {
        // What was found may be a person's: only its absence is told.
        const bool empty = get(field).empty();
        return Error{.message = "expected " + expected + (empty ? ", found nothing" : ""),
                     .field = field};
    }
    const Fields& fields_;
};

/// Reads one CSV record (RFC 4180) from `at` on, which it moves past the record's end.
Result<std::vector<std::string>> csv_record(std::string_view text, std::size_t& at, long& line) {
    std::vector<std::string> out{""};
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c != '"') {
                if (c == '\n') ++line;
                out.back() += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                out.back() += '"';
                ++at;
            } else {
                quoted = false;
            }
        } else if (c == '"' && out.back().empty()) {
            quoted = true;
        } else if (c == ',') {
            out.emplace_back();
        } else if (c == '\n') {
            ++at;
            return out;
        } else if (c != '\r') {
            out.back() += c;
        }
    }
    if (quoted) return Error{.message = "a quote is not closed"};
    return out;
}

struct Rows {
    std::vector<RegisterRow> rows{};
    std::set<std::string> seen{};

    Result<void> take(const Fields& fields) {
        auto row = RowReader{fields}.read();
        if (!row) return row.error();
        if (!seen.insert(row->iin).second) {
            return Error{.message = "the same number stands in an earlier row", .field = "iin"};
        }
        rows.push_back(std::move(row).value());
        return {};
    }
};

Error placed(Error error, const std::string& file, long line) {
    error.where = file;
    error.line = line;
    return error;
}

Result<std::vector<RegisterRow>> parse_csv(std::string_view text, const std::string& file) {
    std::size_t at = 0;
    long line = 1;
    const auto header = csv_record(text, at, line);
    if (!header) return placed(header.error(), file, line);
    for (const std::string& name : *header) {
        if (!is_column(name)) {
            return Error{.message = "unknown column '" + name + "'", .where = file, .line = 1};
        }
    }
    for (const std::string_view needed : {"iin", "full_name", "category", "participant", "as_of"}) {
        if (std::find(header->begin(), header->end(), needed) == header->end()) {
            return Error{.message = "the column is missing", .where = file, .line = 1,
                         .field = std::string{needed}};
        }
    }
    Rows rows;
    while (at < text.size()) {
        const long first = ++line;
        const auto record = csv_record(text, at, line);
        if (!record) return placed(record.error(), file, first);
        if (record->size() == 1 && record->front().empty()) continue;
        if (record->size() != header->size()) {
            return Error{.message = "expected " + std::to_string(header->size()) +
                                    " fields, found " + std::to_string(record->size()),
                         .where = file, .line = first};
        }
        Fields fields;
        for (std::size_t i = 0; i < header->size(); ++i) fields[(*header)[i]] = (*record)[i];
        if (auto taken = rows.take(fields); !taken) return placed(taken.error(), file, first);
    }
    return std::move(rows.rows);
}

Result<std::vector<RegisterRow>> parse_json(std::string_view text, const std::string& file) {
    const auto list = nlohmann::json::parse(text, nullptr, false);
    if (!list.is_array()) return Error{.message = "expected a JSON list of objects", .where = file};
    Rows rows;
    long number = 0;
    for (const auto& item : list) {
        ++number;
        if (!item.is_object()) {
            return Error{.message = "expected an object", .where = file, .line = number};
        }
        Fields fields;
        for (const auto& [key, value] : item.items()) {
            if (!is_column(key)) {
                return Error{.message = "unknown key '" + key + "'", .where = file,
                             .line = number};
            }
            if (value.is_string()) {
                fields[key] = value.get<std::string>();
            } else if (value.is_boolean()) {
                fields[key] = value.get<bool>() ? "yes" : "no";
            } else if (!value.is_null()) {
                fields[key] = value.dump();
            }
        }
        if (auto taken = rows.take(fields); !taken) return placed(taken.error(), file, number);
    }
    return std::move(rows.rows);
}

}  // namespace

Result<std::vector<RegisterRow>> parse_register(std::string_view text, const std::string& file) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) {
        return Error{.message = "expected CSV with a first line of columns, or a JSON list; the "
                                "file is empty",
                     .where = file};
    }
    const char first = text[start];
    return first == '[' || first == '{' ? parse_json(text, file) : parse_csv(text, file);
}

}  // namespace jedel
