#pragma once
// Comma-separated values as RFC 4180 has them and as spreadsheets and other programs write them,
// read row by row with bounded memory. The one reader of CSV here.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "dispatch/tables/encoding.h"
#include "dispatch/tables/text.h"

namespace jedel::tables {

struct CsvFormat {
    char delimiter = '\0';          ///< NUL: found, of , ; tab |
    std::string encoding = "auto";  ///< or any name ICU knows; see find_encoding
    std::size_t row_bytes_max = limits::line_bytes_max;
    std::size_t fields_max = limits::columns_max;
    std::size_t characters_max = limits::text_max;  ///< of one field
    /// Names of columns that the header has (compared without case and blanks). With them the
    /// delimiter is the one that parts them, and lines of title before the header are passed over.
    std::vector<std::string> columns;
};

/// How the file is written, as far as it was found and not declared.
struct CsvFound {
    std::string encoding;
    bool guessed = false;  ///< the encoding, by the words
    char delimiter = ',';
    bool separator_line = false;  ///< line 1 says "sep=;"
    bool carriage_returns = false;  ///< lines end with CR alone
    long first_line = 1;   ///< of the first row; lines of title stand before it
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
    /// True when every field is blank: what a spreadsheet writes for an empty line.
    [[nodiscard]] bool blank() const;
};

/// Index of the column of this name: the exact one, else the one that is the same without case
/// and blanks. An error (without place) when there is none, or more than one.
Result<std::size_t> find_column(const CsvRow& header, std::string_view name);

/// Reads LF, CR LF or CR alone, a byte order mark, "sep=;", quoted fields with doubled quotes and
/// line breaks, and DOS's Ctrl-Z at the end. A quote inside an unquoted field is text. After a row
/// that cannot be read it goes on at the next line, so that one lost quote or one row in another
/// encoding costs one line and not the rest of the file. Not thread-safe.
class CsvReader {
public:
    static Result<CsvReader> open(const std::string& path, const CsvFormat& format);
    /// Reads from memory (tests, fuzzing).
    static CsvReader over(std::string text, const CsvFormat& format);

    /// The next row that is not blank; false at the end. An error when the disk fails, when the
    /// file is of another kind, or when its encoding cannot be told or is not what was declared.
    Result<bool> next(CsvRow& row);
    /// Known from the first `next` on.
    [[nodiscard]] const CsvFound& found() const { return found_; }

private:
    struct CloseFile {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    enum class Parse : std::uint8_t { row, blank, more, unsound };
    explicit CsvReader(const CsvFormat& format) : format_(format) {}
    Parse parse(CsvRow& row, bool at_end);
    bool take_field(CsvRow& row, std::string_view raw, bool marked);
    bool read_quoted(CsvRow& row, std::size_t& i, bool at_end, Parse& outcome);
    [[nodiscard]] bool line_ends(std::size_t at) const;
    Result<void> skip_line();
    Result<void> refill();
    Result<void> begin();
    void read_separator_line();
    void find_line_ends();
    void find_header();
    Error placed(Error error) const;

    CsvFormat format_;
    CsvFound found_;
    std::string path_;
    std::unique_ptr<std::FILE, CloseFile> file_;
    std::optional<Decoder> decoder_;
    bool streams_ = false;    ///< the buffer holds decoded text
    std::string buffer_;
    std::size_t start_ = 0;   ///< of the present row in `buffer_`
    std::size_t parsed_ = 0;  ///< end of the present row
    char line_end_ = '\n';
    long line_ = 1;
    long lines_in_row_ = 0;
    bool ended_ = false;
    bool begun_ = false;
    std::string scratch_;
};

}  // namespace jedel::tables
