#pragma once
// Personal data. They live in a table of their own that events point to, so that a person can be
// erased without touching the chain. Never in an event, a log, a test or a screenshot (tests use
// the numbers of practice.md).

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/names.h"
#include "dispatch/core/table.h"

namespace jedel {

/// Whom or what a row is about. Rows of before subjects were told apart have none and hold all.
enum class PersonalSubject : std::uint8_t { call, place, patient };

/// Personal fields as typed; an absent one leaves what is known as it is.
struct PersonalFields {
    std::optional<std::string> phone, caller_name, patient_name, iin, address, directions, words,
        note;
    template <class S, class V>
    static void fields(S& s, V&& v);
    [[nodiscard]] bool any() const;
    /// True when a field of that subject was typed.
    [[nodiscard]] bool any(PersonalSubject subject) const;
};

/// One row: what is known of one caller, one place or one patient.
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
    std::optional<PersonalSubject> subject;
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
        v("subject", s.subject);
    }
    friend bool operator==(const PersonalRecord&, const PersonalRecord&) = default;
};

/// One personal field: its name, where it is typed, where it is kept, whose it is.
struct PersonalField {
    std::string_view name;
    std::optional<std::string> PersonalFields::*typed;
    std::string PersonalRecord::*kept;
    PersonalSubject subject;
};

/// Every personal field there is; whatever goes through them all goes by this list.
inline constexpr std::array<PersonalField, 8> personal_fields{{
    {"phone", &PersonalFields::phone, &PersonalRecord::phone, PersonalSubject::call},
    {"caller_name", &PersonalFields::caller_name, &PersonalRecord::caller_name,
     PersonalSubject::call},
    {"patient_name", &PersonalFields::patient_name, &PersonalRecord::patient_name,
     PersonalSubject::patient},
    {"iin", &PersonalFields::iin, &PersonalRecord::iin, PersonalSubject::patient},
    {"address", &PersonalFields::address, &PersonalRecord::address, PersonalSubject::place},
    {"directions", &PersonalFields::directions, &PersonalRecord::directions,
     PersonalSubject::place},
    {"words", &PersonalFields::words, &PersonalRecord::words, PersonalSubject::call},
    {"note", &PersonalFields::note, &PersonalRecord::note, PersonalSubject::call},
}};
static_assert(sizeof(PersonalFields) ==
                  personal_fields.size() * sizeof(std::optional<std::string>),
              "a personal field is missing in the list");

template <class S, class V>
void PersonalFields::fields(S& s, V&& v) {
    for (const PersonalField& field : personal_fields) v(field.name, s.*field.typed);
}
inline bool PersonalFields::any() const {
    for (const PersonalField& field : personal_fields) {
        if (this->*field.typed) return true;
    }
    return false;
}
inline bool PersonalFields::any(PersonalSubject subject) const {
    for (const PersonalField& field : personal_fields) {
        if (field.subject == subject && this->*field.typed) return true;
    }
    return false;
}

/// The rows that the room has at hand. Copies share their rows.
using PersonalTable = Table<PersonalRecord, &PersonalRecord::ref>;

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::PersonalSubject> {
    static constexpr std::array<std::string_view, 3> names{"call", "place", "patient"};
};
