#pragma once
// What has happened to an incident as a whole.

#include "dispatch/core/incidents/incident.h"

namespace jedel {

/// The category in force changed. Downward only with a reason and by a person (decide guards it).
struct CategorySet {
    static constexpr std::string_view kind = "category_set";
    static constexpr int version = 1;
    IncidentId incident;
    Category from = Category::none;
    Category category = Category::none;
    std::vector<std::string> rules;  ///< rule ids behind it; empty when a person overrode
    OverrideReason reason = OverrideReason::none;
    std::string words;
    bool by_person = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("from", s.from);
        v("category", s.category);
        v("rules", s.rules);
        v("reason", s.reason);
        v("words", s.words);
        v("by_person", s.by_person);
    }
};

struct DispositionRecorded {
    static constexpr std::string_view kind = "disposition_recorded";
    static constexpr int version = 2;  // 2: may have been true before it was entered
    IncidentId incident;
    Disposition disposition = Disposition::none;
    std::optional<OrganisationId> hospital;
    std::optional<Instant> at;  ///< when it was true; none: when it was entered
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("disposition", s.disposition);
        v("hospital", s.hospital);
        v("at", s.at);
    }
};

/// How it ended was set right, or taken back (`none`).
struct DispositionCorrected {
    static constexpr std::string_view kind = "disposition_corrected";
    static constexpr int version = 1;
    IncidentId incident;
    Disposition disposition = Disposition::none;
    std::optional<OrganisationId> hospital;
    std::optional<Instant> at;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("disposition", s.disposition);
        v("hospital", s.hospital);
        v("at", s.at);
        v("words", s.words);
    }
};

struct IncidentReopened {
    static constexpr std::string_view kind = "incident_reopened";
    static constexpr int version = 1;
    IncidentId incident;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("words", s.words);
    }
};

struct IncidentClosed {
    static constexpr std::string_view kind = "incident_closed";
    static constexpr int version = 1;
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// `incident` was found to be the same event as `into`; it is closed and counted with it.
struct IncidentMerged {
    static constexpr std::string_view kind = "incident_merged";
    static constexpr int version = 1;
    IncidentId incident;
    IncidentId into;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("into", s.into);
    }
};

struct IncidentUnmerged {
    static constexpr std::string_view kind = "incident_unmerged";
    static constexpr int version = 1;
    IncidentId incident;
    IncidentId from;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("from", s.from);
    }
};

}  // namespace jedel
