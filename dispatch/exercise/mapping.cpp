#include "dispatch/exercise/mapping.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "base/limits.h"
#include "base/toml_row.h"
#include "dispatch/tables/zone.h"

namespace jedel::exercise {
namespace {

template <NamedEnum E>
std::string choices() {
    std::string out = "expected one of";
    for (const auto name : EnumNames<E>::names) out += " " + std::string{name};
    return out;
}

std::optional<double> number(TomlRow& table, const std::string& field) {
    constexpr double far = 1e12;
    if (!table.has(field)) return std::nullopt;
    return table.number(field, -far, far);
}

std::optional<Error> read_file_part(const toml::table& toml, Mapping& mapping) {
    TomlRow table{toml, mapping.file};
    table.only({"delimiter", "encoding", "header", "trim", "null", "row_bytes_max", "same_id"});
    if (table.has("delimiter")) {
        const std::string text = table.text("delimiter");
        if (text.size() != 1 || text == "\"") table.fail("delimiter", "expected one character");
        if (!text.empty()) mapping.csv.delimiter = text[0];
    }
    if (table.has("encoding")) {
        mapping.csv.encoding = table.text("encoding");
        if (!tables::is_encoding(mapping.csv.encoding)) {
            table.fail("encoding", "expected auto or the name of an encoding such as utf-8, "
                                   "windows-1251 or utf-16");
        }
    }
    mapping.same_id = table.name("same_id", SameId::list);
    if (table.has("header")) mapping.header = table.truth("header");
    if (table.has("trim")) mapping.trim = table.truth("trim");
    mapping.nulls = table.texts("null");
    const auto bytes = table.whole("row_bytes_max", 1 << 10, 1 << 26, limits::line_bytes_max);
    mapping.csv.row_bytes_max = std::min(static_cast<std::size_t>(bytes), limits::line_bytes_max);
    return table.error();
}

std::optional<Error> read_time_part(const toml::table& toml, Mapping& mapping) {
    TomlRow table{toml, mapping.file};
    table.only({"zone", "date_format", "time_format", "wall_clock", "interval_hours_max",
                "gap_days_max"});
    mapping.zone = table.text("zone");
    mapping.date_format = table.text("date_format", false);
    mapping.time_format = table.text("time_format", false);
    if (table.has("wall_clock")) mapping.wall_clock = table.truth("wall_clock");
    if (const auto hours = number(table, "interval_hours_max")) {
        if (*hours < 1 || *hours > 24) table.fail("interval_hours_max", "expected 1 to 24");
        mapping.interval_hours_max = *hours;
    }
    mapping.gap_days_max = static_cast<int>(table.whole("gap_days_max", 1, 100'000, 366));
    if (!table.error()) {
        if (const auto zone = tables::Zone::named(mapping.zone); !zone) {
            table.fail("zone", zone.error().message);
        }
    }
    return table.error();
}

template <NamedEnum E, std::size_t N>
std::optional<Error> read_columns(const toml::table& toml, const Mapping& mapping,
                                  std::array<ColumnRef, N>& out) {
    TomlRow table{toml, mapping.file};
    for (const auto& [key, node] : toml) {
        const std::string field{key.str()};
        const auto which = from_name<E>(field);
        if (!which) {
            table.fail(field, "unknown field; " + choices<E>());
            break;
        }
        ColumnRef& ref = out[static_cast<std::size_t>(*which)];
        if (mapping.header && node.is_string()) {
            ref.header = table.text(field);
        } else if (node.is_integer()) {
            ref.number = static_cast<int>(table.whole(field, 1, 1024));
        } else {
            table.fail(field, mapping.header ? "expected a header's name or a column's number"
                                             : "expected a column's number, from 1");
        }
    }
    return table.error();
}

std::optional<Error> read_place_part(const toml::table& toml, Mapping& mapping) {
    TomlRow table{toml, mapping.file};
    table.only({"outside", "box"});
    mapping.outside = table.name("outside", Outside::draw);
    if (const toml::node* node = toml.get("box")) {
        const toml::array* array = node->as_array();
        std::array<double, 4> box{};
        bool sound = array != nullptr && array->size() == 4;
        for (std::size_t i = 0; sound && i < 4; ++i) {
            const auto value = (*array)[i].value<double>();
            sound = value.has_value();
            box[i] = value.value_or(0);
        }
        if (!sound || box[0] >= box[2] || box[1] >= box[3]) {
            table.fail("box", "expected [south, west, north, east] in degrees");
        }
        mapping.box = box;
    }
    if (mapping.outside == Outside::scale && !mapping.box) {
        table.fail("box", "missing; places are scaled from the log's box into the city's");
    }
    return table.error();
}

std::string number_text(double value) {
    std::array<char, 32> buffer{};
    const int n = std::snprintf(buffer.data(), buffer.size(), "%.10g", value);
    return {buffer.data(), static_cast<std::size_t>(n)};
}

void read_findings(TomlRow& table, CodeRule& rule) {
    const toml::node* node = table.table().get("findings");
    if (node == nullptr) return;
    const toml::table* findings = node->as_table();
    if (findings == nullptr) {
        table.fail("findings", "expected { finding = true | false | number | \"choice\" }");
        return;
    }
    for (const auto& [key, value] : *findings) {
        FindingValue finding;
        finding.finding = std::string{key.str()};
        if (const auto* flag = value.as_boolean()) {
            finding.value = flag->get() ? "yes" : "no";
        } else if (value.is_number()) {
            finding.value = number_text(value.value<double>().value_or(0));
        } else if (const auto* text = value.as_string()) {
            finding.value = text->get();
        } else {
            table.fail("findings", "expected true, false, a number or a choice for " +
                                       finding.finding);
        }
        rule.findings.push_back(std::move(finding));
    }
}

void read_code_key(TomlRow& table, CodeRule& rule) {
    rule.code = table.text("code", false);
    rule.starts = table.text("starts", false);
    rule.card = static_cast<int>(table.whole("card", 0, 999, 0));
    rule.levels = table.text("levels", false);
    const int keys = (rule.code.empty() ? 0 : 1) + (rule.starts.empty() ? 0 : 1) +
                     (rule.card == 0 ? 0 : 1);
    if (keys != 1) table.fail("code", "expected exactly one of code, starts or card");
    if (const toml::node* node = table.table().get("numbers")) {
        const toml::array* array = node->as_array();
        if (array == nullptr) table.fail("numbers", "expected a list of whole numbers");
        for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
            const auto value = (*array)[i].value_exact<std::int64_t>();
            if (!value) table.fail("numbers", "expected a list of whole numbers");
            rule.numbers.push_back(static_cast<int>(value.value_or(0)));
        }
    }
    if (rule.card == 0 && (!rule.levels.empty() || !rule.numbers.empty())) {
        table.fail("levels", "levels and numbers belong to a card");
    }
}

std::optional<Error> read_code(const toml::table& toml, Mapping& mapping) {
    TomlRow table{toml, mapping.file};
    table.only({"code", "starts", "card", "levels", "numbers", "medical", "findings", "words_kk",
                "words_ru", "pregnancy_weeks", "sex", "age"});
    CodeRule rule;
    rule.line = line_of(toml);
    read_code_key(table, rule);
    if (table.has("medical")) rule.medical = table.truth("medical");
    read_findings(table, rule);
    rule.words_kk = table.text("words_kk", false);
    rule.words_ru = table.text("words_ru", false);
    if (table.has("pregnancy_weeks")) {
        rule.pregnancy_weeks = static_cast<int>(table.whole("pregnancy_weeks", 1, 45, 20));
    }
    if (table.has("sex")) rule.sex = table.name("sex", Sex::unknown);
    if (const toml::node* node = toml.get("age")) {
        const toml::array* array = node->as_array();
        if (array == nullptr || array->size() != 2) {
            table.fail("age", "expected [youngest, oldest] in years");
        } else {
            rule.age_low = (*array)[0].value<double>();
            rule.age_high = (*array)[1].value<double>();
            if (!rule.age_low || !rule.age_high || *rule.age_low < 0 ||
                *rule.age_low > *rule.age_high || *rule.age_high > 120) {
                table.fail("age", "expected [youngest, oldest] in years");
            }
        }
    }
    mapping.codes.push_back(std::move(rule));
    return table.error();
}

/// A card's bare row lends its words to the rows of its levels and numbers.
void lend_words(Mapping& mapping) {
    for (CodeRule& rule : mapping.codes) {
        if (rule.card == 0 || !rule.words_kk.empty() || !rule.words_ru.empty()) continue;
        for (const CodeRule& bare : mapping.codes) {
            if (bare.card != rule.card || !bare.levels.empty() || !bare.numbers.empty()) continue;
            rule.words_kk = bare.words_kk;
            rule.words_ru = bare.words_ru;
        }
    }
}

std::optional<Error> read_codes(const toml::table& toml, Mapping& mapping) {
    TomlRow table{toml, mapping.file};
    table.only({"rows"});
    const toml::array* rows = toml["rows"].as_array();
    if (rows == nullptr) table.fail("rows", "expected a list of { code | starts | card = … }");
    if (rows != nullptr && rows->size() > limits::list_max) {
        table.fail("rows", "expected at most " + std::to_string(limits::list_max) + " rows");
    }
    for (std::size_t i = 0; !table.error() && i < rows->size(); ++i) {
        const toml::table* one = (*rows)[i].as_table();
        if (one == nullptr) {
            table.fail("rows", "expected a list of { code | starts | card = … }");
        } else if (auto error = read_code(*one, mapping)) {
            return error;
        }
    }
    lend_words(mapping);
    return table.error();
}

std::optional<Error> check_whole(const Mapping& mapping) {
    const auto has = [&](Column c) {
        return mapping.columns[static_cast<std::size_t>(c)].given();
    };
    const auto fault = [&](const std::string& field, const std::string& message) {
        return Error{.message = message, .where = mapping.file, .line = 0, .field = field};
    };
    const bool by_units = mapping.units[static_cast<std::size_t>(UnitMoment::dispatched)].given();
    bool any_units = false;
    for (const ColumnRef& ref : mapping.units) any_units = any_units || ref.given();
    if (any_units && (!by_units || !has(Column::date))) {
        return fault("units.dispatched", "lists per unit need units.dispatched and columns.date");
    }
    if (!has(Column::received) && !has(Column::handed_over) && !by_units) {
        return fault("columns.received",
                     "missing; expected when the call was received, handed over or dispatched");
    }
    if (has(Column::date) && mapping.date_format.empty()) {
        return fault("time.date_format", "missing; columns.date needs its format");
    }
    if (has(Column::lat) != has(Column::lon)) {
        return fault("columns.lat", "expected both lat and lon, or neither");
    }
    return std::nullopt;
}

}  // namespace

Result<Mapping> parse_mapping(std::string_view toml, const std::string& file_name) {
    auto parsed = parse_toml(toml, file_name);
    if (!parsed) return parsed.error();
    const toml::table& root = *parsed;
    Mapping mapping;
    mapping.file = file_name;
    TomlRow table{root, file_name};
    table.only({"name", "file", "time", "columns", "units", "place", "codes",
                "when_rules_are_silent", "brigades"});
    mapping.name = table.text("name");
    mapping.when_rules_are_silent = table.name("when_rules_are_silent", Category::u2);
    if (mapping.when_rules_are_silent == Category::none) {
        table.fail("when_rules_are_silent", "expected u1, u2, u3 or u4");
    }
    mapping.brigades = static_cast<int>(table.whole("brigades", 0, 100'000, 0));
    for (const auto* part : {"file", "time", "columns", "units", "place", "codes"}) {
        if (root.contains(part) && !root[part].is_table()) table.fail(part, "expected a table");
    }
    if (!root.contains("time")) table.fail("time", "missing; expected a table with the zone");
    if (!root.contains("columns")) table.fail("columns", "missing; expected a table");
    if (table.error()) return *table.error();

    std::optional<Error> error;
    if (const auto* part = root["file"].as_table()) error = read_file_part(*part, mapping);
    if (!error) error = read_time_part(*root["time"].as_table(), mapping);
    if (!error) {
        error = read_columns<Column>(*root["columns"].as_table(), mapping, mapping.columns);
    }
    if (const auto* part = root["units"].as_table(); !error && part != nullptr) {
        error = read_columns<UnitMoment>(*part, mapping, mapping.units);
    }
    if (const auto* part = root["place"].as_table(); !error && part != nullptr) {
        error = read_place_part(*part, mapping);
    }
    if (const auto* part = root["codes"].as_table(); !error && part != nullptr) {
        error = read_codes(*part, mapping);
    }
    if (!error) error = check_whole(mapping);
    if (error) return *error;
    // The header is the line that has the columns' names, whatever stands above it.
    for (const ColumnRef& ref : mapping.columns) {
        if (!ref.header.empty()) mapping.csv.columns.push_back(ref.header);
    }
    for (const ColumnRef& ref : mapping.units) {
        if (!ref.header.empty()) mapping.csv.columns.push_back(ref.header);
    }
    return mapping;
}

std::optional<Determinant> parse_determinant(std::string_view code) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    Determinant out;
    std::size_t i = 0;
    while (i < code.size() && i < 3 && is_digit(code[i])) {
        out.card = out.card * 10 + (code[i++] - '0');
    }
    if (i == 0 || i >= code.size() || code[i] < 'A' || code[i] > 'Z') return std::nullopt;
    out.level = code[i++];
    const std::size_t from = i;
    while (i < code.size() && i < from + 3 && is_digit(code[i])) {
        out.number = out.number * 10 + (code[i++] - '0');
    }
    if (i == from) return std::nullopt;
    out.suffix = code.substr(i);
    for (const char c : out.suffix) {
        if (c < 'A' || c > 'Z') return std::nullopt;
    }
    return out.suffix.size() > 2 ? std::nullopt : std::optional{out};
}

std::optional<std::size_t> rule_for(const Mapping& mapping, std::string_view code) {
    const auto determinant = parse_determinant(code);
    std::optional<std::size_t> best;
    std::size_t best_rank = 0;
    for (std::size_t i = 0; i < mapping.codes.size(); ++i) {
        const CodeRule& rule = mapping.codes[i];
        std::size_t rank = 0;
        if (!rule.code.empty()) {
            if (rule.code == code) rank = 100'000;
        } else if (!rule.starts.empty()) {
            if (code.starts_with(rule.starts)) rank = rule.starts.size();
        } else if (determinant && determinant->card == rule.card) {
            const bool level =
                rule.levels.empty() || rule.levels.find(determinant->level) != std::string::npos;
            const bool number =
                rule.numbers.empty() || std::find(rule.numbers.begin(), rule.numbers.end(),
                                                  determinant->number) != rule.numbers.end();
            if (level && number) {
                rank = 50'000 + (rule.numbers.empty() ? 0U : 2000U) +
                       (rule.levels.empty() ? 0U : 1000U);
            }
        }
        if (rank > best_rank) best = i, best_rank = rank;
    }
    return best;
}

}  // namespace jedel::exercise
