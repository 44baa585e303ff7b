#include "dispatch/city/address_objects.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "dispatch/city/address_parts.h"

namespace jedel::address {
namespace {

constexpr double apart_m = 900;  ///< farther pieces of one name are different streets

int leading_number(const std::u32string& folded) {
    int value = 0;
    for (const char32_t c : folded) {
        if (c < U'0' || c > U'9' || value > 100'000) break;
        value = value * 10 + static_cast<int>(c - U'0');
    }
    return value;
}


bool sorted_before(const House& a, const House& b) {
    return a.number != b.number ? a.number < b.number : a.folded < b.folded;
}

/// What lies in one cell of about 900 m, for joining pieces that are near.
std::pair<int, int> cell_of(LatLon p) {
    return {static_cast<int>(std::floor(p.lat / 0.008)),
            static_cast<int>(std::floor(p.lon / 0.012))};
}

class Parts {
public:
    explicit Parts(std::size_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    }
    std::size_t root(std::size_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

private:
    std::vector<std::size_t> parent_;
};

struct Piece {
    LatLon at;
    std::vector<std::uint32_t> nodes;
    std::vector<std::uint32_t> houses;  ///< indices of places
};

class Gatherer {
public:
    explicit Gatherer(const City& city) : city_(city), map_(*city.roads) {}

    std::vector<Object> gather() {
        streets();
        for (const auto& p : map_.places) {
            if (p.kind == roads::PlaceKind::house || p.name == 0) continue;
            if (p.kind == roads::PlaceKind::organisation && known_organisation(p)) continue;
            Object o = named(p.name);
            o.kind = p.kind == roads::PlaceKind::organisation ? AddressKind::organisation
                                                              : AddressKind::landmark;
            o.at = p.at.degrees();
            out_.push_back(std::move(o));
        }
        for (const Organisation& org : city_.organisations.all) {
            Object o;
            o.kind = AddressKind::organisation;
            for (const std::string* name : {&org.name_kk, &org.name_ru, &org.name_en}) {
                if (!name->empty()) o.names.push_back(*name);
            }
            if (o.names.empty()) continue;
            o.label_kk = org.name_kk.empty() ? o.names.front() : org.name_kk;
            o.label_ru = org.name_ru.empty() ? o.names.front() : org.name_ru;
            o.at = org.place;
            out_.push_back(std::move(o));
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] bool known_organisation(const roads::Place& p) const {
        const std::string& name = map_.names[p.name].any;
        return std::any_of(city_.organisations.all.begin(), city_.organisations.all.end(),
                           [&](const Organisation& o) {
                               return (o.name_ru == name || o.name_kk == name) &&
                                      distance_m(o.place, p.at.degrees()) < 500;
                           });
    }

    [[nodiscard]] Object named(std::uint32_t index) const {
        const roads::Name& n = map_.names[index];
        Object o;
        o.label_kk = !n.kk.empty() ? n.kk : !n.any.empty() ? n.any : n.ru;
        o.label_ru = !n.ru.empty() ? n.ru : !n.any.empty() ? n.any : n.kk;
        for (const std::string* name : {&n.kk, &n.ru, &n.any, &n.en}) {
            const bool is_new =
                std::find(o.names.begin(), o.names.end(), *name) == o.names.end();
            if (!name->empty() && is_new) o.names.push_back(*name);
        }
        o.old_names = n.old;
        return o;
    }

    /// Names that read the same are one name: a map often has several entries.
    std::uint32_t canonical(std::uint32_t name) {
        if (canonical_.empty()) {
            canonical_.resize(map_.names.size());
            std::map<std::string, std::uint32_t> first;
            for (std::uint32_t i = 1; i < map_.names.size(); ++i) {
                const roads::Name& n = map_.names[i];
                const std::string key = !n.any.empty() ? n.any : n.kk + "|" + n.ru;
                canonical_[i] = first.emplace(key, i).first->second;
            }
        }
        return canonical_[name];
    }

    void streets() {
        std::map<std::uint32_t, std::vector<Piece>> by_name;
        for (const auto& s : map_.segments) {
            if (s.name == 0) continue;
            const LatLon a = map_.nodes[s.from].degrees();
            const LatLon b = map_.nodes[s.to].degrees();
            by_name[canonical(s.name)].push_back(
                {{(a.lat + b.lat) / 2, (a.lon + b.lon) / 2}, {s.from, s.to}, {}});
        }
        std::map<std::uint32_t, std::vector<Piece>> without_road;
        for (std::uint32_t i = 0; i < map_.places.size(); ++i) {
            const auto& p = map_.places[i];
            if (p.kind != roads::PlaceKind::house || p.street == 0) continue;
            const std::uint32_t name = canonical(p.street);
            const auto road = by_name.find(name);
            const Piece house{p.at.degrees(), {}, {i}};
            (road != by_name.end() ? road->second : without_road[name]).push_back(house);
        }
        for (const auto& [name, pieces] : by_name) street(name, pieces);
        adopt(without_road);
        for (Object& o : out_) sort_houses(o);
        for (const auto& [name, pieces] : without_road) {
            if (!pieces.empty()) street(name, pieces);
        }
    }

    /// "ул. Абая" on houses, "проспект Абая" on the road beside them: the same words near by.
    void adopt(std::map<std::uint32_t, std::vector<Piece>>& without_road) {
        std::map<std::u32string, std::vector<std::size_t>> by_words;
        for (std::size_t i = 0; i < out_.size(); ++i) {
            for (const std::string& name : out_[i].names) {
                const auto words = words_of(name);
                if (words) by_words[*words].push_back(i);
            }
        }
        for (auto& [name, pieces] : without_road) {
            const roads::Name& n = map_.names[name];
            const auto words = words_of(!n.any.empty() ? n.any : n.ru);
            const auto found = words ? by_words.find(*words) : by_words.end();
            if (found == by_words.end()) continue;
            std::erase_if(pieces, [&](const Piece& piece) {
                for (const std::size_t i : found->second) {
                    if (!beside(out_[i], piece.at)) continue;
                    add_piece(out_[i], piece);
                    return true;
                }
                return false;
            });
        }
    }

    [[nodiscard]] bool beside(const Object& street, LatLon p) const {
        return std::any_of(street.nodes.begin(), street.nodes.end(), [&](std::uint32_t n) {
            return distance_m(map_.nodes[n].degrees(), p) < 400;
        });
    }

    /// The words that tell streets apart, sorted; nothing for a quarter, which is not a street.
    static std::optional<std::u32string> words_of(const std::string& name) {
        std::vector<std::u32string> words;
        for (const Token& t : tokens_of(name)) {
            if (t.type == StreetKind::quarter || t.type == StreetKind::village) return std::nullopt;
            if (t.kind == TokenKind::word || t.kind == TokenKind::number) words.push_back(t.text);
        }
        if (words.empty()) return std::nullopt;
        std::sort(words.begin(), words.end());
        std::u32string out;
        for (const auto& w : words) out += w + U' ';
        return out;
    }

    static void sort_houses(Object& o) {
        std::sort(o.houses.begin(), o.houses.end(), sorted_before);
    }

    void street(std::uint32_t name, const std::vector<Piece>& pieces) {
        Parts parts{pieces.size()};
        std::map<std::pair<int, int>, std::vector<std::size_t>> cells;
        std::unordered_map<std::uint32_t, std::size_t> by_node;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            for (const std::uint32_t n : pieces[i].nodes) {
                parts.join(by_node.emplace(n, i).first->second, i);
            }
            const auto [x, y] = cell_of(pieces[i].at);
            for (int dx = -1; dx <= 1; ++dx) {
                for (int dy = -1; dy <= 1; ++dy) {
                    const auto found = cells.find({x + dx, y + dy});
                    if (found == cells.end()) continue;
                    for (const std::size_t j : found->second) {
                        if (distance_m(pieces[i].at, pieces[j].at) < apart_m) parts.join(i, j);
                    }
                }
            }
            // One representative per joined part and cell is enough.
            auto& here = cells[{x, y}];
            if (here.size() < 8) here.push_back(i);
        }
        std::map<std::size_t, Object> by_part;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const auto [at, is_new] = by_part.try_emplace(parts.root(i));
            if (is_new) at->second = named(name);
            add_piece(at->second, pieces[i]);
        }
        for (auto& [root, o] : by_part) finish(std::move(o));
    }

    void add_piece(Object& o, const Piece& piece) {
        o.nodes.insert(o.nodes.end(), piece.nodes.begin(), piece.nodes.end());
        for (const std::uint32_t i : piece.houses) {
            const auto& p = map_.places[i];
            for (std::u32string& key : house_keys(p.number)) {
                House h;
                h.folded = std::move(key);
                h.number = leading_number(h.folded);
                h.shown = p.number;
                h.at = p.at.degrees();
                if (!h.folded.empty()) o.houses.push_back(std::move(h));
            }
        }
    }

    void finish(Object o) {
        std::sort(o.nodes.begin(), o.nodes.end());
        o.nodes.erase(std::unique(o.nodes.begin(), o.nodes.end()), o.nodes.end());
        sort_houses(o);
        std::vector<LatLon> places;
        o.low = {90, 180};
        o.high = {-90, -180};
        for (const std::uint32_t n : o.nodes) {
            const LatLon p = map_.nodes[n].degrees();
            places.push_back(p);
            o.low = {std::min(o.low.lat, p.lat), std::min(o.low.lon, p.lon)};
            o.high = {std::max(o.high.lat, p.lat), std::max(o.high.lon, p.lon)};
        }
        if (places.empty()) {
            for (const House& h : o.houses) places.push_back(h.at);
            o.kind = AddressKind::landmark;  // a quarter: houses, but no road of its name
        }
        if (places.empty()) return;
        LatLon middle;
        for (const LatLon p : places) middle = {middle.lat + p.lat, middle.lon + p.lon};
        const auto count = static_cast<double>(places.size());
        middle = {middle.lat / count, middle.lon / count};
        o.at = *std::min_element(places.begin(), places.end(), [&](LatLon a, LatLon b) {
            return distance_m(a, middle) < distance_m(b, middle);
        });
        out_.push_back(std::move(o));
    }

    const City& city_;
    const roads::RoadMap& map_;
    std::vector<std::uint32_t> canonical_;
    std::vector<Object> out_;
};

LatLon between(const House& a, const House& b, int number) {
    const double t = static_cast<double>(number - a.number) / (b.number - a.number);
    return {a.at.lat + (b.at.lat - a.at.lat) * t, a.at.lon + (b.at.lon - a.at.lon) * t};
}

}  // namespace

std::vector<Object> objects_of(const City& city) { return Gatherer{city}.gather(); }

std::vector<HouseHit> find_house(const Object& street, const std::u32string& number) {
    std::vector<HouseHit> out;
    const int wanted = leading_number(number);
    if (street.houses.empty() || wanted == 0) return out;
    for (const House& h : street.houses) {
        if (h.folded == number) out.push_back({h.at, h.shown, false, 1, true, {}});
    }
    if (!out.empty()) return out;
    // The same number with another letter or fraction stands beside it.
    for (const House& h : street.houses) {
        if (h.number != wanted) continue;
        const bool known = std::any_of(out.begin(), out.end(),
                                       [&](const HouseHit& o) { return o.shown == h.shown; });
        if (!known) out.push_back({h.at, h.shown, false, 0.88, false, h.shown});
    }
    if (out.size() > 3) out.resize(3);
    if (!out.empty()) return out;

    std::string shown;
    for (const char32_t c : number) shown += c < 0x80 ? static_cast<char>(c) : '?';
    if (shown.find('?') != std::string::npos) shown = std::to_string(wanted);
    // Neighbours on the same side of the street.
    const House* below = nullptr;
    const House* above = nullptr;
    for (const House& h : street.houses) {
        if ((h.number - wanted) % 2 != 0 || h.number == 0) continue;
        if (h.number < wanted) below = &h;
        if (h.number > wanted && above == nullptr) above = &h;
    }
    if (below != nullptr && above != nullptr && distance_m(below->at, above->at) < 1500) {
        const bool lower = wanted - below->number <= above->number - wanted;
        out.push_back({between(*below, *above, wanted), shown, true, 0.85, false,
                       lower ? below->shown : above->shown});
        return out;
    }
    // Beyond the last known number: the nearest one, said with its own number.
    const House* nearest = nullptr;
    for (const House& h : street.houses) {
        if (nearest == nullptr ||
            std::abs(h.number - wanted) < std::abs(nearest->number - wanted)) {
            nearest = &h;
        }
    }
    if (nearest != nullptr) {
        out.push_back({nearest->at, nearest->shown, false, 0.7, false, nearest->shown});
    }
    return out;
}

}  // namespace jedel::address
