#include "dispatch/tables/csv.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "dispatch/tables/plausible.h"

namespace jedel::tables {

bool CsvRow::blank() const {
    for (std::size_t i = 0; i < count; ++i) {
        if (!trimmed(fields[i]).empty()) return false;
    }
    return true;
}

Result<std::size_t> find_column(const CsvRow& header, std::string_view name) {
    std::vector<std::size_t> exact, alike;
    const std::string wanted = folded(trimmed(name));
    for (std::size_t i = 0; i < header.count; ++i) {
        if (header[i] == name) exact.push_back(i);
        if (folded(trimmed(header[i])) == wanted) alike.push_back(i);
    }
    const auto& found = exact.empty() ? alike : exact;
    if (found.size() == 1) return found[0];
    return Error{.message = found.empty() ? "the header has no column of this name"
                                          : "the header has this name twice, in columns " +
                                                std::to_string(found[0] + 1) + " and " +
                                                std::to_string(found[1] + 1),
                 .where = {}, .line = header.line, .field = std::string{name}};
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

Error CsvReader::placed(Error error) const {
    error.where = path_;
    return error;
}

Result<void> CsvReader::refill() {
    buffer_.erase(0, start_);
    start_ = 0;
    // Half as much again as there is, so that a long row is not parsed anew for every piece.
    const std::size_t chunk = std::max<std::size_t>(1 << 16, buffer_.size() / 2);
    const std::size_t had = buffer_.size();
    std::string raw(chunk, '\0');
    const std::size_t got = std::fread(raw.data(), 1, chunk, file_.get());
    raw.resize(got);
    if (got < chunk) {
        if (std::ferror(file_.get()) != 0) {
            return Error{.message = "reading failed part way", .where = path_, .line = line_};
        }
        ended_ = true;
    }
    if (streams_) decoder_->stream(raw, ended_, buffer_);
    else buffer_ += raw;
    if (ended_ && buffer_.size() > had && buffer_.ends_with('\x1A')) buffer_.pop_back();
    return {};
}

bool CsvReader::take_field(CsvRow& row, std::string_view raw, bool marked) {
    if (row.count >= format_.fields_max) {
        row.problem = CsvProblem{line_, row.count + 1, "more fields than a row may have"};
        return false;
    }
    if (row.fields.size() <= row.count) row.fields.emplace_back();
    std::string& field = row.fields[row.count];
    ++row.count;
    const bool ascii = !marked && std::all_of(raw.begin(), raw.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
    });
    if (ascii) {
        field.assign(raw);
    } else if (!decoder_->field(raw, field)) {
        row.problem = CsvProblem{line_, row.count, "expected " + found_.encoding +
                                                       ", found other bytes"};
        return false;
    } else if (found_.encoding != "utf-8" && !streams_ && is_utf8(raw)) {
        // One row pasted from elsewhere: UTF-8 that reads as words, as no other encoding does.
        const Plausibility as_utf8 = judge(raw);
        if (as_utf8.total() > 1 && as_utf8.share() > std::max(sure_share, judge(field).share())) {
            row.problem = CsvProblem{line_, row.count, "expected " + found_.encoding +
                                                           ", found utf-8"};
            return false;
        }
    }
    if (field.size() > format_.characters_max && characters(field) > format_.characters_max) {
        row.problem = CsvProblem{line_, row.count, "longer than " +
                                                       std::to_string(format_.characters_max) +
                                                       " characters"};
        return false;
    }
    return true;
}

bool CsvReader::line_ends(std::size_t at) const {
    return buffer_[at] == line_end_ ||
           (buffer_[at] == '\r' && at + 1 < buffer_.size() && buffer_[at + 1] == '\n');
}

/// A quoted field from the quote at `i` on, into `scratch_`; false with `outcome` when not.
bool CsvReader::read_quoted(CsvRow& row, std::size_t& i, bool at_end, Parse& outcome) {
    const std::size_t end = buffer_.size();
    scratch_.clear();
    ++i;
    outcome = Parse::more;
    while (true) {
        const std::size_t quote = buffer_.find('"', i);
        if (quote == std::string::npos || (quote + 1 == end && !at_end)) {
            if (!at_end) return false;
            if (quote == std::string::npos) {
                row.problem = CsvProblem{line_, row.count + 1, "a quote is never closed"};
                outcome = Parse::unsound;
                return false;
            }
        }
        for (std::size_t k = i; k < quote; ++k) lines_in_row_ += buffer_[k] == line_end_ ? 1 : 0;
        scratch_.append(buffer_, i, quote - i);
        i = quote + 1;
        if (i >= end || buffer_[i] != '"') break;
        scratch_.push_back('"');
        ++i;
    }
    if (i < end && buffer_[i] == '\r' && i + 1 == end && !at_end) return false;
    // Blanks between the closing quote and the delimiter mean nothing.
    std::size_t after = i;
    while (after < end && buffer_[after] == ' ' && format_.delimiter != ' ') ++after;
    if (after == end && !at_end) return false;
    if (after == end || buffer_[after] == format_.delimiter || line_ends(after)) i = after;
    if (i < end && buffer_[i] != format_.delimiter && !line_ends(i)) {
        row.problem = CsvProblem{line_, row.count + 1, "text after the closing quote"};
        outcome = Parse::unsound;
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
    while (true) {
        std::string_view raw;
        if (i < end && buffer_[i] == '"') {
            Parse outcome = Parse::more;
            if (!read_quoted(row, i, at_end, outcome)) return outcome;
            raw = scratch_;
        } else {
            const std::size_t from = i;
            while (i < end && buffer_[i] != format_.delimiter && buffer_[i] != line_end_) ++i;
            if (i == end && !at_end) return Parse::more;
            std::size_t to = i;
            if (to > from && buffer_[to - 1] == '\r' && (i == end || buffer_[i] == '\n')) --to;
            raw = std::string_view{buffer_}.substr(from, to - from);
            if (i == end && row.count == 0 && raw.empty()) {
                parsed_ = end;
                return Parse::blank;
            }
        }
        if (!take_field(row, raw, streams_)) return Parse::unsound;
        if (i < end && buffer_[i] == format_.delimiter) {
            ++i;
            continue;
        }
        if (i < end && buffer_[i] == '\r' && line_end_ == '\n') ++i;
        if (i < end) ++i;  // the line's end
        parsed_ = i;
        ++lines_in_row_;
        return row.count == 1 && row.fields[0].empty() ? Parse::blank : Parse::row;
    }
}

/// To the next line, however far it is: what lies between is not kept.
Result<void> CsvReader::skip_line() {
    std::size_t feed = buffer_.find(line_end_, start_);
    while (feed == std::string::npos && !ended_) {
        start_ = buffer_.size();
        if (auto filled = refill(); !filled) return filled;
        feed = buffer_.find(line_end_, start_);
    }
    start_ = feed == std::string::npos ? buffer_.size() : feed + 1;
    ++line_;
    return {};
}

Result<bool> CsvReader::next(CsvRow& row) {
    if (!begun_) {
        if (auto begun = begin(); !begun) return begun.error();
    }
    while (true) {
        if (start_ >= buffer_.size() && ended_) return false;
        Parse outcome = parse(row, ended_);
        const std::size_t bytes =
            (outcome == Parse::more ? buffer_.size() : parsed_) - start_;
        if (outcome != Parse::unsound && bytes > format_.row_bytes_max) {
            row.problem = CsvProblem{line_, outcome == Parse::more ? row.count + 1 : 0,
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
                if (auto skipped = skip_line(); !skipped) return skipped.error();
                return true;
        }
    }
}

}  // namespace jedel::tables
