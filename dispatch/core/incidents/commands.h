#pragma once
// What may be asked about an incident as a whole: its category, its end, its twins.

#include "dispatch/core/incidents/incident.h"

namespace jedel {

/// Takes the proposed category, or another one. Up is free; down needs the senior doctor's seat, a
/// reason and words. One's own slip upward is taken back to the proposed by any seat, with the
/// reason `entry_error` and words.
struct SetCategory {
    static constexpr std::string_view kind = "set_category";
    IncidentId incident;
    Category category = Category::none;
    OverrideReason reason = OverrideReason::none;
    std::string words;  ///< why, without personal data
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("category", s.category);
        v("reason", s.reason);
        v("words", s.words);
    }
};

/// How it ended. `at` when that was, if not now (late or paper entry).
struct RecordDisposition {
    static constexpr std::string_view kind = "record_disposition";
    static constexpr bool of_own_calls = true;  ///< see right::own_calls
    IncidentId incident;
    Disposition disposition = Disposition::none;
    std::optional<OrganisationId> hospital;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("disposition", s.disposition);
        v("hospital", s.hospital);
        v("at", s.at);
    }
};

/// Sets right how it ended; `none` takes it back. The first word on it stays in the history.
struct CorrectDisposition {
    static constexpr std::string_view kind = "correct_disposition";
    IncidentId incident;
    Disposition disposition = Disposition::none;
    std::optional<OrganisationId> hospital;
    std::optional<Instant> at;  ///< none: as it was
    std::string words;          ///< why, without personal data
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("disposition", s.disposition);
        v("hospital", s.hospital);
        v("at", s.at);
        v("words", s.words);
    }
};

/// Opens a closed incident again, to set it right or to go on with it.
struct ReopenIncident {
    static constexpr std::string_view kind = "reopen_incident";
    IncidentId incident;
    std::string words;  ///< why, without personal data
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("words", s.words);
    }
};

/// Closes an incident that has a disposition and nobody at work.
struct CloseIncident {
    static constexpr std::string_view kind = "close_incident";
    static constexpr bool of_own_calls = true;  ///< see right::own_calls
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// The incident is the same event as an earlier one: its call goes to that one, it closes.
struct MergeIncident {
    static constexpr std::string_view kind = "merge_incident";
    IncidentId incident;
    IncidentId into;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("into", s.into);
    }
};

/// Takes a merge back: the incident is open again as it was.
struct UnmergeIncident {
    static constexpr std::string_view kind = "unmerge_incident";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

}  // namespace jedel
