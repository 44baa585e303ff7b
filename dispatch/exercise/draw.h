#pragma once
// Numbers drawn from a seed, the same on every machine: no std distributions, whose results
// differ between libraries.

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace jedel::exercise {

/// splitmix64 (Steele, Lea, Flood 2014): one step, for seeding and mixing.
constexpr std::uint64_t splitmix64(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// xoshiro256** (Blackman, Vigna 2018).
class Draw {
public:
    /// `stream` gives each call numbers of its own, so that another policy, which changes the
    /// order of things, meets the same patients (common random numbers).
    Draw(std::uint64_t seed, std::uint64_t stream) {
        std::uint64_t state = seed;
        state = splitmix64(state) ^ (stream * 0xD1342543DE82EF95ULL);
        for (std::uint64_t& word : words_) word = splitmix64(state);
    }

    std::uint64_t next() {
        const std::uint64_t result = rotated(words_[1] * 5, 7) * 9;
        const std::uint64_t t = words_[1] << 17;
        words_[2] ^= words_[0];
        words_[3] ^= words_[1];
        words_[1] ^= words_[2];
        words_[0] ^= words_[3];
        words_[2] ^= t;
        words_[3] = rotated(words_[3], 45);
        return result;
    }
    /// In [0, 1), 53 bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    bool chance(double probability) { return uniform() < probability; }
    /// 0 … n-1; n at least 1. The bias of n / 2^53 is of no account here.
    std::uint64_t below(std::uint64_t n) {
        const auto i = static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
        return i < n ? i : n - 1;
    }
    /// Log-normal with a median, cut to [low, high]; times of human work are skewed so.
    double lognormal(double median, double sigma, double low, double high) {
        // Box and Muller; the second value is not kept, so that each draw takes two numbers.
        const double r = std::sqrt(-2 * std::log(1 - uniform()));
        const double z = r * std::cos(2 * std::numbers::pi * uniform());
        return std::fmin(high, std::fmax(low, median * std::exp(sigma * z)));
    }

private:
    static constexpr std::uint64_t rotated(std::uint64_t x, int k) {
        return (x << k) | (x >> (64 - k));
    }
    std::array<std::uint64_t, 4> words_{};
};

}  // namespace jedel::exercise
