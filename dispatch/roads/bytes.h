#pragma once
// Varint bytes: what roads.bin is made of. Internal to this folder.

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace jedel::roads {

/// Small numbers of either sign become small unsigned ones.
constexpr std::uint64_t zigzag(std::int64_t v) {
    return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t v) {
    return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
}

class ByteWriter {
public:
    void u8(std::uint8_t v) { out_.push_back(static_cast<char>(v)); }
    void fixed32(std::uint32_t v) {
        for (int i = 0; i < 4; ++i) u8(static_cast<std::uint8_t>(v >> (8 * i)));
    }
    void fixed64(std::uint64_t v) {
        for (int i = 0; i < 8; ++i) u8(static_cast<std::uint8_t>(v >> (8 * i)));
    }
    void number(std::uint64_t v) {
        while (v >= 0x80) {
            u8(static_cast<std::uint8_t>(v | 0x80));
            v >>= 7;
        }
        u8(static_cast<std::uint8_t>(v));
    }
    void signed_number(std::int64_t v) { number(zigzag(v)); }
    void real32(float v) { fixed32(std::bit_cast<std::uint32_t>(v)); }
    void text(std::string_view v) {
        number(v.size());
        out_.append(v);
    }
    void raw(std::string_view v) { out_.append(v); }
    [[nodiscard]] std::string take() { return std::move(out_); }
    [[nodiscard]] const std::string& bytes() const { return out_; }

private:
    std::string out_;
};

/// Reads what ByteWriter wrote. After the first bad read every further one gives zero and
/// `failed()` stays true.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

    std::uint8_t u8() {
        if (failed_ || at_ >= bytes_.size()) {
            failed_ = true;
            return 0;
        }
        return static_cast<std::uint8_t>(bytes_[at_++]);
    }
    std::uint32_t fixed32() {
        std::uint32_t v = 0;
        for (int i = 0; i < 4; ++i) v |= static_cast<std::uint32_t>(u8()) << (8 * i);
        return v;
    }
    std::uint64_t fixed64() {
        std::uint64_t v = 0;
        for (int i = 0; i < 8; ++i) v |= static_cast<std::uint64_t>(u8()) << (8 * i);
        return v;
    }
    std::uint64_t number() {
        std::uint64_t v = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t b = u8();
            v |= static_cast<std::uint64_t>(b & 0x7f) << shift;
            if ((b & 0x80) == 0) return v;
        }
        failed_ = true;
        return 0;
    }
    std::int64_t signed_number() { return unzigzag(number()); }
    float real32() { return std::bit_cast<float>(fixed32()); }
    std::string text() {
        const std::uint64_t size = number();
        if (failed_ || size > left()) {
            failed_ = true;
            return {};
        }
        std::string v{bytes_.substr(at_, size)};
        at_ += size;
        return v;
    }
    /// A count of elements that take at least `least_bytes` each: a damaged count cannot make
    /// the reader reserve more than the file could hold.
    std::size_t count(std::size_t least_bytes) {
        const std::uint64_t n = number();
        if (failed_ || n > left() / least_bytes) {
            failed_ = true;
            return 0;
        }
        return n;
    }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

}  // namespace jedel::roads
