#include "dispatch/exercise/recorded.h"

#include <algorithm>

#include "base/number.h"
#include "dispatch/exercise/log_reader.h"

namespace jedel::exercise {
namespace {

std::optional<Sex> read_sex(std::string_view text) {
    constexpr std::array<std::string_view, 8> male{"m", "M", "male", "м", "М", "муж",
                                                   "ер", "е"};
    constexpr std::array<std::string_view, 8> female{"f", "F", "female", "ж", "Ж",
                                                     "жен", "әйел", "ә"};
    if (std::find(male.begin(), male.end(), text) != male.end()) return Sex::male;
    if (std::find(female.begin(), female.end(), text) != female.end()) return Sex::female;
    return std::nullopt;
}

}  // namespace

std::string shortened(std::string_view text) {
    constexpr std::size_t most = 60;
    if (text.size() <= most) return std::string{text};
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    return std::string{text.substr(0, cut)} + "…";
}

std::string_view LogReader::cell(std::size_t column) const {
    if (column == no_column) return {};
    std::string_view text = (*row_)[column];
    if (mapping_.trim) {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
            text.remove_prefix(1);
        }
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    }
    for (const std::string& null : mapping_.nulls) {
        if (text == null) return {};
    }
    return text;
}

std::string LogReader::column_name(std::size_t column) const {
    if (column == no_column) return {};
    return column < header_.size() ? header_[column] : std::to_string(column + 1);
}

void LogReader::problem(std::size_t column, std::string message, bool row_lost) {
    (row_lost ? log_.rows_lost : log_.fields_lost) += 1;
    if (log_.problems.size() >= RecordedLog::problems_max) return;
    log_.problems.push_back({row_->line, column_name(column), std::move(message), row_lost});
}

Result<void> LogReader::bind_one(const CsvRow& header, const ColumnRef& ref, std::size_t& column) {
    if (!ref.given()) return {};
    if (ref.number > 0) {
        column = static_cast<std::size_t>(ref.number - 1);
        if (column >= header.count) {
            return Error{.message = "the mapping wants column " + std::to_string(ref.number) +
                                    ", the log has " + std::to_string(header.count),
                         .where = log_.file,
                         .line = header.line};
        }
        return {};
    }
    for (std::size_t i = 0; i < header.count; ++i) {
        if (header[i] == ref.header) {
            column = i;
            return {};
        }
    }
    return Error{.message = "the mapping wants a column of this name, the header has none",
                 .where = log_.file,
                 .line = header.line,
                 .field = ref.header};
}

Result<void> LogReader::bind(const CsvRow& header) {
    width_ = header.count;
    if (mapping_.header) {
        for (std::size_t i = 0; i < header.count; ++i) header_.emplace_back(header[i]);
    }
    for (std::size_t i = 0; i < column_count; ++i) {
        if (auto done = bind_one(header, mapping_.columns[i], columns_[i]); !done) return done;
    }
    for (std::size_t i = 0; i < unit_moment_count; ++i) {
        if (auto done = bind_one(header, mapping_.units[i], units_[i]); !done) return done;
    }
    return {};
}

std::optional<int> LogReader::rule_of(const std::string& code) {
    const auto known = rules_.find(code);
    if (known != rules_.end()) {
        return known->second < 0 ? std::nullopt : std::optional{known->second};
    }
    const auto found = rule_for(mapping_, code);
    rules_.emplace(code, found ? static_cast<int>(*found) : -1);
    return found ? std::optional{static_cast<int>(*found)} : std::nullopt;
}

void LogReader::take_patient(RecordedCall& call) {
    const auto number = [&](Column c, double low, double high) -> std::optional<double> {
        const std::string_view text = cell(c);
        if (text.empty()) return std::nullopt;
        const auto value = read_number<double>(text);
        if (value && *value >= low && *value <= high) return value;
        field_lost(c, "expected a number from " + std::to_string(static_cast<int>(low)) + " to " +
                          std::to_string(static_cast<int>(high)));
        return std::nullopt;
    };
    if (const auto age = number(Column::age_years, 0, 130)) {
        call.age_years.set(*age, Origin::recorded);
    }
    if (const auto weeks = number(Column::pregnancy_weeks, 1, 45)) {
        call.pregnancy_weeks.set(static_cast<int>(*weeks), Origin::recorded);
    }
    if (const auto count = number(Column::patient_count, 1, 100'000)) {
        call.patient_count.set(static_cast<int>(*count), Origin::recorded);
    }
    if (const std::string_view text = cell(Column::sex); !text.empty()) {
        if (const auto sex = read_sex(text)) {
            call.sex.set(*sex, Origin::recorded);
        } else {
            field_lost(Column::sex, "expected male or female");
        }
    }
    if (const std::string_view text = cell(Column::disposition); !text.empty()) {
        if (const auto disposition = from_name<Disposition>(text)) {
            call.disposition.set(*disposition, Origin::recorded);
        } else {
            field_lost(Column::disposition, "expected the name of a disposition");
        }
    }
}

void LogReader::take_place(RecordedCall& call) {
    const std::string_view lat = cell(Column::lat);
    const std::string_view lon = cell(Column::lon);
    if (lat.empty() && lon.empty()) return;
    const auto north = read_number<double>(lat);
    const auto east = read_number<double>(lon);
    // 0, 0 lies in the ocean: it is how a missing place is often written.
    const bool nowhere = north && east && *north == 0 && *east == 0;
    if (!north || !east || nowhere || !is_valid({*north, *east})) {
        field_lost(north ? Column::lon : Column::lat, "expected degrees of a place");
        return;
    }
    call.place.set({*north, *east}, Origin::recorded);
}

void LogReader::take(const CsvRow& row) {
    row_ = &row;
    ++log_.rows;
    if (row.problem) {
        const std::size_t column = row.problem->field == 0 ? no_column : row.problem->field - 1;
        problem(column, row.problem->message, true);
        return;
    }
    if (row.count != width_) {
        problem(no_column,
                "expected " + std::to_string(width_) + " fields, found " +
                    std::to_string(row.count),
                true);
        return;
    }
    RecordedCall call;
    call.line = row.line;
    call.code = cell(Column::code);
    if (const auto rule = call.code.empty() ? std::nullopt : rule_of(call.code)) {
        call.rule = *rule;
        if (!mapping_.codes[static_cast<std::size_t>(*rule)].medical) {
            ++log_.not_medical[call.code];
            return;
        }
    }
    if (!take_times(call)) return;
    if (call.rule < 0 && !call.code.empty()) ++log_.unmapped_codes[call.code];
    call.id = cell(Column::id);
    take_patient(call);
    take_place(call);
    const auto text = [&](Column c, Field<std::string>& out) {
        if (const std::string_view found = cell(c); !found.empty()) {
            out.set(std::string{found}, Origin::recorded);
        }
    };
    text(Column::words, call.words);
    text(Column::address, call.address);
    text(Column::phone, call.phone);
    log_.calls.push_back(std::move(call));
}

Result<RecordedLog> LogReader::run(CsvReader reader) {
    CsvRow row;
    bool bound = false;
    while (true) {
        auto more = reader.next(row);
        if (!more) return more.error();
        if (!*more) break;
        if (bound) {
            take(row);
            continue;
        }
        if (row.problem) {
            if (mapping_.header) {
                return Error{.message = row.problem->message + "; expected the header",
                             .where = log_.file,
                             .line = row.line};
            }
            take(row);
            continue;
        }
        if (auto done = bind(row); !done) return done.error();
        bound = true;
        if (!mapping_.header) take(row);
    }
    if (!bound && log_.rows == 0) {
        return Error{.message = "the log is empty; expected rows of comma-separated values",
                     .where = log_.file};
    }
    std::stable_sort(log_.calls.begin(), log_.calls.end(),
                     [](const RecordedCall& a, const RecordedCall& b) {
                         return a.begins() < b.begins();
                     });
    return std::move(log_);
}

Result<RecordedLog> read_log(const std::string& path, const Mapping& mapping) {
    auto zone = Zone::named(mapping.zone);
    if (!zone) return zone.error();
    auto reader = CsvReader::open(path, mapping.csv);
    if (!reader) return reader.error();
    return LogReader{mapping, std::move(*zone), path}.run(std::move(*reader));
}

Result<RecordedLog> read_log_text(std::string text, const std::string& name,
                                  const Mapping& mapping) {
    auto zone = Zone::named(mapping.zone);
    if (!zone) return zone.error();
    return LogReader{mapping, std::move(*zone), name}.run(
        CsvReader::over(std::move(text), mapping.csv));
}

}  // namespace jedel::exercise
