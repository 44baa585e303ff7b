#include "console/audio/sound.h"

#include <chrono>
#include <vector>

namespace jedel::console {

Sound::Sound(Open open) : thread_([this, open = std::move(open)] { run(open); }) {}

Sound::~Sound() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Sound::beats(int per_min) {
    {
        const std::lock_guard lock{mutex_};
        if (per_min == per_min_) return;
        per_min_ = per_min;
        mixer_.beats(per_min);
    }
    changed_.notify_all();
}

void Sound::play(const Tone& tone) {
    {
        const std::lock_guard lock{mutex_};
        mixer_.play(tone);
    }
    changed_.notify_all();
}

void Sound::mute_for(double seconds) {
    {
        const std::lock_guard lock{mutex_};
        mixer_.mute_for(seconds);
    }
    changed_.notify_all();
}

Heard Sound::heard() const {
    const std::lock_guard lock{mutex_};
    if (!tried_) return Heard::not_tried;
    if (!has_device_) return Heard::no_device;
    return mixer_.muted() ? Heard::muted : Heard::yes;
}

void Sound::feed(Output& output, std::unique_lock<std::mutex>& lock) {
    std::vector<std::int16_t> samples;
    constexpr auto nap = std::chrono::milliseconds{10};
    while (!stop_ && !mixer_.idle() && output.working()) {
        samples.resize(output.wanted());
        if (samples.empty()) {
            changed_.wait_for(lock, nap);
            continue;
        }
        mixer_.render(samples);
        lock.unlock();
        output.write(samples);
        lock.lock();
    }
}

void Sound::run(const Open& open) {
    std::unique_ptr<Output> output;
    std::unique_lock lock{mutex_};
    while (true) {
        // Without a device nothing is counted on: there is nobody to hear where it would stand.
        changed_.wait(lock, [&] { return stop_ || (!mixer_.idle() && (!tried_ || has_device_)); });
        if (stop_) break;
        if (!output) {
            lock.unlock();
            output = open();
            lock.lock();
            tried_ = true;
            has_device_ = output != nullptr;
            if (!output) continue;
        }
        feed(*output, lock);
        if (output->working()) continue;
        output.reset();
        has_device_ = false;
    }
}

}  // namespace jedel::console
