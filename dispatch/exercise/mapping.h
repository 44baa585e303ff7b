#pragma once
// A mapping says which column of a recorded log is what, in which format and time zone, and how
// its codes become findings. Read from TOML; see data/mappings/README.md for every key.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/core/incidents/incident.h"
#include "dispatch/tables/csv.h"

namespace jedel::exercise {

/// What a column can hold.
enum class Column : std::uint8_t {
    id,
    date,           ///< the incident's day, for times that have none of their own
    received,       ///< when the call came in
    handed_over,    ///< when it was given to a brigade
    departed,
    on_scene,
    left_scene,
    at_hospital,
    handed_over_at_hospital,
    free,
    code,
    words,          ///< the caller's words
    language,
    phone,
    address,
    lat,
    lon,
    age_years,
    sex,
    pregnancy_weeks,
    patient_count,
    disposition,
};
inline constexpr std::size_t column_count = 22;

/// Lists of "UNIT=HH:MM:SS" per moment of a unit's work, on the incident's day.
enum class UnitMoment : std::uint8_t {
    dispatched, departed, on_scene, at_patient, left_scene, at_hospital, free
};
inline constexpr std::size_t unit_moment_count = 7;

/// Where a column is: a header's name, or a 1-based number for a file without a header.
struct ColumnRef {
    std::string header;
    int number = 0;
    [[nodiscard]] bool given() const { return number > 0 || !header.empty(); }
};

/// One row of the code table. It holds for an exact code, for codes that start with a text, or
/// for a determinant: digits (the card), a letter (the level), digits, and a suffix. Of several
/// rows that hold the most particular one counts: exact, determinant with numbers, with levels,
/// bare card, the longest start.
struct CodeRule {
    long line = 0;
    std::string code;
    std::string starts;
    int card = 0;
    std::string levels;        ///< "DE": any of these; empty = all
    std::vector<int> numbers;  ///< empty = all
    bool medical = true;       ///< false: not for an ambulance; counted, not replayed
    std::vector<FindingValue> findings;
    std::string words_kk, words_ru;     ///< our own words for such a complaint
    std::optional<int> pregnancy_weeks;
    std::optional<Sex> sex;
    std::optional<double> age_low, age_high;  ///< bounds of a drawn age
};

/// What rows that repeat an id are.
enum class SameId : std::uint8_t {
    list,  ///< calls of their own, each listed: numbers may begin anew every day or year
    join,  ///< one call, one row per brigade; those further apart than an interval may be, listed
};

/// What happens to a place outside the city's box.
enum class Outside : std::uint8_t {
    draw,   ///< as if it were not recorded
    scale,  ///< moved from the log's box into the city's, then to the nearest lived-in place
    keep,
};

struct Mapping {
    std::string file;
    std::string name;
    tables::CsvFormat csv;
    SameId same_id = SameId::list;
    bool header = true;
    bool trim = true;
    std::vector<std::string> nulls;  ///< texts that mean "not recorded", besides the empty one
    std::string zone;
    std::string date_format;         ///< of `date`
    std::string time_format;         ///< of full times; empty = ISO 8601
    /// True: the hour on the wall in the log is the hour on the wall in the city, so that a night
    /// stays a night. False: instants are kept.
    bool wall_clock = true;
    double interval_hours_max = 12;        ///< a longer interval is not believed
    int gap_days_max = 366;                ///< calls further from all others are not believed
    std::array<ColumnRef, column_count> columns;
    std::array<ColumnRef, unit_moment_count> units;
    Outside outside = Outside::draw;
    std::optional<std::array<double, 4>> box;  ///< of the log: south, west, north, east
    std::vector<CodeRule> codes;
    Category when_rules_are_silent = Category::u2;  ///< what a dispatcher takes then: safe side
    int brigades = 0;  ///< how many of the city's brigades work in the replay; 0 = all
};

/// Reads a mapping; an error names file, line, field and what was expected.
Result<Mapping> parse_mapping(std::string_view toml, const std::string& file_name);

/// A determinant's parts: "29D2P" → 29, 'D', 2, "P".
struct Determinant {
    int card = 0;
    char level = 0;
    int number = 0;
    std::string_view suffix;
};
std::optional<Determinant> parse_determinant(std::string_view code);

/// Index of the rule that holds for a code; nullopt when none does.
std::optional<std::size_t> rule_for(const Mapping& mapping, std::string_view code);

}  // namespace jedel::exercise

template <>
struct jedel::EnumNames<jedel::exercise::Column> {
    static constexpr std::array<std::string_view, jedel::exercise::column_count> names{
        "id",          "date",     "received", "handed_over",
        "departed",    "on_scene", "left_scene", "at_hospital",
        "handed_over_at_hospital", "free",     "code",     "words",
        "language",    "phone",    "address",  "lat",
        "lon",         "age_years", "sex",     "pregnancy_weeks",
        "patient_count", "disposition"};
};
template <>
struct jedel::EnumNames<jedel::exercise::UnitMoment> {
    static constexpr std::array<std::string_view, jedel::exercise::unit_moment_count> names{
        "dispatched", "departed", "on_scene", "at_patient", "left_scene", "at_hospital", "free"};
};
template <>
struct jedel::EnumNames<jedel::exercise::SameId> {
    static constexpr std::array<std::string_view, 2> names{"list", "join"};
};
template <>
struct jedel::EnumNames<jedel::exercise::Outside> {
    static constexpr std::array<std::string_view, 3> names{"draw", "scale", "keep"};
};
