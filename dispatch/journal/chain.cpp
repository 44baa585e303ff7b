#include "dispatch/journal/chain.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>


namespace jedel {

void put_bytes(std::string& out, std::uint64_t value) {
    char bytes[8];
    for (char& byte : bytes) {
        byte = static_cast<char>(value & 0xff);
        value >>= 8;
    }
    out.append(bytes, sizeof bytes);
}

void put_bytes(std::string& out, std::string_view text) {
    put_bytes(out, static_cast<std::uint64_t>(text.size()));
    out.append(text);
}

Hash hash_of(std::string_view bytes) {
    // Picks the machine's fastest code, once; without it libsodium stays with its plainest.
    static const bool ready = sodium_init() >= 0;
    assert(ready);
    Hash out{};
    [[maybe_unused]] const int failed = crypto_generichash(
        out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
        nullptr, 0);
    assert(failed == 0);
    return out;
}

Hash chain_hash(const Hash& previous, const StoredEvent& event, std::string& buffer) {
    buffer.assign(reinterpret_cast<const char*>(previous.data()), previous.size());
    put_bytes(buffer, event.seq);
    put_bytes(buffer, static_cast<std::uint64_t>(event.at_ms));
    put_bytes(buffer, event.actor);
    put_bytes(buffer, event.seat);
    put_bytes(buffer, event.command_id);
    put_bytes(buffer, event.kind);
    put_bytes(buffer, static_cast<std::uint64_t>(event.version));
    put_bytes(buffer, event.payload);
    if (!event.attached.empty()) put_bytes(buffer, event.attached);
    return hash_of(buffer);
}

std::string to_hex(std::span<const unsigned char> bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> bytes_from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    };
    std::string out;
    out.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = digit(hex[i]), low = digit(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::optional<Hash> hash_from_hex(std::string_view hex) {
    Hash out{};
    const auto bytes = bytes_from_hex(hex);
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

}  // namespace jedel
