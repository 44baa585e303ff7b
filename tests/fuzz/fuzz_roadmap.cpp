// Any bytes as a road map file: an error, or a map that writes itself as it was read.

#include <cstdint>
#include <string_view>

#include "dispatch/roads/roadmap.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jedel::roads;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto map = read_roadmap(bytes, "roads.bin");
    if (!map && map.error().message.empty()) __builtin_trap();
    if (map) (void)write_roadmap(*map);
    return 0;
}
