#pragma once
// Who may do what: seat × command, as dated rows of data/law/rights.toml. Asked once, in `decide`.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "dispatch/core/people/seat.h"

namespace jedel {

/// What is not one command alone but needs a right of its own.
namespace right {
inline constexpr std::string_view lower_category = "lower_category";
/// A polyclinic's desk: sends, reports and ends, with its own brigades on its own calls only.
inline constexpr std::string_view own_calls = "own_calls";
}

/// Rows of seats and what each may do, in force from a day on. Immutable; shared between threads.
class Rights {
public:
    struct Row {
        int from_day = 0;  ///< first civil day in force, days since 1970-01-01
        Seat seat = Seat::call_taker;
        std::vector<std::string> may;  ///< kinds of commands and names of `right::`; "*": all
        std::string source;
    };
    explicit Rights(std::vector<Row> rows) : rows_(std::move(rows)) {}
    /// The rows that hold where a room brings none of its own.
    static const Rights& standard();

    /// Whether `seat` may do `what` on `day`, by its newest row in force; no row: nothing.
    [[nodiscard]] bool may(Seat seat, std::string_view what, int day) const;
    /// The seats that may, for a refusal: "senior_doctor, trainer".
    [[nodiscard]] std::string who_may(std::string_view what, int day) const;
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

private:
    [[nodiscard]] const Row* row_of(Seat seat, int day) const;
    std::vector<Row> rows_;
};

}  // namespace jedel
