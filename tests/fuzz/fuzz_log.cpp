// Any bytes as a mapping with a log behind it (parted by a zero byte): calls in order, or errors.

#include <cstdint>
#include <string>

#include "dispatch/exercise/recorded.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jedel::exercise;
    const std::string text{reinterpret_cast<const char*>(data), size};
    static const std::string usual = "name = \"x\"\n[time]\nzone = \"Asia/Almaty\"\n[columns]\n"
                                     "id = 1\nreceived = 2\nhanded_over = 3\nfree = 4\n"
                                     "age_years = 5\nsex = 6\nlat = 7\nlon = 8\n[file]\n"
                                     "header = false\nsame_id = \"join\"\n";
    const std::size_t zero = text.find('\0');
    const auto mapping = parse_mapping(zero == std::string::npos ? usual : text.substr(0, zero),
                                       "m.toml");
    if (!mapping) return 0;
    const auto log = read_log_text(zero == std::string::npos ? text : text.substr(zero + 1),
                                   "log.csv", *mapping);
    if (!log) return 0;
    for (std::size_t i = 1; i < log->calls.size(); ++i) {
        if (log->calls[i].begins() < log->calls[i - 1].begins()) __builtin_trap();
    }
    for (const RecordedCall& call : log->calls) {
        if (call.travel_ms.known() && call.travel_ms.value < 0) __builtin_trap();
    }
    return 0;
}
