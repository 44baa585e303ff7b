#include "dispatch/exercise/csv.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace jedel::exercise {

bool is_utf8(std::string_view bytes) {
    std::size_t i = 0;
    while (i < bytes.size()) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        std::size_t length = 0;
        std::uint32_t value = 0;
        std::uint32_t least = 0;
        if ((lead & 0xE0) == 0xC0) {
            length = 2, value = lead & 0x1F, least = 0x80;
        } else if ((lead & 0xF0) == 0xE0) {
            length = 3, value = lead & 0x0F, least = 0x800;
        } else if ((lead & 0xF8) == 0xF0) {
            length = 4, value = lead & 0x07, least = 0x10000;
        } else {
            return false;
        }
        if (i + length > bytes.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xC0) != 0x80) return false;
            value = value << 6 | (next & 0x3F);
        }
        if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
        i += length;
    }
    return true;
}

std::string utf8_from_latin1(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out.push_back(c);
        } else {
            out.push_back(static_cast<char>(0xC0 | byte >> 6));
            out.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
        }
    }
    return out;
}

Result<CsvReader> CsvReader::open(const std::string& path, const CsvFormat& format) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return Error{.message = "expected a CSV file, found a folder", .where = path};
    }
    CsvReader reader{format};
    reader.path_ = path;
    reader.file_.reset(std::fopen(path.c_str(), "rb"));
    if (!reader.file_) {
        return Error{.message = std::string{"cannot be read: "} + std::strerror(errno),
                     .where = path};
    }
    return reader;
}

CsvReader CsvReader::over(std::string text, const CsvFormat& format) {
    CsvReader reader{format};
    reader.buffer_ = std::move(text);
    reader.ended_ = true;
    return reader;
}

Result<void> CsvReader::refill() {
    buffer_.erase(0, start_);
    start_ = 0;
    constexpr std::size_t chunk = 1 << 16;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + chunk);
    const std::size_t got = std::fread(buffer_.data() + had, 1, chunk, file_.get());
    buffer_.resize(had + got);
    if (got < chunk) {
        if (std::ferror(file_.get()) != 0) {
            return Error{.message = "reading failed part way", .where = path_, .line = line_};
        }
        ended_ = true;
    }
    return {};
}

bool CsvReader::take_field(CsvRow& row, std::string_view raw) {
    if (row.count >= format_.fields_max) {
        row.problem = CsvProblem{line_, row.count + 1, "more fields than a row may have"};
        return false;
    }
    if (row.fields.size() <= row.count) row.fields.emplace_back();
    std::string& field = row.fields[row.count];
    ++row.count;
    if (format_.encoding == Encoding::latin_1) {
        field = utf8_from_latin1(raw);
    } else if (is_utf8(raw)) {
        field.assign(raw);
    } else if (format_.encoding == Encoding::automatic) {
        field = utf8_from_latin1(raw);
    } else {
        row.problem = CsvProblem{line_, row.count, "expected UTF-8, found other bytes"};
        return false;
    }
    return true;
}

CsvReader::Parse CsvReader::parse(CsvRow& row, bool at_end) {
    row.line = line_;
    row.count = 0;
    row.problem.reset();
    lines_in_row_ = 0;
    std::size_t i = start_;
    const std::size_t end = buffer_.size();
    const auto line_ends = [&](std::size_t at) {
        return buffer_[at] == '\n' ||
               (buffer_[at] == '\r' && at + 1 < end && buffer_[at + 1] == '\n');
    };
    while (true) {
        std::string_view raw;
        if (i < end && buffer_[i] == '"') {
            scratch_.clear();
            ++i;
            while (true) {
                const std::size_t quote = buffer_.find('"', i);
                if (quote == std::string::npos || (quote + 1 == end && !at_end)) {
                    if (!at_end) return Parse::more;
                    row.problem = CsvProblem{line_, row.count + 1, "a quote is never closed"};
                    return Parse::unsound;
                }
                for (std::size_t k = i; k < quote; ++k) lines_in_row_ += buffer_[k] == '\n' ? 1 : 0;
                scratch_.append(buffer_, i, quote - i);
                i = quote + 1;
                if (i >= end || buffer_[i] != '"') break;
                scratch_.push_back('"');
                ++i;
            }
            raw = scratch_;
            if (i < end && buffer_[i] == '\r' && i + 1 == end && !at_end) return Parse::more;
            if (i < end && buffer_[i] != format_.delimiter && !line_ends(i)) {
                row.problem = CsvProblem{line_, row.count + 1, "text after the closing quote"};
                return Parse::unsound;
            }
        } else {
            const std::size_t from = i;
            while (i < end && buffer_[i] != format_.delimiter && buffer_[i] != '\n') ++i;
            if (i == end && !at_end) return Parse::more;
            std::size_t to = i;
            if (to > from && buffer_[to - 1] == '\r' && (i == end || buffer_[i] == '\n')) --to;
            raw = std::string_view{buffer_}.substr(from, to - from);
            if (i == end && row.count == 0 && raw.empty()) {
                parsed_ = end;
                return Parse::blank;
            }
        }
        if (!take_field(row, raw)) return Parse::unsound;
        if (i < end && buffer_[i] == format_.delimiter) {
            ++i;
            continue;
        }
        if (i < end && buffer_[i] == '\r') ++i;
        if (i < end) ++i;  // the line feed
        parsed_ = i;
        ++lines_in_row_;
        return row.count == 1 && row.fields[0].empty() ? Parse::blank : Parse::row;
    }
}

void CsvReader::skip_line() {
    const std::size_t feed = buffer_.find('\n', start_);
    start_ = feed == std::string::npos ? buffer_.size() : feed + 1;
    ++line_;
}

Result<bool> CsvReader::next(CsvRow& row) {
    if (!begun_) {
        begun_ = true;
        if (!ended_) {
            if (auto filled = refill(); !filled) return filled.error();
        }
        if (buffer_.starts_with("\xEF\xBB\xBF")) start_ = 3;
    }
    while (true) {
        if (start_ >= buffer_.size() && ended_) return false;
        Parse outcome = parse(row, ended_);
        if (outcome == Parse::more && buffer_.size() - start_ > format_.row_bytes_max) {
            row.problem = CsvProblem{line_, row.count + 1,
                                     "a quote is never closed, or the row is longer than " +
                                         std::to_string(format_.row_bytes_max) + " bytes"};
            outcome = Parse::unsound;
        }
        switch (outcome) {
            case Parse::more:
                if (auto filled = refill(); !filled) return filled.error();
                break;
            case Parse::blank:
                start_ = parsed_;
                line_ += lines_in_row_;
                break;
            case Parse::row:
                start_ = parsed_;
                line_ += lines_in_row_;
                return true;
            case Parse::unsound:
                // The end of this line may not be read yet.
                while (!ended_ && buffer_.find('\n', start_) == std::string::npos &&
                       buffer_.size() - start_ <= 2 * format_.row_bytes_max) {
                    if (auto filled = refill(); !filled) return filled.error();
                }
                skip_line();
                return true;
        }
    }
}

}  // namespace jedel::exercise
