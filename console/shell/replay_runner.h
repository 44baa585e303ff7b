#pragma once
// Plays a recorded log into a desk at ×1 … ×1000 in simulated time, with pause and step.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "console/console.h"
#include "dispatch/exercise/replay.h"

namespace jedel::console {

/// Thread-safe. Also the clock of the desk and of the screen while it runs.
class ReplayRunner final : public ReplayControl, public ClockPort {
public:
    ReplayRunner(exercise::Replay replay, double speed);
    ~ReplayRunner() override;

    /// Starts driving the desk, which must outlive this object's `stop`. With `until`, everything
    /// up to then is done before this returns, and the replay waits paused.
    void start(Desk& desk, std::optional<Instant> until);
    void stop();
    /// For the report; only after `stop`.
    [[nodiscard]] const exercise::Replay& replay() const { return replay_; }

    [[nodiscard]] Instant now() const override { return {now_ms_.load()}; }
    [[nodiscard]] ReplayStatus status() const override;
    void set_speed(double times) override;
    void set_paused(bool paused) override;
    void step() override;

private:
    void run();
    /// Runs the replay on the desk's thread up to `until`, or one thing where it is empty.
    void drive(std::optional<Instant> until);

    exercise::Replay replay_;  // touched on the desk's thread only, once started
    Instant begins_, last_call_;
    std::size_t total_ = 0;
    Desk* desk_ = nullptr;
    std::atomic<std::int64_t> now_ms_;
    std::atomic<double> speed_;
    std::atomic<bool> paused_{false}, finished_{false}, step_wanted_{false};
    std::atomic<std::uint64_t> begun_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace jedel::console
