#include "console/place.h"

#include <algorithm>
#include <array>
#include <vector>

#include "console/widgets/format.h"

namespace jedel::console {

namespace {

constexpr double sure = 0.9;  // below, the street's own name was only alike

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Words of the query in lower case; commas and points part them too.
std::vector<std::string> words_of(std::string_view query) {
    std::vector<std::string> out(1);
    for (const char c : folded(query)) {
        if (c == ' ' || c == ',' || c == ';' || c == '\t' || c == '.') {
            if (!out.back().empty()) out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

/// "15-көше", "7-я": a number that names a street.
bool ordinal(const std::string& word) {
    const auto dash = word.find('-');
    return dash != std::string::npos && dash + 1 < word.size() && !digit(word[dash + 1]);
}

/// The number after it tells where in the house, not which house.
bool tells_inside(const std::string& word) {
    constexpr std::array<std::string_view, 21> list{
        "кв",    "квартира", "пәтер", "п",    "под",  "подъезд", "кіреберіс",
        "этаж",  "қабат",    "apt",   "flat", "floor", "офис",    "кеңсе",
        "домофон", "entrance", "мкр", "микрорайон", "шағынаудан", "ықшамаудан", "район"};
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Without separators, and letters that look alike in both scripts as one. Not б, в and b: they
/// would make two houses one.
std::string plain(std::string_view number) {
    std::string out;
    for (const char c : folded(number)) {
        if (c != ' ' && c != '-') out += c;
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> alike{
        {{"а", "a"}, {"с", "c"}, {"е", "e"}}};
    for (const auto& [cyrillic, latin] : alike) {
        for (auto at = out.find(cyrillic); at != std::string::npos; at = out.find(cyrillic)) {
            out.replace(at, cyrillic.size(), latin);
        }
    }
    return out;
}

/// What stands after the last comma of a label, where that is a number.
std::string house_of(std::string_view label) {
    const auto comma = label.rfind(", ");
    if (comma == std::string_view::npos) return {};
    const std::string_view tail = label.substr(comma + 2);
    return !tail.empty() && digit(tail.front()) ? std::string{tail} : std::string{};
}

}  // namespace

std::string house_said(std::string_view query) {
    const auto words = words_of(query);
    std::string found;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!digit(words[i].front()) || ordinal(words[i])) continue;
        if (i > 0 && tells_inside(words[i - 1])) continue;
        found = words[i];
    }
    return found;
}

Nearness nearness(std::string_view query, const AddressHit& hit) {
    Nearness out;
    out.wanted = house_said(query);
    switch (hit.kind) {
        case AddressKind::coordinates: return out;
        case AddressKind::house:
        case AddressKind::interpolated_house:
            out.found = house_of(hit.label_ru);
            // The search reads more ways of saying a house than this page does: where it found the
            // very one, that stands.
            out.near = !hit.exact && (hit.kind == AddressKind::interpolated_house ||
                                      hit.score < sure || plain(out.found) != plain(out.wanted));
            return out;
        case AddressKind::street:
            // A street alone is a line, not a place.
            out.near = true;
            return out;
        case AddressKind::crossing:
        case AddressKind::landmark:
        case AddressKind::organisation:
            out.near = !hit.exact && hit.score < sure;
            return out;
    }
    return out;
}

}  // namespace jedel::console
