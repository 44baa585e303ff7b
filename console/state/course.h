#pragma once
// How the call goes on: which of its brigades the keys act on, what is being asked.

#include <optional>
#include <string>

#include "dispatch/core/tasks/task.h"
#include "dispatch/core/types.h"

namespace jedel::console {

/// What the course page asks before it gives a command.
enum class CourseAsk : std::uint8_t {
    nothing,
    hospital,
    release,
    polyclinic_return,
    correct,    ///< what was entered wrongly: which, what instead, why
    paper_time  ///< a call from paper: when each step was
};

/// One thing of a call that can be set right.
struct Correction {
    enum class Kind : std::uint8_t { step, hospital, ending, reopen } kind = Kind::step;
    TaskId task;                    ///< of step and hospital
    TaskStep step = TaskStep::sent;  ///< of step
    friend bool operator==(const Correction&, const Correction&) = default;
};

/// A question that stands open, with the ids it is about: when one of them is no longer on the
/// screen or no longer at work, the question is gone (console/keyboard.h).
struct CourseQuestion {
    CourseAsk what = CourseAsk::nothing;
    IncidentId incident;
    BrigadeId brigade;  ///< none of polyclinic_return, correct
    int choice = 0;     ///< the highlighted reason
    std::optional<OrganisationId> hospital;  ///< the highlighted one, as it was drawn
    std::optional<Correction> wrong;         ///< of correct: as it was drawn
    enum class Stage : std::uint8_t { which, instead, why } stage = Stage::which;
    std::string time;  ///< typed: "14:20", "1420"; empty: it was not
    bool bad_time = false;
    BrigadeStatus status = BrigadeStatus::unknown;  ///< of paper_time: whose time is typed
    std::optional<Instant> at;  ///< when that was; none: now
    [[nodiscard]] bool open() const { return what != CourseAsk::nothing; }
};

struct CourseState {
    BrigadeId brigade;  ///< the one that keys act on; of the selected call
    CourseQuestion question;
};

}  // namespace jedel::console
