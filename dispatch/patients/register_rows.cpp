#include "dispatch/patients/register_rows.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/number.h"
#include "base/time.h"
#include "dispatch/patients/register_json.h"
#include "dispatch/tables/csv.h"

namespace jedel {

namespace {

constexpr std::array<std::string_view, 10> columns{"iin",         "full_name",  "birth_date",
                                                   "category",    "last_paid",  "privilege",
                                                   "participant", "polyclinic", "phone",
                                                   "as_of"};

/// A record's fields, by their place in `columns`; no copy is made.
using Fields = std::array<std::string_view, columns.size()>;

std::size_t column_of(std::string_view name) {
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                    columns.begin());
}

constexpr std::array<std::string_view, 5> needed_columns{"iin", "full_name", "category",
                                                         "participant", "as_of"};

bool is_column(std::string_view name) { return column_of(name) < columns.size(); }

struct FormerCategory {
    std::string_view name;
    Payer payer;
    Exempt exempt;
};
/// Categories of the former columns.
constexpr std::array<FormerCategory, 13> former{{
    {"employee", Payer::employee, Exempt::none},
    {"civil_contract", Payer::civil_contract, Exempt::none},
    {"self_payer", Payer::self, Exempt::none},
    {"entrepreneur", Payer::entrepreneur, Exempt::none},
    {"farm_head", Payer::farm, Exempt::none},
    {"private_practice", Payer::private_practice, Exempt::none},
    {"esp", Payer::esp, Exempt::none},
    {"eaeu_migrant", Payer::employee, Exempt::none},
    {"none", Payer::none, Exempt::none},
    {"privileged", Payer::none, Exempt::none},
    {"military", Payer::none, Exempt::military},
    {"special_state_body", Payer::none, Exempt::special_state_body},
    {"law_enforcement", Payer::none, Exempt::law_enforcement},
}};

std::string_view trimmed(std::string_view text) {
    const auto start = text.find_first_not_of(" \t");
    if (start == std::string_view::npos) return {};
    return text.substr(start, text.find_last_not_of(" \t") + 1 - start);
}

/// One record of the former columns to a row; the error lacks only file and line.
class RowReader {
public:
    explicit RowReader(const Fields& fields) : fields_(fields) {}

    Result<RegisterRow> read() {
        RegisterRow row;
        if (auto refused = iin_refused(get("iin"), row.iin)) return *refused;
        row.full_name = get("full_name");
        if (row.full_name.empty()) return bad("full_name", "a name");
        const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
        if (std::any_of(row.full_name.begin(), row.full_name.end(), control)) {
            return bad("full_name", "a name without control signs");
        }
        if (const std::string born = get("birth_date"); !born.empty()) {
            row.birth_day = day_from_iso(born);
            if (!row.birth_day) return bad("birth_date", "YYYY-MM-DD or nothing");
        }
        const std::string participant = get("participant");
        if (participant != "yes" && participant != "no") return bad("participant", "yes or no");
        row.residence = participant == "yes" ? Residence::citizen : Residence::temporary;
        if (row.residence == Residence::citizen) row.citizenship = "KZ";
        if (auto done = payer(row); !done) return done.error();
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
    Result<void> payer(RegisterRow& row) const {
        const std::string category = get("category");
        const auto* known = std::find_if(former.begin(), former.end(), [&](const auto& f) {
            return f.name == category;
        });
        // A word no table knows is unknown, never the nearest one.
        if (category.empty() || category.find_first_of(";:") != std::string::npos) {
            return bad("category", "a category as in the law's tables");
        }
        row.payer = known != former.end() ? known->payer : Payer::unknown;
        row.exempt = known != former.end() ? known->exempt : Exempt::none;
        row.payments_known = known != former.end();
        if (category == "eaeu_migrant") {
            row.residence = Residence::temporary;
            row.citizenship = "EAEU";
        }
        if (const std::string paid = get("last_paid"); !paid.empty()) {
            const auto month = month_from(paid);
            if (!month) return bad("last_paid", "YYYY-MM or nothing");
            row.payments = {*month};
            row.only_last_payment = true;
        }
        if (const std::string number = get("privilege"); !number.empty()) {
            if (number.size() > 4 || number.find_first_of(";:") != std::string::npos) {
                return bad("privilege", "the law's number, as 3 or 6-1");
            }
            row.categories.push_back({.number = number, .from_day = {}, .to_day = {}});
            if (number == "10") row.residence = Residence::kandas;
            if (number == "10") row.citizenship.clear();
        }
        return {};
    }

    [[nodiscard]] std::string get(std::string_view key) const {
        return std::string{trimmed(fields_[column_of(key)])};
    }
    [[nodiscard]] Error bad(const std::string& field, const std::string& expected) const {
        // What was found may be a person's: only its absence is told.
        const bool empty = get(field).empty();
        return Error{.message = "expected " + expected + (empty ? ", found nothing" : ""),
                     .field = field};
    }
    const Fields& fields_;
};

Error placed(Error error, const std::string& file, long line) {
    error.where = file;
    error.line = line;
    return error;
}

/// Hands a row on with its place.
Result<void> hand_on(Result<RegisterRow> row, std::string_view phone, const std::string& file,
                     long line, const TakeRow& take) {
    if (!row) return placed(row.error(), file, line);
    row->line = line;
    auto taken = take(std::move(row).value(), phone);
    if (!taken) return placed(taken.error(), file, line);
    return {};
}

/// The header's names, in order; every needed one is there and no strange one.
Result<std::vector<std::string>> columns_of(const tables::CsvRow& header) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < header.count; ++i) {
        const std::string_view name = trimmed(header[i]);
        const auto known = std::find_if(columns.begin(), columns.end(), [&](std::string_view c) {
            return tables::folded(name) == c;
        });
        if (known == columns.end())
            return Error{.message = "unknown column '" + std::string{name} + "'"};
        if (std::find(names.begin(), names.end(), *known) != names.end())
            return Error{.message = "the column stands there twice", .field = std::string{*known}};
        names.emplace_back(*known);
    }
    for (const std::string_view needed : needed_columns)
        if (std::find(names.begin(), names.end(), needed) == names.end())
            return Error{.message = "the column is missing", .field = std::string{needed}};
    return names;
}

Result<void> read_csv(std::string_view text, const std::string& file, const TakeRow& take) {
    tables::CsvFormat format;
    format.columns.assign(needed_columns.begin(), needed_columns.end());
    tables::CsvReader reader = tables::CsvReader::over(std::string{text}, format);
    tables::CsvRow row;
    const auto sound = [&]() -> Result<bool> {
        const auto more = reader.next(row);
        if (!more) return placed(more.error(), file, more.error().line);
        if (*more && row.problem)
            return Error{.message = row.problem->message, .where = file,
                         .line = row.problem->line};
        return *more;
    };
    const auto begun = sound();
    if (!begun) return begun.error();
    const auto header = columns_of(row);
    if (!header) return placed(header.error(), file, std::max(row.line, 1L));
    std::vector<std::size_t> places;
    for (const std::string& name : *header) places.push_back(column_of(name));
    while (true) {
        const auto more = sound();
        if (!more) return more.error();
        if (!*more) return {};
        if (row.blank()) continue;
        if (row.count != header->size()) {
            return Error{.message = "expected " + std::to_string(header->size()) +
                                    " fields, found " + std::to_string(row.count),
                         .where = file, .line = row.line};
        }
        Fields fields{};
        for (std::size_t i = 0; i < row.count; ++i) fields[places[i]] = row[i];
        auto done = hand_on(RowReader{fields}.read(), trimmed(fields[column_of("phone")]), file,
                            row.line, take);
        if (!done) return done;
    }
}

/// True for an object of the former keys.
bool is_former(const nlohmann::json& object) {
    return object.contains("category") || object.contains("participant") ||
           object.contains("last_paid") || object.contains("full_name");
}

Result<RegisterRow> former_from_json(const nlohmann::json& object) {
    std::array<std::string, columns.size()> texts;
    for (const auto& [key, value] : object.items()) {
        if (!is_column(key)) return Error{.message = "unknown key '" + key + "'", .field = key};
        if (value.is_string()) {
            texts[column_of(key)] = value.get<std::string>();
        } else if (value.is_boolean()) {
            texts[column_of(key)] = value.get<bool>() ? "yes" : "no";
        } else if (!value.is_null()) {
            texts[column_of(key)] = value.dump();
        }
    }
    Fields fields{};
    std::copy(texts.begin(), texts.end(), fields.begin());
    return RowReader{fields}.read();
}

/// The telephone of either shape of keys, as it is written.
Result<std::string> phone_of(const nlohmann::json& object) {
    const auto it = object.find("phone");
    if (it == object.end() || it->is_null()) return std::string{};
    if (it->is_string()) return it->get<std::string>();
    if (it->is_number_integer()) return it->dump();
    return Error{.message = "expected a text", .field = "phone"};
}

Result<void> read_object(const nlohmann::json& object, const std::string& file, long line,
                         const TakeRow& take) {
    if (!object.is_object()) {
        return Error{.message = "expected an object", .where = file, .line = line};
    }
    const auto phone = phone_of(object);
    if (!phone) return placed(phone.error(), file, line);
    return hand_on(is_former(object) ? former_from_json(object) : person_from_json(object), *phone,
                   file, line, take);
}

Result<void> read_json_list(std::string_view text, const std::string& file, const TakeRow& take) {
    const auto list = nlohmann::json::parse(text, nullptr, false);
    if (!list.is_array()) return Error{.message = "expected a JSON list of objects", .where = file};
    long number = 0;
    for (const auto& object : list) {
        if (auto done = read_object(object, file, ++number, take); !done) return done;
    }
    return {};
}

Result<void> read_json_lines(std::string_view text, const std::string& file,
                             const TakeRow& take) {
    long number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto object = nlohmann::json::parse(line, nullptr, false);
        if (auto done = read_object(object, file, number, take); !done) return done;
    }
    return {};
}

}  // namespace

Result<void> read_register(std::string_view text, const std::string& file, const TakeRow& take) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) {
        return Error{.message = "expected CSV with a first line of columns, a JSON list or one "
                                "JSON object a line; the file is empty",
                     .where = file};
    }
    if (text[start] == '[') return read_json_list(text, file, take);
    if (text[start] == '{') return read_json_lines(text, file, take);
    return read_csv(text, file, take);
}

}  // namespace jedel
