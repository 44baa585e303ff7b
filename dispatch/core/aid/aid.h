#pragma once
// What is known and agreed beside the brigades: dangers, hospitals, who rides along, who refused
// what, what the caller was advised.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/types.h"

namespace jedel {

/// What a hospital's emergency department has announced.
enum class HospitalState : std::uint8_t { open, limited, closed };
/// Who rides along; one at most (D8, S1 176-178).
enum class Companion : std::uint8_t { none, parent, spouse, child, relative, guardian, other };
/// What a patient refuses.
enum class Refused : std::uint8_t { examination, help, hospital };
/// The mark under a refusal. `unknown` is what nobody has said yet.
enum class SignatureMark : std::uint8_t { unknown, signed_, refused_to_sign, cannot_sign };
/// Whether the one who refuses can decide; `represented`: a parent or guardian decides.
enum class Capacity : std::uint8_t { unknown, able, unable, represented };

/// A threat to the brigade (D6, S1 269-278). It holds until it is lifted.
struct Danger {
    std::vector<std::string> kinds;  ///< codes: "weapon", "drunk", "dog" …
    Source source = Source::caller;
    Instant at;
    std::string actor;
    std::string staging;  ///< where to wait for the police, without personal data
    std::optional<Instant> lifted_at;
    [[nodiscard]] bool holds() const { return !kinds.empty() && !lifted_at; }
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("kinds", s.kinds);
        v("source", s.source);
        v("at", s.at);
        v("actor", s.actor);
        v("staging", s.staging);
        v("lifted_at", s.lifted_at);
    }
};

/// A danger that was met at a place; whoever goes there again is told, with its age and source.
struct PlaceDanger {
    double lat = 0, lon = 0;
    std::vector<std::string> kinds;
    Source source = Source::caller;
    Instant at;
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("lat", s.lat);
        v("lon", s.lon);
        v("kinds", s.kinds);
        v("source", s.source);
        v("at", s.at);
        v("incident", s.incident);
    }
};

/// The latest word of a hospital; none has been given where there is no row.
struct HospitalNow {
    OrganisationId id;
    HospitalState state = HospitalState::open;
    std::optional<Instant> until;  ///< of `limited` and `closed`; none: until it says otherwise
    std::optional<int> beds;       ///< free ones, as announced
    std::string words;             ///< why, without personal data
    Instant at;
    std::string actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("state", s.state);
        v("until", s.until);
        v("beds", s.beds);
        v("words", s.words);
        v("at", s.at);
        v("actor", s.actor);
    }
};

/// What the hospital was told before the patient came.
struct Prealert {
    OrganisationId hospital;
    std::vector<std::string> findings;  ///< keys of the vocabulary, the worst first
    std::optional<Instant> arrival;     ///< predicted
    Instant at;
    std::string actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("hospital", s.hospital);
        v("findings", s.findings);
        v("arrival", s.arrival);
        v("at", s.at);
        v("actor", s.actor);
    }
};

/// What a patient refused, with the mark and whether he can decide.
struct HelpRefusal {
    Refused what = Refused::help;
    SignatureMark mark = SignatureMark::unknown;
    Capacity capacity = Capacity::unknown;
    Instant at;
    std::string actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("what", s.what);
        v("mark", s.mark);
        v("capacity", s.capacity);
        v("at", s.at);
        v("actor", s.actor);
    }
};

/// Advice that was read out (R1-R8). `instead` of a brigade only by a person, with a reason.
struct AdviceRecord {
    std::vector<std::string> items;  ///< keys of data/law/advice.toml
    std::string language;            ///< it was read out in
    bool instead = false;
    std::string reason;  ///< a code, with `instead`
    std::string words;
    Instant at;
    std::string actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("items", s.items);
        v("language", s.language);
        v("instead", s.instead);
        v("reason", s.reason);
        v("words", s.words);
        v("at", s.at);
        v("actor", s.actor);
    }
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::HospitalState> {
    static constexpr std::array<std::string_view, 3> names{"open", "limited", "closed"};
};
template <>
struct jedel::EnumNames<jedel::Companion> {
    static constexpr std::array<std::string_view, 7> names{"none",     "parent",   "spouse", "child",
                                                           "relative", "guardian", "other"};
};
template <>
struct jedel::EnumNames<jedel::Refused> {
    static constexpr std::array<std::string_view, 3> names{"examination", "help", "hospital"};
};
template <>
struct jedel::EnumNames<jedel::SignatureMark> {
    static constexpr std::array<std::string_view, 4> names{"unknown", "signed", "refused_to_sign",
                                                           "cannot_sign"};
};
template <>
struct jedel::EnumNames<jedel::Capacity> {
    static constexpr std::array<std::string_view, 4> names{"unknown", "able", "unable",
                                                           "represented"};
};
