// How a CSV file is written: encoding, line ends, delimiter, and where its header stands.
#include <algorithm>
#include <array>

#include "dispatch/tables/csv.h"
#include "dispatch/tables/sniff.h"

namespace jedel::tables {
namespace {

constexpr std::size_t sample_bytes = 1 << 20;
constexpr int rows_tried = 30;
constexpr std::array<char, 4> delimiters{',', ';', '\t', '|'};

std::string shown(char delimiter) {
    return delimiter == '\t' ? "a tab" : "'" + std::string{delimiter} + "'";
}

/// How well a delimiter parts the first rows.
struct Trial {
    char delimiter = ',';
    std::size_t names = 0;    ///< of the wanted columns, in the row that has most of them
    std::size_t start = 0;    ///< of that row
    long line = 1;
    long unsound = 0;         ///< rows that cannot be read so: a quote ends within a field
    double alike = 0;         ///< share of rows with the most frequent number above one, less
                              ///< that of the unsound
    std::size_t fields = 0;   ///< that number
    [[nodiscard]] bool beats(const Trial& other) const {
        if (names != other.names) return names > other.names;
        if (alike != other.alike) return alike > other.alike;
        return fields > other.fields;
    }
};

/// The most frequent count above one and its share of all rows tried; of two the greater.
void summarise(const std::vector<std::size_t>& counts, Trial& trial) {
    std::size_t best = 0;
    for (const std::size_t c : counts) {
        if (c < 2) continue;
        const auto n = static_cast<std::size_t>(std::count(counts.begin(), counts.end(), c));
        if (n > best || (n == best && c > trial.fields)) {
            best = n;
            trial.fields = c;
        }
    }
    const auto rows = static_cast<double>(counts.size()) + static_cast<double>(trial.unsound);
    const double sound = static_cast<double>(best) - static_cast<double>(trial.unsound);
    if (rows > 0) trial.alike = sound / rows;
}

std::size_t names_in(const CsvRow& row, const std::vector<std::string>& wanted) {
    std::vector<std::string> have;
    for (std::size_t i = 0; i < row.count; ++i) have.push_back(folded(trimmed(row[i])));
    return static_cast<std::size_t>(
        std::count_if(wanted.begin(), wanted.end(), [&](const std::string& name) {
            return std::find(have.begin(), have.end(), name) != have.end();
        }));
}

}  // namespace

/// Excel's own: line 1 is sep=; and says what parts the fields.
void CsvReader::read_separator_line() {
    const std::string_view text = std::string_view{buffer_}.substr(start_);
    const std::size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos || end > 7) return;
    std::string_view line = text.substr(0, end);
    if (line.size() > 2 && line.front() == '"' && line.back() == '"') {
        line = line.substr(1, line.size() - 2);
    }
    if (line.size() != 5 || folded(line.substr(0, 4)) != "sep=") return;
    found_.separator_line = true;
    found_.delimiter = line[4];
    start_ += end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    ++line_;
}

/// CR alone ends lines where, outside quotes, no LF does.
void CsvReader::find_line_ends() {
    bool quoted = false;
    long returns = 0;
    for (std::size_t i = start_; i < buffer_.size(); ++i) {
        if (buffer_[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (buffer_[i] == '\n') return;
        returns += buffer_[i] == '\r' ? 1 : 0;
    }
    found_.carriage_returns = returns > 0 && !quoted;
    if (found_.carriage_returns) line_end_ = '\r';
}

void CsvReader::find_header() {
    const std::size_t start = start_;
    const long line = line_;
    std::vector<std::string> wanted;
    for (const std::string& name : format_.columns) wanted.push_back(folded(trimmed(name)));
    Trial best;
    bool any = false;
    CsvRow row;
    for (const char delimiter : delimiters) {
        if (format_.delimiter != '\0' && delimiter != delimiters[0]) break;
        const char given = format_.delimiter;
        Trial trial{.delimiter = given != '\0' ? given : delimiter, .start = start, .line = line};
        format_.delimiter = trial.delimiter;
        std::vector<std::size_t> counts;
        for (int n = 0; n < rows_tried && start_ < buffer_.size(); ++n) {
            const Parse outcome = parse(row, ended_);
            if (outcome == Parse::more) break;
            if (outcome == Parse::unsound) {
                const std::size_t feed = buffer_.find(line_end_, start_);
                if (feed == std::string::npos) break;
                parsed_ = feed + 1;
                lines_in_row_ = 1;
                ++trial.unsound;
            }
            if (outcome == Parse::row) {
                counts.push_back(row.count);
                if (const std::size_t names = names_in(row, wanted); names > trial.names) {
                    trial.names = names;
                    trial.start = start_;
                    trial.line = line_;
                }
            }
            start_ = parsed_;
            line_ += lines_in_row_;
        }
        format_.delimiter = given;
        start_ = start;
        line_ = line;
        summarise(counts, trial);
        if (!any || trial.beats(best)) best = trial;
        any = true;
    }
    format_.delimiter = found_.delimiter = best.delimiter;
    start_ = best.start;
    line_ = best.line;
}

Result<void> CsvReader::begin() {
    begun_ = true;
    while (!ended_ && buffer_.size() < sample_bytes) {
        if (auto filled = refill(); !filled) return filled;
    }
    std::string xml;
    std::string kind = kind_of_file(buffer_, xml);
    if (kind.empty() && xml == "gpx") kind = "GPX";
    if (!kind.empty()) {
        return placed({.message = "expected comma-separated values, found " + kind, .where = {},
                       .line = 1});
    }
    auto encoding = find_encoding(buffer_, ended_, format_.encoding);
    if (!encoding) return placed(encoding.error());
    auto decoder = Decoder::named(encoding->name);
    if (!decoder) return placed(decoder.error());
    found_.encoding = encoding->name;
    found_.guessed = encoding->guessed;
    decoder_ = std::move(*decoder);
    buffer_.erase(0, encoding->mark);
    streams_ = decoder_->needs_stream();
    if (streams_) {
        std::string text;
        decoder_->stream(buffer_, ended_, text);
        buffer_ = std::move(text);
    }
    if (ended_ && buffer_.ends_with('\x1A')) buffer_.pop_back();
    read_separator_line();
    if (found_.separator_line) {
        if (format_.delimiter != '\0' && format_.delimiter != found_.delimiter) {
            return placed({.message = "declared as parted by " + shown(format_.delimiter) +
                                      ", but line 1 says " + shown(found_.delimiter),
                           .where = {}, .line = 1, .field = "delimiter"});
        }
        format_.delimiter = found_.delimiter;
    }
    find_line_ends();
    find_header();
    found_.first_line = line_;
    return {};
}

}  // namespace jedel::tables
