#include "dispatch/tables/text.h"

#include <algorithm>
#include <array>

namespace jedel::tables {
namespace {

constexpr std::array<std::string_view, 14> blanks{
    " ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x87",
    "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xE3\x80\x80",
    "\xEF\xBB\xBF"};

}  // namespace

std::size_t characters(std::string_view utf8) {
    std::size_t n = 0;
    for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return n;
}

std::string_view trimmed(std::string_view utf8) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view blank : blanks) {
            if (utf8.starts_with(blank)) {
                utf8.remove_prefix(blank.size());
                again = true;
            }
            if (utf8.ends_with(blank)) {
                utf8.remove_suffix(blank.size());
                again = true;
            }
        }
    }
    return utf8;
}

std::string shortened(std::string_view utf8) {
    constexpr std::size_t most = 60;
    std::size_t cut = std::min(utf8.size(), most);
    while (cut > 0 && cut < utf8.size() && (static_cast<unsigned char>(utf8[cut]) & 0xC0) == 0x80) {
        --cut;
    }
    std::string out{utf8.substr(0, cut)};
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    return cut < utf8.size() ? out + "…" : out;
}

}  // namespace jedel::tables
