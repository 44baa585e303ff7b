#pragma once
// What a panel is: a function that reads an immutable View and the person's own UiState, and
// emits wishes into Commands. It never mutates the model, never blocks, never touches a file.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "console/cover.h"
#include "console/keyboard.h"
#include "console/state/after.h"
#include "console/state/course.h"
#include "console/state/cover.h"
#include "console/state/elsewhere.h"
#include "console/state/fleet.h"
#include "console/state/help.h"
#include "console/state/intake.h"
#include "console/state/map.h"
#include "console/state/outcome.h"
#include "console/state/overlays.h"
#include "console/state/queue.h"
#include "console/state/relook.h"
#include "console/state/send.h"
#include "console/text/text.h"
#include "console/widgets/brush.h"
#include "dispatch/city/address.h"
#include "dispatch/city/city.h"
#include "dispatch/desk/desk.h"
#include "dispatch/fleet/advisor.h"
#include "dispatch/patients/entitlement.h"

namespace jedel::console {

class MapView;

/// Advice on the selected incident, computed off the UI's thread on one snapshot.
struct Advice {
    IncidentId incident;
    std::uint64_t state_seq = 0;
    Recommendation recommendation;
    Category4Route category4;
    std::vector<HospitalChoice> hospitals;  ///< the fittest first, from the incident's place
    std::vector<std::string> advised;       ///< items to read out that fit now (R1-R8)
    std::optional<Error> problem;  ///< a dated row that could not be read; a default stands for it
    std::vector<LatLon> route;        ///< of the first brigade, or of the one on its way
    std::vector<LatLon> other_route;  ///< of the runner-up
    struct Street {
        std::uint32_t name = 0;  ///< index of RoadMap::names; 0 = a road without a name
        double metres = 0;
    };
    std::vector<Street> streets;  ///< of `route`, in the order driven, for the crew
};

/// The second look at everything that waits or is on its way.
struct RelookAnswer {
    Adviser::Relook look;
    double dismissed_min = 0;  ///< how long a proposal that was put aside stays away
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

/// The rules of triage that are in force.
struct RulesInForce {
    const triage::Protocol* protocol;  ///< never null in the program
    const triage::Lexicon* lexicon;
    const std::vector<triage::Card>* cards;  ///< help until the brigade comes; may be null
};

/// What the worker has answered (advice.h); null where it has not, or what it says is of another
/// call.
struct Answers {
    const Advice* advice;  ///< of the selected incident
    const AddressAnswer* addresses;
    const PatientAnswer* patient;
    const RoadsAnswer* roads;      ///< closed and slow roads on this map
    const StretchAnswer* stretch;  ///< of the present steps
    const ReachAnswer* reach;      ///< of what is asked for, maybe of a while ago
    const SimilarAnswer* similar;  ///< of a form and a room that may have changed since
    const RelookAnswer* relook;    ///< of a room that may have changed since
    const CoverAnswer* cover;        ///< of a room of some seconds ago
    const StaffingAnswer* staffing;  ///< of when the page was opened
};

/// Everything a panel may read. References live for the frame.
struct View : Brush, RulesInForce, Answers {
    const Snapshot& room;
    const City& city;
    const ReplayStatus* replay;  ///< null in the live room
    const Texts& tr;
    Instant now;
    int utc_offset_minutes;
    double steady_s;  ///< a clock that only goes forward, whatever the room's clock does
    const FleetTables& tables;
    std::span<const Error> faults{};  ///< slips in the installed tables, until they are mended
};

/// Who has the keyboard.
enum class Area : std::uint8_t { queue, card, map, fleet };
/// Pages of the card in the middle.
enum class Page : std::uint8_t { intake, send, course, outcome, after, elsewhere };
enum class Overlay : std::uint8_t {
    none,
    palette,
    help,
    notices,
    category,
    paper,
    definitions,
    roads,
    watch,
    relook,
    cover,
    staffing,
    clock
};
/// A line for the person: a refusal, a failure, a hint. Kept until the session ends.
struct Message {
    Instant at;
    std::string text_key;  ///< with `arguments`
    std::vector<std::string> arguments;
    std::string detail;  ///< English, for the technician
    bool alarm = false;
    std::optional<IncidentId> incident;  ///< the call it is about
    std::uint32_t number = 0;            ///< of that call
};

/// What the person is doing: what all places share, and the state of each page, which lies in a
/// file of its own (console/state/).
struct UiState {
    Seat seat = Seat::dispatcher;
    /// Whose desk it is, where it is a polyclinic's: its calls and brigades are all it shows.
    std::optional<OrganisationId> organisation;
    Language language = Language::ru;
    ThemeKind theme = ThemeKind::light;
    Area area = Area::queue;
    Page page = Page::intake;
    Overlay overlay = Overlay::none;
    IncidentId selected;
    BrigadeId selected_brigade;
    std::optional<OrganisationId> selected_organisation;
    Keyboard keyboard;
    TextFocus focus;
    std::vector<Message> messages;
    std::size_t messages_seen = 0;
    bool quit = false;
    IntakeState intake;
    SendState send;
    RelookState relook;
    CourseState course;
    OutcomeState outcome;
    AfterState after;
    QueueState queue;
    FleetState fleet;
    MapState map;
    HelpState help;
    PaletteState palette;
    CategoryState category;
    PaperState paper;
    DefinitionsState definitions;
    ElsewhereState elsewhere;
    WatchState watch;
    ClockState clock;
    CoverState cover;
    StaffingState staffing;
    std::size_t damage_read = 0;  ///< lines about the journal's damage that a person has read
};

/// What panels want done; collected during a frame and handed on after it.
class Commands {
public:
    /// `prefix` makes ids unique among desks and sessions.
    Commands(std::string actor, std::string prefix)
        : actor_(std::move(actor)), prefix_(std::move(prefix)) {}
    [[nodiscard]] const std::string& actor() const { return actor_; }
    /// Queues a command under a fresh id, which is returned.
    std::string give(Command command, Seat seat);
    /// Commands say from now on whose desk they come from.
    void work_for(std::optional<OrganisationId> organisation) { seat_of_ = organisation; }
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
    std::optional<OrganisationId> seat_of_;
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
/// Advice, danger, aviation, hospitals, companion, refusal.
void draw_elsewhere(const View&, UiState&, Commands&, const Box&);
void draw_fleet(const View&, UiState&, Commands&, const Box&);
/// Help until the brigade comes takes the place of the brigades while it is wanted.
bool help_shown(const UiState&);
void draw_help_card(const View&, UiState&, Commands&, const Box&);
/// The pulse of the metronome with its count; returns the width it took.
float draw_beat(const View&, const UiState&, const Box&);
void draw_map(const View&, UiState&, Commands&, const Box&, MapView&, bool& moving);
void draw_message_line(const View&, UiState&, Commands&, const Box&);
void draw_top_bar(const View&, UiState&, Commands&, const Box&, const std::string& journal);
/// Working definitions and help cards, each with its state: signed by whom and when, or not.
void draw_definitions(const View&, UiState&, Commands&, const Box& screen);
/// Roads that are closed or slow: who, since when, until when; one is taken back by a key.
void draw_road_list(const View&, UiState&, Commands&, const Box& screen);
/// The exception list: what is late or cannot be, each with what to do about it.
void draw_watch(const View&, UiState&, Commands&, const Box& screen);
/// Makes the list anew where it is old, or the room has changed.
void keep_watch_list(const View&, UiState&);
/// A desk of a polyclinic sees what was handed to it and its own brigades; others see all.
bool shows(const UiState&, const Incident&);
bool shows(const UiState&, const Brigade&);
/// What idle brigades cover, the plan of moves, and the moves under way.
void draw_cover(const View&, UiState&, Commands&, const Box& screen);
/// One line of it for the panel of brigades.
void draw_cover_line(const View&, const Box&);
/// How many brigades each hour needs, as a chart, and what an hour's figures rest on.
void draw_staffing(const View&, UiState&, const Box& screen);
/// The journal has failed: says so over everything and what to do.
void draw_failure(const View&, const Box& screen);
/// Damage of the journal and lost events: over everything until it was read.
bool damage_unread(const View&, const UiState&);
void draw_damage(const View&, UiState&, const Box& screen);

/// The selected incident, open or closed; nullptr when none.
const Incident* selected_incident(const View& view, const UiState& ui);

}  // namespace jedel::console
