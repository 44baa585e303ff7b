#include <charconv>
#include <cmath>
#include <cstring>
#include <initializer_list>

#include "dispatch/roads/osm_raw.h"

namespace jedel::roads {

namespace {

std::string_view value(const TagLookup& tag, const char* key) {
    const char* v = tag(key);
    return v == nullptr ? std::string_view{} : std::string_view{v};
}

bool one_of(std::string_view v, std::initializer_list<std::string_view> set) {
    for (const std::string_view s : set) {
        if (s == v) return true;
    }
    return false;
}

std::string_view trimmed(std::string_view v) {
    while (!v.empty() && v.front() == ' ') v.remove_prefix(1);
    while (!v.empty() && v.back() == ' ') v.remove_suffix(1);
    return v;
}

/// The number a value begins with; the rest stays in `v`.
std::optional<double> leading_number(std::string_view& v) {
    double number = 0;
    const auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), number);
    if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
    v = trimmed(v.substr(static_cast<std::size_t>(end - v.data())));
    return number;
}

void add_old(const TagLookup& tag, const char* key, Name& name) {
    std::string_view v = value(tag, key);
    while (!v.empty()) {
        const std::size_t cut = v.find(';');
        const std::string_view part = trimmed(v.substr(0, cut));
        if (!part.empty() && part != name.any) name.old.emplace_back(part);
        if (cut == std::string_view::npos) break;
        v.remove_prefix(cut + 1);
    }
}

}  // namespace

std::uint32_t NameTable::add(const Name& name) {
    std::string key;
    for (const std::string* part : {&name.any, &name.kk, &name.ru, &name.en}) key += *part + '\n';
    for (const std::string& old : name.old) key += old + '\n';
    if (key == "\n\n\n\n") return 0;
    const auto [it, fresh] = by_key_.try_emplace(key, static_cast<std::uint32_t>(names_.size()));
    if (fresh) {
        for (const std::string* part : {&name.any, &name.kk, &name.ru}) {
            if (!part->empty()) by_text_.try_emplace(*part, it->second);
        }
        names_.push_back(name);
    }
    return it->second;
}

std::uint32_t NameTable::street(const std::string& text) {
    if (text.empty()) return 0;
    if (const auto it = by_text_.find(text); it != by_text_.end()) return it->second;
    Name name;
    name.any = text;
    return add(name);
}

Name name_from(const TagLookup& tag) {
    Name name;
    name.any = trimmed(value(tag, "name"));
    name.kk = trimmed(value(tag, "name:kk"));
    if (name.kk.empty()) name.kk = trimmed(value(tag, "name:kz"));  // a frequent slip for kk
    name.ru = trimmed(value(tag, "name:ru"));
    name.en = trimmed(value(tag, "name:en"));
    if (name.any.empty()) {
        for (const std::string* other : {&name.kk, &name.ru, &name.en}) {
            if (name.any.empty()) name.any = *other;
        }
    }
    if (name.any.empty()) name.any = trimmed(value(tag, "ref"));
    if (name.any.empty()) return name;
    for (const char* key : {"old_name", "old_name:kk", "old_name:ru", "alt_name", "alt_name:kk",
                            "alt_name:ru", "official_name", "loc_name", "short_name"}) {
        add_old(tag, key, name);
    }
    return name;
}

std::optional<AreaKind> area_from(const TagLookup& tag) {
    if (const auto b = value(tag, "building"); !b.empty() && b != "no") return AreaKind::building;
    const auto natural = value(tag, "natural");
    const auto landuse = value(tag, "landuse");
    const auto leisure = value(tag, "leisure");
    if (natural == "water" || value(tag, "waterway") == "riverbank" ||
        one_of(landuse, {"reservoir", "basin"})) {
        return AreaKind::water;
    }
    if (one_of(natural, {"wood", "scrub", "grassland", "heath"}) ||
        one_of(landuse, {"forest", "grass", "cemetery", "recreation_ground", "meadow", "orchard",
                         "village_green", "allotments"}) ||
        one_of(leisure, {"park", "garden", "golf_course", "pitch", "nature_reserve"})) {
        return AreaKind::green;
    }
    if (one_of(landuse, {"industrial", "commercial", "railway", "garages", "quarry"})) {
        return AreaKind::industrial;
    }
    if (landuse == "residential") return AreaKind::residential;
    return std::nullopt;
}

std::optional<float> waterline_from(const TagLookup& tag) {
    const auto kind = value(tag, "waterway");
    float width_m = 0;
    if (kind == "river") width_m = 15;
    if (kind == "canal") width_m = 8;
    if (kind == "stream") width_m = 3;
    if (one_of(kind, {"drain", "ditch"})) width_m = 2;
    if (width_m == 0 || value(tag, "tunnel") == "yes") return std::nullopt;
    std::string_view given = trimmed(value(tag, "width"));
    if (const auto m = leading_number(given); m && *m > 0 && *m < 5000) {
        width_m = static_cast<float>(*m);
    }
    return width_m;
}

std::string organisation_from(const TagLookup& tag) {
    const auto amenity = value(tag, "amenity");
    const auto health = value(tag, "healthcare");
    if (value(tag, "emergency") == "ambulance_station" || amenity == "ambulance_station") {
        return "ambulance_station";
    }
    if (amenity == "hospital" || health == "hospital") return "hospital";
    if (one_of(amenity, {"clinic", "doctors"}) || one_of(health, {"clinic", "doctor"})) {
        return "clinic";
    }
    return amenity == "police" ? "police" : "";
}

std::optional<RawPlace> place_from(const TagLookup& tag, NameTable& names) {
    RawPlace raw;
    raw.organisation = organisation_from(tag);
    const auto number = trimmed(value(tag, "addr:housenumber"));
    if (!number.empty()) {
        std::string_view street = trimmed(value(tag, "addr:street"));
        if (street.empty()) street = trimmed(value(tag, "addr:place"));
        raw.place.street = names.street(std::string{street});
        raw.place.number = number;
    }
    const Name name = name_from(tag);
    const auto kind = value(tag, "place");
    if (!raw.organisation.empty()) {
        raw.place.kind = PlaceKind::organisation;
        raw.place.name = names.add(name);
        return raw;
    }
    if (!value(tag, "name").empty() &&
        one_of(kind, {"suburb", "neighbourhood", "quarter", "city_block", "village", "hamlet",
                      "town", "city", "locality", "borough"})) {
        raw.place.kind = PlaceKind::suburb;
        raw.place.name = names.add(name);
        return raw;
    }
    if (!value(tag, "name").empty() && value(tag, "highway").empty()) {
        for (const char* key : {"amenity", "shop", "tourism", "leisure", "historic", "railway",
                                "public_transport", "aeroway", "office", "man_made", "building"}) {
            if (const auto v = value(tag, key); !v.empty() && v != "no" && v != "rail") {
                raw.place.kind = PlaceKind::landmark;
                raw.place.name = names.add(name);
                return raw;
            }
        }
    }
    if (number.empty() || raw.place.street == 0) return std::nullopt;
    raw.place.kind = PlaceKind::house;
    return raw;
}

double residents_per_m2(const TagLookup& tag, double ground_m2) {
    constexpr double gross_m2_per_person = 30;
    const auto building = value(tag, "building");
    const bool named_home = one_of(building, {"apartments", "residential", "house", "detached",
                                              "semidetached_house", "terrace", "dormitory"});
    if (!named_home && building != "yes") return 0;
    if (!named_home && (ground_m2 > largest_home_m2 || ground_m2 < smallest_home_m2)) return 0;
    if (!named_home) {
        for (const char* key : {"amenity", "shop", "office", "tourism", "leisure", "industrial",
                                "historic", "man_made", "aeroway", "railway"}) {
            if (!value(tag, key).empty()) return 0;
        }
    }
    double levels = ground_m2 <= small_house_m2 ? 1 : 5;
    std::string_view given = trimmed(value(tag, "building:levels"));
    if (const auto n = leading_number(given); n && *n >= 1 && *n <= 60) levels = *n;
    return levels / gross_m2_per_person;
}

}  // namespace jedel::roads
