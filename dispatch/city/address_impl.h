#pragma once
// The inside of an AddressIndex: names, words, and the readings of a query.

#include <optional>
#include <unordered_map>

#include "dispatch/city/address.h"
#include "dispatch/city/address_objects.h"
#include "dispatch/city/address_parts.h"
#include "dispatch/city/address_text.h"
#include "dispatch/city/address_words.h"

namespace jedel {

namespace address {

/// One name of one object, cut into words.
struct Alias {
    std::uint32_t object = 0;
    std::uint16_t words = 0;  ///< without those that only say the kind of street
    std::int16_t old_name = -1;
    std::uint16_t types = 0;  ///< a bit per StreetKind
};

struct ObjectMatch {
    std::uint32_t object = 0;
    double score = 0;
    std::int16_t old_name = -1;
};

/// A hit while it is searched for: what it was found by.
struct Hit : AddressHit {
    std::uint32_t object = none, second = none;  ///< streets or the like whose names matched
    const Token* house = nullptr;                ///< the number taken for the house
    static constexpr std::uint32_t none = 0xffff'ffffU;
};

/// What one search has looked up already; the same words come again with every reading of it.
using Looked = std::unordered_map<std::u32string, std::vector<WordMatch>>;

}  // namespace address

struct AddressIndex::Impl {
    using Token = address::Token;
    using Object = address::Object;
    using ObjectMatch = address::ObjectMatch;
    using Looked = address::Looked;

    std::shared_ptr<const City> city;
    std::vector<Object> objects;
    std::vector<address::Alias> aliases;
    address::WordIndex words;
    std::vector<std::vector<std::uint32_t>> aliases_of_word;
    std::set<std::u32string> city_names;  ///< folded words of the city's own name
    std::vector<std::uint32_t> last_words;  ///< of the alias added last, while building

    void add_alias(std::uint32_t object, const std::string& name, std::int16_t old_name);
    void build();

    [[nodiscard]] std::vector<ObjectMatch> match(Looked& looked,
                                                 const std::vector<Token>& tokens,
                                                 std::size_t limit) const;
    void search_names(Looked& looked, const std::vector<Token>& tokens,
                      std::vector<address::Hit>& hits, std::size_t limit) const;
    void search_crossing(Looked& looked, const std::vector<Token>& left,
                         const std::vector<Token>& right, bool said_so,
                         std::vector<address::Hit>& hits) const;
    [[nodiscard]] std::vector<ObjectMatch> streets_only(std::vector<ObjectMatch> all) const;
    [[nodiscard]] std::optional<LatLon> meet(const Object& p, const Object& q) const;
    void search_crossings(Looked& looked, const std::vector<Token>& tokens,
                          std::vector<address::Hit>& hits) const;
    void add_houses(const ObjectMatch& m, const address::Token& number,
                    std::vector<address::Hit>& hits) const;
    [[nodiscard]] address::Hit hit_of(const ObjectMatch& m) const;
    [[nodiscard]] std::vector<AddressHit> at_coordinates(std::string_view query,
                                                         double first, double second,
                                                         bool either) const;
    /// Says of each word what it was taken for in this hit, and whether the hit is exact.
    void explain(Looked& looked, const address::Reading& reading, std::string_view query,
                 address::Hit& hit) const;
    [[nodiscard]] bool names(Looked& looked, const Token& word, const address::Hit& hit) const;
};

}  // namespace jedel
