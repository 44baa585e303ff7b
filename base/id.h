#pragma once
// Identifiers that cannot be mixed up.

#include <compare>
#include <cstdint>
#include <functional>

namespace jedel {

/// A number that identifies one thing of one kind; 0 means none. 64 bits: no cap is ever met.
template <class Tag>
struct Id {
    std::uint64_t value = 0;
    friend constexpr auto operator<=>(Id, Id) = default;
    explicit constexpr operator bool() const { return value != 0; }
};

using IncidentId = Id<struct IncidentTag>;
using BrigadeId = Id<struct BrigadeTag>;
using AssignmentId = Id<struct AssignmentTag>;
using OrganisationId = Id<struct OrganisationTag>;
using PersonRef = Id<struct PersonTag>;  ///< a row of the personal table; never personal itself

}  // namespace jedel

template <class Tag>
struct std::hash<jedel::Id<Tag>> {
    std::size_t operator()(jedel::Id<Tag> id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
