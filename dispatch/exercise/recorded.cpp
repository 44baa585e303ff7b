#include "dispatch/exercise/recorded.h"

#include <algorithm>
#include <cmath>

#include "dispatch/exercise/log_reader.h"
#include "dispatch/tables/fields.h"

namespace jedel::exercise {

std::string_view LogReader::cell(std::size_t column) const {
    if (column == no_column) return {};
    const std::string_view whole = (*row_)[column];
    const std::string_view text = mapping_.trim ? tables::trimmed(whole) : whole;
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
    list_problem(log_, {row_->line, column_name(column), std::move(message), row_lost, false});
}

void LogReader::note(std::size_t column, std::string message) {
    list_problem(log_, {row_->line, column_name(column), std::move(message), false, true});
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
    const auto found = tables::find_column(header, ref.header);
    if (found) {
        column = *found;
        return {};
    }
    Error error = found.error();
    error.where = log_.file;
    if (error.message.find("twice") == std::string::npos) {
        error.message = "the mapping wants a column of this name, the header has none";
        if (header.count == 1) error.message += ": '" + tables::shortened(header[0]) + "'";
    }
    return error;
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
    if (const std::string_view text = cell(Column::age_years); !text.empty()) {
        const auto age = tables::read_age_years(text);
        if (age && *age <= 130) call.age_years.set(*age, Origin::recorded);
        else field_lost(Column::age_years, "expected an age up to 130 such as 61, 5 мес or 8 ай");
    }
    if (const std::string_view text = cell(Column::pregnancy_weeks); !text.empty()) {
        const auto weeks = tables::read_weeks(text);
        if (weeks && *weeks >= 1 && *weeks <= 45) {
            call.pregnancy_weeks.set(*weeks, Origin::recorded);
        } else {
            field_lost(Column::pregnancy_weeks, "expected whole weeks from 1 to 45");
        }
    }
    if (const std::string_view text = cell(Column::patient_count); !text.empty()) {
        const auto count = tables::read_decimal(text);
        if (count && *count >= 1 && *count <= 100'000 && *count == std::floor(*count)) {
            call.patient_count.set(static_cast<int>(*count), Origin::recorded);
        } else {
            field_lost(Column::patient_count, "expected a whole number from 1 to 100000");
        }
    }
    if (const std::string_view text = cell(Column::sex); !text.empty()) {
        const tables::SexWord sex = tables::read_sex_word(text);
        if (sex == tables::SexWord::male) call.sex.set(Sex::male, Origin::recorded);
        if (sex == tables::SexWord::female) call.sex.set(Sex::female, Origin::recorded);
        if (sex == tables::SexWord::none) {
            field_lost(Column::sex, "expected a word for male or female");
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
    const auto north = tables::read_degrees(lat);
    const auto east = tables::read_degrees(lon);
    // 0, 0 lies in the ocean: it is how a missing place is often written.
    if (north && east && *north == 0 && *east == 0) {
        return field_lost(Column::lon, "expected degrees of a place; 0, 0 is none");
    }
    if (north && east && is_valid({*north, *east})) {
        call.place.set({*north, *east}, Origin::recorded);
        return;
    }
    const bool swapped =
        north && east && std::abs(*east) <= 90 && std::abs(*north) <= 180;
    const bool north_bad = !north || std::abs(*north) > 90;
    const std::string why =
        swapped ? "latitude and longitude look swapped"
                : tables::looks_like_degrees(north_bad ? lat : lon, north_bad ? 90 : 180);
    field_lost(north ? Column::lon : Column::lat,
               "expected degrees such as 43.2389 (" + why + ")");
}

/// Lists what is no row of calls: unreadable, another width, the header once more.
bool LogReader::sound_row(const CsvRow& row) {
    if (row.problem) {
        const std::size_t column = row.problem->field == 0 ? no_column : row.problem->field - 1;
        problem(column, row.problem->message, true);
        return false;
    }
    // A separator too many at the end makes an empty field and no more.
    bool surplus_blank = row.count > width_;
    for (std::size_t i = width_; i < row.count; ++i) {
        surplus_blank = surplus_blank && tables::trimmed(row[i]).empty();
    }
    if (row.count != width_ && !surplus_blank) {
        problem(no_column,
                "expected " + std::to_string(width_) + " fields, found " +
                    std::to_string(row.count),
                true);
        return false;
    }
    bool header_again = !header_.empty();
    for (std::size_t i = 0; i < header_.size(); ++i) {
        header_again = header_again && row[i] == header_[i];
    }
    if (header_again) problem(no_column, "the header stands here again", true);
    return !header_again;
}

void LogReader::take(const CsvRow& row) {
    row_ = &row;
    // What a spreadsheet leaves below and between its rows says nothing.
    if (!row.problem && row.blank()) return;
    ++log_.rows;
    if (!sound_row(row)) return;
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
        if (!more) {
            Error error = more.error();
            error.where = log_.file;
            return error;
        }
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
    log_.written = reader.found();
    std::stable_sort(log_.calls.begin(), log_.calls.end(),
                     [](const RecordedCall& x, const RecordedCall& y) {
                         return x.begins() < y.begins();
                     });
    if (auto near = leave_out_strays(log_, mapping_); !near) return near.error();
    settle_ids(log_, mapping_, column_name(column_of(Column::id)));
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
