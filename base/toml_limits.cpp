#include "base/toml_limits.h"

#include <algorithm>

#include "base/limits.h"

namespace jedel {
namespace {

/// Where a string that opens at `i` is over; the end of the text when it never is.
std::size_t past_string(std::string_view text, std::size_t i) {
    const char quote = text[i];
    const std::string three(3, quote);
    const bool long_one = text.substr(i, 3) == three;
    const std::string_view close = long_one ? std::string_view{three} : text.substr(i, 1);
    for (std::size_t k = i + close.size(); k < text.size(); ++k) {
        if (quote == '"' && text[k] == '\\') {
            ++k;
        } else if (text.substr(k, close.size()) == close) {
            return k + close.size();
        } else if (!long_one && text[k] == '\n') {
            return k;
        }
    }
    return text.size();
}

/// Whether a name may begin at `i`, behind the brackets of a header. toml++ 3.3 compiled with
/// assertions aborts on a header such as "[,"; its shared library does not.
bool names_something(std::string_view text, std::size_t i) {
    if (text.substr(i, 1) == "[") ++i;
    i = text.find_first_not_of(" \t", i);
    if (i == std::string_view::npos) return false;
    const char c = text[i];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-' || c == '"' || c == '\'' || c == ']';
}

}  // namespace

std::optional<Error> check_toml_limits(std::string_view toml, const std::string& file) {
    std::size_t depth = 0, dots = 0, line_start = 0;
    long line = 1;
    for (std::size_t i = 0; i < toml.size();) {
        const char c = toml[i];
        if (c == '"' || c == '\'') {
            const std::size_t past = past_string(toml, i);
            const auto feeds = std::count(toml.begin() + static_cast<long>(i),
                                          toml.begin() + static_cast<long>(past), '\n');
            line += feeds;
            if (feeds > 0) line_start = toml.rfind('\n', past - 1) + 1;
            i = past;
            continue;
        }
        if (c == '#') {
            i = std::min(toml.find('\n', i), toml.size());
            continue;
        }
        if (c == '\n') {
            ++line;
            line_start = i + 1;
            dots = 0;
        }
        const bool first = toml.find_first_not_of(" \t", line_start) == i;
        if (c == '[' && depth == 0 && first && !names_something(toml, i + 1)) {
            return Error{.message = "expected a name after '['", .where = file, .line = line};
        }
        if (c == '[' || c == '{') ++depth;
        if ((c == ']' || c == '}') && depth > 0) --depth;
        if (c == ',' || c == '=') dots = 0;
        if (c == '.') ++dots;
        if (depth + dots > limits::depth_max) {
            return Error{.message = "deeper than " + std::to_string(limits::depth_max) +
                                    " tables, lists and dots within each other",
                         .where = file, .line = line};
        }
        if (i > line_start + limits::line_bytes_max) {
            return Error{.message = "a line longer than " +
                                    std::to_string(limits::line_bytes_max) + " bytes",
                         .where = file, .line = line};
        }
        ++i;
    }
    return std::nullopt;
}

}  // namespace jedel
