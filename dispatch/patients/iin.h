#pragma once
// Individual identification numbers (rulebook 6): reading what was typed or pasted, the check in
// two passes, and what a number hints at. Since 2013 date and sex in it are not bound to the
// person's data: hints, never proof.

#include <optional>
#include <string>
#include <string_view>

#include "triage/category.h"

namespace jedel {

enum class IinVerdict : std::uint8_t { plausible, typo, not_digits, wrong_length, is_bin };

/// Check of twelve digits as they stand. `typo` is a warning, not proof; about 9 % of slips pass.
IinVerdict check_iin(std::string_view iin);

/// What a number says of its holder when it was made.
struct IinHints {
    std::optional<int> birth_day;  ///< days since 1970-01-01; empty where the date cannot be
    triage::Sex sex = triage::Sex::unknown;
    bool impossible_date = false;  ///< month 13, 30 February, all zeros
    bool unknown_century = false;  ///< the seventh digit is none of 1–6
};
/// Of twelve digits; anything else hints at nothing.
IinHints iin_hints(std::string_view digits);

/// A number as typed, dictated or pasted.
struct IinReading {
    std::string digits;  ///< blanks, dashes, byte-order mark and line ends dropped
    IinVerdict verdict = IinVerdict::wrong_length;
    bool letters_read = false;  ///< letters that look like digits were taken for them: to be asked
    IinHints hints;
};
IinReading read_iin(std::string_view text);

}  // namespace jedel
