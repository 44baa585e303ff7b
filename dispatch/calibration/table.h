#pragma once
// A CSV with named columns, read row by row; a bad field becomes an Error that names it.

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geo.h"
#include "base/result.h"
#include "base/time.h"
#include "dispatch/tables/csv.h"
#include "triage/category.h"

namespace jedel::calibration {

class Table {
public:
    /// Columns by their names in any case, also "latitude", "longitude" and "timestamp". Error: no
    /// such file, or one of the `needed` columns is missing in its header, or is there twice.
    static Result<Table> open(const std::string& path,
                              std::initializer_list<std::string_view> needed);
    /// The next row, readable or not; false at the end.
    Result<bool> next();

    /// Fields of the row. The first that is not what it should be is kept in `error()`.
    std::string text(std::string_view column);
    Instant time(std::string_view column);
    LatLon place(std::string_view lat, std::string_view lon);
    triage::Category urgency();  ///< of the column "urgency"; none where it is missing or empty

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] std::string where() const;  ///< "trips.csv:12"
    [[nodiscard]] long line() const { return row_.line; }

private:
    explicit Table(tables::CsvReader reader) : reader_(std::move(reader)) {}
    std::string_view field(std::string_view column) const;
    double degrees(std::string_view column);
    void fail(std::string_view column, std::string expected);

    tables::CsvReader reader_;
    tables::CsvRow row_;
    std::string path_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::optional<Error> error_;
};

}  // namespace jedel::calibration
