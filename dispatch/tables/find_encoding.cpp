// Which encoding a file has.
#include <algorithm>
#include <optional>
#include <vector>

#include <unicode/ucsdet.h>

#include "dispatch/tables/encoding.h"
#include "dispatch/tables/plausible.h"
#include "dispatch/tables/text.h"

namespace jedel::tables {
namespace {

constexpr std::size_t judged_bytes_max = 256 * 1024;

struct Mark {
    std::string_view bytes;
    const char* name;
};
// The longer first: UTF-32's little-endian mark begins with UTF-16's.
constexpr std::array<Mark, 5> marks{{{{"\xFF\xFE\0\0", 4}, "utf-32le"},
                                     {{"\0\0\xFE\xFF", 4}, "utf-32be"},
                                     {"\xEF\xBB\xBF", "utf-8"},
                                     {"\xFF\xFE", "utf-16le"},
                                     {"\xFE\xFF", "utf-16be"}}};

bool is_ascii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// UTF-16 without a mark: of digits and separators every second byte is zero.
std::optional<std::string> wide(std::string_view sample) {
    const std::size_t pairs = std::min<std::size_t>(sample.size(), 4096) / 2;
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < pairs; ++i) {
        even += sample[2 * i] == '\0' ? 1 : 0;
        odd += sample[2 * i + 1] == '\0' ? 1 : 0;
    }
    if (odd * 10 > pairs && even * 100 <= pairs) return "utf-16le";
    if (even * 10 > pairs && odd * 100 <= pairs) return "utf-16be";
    return std::nullopt;
}

/// Lines that are not ASCII, by whether they are UTF-8.
struct Lines {
    std::string utf8, other;
    long utf8_lines = 0, other_lines = 0;
};

Lines lines_of(std::string_view sample, bool whole) {
    Lines out;
    while (!sample.empty()) {
        const std::size_t end = sample.find_first_of("\n\r");
        if (end == std::string_view::npos && !whole && out.utf8_lines + out.other_lines > 0) break;
        const std::string_view line = sample.substr(0, end);
        sample.remove_prefix(std::min(sample.size(), line.size() + 1));
        if (is_ascii(line)) continue;
        const bool sound = is_utf8(line);
        ++(sound ? out.utf8_lines : out.other_lines);
        std::string& text = sound ? out.utf8 : out.other;
        if (text.size() < judged_bytes_max) text.append(line.substr(0, 8192)) += '\n';
    }
    return out;
}

struct Candidate {
    std::string name;
    std::string text;
    Plausibility verdict;
};

std::optional<Candidate> read_as(const std::string& name, std::string_view bytes) {
    auto decoder = Decoder::named(name);
    if (!decoder) return std::nullopt;
    Candidate out{.name = name, .text = {}, .verdict = {}};
    if (decoder->needs_stream()) {
        decoder->stream(bytes, true, out.text);
    } else {
        std::string one;
        for (const char c : bytes) {
            out.text += decoder->field({&c, 1}, one) ? one : "\xEF\xBF\xBD";
        }
    }
    out.verdict = judge(out.text);
    return out;
}

/// Names that ICU's detector thinks of, the most likely first.
std::vector<std::string> detected(std::string_view bytes) {
    std::vector<std::string> out;
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector* detector = ucsdet_open(&status);
    ucsdet_setText(detector, bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    std::int32_t count = 0;
    const UCharsetMatch** matches = ucsdet_detectAll(detector, &count, &status);
    for (std::int32_t i = 0; U_SUCCESS(status) && i < std::min(count, 4); ++i) {
        if (ucsdet_getConfidence(matches[i], &status) < 20) break;
        std::string name = ucsdet_getName(matches[i], &status);
        if (name == "ISO-8859-1") name = "windows-1252";
        if (!name.starts_with("UTF-")) out.push_back(std::move(name));
    }
    ucsdet_close(detector);
    return out;
}

std::string without_dashes(std::string name) {
    std::erase_if(name, [](char c) { return c == '-' || c == '_'; });
    return name;
}

std::string sample_of(const std::string& text) {
    return shortened(std::string_view{text}.substr(0, text.find('\n')));
}

/// Candidates by how well they read, the best first; each reading once.
std::vector<Candidate> candidates(std::string_view bytes, const std::vector<std::string>& icu) {
    std::vector<std::string> names{"windows-1251", "koi8-r",         "ibm866",
                                   "iso-8859-5",   "x-mac-cyrillic", "windows-1252"};
    for (const std::string& name : icu) {
        const bool known = std::any_of(names.begin(), names.end(), [&](const std::string& have) {
            return folded(have) == folded(name);
        });
        if (!known) names.push_back(name);
    }
    std::vector<Candidate> out;
    for (const std::string& name : names) {
        auto read = read_as(name, bytes);
        if (!read || read->verdict.total() == 0) continue;
        const bool twice = std::any_of(out.begin(), out.end(), [&](const Candidate& c) {
            return c.text == read->text;
        });
        if (!twice) out.push_back(std::move(*read));
    }
    std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
        return a.verdict.share() > b.verdict.share();
    });
    return out;
}

Error undecided(const std::string& message) {
    return {.message = message + "; declare it: windows-1251, koi8-r, ibm866, windows-1252 …",
            .where = {}, .line = 0, .field = "encoding"};
}

Result<FoundEncoding> by_words(std::string_view bytes) {
    const std::vector<std::string> icu = detected(bytes);
    const std::vector<Candidate> all = candidates(bytes, icu);
    if (all.empty() || all[0].verdict.share() < sure_share) {
        return undecided("the encoding cannot be told: neither UTF-8 nor words in any that is "
                         "known here" +
                         (all.empty() ? std::string{}
                                      : ", as " + all[0].name + " it reads '" +
                                            sample_of(all[0].text) + "'"));
    }
    // A reading that is nearly as good: what differs between the two is too little to tell.
    std::vector<const Candidate*> level{&all[0]};
    for (std::size_t i = 1; i < all.size(); ++i) {
        const long more = all[i].verdict.bad - all[0].verdict.bad;
        const bool clear = (more >= 3 && all[i].verdict.bad * 100 > all[0].verdict.bad * 115) ||
                           all[i].verdict.share() < sure_share;
        if (!clear) level.push_back(&all[i]);
    }
    // ICU's detector does not know them all: it may confirm the best, and never overrules it.
    const bool confirmed = !icu.empty() && folded(level[0]->name) == folded(icu[0]);
    if (level.size() > 1 && !confirmed) {
        return undecided("the encoding cannot be told: as " + level[0]->name + " it reads '" +
                         sample_of(level[0]->text) + "', as " + level[1]->name + " '" +
                         sample_of(level[1]->text) + "'");
    }
    return FoundEncoding{.name = level[0]->name, .mark = 0, .guessed = true};
}

/// An error when the lines read as nonsense in the encoding they are said to have.
Result<void> check_sense(const std::string& name, const std::string& text,
                         std::string_view bytes) {
    const Plausibility verdict = judge(text);
    if (verdict.total() < pairs_to_judge || verdict.share() >= nonsense_share) return {};
    std::string message = "as " + name + " it reads as nonsense: '" + sample_of(text) + "'";
    const std::vector<Candidate> all = candidates(bytes, {});
    if (is_utf8(bytes) && judge(bytes).share() >= sure_share) {
        message += "; as utf-8 '" + sample_of(std::string{bytes}) + "'";
    } else if (!all.empty() && all[0].verdict.share() >= sure_share) {
        message += "; as " + all[0].name + " '" + sample_of(all[0].text) + "'";
    } else {
        message += "; it was decoded wrongly before it was written here";
    }
    return Error{.message = std::move(message), .where = {}, .line = 0, .field = "encoding"};
}

Result<FoundEncoding> declared_or_marked(std::string_view sample, bool whole,
                                         FoundEncoding found) {
    auto decoder = Decoder::named(found.name);
    if (!decoder) return decoder.error();
    sample.remove_prefix(found.mark);
    if (decoder->needs_stream()) {
        std::string text;
        decoder->stream(sample.substr(0, judged_bytes_max), false, text);
        if (auto sound = check_sense(found.name, text, {}); !sound) return sound.error();
        return found;
    }
    const Lines lines = lines_of(sample, whole);
    const std::string bytes = lines.utf8 + lines.other;
    std::string judged = lines.utf8;
    if (found.name != "utf-8") {
        if (const auto read = read_as(found.name, bytes)) judged = read->text;
    }
    if (auto sound = check_sense(found.name, judged, bytes); !sound) return sound.error();
    return found;
}

}  // namespace

Result<FoundEncoding> find_encoding(std::string_view sample, bool whole,
                                    const std::string& declared) {
    const std::string said = folded(declared);
    const bool automatic = said == "auto";
    for (const Mark& mark : marks) {
        if (!sample.starts_with(mark.bytes)) continue;
        if (!automatic && !without_dashes(mark.name).starts_with(without_dashes(said))) {
            return Error{.message = std::string{"declared as "} + declared +
                                    ", but it begins with the mark of " + mark.name,
                         .where = {}, .line = 0, .field = "encoding"};
        }
        return declared_or_marked(sample, whole, {mark.name, mark.bytes.size(), false});
    }
    if (!automatic) {
        if (said == "utf-16" || said == "utf16") {
            return declared_or_marked(sample, whole, {wide(sample).value_or("utf-16le"), 0, false});
        }
        return declared_or_marked(sample, whole, {said == "utf8" ? "utf-8" : said, 0, false});
    }
    if (const auto name = wide(sample)) return declared_or_marked(sample, whole, {*name, 0, true});
    const Lines lines = lines_of(sample, whole);
    if (lines.other_lines == 0 || lines.utf8_lines > lines.other_lines) {
        if (auto sound = check_sense("utf-8", lines.utf8, lines.utf8); !sound) {
            return sound.error();
        }
        return FoundEncoding{.name = "utf-8", .mark = 0, .guessed = false};
    }
    return by_words(lines.other);
}

}  // namespace jedel::tables
