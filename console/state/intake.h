#pragma once
// The call being taken: what is typed, what was sent, what the rules make of it.

#include <optional>
#include <string>
#include <vector>

#include "console/place.h"
#include "console/widgets/recorder.h"
#include "dispatch/core/commands.h"
#include "dispatch/core/calls/duplicates.h"
#include "triage/cards.h"
#include "triage/interview.h"
#include "triage/words/words.h"

namespace jedel::console {

/// In the order of Tab and Enter: what a brigade is sent by comes first.
enum class Field : std::uint8_t {
    phone,
    words,
    address,
    age,
    sex,
    weeks,
    count,
    directions,
    patient_name,
    caller_name,
    findings,
    question
};
inline constexpr int field_count = 12;
/// False: what has the focus is chosen by arrows, nothing can be typed into it.
constexpr bool takes_text(Field field) {
    return field != Field::sex && field != Field::findings && field != Field::question;
}

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

/// A command of the form on its way, and what counted as saved before it.
enum class SentPart : std::uint8_t { intake, findings, unanswered };
struct Sent {
    std::string id;
    SavedIntake before;
    SentPart part = SentPart::intake;
    RecordIntake intake;  ///< of SentPart::intake: which fields it carried
};

/// What is being typed about one call. Saved to the journal as each field is left.
struct Draft {
    std::uint64_t serial = 0;     ///< tells ImGui's fields of one draft from another's
    IncidentId incident;          ///< none until the journal has given the call its number
    std::string pending_command;  ///< the ReceiveCall that will
    ReceiveCall opening;          ///< the same, to be given again when it was refused
    bool refused = false;         ///< it was; the next saving gives it again
    std::vector<Sent> sent;       ///< on the way: not stored yet
    bool failed_now = false;      ///< one of those on the way was refused
    bool unsaved = false;         ///< something was not stored and is sent with the next saving
    std::vector<FindingValue> findings_left;  ///< as they were when the form was left
    std::string phone, address, directions, patient_name, age, weeks, count, caller_name, words;
    Sex sex = Sex::unknown;
    CallerRelation caller = CallerRelation::unknown;
    Source speaks = Source::caller;  ///< whose the answers are: the caller's, or the brigade's
    std::optional<LatLon> place;
    std::string place_name;  ///< of the hit that was taken; the caller's wording stays in `address`
    Nearness nearness;        ///< is it what was said, or only near it
    bool place_asked = false;  ///< what the place is called is being looked up
    std::vector<FindingValue> answers;  ///< answered or taken over; stands above the words
    std::vector<DraftMark> marks;       ///< from the words
    SavedIntake saved;
    bool opened_here = false;  ///< by this desk, in this session
    bool touched = false;      ///< something was typed in it once, or saved
    bool confirm_wanted = false;  ///< Ctrl+Enter came before the call had its number
    [[nodiscard]] bool active() const {
        return incident || !pending_command.empty() || refused;
    }
};

/// Triage of the draft as it stands; recomputed when the draft changes.
struct DraftTriage {
    triage::Evaluation evaluation;
    std::vector<const triage::Rule*> rules;
    std::vector<triage::WhatIf> what_if;
    std::vector<triage::WhatIf> urgent_if;  ///< while category 4 could still be 1 or 2
    std::optional<triage::Question> question;
    std::vector<FindingValue> findings;      ///< marks and answers together
    bool others_unknown = false;  ///< more patients than were told of
    std::vector<const triage::Card*> cards;  ///< help that fits, the first to be read first
    const triage::Card* linked = nullptr;    ///< the card that HelpState::linked names
    std::optional<triage::Facts> facts;      ///< all of this was made of; none without rules
};

/// Which room and form a search for similar calls is about.
struct SimilarKey {
    std::uint64_t seq = ~std::uint64_t{0};
    std::uint64_t form = 0;  ///< IntakeState::form_changes
    IncidentId self;
    friend bool operator==(const SimilarKey&, const SimilarKey&) = default;
};

/// Calls that may be about the same event, found by the worker.
struct SimilarAnswer {
    SimilarKey key;
    std::vector<DuplicateHint> hints;  ///< open calls, the likeliest first
};

/// Those that are shown, and the one that is chosen.
struct SimilarCalls {
    SimilarKey key, asked;
    double asked_at_s = 0;
    IncidentId self;
    std::vector<DuplicateHint> hints;
    std::size_t choice = 0;
};

struct IntakeState {
    Field field = Field::phone;
    Draft draft;
    std::vector<Draft> left;  ///< forms that were left before all of them was stored
    std::vector<std::string> to_discard;  ///< calls left untouched before they had their number
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
    bool stopped = false;  ///< before category 4 (console/category_stop.h)
    int finding_choice = 0;
    std::optional<triage::FindingIndex> answering;  ///< the question `answer` was chosen for
    triage::Tri answer = triage::Tri::unknown;
    std::string number;  ///< typed as the answer to "how much?"
    std::optional<triage::FindingIndex> number_for;  ///< the question it was typed for
};

}  // namespace jedel::console
