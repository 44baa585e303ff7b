#include "dispatch/calibration/gpx.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

#include <expat.h>

#include "base/limits.h"
#include "dispatch/calibration/fix_order.h"
#include "dispatch/tables/civil_format.h"
#include "dispatch/tables/encoding.h"
#include "dispatch/tables/fields.h"
#include "dispatch/tables/sniff.h"
#include "dispatch/tables/text.h"

namespace jedel::calibration {

namespace {

constexpr std::size_t time_text_max = 100;

struct Reader {
    XML_Parser parser = nullptr;
    std::string path;
    Tracks out;
    std::optional<TimedFix> point;
    std::optional<std::string> time_text;  ///< of the point, as it stands there
    bool in_time = false;
    std::size_t depth = 0, point_depth = 0;
    std::size_t other_points = 0;  ///< of routes, and waypoints
    std::size_t since_event = 0;   ///< bytes fed since the parser last told of something
    std::string stopped;           ///< why it was stopped

    [[nodiscard]] static std::string_view local(const char* name) {
        const std::string_view whole{name};
        const std::size_t colon = whole.rfind(':');
        return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
    }

    void refuse(const char* field, const std::string& expected) {
        ++out.unreadable_count;
        if (out.unreadable.size() < limits::named_max) {
            out.unreadable.push_back({expected, path, point->line, field});
        }
        point.reset();
    }

    void stop(std::string why) {
        stopped = std::move(why);
        XML_StopParser(parser, XML_FALSE);
    }

    void take_place(const char** attributes) {
        std::string_view lat, lon;
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view key{attributes[0]};
            if (key == "lat") lat = attributes[1];
            if (key == "lon") lon = attributes[1];
        }
        const auto north = tables::read_degrees(lat);
        const auto east = tables::read_degrees(lon);
        const std::string found =
            ", found '" + tables::shortened(lat) + "', '" + tables::shortened(lon) + "'";
        const std::string expected = "expected degrees of a place on Earth";
        if (lat.find(',') != lat.npos || lon.find(',') != lon.npos) {
            return refuse("lat, lon", expected + " with a decimal point, not a comma" + found);
        }
        if (!north || !east) return refuse("lat, lon", expected + found);
        point->fix.at = {*north, *east};
        if (*north == 0 && *east == 0) return refuse("lat, lon", expected + "; 0, 0 is none");
        if (is_valid(point->fix.at)) return;
        const bool swapped = is_valid({*east, *north});
        refuse("lat, lon", expected + (swapped ? "; they look swapped" : "") + found);
    }

    void start(const char* name, const char** attributes) {
        if (++depth > limits::depth_max) {
            return stop("nested deeper than " + std::to_string(limits::depth_max));
        }
        const std::string_view element = local(name);
        if (element == "trkseg") out.segments.emplace_back();
        other_points += element == "rtept" || element == "wpt" ? 1 : 0;
        // Extensions have times of their own: only the point's child counts.
        if (element == "time" && point && depth == point_depth + 1) {
            in_time = true;
            time_text.emplace();
        }
        if (element != "trkpt") return;
        point.emplace();
        point_depth = depth;
        point->line = static_cast<long>(XML_GetCurrentLineNumber(parser));
        point->where = path + ':' + std::to_string(point->line);
        time_text.reset();
        in_time = false;
        take_place(attributes);
    }

    void end(const char* name) {
        --depth;
        const std::string_view element = local(name);
        if (element == "time") in_time = false;
        if (element != "trkpt" || !point) return;
        const std::string expected = "expected a time such as 2026-03-02T13:30:00Z";
        if (!time_text) return refuse("time", expected + ", found none");
        const auto at = tables::read_instant(*time_text);
        if (!at) {
            const std::string why = tables::looks_like_time(*time_text);
            return refuse("time", expected + (why.empty() ? "" : " (" + why + ")") +
                                      ", found '" +
                                      tables::shortened(tables::trimmed(*time_text)) + "'");
        }
        if (tables::is_placeholder(to_civil(*at, 0))) {
            return refuse("time", expected + " of a clock that is set, found '" +
                                      tables::shortened(tables::trimmed(*time_text)) + "'");
        }
        point->fix.time = *at;
        if (out.segments.empty()) out.segments.emplace_back();
        out.segments.back().push_back(std::move(*point));
        point.reset();
    }

    void words(std::string_view text) {
        if (in_time && time_text && time_text->size() < time_text_max) time_text->append(text);
    }
};

Reader& of(void* data) {
    auto& reader = *static_cast<Reader*>(data);
    reader.since_event = 0;
    return reader;
}
void start(void* data, const char* name, const char** attributes) {
    of(data).start(name, attributes);
}
void end(void* data, const char* name) { of(data).end(name); }
void words(void* data, const char* text, int size) {
    of(data).words({text, static_cast<std::size_t>(size)});
}
void comment(void* data, const char*) { of(data); }

/// Encodings of single bytes that the parser itself does not know, windows-1251 among them.
int other_encoding(void*, const char* name, XML_Encoding* info) {
    const auto decoder = tables::Decoder::named(name);
    if (!decoder || decoder->needs_stream()) return XML_STATUS_ERROR;
    std::string one;
    for (int byte = 0; byte < 256; ++byte) {
        const char raw = static_cast<char>(byte);
        info->map[byte] = -1;
        if (!decoder->field({&raw, 1}, one) || one.empty()) continue;
        int value = static_cast<unsigned char>(one[0]);
        if (one.size() > 1) value &= one.size() == 2 ? 0x1F : 0x0F;
        for (std::size_t i = 1; i < one.size(); ++i) value = value << 6 | (one[i] & 0x3F);
        info->map[byte] = value;
    }
    info->data = nullptr;
    info->convert = nullptr;
    info->release = nullptr;
    return XML_STATUS_OK;
}

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

std::optional<Error> parse(Reader& reader, std::FILE* file) {
    std::vector<char> piece(1 << 16);
    bool first = true, last = false;
    while (!last) {
        const std::size_t got = std::fread(piece.data(), 1, piece.size(), file);
        if (std::ferror(file) != 0) return Error{"reading failed part way", reader.path};
        last = got < piece.size();
        if (first) {
            std::string xml;
            const std::string kind = tables::kind_of_file({piece.data(), got}, xml);
            if (!kind.empty()) return Error{"expected GPX, found " + kind, reader.path, 1};
        }
        first = false;
        reader.since_event += got;
        const auto status = XML_Parse(reader.parser, piece.data(), static_cast<int>(got), last);
        const auto line = static_cast<long>(XML_GetCurrentLineNumber(reader.parser));
        if (!reader.stopped.empty()) return Error{reader.stopped, reader.path, line};
        if (status == XML_STATUS_ERROR) {
            return Error{std::string{"not GPX: "} +
                             XML_ErrorString(XML_GetErrorCode(reader.parser)),
                         reader.path, line};
        }
        if (reader.since_event > limits::line_bytes_max + piece.size()) {
            return Error{"an element longer than " + std::to_string(limits::line_bytes_max) +
                             " bytes",
                         reader.path, line};
        }
    }
    return std::nullopt;
}

Error no_fix(const Reader& reader) {
    const std::string expected = "expected track points with their times, found none";
    if (!reader.out.unreadable.empty()) {
        Error error = reader.out.unreadable.front();
        error.message = expected + " that can be read; here: " + error.message;
        return error;
    }
    if (reader.other_points == 0) return {expected, reader.path};
    return {expected + ", but " + std::to_string(reader.other_points) +
                " points of routes or waypoints: where somebody wants to go, not where he was",
            reader.path};
}

}  // namespace

Result<Tracks> read_gpx(const std::string& path) {
    const std::unique_ptr<std::FILE, CloseFile> file{std::fopen(path.c_str(), "rb")};
    if (!file) return Error{std::string{"cannot be read: "} + std::strerror(errno), path};
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser{XML_ParserCreate(nullptr),
                                                                         XML_ParserFree};
    Reader reader;
    reader.parser = parser.get();
    reader.path = path;
    XML_SetUserData(parser.get(), &reader);
    XML_SetElementHandler(parser.get(), start, end);
    XML_SetCharacterDataHandler(parser.get(), words);
    XML_SetCommentHandler(parser.get(), comment);
    XML_SetUnknownEncodingHandler(parser.get(), other_encoding, nullptr);
    if (auto error = parse(reader, file.get())) return *error;
    std::size_t fixes = 0;
    for (auto& segment : reader.out.segments) {
        for (Error& error : put_in_order(segment, path)) {
            ++reader.out.unreadable_count;
            if (reader.out.unreadable.size() < limits::named_max) {
                reader.out.unreadable.push_back(std::move(error));
            }
        }
        fixes += segment.size();
    }
    if (fixes == 0) return no_fix(reader);
    return std::move(reader.out);
}

}  // namespace jedel::calibration
