#include "dispatch/gateway/network_thread.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

using namespace jedel;
using namespace std::chrono_literals;

TEST_CASE("a timer ticks again and again until it goes out of scope") {
    NetworkThread network;
    std::atomic<int> ticks = 0;
    std::promise<void> third;
    {
        const auto timer = network.every(1ms, [&] {
            if (++ticks == 3) third.set_value();
        });
        third.get_future().wait();
    }
    const int seen = ticks;
    std::promise<void> later;
    const auto after = network.after(20ms, [&] { later.set_value(); });
    later.get_future().wait();
    REQUIRE(ticks == seen);
}

TEST_CASE("work is done on the network thread, in order") {
    NetworkThread network;
    std::vector<int> order;
    std::promise<std::thread::id> done;
    for (int i = 0; i < 10; ++i) network.post([&order, i] { order.push_back(i); });
    network.post([&] { done.set_value(std::this_thread::get_id()); });
    REQUIRE(done.get_future().get() != std::this_thread::get_id());
    REQUIRE(order == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("a timer may be cancelled by its own work, and the end of the thread cancels the rest") {
    NetworkThread network;
    NetworkThread::Timer own;
    std::promise<void> armed, ran;
    std::atomic<int> runs = 0;
    auto may_run = armed.get_future().share();
    own = network.every(1ms, [&] {
        may_run.wait();
        ++runs;
        const NetworkThread::Timer gone = std::move(own);
        ran.set_value();
    });
    armed.set_value();
    ran.get_future().wait();
    const auto never = network.after(1h, [&] { ++runs; });
    std::promise<void> later;
    const auto after = network.after(10ms, [&] { later.set_value(); });
    later.get_future().wait();
    REQUIRE(runs == 1);
}
