#pragma once
// How the call goes on: which of its brigades the keys act on, what is being asked.

#include <optional>

#include "dispatch/core/types.h"

namespace jedel::console {

/// What the course page asks before it gives a command.
enum class CourseAsk : std::uint8_t { nothing, hospital, release, polyclinic_return };

/// A question that stands open, with the ids it is about: when one of them is no longer on the
/// screen or no longer at work, the question is gone (console/keyboard.h).
struct CourseQuestion {
    CourseAsk what = CourseAsk::nothing;
    IncidentId incident;
    BrigadeId brigade;  ///< none of polyclinic_return
    int choice = 0;     ///< the highlighted reason
    std::optional<OrganisationId> hospital;  ///< the highlighted one, as it was drawn
    [[nodiscard]] bool open() const { return what != CourseAsk::nothing; }
};

struct CourseState {
    BrigadeId brigade;  ///< the one that keys act on; of the selected call
    CourseQuestion question;
};

}  // namespace jedel::console
