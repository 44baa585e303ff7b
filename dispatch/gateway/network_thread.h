#pragma once
// The network thread: one Asio loop for timers now, for trackers and call intake later.

#include <chrono>
#include <functional>
#include <memory>

namespace jedel {

/// Owns one thread that runs an Asio io_context. Thread-safe.
class NetworkThread {
public:
    NetworkThread();
    /// Stops the loop, cancels what was planned and joins the thread.
    ~NetworkThread();
    NetworkThread(const NetworkThread&) = delete;
    NetworkThread& operator=(const NetworkThread&) = delete;

    /// Cancels its timer when it goes out of scope; a run in progress finishes first. Must go
    /// before the NetworkThread does.
    class Timer {
    public:
        Timer() = default;
        Timer(Timer&&) noexcept;
        Timer& operator=(Timer&&) noexcept;
        ~Timer();

    private:
        friend class NetworkThread;
        struct State;
        explicit Timer(std::shared_ptr<State> state);
        std::shared_ptr<State> state_;
    };

    /// Calls `work` on the network thread every `period` (at least 1 ms), first after one period.
    /// A run that takes longer than the period delays the next; runs never pile up.
    [[nodiscard]] Timer every(std::chrono::milliseconds period, std::function<void()> work);
    /// Calls `work` once after `delay`.
    [[nodiscard]] Timer after(std::chrono::milliseconds delay, std::function<void()> work);
    /// Calls `work` on the network thread as soon as it can.
    void post(std::function<void()> work);

private:
    Timer start(std::chrono::milliseconds period, bool again, std::function<void()> work);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel
