#pragma once
// Calls of a recorded log, each field with where it comes from.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/exercise/mapping.h"

namespace jedel::exercise {

/// Where a field of a replayed call comes from.
enum class Origin : std::uint8_t {
    absent,
    recorded,  ///< stands in the log
    mapped,    ///< follows from a code of the log by the mapping's table, or from an address
    scaled,    ///< a recorded place moved into the city
    drawn,     ///< by the seed, from a documented distribution
    simulated,  ///< follows from the city's roads and what happened before
};
inline constexpr std::size_t origin_count = 6;

template <class T>
struct Field {
    T value{};
    Origin origin = Origin::absent;
    [[nodiscard]] bool known() const { return origin != Origin::absent; }
    void set(T v, Origin from) {
        value = std::move(v);
        origin = from;
    }
};

/// One call as the log has it; intervals in milliseconds. Times are in the city's clock.
struct RecordedCall {
    long line = 0;
    std::string id;
    std::string code;
    int rule = -1;  ///< index of Mapping::codes; -1: the code is not in the table
    Field<Instant> received;
    Field<Instant> handed_over;  ///< first brigade sent
    Field<LatLon> place;
    Field<std::string> address, words, phone;
    Field<double> age_years;
    Field<Sex> sex;
    Field<int> pregnancy_weeks, patient_count;
    Field<std::int64_t> turnout_ms;    ///< handed over → departed
    Field<std::int64_t> travel_ms;     ///< departed → on scene
    Field<std::int64_t> on_scene_ms;   ///< on scene → left with the patient, or free
    Field<std::int64_t> transport_ms;  ///< left → at hospital
    Field<std::int64_t> hospital_ms;   ///< at hospital → free
    Field<bool> transported;
    Field<Disposition> disposition;
    Field<std::int64_t> first_arrival_ms;  ///< first dispatch → first arrival of any unit
    int units = 0;                         ///< units the log sent
    /// What calls are put in order by.
    [[nodiscard]] Instant begins() const {
        return received.known() ? received.value : handed_over.value;
    }
};

/// Something in the log that could not be read: the line, the field, what was expected.
struct LogProblem {
    long line = 0;
    std::string field;
    std::string message;
    bool row_lost = false;  ///< false: the call is replayed without this field
    bool noted = false;     ///< nothing is lost: how it was read is not beyond doubt
};

struct RecordedLog {
    std::string file;
    std::vector<RecordedCall> calls;  ///< in the order they begin
    tables::CsvFound written;  ///< how the file was found to be written
    std::vector<LogProblem> problems;  ///< the first `problems_max`
    static constexpr std::size_t problems_max = 2000;
    long rows = 0;
    long rows_lost = 0;
    long fields_lost = 0;
    long notes = 0;
    long rows_joined = 0;  ///< further rows of a call that stands in several
    std::map<std::string, long> not_medical;     ///< rows by code
    std::map<std::string, long> unmapped_codes;  ///< replayed, though the table lacks the code
};

/// Adds a problem to those of a log, counted by what it costs.
void list_problem(RecordedLog& log, LogProblem problem);

/// The first problems as lines for a person, "log.csv:12: field 'age': …", and how many more.
std::vector<std::string> problem_lines(const RecordedLog& log);

/// "read as windows-1251, fields parted by ';', header in line 3" where any of it was found and
/// not declared; empty for plain UTF-8 with commas.
std::string how_written(const RecordedLog& log);

/// Lists places outside the city (of a scaled log: outside its own box) and says when latitude
/// and longitude look swapped. Call with the city's box once it is known.
void check_places(RecordedLog& log, const Mapping& mapping, LatLon low, LatLon high);

/// Reads a whole log. A row that cannot be read is listed and left out; only a log that cannot
/// be opened, or lacks a column that the mapping names, is an error.
Result<RecordedLog> read_log(const std::string& path, const Mapping& mapping);
/// The same from memory.
Result<RecordedLog> read_log_text(std::string text, const std::string& name,
                                  const Mapping& mapping);

}  // namespace jedel::exercise

template <>
struct jedel::EnumNames<jedel::exercise::Origin> {
    static constexpr std::array<std::string_view, 6> names{"absent", "recorded", "mapped",
                                                           "scaled", "drawn",  "simulated"};
};
