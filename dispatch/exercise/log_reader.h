#pragma once
// Rows of a recorded log into calls, one reader for one log: fields in recorded.cpp, times in
// recorded_times.cpp, what is asked of all calls together in recorded_whole.cpp. Internal.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dispatch/exercise/recorded.h"
#include "dispatch/exercise/unit_times.h"
#include "dispatch/tables/zone.h"

namespace jedel::exercise {

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

using tables::CsvReader;
using tables::CsvRow;
using tables::Zone;

/// One time of a row.
struct Moment {
    std::size_t column = no_column;
    std::optional<Instant> at;
    std::optional<Instant> again;  ///< the second reading where the clocks showed it twice
    bool bare = false;             ///< a time of day without its day
    bool read = false;             ///< it stood there, believed or not
};

/// Moments of one row in the order of the work.
inline constexpr std::size_t moments_of_row = 7;
using Moments = std::array<Moment, moments_of_row>;
enum MomentIndex : std::size_t {
    at_received, at_handed_over, at_departed, at_on_scene, at_left_scene, at_hospital, at_free
};

/// Which of some times in the order of the work are believed: the most that follow each other
/// within `most_ms`; of equally many those that keep the earlier moments. Unset ones are skipped.
std::array<bool, moments_of_row> believable(
    const std::array<std::optional<Instant>, moments_of_row>& at, std::int64_t most_ms);

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
    bool sound_row(const CsvRow& row);
    [[nodiscard]] std::string_view cell(std::size_t column) const;
    [[nodiscard]] std::string_view cell(Column c) const {
        return cell(columns_[static_cast<std::size_t>(c)]);
    }
    [[nodiscard]] std::size_t column_of(Column c) const {
        return columns_[static_cast<std::size_t>(c)];
    }
    [[nodiscard]] std::string column_name(std::size_t column) const;
    void problem(std::size_t column, std::string message, bool row_lost);
    void note(std::size_t column, std::string message);
    void field_lost(Column c, const std::string& expected) {
        problem(column_of(c), expected + ", found '" + tables::shortened(cell(c)) + "'", false);
    }
    std::optional<int> rule_of(const std::string& code);
    Moment read_time(Column c, std::optional<int> day);
    bool set_civil(Moment& moment, const CivilTime& civil, int ms);
    [[nodiscard]] Instant local_to_utc(int day, int seconds) const;
    [[nodiscard]] Instant in_city(Instant utc) const;
    bool take_times(RecordedCall& call);
    bool take_day(std::optional<int>& day);
    void settle(Moments& moments);
    void drop_unbelievable(Moments& moments);
    bool take_unit_times(RecordedCall& call, int day, Moment received);
    void take_intervals(RecordedCall& call, const Moments& moments);
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

/// Leaves out and lists the calls that lie far from all others in time; an error when more than
/// a tenth does, for then nobody knows which are wrong.
Result<void> leave_out_strays(RecordedLog& log, const Mapping& mapping);

/// Lists or joins the calls that repeat an id, as the mapping says. In the order they begin.
void settle_ids(RecordedLog& log, const Mapping& mapping, const std::string& id_column);

}  // namespace jedel::exercise
