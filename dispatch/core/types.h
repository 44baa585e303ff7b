#pragma once
// The vocabulary of the dispatch room: what calls, brigades and hand-overs are made of.
// Every enumerator's name is written to journals and never changes; new ones go to the end.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geo.h"
#include "base/id.h"
#include "base/names.h"
#include "base/time.h"
#include "triage/category.h"

namespace jedel {

using triage::Category;
using triage::Sex;

/// Where a call came from. `paper` = written by hand while the system was down, entered later
/// with its true time (practice: Intake).
enum class Channel : std::uint8_t { phone_103, line_112, messenger, paper, brigade, replay };

/// A workplace in the room, and so a set of rights.
enum class Seat : std::uint8_t {
    call_taker,
    dispatcher,
    senior_doctor,
    polyclinic_desk,
    trainer,
    system,  ///< the program itself: replay, scripts
};

enum class BrigadeKind : std::uint8_t {
    feldsher,
    doctor,
    specialised,
    polyclinic,  ///< emergency brigade of a polyclinic, serves U4 only (D2)
};

/// Status of a brigade. `unknown` until it first reports. A brigade that is `returning` is free.
enum class BrigadeStatus : std::uint8_t {
    unknown,
    off_shift,
    free_at_base,
    sent,      ///< assigned, not yet accepted: first step of the hand-off
    accepted,  ///< the crew confirmed: second step
    departed,
    on_scene,
    transporting,
    at_hospital,
    handed_over,  ///< patient handed over, brigade not yet free
    returning,    ///< free, on the way back
    out_of_service,
};

/// Who said a thing.
enum class Source : std::uint8_t { caller, dispatcher, brigade, tracker, register_, rule, drawn };

/// Ways an incident ends (practice: Intake; D9, D10).
enum class Disposition : std::uint8_t {
    none,
    transported,
    left_at_place,
    left_at_home,
    served,
    refused,
    repeat,
    duplicate,
    false_call,
    unjustified,
    cancelled_by_caller,
    patient_not_found,
    death_before_arrival,
    handed_to_polyclinic,
};

/// Why a person set another category than the rules propose.
enum class OverrideReason : std::uint8_t {
    none,
    caller_added_facts,
    brigade_report,
    second_call,
    clinical_judgement,
    danger_on_scene,
    entry_error,
    other,
};

/// Why an assignment ended without service.
enum class ReleaseReason : std::uint8_t {
    none,
    caller_cancelled,
    nearer_brigade,
    more_urgent_call,
    vehicle_fault,
    crew_threatened,  ///< D6: goes on together with the police
    wrong_brigade,
    handed_to_polyclinic,
    other,
};

/// Insurance status as known at a moment; `unknown` is lawful and never means uninsured.
enum class InsuranceStatus : std::uint8_t {
    unknown,
    insured,
    conditional,  ///< within 3 months of the last payment (I6)
    uninsured,
    guaranteed_only,  ///< not a participant: guaranteed volume for dangerous diseases (I1)
};

/// Group a nurse puts a patient in at the hospital's door within 60 seconds (D13).
enum class TriageZone : std::uint8_t {
    none,
    red,     ///< direct threat to life, or a high risk of worsening
    yellow,  ///< potential threat, may progress
    green,   ///< no direct threat, no admission needed
};

/// Who is on the telephone. Only one who sees the patient can say what is not there.
enum class CallerRelation : std::uint8_t {
    unknown,
    patient,  ///< calls for himself: speaks, so is conscious and breathes while the line holds
    beside,   ///< for someone else, and sees the patient
    away,     ///< for someone else, from elsewhere: "no" is hearsay
};

/// What is proposed after the ambulance (D7, D10, R-rules, section 5 of the rulebook).
enum class FollowUpKind : std::uint8_t {
    active_visit,
    signal_sheet,
    specialist,
    hospital,
    polyclinic,
    dispensary,
    ambulance_revisit,
    information,
};

/// A finding as it stands in commands and events: the key of the vocabulary and its value,
/// "yes", "no", "unknown", a number, or a choice.
struct FindingValue {
    std::string finding;
    std::string value;
    Source source = Source::caller;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("finding", s.finding);
        v("value", s.value);
        v("source", s.source);
    }
    friend bool operator==(const FindingValue&, const FindingValue&) = default;
};

/// What triage said about a set of findings, recorded so that replay never evaluates again.
struct TriageRecord {
    Category most_urgent = Category::none;   ///< best category some completion gives
    Category least_urgent = Category::none;  ///< category all completions guarantee
    Category proposed = Category::none;
    std::vector<std::string> rules;  ///< ids of the rules behind `proposed`, e.g. "U1.07"
    std::string protocol;            ///< edition of the rule table; before editions, its version
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("most_urgent", s.most_urgent);
        v("least_urgent", s.least_urgent);
        v("proposed", s.proposed);
        v("rules", s.rules);
        v("protocol", s.protocol);
    }
    friend bool operator==(const TriageRecord&, const TriageRecord&) = default;
};

/// Where a brigade was last known to be.
struct Fix {
    LatLon place;
    Instant at;
    Source source = Source::tracker;
    double speed_kmh = 0;
    double heading_deg = 0;
    friend bool operator==(const Fix&, const Fix&) = default;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("lat", s.place.lat);
        v("lon", s.place.lon);
        v("at", s.at);
        v("source", s.source);
        v("speed_kmh", s.speed_kmh);
        v("heading_deg", s.heading_deg);
    }
};

/// One reason in a recommendation: a stable code and its number, put into words by the console.
struct Reason {
    std::string code;  ///< e.g. "travel_s", "fix_age_s", "shift_left_min"
    double value = 0;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("code", s.code);
        v("value", s.value);
    }
    friend bool operator==(const Reason&, const Reason&) = default;
};

/// One line of the list that was on the screen when a brigade was chosen.
struct RecommendedBrigade {
    BrigadeId brigade;
    double travel_s = 0;
    double distance_m = 0;
    std::vector<Reason> reasons;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("travel_s", s.travel_s);
        v("distance_m", s.distance_m);
        v("reasons", s.reasons);
    }
    friend bool operator==(const RecommendedBrigade&, const RecommendedBrigade&) = default;
};

/// Insurance as the register gave it, with its date and source.
struct InsuranceRecord {
    InsuranceStatus status = InsuranceStatus::unknown;
    Instant as_of;       ///< when the register's row was made
    std::string source;  ///< name of the register
    std::string rule;    ///< rule id, e.g. "I6"
    std::optional<int> debt_months;
    std::optional<OrganisationId> polyclinic;  ///< of attachment
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("status", s.status);
        v("as_of", s.as_of);
        v("source", s.source);
        v("rule", s.rule);
        v("debt_months", s.debt_months);
        v("polyclinic", s.polyclinic);
    }
    friend bool operator==(const InsuranceRecord&, const InsuranceRecord&) = default;
};

/// A proposed or chosen follow-up and the rule that says so.
struct FollowUpItem {
    FollowUpKind kind = FollowUpKind::information;
    std::string rule;  ///< e.g. "D10"
    std::optional<OrganisationId> organisation;
    std::string note_key;  ///< key of a text in assets/, never free text with names in it
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("kind", s.kind);
        v("rule", s.rule);
        v("organisation", s.organisation);
        v("note_key", s.note_key);
    }
    friend bool operator==(const FollowUpItem&, const FollowUpItem&) = default;
};

/// Personal data of one call. Lives in a table of its own that events point to, so that it can
/// be erased without touching the chain. Never in an event, a log, a test or a screenshot
/// (tests use the numbers of practice.md).
struct PersonalRecord {
    PersonRef ref;
    IncidentId incident;
    std::string phone;
    std::string caller_name;
    std::string patient_name;
    std::string iin;
    std::string address;      ///< exactly as the caller said it
    std::string directions;   ///< landmark, porch, door code, floor
    std::string words;        ///< the caller's own words, as they stand now
    std::string first_words;  ///< what was said first; kept for ever
    std::string note;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("ref", s.ref);
        v("incident", s.incident);
        v("phone", s.phone);
        v("caller_name", s.caller_name);
        v("patient_name", s.patient_name);
        v("iin", s.iin);
        v("address", s.address);
        v("directions", s.directions);
        v("words", s.words);
        v("first_words", s.first_words);
        v("note", s.note);
    }
    friend bool operator==(const PersonalRecord&, const PersonalRecord&) = default;
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Channel> {
    static constexpr std::array<std::string_view, 6> names{"phone_103", "line_112", "messenger",
                                                           "paper",     "brigade",  "replay"};
};
template <>
struct jedel::EnumNames<jedel::Seat> {
    static constexpr std::array<std::string_view, 6> names{
        "call_taker", "dispatcher", "senior_doctor", "polyclinic_desk", "trainer", "system"};
};
template <>
struct jedel::EnumNames<jedel::BrigadeKind> {
    static constexpr std::array<std::string_view, 4> names{"feldsher", "doctor", "specialised",
                                                           "polyclinic"};
};
template <>
struct jedel::EnumNames<jedel::BrigadeStatus> {
    static constexpr std::array<std::string_view, 12> names{
        "unknown",  "off_shift",    "free_at_base", "sent",        "accepted",  "departed",
        "on_scene", "transporting", "at_hospital",  "handed_over", "returning", "out_of_service"};
};
template <>
struct jedel::EnumNames<jedel::Source> {
    static constexpr std::array<std::string_view, 7> names{
        "caller", "dispatcher", "brigade", "tracker", "register", "rule", "drawn"};
};
template <>
struct jedel::EnumNames<jedel::Disposition> {
    static constexpr std::array<std::string_view, 14> names{"none",
                                                            "transported",
                                                            "left_at_place",
                                                            "left_at_home",
                                                            "served",
                                                            "refused",
                                                            "repeat",
                                                            "duplicate",
                                                            "false_call",
                                                            "unjustified",
                                                            "cancelled_by_caller",
                                                            "patient_not_found",
                                                            "death_before_arrival",
                                                            "handed_to_polyclinic"};
};
template <>
struct jedel::EnumNames<jedel::OverrideReason> {
    static constexpr std::array<std::string_view, 8> names{
        "none",       "caller_added_facts", "brigade_report", "second_call", "clinical_judgement",
        "danger_on_scene", "entry_error",   "other"};
};
template <>
struct jedel::EnumNames<jedel::ReleaseReason> {
    static constexpr std::array<std::string_view, 9> names{
        "none",          "caller_cancelled", "nearer_brigade",       "more_urgent_call",
        "vehicle_fault", "crew_threatened",  "wrong_brigade", "handed_to_polyclinic", "other"};
};
template <>
struct jedel::EnumNames<jedel::InsuranceStatus> {
    static constexpr std::array<std::string_view, 5> names{"unknown", "insured", "conditional",
                                                           "uninsured", "guaranteed_only"};
};
template <>
struct jedel::EnumNames<jedel::TriageZone> {
    static constexpr std::array<std::string_view, 4> names{"none", "red", "yellow", "green"};
};
template <>
struct jedel::EnumNames<jedel::FollowUpKind> {
    static constexpr std::array<std::string_view, 8> names{
        "active_visit", "signal_sheet", "specialist",        "hospital",
        "polyclinic",   "dispensary",   "ambulance_revisit", "information"};
};
template <>
struct jedel::EnumNames<jedel::CallerRelation> {
    static constexpr std::array<std::string_view, 4> names{"unknown", "patient", "beside", "away"};
};
