#pragma once
// The hash chain: each event's hash covers the hash before it and every one of its columns.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dispatch/journal/journal.h"

namespace jedel {

/// One row of the event table as it is stored, before decoding.
struct StoredEvent {
    std::uint64_t seq = 0;
    std::int64_t at_ms = 0;
    std::string_view actor, seat, command_id, kind;
    int version = 0;
    std::string_view payload;
};

/// BLAKE2b-256 (RFC 7693) of bytes.
Hash hash_of(std::string_view bytes);
/// BLAKE2b-256 over `previous` and the canonical encoding of the row: integers as 8 bytes
/// little-endian, texts as their length and their bytes. `buffer` is scratch, reused.
Hash chain_hash(const Hash& previous, const StoredEvent& event, std::string& buffer);

std::string to_hex(std::span<const unsigned char> bytes);
std::optional<Hash> hash_from_hex(std::string_view hex);

}  // namespace jedel
