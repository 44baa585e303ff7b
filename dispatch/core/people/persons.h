#pragma once
// Reading and writing personal rows by subject.

#include <string_view>
#include <vector>

#include "dispatch/core/incidents/incident.h"
#include "dispatch/core/people/personal.h"

namespace jedel {

/// Where the present rows are looked up; an erased one is not found.
struct PersonalView {
    const PersonalTable* rows = nullptr;
    [[nodiscard]] const PersonalRecord* find(PersonRef ref) const {
        return rows != nullptr ? rows->find(ref) : nullptr;
    }
    [[nodiscard]] const PersonalRecord* find(const std::optional<PersonRef>& ref) const {
        return ref ? find(*ref) : nullptr;
    }
};

/// What is known by name of one call, the place and one patient; each may be unknown or erased.
/// Valid as long as the rows it looks at.
class Persons {
public:
    Persons(const PersonalRecord* call, const PersonalRecord* place, const PersonalRecord* patient)
        : call_(call), place_(place), patient_(patient) {}
    [[nodiscard]] std::string_view phone() const { return of(call_, &PersonalRecord::phone); }
    [[nodiscard]] std::string_view caller_name() const {
        return of(call_, &PersonalRecord::caller_name);
    }
    [[nodiscard]] std::string_view words() const { return of(call_, &PersonalRecord::words); }
    [[nodiscard]] std::string_view first_words() const {
        return of(call_, &PersonalRecord::first_words);
    }
    [[nodiscard]] std::string_view note() const { return of(call_, &PersonalRecord::note); }
    [[nodiscard]] std::string_view address() const { return of(place_, &PersonalRecord::address); }
    [[nodiscard]] std::string_view directions() const {
        return of(place_, &PersonalRecord::directions);
    }
    [[nodiscard]] std::string_view patient_name() const {
        return of(patient_, &PersonalRecord::patient_name);
    }
    [[nodiscard]] std::string_view iin() const { return of(patient_, &PersonalRecord::iin); }
    [[nodiscard]] bool any() const {
        return call_ != nullptr || place_ != nullptr || patient_ != nullptr;
    }

private:
    static std::string_view of(const PersonalRecord* row, std::string PersonalRecord::*field) {
        return row != nullptr ? std::string_view{row->*field} : std::string_view{};
    }
    const PersonalRecord* call_;
    const PersonalRecord* place_;
    const PersonalRecord* patient_;
};

/// Of the incident's first call, its place and its first patient.
inline Persons persons_of(const PersonalView& view, const Incident& incident) {
    return {view.find(incident.first_call().person), view.find(incident.place_person),
            view.find(incident.first_patient().person)};
}

}  // namespace jedel
