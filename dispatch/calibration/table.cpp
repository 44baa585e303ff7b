#include "dispatch/calibration/table.h"

#include <algorithm>
#include <cmath>

#include "base/names.h"
#include "base/number.h"

namespace jedel::calibration {

Result<Table> Table::open(const std::string& path,
                          std::initializer_list<std::string_view> needed) {
    auto reader = tables::CsvReader::open(path, {});
    if (!reader) return reader.error();
    Table out{std::move(*reader)};
    out.path_ = path;
    const auto header = out.reader_.next(out.row_);
    if (!header) return header.error();
    if (*header && !out.row_.problem) {
        out.columns_.assign(out.row_.fields.begin(),
                            out.row_.fields.begin() + static_cast<long>(out.row_.count));
    }
    for (const std::string_view column : needed) {
        if (std::find(out.columns_.begin(), out.columns_.end(), column) == out.columns_.end()) {
            return Error{"expected a header with this column", path, 1, std::string{column}};
        }
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
    const auto at = std::find(columns_.begin(), columns_.end(), column);
    return at == columns_.end() ? std::string_view{}
                                : row_[static_cast<std::size_t>(at - columns_.begin())];
}

void Table::fail(std::string_view column, std::string expected) {
    if (error_) return;
    error_ = Error{"expected " + std::move(expected) + ", found '" +
                       std::string{field(column).substr(0, 40)} + "'",
                   path_, row_.line, std::string{column}};
}

std::string Table::text(std::string_view column) {
    if (field(column).empty()) fail(column, "a text");
    return std::string{field(column)};
}

Instant Table::time(std::string_view column) {
    const std::string_view text = field(column);
    const auto at = text.size() > 10 ? from_iso(text) : std::nullopt;
    if (!at) fail(column, "a time such as 2026-03-02T18:30:00+05:00");
    return at.value_or(Instant{});
}

double Table::degrees(std::string_view column) {
    const auto value = read_number<double>(field(column));
    if (!value || !std::isfinite(*value)) fail(column, "degrees such as 43.2389");
    return value.value_or(0);
}

LatLon Table::place(std::string_view lat, std::string_view lon) {
    const LatLon place{degrees(lat), degrees(lon)};
    if (!is_valid(place)) fail(lat, "a place on Earth, not 0, 0");
    return place;
}

triage::Category Table::urgency() {
    const std::string_view text = field("urgency");
    if (text.empty()) return triage::Category::none;
    const auto found = from_name<triage::Category>(text);
    if (!found) fail("urgency", "none, u1, u2, u3 or u4");
    return found.value_or(triage::Category::none);
}

}  // namespace jedel::calibration
