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

struct AddressHit {
    AddressKind kind = AddressKind::street;
    std::string label_kk, label_ru;
    LatLon at;
    double score = 0;           ///< 1 = exact; the list is in descending order
    std::string matched_alias;  ///< the old name that matched, if so
};

/// Immutable after building; safe from several threads.
class AddressIndex {
public:
    static Result<AddressIndex> build(std::shared_ptr<const City> city);
    AddressIndex(AddressIndex&&) noexcept;
    AddressIndex& operator=(AddressIndex&&) noexcept;
    ~AddressIndex();
    /// Best first, at most `limit`. Empty query gives nothing. "43.24,76.95" gives coordinates.
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
