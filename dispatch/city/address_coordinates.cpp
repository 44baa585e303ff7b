#include "dispatch/city/address_coordinates.h"

#include <algorithm>
#include <cmath>
#include <regex>
#include <string>
#include <vector>

namespace jedel::address {
namespace {

using Text = std::string;

std::optional<double> number(const Text& text) {
    try {
        std::size_t used = 0;
        const double v = std::stod(text, &used);
        return used == text.size() && std::isfinite(v) ? std::optional{v} : std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

Text decoded(std::string_view url) {
    Text out;
    for (std::size_t i = 0; i < url.size(); ++i) {
        const auto hex = [&](std::size_t k) {
            const char c = url[k];
            return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
                   : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        };
        if (url[i] == '%' && i + 2 < url.size() && hex(i + 1) >= 0 && hex(i + 2) >= 0) {
            out += static_cast<char>(hex(i + 1) * 16 + hex(i + 2));
            i += 2;
        } else {
            out += url[i];
        }
    }
    return out;
}

const Text decimal = R"(([+-]?\d{1,3}(?:\.\d+)?))";

std::optional<Pasted> pair_at(const Text& text, const Text& pattern, bool longitude_first) {
    std::smatch m;
    if (!std::regex_search(text, m, std::regex{pattern})) return std::nullopt;
    const auto a = number(m[1]), b = number(m[2]);
    if (!a || !b) return std::nullopt;
    return longitude_first ? Pasted{*b, *a, false} : Pasted{*a, *b, false};
}

/// Links and geo: write their numbers with a point; who writes longitude first is known.
std::optional<Pasted> in_link(const Text& url) {
    const bool yandex = url.find("yandex") != Text::npos || url.find("ya.ru") != Text::npos;
    const bool gis = url.find("2gis") != Text::npos;
    const Text comma = R"(\s*[, ]\+?\s*)";
    const Text pair = decimal + comma + decimal;
    struct Form {
        Text pattern;
        bool longitude_first;
    };
    std::vector<Form> forms{{"geo:[^?]*\\?q=" + pair, false}, {"geo:" + pair, false},
                            {"!3d" + decimal + "!4d" + decimal, false},
                            {"mlat=" + decimal + "&(?:amp;)?mlon=" + decimal, false},
                            {R"([?&]lat=)" + decimal + R"(&(?:lon|lng)=)" + decimal, false},
                            {"rtext=[^&]*~" + pair, false}};
    if (yandex) {
        for (const char* key : {R"(whatshere\[point\]=)", "[?&]pt=", "[?&]ll=", "[?&]sll="}) {
            forms.push_back({key + pair, true});
        }
        forms.push_back({"[?&]text=" + pair, false});
    }
    if (gis) {
        forms.push_back({"/geo/[^/]*/" + pair, true});
        forms.push_back({"/geo/" + pair, true});
        forms.push_back({"[?&]m=" + pair, true});
    }
    for (const char* key : {"[?&](?:q|query|ll|daddr|destination|center|cp|sll|loc)=(?:loc:)?", "@",
                            "/(?:search|place|dir)/+"}) {
        forms.push_back({key + pair, false});
    }
    forms.push_back({"#map=[0-9.]+/" + decimal + "/" + decimal, false});
    for (const Form& form : forms) {
        if (auto found = pair_at(url, form.pattern, form.longitude_first)) return found;
    }
    return std::nullopt;
}

void replace_all(Text& text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != Text::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
}

/// Signs and words of coordinates as d, m, s for degrees, minutes, seconds and N, S, E, W.
Text plain_signs(std::string_view text) {
    Text out{text};
    struct Sign {
        const char* what;
        const char* with;
    };
    for (const Sign& s : std::initializer_list<Sign>{
             {"координаты", " "}, {"Координаты", " "}, {"координаттар", " "}, {"широта", " N "},
             {"Широта", " N "}, {"долгота", " E "}, {"Долгота", " E "}, {"ендік", " N "},
             {"бойлық", " E "}, {"latitude", " N "}, {"longitude", " E "}, {"lat", " N "},
             {"lon", " E "}, {"lng", " E "}, {"Lat", " N "}, {"Lon", " E "}, {"LAT", " N "},
             {"LON", " E "}, {"с.ш.", " N "}, {"с. ш.", " N "}, {"сш", " N "}, {"ю.ш.", " S "},
             {"в.д.", " E "}, {"в. д.", " E "}, {"вд", " E "}, {"з.д.", " W "}, {"с.ш", " N "},
             {"в.д", " E "}, {"градусов", "d"}, {"град", "d"}, {"мин", "m"}, {"сек", "s"},
             {"deg", "d"}, {"°", "d"}, {"º", "d"}, {"˚", "d"}, {"′′", "s"}, {"''", "s"},
             {"″", "s"}, {"”", "s"}, {"“", "s"}, {"\"", "s"}, {"′", "m"}, {"’", "m"},
             {"'", "m"}, {"n", "N"}, {"e", "E"}, {"w", "W"}, {"С", "N"}, {"В", "E"},
             {"\xc2\xa0", " "}, {"\xe2\x88\x92", "-"}}) {
        // "s" as a second mark is kept apart from S: only capitals are sides of the world.
        replace_all(out, s.what, s.with);
    }
    for (char& c : out) {
        if (c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}' || c == '\t' ||
            c == '\n' || c == '\r' || c == ':' || c == '=') {
            c = ' ';
        }
    }
    while (!out.empty() && (out.back() == ' ' || out.back() == '.' || out.back() == ',')) {
        out.pop_back();
    }
    return out;
}

struct Angle {
    double degrees = 0;
    char side = 0;
    bool fine = false;  ///< with a fraction, minutes or a sign of degrees
};

/// One or two angles with degrees, minutes and seconds, or decimals, and sides of the world.
std::vector<Angle> angles_of(const Text& text) {
    static const std::regex part{
        R"(\s*([NSEW])?\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*(d)?\s*)"
        R"((?:(\d{1,2}(?:[.,]\d+)?)\s*m\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*s?\s*)?)?)"
        R"(\s*([NSEW](?!\d))?\s*[,;/]?)"};
    std::vector<Angle> out;
    auto at = text.cbegin();
    while (at != text.cend()) {
        std::smatch m;
        if (!std::regex_search(at, text.cend(), m, part,
                               std::regex_constants::match_continuous)) {
            return {};
        }
        const auto value = [&](std::size_t i) {
            Text t = m[i];
            replace_all(t, ",", ".");
            return t.empty() ? 0.0 : number(t).value_or(0);
        };
        Angle a;
        const double whole = value(2);
        const double rest = value(4) / 60 + value(5) / 3600;
        a.degrees = whole < 0 ? whole - rest : whole + rest;
        const Text side = m[1].matched ? m[1].str() : m[6].str();
        a.side = side.empty() ? '\0' : side[0];
        a.fine = m[3].matched || m[4].matched || m[2].str().find_first_of(".,") != Text::npos;
        if (value(4) >= 60 || value(5) >= 60) return {};
        out.push_back(a);
        at = m[0].second;
        while (at != text.cend() && *at == ' ') ++at;
    }
    return out;
}

std::optional<Pasted> of_angles(std::vector<Angle> angles) {
    if (angles.size() != 2) return std::nullopt;
    for (Angle& a : angles) {
        if (!a.fine && a.side == 0) return std::nullopt;
        if (a.side == 'S' || a.side == 'W') a.degrees = -std::abs(a.degrees);
    }
    const auto meridian = [](const Angle& a) { return a.side == 'E' || a.side == 'W'; };
    const auto parallel = [](const Angle& a) { return a.side == 'N' || a.side == 'S'; };
    if (meridian(angles[0]) && !meridian(angles[1])) std::swap(angles[0], angles[1]);
    if (parallel(angles[1]) && !parallel(angles[0])) std::swap(angles[0], angles[1]);
    const bool said = parallel(angles[0]) || meridian(angles[1]);
    return Pasted{angles[0].degrees, angles[1].degrees, !said};
}

}  // namespace

bool is_link(std::string_view given) {
    return given.find("://") != std::string_view::npos || given.starts_with("geo:") ||
           given.find("www.") != std::string_view::npos ||
           given.find("maps.") != std::string_view::npos ||
           given.find("2gis.") != std::string_view::npos;
}

std::optional<Pasted> coordinates_of(std::string_view given) {
    if (given.size() > 2000 || given.find_first_of("0123456789") == std::string_view::npos) {
        return std::nullopt;
    }
    if (is_link(given)) return in_link(decoded(given));
    if (given.size() > 400) return std::nullopt;
    const Text text = plain_signs(given);
    // Decimal commas before commas that part: "43,238,76,889" is two numbers, not four.
    if (auto found = of_angles(angles_of(text))) return found;
    // Nothing but two numbers with a point, wherever the comma stands.
    Text points = text;
    replace_all(points, ",", " ");
    if (points != text && text.find('.') != Text::npos) {
        if (auto found = of_angles(angles_of(points))) return found;
    }
    // Within other words: two numbers so fine that they are nothing else.
    static const std::regex within{R"((?:^|[^\d.])(-?\d{1,3}\.\d{3,})[ ,;]+(-?\d{1,3}\.\d{3,}))"};
    std::smatch m;
    const Text whole{given};
    if (!std::regex_search(whole, m, within)) return std::nullopt;
    return Pasted{number(m[1]).value_or(0), number(m[2]).value_or(0), true};
}

}  // namespace jedel::address
