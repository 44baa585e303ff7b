// Any bytes as a CSV file in one of several encodings: rows of UTF-8, problems or one refusal.

#include <cstdint>
#include <string>

#include "dispatch/tables/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jedel::tables;
    if (size == 0) return 0;
    constexpr const char* encodings[] = {"auto", "utf-8", "windows-1251", "utf-16", "gb18030"};
    CsvFormat format{.encoding = encodings[data[0] % 5], .row_bytes_max = 4096};
    if ((data[0] & 0x20) != 0) format.delimiter = ';';
    if ((data[0] & 0x40) != 0) format.columns = {"id", "received"};
    CsvReader reader =
        CsvReader::over({reinterpret_cast<const char*>(data) + 1, size - 1}, format);
    CsvRow row;
    for (std::size_t rows = 0;; ++rows) {
        const auto more = reader.next(row);
        if (!more || !*more) return 0;
        // UTF-16 may make three bytes of two, and never more rows than bytes.
        if (rows > 2 * size) __builtin_trap();
        if (row.problem) continue;
        for (std::size_t i = 0; i < row.count; ++i) {
            if (!is_utf8(row.fields[i])) __builtin_trap();
        }
    }
}
