// Any bytes as a GPX file: segments whose times rise, or an error.

#include <cstdint>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "dispatch/calibration/gpx.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const int file = ::memfd_create("fuzz", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) < 0) return 0;
    const auto read = jedel::calibration::read_gpx(path);
    if (!read) return 0;
    for (const auto& segment : read->segments) {
        for (std::size_t i = 1; i < segment.size(); ++i) {
            if (segment[i].fix.time <= segment[i - 1].fix.time) __builtin_trap();
        }
    }
    return 0;
}
