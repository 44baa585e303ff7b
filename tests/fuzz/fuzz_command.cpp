// Any bytes as a command, an event's payload or a state: an error or a value that writes itself
// the same way again, never a crash.

#include <cstdint>
#include <iterator>
#include <string_view>

#include "dispatch/core/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jedel;
    if (size == 0 || size > 64 * 1024) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (const auto command = decode_command(text)) {
        const std::string once = encode_command(*command);
        const auto again = decode_command(once);
        if (!again || encode_command(*again) != once) __builtin_trap();
    }
    constexpr std::string_view kinds[] = {"call_received", "intake_recorded", "brigade_assigned",
                                          "status_reported", "triaged", "category_set",
                                          "road_changed", "road_restored"};
    if (const auto event = decode_payload(kinds[data[0] % std::size(kinds)], text)) {
        const std::string once = encode_payload(*event);
        const auto again = decode_payload(kind_of(*event), once);
        if (!again || encode_payload(*again) != once) __builtin_trap();
    }
    if (const auto state = decode_state(text)) (void)encode_state(*state);
    return 0;
}
