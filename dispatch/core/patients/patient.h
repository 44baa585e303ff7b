#pragma once
// A patient of an incident: who it is, what is known of the state, what the rules make of it, and
// what comes after the ambulance.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/aid/aid.h"
#include "dispatch/core/types.h"

namespace jedel {

/// Insurance status as known at a moment; `unknown` is lawful and never means uninsured.
enum class InsuranceStatus : std::uint8_t {
    unknown,
    insured,
    conditional,  ///< within 3 months of the last payment (I6)
    uninsured,
    guaranteed_only,  ///< not a participant: guaranteed volume for dangerous diseases (I1)
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
    std::optional<CallId> call;  ///< in which it was said; none: the incident's first
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("finding", s.finding);
        v("value", s.value);
        v("source", s.source);
        v("call", s.call);
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

/// A question that the caller could not answer.
struct Unanswered {
    std::string finding;
    Instant at;
    std::string actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("finding", s.finding);
        v("at", s.at);
        v("actor", s.actor);
    }
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

/// What may be taken out of the form again.
enum class IntakeField : std::uint8_t { place, age_years, pregnancy_weeks, patient_count };

struct Patient {
    PatientId id;
    std::optional<PersonRef> person;  ///< name and number: the latest row
    std::optional<double> age_years;
    Sex sex = Sex::unknown;
    std::optional<int> pregnancy_weeks;
    std::vector<FindingValue> findings;  ///< latest value of each, in order of first mention
    std::vector<Unanswered> unanswered;  ///< asked, and still not known
    TriageRecord triage;
    std::optional<InsuranceRecord> insurance;
    std::vector<FollowUpItem> follow_up;
    std::optional<HelpRefusal> refusal;  ///< the latest

    /// What triage knows of the person.
    [[nodiscard]] triage::Patient known() const { return {age_years, sex, pregnancy_weeks}; }
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("person", s.person);
        v("age_years", s.age_years);
        v("sex", s.sex);
        v("pregnancy_weeks", s.pregnancy_weeks);
        v("findings", s.findings);
        v("unanswered", s.unanswered);
        v("triage", s.triage);
        v("insurance", s.insurance);
        v("follow_up", s.follow_up);
        v("refusal", s.refusal);
    }
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::IntakeField> {
    static constexpr std::array<std::string_view, 4> names{"place", "age_years", "pregnancy_weeks",
                                                           "patient_count"};
};
template <>
struct jedel::EnumNames<jedel::InsuranceStatus> {
    static constexpr std::array<std::string_view, 5> names{"unknown", "insured", "conditional",
                                                           "uninsured", "guaranteed_only"};
};
template <>
struct jedel::EnumNames<jedel::FollowUpKind> {
    static constexpr std::array<std::string_view, 8> names{
        "active_visit", "signal_sheet", "specialist",        "hospital",
        "polyclinic",   "dispensary",   "ambulance_revisit", "information"};
};
