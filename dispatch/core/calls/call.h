#pragma once
// A call: one contact with the room, by telephone, messenger, paper.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/types.h"

namespace jedel {

/// Where a call came from. `paper` = written by hand while the system was down, entered later
/// with its true time (practice: Intake).
enum class Channel : std::uint8_t { phone_103, line_112, messenger, paper, brigade, replay };

/// Who is on the telephone. Only one who sees the patient can say what is not there.
enum class CallerRelation : std::uint8_t {
    unknown,
    patient,  ///< calls for himself: speaks, so is conscious and breathes while the line holds
    beside,   ///< for someone else, and sees the patient
    away,     ///< for someone else, from elsewhere: "no" is hearsay
};

/// One time without a caller on the line.
struct LineLoss {
    Instant lost_at;
    std::string actor;
    std::optional<Instant> reached_at;
    std::string reached_actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("lost_at", s.lost_at);
        v("actor", s.actor);
        v("reached_at", s.reached_at);
        v("reached_actor", s.reached_actor);
    }
};

struct Call {
    CallId id;
    Channel channel = Channel::phone_103;
    Instant received_at;
    int day = 0;                     ///< civil day of receipt, days since 1970-01-01
    std::uint32_t day_number = 0;    ///< number of the call in that day, as people say it
    std::optional<PersonRef> person; ///< who calls and what was said: the latest row
    std::optional<CallerRelation> caller;
    std::vector<LineLoss> line_losses;  ///< the last may still last
    std::optional<IncidentId> merged_from;  ///< came with an incident that was merged into this

    /// Nobody is on the line: the call is to be called back.
    [[nodiscard]] bool lost() const {
        return !line_losses.empty() && !line_losses.back().reached_at;
    }
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("channel", s.channel);
        v("received_at", s.received_at);
        v("day", s.day);
        v("day_number", s.day_number);
        v("person", s.person);
        v("caller", s.caller);
        v("line_losses", s.line_losses);
        v("merged_from", s.merged_from);
    }
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Channel> {
    static constexpr std::array<std::string_view, 6> names{"phone_103", "line_112", "messenger",
                                                           "paper",     "brigade",  "replay"};
};
template <>
struct jedel::EnumNames<jedel::CallerRelation> {
    static constexpr std::array<std::string_view, 4> names{"unknown", "patient", "beside", "away"};
};
