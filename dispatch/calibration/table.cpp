#include "dispatch/calibration/table.h"

#include <algorithm>
#include <cmath>

#include "base/names.h"
#include "dispatch/tables/civil_format.h"
#include "dispatch/tables/fields.h"

namespace jedel::calibration {

namespace {

/// Other names that trackers give a column; only what can mean nothing else.
std::vector<std::string_view> names_of(std::string_view column) {
    if (column == "lat") return {"lat", "latitude"};
    if (column == "lon") return {"lon", "lng", "longitude"};
    if (column == "time") return {"time", "timestamp"};
    return {column};
}

}  // namespace

Result<Table> Table::open(const std::string& path,
                          std::initializer_list<std::string_view> needed) {
    tables::CsvFormat format;
    for (const std::string_view column : needed) {
        for (const std::string_view name : names_of(column)) format.columns.emplace_back(name);
    }
    auto reader = tables::CsvReader::open(path, format);
    if (!reader) return reader.error();
    Table out{std::move(*reader)};
    out.path_ = path;
    const auto header = out.reader_.next(out.row_);
    if (!header) return header.error();
    const bool sound = *header && !out.row_.problem;
    std::vector<std::string_view> wanted{needed};
    wanted.push_back("urgency");
    for (const std::string_view column : wanted) {
        std::optional<Error> error;
        for (const std::string_view name : names_of(column)) {
            const auto found = sound ? tables::find_column(out.row_, name)
                                     : Result<std::size_t>{Error{"no header"}};
            if (found) out.columns_.emplace(column, *found);
            else if (!error || found.error().message.find("twice") != std::string::npos) {
                error = found.error();
            }
        }
        const bool twice = error && error->message.find("twice") != std::string::npos;
        if (out.columns_.contains(column) && !twice) continue;
        if (column == "urgency" && !twice) continue;
        return Error{twice ? error->message : "expected a header with this column", path,
                     sound ? out.row_.line : 1, std::string{column}};
    }
    return out;
}

Result<bool> Table::next() {
    error_.reset();
    const auto more = reader_.next(row_);
    if (!more) return more.error();
    if (*more && row_.problem) {
        error_ = Error{row_.problem->message, path_, row_.problem->line};
    }
    return *more;
}

std::string Table::where() const { return path_ + ':' + std::to_string(row_.line); }

std::string_view Table::field(std::string_view column) const {
    const auto at = columns_.find(column);
    return at == columns_.end() ? std::string_view{} : tables::trimmed(row_[at->second]);
}

void Table::fail(std::string_view column, std::string expected) {
    if (error_) return;
    error_ = Error{"expected " + std::move(expected) + ", found '" +
                       tables::shortened(field(column)) + "'",
                   path_, row_.line, std::string{column}};
}

std::string Table::text(std::string_view column) {
    if (field(column).empty()) fail(column, "a text");
    return std::string{field(column)};
}

Instant Table::time(std::string_view column) {
    const auto at = tables::read_instant(field(column));
    if (!at) {
        const std::string why = tables::looks_like_time(field(column));
        fail(column, "a time such as 2026-03-02T18:30:00+05:00" +
                         (why.empty() ? "" : " (" + why + ")"));
    } else if (tables::is_placeholder(to_civil(*at, 0))) {
        fail(column, "a time of a clock that is set");
    }
    return at.value_or(Instant{});
}

double Table::degrees(std::string_view column) {
    const auto value = tables::read_degrees(field(column));
    if (!value) {
        fail(column, "degrees such as 43.2389 (" +
                         tables::looks_like_degrees(field(column), 180) + ")");
    }
    return value.value_or(0);
}

LatLon Table::place(std::string_view lat, std::string_view lon) {
    const LatLon place{degrees(lat), degrees(lon)};
    if (error_) return place;
    if (place.lat == 0 && place.lon == 0) {
        fail(lat, "a place on Earth, not 0, 0");
    } else if (!is_valid(place)) {
        const bool north = std::abs(place.lat) > 90;
        const bool swapped = is_valid({place.lon, place.lat});
        fail(north ? lat : lon,
             "degrees such as 43.2389 (" +
                 (swapped ? std::string{"latitude and longitude look swapped"}
                          : tables::looks_like_degrees(field(north ? lat : lon),
                                                       north ? 90 : 180)) + ")");
    }
    return place;
}

triage::Category Table::urgency() {
    const std::string_view text = field("urgency");
    if (text.empty()) return triage::Category::none;
    const auto found = from_name<triage::Category>(tables::folded(text));
    if (!found) fail("urgency", "none, u1, u2, u3 or u4");
    return found.value_or(triage::Category::none);
}

}  // namespace jedel::calibration
