#include "dispatch/exercise/recorded.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <unordered_map>

#include "dispatch/exercise/civil_format.h"
#include "dispatch/exercise/unit_times.h"
#include "dispatch/exercise/zone.h"

namespace jedel::exercise {
namespace {

constexpr std::size_t no_column = static_cast<std::size_t>(-1);

std::string shortened(std::string_view text) {
    constexpr std::size_t most = 60;
    if (text.size() <= most) return std::string{text};
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    return std::string{text.substr(0, cut)} + "…";
}

std::optional<double> read_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Sex> read_sex(std::string_view text) {
    constexpr std::array<std::string_view, 8> male{"m", "M", "male", "м", "М", "муж",
                                                   "ер", "е"};
    constexpr std::array<std::string_view, 8> female{"f", "F", "female", "ж", "Ж",
                                                     "жен", "әйел", "ә"};
    if (std::find(male.begin(), male.end(), text) != male.end()) return Sex::male;
    if (std::find(female.begin(), female.end(), text) != female.end()) return Sex::female;
    return std::nullopt;
}

/// Reads rows into calls. One for one log.
class LogReader {
public:
    LogReader(const Mapping& mapping, Zone zone, std::string file)
        : mapping_(mapping), zone_(std::move(zone)) {
        log_.file = std::move(file);
        columns_.fill(no_column);
        units_.fill(no_column);
    }

    Result<RecordedLog> run(CsvReader reader);

private:
    Result<void> bind(const CsvRow& header);
    Result<void> bind_one(const CsvRow& header, const ColumnRef& ref, std::size_t& column);
    void take(const CsvRow& row);
    [[nodiscard]] std::string_view cell(std::size_t column) const;
    [[nodiscard]] std::string_view cell(Column c) const {
        return cell(columns_[static_cast<std::size_t>(c)]);
    }
    [[nodiscard]] std::string column_name(std::size_t column) const;
    void problem(std::size_t column, std::string message, bool row_lost);
    void field_lost(Column c, const std::string& expected) {
        problem(columns_[static_cast<std::size_t>(c)],
                expected + ", found '" + shortened(cell(c)) + "'", false);
    }
    std::optional<int> rule_of(const std::string& code);
    std::optional<Instant> read_time(Column c, std::optional<int> day);
    [[nodiscard]] Instant local_to_utc(int day, int seconds) const;
    [[nodiscard]] Instant in_city(Instant utc) const;
    bool take_times(RecordedCall& call);
    bool take_unit_times(RecordedCall& call, int day);
    void take_moments(RecordedCall& call, const std::array<std::optional<Instant>, 6>& at,
                      std::array<std::size_t, 6> columns);
    void take_patient(RecordedCall& call);
    void take_place(RecordedCall& call);

    const Mapping& mapping_;
    Zone zone_;
    RecordedLog log_;
    std::vector<std::string> header_;
    std::array<std::size_t, column_count> columns_{};
    std::array<std::size_t, unit_moment_count> units_{};
    std::size_t width_ = 0;
    const CsvRow* row_ = nullptr;
    std::unordered_map<std::string, int> rules_;
    std::vector<UnitTimes> unit_times_;
};

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

Instant LogReader::local_to_utc(int day, int seconds) const {
    const Instant as_if_utc{(static_cast<std::int64_t>(day) * 86'400 + seconds) * 1000};
    return zone_.to_utc(to_civil(as_if_utc, 0));
}

Instant LogReader::in_city(Instant utc) const {
    if (!mapping_.wall_clock) return utc;
    const Instant as_if_utc{utc.ms + zone_.offset_minutes(utc) * 60'000LL};
    const Instant guess{as_if_utc.ms - 300 * 60'000LL};
    return {as_if_utc.ms - kazakhstan_offset_minutes(guess) * 60'000LL};
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

/// UTC instant of a time column: by the format, ISO 8601 with or without an offset, or a bare
/// time of the incident's day. nullopt when the cell is empty or cannot be read (then listed).
std::optional<Instant> LogReader::read_time(Column c, std::optional<int> day) {
    const std::string_view text = cell(c);
    if (text.empty()) return std::nullopt;
    if (!mapping_.time_format.empty()) {
        if (const auto civil = read_civil(text, mapping_.time_format)) return zone_.to_utc(*civil);
        if (!day) {
            field_lost(c, "expected a time like " + mapping_.time_format);
            return std::nullopt;
        }
    }
    if (text.size() > 16) {
        if (const auto at = from_iso(text)) return at;
    }
    for (const std::string_view format :
         {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"}) {
        if (const auto civil = read_civil(text, format)) return zone_.to_utc(*civil);
    }
    if (day) {
        if (const auto seconds = read_time_of_day(text)) return local_to_utc(*day, *seconds);
    }
    field_lost(c, "expected a time");
    return std::nullopt;
}

/// `at`: handed over, departed, on scene, left scene, at hospital, free.
void LogReader::take_moments(RecordedCall& call, const std::array<std::optional<Instant>, 6>& at,
                             std::array<std::size_t, 6> columns) {
    const auto most = static_cast<std::int64_t>(mapping_.interval_hours_max * 3'600'000);
    const auto between = [&](std::size_t from, std::size_t to, Field<std::int64_t>& out) {
        if (!at[from] || !at[to]) return;
        const std::int64_t ms = at[to]->ms - at[from]->ms;
        if (ms < 0 || ms > most) {
            problem(columns[to],
                    "expected a time 0 to " + std::to_string(most / 3'600'000) +
                        " hours after the one before it, found " + std::to_string(ms / 1000) +
                        " seconds",
                    false);
            return;
        }
        out.set(ms, Origin::recorded);
    };
    between(0, 1, call.turnout_ms);
    between(1, 2, call.travel_ms);
    const bool to_hospital = at[3] || at[4];
    between(2, to_hospital ? 3 : 5, call.on_scene_ms);
    between(3, 4, call.transport_ms);
    between(4, 5, call.hospital_ms);
    if (to_hospital) {
        call.transported.set(true, Origin::recorded);
    } else if (at[5]) {
        call.transported.set(false, Origin::recorded);
    }
}

bool LogReader::take_unit_times(RecordedCall& call, int day) {
    unit_times_.clear();
    std::vector<std::string> bad;
    for (std::size_t i = 0; i < unit_moment_count; ++i) {
        bad.clear();
        add_unit_list(cell(units_[i]), static_cast<UnitMoment>(i), unit_times_, bad);
        for (const std::string& item : bad) {
            problem(units_[i], "expected UNIT=HH:MM:SS, found '" + shortened(item) + "'", false);
        }
    }
    roll_over(unit_times_);
    const UnitTimes* lead = leading_unit(unit_times_);
    if (lead == nullptr) return false;
    int first_sent = lead->at(UnitMoment::dispatched);
    int first_there = UnitTimes::none;
    for (const UnitTimes& unit : unit_times_) {
        const int sent = unit.at(UnitMoment::dispatched);
        const int there = unit.at(UnitMoment::on_scene);
        if (sent != UnitTimes::none) {
            first_sent = std::min(first_sent, sent);
            ++call.units;
        }
        if (there != UnitTimes::none && (first_there == UnitTimes::none || there < first_there)) {
            first_there = there;
        }
    }
    const auto moment = [&](UnitMoment which) -> std::optional<Instant> {
        if (lead->at(which) == UnitTimes::none) return std::nullopt;
        return local_to_utc(day, lead->at(which));
    };
    const auto column = [&](UnitMoment which) { return units_[static_cast<std::size_t>(which)]; };
    take_moments(call,
                 {moment(UnitMoment::dispatched), moment(UnitMoment::departed),
                  moment(UnitMoment::on_scene), moment(UnitMoment::left_scene),
                  moment(UnitMoment::at_hospital), moment(UnitMoment::free)},
                 {column(UnitMoment::dispatched), column(UnitMoment::departed),
                  column(UnitMoment::on_scene), column(UnitMoment::left_scene),
                  column(UnitMoment::at_hospital), column(UnitMoment::free)});
    if (first_there >= first_sent) {
        call.first_arrival_ms.set((first_there - first_sent) * 1000LL, Origin::recorded);
    }
    call.handed_over.set(in_city(local_to_utc(day, first_sent)), Origin::recorded);
    return true;
}

bool LogReader::take_times(RecordedCall& call) {
    std::optional<int> day;
    if (const std::string_view text = cell(Column::date); !text.empty()) {
        const auto civil = read_civil(text, mapping_.date_format);
        if (!civil) {
            problem(columns_[static_cast<std::size_t>(Column::date)],
                    "expected a date like " + mapping_.date_format + ", found '" +
                        shortened(text) + "'",
                    true);
            return false;
        }
        day = day_of(from_civil(*civil, 0), 0);
    }
    const auto received = read_time(Column::received, day);
    if (received) call.received.set(in_city(*received), Origin::recorded);
    const std::size_t dispatched = units_[static_cast<std::size_t>(UnitMoment::dispatched)];
    if (dispatched != no_column) {
        const bool any = day && take_unit_times(call, *day);
        if (!any && !received) {
            problem(day ? dispatched : columns_[static_cast<std::size_t>(Column::date)],
                    "no time is recorded; expected a date and at least one UNIT=HH:MM:SS", true);
            return false;
        }
        return true;
    }
    const std::array<Column, 6> moments{Column::handed_over, Column::departed,
                                        Column::on_scene,    Column::left_scene,
                                        Column::at_hospital, Column::free};
    std::array<std::optional<Instant>, 6> at;
    std::array<std::size_t, 6> columns{};
    for (std::size_t i = 0; i < 6; ++i) {
        columns[i] = columns_[static_cast<std::size_t>(moments[i])];
        at[i] = read_time(moments[i], day);
    }
    take_moments(call, at, columns);
    if (at[0]) call.handed_over.set(in_city(*at[0]), Origin::recorded);
    if (at[0] && at[2] && *at[2] >= *at[0]) {
        call.first_arrival_ms.set(at[2]->ms - at[0]->ms, Origin::recorded);
    }
    if (!received && !at[0]) {
        problem(columns_[static_cast<std::size_t>(Column::received)],
                "no time is recorded; expected when the call came in", true);
        return false;
    }
    return true;
}

void LogReader::take_patient(RecordedCall& call) {
    const auto number = [&](Column c, double low, double high) -> std::optional<double> {
        const std::string_view text = cell(c);
        if (text.empty()) return std::nullopt;
        const auto value = read_number(text);
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
    const auto north = read_number(lat);
    const auto east = read_number(lon);
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

}  // namespace

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
