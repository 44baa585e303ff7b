// <utility> comes before Asio: Boost 1.74 with g++ 12 forgets std::exchange otherwise.
#include <utility>

#include "dispatch/gateway/network_thread.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <thread>

namespace jedel {

namespace asio = boost::asio;

struct NetworkThread::Impl {
    asio::io_context context;
    asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
    std::thread thread;
};

struct NetworkThread::Timer::State {
    State(asio::io_context& context, std::chrono::milliseconds period_, bool again_,
          std::function<void()> work_, std::thread::id loop_)
        : timer(context), period(period_), again(again_), work(std::move(work_)), loop(loop_) {}
    asio::steady_timer timer;
    std::chrono::milliseconds period;
    bool again;
    std::function<void()> work;
    std::thread::id loop;
    bool cancelled = false;  ///< touched on the loop only

    static void arm(const std::shared_ptr<State>& state) {
        state->timer.async_wait([state](const boost::system::error_code& error) {
            if (error || state->cancelled) return;
            state->work();
            if (!state->again || state->cancelled) return;
            // From the planned time, so that ticks do not drift; never into the past.
            const auto next = state->timer.expiry() + state->period;
            state->timer.expires_at(std::max(next, std::chrono::steady_clock::now()));
            arm(state);
        });
    }
};

NetworkThread::NetworkThread() : impl_(std::make_unique<Impl>()) {
    impl_->thread = std::thread{[impl = impl_.get()] { impl->context.run(); }};
}

NetworkThread::~NetworkThread() {
    impl_->guard.reset();
    impl_->context.stop();
    impl_->thread.join();
}

NetworkThread::Timer::Timer(std::shared_ptr<State> state) : state_(std::move(state)) {}
NetworkThread::Timer::Timer(Timer&&) noexcept = default;
NetworkThread::Timer& NetworkThread::Timer::operator=(Timer&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}

NetworkThread::Timer::~Timer() {
    if (!state_) return;
    const auto cancel = [state = state_] {
        state->cancelled = true;
        state->timer.cancel();
    };
    if (std::this_thread::get_id() == state_->loop) {
        cancel();
        return;
    }
    // Waits until the loop has cancelled it, so that `work` never runs on something gone.
    std::promise<void> done;
    asio::post(state_->timer.get_executor(), [&] {
        cancel();
        done.set_value();
    });
    done.get_future().wait();
}

NetworkThread::Timer NetworkThread::start(std::chrono::milliseconds period, bool again,
                                          std::function<void()> work) {
    auto state = std::make_shared<Timer::State>(impl_->context, period, again, std::move(work),
                                                impl_->thread.get_id());
    asio::post(impl_->context, [state] {
        state->timer.expires_after(state->period);
        Timer::State::arm(state);
    });
    return Timer{state};
}

NetworkThread::Timer NetworkThread::every(std::chrono::milliseconds period,
                                          std::function<void()> work) {
    return start(std::max(period, std::chrono::milliseconds{1}), true, std::move(work));
}

NetworkThread::Timer NetworkThread::after(std::chrono::milliseconds delay,
                                          std::function<void()> work) {
    return start(delay, false, std::move(work));
}

void NetworkThread::post(std::function<void()> work) {
    asio::post(impl_->context, std::move(work));
}

}  // namespace jedel
