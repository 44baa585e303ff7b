#pragma once
// What is heard, as samples: beats at an even rate, single tones, a mute that ends by itself.
// Pure: no device, no clock. Time is counted in samples, so a beat never drifts.

#include <cstdint>
#include <span>
#include <vector>

namespace jedel::console {

/// Samples a second, one channel, 16 bits.
inline constexpr int sample_rate = 48000;

/// A sine that fades out.
struct Tone {
    double hz = 1000;
    double seconds = 0.04;
    double loudness = 0.7;  ///< 0…1
};

class Mixer {
public:
    /// Beats from the next sample on; the same rate again goes on as it is. 0 stops them.
    void beats(int per_min);
    /// One tone from the next sample on, over whatever sounds.
    void play(const Tone& tone);
    /// Nothing is heard for this long; beats are counted on, so that they come back in step. A
    /// second mute replaces the first; 0 ends it.
    void mute_for(double seconds);
    [[nodiscard]] bool muted() const { return muted_samples_ > 0; }
    /// Neither sounds nor waits for anything: no samples are needed.
    [[nodiscard]] bool idle() const;
    /// The next samples.
    void render(std::span<std::int16_t> out);

private:
    struct Playing {
        Tone tone;
        std::uint64_t at = 0;  ///< samples of it that were played
    };
    [[nodiscard]] std::uint64_t next_beat() const;

    int per_min_ = 0;
    std::uint64_t since_ = 0;  ///< samples since the first beat
    std::uint64_t beat_ = 0;   ///< the beat that comes next
    std::uint64_t muted_samples_ = 0;
    std::vector<Playing> playing_;
};

}  // namespace jedel::console
