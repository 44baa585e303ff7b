#include "console/map/label_sources.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace jedel::console {

namespace {

/// Street types as they are written out and as signs and maps shorten them.
struct ShortWord {
    std::string_view whole, brief;
};
constexpr std::array<ShortWord, 15> russian_words{{
    {"улица", "ул."},
    {"проспект", "пр."},
    {"переулок", "пер."},
    {"бульвар", "б-р"},
    {"площадь", "пл."},
    {"проезд", "пр-д"},
    {"набережная", "наб."},
    {"микрорайон", "мкр."},
    {"шоссе", "ш."},
    {"тупик", "туп."},
    {"Улица", "ул."},
    {"Проспект", "пр."},
    {"Переулок", "пер."},
    {"Бульвар", "б-р"},
    {"Микрорайон", "мкр."},
}};
constexpr std::array<ShortWord, 5> kazakh_words{{
    {"көшесі", "к-сі"},
    {"даңғылы", "даңғ."},
    {"ықшамауданы", "ы/а"},
    {"шағынауданы", "ш/а"},
    {"алаңы", "ал."},
}};
constexpr std::array<ShortWord, 4> english_words{{
    {"Street", "St"}, {"Avenue", "Ave"}, {"Road", "Rd"}, {"Drive", "Dr"},
}};

std::span<const ShortWord> words_of(Language language) {
    switch (language) {
        case Language::kk: return kazakh_words;
        case Language::ru: return russian_words;
        case Language::en: return english_words;
    }
    return {};
}

double street_farthest(roads::RoadClass c) {
    using roads::RoadClass;
    switch (c) {
        case RoadClass::motorway:
        case RoadClass::trunk: return 30;
        case RoadClass::primary: return 24;
        case RoadClass::secondary: return 14;
        case RoadClass::tertiary: return 9;
        case RoadClass::residential: return 4.5;
        case RoadClass::living: return 3;
        case RoadClass::service:
        case RoadClass::track: return 1.5;
    }
    return 1;
}

/// Streets are joined by name and class, so that a label follows the whole street.
void add_streets(const City& city, const Projection& projection, Language language,
                 std::vector<NamedStreet>& out) {
    const auto& map = *city.roads;
    std::vector<std::uint32_t> keys;
    keys.reserve(map.segments.size());
    for (const auto& s : map.segments) {
        const bool named = s.name != 0 && s.name < map.names.size() && !s.roundabout;
        keys.push_back(named ? s.name * 16 + static_cast<std::uint32_t>(s.road_class) : no_key);
    }
    for (auto& chain : join_segments(map, projection, keys)) {
        NamedStreet street;
        const auto road_class = static_cast<roads::RoadClass>(chain.key % 16);
        street.text = shortened(name_in(map.names[chain.key / 16], language), language);
        if (street.text.empty()) continue;
        street.line = simplified(chain.line, 3);
        for (std::size_t i = 0; i < street.line.size(); ++i) {
            street.box.add(street.line[i]);
            if (i == 0) continue;
            street.length_m += std::hypot(street.line[i].x - street.line[i - 1].x,
                                          street.line[i].y - street.line[i - 1].y);
        }
        street.small = road_class >= roads::RoadClass::residential;
        street.farthest_m_per_px = street_farthest(road_class);
        out.push_back(std::move(street));
    }
    std::stable_sort(out.begin(), out.end(), [](const NamedStreet& a, const NamedStreet& b) {
        if (a.farthest_m_per_px != b.farthest_m_per_px) {
            return a.farthest_m_per_px > b.farthest_m_per_px;
        }
        return a.length_m > b.length_m;
    });
}

std::string_view organisation_name(const Organisation& o, Language language) {
    const auto pick = [](std::initializer_list<const std::string*> names) -> std::string_view {
        for (const auto* n : names) {
            if (!n->empty()) return *n;
        }
        return {};
    };
    switch (language) {
        case Language::kk: return pick({&o.name_kk, &o.name_ru, &o.name_en});
        case Language::ru: return pick({&o.name_ru, &o.name_kk, &o.name_en});
        case Language::en: return pick({&o.name_en, &o.name_ru, &o.name_kk});
    }
    return {};
}

void add_places(const City& city, const Projection& projection, Language language,
                LabelSources& out) {
    const auto& map = *city.roads;
    constexpr double always = 0;
    for (const auto& place : map.places) {
        const MapPoint at = projection.to_map(place.at.degrees());
        if (place.kind == roads::PlaceKind::house) {
            if (!place.number.empty()) {
                out.houses.push_back({LabelKind::house, at, place.number, 1.1, always});
            }
            continue;
        }
        if (place.name == 0 || place.name >= map.names.size()) continue;
        std::string text{name_in(map.names[place.name], language)};
        if (text.empty()) continue;
        if (place.kind == roads::PlaceKind::suburb) {
            out.districts.push_back({LabelKind::district, at, std::move(text), 40, 1.5});
        } else if (place.kind == roads::PlaceKind::landmark) {
            out.landmarks.push_back({LabelKind::landmark, at, std::move(text), 1.5, always});
        }
    }
}

}  // namespace

std::string_view name_in(const roads::Name& name, Language language) {
    const std::string& own = language == Language::kk   ? name.kk
                             : language == Language::ru ? name.ru
                                                        : name.en;
    if (!own.empty()) return own;
    if (!name.any.empty()) return name.any;
    if (!name.ru.empty()) return name.ru;
    return !name.kk.empty() ? name.kk : name.en;
}

std::string shortened(std::string_view street, Language language) {
    std::string out{street};
    for (const auto& [whole, brief] : words_of(language)) {
        const auto at = out.find(whole);
        if (at == std::string::npos) continue;
        const auto end = at + whole.size();
        const bool starts = at == 0 || out[at - 1] == ' ';
        const bool ends = end == out.size() || out[end] == ' ';
        // A name that is nothing but the word keeps it.
        if (starts && ends && whole.size() < out.size()) out.replace(at, whole.size(), brief);
    }
    return out;
}

double icon_farthest_m_per_px(OrganisationKind kind) {
    switch (kind) {
        case OrganisationKind::station: return 1000;
        case OrganisationKind::hospital: return 60;
        case OrganisationKind::substation: return 60;
        case OrganisationKind::airfield: return 60;
        case OrganisationKind::polyclinic: return 14;
        case OrganisationKind::dispensary: return 10;
        case OrganisationKind::police: return 10;
    }
    return 10;
}

LabelSources label_sources(const City& city, const Projection& projection, Language language) {
    LabelSources out;
    for (const auto& o : city.organisations.all) {
        out.icons.push_back({projection.to_map(o.place), icon_farthest_m_per_px(o.kind)});
        const std::string_view name = organisation_name(o, language);
        if (name.empty()) continue;
        const double farthest = std::min(icon_farthest_m_per_px(o.kind), 4.5);
        out.organisations.push_back({LabelKind::organisation, projection.to_map(o.place),
                                     std::string{name}, farthest, 0,
                                     static_cast<std::uint32_t>(out.icons.size() - 1)});
    }
    if (!city.roads) return out;
    add_streets(city, projection, language, out.streets);
    add_places(city, projection, language, out);
    return out;
}

}  // namespace jedel::console
