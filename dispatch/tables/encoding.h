#pragma once
// Encodings of files: which one it is, and its bytes as UTF-8.

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel::tables {

/// True for "auto" and for every name that ICU knows: utf-8, utf-16, windows-1251, koi8-r …
bool is_encoding(const std::string& name);

struct FoundEncoding {
    std::string name;
    std::size_t mark = 0;   ///< bytes of a byte order mark before the text
    bool guessed = false;   ///< found by the words, neither declared nor marked
};

/// The encoding of a file whose beginning is `sample` (`whole`: all of it). "auto" takes a byte
/// order mark, UTF-16 by its zero bytes, UTF-8 where most lines that are not ASCII are UTF-8, else
/// the encoding whose words read as words, where another reads nearly as well only if ICU's
/// detector agrees. An error when none does, when more than one could, or when what was declared
/// reads as nonsense.
Result<FoundEncoding> find_encoding(std::string_view sample, bool whole,
                                    const std::string& declared);

/// Bytes of one encoding as UTF-8. Not thread-safe.
class Decoder {
public:
    static Result<Decoder> named(const std::string& name);
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;
    ~Decoder();

    [[nodiscard]] const std::string& name() const { return name_; }
    /// False: one byte is one character and ASCII is ASCII, so that a file may be cut into fields
    /// before it is decoded. True: feed the file through `stream` first.
    [[nodiscard]] bool needs_stream() const { return converter_ != nullptr; }
    /// One field. False when its bytes are not of this encoding (`out` is then not to be used).
    bool field(std::string_view raw, std::string& out) const;
    /// The next bytes of a file, appended to `out`; what is not of this encoding becomes U+FFFD.
    void stream(std::string_view raw, bool last, std::string& out);

private:
    struct Converter;
    Decoder();
    std::string name_;
    bool utf8_ = false;
    std::unique_ptr<Converter> converter_;      ///< null: single bytes, or UTF-8
    std::array<std::string, 256> characters_;   ///< empty: no character of this encoding
};

}  // namespace jedel::tables
