#include "base/placeholders.h"

#include "base/number.h"

namespace jedel {

namespace {

/// One text between bars, and what is left behind the bar.
std::string_view next_form(std::string_view& forms) {
    const std::size_t bar = forms.find('|');
    const std::string_view form = forms.substr(0, bar);
    forms = bar == std::string_view::npos ? std::string_view{} : forms.substr(bar + 1);
    return form;
}

/// The form for the number out of "год|года|лет".
std::string_view chosen_form(std::string_view forms, std::string_view number) {
    std::size_t count = 1;
    for (const char c : forms) count += c == '|' ? 1 : 0;
    for (std::size_t skip = plural_form(number, count); skip > 0; --skip) next_form(forms);
    return next_form(forms);
}

/// The digits without the spaces that part thousands.
std::string without_spaces(std::string_view number) {
    std::string out;
    for (const char c : number) {
        if ((c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-') out += c;
        // A plain space, or a byte of the narrow and no-break spaces (U+00A0, U+202F).
        else if (c != ' ' && c != '\xC2' && c != '\xA0' && c != '\xE2' && c != '\x80' &&
                 c != '\xAF') {
            return {};
        }
    }
    return out;
}

}  // namespace

std::size_t plural_form(std::string_view number, std::size_t forms) {
    if (forms < 2) return 0;
    const std::string digits = without_spaces(number);
    if (digits.find_first_of(".,") != std::string::npos) return 1;
    const auto value = read_number<long long>(digits);
    if (!value) return forms - 1;
    const long long n = *value < 0 ? -(*value % 100) : *value;
    if (forms == 2) return n == 1 ? 0 : 1;
    const long long tens = n % 100;
    const long long ones = n % 10;
    if (ones == 1 && tens != 11) return 0;
    if (ones >= 2 && ones <= 4 && (tens < 12 || tens > 14)) return 1;
    return 2;
}

std::string fill_placeholders(std::string_view text, std::span<const std::string_view> arguments) {
    std::string out;
    out.reserve(text.size() + 32);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        const std::string_view inside =
            end == std::string_view::npos ? std::string_view{} : text.substr(i + 1, end - i - 1);
        const bool numbered = !inside.empty() && inside[0] >= '0' && inside[0] <= '9' &&
                              (inside.size() == 1 || inside[1] == '|');
        if (!numbered) {
            out += text[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(inside[0] - '0');
        const std::string_view argument =
            index < arguments.size() ? arguments[index] : std::string_view{};
        out += inside.size() == 1 ? argument : chosen_form(inside.substr(2), argument);
        i = end;
    }
    return out;
}

}  // namespace jedel
