#pragma once
// Comma-separated values as RFC 4180 has them, read row by row with bounded memory.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.h"
#include "base/result.h"

namespace jedel::exercise {

enum class Encoding : std::uint8_t {
    automatic,  ///< UTF-8 where a field is valid UTF-8, else Latin-1
    utf_8,      ///< a field that is not valid UTF-8 makes its row unreadable
    latin_1,
};

struct CsvFormat {
    char delimiter = ',';
    Encoding encoding = Encoding::automatic;
    std::size_t row_bytes_max = 1 << 20;
    std::size_t fields_max = 1024;
};

/// What makes one row unreadable: 1-based line, 1-based field (0: the whole row).
struct CsvProblem {
    long line = 0;
    std::size_t field = 0;
    std::string message;
};

/// One row; its strings are reused from row to row. Fields are always valid UTF-8.
struct CsvRow {
    long line = 0;  ///< 1-based line the row starts on
    std::size_t count = 0;
    std::vector<std::string> fields;  ///< the first `count` hold the row
    std::optional<CsvProblem> problem;  ///< set: `fields` are not to be used
    [[nodiscard]] std::string_view operator[](std::size_t i) const {
        return i < count ? std::string_view{fields[i]} : std::string_view{};
    }
};

/// Reads CR LF and LF, a leading byte order mark, quoted fields with doubled quotes and line
/// breaks. A quote inside an unquoted field is text. After a row that cannot be read it goes on
/// at the next line, so that one lost quote costs one line and not the rest of the file.
/// Not thread-safe.
class CsvReader {
public:
    static Result<CsvReader> open(const std::string& path, const CsvFormat& format);
    /// Reads from memory (tests, fuzzing).
    static CsvReader over(std::string text, const CsvFormat& format);

    /// The next row that is not blank; false at the end. An error only when the disk fails.
    Result<bool> next(CsvRow& row);

private:
    struct CloseFile {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    enum class Parse : std::uint8_t { row, blank, more, unsound };
    explicit CsvReader(const CsvFormat& format) : format_(format) {}
    Parse parse(CsvRow& row, bool at_end);
    bool take_field(CsvRow& row, std::string_view raw);
    void skip_line();
    Result<void> refill();

    CsvFormat format_;
    std::string path_;
    std::unique_ptr<std::FILE, CloseFile> file_;
    std::string buffer_;
    std::size_t start_ = 0;  ///< of the present row in `buffer_`
    std::size_t parsed_ = 0;  ///< end of the present row
    long line_ = 1;
    long lines_in_row_ = 0;
    bool ended_ = false;
    bool begun_ = false;
    std::string scratch_;
};

/// True when the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);
/// Latin-1 bytes as UTF-8.
std::string utf8_from_latin1(std::string_view bytes);

}  // namespace jedel::exercise

template <>
struct jedel::EnumNames<jedel::exercise::Encoding> {
    static constexpr std::array<std::string_view, 3> names{"auto", "utf-8", "latin-1"};
};
