// What each word of a query was taken for, and whether the place is the one asked for.

#include <fmt/format.h>

#include <algorithm>

#include "dispatch/city/address_impl.h"

namespace jedel {

using namespace address;

bool AddressIndex::Impl::names(Looked& looked, const Token& word, const Hit& hit) const {
    const auto [at, is_new] = looked.try_emplace(word.text);
    if (is_new) at->second = words.find(word.text, 40);
    return std::any_of(at->second.begin(), at->second.end(), [&](const WordMatch& m) {
        return std::any_of(aliases_of_word[m.word].begin(), aliases_of_word[m.word].end(),
                           [&](std::uint32_t a) {
                               return aliases[a].object == hit.object ||
                                      aliases[a].object == hit.second;
                           });
    });
}

void AddressIndex::Impl::explain(Looked& looked, const Reading& reading, std::string_view query,
                                 Hit& hit) const {
    int unknown = 0, unread_numbers = 0;
    for (std::size_t i = 0; i < reading.words.size(); ++i) {
        const Token& t = reading.words[i];
        if (t.kind == TokenKind::separator) continue;
        AddressWord word{std::string{query.substr(t.begin, t.end - t.begin)}, t.role, false};
        while (!word.text.empty() && (word.text.back() == ' ' || word.text.back() == '.')) {
            word.text.pop_back();
        }
        const bool in_house = hit.house != nullptr &&
                              std::find(hit.house->of.begin(), hit.house->of.end(), i) !=
                                  hit.house->of.end();
        if (in_house) {
            word.role = AddressRole::house;
        } else if (t.kind == TokenKind::part_mark) {  // a part of the house that was not read
            word.role = AddressRole::unknown;
            ++unknown;
        } else if (word.role == AddressRole::unknown) {
            if (names(looked, t, hit)) word.role = AddressRole::street;
            else if (t.kind == TokenKind::number) ++unread_numbers;
            else ++unknown;
        }
        word.understood = word.role != AddressRole::unknown && word.role != AddressRole::note;
        hit.words.push_back(std::move(word));
    }
    // A house was asked for and this is none: the street, a crossing, a landmark beside it.
    const bool number_left = hit.house == nullptr && unread_numbers > 0;
    if (unknown > 0 || number_left) hit.exact = false;
    if (unread_numbers > 0 || unknown > 0) hit.score = std::min(hit.score, 0.95);
    if (number_left || (hit.house != nullptr && !hit.exact)) hit.score = std::min(hit.score, 0.95);
}

std::vector<AddressHit> AddressIndex::Impl::at_coordinates(std::string_view query, double first,
                                                           double second, bool either) const {
    const auto inside = [&](LatLon p) {
        return p.lat >= city->low.lat && p.lat <= city->high.lat && p.lon >= city->low.lon &&
               p.lon <= city->high.lon;
    };
    std::vector<AddressHit> hits;
    const auto add = [&](LatLon p, double score) {
        AddressHit hit;
        hit.kind = AddressKind::coordinates;
        hit.label_kk = hit.label_ru = fmt::format("{:.6f}, {:.6f}", p.lat, p.lon);
        hit.at = p;
        hit.score = score;
        hit.exact = score == 1;
        hit.words = {{std::string{query}, AddressRole::coordinates, true}};
        hits.push_back(std::move(hit));
    };
    const LatLon straight{first, second};
    const LatLon swapped{second, first};
    if (!either) {
        if (is_valid(straight)) add(straight, 1);
        return hits;
    }
    // Longitude said first is shown as such only where it falls into the city.
    if (is_valid(straight)) add(straight, inside(straight) || !inside(swapped) ? 1 : 0.5);
    if (is_valid(swapped) && inside(swapped) && !inside(straight)) add(swapped, 0.9);
    std::stable_sort(hits.begin(), hits.end(), [](const AddressHit& a, const AddressHit& b) {
        return a.score > b.score;
    });
    return hits;
}

}  // namespace jedel
