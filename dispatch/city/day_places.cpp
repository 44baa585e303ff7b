#include "dispatch/city/day_places.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace jedel {
namespace {

std::pair<int, int> cell_of(LatLon p) {
    return {static_cast<int>(std::floor(p.lat / 0.0022)),
            static_cast<int>(std::floor(p.lon / 0.0034))};
}

/// "улица Абая" → "Абая", "Абай көшесі" → "Абай": as people say it.
std::string bare(std::string name) {
    static constexpr std::string_view words[]{
        "улица ",     "проспект ",    "переулок ",     "бульвар ",     "набережная ",
        " улица",     " проспект",    " переулок",     " бульвар",     " көшесі",
        " даңғылы",   " тұйық көшесі", " бульвары"};
    for (const std::string_view w : words) {
        const auto at = name.find(w);
        if (at != std::string::npos) name.erase(at, w.size());
    }
    // What is left of "X тұйық көшесі" after "көшесі" went.
    const auto lane = name.find(" тұйық");
    if (lane != std::string::npos) name.erase(lane);
    return name;
}

/// As typed on a keyboard without Kazakh letters.
std::string without_kazakh_letters(const std::string& text) {
    static constexpr std::pair<std::string_view, std::string_view> table[]{
        {"ә", "а"}, {"ғ", "г"}, {"қ", "к"}, {"ң", "н"}, {"ө", "о"}, {"ұ", "у"}, {"ү", "у"},
        {"һ", "х"}, {"і", "и"}, {"Ә", "А"}, {"Ғ", "Г"}, {"Қ", "К"}, {"Ө", "О"}, {"Ұ", "У"},
        {"Ү", "У"}, {"І", "И"}};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = (static_cast<unsigned char>(text[i]) & 0xe0) == 0xc0   ? 2
                                 : (static_cast<unsigned char>(text[i]) & 0xf0) == 0xe0 ? 3
                                                                                        : 1;
        std::string_view letter = std::string_view{text}.substr(i, size);
        for (const auto& [from, to] : table) {
            if (from == letter) letter = to;
        }
        out += letter;
        i += size;
    }
    return out;
}

void shorten(std::string& name, std::string_view word, std::string_view with) {
    const auto at = name.find(word);
    if (at != std::string::npos) name.replace(at, word.size(), with);
}

}  // namespace

CallPlaces::CallPlaces(const City& city) : map_(*city.roads) {
    std::uint64_t sum = 0;
    for (const auto& p : map_.population) summed_.push_back(sum += p.residents);
    for (std::size_t i = 0; i < map_.places.size(); ++i) {
        const auto& place = map_.places[i];
        if (place.kind != roads::PlaceKind::house || place.street == 0) continue;
        houses_[cell_of(place.at.degrees())].push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<std::uint32_t> first(map_.nodes.size());
    for (const auto& s : map_.segments) {
        if (s.name == 0 || s.road_class > roads::RoadClass::tertiary) continue;
        for (const std::uint32_t node : {s.from, s.to}) {
            if (first[node] == 0) first[node] = s.name;
            if (first[node] == s.name) continue;
            crossings_.push_back({map_.nodes[node].degrees(), first[node], s.name});
        }
    }
    assert(!summed_.empty() && !houses_.empty());
}

SaidPlace CallPlaces::home(bool kazakh, generator::Random& random) const {
    for (;;) {
        const std::uint64_t person = random.below(summed_.back());
        const auto at = std::upper_bound(summed_.begin(), summed_.end(), person);
        const auto cell =
            cell_of(map_.population[static_cast<std::size_t>(at - summed_.begin())].at.degrees());
        const auto found = houses_.find(cell);
        if (found == houses_.end()) continue;
        const auto& house =
            map_.places[random.pick(std::span<const std::uint32_t>{found->second})];
        return {say_house(house, kazakh, random), house.at.degrees()};
    }
}

SaidPlace CallPlaces::crossing(bool kazakh, generator::Random& random) const {
    if (crossings_.empty()) return home(kazakh, random);
    const Crossing& c = random.pick(std::span<const Crossing>{crossings_});
    const auto& a = map_.names[c.first];
    const auto& b = map_.names[c.second];
    if (kazakh) {
        return {random.chance(0.5) ? a.kk + " мен " + b.kk + " қиылысы"
                                   : bare(a.kk) + " – " + bare(b.kk) + " қиылысы",
                c.at};
    }
    switch (random.below(3)) {
        case 0: return {"угол " + bare(a.ru) + " и " + bare(b.ru), c.at};
        case 1: return {"перекрёсток " + bare(a.ru) + " - " + bare(b.ru), c.at};
        default: return {bare(a.ru) + " угол " + bare(b.ru), c.at};
    }
}

std::string CallPlaces::say_house(const roads::Place& house, bool kazakh,
                                  generator::Random& random) const {
    const roads::Name& street = map_.names[house.street];
    const std::string flat = std::to_string(random.whole(1, 90));
    const bool with_flat = random.chance(0.55);
    std::string name = kazakh ? street.kk : street.ru;
    // Older people still say the name from before.
    if (!street.old.empty() && random.chance(0.3)) {
        name = kazakh ? street.old.front() : street.old.back();
    }
    const auto how = random.below(4);
    if (kazakh) {
        if (how == 0) name = without_kazakh_letters(name);
        if (how == 1) shorten(name, "шағын ауданы", "м/а");
        if (how == 1) shorten(name, "көшесі", "к-сі");
        const std::string said = how == 2 ? bare(name) + " " + house.number
                                          : name + ", " + house.number + "-үй";
        return said + (with_flat ? ", " + flat + " пәтер" : "");
    }
    if (how == 1) {
        shorten(name, "улица", "ул.");
        shorten(name, "проспект", "пр-т");
        shorten(name, "микрорайон", "мкр");
    }
    switch (how) {
        case 0: return name + ", дом " + house.number + (with_flat ? ", квартира " + flat : "");
        case 1: return name + " " + house.number + (with_flat ? " кв " + flat : "");
        case 2: return bare(name) + " " + house.number + (with_flat ? "-" + flat : "");
        default:
            return bare(name) + ", дом " + house.number +
                   (with_flat ? ", " + std::to_string(random.whole(1, 6)) + " подъезд, кв. " + flat
                              : "");
    }
}

}  // namespace jedel
