#pragma once
// The state of the room: a fold of the journal and nothing else.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/brigades/brigade.h"
#include "dispatch/core/incidents/incident.h"
#include "dispatch/core/people/signature.h"
#include "dispatch/core/roads/road_change.h"
#include "dispatch/core/table.h"
#include "dispatch/core/watch/trouble.h"

namespace jedel {

/// Calls received on one civil day.
struct DayCount {
    int day = 0;
    std::uint32_t calls = 0;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("day", s.day);
        v("calls", s.calls);
    }
};

/// The highest counts that one desk has given to things of each kind.
struct DeskIds {
    DeskNo desk = 0;
    std::uint64_t incident = 0, call = 0, patient = 0, task = 0, person = 0, road_change = 0,
                  trouble = 0;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("desk", s.desk);
        v("incident", s.incident);
        v("call", s.call);
        v("patient", s.patient);
        v("task", s.task);
        v("person", s.person);
        v("road_change", s.road_change);
        v("trouble", s.trouble);
    }
};

struct State {
    std::uint64_t seq = 0;  ///< last event folded in
    Instant at;             ///< time of the last event
    Table<Incident> open;
    /// Closed incidents; the `recent_max` closed last, older ones live in the journal only.
    Table<Incident> recent;
    std::vector<IncidentId> recent_order;  ///< of `recent`, in order of closing
    Table<Brigade> brigades;
    std::vector<DeskIds> ids;  ///< ascending by desk
    /// Ascending by day; the newest `days_max`, so that a paper call of yesterday gets a number.
    std::vector<DayCount> days;
    std::uint64_t closed_total = 0;     ///< incidents ever closed
    std::vector<Signature> signatures;  ///< the latest of each subject
    Table<RoadChange> road_changes;     ///< those that hold
    std::optional<ClockTrouble> clock_trouble;  ///< until a clock was corrected
    Table<HospitalNow> hospitals;               ///< what they have announced
    std::vector<PlaceDanger> place_dangers;     ///< met before, the newest last
    Table<Trouble> troubles;          ///< statuses that could not be taken, until settled
    std::uint64_t troubles_over = 0;  ///< more of them than the list holds

    static constexpr std::size_t recent_max = 2000;
    static constexpr std::size_t days_max = 14;
    static constexpr std::size_t hospitals_max = 1000;
    static constexpr std::size_t place_dangers_max = 500;
    static constexpr std::size_t troubles_max = 500;
    static constexpr std::size_t escalations_max = 200;   ///< of one incident
    static constexpr std::size_t road_changes_max = 500;  ///< a whole city's; decide guards it

    /// The signature of a text as it stands; nullptr: not approved.
    [[nodiscard]] const Signature* signature(std::string_view subject,
                                             std::string_view version) const {
        for (const Signature& s : signatures) {
            if (s.subject == subject && s.version == version) return &s;
        }
        return nullptr;
    }
    /// Open or recently closed; nullptr when neither.
    [[nodiscard]] const Incident* incident(IncidentId id) const {
        const Incident* found = open.find(id);
        return found != nullptr ? found : recent.find(id);
    }
    /// The highest counts of a desk; all 0 where it has given none.
    [[nodiscard]] DeskIds ids_of(DeskNo desk) const {
        const auto it = std::lower_bound(ids.begin(), ids.end(), desk,
                                         [](const DeskIds& i, DeskNo d) { return i.desk < d; });
        return it != ids.end() && it->desk == desk ? *it : DeskIds{.desk = desk};
    }
    /// The newest incident that desk 0 opened; 0 where it opened none.
    [[nodiscard]] IncidentId newest_incident() const { return {ids_of(0).incident}; }
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("seq", s.seq);
        v("at", s.at);
        v("open", s.open);
        v("recent", s.recent);
        v("recent_order", s.recent_order);
        v("brigades", s.brigades);
        v("ids", s.ids);
        v("days", s.days);
        v("closed_total", s.closed_total);
        v("signatures", s.signatures);
        v("road_changes", s.road_changes);
        v("clock_trouble", s.clock_trouble);
        v("hospitals", s.hospitals);
        v("place_dangers", s.place_dangers);
        v("troubles", s.troubles);
        v("troubles_over", s.troubles_over);
    }
};

}  // namespace jedel
