#pragma once
// A whole room without a window: small city, real desk on a journal in memory, real console in a
// bare ImGui context. Keys go in, drawn things and recorded events come out.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "console/console.h"
#include "console/startup.h"

namespace jedel::console::test {

/// Stands still until it is told to go on.
class HandClock final : public ClockPort {
public:
    [[nodiscard]] Instant now() const override { return {ms.load()}; }
    void pass(std::int64_t seconds) { ms += seconds * 1000; }
    std::atomic<std::int64_t> ms{0};
};

/// Two streets that cross, an ambulance station, a polyclinic with the whole city for its area,
/// a hospital, three brigades.
std::shared_ptr<const City> small_city();

struct RoomOptions {
    float width = 1280, height = 720;
    Language language = Language::ru;
    ThemeKind theme = ThemeKind::light;
    Seat seat = Seat::dispatcher;
    std::string draft_path;  ///< empty: nothing is kept
    std::string journal = "sqlite::memory:";
    std::function<Result<RuleTables>()> read_rules;  ///< empty: rules cannot be read anew
    std::string recommendation_toml;                 ///< empty: the installed one
    std::string layouts_fault;  ///< the file of layouts could not be read; empty: it was
    std::string cover_toml;                          ///< empty: the installed one
};

class Room {
public:
    explicit Room(const RoomOptions& options = {});
    ~Room();
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    /// One frame as the window's loop makes it.
    void frame();
    /// Frames until keys, commands and advice have all been dealt with.
    void settle();
    void press(Key key, int mods = no_mods);
    void type(std::string_view utf8);
    /// Presses the left button in the middle of what was drawn under that name.
    bool click(std::string_view name);

    [[nodiscard]] std::shared_ptr<const Snapshot> now() const { return desk->snapshot(); }
    /// The only open call; nullptr when there is none or more than one.
    [[nodiscard]] const Incident* only_call() const;
    /// Kinds of all events of the journal, in order.
    [[nodiscard]] std::vector<std::string> event_kinds() const;
    /// Gives up the bare context, so that a window can take the same console over.
    void leave_context();
    [[nodiscard]] UiState& ui() { return console->ui(); }

    HandClock clock;
    /// Commands that left the console, in order.
    std::vector<CommandEnvelope> given;
    bool hold_back = false;  ///< they are seen, but do not reach the desk
    std::unique_ptr<Desk> desk;
    std::unique_ptr<Console> console;
    Recorder recorder;
    Fonts fonts;

private:
    bool has_context_ = false;
    mutable std::shared_ptr<const Snapshot> held_;
};

/// Words of the program that did not fit their box in the last frame.
std::vector<std::string> cut_words(const Recorder& recorder);

}  // namespace jedel::console::test
