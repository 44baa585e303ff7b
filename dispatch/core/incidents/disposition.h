#pragma once
// What each ending takes and what it means: one row each. Whoever asks about an ending asks here.

#include <array>
#include <cstddef>

#include "dispatch/core/incidents/incident.h"

namespace jedel {

/// What must have happened before an incident can end so.
enum class EndNeeds : std::uint8_t {
    never,           ///< it is no ending
    nothing,
    crew_on_scene,
    polyclinic,      ///< one that has the call
    nobody_found,    ///< a crew on scene, and nobody taken from there
    no_need_seen,    ///< nobody taken; where the line was lost, a crew that has seen the place
    line_not_lost,   ///< nobody taken, and who hung up has cancelled nothing
};
/// Where the patient is after it; the tables of the plan name the groups so.
enum class After : std::uint8_t { nowhere, transported, left, refused, to_polyclinic };

struct DispositionRow {
    Disposition disposition;
    EndNeeds needs;
    After after;
};

inline constexpr std::array<DispositionRow, EnumNames<Disposition>::names.size()> disposition_rows{{
    {Disposition::none, EndNeeds::never, After::nowhere},
    {Disposition::transported, EndNeeds::crew_on_scene, After::transported},
    {Disposition::left_at_place, EndNeeds::crew_on_scene, After::left},
    {Disposition::left_at_home, EndNeeds::crew_on_scene, After::left},
    {Disposition::served, EndNeeds::crew_on_scene, After::left},
    {Disposition::refused, EndNeeds::nothing, After::refused},
    {Disposition::repeat, EndNeeds::nothing, After::nowhere},
    {Disposition::duplicate, EndNeeds::nothing, After::nowhere},
    {Disposition::false_call, EndNeeds::no_need_seen, After::nowhere},
    {Disposition::unjustified, EndNeeds::no_need_seen, After::to_polyclinic},
    {Disposition::cancelled_by_caller, EndNeeds::line_not_lost, After::nowhere},
    {Disposition::patient_not_found, EndNeeds::nobody_found, After::nowhere},
    {Disposition::death_before_arrival, EndNeeds::crew_on_scene, After::nowhere},
    {Disposition::handed_to_polyclinic, EndNeeds::polyclinic, After::to_polyclinic},
}};

constexpr bool disposition_rows_in_order() {
    for (std::size_t i = 0; i < disposition_rows.size(); ++i) {
        if (static_cast<std::size_t>(disposition_rows[i].disposition) != i) return false;
    }
    return true;
}
static_assert(disposition_rows_in_order(), "a disposition without its row, or out of its place");

constexpr const DispositionRow& row_of(Disposition disposition) {
    const auto i = static_cast<std::size_t>(disposition);
    return disposition_rows[i < disposition_rows.size() ? i : 0];
}

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::After> {
    static constexpr std::array<std::string_view, 5> names{"", "transported", "left", "refused",
                                                           "to_polyclinic"};
};
