#pragma once
// Address search as one types, in Kazakh and Russian.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/city/city.h"

namespace jedel {

enum class AddressKind : std::uint8_t {
    house, interpolated_house, street, crossing, landmark, organisation, coordinates
};

/// What a word of the query was taken for.
enum class AddressRole : std::uint8_t {
    street, kind, house, flat, entrance, floor, city, district, corner, note, filler, coordinates,
    unknown
};
struct AddressWord {
    std::string text;  ///< as it was typed
    AddressRole role = AddressRole::unknown;
    /// Taken into account, or known to need none; false for what nobody knows the meaning of.
    bool understood = false;
};

struct AddressHit {
    AddressKind kind = AddressKind::street;
    std::string label_kk, label_ru;
    LatLon at;
    double score = 0;           ///< 1 = exact; the list is in descending order
    std::string matched_alias;  ///< the old name that matched, if so
    /// This very place: a house by its own number, a crossing, a landmark, coordinates, and every
    /// word understood. False: a street, or near it only, beside or between known houses.
    bool exact = false;
    /// Where the number asked for is not in the map: the known house next to it, as in the map.
    std::string nearest;
    std::vector<AddressWord> words;  ///< of the query, in order
};

/// The house number that was said, as it was typed: no number of a street ("15-көше", "7-я"), no
/// flat, floor or entrance; empty: none.
std::string house_said(std::string_view query);
/// Whether two ways of writing a house number mean one house: "12 корпус 2" and "12к2", "12А" with
/// a Latin A. A range or list is each of its houses.
bool same_house(const std::string& a, const std::string& b);

/// Immutable after building; safe from several threads.
class AddressIndex {
public:
    static Result<AddressIndex> build(std::shared_ptr<const City> city);
    AddressIndex(AddressIndex&&) noexcept;
    AddressIndex& operator=(AddressIndex&&) noexcept;
    ~AddressIndex();
    /// Best first, at most `limit`. Empty query gives nothing. Coordinates in any usual form, also
    /// in links of maps, give themselves.
    [[nodiscard]] std::vector<AddressHit> search(std::string_view query,
                                                 std::size_t limit = 8) const;

private:
    struct Impl;
    explicit AddressIndex(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::AddressKind> {
    static constexpr std::array<std::string_view, 7> names{
        "house", "interpolated_house", "street", "crossing", "landmark", "organisation",
        "coordinates"};
};

template <>
struct jedel::EnumNames<jedel::AddressRole> {
    static constexpr std::array<std::string_view, 13> names{
        "street", "kind", "house", "flat", "entrance", "floor", "city", "district", "corner",
        "note", "filler", "coordinates", "unknown"};
};
