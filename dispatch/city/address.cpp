#include <algorithm>
#include <cmath>

#include "dispatch/city/address_coordinates.h"
#include "dispatch/city/address_impl.h"

namespace jedel {

using namespace address;

Hit AddressIndex::Impl::hit_of(const ObjectMatch& m) const {
    const Object& o = objects[m.object];
    Hit hit;
    hit.kind = o.kind;
    hit.label_kk = o.label_kk;
    hit.label_ru = o.label_ru;
    hit.at = o.at;
    hit.score = m.score;
    hit.object = m.object;
    hit.exact = o.kind == AddressKind::landmark || o.kind == AddressKind::organisation;
    if (m.old_name >= 0) hit.matched_alias = o.old_names[static_cast<std::size_t>(m.old_name)];
    return hit;
}

namespace {

/// Of a street's hit makes that of a house on it.
void put_house(Hit& hit, const HouseHit& h, const Token& number) {
    hit.kind = h.interpolated ? AddressKind::interpolated_house : AddressKind::house;
    hit.label_kk += ", " + h.shown;
    hit.label_ru += ", " + h.shown;
    hit.at = h.at;
    hit.exact = h.exact;
    hit.nearest = h.nearest;
    hit.house = &number;
    hit.score *= h.certainty;
}

}  // namespace

void AddressIndex::Impl::add_houses(const ObjectMatch& m, const Token& number,
                                    std::vector<Hit>& hits) const {
    const auto found = find_house(objects[m.object], number.text);
    for (const HouseHit& h : found) {
        Hit hit = hit_of(m);
        put_house(hit, h, number);
        hits.push_back(std::move(hit));
    }
    // The street itself, for a person to point on the map.
    Hit street = hit_of(m);
    street.score = m.score * (found.empty() ? 0.68 : 0.6);
    street.exact = false;
    hits.push_back(std::move(street));
}

void AddressIndex::Impl::search_names(Looked& looked, const std::vector<Token>& said,
                                      std::vector<Hit>& hits, std::size_t limit) const {
    // Which number is the house? The one that was said to be, else each in turn, and none.
    std::vector<std::size_t> houses;
    bool marked = false;
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i].kind != TokenKind::number) continue;
        if (said[i].marked_house && !marked) {
            houses.assign(1, i);
            marked = true;
        } else if (!said[i].ordinal && !marked && houses.size() < 3) {
            houses.push_back(i);
        }
    }
    for (const std::size_t house : houses) {
        std::vector<Token> name = said;
        name.erase(name.begin() + static_cast<std::ptrdiff_t>(house));
        for (const ObjectMatch& m : match(looked, name, limit)) add_houses(m, said[house], hits);
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
                                         std::vector<Hit>& hits) const {
    const Token* number = nullptr;
    const auto name_only = [&](const std::vector<Token>& side) {
        std::vector<Token> out;
        for (const Token& t : side) {
            const bool house = t.kind == TokenKind::number && !t.ordinal;
            if (house && number == nullptr && !t.after_dash) number = &t;
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
            Hit hit;
            hit.kind = AddressKind::crossing;
            hit.object = x.object;
            hit.second = y.object;
            hit.exact = number == nullptr;
            hit.label_kk = p.label_kk + " – " + q.label_kk;
            hit.label_ru = p.label_ru + " – " + q.label_ru;
            hit.at = *place;
            hit.score = std::min(x.score, y.score) * (said_so ? 1 : 0.94);
            hit.matched_alias = hit_of(x).matched_alias;
            hits.push_back(hit);
            // "Абая 12 угол Сейфуллина": the house itself, if it is at that corner.
            for (const HouseHit& h : number == nullptr ? std::vector<HouseHit>{}
                                                       : find_house(p, number->text)) {
                const bool at_corner = distance_m(h.at, hit.at) < 350;
                Hit house = hit_of(x);
                put_house(house, h, *number);
                house.second = y.object;
                house.score = hit.score * h.certainty * (at_corner ? 1 : 0.8);
                // Said with the corner and standing there: nothing could be surer.
                if (at_corner && h.exact) hits.back().score = hit.score * 0.98;
                hits.push_back(std::move(house));
            }
        }
    }
}

void AddressIndex::Impl::search_crossings(Looked& looked, const std::vector<Token>& tokens,
                                          std::vector<Hit>& hits) const {
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
    const City& named = *impl->city;
    for (const std::string* name : {&named.name_kk, &named.name_ru, &named.name_en}) {
        for (const Token& t : tokens_of(*name)) {
            if (t.kind == TokenKind::word) impl->city_names.insert(t.text);
        }
    }
    impl->build();
    return AddressIndex{std::move(impl)};
}

AddressIndex::AddressIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AddressIndex::AddressIndex(AddressIndex&&) noexcept = default;
AddressIndex& AddressIndex::operator=(AddressIndex&&) noexcept = default;
AddressIndex::~AddressIndex() = default;

namespace {

/// Best first, the same place once, at most `limit`.
std::vector<Hit> best_of(std::vector<Hit> hits, std::size_t limit) {
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& a, const Hit& b) { return a.score > b.score; });
    std::vector<Hit> out;
    for (Hit& h : hits) {
        const bool known = std::any_of(out.begin(), out.end(), [&](const Hit& o) {
            return o.label_ru == h.label_ru && distance_m(o.at, h.at) < 300;
        });
        if (!known) out.push_back(std::move(h));
        if (out.size() == limit) break;
    }
    return out;
}

}  // namespace

std::vector<AddressHit> AddressIndex::search(std::string_view query, std::size_t limit) const {
    if (limit == 0) return {};
    if (const auto pasted = coordinates_of(query)) {
        return impl_->at_coordinates(query, pasted->first, pasted->second, pasted->either);
    }
    if (is_link(query)) return {};
    const Reading reading = read_address(query, impl_->city_names);
    const std::vector<Token>& said = reading.said;
    std::vector<Hit> hits;
    Looked looked;
    impl_->search_names(looked, said, hits, limit);
    const bool parted = std::any_of(said.begin(), said.end(), [](const Token& t) {
        return t.kind == TokenKind::corner || t.kind == TokenKind::joiner ||
               t.kind == TokenKind::separator;
    });
    double best = 0;
    for (const Hit& h : hits) best = std::max(best, h.score);
    if (parted || best < 0.8) impl_->search_crossings(looked, said, hits);
    hits = best_of(std::move(hits), limit);
    for (Hit& h : hits) impl_->explain(looked, reading, query, h);
    hits = best_of(std::move(hits), limit);  // what was not understood lowers a score
    return {std::make_move_iterator(hits.begin()), std::make_move_iterator(hits.end())};
}

}  // namespace jedel
