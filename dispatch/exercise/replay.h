#pragma once
// A recorded log played through the room: each call is received, sorted, sent, followed and
// closed by commands, at its simulated time. A discrete-event simulation, deterministic by seed.

#include <memory>
#include <optional>
#include <string>

#include "dispatch/city/city.h"
#include "dispatch/cover/rates.h"
#include "dispatch/desk/engine.h"
#include "dispatch/exercise/mapping.h"
#include "dispatch/exercise/plan.h"
#include "dispatch/exercise/recorded.h"
#include "dispatch/exercise/tally.h"
#include "dispatch/fleet/advisor.h"
#include "triage/protocol.h"
#include "triage/words/words.h"

namespace jedel::exercise {

/// How a brigade is chosen.
enum class Policy : std::uint8_t {
    recommended,  ///< the first of the adviser's list
    nearest,      ///< the nearest by straight line, as rooms without road times do
    nobody,       ///< nobody sorts or sends: what a person at the console does not do stays undone
};

/// Where a brigade goes that has served, when nobody waits.
enum class Relocation : std::uint8_t {
    home,     ///< to its base
    dmexclp,  ///< where cover gains most (RoomCover::post_for)
};

struct ReplayOptions {
    std::uint64_t seed = 1;
    Policy policy = Policy::recommended;
    int fix_every_s = 0;  ///< positions along the way for the map; 0: only where they decide
    std::size_t shown_max = 3;  ///< lines of the recommendation kept with an assignment
    DrawTable draws;
    Relocation relocation = Relocation::home;
    /// What the room knows of its demand and its busy fraction; null: the dated row's values.
    std::shared_ptr<const cover::RoomRates> rates;
};

/// Everything a replay reads; immutable, shared.
struct ReplayInput {
    std::shared_ptr<const City> city;
    FleetTables tables;
    Mapping mapping;
    RecordedLog log;
    std::shared_ptr<const triage::Protocol> protocol;
    std::shared_ptr<const triage::Lexicon> lexicon;  ///< null: words are not read
    std::string cover_toml, posts_toml;  ///< data/law/cover.toml, the city's posts.toml or nothing
};

/// Steps through a log: the world outside the room, and a dispatcher by policy. A person may give
/// commands to the same room between the steps; the world acts on them, and the dispatcher leaves
/// alone what that person has begun. Not thread-safe; the port is handed in, so that a console can
/// post the steps to the thread that owns its engine. Nothing happens between `next_time()` and the
/// step, unless a person acts.
class Replay {
public:
    Replay(std::shared_ptr<const ReplayInput> input, ReplayOptions options);
    ~Replay();
    Replay(Replay&&) noexcept;
    Replay& operator=(Replay&&) noexcept;

    /// When the next thing is due; nullopt when every call has ended.
    [[nodiscard]] std::optional<Instant> next_time() const;
    [[nodiscard]] bool finished() const { return !next_time().has_value(); }
    /// Does the next due thing. An error only when the journal fails; refusals are counted.
    Result<void> step(CommandPort& port);
    /// Does everything due up to and including `until`.
    Result<void> run_until(CommandPort& port, Instant until);

    /// Simulated time: of the last thing done; before the first step that of the first.
    [[nodiscard]] Instant now() const;
    [[nodiscard]] Instant begins() const;
    /// When the last call begins; what is left after it takes some hours.
    [[nodiscard]] Instant last_call() const;
    [[nodiscard]] std::size_t calls_begun() const;
    [[nodiscard]] std::size_t calls_total() const;
    /// Calls that wait for a free brigade.
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] const Tally& tally() const;
    [[nodiscard]] const ReplayInput& input() const;
    [[nodiscard]] const ReplayOptions& options() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::exercise

template <>
struct jedel::EnumNames<jedel::exercise::Policy> {
    static constexpr std::array<std::string_view, 3> names{"recommended", "nearest",
                                                           "nobody"};
};
template <>
struct jedel::EnumNames<jedel::exercise::Relocation> {
    static constexpr std::array<std::string_view, 2> names{"home", "dmexclp"};
};
