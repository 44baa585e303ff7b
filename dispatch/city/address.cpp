#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "dispatch/city/address_impl.h"

namespace jedel {

using namespace address;

namespace {

/// "43.24,76.95" or "43.24 76.95"; comma as the decimal sign when a semicolon or space parts them.
std::optional<std::pair<double, double>> coordinates(std::string_view query) {
    std::vector<double> numbers;
    const char* at = query.data();
    const char* const end = at + query.size();
    while (at != end) {
        if (*at == ' ' || *at == ',' || *at == ';' || *at == '\t') {
            ++at;
            continue;
        }
        double value = 0;
        const auto [next, failed] = std::from_chars(at, end, value);
        if (failed != std::errc{} || std::find(at, next, '.') == next) return std::nullopt;
        numbers.push_back(value);
        at = next;
    }
    if (numbers.size() != 2) return std::nullopt;
    return std::pair{numbers[0], numbers[1]};
}

}  // namespace

AddressHit AddressIndex::Impl::hit_of(const ObjectMatch& m) const {
    const Object& o = objects[m.object];
    AddressHit hit{.kind = o.kind, .label_kk = o.label_kk, .label_ru = o.label_ru, .at = o.at,
                   .score = m.score, .matched_alias = {}};
    if (m.old_name >= 0) hit.matched_alias = o.old_names[static_cast<std::size_t>(m.old_name)];
    return hit;
}

void AddressIndex::Impl::add_houses(const ObjectMatch& m, const std::u32string& number,
                                    std::vector<AddressHit>& hits) const {
    const auto found = find_house(objects[m.object], number);
    for (const HouseHit& h : found) {
        AddressHit hit = hit_of(m);
        hit.kind = h.interpolated ? AddressKind::interpolated_house : AddressKind::house;
        hit.label_kk += ", " + h.shown;
        hit.label_ru += ", " + h.shown;
        hit.at = h.at;
        hit.score = m.score * h.certainty;
        hits.push_back(std::move(hit));
    }
    // The street itself, for a person to point on the map.
    AddressHit street = hit_of(m);
    street.score = m.score * (found.empty() ? 0.68 : 0.6);
    hits.push_back(std::move(street));
}

void AddressIndex::Impl::search_names(Looked& looked, const std::vector<Token>& tokens,
                                      std::vector<AddressHit>& hits, std::size_t limit) const {
    std::vector<Token> said;  // without flats
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& t = tokens[i];
        if (t.kind == TokenKind::number) {
            const bool flat_before = i > 0 && tokens[i - 1].kind == TokenKind::flat_mark;
            const bool flat_after = i + 1 < tokens.size() &&
                                    tokens[i + 1].kind == TokenKind::flat_mark &&
                                    !(i + 2 < tokens.size() &&
                                      tokens[i + 2].kind == TokenKind::number);
            if (t.after_dash || flat_before || flat_after) continue;
        }
        said.push_back(t);
    }
    // Which number is the house? Try each, and none.
    std::vector<std::size_t> houses;
    bool marked = false;
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i].kind != TokenKind::number || said[i].ordinal) continue;
        const bool beside = (i > 0 && said[i - 1].kind == TokenKind::house_mark) ||
                            (i + 1 < said.size() && said[i + 1].kind == TokenKind::house_mark) ||
                            (i + 2 < said.size() && said[i + 1].kind == TokenKind::separator &&
                             said[i + 2].kind == TokenKind::house_mark);
        if (beside && !marked) {
            houses.assign(1, i);
            marked = true;
        } else if (!marked && houses.size() < 3) {
            houses.push_back(i);
        }
    }
    for (const std::size_t house : houses) {
        std::vector<Token> name = said;
        name.erase(name.begin() + static_cast<std::ptrdiff_t>(house));
        for (const ObjectMatch& m : match(looked, name, limit)) {
            add_houses(m, said[house].text, hits);
        }
    }
    if (!marked) {
        for (const ObjectMatch& m : match(looked, said, limit)) hits.push_back(hit_of(m));
    }
}

std::vector<ObjectMatch> AddressIndex::Impl::streets_only(std::vector<ObjectMatch> all) const {
    std::erase_if(all, [&](const ObjectMatch& m) { return objects[m.object].nodes.empty(); });
    if (all.size() > 12) all.resize(12);
    return all;
}

/// Where two streets meet: a junction of both, or, as divided roads are drawn as two lines,
/// junctions at most 60 m apart.
std::optional<LatLon> AddressIndex::Impl::meet(const Object& p, const Object& q) const {
    constexpr double near_deg = 0.0006;
    if (p.low.lat > q.high.lat + near_deg || q.low.lat > p.high.lat + near_deg ||
        p.low.lon > q.high.lon + near_deg || q.low.lon > p.high.lon + near_deg) {
        return std::nullopt;
    }
    const auto& nodes = city->roads->nodes;
    std::vector<std::uint32_t> shared;
    std::set_intersection(p.nodes.begin(), p.nodes.end(), q.nodes.begin(), q.nodes.end(),
                          std::back_inserter(shared));
    if (!shared.empty()) return nodes[shared[shared.size() / 2]].degrees();
    constexpr std::int32_t near_e7 = 6'000;
    for (const std::uint32_t i : p.nodes) {
        for (const std::uint32_t j : q.nodes) {
            if (std::abs(nodes[i].lat_e7 - nodes[j].lat_e7) > near_e7) continue;
            if (distance_m(nodes[i].degrees(), nodes[j].degrees()) < 60) return nodes[i].degrees();
        }
    }
    return std::nullopt;
}

void AddressIndex::Impl::search_crossing(Looked& looked, const std::vector<Token>& left,
                                         const std::vector<Token>& right, bool said_so,
                                         std::vector<AddressHit>& hits) const {
    std::u32string number;
    const auto name_only = [&](const std::vector<Token>& side) {
        std::vector<Token> out;
        for (const Token& t : side) {
            const bool house = t.kind == TokenKind::number && !t.ordinal;
            if (house && number.empty() && !t.after_dash) number = t.text;
            if (!house) out.push_back(t);
        }
        return out;
    };
    const auto a = streets_only(match(looked, name_only(left), 30));
    const auto b = streets_only(match(looked, name_only(right), 30));
    for (const ObjectMatch& x : a) {
        for (const ObjectMatch& y : b) {
            const Object& p = objects[x.object];
            const Object& q = objects[y.object];
            if (x.object == y.object) continue;
            const auto place = meet(p, q);
            if (!place) continue;
            AddressHit hit;
            hit.kind = AddressKind::crossing;
            hit.label_kk = p.label_kk + " – " + q.label_kk;
            hit.label_ru = p.label_ru + " – " + q.label_ru;
            hit.at = *place;
            hit.score = std::min(x.score, y.score) * (said_so ? 1 : 0.94);
            hit.matched_alias = hit_of(x).matched_alias;
            hits.push_back(hit);
            // "Абая 12 угол Сейфуллина": the house itself, if it is at that corner.
            for (const HouseHit& h : number.empty() ? std::vector<HouseHit>{}
                                                    : find_house(p, number)) {
                const bool at_corner = distance_m(h.at, hit.at) < 350;
                AddressHit house = hit_of(x);
                house.kind = h.interpolated ? AddressKind::interpolated_house : AddressKind::house;
                house.label_kk += ", " + h.shown;
                house.label_ru += ", " + h.shown;
                house.at = h.at;
                house.score = hit.score * h.certainty * (at_corner ? 1 : 0.8);
                // Said with the corner and standing there: nothing could be surer.
                if (at_corner && h.certainty == 1) hits.back().score = hit.score * 0.98;
                hits.push_back(std::move(house));
            }
        }
    }
}

void AddressIndex::Impl::search_crossings(Looked& looked, const std::vector<Token>& tokens,
                                          std::vector<AddressHit>& hits) const {
    std::vector<Token> said;
    std::vector<std::size_t> cuts;  // where in `said` the second street begins
    bool corner = false;
    for (const Token& t : tokens) {
        const bool parts = t.kind == TokenKind::corner || t.kind == TokenKind::joiner ||
                           t.kind == TokenKind::separator;
        corner = corner || t.kind == TokenKind::corner;
        if (!parts) {
            said.push_back(t);
        } else if (!said.empty() && cuts.size() < 8 &&
                   (cuts.empty() || cuts.back() != said.size())) {
            cuts.push_back(said.size());
        }
    }
    while (!cuts.empty() && cuts.back() >= said.size()) cuts.pop_back();
    const auto named = std::count_if(said.begin(), said.end(), [](const Token& t) {
        return t.kind == TokenKind::word;
    });
    if (named < 2) return;
    const bool said_so = corner || !cuts.empty();
    // Two streets said one after the other: every place may part them.
    if (cuts.empty()) {
        for (std::size_t i = 1; i < std::min<std::size_t>(said.size(), 8); ++i) cuts.push_back(i);
    }
    for (const std::size_t cut : cuts) {
        const auto middle = said.begin() + static_cast<std::ptrdiff_t>(cut);
        search_crossing(looked, {said.begin(), middle}, {middle, said.end()}, said_so, hits);
    }
}

Result<AddressIndex> AddressIndex::build(std::shared_ptr<const City> city) {
    if (!city || !city->roads) return Error{.message = "expected a city with roads, found none"};
    auto impl = std::make_unique<Impl>();
    impl->city = std::move(city);
    impl->build();
    return AddressIndex{std::move(impl)};
}

AddressIndex::AddressIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AddressIndex::AddressIndex(AddressIndex&&) noexcept = default;
AddressIndex& AddressIndex::operator=(AddressIndex&&) noexcept = default;
AddressIndex::~AddressIndex() = default;

std::vector<AddressHit> AddressIndex::search(std::string_view query, std::size_t limit) const {
    std::vector<AddressHit> hits;
    if (limit == 0) return hits;
    if (const auto pair = coordinates(query)) {
        const City& city = *impl_->city;
        const auto inside = [&](LatLon p) {
            return p.lat >= city.low.lat && p.lat <= city.high.lat && p.lon >= city.low.lon &&
                   p.lon <= city.high.lon;
        };
        const LatLon straight{pair->first, pair->second};
        const LatLon swapped{pair->second, pair->first};
        const auto add = [&](LatLon p, double score) {
            const std::string label = fmt::format("{:.6f}, {:.6f}", p.lat, p.lon);
            hits.push_back({AddressKind::coordinates, label, label, p, score, {}});
        };
        // Longitude said first is shown as such only where it falls into the city.
        if (is_valid(straight)) add(straight, inside(straight) || !inside(swapped) ? 1 : 0.5);
        if (is_valid(swapped) && inside(swapped) && !inside(straight)) add(swapped, 0.9);
    } else {
        const std::vector<Token> tokens = tokens_of(query);
        Looked looked;
        impl_->search_names(looked, tokens, hits, limit);
        const bool parted = std::any_of(tokens.begin(), tokens.end(), [](const Token& t) {
            return t.kind == TokenKind::corner || t.kind == TokenKind::joiner ||
                   t.kind == TokenKind::separator;
        });
        const double best = hits.empty() ? 0
                                         : std::max_element(hits.begin(), hits.end(),
                                                            [](const auto& a, const auto& b) {
                                                                return a.score < b.score;
                                                            })->score;
        if (parted || best < 0.8) impl_->search_crossings(looked, tokens, hits);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const AddressHit& a, const AddressHit& b) {
        return a.score > b.score;
    });
    std::vector<AddressHit> out;
    for (AddressHit& h : hits) {
        const bool known = std::any_of(out.begin(), out.end(), [&](const AddressHit& o) {
            return o.label_ru == h.label_ru && distance_m(o.at, h.at) < 300;
        });
        if (!known) out.push_back(std::move(h));
        if (out.size() == limit) break;
    }
    return out;
}

}  // namespace jedel
