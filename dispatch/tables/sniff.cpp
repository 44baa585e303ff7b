#include "dispatch/tables/sniff.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "dispatch/tables/text.h"

namespace jedel::tables {
namespace {

using Kind = std::pair<std::string_view, std::string_view>;

constexpr std::array<Kind, 14> beginnings{{
    {{"PK\x03\x04"}, "an Excel workbook (.xlsx) or another zip archive; save it as CSV"},
    {{"\xD0\xCF\x11\xE0"}, "an old Excel workbook (.xls); save it as CSV"},
    {{"\x1F\x8B"}, "compressed with gzip"},
    {{"BZh"}, "compressed with bzip2"},
    {{"7z\xBC\xAF"}, "a 7-Zip archive"},
    {{"%PDF"}, "a PDF document"},
    {{"{\\rtf"}, "an RTF document"},
    {{"SQLite format 3"}, "a SQLite database"},
    {{"\x89PNG"}, "a picture"},
    {{"$G"}, "NMEA sentences of a receiver"},
    {{"$B"}, "NMEA sentences of a receiver"},
    {{"!AIVD"}, "NMEA sentences of a receiver"},
    {{"REG;"}, "a message file of Wialon (.wln)"},
    {{"#L#"}, "messages of Wialon IPS"},
}};

constexpr std::array<Kind, 8> roots{{
    {"kml", "KML of Google Earth"},
    {"TrainingCenterDatabase", "TCX of Garmin"},
    {"html", "a web page"},
    {"osm", "a map of OpenStreetMap"},
    {"Workbook", "an Excel workbook in XML; save it as CSV"},
    {"plist", "a property list"},
    {"svg", "a drawing"},
    {"rss", "a news feed"},
}};

/// The local name of the first element.
std::string root_of(std::string_view text) {
    while (true) {
        const std::size_t open = text.find('<');
        if (open == std::string_view::npos || open + 1 >= text.size()) return {};
        text.remove_prefix(open + 1);
        if (text.starts_with("!--")) {
            const std::size_t close = text.find("-->");
            if (close == std::string_view::npos) return {};
            text.remove_prefix(close);
        } else if (text[0] == '!' && folded(text.substr(0, 13)) == "!doctype html") {
            return "html";
        } else if (text[0] != '?' && text[0] != '!') {
            const std::string_view name = text.substr(0, text.find_first_of(" \t\r\n/>"));
            const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
                return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == ':' || c == '_';
            });
            if (!is_name || name.empty()) return {};
            const std::size_t colon = name.rfind(':');
            return std::string{colon == std::string_view::npos ? name : name.substr(colon + 1)};
        }
    }
}

}  // namespace

std::string kind_of_file(std::string_view sample, std::string& xml) {
    xml.clear();
    const std::string_view text = trimmed(sample.substr(0, 4096));
    for (const auto& [begins, kind] : beginnings) {
        if (sample.starts_with(begins) || text.starts_with(begins)) return std::string{kind};
    }
    if (sample.size() > 12 && sample.substr(8, 4) == ".FIT") return "a FIT file of a sports watch";
    if (text.starts_with("#SD#") || text.starts_with("#D#")) return "messages of Wialon IPS";
    if (text.starts_with("{") || text.starts_with("[{")) return "JSON";
    if (!text.starts_with("<")) return {};
    xml = root_of(text);
    for (const auto& [root, kind] : roots) {
        if (folded(root) == folded(xml)) return std::string{kind};
    }
    return xml.empty() || xml == "gpx" ? std::string{} : "XML of another kind (" + xml + ")";
}

}  // namespace jedel::tables
