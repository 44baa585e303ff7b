#pragma once
// One desk's console without a window: keys and snapshots in, drawn panels and commands out.
// The shell gives it a window; tests give it a bare ImGui context.

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>

#include "console/advice.h"
#include "console/draft_store.h"
#include "console/layout.h"
#include "console/map/map_view.h"
#include "console/ui.h"
#include "console/widgets/input.h"

namespace jedel::console {

/// Steers a replay that drives the same desk. Callable from the UI's thread; never blocks.
class ReplayControl {
public:
    virtual ~ReplayControl() = default;
    [[nodiscard]] virtual ReplayStatus status() const = 0;
    virtual void set_speed(double times) = 0;  ///< 1 … 1000
    virtual void set_paused(bool paused) = 0;
    virtual void step() = 0;  ///< to the next recorded thing, then pause
};

/// What the rules of triage are made of; read together, so that they fit one another.
struct RuleTables {
    std::shared_ptr<const triage::Protocol> protocol;
    std::shared_ptr<const triage::Lexicon> lexicon;
    std::shared_ptr<const std::vector<triage::Card>> cards;
};

struct ConsoleParts {
    std::shared_ptr<const City> city;
    std::shared_ptr<const triage::Protocol> protocol;
    std::shared_ptr<const triage::Lexicon> lexicon;
    std::shared_ptr<const std::vector<triage::Card>> cards;
    std::shared_ptr<const TextTable> texts;
    std::shared_ptr<Sound> sound;  ///< null: nothing is ever heard
    std::shared_ptr<const Layouts> layouts;  ///< null: Layouts::standard()
    std::string layouts_fault;  ///< why the file of layouts was not taken; empty: it was
    AdviceSources advice;
    AdviceWorker::Mode advice_mode = AdviceWorker::Mode::thread;
    /// Reads the rules anew; called on a thread of its own. Empty: they cannot be read again.
    std::function<Result<RuleTables>()> read_rules;
    /// Slips in the installed tables, in whose place an older edition stands: shown until mended.
    std::vector<Error> faults;
    std::string journal_name;  ///< for the top bar
    std::string actor = "desk";
    std::string command_prefix;  ///< unique for this session
    std::string draft_path;      ///< what is typed and not stored lies there; empty: nowhere
    /// Sees every command on its way to the desk; false keeps it back. Empty: all go.
    std::function<bool(const CommandEnvelope&)> gate;
};

class Console {
public:
    Console(ConsoleParts parts, Desk& desk, const ClockPort& clock, std::function<void()> wake,
            ReplayControl* replay = nullptr);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// Draws everything into the present ImGui frame (between NewFrame and Render) and hands on
    /// what the panels emitted.
    void frame(const Fonts& fonts, Recorder* recorder = nullptr);
    /// When the next frame is due if nothing happens, milliseconds; at most 1000.
    [[nodiscard]] int idle_ms() const;
    /// True while outcomes, drafts or the map still move.
    [[nodiscard]] bool busy() const;

    [[nodiscard]] UiState& ui() { return ui_; }
    [[nodiscard]] InputQueue& input() { return input_; }
    [[nodiscard]] AdviceWorker& advice() { return advice_; }
    /// Hands the next key press to ImGui and to the panels; call before NewFrame.
    void feed(ImGuiIO& io);
    /// Frees what the map holds on the GPU; the window's context must be current.
    void release_gpu();

private:
    /// A command on its way.
    struct Pending {
        std::string id;
        std::optional<IncidentId> incident;  ///< whose, where it is about one
        bool opens = false;                  ///< it opens a call
        std::future<Outcome> outcome;
    };
    void take_outcome(const View& view, const Pending& pending, const Outcome& outcome);
    void collect_outcomes(const View& view);
    void follow_selection(const View& view);
    void ask_advice(const std::shared_ptr<const Snapshot>& room, Instant now);
    void ask_map(const View& view, const std::shared_ptr<const Snapshot>& room);
    void ask_cover(const View& view, const std::shared_ptr<const Snapshot>& room);
    void ask_reach(const View& view, const std::shared_ptr<const Snapshot>& room);
    void ask_relook(const View& view, const std::shared_ptr<const Snapshot>& room);
    void global_keys(const View& view);
    void perform(const View& view, Action action);
    /// Starts reading the rules anew; the ones in force stay until the new ones have been read.
    void reload(const View& view);
    void take_reloaded(Instant now);
    /// Puts a form of the last session back that was not stored, one at a time.
    void take_back_drafts(const View& view);
    void keep_drafts(Instant now);
    void hand_on(const std::shared_ptr<const Snapshot>& room, Instant now);
    void steer_replay(Commands::Replay what);
    void draw_screen(const View& view);

    ConsoleParts parts_;
    Desk& desk_;
    const ClockPort& clock_;
    ReplayControl* replay_;
    AdviceWorker advice_;
    Commands commands_;
    DraftStore drafts_;
    std::string kept_;            ///< what the store was given last
    bool drafts_told_ = false;    ///< that the store cannot be written
    std::vector<KeptDraft> back_;  ///< of the last session, not yet back in their forms
    InputQueue input_;
    UiState ui_;
    MapView map_;
    bool map_moving_ = false;
    int waited_frames_ = 0;
    std::vector<Pending> pending_;
    std::future<Result<RuleTables>> reloading_;
    std::uint64_t asked_seq_ = ~std::uint64_t{0};
    IncidentId asked_incident_;
    std::shared_ptr<const Snapshot> relook_room_;
    Instant relook_at_;
    Instant asked_at_;
    std::shared_ptr<const Snapshot> asked_room_;
    std::uint64_t asked_stretch_ = 0;
    std::uint64_t asked_roads_seq_ = ~std::uint64_t{0};
    struct AskedReach {
        ReachKind kind = ReachKind::none;
        BrigadeId brigade;
        std::uint64_t seq = 0;
        Instant at;
        std::shared_ptr<const Snapshot> room;
    };
    AskedReach asked_reach_;
    std::uint64_t asked_cover_seq_ = ~std::uint64_t{0};
    Instant asked_cover_at_;
    std::optional<Instant> asked_staffing_at_;
    double frame_s_ = 0;  ///< View::steady_s of the last frame
    std::chrono::steady_clock::time_point frame_began_;
};

}  // namespace jedel::console
