#include <algorithm>
#include <array>

#include "dispatch/patients/register.h"

namespace jedel {

namespace {

int weighted_sum(std::string_view digits, const std::array<int, 11>& weights) {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * weights[i];
    return sum % 11;
}

}  // namespace

IinVerdict check_iin(std::string_view iin) {
    constexpr std::array<int, 11> first{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    constexpr std::array<int, 11> second{3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::all_of(iin.begin(), iin.end(), is_digit)) return IinVerdict::not_digits;
    if (iin.size() != 12) return IinVerdict::wrong_length;
    // The fifth digit is the first of the day in a person's number and 4–6 in a business's.
    if (iin[4] >= '4' && iin[4] <= '6') return IinVerdict::is_bin;
    int check = weighted_sum(iin, first);
    if (check == 10) check = weighted_sum(iin, second);
    if (check == 10 || check != iin[11] - '0') return IinVerdict::typo;
    return IinVerdict::plausible;
}

}  // namespace jedel
