#pragma once
// What a panel is: a function that reads an immutable View and the person's own UiState, and
// emits wishes into Commands. It never mutates the model, never blocks, never touches a file.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "console/keys.h"
#include "console/map_tools.h"
#include "console/text/text.h"
#include "console/theme/theme.h"
#include "console/widgets/recorder.h"
#include "dispatch/city/address.h"
#include "dispatch/city/city.h"
#include "dispatch/core/duplicates.h"
#include "dispatch/desk/desk.h"
#include "dispatch/fleet/advisor.h"
#include "dispatch/patients/entitlement.h"
#include "triage/cards.h"
#include "triage/interview.h"
#include "triage/words/words.h"

namespace jedel::console {

class MapView;

/// Advice on the selected incident, computed off the UI's thread on one snapshot.
struct Advice {
    IncidentId incident;
    std::uint64_t state_seq = 0;
    Recommendation recommendation;
    Category4Route category4;
    std::vector<Adviser::NearHospital> hospitals;  ///< nearest first, from the incident's place
    std::vector<LatLon> route;        ///< of the first brigade, or of the one on its way
    std::vector<LatLon> other_route;  ///< of the runner-up
    struct Street {
        std::uint32_t name = 0;  ///< index of RoadMap::names; 0 = a road without a name
        double metres = 0;
    };
    std::vector<Street> streets;  ///< of `route`, in the order driven, for the crew
};

/// Answer to an address query.
struct AddressAnswer {
    std::string query;
    std::vector<AddressHit> hits;
};

/// What the register and the law tables say of one patient.
struct PatientAnswer {
    IncidentId incident;
    std::string iin;
    std::optional<Error> error;  ///< the register could not be asked
    bool found = false;
    std::string full_name;
    Entitlement entitlement;
    std::vector<FollowUpItem> follow_up;
};

/// Where a replay stands; the time bar is drawn from it.
struct ReplayStatus {
    Instant now, from, until;
    double speed = 1;
    bool paused = false, finished = false;
    std::uint64_t calls_done = 0, calls_total = 0;
};

/// Everything a panel may read. References live for the frame.
struct View {
    const Snapshot& room;
    const City& city;
    const triage::Protocol* protocol;  ///< never null in the program
    const triage::Lexicon* lexicon;
    const std::vector<triage::Card>* cards;  ///< help until the brigade comes; may be null
    const Advice* advice;                    ///< of the selected incident, or null
    const AddressAnswer* addresses;
    const PatientAnswer* patient;
    const RoadsAnswer* roads;      ///< closed and slow roads on this map, or null
    const StretchAnswer* stretch;  ///< of the present steps, or null
    const ReachAnswer* reach;      ///< of what is asked for, maybe of a while ago, or null
    const ReplayStatus* replay;  ///< null in the live room
    const Texts& tr;
    const Theme& theme;
    const Fonts& fonts;
    Recorder* recorder;  ///< null outside tests and screenshots
    Instant now;
    int utc_offset_minutes;
    float unit;       ///< one pixel of the 15-pixel design
    double steady_s;  ///< a clock that only goes forward, whatever the room's clock does
};

/// Who has the keyboard.
enum class Area : std::uint8_t { queue, card, map, fleet };
/// Pages of the card in the middle.
enum class Page : std::uint8_t { intake, send, course, outcome, after };
enum class Overlay : std::uint8_t {
    none,
    palette,
    help,
    notices,
    category,
    paper,
    definitions,
    roads
};
/// What the course page asks before it gives a command.
enum class CourseAsk : std::uint8_t { nothing, hospital, release, polyclinic_return };
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

/// A line for the person: a refusal, a failure, a hint. Kept until the session ends.
struct Message {
    Instant at;
    std::string text_key;  ///< with `arguments`
    std::vector<std::string> arguments;
    std::string detail;  ///< English, for the technician
    bool alarm = false;
};

/// The order of the queue, made once per snapshot.
struct QueueOrder {
    std::uint64_t seq = ~std::uint64_t{0};
    std::size_t count = 0;
    bool by_time = false;
    std::vector<std::shared_ptr<const Incident>> rows;
};

/// Calls that may be about the same event; made once per snapshot or change of the form.
struct SimilarCalls {
    std::uint64_t seq = ~std::uint64_t{0};
    std::uint64_t form = 0;  ///< UiState::form_changes it was made for
    IncidentId self;
    std::vector<DuplicateHint> hints;
    std::size_t choice = 0;
};

/// Beats for chest compressions.
struct Metronome {
    int per_min = 0;  ///< 0: silent
    double from_s = 0;
    [[nodiscard]] bool running() const { return per_min > 0; }
    [[nodiscard]] double period_s() const { return 60.0 / per_min; }
    /// Beats so far, the present one among them.
    [[nodiscard]] int count(double now_s) const;
    /// The mark is bright at the start of each beat.
    [[nodiscard]] bool lit(double now_s) const;
    /// Seconds until the mark changes next.
    [[nodiscard]] double next_change_s(double now_s) const;
};

struct UiState {
    Seat seat = Seat::dispatcher;
    Language language = Language::ru;
    ThemeKind theme = ThemeKind::light;
    Area area = Area::queue;
    Page page = Page::intake;
    Overlay overlay = Overlay::none;
    Field field = Field::phone;
    bool field_moved = false;  ///< the keyboard asks for the field, ImGui has not followed yet
    IncidentId selected;
    BrigadeId selected_brigade;
    std::optional<OrganisationId> selected_organisation;
    bool map_areas = false;  ///< service areas of the polyclinics are drawn
    BrigadeId map_follows;   ///< the map keeps it in the middle; none: free
    MapTools map_tools;
    bool scroll_queue = false, scroll_fleet = false;  ///< bring the selection into view
    bool sort_by_time = false;
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
    int send_choice = 0;
    int status_choice = 0;
    int hospital_choice = 0;
    int outcome_choice = 0;
    int follow_up_choice = 0;
    std::vector<bool> follow_up_struck;
    CourseAsk asking = CourseAsk::nothing;
    int ask_choice = 0;           ///< the highlighted reason
    std::size_t help_choice = 0;  ///< the card that is shown; beyond the last: put away
    Metronome metronome;
    std::string paper_time;  ///< "HH:MM" of a call taken on paper
    bool paper_time_bad = false;
    std::string iin;
    IncidentId iin_incident;  ///< whose number is in `iin`
    int definition_choice = 0;
    std::string palette_query;
    std::optional<Action> palette_action;  ///< chosen; done at the start of the next frame
    int palette_choice = 0;
    Category override_category = Category::none;
    int override_reason = 0;            ///< OverrideReason; none until one is chosen
    std::string_view override_missing;  ///< key of what it still takes; empty: nothing
    std::string override_words;
    int override_step = 0;
    std::vector<Message> messages;
    std::size_t messages_seen = 0;
    QueueOrder queue;
    KeyPresses keys;
    bool text_active = false;    ///< a text field has the keyboard
    bool field_waiting = false;  ///< a field was asked for and ImGui has not followed yet
    bool quit = false;
};

/// What panels want done; collected during a frame and handed on after it.
class Commands {
public:
    /// `prefix` makes ids unique among desks and sessions.
    Commands(std::string actor, std::string prefix)
        : actor_(std::move(actor)), prefix_(std::move(prefix)) {}
    /// Queues a command under a fresh id, which is returned.
    std::string give(Command command, Seat seat);
    void ask_address(std::string query) { address_ = std::move(query); }
    void ask_patient(IncidentId incident, std::string iin) {
        patient_ = {incident, std::move(iin)};
    }
    enum class Replay : std::uint8_t { none, pause, slower, faster, step };
    void ask_replay(Replay what) { replay_ = what; }

    std::vector<CommandEnvelope> take_commands() { return std::exchange(commands_, {}); }
    std::optional<std::string> take_address() { return std::exchange(address_, std::nullopt); }
    std::optional<std::pair<IncidentId, std::string>> take_patient() {
        return std::exchange(patient_, std::nullopt);
    }
    Replay take_replay() { return std::exchange(replay_, Replay::none); }

private:
    std::string actor_, prefix_;
    std::uint64_t next_ = 1;
    std::vector<CommandEnvelope> commands_;
    std::optional<std::string> address_;
    std::optional<std::pair<IncidentId, std::string>> patient_;
    Replay replay_ = Replay::none;
};

/// Each draws into its box of the window, one file each in panels/.
void draw_queue(const View&, UiState&, Commands&, const Box&);
void draw_card(const View&, UiState&, Commands&, const Box&);
void draw_intake(const View&, UiState&, Commands&, const Box&);
/// Calls that may be the same event, and what was merged: a strip below the card.
float similar_height(const View&, const UiState&);
void draw_similar(const View&, UiState&, Commands&, const Box&);
void draw_send(const View&, UiState&, Commands&, const Box&);
void draw_course(const View&, UiState&, Commands&, const Box&);
void draw_outcome(const View&, UiState&, Commands&, const Box&);
void draw_after(const View&, UiState&, Commands&, const Box&);
void draw_fleet(const View&, UiState&, Commands&, const Box&);
/// Help until the brigade comes takes the place of the brigades while it is wanted.
bool help_shown(const UiState&);
void draw_help_card(const View&, UiState&, Commands&, const Box&);
/// The pulse of the metronome with its count; returns the width it took.
float draw_beat(const View&, const UiState&, const Box&);
void draw_map(const View&, UiState&, Commands&, const Box&, MapView&, bool& moving);
void draw_message_line(const View&, UiState&, Commands&, const Box&);
void draw_top_bar(const View&, UiState&, Commands&, const Box&, const std::string& journal);
void draw_overlay(const View&, UiState&, Commands&, const Box& screen);
/// Working definitions and help cards, each with its state: signed by whom and when, or not.
void draw_definitions(const View&, UiState&, Commands&, const Box& screen);
/// Roads that are closed or slow: who, since when, until when; one is taken back by a key.
void draw_road_list(const View&, UiState&, Commands&, const Box& screen);
/// The journal has failed: says so over everything and what to do.
void draw_failure(const View&, const Box& screen);

/// The selected incident, open or closed; nullptr when none.
const Incident* selected_incident(const View& view, const UiState& ui);

}  // namespace jedel::console
