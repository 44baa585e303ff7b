#pragma once
// Where samples go: the machine's loudspeaker by OpenAL, or a device that only counts them.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace jedel::console {

/// Used by one thread.
class Output {
public:
    virtual ~Output() = default;
    /// Samples that are wanted now; 0 while enough is on its way.
    virtual std::size_t wanted() = 0;
    /// Hands over as many samples as `wanted` said.
    virtual void write(std::span<const std::int16_t> samples) = 0;
    /// False: the device is gone.
    [[nodiscard]] virtual bool working() const = 0;
};

/// The default device; nullptr where there is none. May take a while: never call it in a frame.
std::unique_ptr<Output> open_loudspeaker();

/// A device in memory that plays as fast as it is asked to, to look at what OpenAL would send out.
class Loopback : public Output {
public:
    /// The next samples that would be heard.
    virtual std::vector<std::int16_t> hear(std::size_t samples) = 0;
};
/// nullptr: this OpenAL has none.
std::unique_ptr<Loopback> open_loopback();

}  // namespace jedel::console
