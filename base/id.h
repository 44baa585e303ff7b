#pragma once
// Identifiers that cannot be mixed up, and that two desks can mint without asking each other.

#include <compare>
#include <cstdint>
#include <functional>

namespace jedel {

/// A number that identifies one thing of one kind; 0 means none. It stays below 2^53, so that any
/// reader of JSON keeps it whole: the desk that minted it × 2^40 + that desk's count.
template <class Tag>
struct Id {
    std::uint64_t value = 0;
    friend constexpr auto operator<=>(Id, Id) = default;
    explicit constexpr operator bool() const { return value != 0; }
};

using IncidentId = Id<struct IncidentTag>;
using CallId = Id<struct CallTag>;
using PatientId = Id<struct PatientTag>;
using TaskId = Id<struct TaskTag>;
using BrigadeId = Id<struct BrigadeTag>;
using OrganisationId = Id<struct OrganisationTag>;
using PersonRef = Id<struct PersonTag>;  ///< a row of the personal table; never personal itself

/// Number of a desk, 0 … 8191. Desk 0 made everything there was before desks had numbers.
using DeskNo = std::uint32_t;
inline constexpr int desk_shift = 40;
inline constexpr DeskNo desk_max = (1U << 13) - 1;
inline constexpr std::uint64_t desk_count_mask = (std::uint64_t{1} << desk_shift) - 1;

constexpr DeskNo desk_of(std::uint64_t id) { return static_cast<DeskNo>(id >> desk_shift); }
constexpr std::uint64_t count_of(std::uint64_t id) { return id & desk_count_mask; }
constexpr std::uint64_t id_of(DeskNo desk, std::uint64_t count) {
    return std::uint64_t{desk} << desk_shift | count;
}

}  // namespace jedel

template <class Tag>
struct std::hash<jedel::Id<Tag>> {
    std::size_t operator()(jedel::Id<Tag> id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
