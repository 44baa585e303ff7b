#include "dispatch/tables/text.h"

#include <array>
#include <cstdint>

#include <unicode/unistr.h>

namespace jedel::tables {
namespace {

constexpr std::array<std::string_view, 14> blanks{
    " ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x87",
    "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xE3\x80\x80",
    "\xEF\xBB\xBF"};

}  // namespace

bool is_utf8(std::string_view bytes) {
    std::size_t i = 0;
    while (i < bytes.size()) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        std::size_t length = 0;
        std::uint32_t value = 0;
        std::uint32_t least = 0;
        if ((lead & 0xE0) == 0xC0) {
            length = 2, value = lead & 0x1F, least = 0x80;
        } else if ((lead & 0xF0) == 0xE0) {
            length = 3, value = lead & 0x0F, least = 0x800;
        } else if ((lead & 0xF8) == 0xF0) {
            length = 4, value = lead & 0x07, least = 0x10000;
        } else {
            return false;
        }
        if (i + length > bytes.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xC0) != 0x80) return false;
            value = value << 6 | (next & 0x3F);
        }
        if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
        i += length;
    }
    return true;
}

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

std::string folded(std::string_view utf8) {
    if (!is_utf8(utf8)) return std::string{utf8};
    std::string out;
    icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())})
        .foldCase()
        .toUTF8String(out);
    return out;
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
