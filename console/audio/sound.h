#pragma once
// What the console lets be heard: the metronome's beats, tones of alarms. A thread of its own feeds
// the device; nothing here waits for it. Where there is no device all is silent, and says so.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "console/audio/mixer.h"
#include "console/audio/output.h"

namespace jedel::console {

/// Whether something can be heard. The device is opened when the first sound is wanted.
enum class Heard : std::uint8_t { not_tried, yes, muted, no_device };

/// Safe to use from any thread.
class Sound {
public:
    using Open = std::function<std::unique_ptr<Output>()>;
    explicit Sound(Open open = open_loudspeaker);
    ~Sound();
    Sound(const Sound&) = delete;
    Sound& operator=(const Sound&) = delete;

    /// Beats a minute, heard until told otherwise; 0 ends them. Cheap to say again every frame.
    void beats(int per_min);
    /// One tone, over whatever sounds.
    void play(const Tone& tone);
    /// Nothing is heard for so many seconds, then all is heard again by itself; 0: at once.
    void mute_for(double seconds);
    [[nodiscard]] Heard heard() const;

private:
    void run(const Open& open);
    /// Feeds the device until nothing sounds any more.
    void feed(Output& output, std::unique_lock<std::mutex>& lock);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Mixer mixer_;
    int per_min_ = 0;
    bool stop_ = false;
    bool tried_ = false, has_device_ = false;
    std::thread thread_;
};

}  // namespace jedel::console
