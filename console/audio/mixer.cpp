#include "console/audio/mixer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jedel::console {

namespace {

constexpr Tone tick{};

std::uint64_t length_of(const Tone& tone) {
    return static_cast<std::uint64_t>(tone.seconds * sample_rate);
}

double sample_of(const Tone& tone, std::uint64_t at) {
    const double t = static_cast<double>(at) / sample_rate;
    const double fade = 1 - static_cast<double>(at) / static_cast<double>(length_of(tone));
    return tone.loudness * fade * std::sin(2 * std::numbers::pi * tone.hz * t);
}

}  // namespace

void Mixer::beats(int per_min) {
    if (per_min == per_min_) return;
    per_min_ = std::max(0, per_min);
    since_ = beat_ = 0;
}

void Mixer::play(const Tone& tone) {
    if (length_of(tone) > 0) playing_.push_back({tone});
}

void Mixer::mute_for(double seconds) {
    muted_samples_ = static_cast<std::uint64_t>(std::max(0.0, seconds) * sample_rate);
}

bool Mixer::idle() const { return per_min_ == 0 && playing_.empty() && muted_samples_ == 0; }

// Each beat from the first one, never from the last: rounding does not add up.
std::uint64_t Mixer::next_beat() const {
    return beat_ * 60 * sample_rate / static_cast<std::uint64_t>(per_min_);
}

void Mixer::render(std::span<std::int16_t> out) {
    for (std::int16_t& sample : out) {
        if (per_min_ > 0) {
            if (since_ == next_beat()) {
                playing_.push_back({tick});
                ++beat_;
            }
            ++since_;
        }
        double sum = 0;
        for (Playing& p : playing_) sum += sample_of(p.tone, p.at++);
        std::erase_if(playing_, [](const Playing& p) { return p.at >= length_of(p.tone); });
        const bool quiet = muted_samples_ > 0;
        if (quiet) --muted_samples_;
        sample = quiet ? std::int16_t{0}
                       : static_cast<std::int16_t>(std::lround(std::clamp(sum, -1.0, 1.0) * 32767));
    }
}

}  // namespace jedel::console
