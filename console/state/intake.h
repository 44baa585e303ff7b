#pragma once
// The call being taken: what is typed, what was sent, what the rules make of it.

#include <optional>
#include <string>
#include <vector>

#include "console/widgets/recorder.h"
#include "dispatch/core/commands.h"
#include "dispatch/core/calls/duplicates.h"
#include "triage/cards.h"
#include "triage/interview.h"
#include "triage/words/words.h"

namespace jedel::console {

enum class Field : std::uint8_t {
    phone,
    address,
    directions,
    patient_name,
    age,
    sex,
    weeks,
    count,
    caller_name,
    words,
    findings,
    question
};
inline constexpr int field_count = 12;

/// A finding read from the words, and what the person made of it.
struct DraftMark {
    triage::Mark mark;
    bool confirmed = false;
    bool struck = false;
};

/// Fields as they were when last sent to the journal.
struct SavedIntake {
    PersonalFields personal;
    std::optional<LatLon> place;
    std::optional<double> age_years;
    Sex sex = Sex::unknown;
    std::optional<int> weeks, count;
    std::vector<FindingValue> findings;
    CallerRelation caller = CallerRelation::unknown;
    std::vector<std::string> unanswered;  ///< asked, and the caller could not say
};

/// What is being typed about one call. Saved to the journal as each field is left.
struct Draft {
    std::uint64_t serial = 0;     ///< tells ImGui's fields of one draft from another's
    IncidentId incident;          ///< none until the journal has given the call its number
    std::string pending_command;  ///< the ReceiveCall that will
    std::string phone, address, directions, patient_name, age, weeks, count, caller_name, words;
    Sex sex = Sex::unknown;
    CallerRelation caller = CallerRelation::unknown;
    Source speaks = Source::caller;  ///< whose the answers are: the caller's, or the brigade's
    std::optional<LatLon> place;
    std::string place_name;  ///< of the hit that was taken; the caller's wording stays in `address`
    std::vector<FindingValue> answers;  ///< answered or taken over; stands above the words
    std::vector<DraftMark> marks;       ///< from the words
    SavedIntake saved;
    bool confirm_wanted = false;  ///< Ctrl+Enter came before the call had its number
    [[nodiscard]] bool active() const { return incident || !pending_command.empty(); }
};

/// Triage of the draft as it stands; recomputed when the draft changes.
struct DraftTriage {
    triage::Evaluation evaluation;
    std::vector<const triage::Rule*> rules;
    std::vector<triage::WhatIf> what_if;
    std::optional<triage::Question> question;
    std::vector<FindingValue> findings;      ///< marks and answers together
    bool others_unknown = false;  ///< more patients than were told of
    std::vector<const triage::Card*> cards;  ///< help that fits, the first to be read first
};

/// Calls that may be about the same event; made once per snapshot or change of the form.
struct SimilarCalls {
    std::uint64_t seq = ~std::uint64_t{0};
    std::uint64_t form = 0;  ///< IntakeState::form_changes it was made for
    IncidentId self;
    std::vector<DuplicateHint> hints;
    std::size_t choice = 0;
};

struct IntakeState {
    Field field = Field::phone;
    Draft draft;
    std::uint64_t draft_version = 0;  ///< of the incident when the form was filled from it
    DraftTriage triage;
    bool draft_changed = false;
    std::uint64_t form_changes = 0;  ///< times the form was read again
    SimilarCalls similar;
    std::uint64_t next_serial = 1;
    int address_choice = -1;  ///< the highlighted hit; -1 = none
    bool address_open = false;
    bool address_waits = false;  ///< Enter came before the search had answered
    Box address_box;             ///< where the field was drawn
    int finding_choice = 0;
    std::optional<triage::FindingIndex> answering;  ///< the question `answer` was chosen for
    triage::Tri answer = triage::Tri::unknown;
};

}  // namespace jedel::console
