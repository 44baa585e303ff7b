#include "dispatch/tables/encoding.h"

#include <unicode/ucnv.h>

#include "dispatch/tables/text.h"

namespace jedel::tables {
namespace {

struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using ConverterPtr = std::unique_ptr<UConverter, Close>;

ConverterPtr open_converter(const std::string& name) {
    if (name.empty() || name.size() > 60 || name.find_first_of(",\n") != std::string::npos) {
        return nullptr;
    }
    UErrorCode status = U_ZERO_ERROR;
    ConverterPtr converter{ucnv_open(name.c_str(), &status)};
    return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

/// What the Web means by Latin-1: the bytes 80–9F are Windows' quotes and dashes, not controls.
std::string spelled(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    const char* standard = ucnv_getStandardName(name.c_str(), "IANA", &status);
    return standard != nullptr && std::string_view{standard} == "ISO-8859-1" ? "windows-1252"
                                                                              : name;
}

/// Each byte by itself; empty where it is no character.
std::array<std::string, 256> table_of(UConverter* converter) {
    std::array<std::string, 256> out;
    for (int byte = 0; byte < 256; ++byte) {
        const char raw = static_cast<char>(byte);
        std::array<UChar, 8> units{};
        UErrorCode status = U_ZERO_ERROR;
        ucnv_reset(converter);
        const int n = ucnv_toUChars(converter, units.data(), units.size(), &raw, 1, &status);
        const bool control = byte >= 0x80 && n == 1 && units[0] < 0xA0;
        if (U_FAILURE(status) || n != 1 || units[0] == 0xFFFD || control) continue;
        const auto c = static_cast<unsigned>(units[0]);
        if (c < 0x80) {
            out[static_cast<std::size_t>(byte)] = static_cast<char>(c);
        } else if (c < 0x800) {
            out[static_cast<std::size_t>(byte)] = {static_cast<char>(0xC0 | c >> 6),
                                                   static_cast<char>(0x80 | (c & 0x3F))};
        } else {
            out[static_cast<std::size_t>(byte)] = {static_cast<char>(0xE0 | c >> 12),
                                                   static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                                                   static_cast<char>(0x80 | (c & 0x3F))};
        }
    }
    return out;
}

}  // namespace

struct Decoder::Converter {
    ConverterPtr from;
    ConverterPtr to;
};

Decoder::Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

bool is_encoding(const std::string& name) {
    return name == "auto" || open_converter(name) != nullptr;
}

Result<Decoder> Decoder::named(const std::string& name) {
    ConverterPtr converter = open_converter(spelled(name));
    if (!converter) {
        return Error{.message = "expected auto or the name of an encoding such as utf-8, "
                                "windows-1251 or utf-16, found '" + shortened(name) + "'",
                     .where = {}, .line = 0, .field = "encoding"};
    }
    Decoder out;
    out.name_ = name;
    out.utf8_ = ucnv_getType(converter.get()) == UCNV_UTF8;
    if (out.utf8_) return out;
    if (ucnv_getMaxCharSize(converter.get()) == 1) {
        out.characters_ = table_of(converter.get());
        bool ascii = true;
        for (std::size_t c = 0; c < 0x80; ++c) {
            // IBM's own tables move the control characters about; files do not.
            if (c < 0x20 || c == 0x7F) out.characters_[c] = static_cast<char>(c);
            const std::string& made = out.characters_[c];
            ascii = ascii && made.size() == 1 && made[0] == static_cast<char>(c);
        }
        if (ascii) return out;
    }
    out.converter_ = std::make_unique<Converter>();
    out.converter_->from = std::move(converter);
    out.converter_->to = open_converter("UTF-8");
    return out;
}

bool Decoder::field(std::string_view raw, std::string& out) const {
    if (utf8_ || converter_) {
        if (!utf8_ && raw.find("\xEF\xBF\xBD") != std::string_view::npos) return false;
        out.assign(raw);
        return is_utf8(raw);
    }
    out.clear();
    for (const char c : raw) {
        const std::string& made = characters_[static_cast<unsigned char>(c)];
        if (made.empty()) return false;
        out += made;
    }
    return true;
}

void Decoder::stream(std::string_view raw, bool last, std::string& out) {
    const char* source = raw.data();
    const char* end = raw.data() + raw.size();
    std::array<UChar, 4096> pivot{};
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        UChar* units = pivot.data();
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter_->from.get(), &units, pivot.data() + pivot.size(), &source, end,
                       nullptr, static_cast<UBool>(last), &status);
        const UChar* from = pivot.data();
        std::array<char, 3 * 4096 + 16> bytes{};
        UErrorCode written = U_ZERO_ERROR;
        char* at = bytes.data();
        ucnv_fromUnicode(converter_->to.get(), &at, bytes.data() + bytes.size(), &from, units,
                         nullptr, 0, &written);
        out.append(bytes.data(), at);
    }
}

}  // namespace jedel::tables
