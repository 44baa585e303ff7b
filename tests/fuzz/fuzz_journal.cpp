// Any bytes as exported lines on their way into a journal: taken whole or refused by line, never a
// crash. The first byte chooses whether the guard of JSON texts is tried alone.

#include <cstdint>
#include <sstream>
#include <string>

#include "dispatch/journal/journal.h"
#include "dispatch/journal/json_guard.h"
#include "dispatch/journal/rows.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jedel;
    if (size == 0 || size > 256 * 1024) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 2 == 0) {
        (void)check_json(text).ok();
        (void)attached_digests(text);
        return 0;
    }
    std::istringstream in{text};
    (void)import_journal("sqlite::memory:", in).ok();
    return 0;
}
