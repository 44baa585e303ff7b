#include "dispatch/calibration/gpx.h"

#include <cstdlib>
#include <memory>
#include <optional>

#include <expat.h>

#include "base/install.h"

namespace jedel::calibration {

namespace {

struct Reader {
    XML_Parser parser = nullptr;
    std::string path;
    Tracks out;
    std::optional<TimedFix> point;
    bool has_time = false, in_time = false;
    long line = 0;
    std::string time_text;

    [[nodiscard]] static std::string_view local(const char* name) {
        const std::string_view whole{name};
        const std::size_t colon = whole.rfind(':');
        return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
    }

    static std::optional<double> degrees(const char* text) {
        char* end = nullptr;
        const double value = std::strtod(text, &end);
        if (end == text || *end != '\0') return std::nullopt;
        return value;
    }

    void refuse(const char* field, const char* expected) {
        out.unreadable.push_back({expected, path, line, field});
        point.reset();
    }

    void start(const char* name, const char** attributes) {
        const std::string_view element = local(name);
        if (element == "trkseg") out.segments.emplace_back();
        if (element == "time" && point) {
            in_time = true;
            time_text.clear();
        }
        if (element != "trkpt") return;
        line = static_cast<long>(XML_GetCurrentLineNumber(parser));
        point.emplace();
        has_time = false;
        std::optional<double> lat, lon;
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view key{attributes[0]};
            if (key == "lat") lat = degrees(attributes[1]);
            if (key == "lon") lon = degrees(attributes[1]);
        }
        if (!lat || !lon || !is_valid({*lat, *lon})) {
            return refuse("lat, lon", "expected degrees of a place on Earth");
        }
        point->fix.at = {*lat, *lon};
        point->where = path + ':' + std::to_string(line);
    }

    void end(const char* name) {
        const std::string_view element = local(name);
        if (element == "time" && in_time) {
            in_time = false;
            if (const auto at = from_iso(time_text); at && point) {
                point->fix.time = *at;
                has_time = true;
            }
        }
        if (element != "trkpt" || !point) return;
        if (!has_time) return refuse("time", "expected a time such as 2026-03-02T13:30:00Z");
        if (out.segments.empty()) out.segments.emplace_back();
        auto& fixes = out.segments.back();
        if (!fixes.empty() && point->fix.time <= fixes.back().fix.time) {
            return refuse("time", "expected a time after that of the fix before");
        }
        fixes.push_back(std::move(*point));
        point.reset();
    }
};

void start(void* data, const char* name, const char** attributes) {
    static_cast<Reader*>(data)->start(name, attributes);
}
void end(void* data, const char* name) { static_cast<Reader*>(data)->end(name); }
void words(void* data, const char* text, int size) {
    auto& reader = *static_cast<Reader*>(data);
    if (reader.in_time) reader.time_text.append(text, static_cast<std::size_t>(size));
}

}  // namespace

Result<Tracks> read_gpx(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return text.error();
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser{XML_ParserCreate(nullptr),
                                                                         XML_ParserFree};
    Reader reader;
    reader.parser = parser.get();
    reader.path = path;
    XML_SetUserData(parser.get(), &reader);
    XML_SetElementHandler(parser.get(), start, end);
    XML_SetCharacterDataHandler(parser.get(), words);
    if (XML_Parse(parser.get(), text->data(), static_cast<int>(text->size()), 1) ==
        XML_STATUS_ERROR) {
        return Error{std::string{"not GPX: "} + XML_ErrorString(XML_GetErrorCode(parser.get())),
                     path, static_cast<long>(XML_GetCurrentLineNumber(parser.get()))};
    }
    std::size_t fixes = 0;
    for (const auto& segment : reader.out.segments) fixes += segment.size();
    if (fixes == 0) return Error{"expected track points with their times, found none", path};
    return std::move(reader.out);
}

}  // namespace jedel::calibration
