#pragma once
// The hash chain: each event's hash covers the hash before it and every one of its columns.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jedel {

/// BLAKE2b-256 over the previous hash and the event's canonical text.
using Hash = std::array<unsigned char, 32>;

/// Where a journal stands.
struct Head {
    std::uint64_t seq = 0;
    Hash hash{};
    friend bool operator==(const Head&, const Head&) = default;
};

/// One row of the event table as it is stored, before decoding.
struct StoredEvent {
    std::uint64_t seq = 0;
    std::int64_t at_ms = 0;
    std::string_view actor, seat, command_id, kind;
    int version = 0;
    std::string_view payload;
    /// Digests of the personal rows stored with the event ("REF:DIGEST;…"); empty for most, and
    /// for all events of format 1.
    std::string_view attached;
};

/// BLAKE2b-256 (RFC 7693) of bytes.
Hash hash_of(std::string_view bytes);
/// BLAKE2b-256 over `previous` and the canonical encoding of the row: integers as 8 bytes
/// little-endian, texts as their length and their bytes; `attached` only where there is something,
/// so that events of format 1 keep their hashes. `buffer` is scratch, reused.
Hash chain_hash(const Hash& previous, const StoredEvent& event, std::string& buffer);

std::string to_hex(std::span<const unsigned char> bytes);
std::optional<Hash> hash_from_hex(std::string_view hex);
/// The bytes that a hex text of any even length stands for; nullopt for anything else.
std::optional<std::string> bytes_from_hex(std::string_view hex);

/// Integers as 8 bytes little-endian, texts as their length and their bytes.
void put_bytes(std::string& out, std::uint64_t value);
void put_bytes(std::string& out, std::string_view text);

}  // namespace jedel
