#pragma once
// roads.bin: magic, version, size and CRC-32 of the payload, then the payload as varints; places
// as differences from the one before. What its writer and its reader share.

#include <zlib.h>

#include <cstdint>
#include <string_view>

namespace jedel::roads::roadmap_format {

inline constexpr std::string_view magic = "JEDELMAP";
// 2 has bans of paths at its end; 3 has also last stretches, delays and roads beyond reach. A map
// without any of these is written as 1 or 2, the same bytes as ever.
inline constexpr std::uint32_t version_plain = 1, version_paths = 2, version = 3;
inline constexpr std::uint8_t flag_last_stretch = 32, flag_delay = 64;
inline constexpr std::size_t header_bytes = 8 + 4 + 8 + 4;

inline std::uint32_t checksum(std::string_view bytes) {
    uLong crc = crc32_z(0, nullptr, 0);
    crc = crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    return static_cast<std::uint32_t>(crc);
}

}  // namespace jedel::roads::roadmap_format
