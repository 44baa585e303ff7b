#include "console/shell/replay_runner.h"

#include <algorithm>
#include <chrono>
#include <future>

namespace jedel::console {

namespace {

constexpr auto tick = std::chrono::milliseconds{20};
// A stretch of simulated time done in one go: long enough to be quick, short enough to stop.
constexpr std::chrono::milliseconds stretch = std::chrono::minutes{10};

}  // namespace

ReplayRunner::ReplayRunner(exercise::Replay replay, double speed)
    : replay_(std::move(replay)),
      begins_(replay_.begins()),
      last_call_(replay_.last_call()),
      total_(replay_.calls_total()),
      now_ms_(begins_.ms),
      speed_(speed) {}

ReplayRunner::~ReplayRunner() { stop(); }

void ReplayRunner::start(Desk& desk, std::optional<Instant> until) {
    desk_ = &desk;
    if (until) {
        for (Instant at = begins_; at < *until && !finished_;) {
            at = std::min(at + stretch, *until);
            drive(at);
        }
        paused_ = true;
    }
    thread_ = std::thread{[this] { run(); }};
}

void ReplayRunner::stop() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

ReplayStatus ReplayRunner::status() const {
    ReplayStatus s;
    s.now = now();
    s.from = begins_;
    s.until = last_call_;
    s.speed = speed_;
    s.paused = paused_;
    s.finished = finished_;
    s.calls_done = begun_;
    s.calls_total = total_;
    return s;
}

void ReplayRunner::set_speed(double times) { speed_ = std::clamp(times, 1.0, 1000.0); }

void ReplayRunner::set_paused(bool paused) { paused_ = paused; }

void ReplayRunner::step() {
    paused_ = true;
    step_wanted_ = true;
    changed_.notify_all();
}

void ReplayRunner::drive(std::optional<Instant> until) {
    std::promise<void> done;
    std::future<void> over = done.get_future();
    const bool taken = desk_->post([&](Engine& engine) {
        // One durable commit for the stretch: what the screen shows has been stored.
        bool sound = engine.begin_batch().ok();
        if (sound) {
            sound = until ? replay_.run_until(engine, *until).ok() : replay_.step(engine).ok();
            sound = engine.commit_batch().ok() && sound;
        }
        if (!sound || replay_.finished()) finished_ = true;
        begun_ = replay_.calls_begun();
        now_ms_ = until ? std::max(until->ms, replay_.now().ms) : replay_.now().ms;
        done.set_value();
    });
    if (taken) over.wait();
}

void ReplayRunner::run() {
    auto last = std::chrono::steady_clock::now();
    for (;;) {
        {
            std::unique_lock lock{mutex_};
            changed_.wait_for(lock, tick, [&] { return stop_ || step_wanted_.load(); });
            if (stop_) return;
        }
        const auto now = std::chrono::steady_clock::now();
        const double passed_ms =
            std::chrono::duration<double, std::milli>(now - std::exchange(last, now)).count();
        if (finished_) continue;
        if (step_wanted_.exchange(false)) {
            drive(std::nullopt);
        } else if (!paused_) {
            // After a long pause of the machine the replay goes on, it does not jump.
            const double due_ms = std::min(passed_ms, 250.0) * speed_;
            drive(Instant{now_ms_ + static_cast<std::int64_t>(due_ms)});
        }
    }
}

}  // namespace jedel::console
