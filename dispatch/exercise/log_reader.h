#pragma once
// Rows of a recorded log into calls, one reader for one log: fields in recorded.cpp, times in
// recorded_times.cpp. Internal.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dispatch/exercise/recorded.h"
#include "dispatch/exercise/unit_times.h"
#include "dispatch/exercise/zone.h"

namespace jedel::exercise {

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// What was found, short enough for a message.
std::string shortened(std::string_view text);

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

}  // namespace jedel::exercise
