// What is heard: beats counted in samples, a mute that ends, silence where there is no device.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "console/audio/sound.h"

using namespace jedel::console;

namespace {

// Said before OpenAL reads it, which it does once: the device of these tests goes nowhere.
[[maybe_unused]] const int null_device = setenv("ALSOFT_DRIVERS", "null", 1);

std::vector<std::int16_t> rendered(Mixer& mixer, double seconds, std::size_t piece = 480) {
    std::vector<std::int16_t> out(static_cast<std::size_t>(seconds * sample_rate));
    for (std::size_t at = 0; at < out.size(); at += piece) {
        mixer.render(std::span{out}.subspan(at, std::min(piece, out.size() - at)));
    }
    return out;
}

/// Where a sound begins after at least a tenth of a second of silence.
std::vector<std::size_t> onsets(const std::vector<std::int16_t>& samples) {
    constexpr std::size_t silence = sample_rate / 10;
    constexpr int heard = 32;  // OpenAL dithers the last bit
    std::vector<std::size_t> out;
    std::size_t quiet = silence;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (std::abs(samples[i]) < heard) {
            ++quiet;
            continue;
        }
        if (quiet >= silence) out.push_back(i);
        quiet = 0;
    }
    return out;
}

/// Takes what it is given and wants more until it has enough; then never again.
struct Kept {
    std::mutex mutex;
    std::condition_variable enough;
    std::vector<std::int16_t> samples;
    std::size_t wanted = 0;
};
class Recording final : public Output {
public:
    explicit Recording(Kept& kept) : kept_(kept) {}
    std::size_t wanted() override {
        const std::lock_guard lock{kept_.mutex};
        return std::min<std::size_t>(960, kept_.wanted - kept_.samples.size());
    }
    void write(std::span<const std::int16_t> samples) override {
        const std::lock_guard lock{kept_.mutex};
        kept_.samples.insert(kept_.samples.end(), samples.begin(), samples.end());
        kept_.enough.notify_all();
    }
    [[nodiscard]] bool working() const override { return true; }

private:
    Kept& kept_;
};

}  // namespace

TEST_CASE("110 beats a minute are 110 beats in a minute of samples, and never drift") {
    Mixer mixer;
    mixer.beats(110);
    const auto minutes = onsets(rendered(mixer, 600));
    REQUIRE(minutes.size() == 1100);
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        const double due = static_cast<double>(i) * 60 * sample_rate / 110;
        CHECK(std::abs(static_cast<double>(minutes[i]) - due) <= 2);
    }
}

TEST_CASE("beats do not depend on how many samples are asked for at a time") {
    Mixer a, b;
    a.beats(110);
    b.beats(110);
    CHECK(rendered(a, 5, 960) == rendered(b, 5, 7));
}

TEST_CASE("every rate of a card is met, another rate begins anew, 0 stops") {
    for (const int rate : {100, 110, 120}) {
        Mixer mixer;
        mixer.beats(rate);
        CHECK(onsets(rendered(mixer, 60)).size() == static_cast<std::size_t>(rate));
        mixer.beats(rate);  // said again in every frame: nothing begins anew
        CHECK(onsets(rendered(mixer, 60)).size() == static_cast<std::size_t>(rate));
        mixer.beats(0);
        CHECK(onsets(rendered(mixer, 10)).size() <= 1);
        CHECK(mixer.idle());
    }
}

TEST_CASE("a mute ends by itself, and the beats come back in step") {
    Mixer mixer, other;
    mixer.beats(120);
    other.beats(120);
    mixer.mute_for(10);
    CHECK(mixer.muted());
    const auto muted = rendered(mixer, 20);
    const auto heard = rendered(other, 20);
    CHECK_FALSE(mixer.muted());
    CHECK(onsets(muted).size() == 20);
    for (std::size_t i = 0; i < 10 * sample_rate; ++i) REQUIRE(muted[i] == 0);
    CHECK(std::vector(muted.begin() + 10 * sample_rate, muted.end()) ==
          std::vector(heard.begin() + 10 * sample_rate, heard.end()));
    mixer.mute_for(60);
    mixer.mute_for(0);
    CHECK_FALSE(mixer.muted());
}

TEST_CASE("a tone is heard over the beats, ends, and is never louder than the device takes") {
    Mixer mixer;
    mixer.play({.hz = 440, .seconds = 0.5, .loudness = 1});
    mixer.play({.hz = 440, .seconds = 0.5, .loudness = 1});
    const auto alarm = rendered(mixer, 2);
    REQUIRE(onsets(alarm).size() == 1);
    CHECK(onsets(alarm).front() <= 2);
    CHECK(*std::max_element(alarm.begin(), alarm.end()) == 32767);
    CHECK(std::all_of(alarm.begin() + sample_rate, alarm.end(), [](auto s) { return s == 0; }));
    CHECK(mixer.idle());
    mixer.beats(60);
    mixer.play({.hz = 440, .seconds = 0.2, .loudness = 0.5});
    CHECK(onsets(rendered(mixer, 5)).size() == 5);
}

TEST_CASE("the thread opens the device once and feeds it until it has enough") {
    Kept kept;
    kept.wanted = 60 * sample_rate;
    int opened = 0;
    {
        Sound sound{[&] {
            ++opened;
            return std::make_unique<Recording>(kept);
        }};
        CHECK(sound.heard() == Heard::not_tried);
        sound.beats(110);
        std::unique_lock lock{kept.mutex};
        kept.enough.wait(lock, [&] { return kept.samples.size() == kept.wanted; });
        lock.unlock();
        CHECK(sound.heard() == Heard::yes);
        sound.mute_for(5);
        CHECK(sound.heard() == Heard::muted);
    }
    CHECK(opened == 1);
    CHECK(onsets(kept.samples).size() == 110);
}

TEST_CASE("without a device all is silent, is asked for once, and ends at once") {
    std::mutex mutex;
    std::condition_variable asked;
    int opened = 0;
    Sound sound{[&]() -> std::unique_ptr<Output> {
        const std::lock_guard lock{mutex};
        ++opened;
        asked.notify_all();
        return nullptr;
    }};
    sound.beats(110);
    {
        std::unique_lock lock{mutex};
        asked.wait(lock, [&] { return opened > 0; });
    }
    while (sound.heard() == Heard::not_tried) std::this_thread::yield();
    CHECK(sound.heard() == Heard::no_device);
    sound.play({});
    sound.beats(0);
    sound.beats(100);
    CHECK(opened == 1);
}

TEST_CASE("what OpenAL sends out has the beats of the mixer") {
    const auto device = open_loopback();
    REQUIRE(device);
    REQUIRE(device->working());
    Mixer mixer;
    mixer.beats(110);
    std::vector<std::int16_t> heard;
    std::vector<std::int16_t> piece;
    while (heard.size() < 30 * sample_rate) {
        piece.resize(device->wanted());
        mixer.render(piece);
        if (!piece.empty()) device->write(piece);
        const auto out = device->hear(960);
        heard.insert(heard.end(), out.begin(), out.end());
    }
    heard.resize(30 * sample_rate);
    const auto beats = onsets(heard);
    REQUIRE(beats.size() == 55);
    for (std::size_t i = 1; i < beats.size(); ++i) {
        const auto apart = static_cast<double>(beats[i] - beats[i - 1]);
        CHECK(std::abs(apart - 60.0 * sample_rate / 110) <= 4);
    }
}

TEST_CASE("the loudspeaker plays on a machine whose device goes nowhere") {
    Sound sound;
    sound.beats(110);
    while (sound.heard() == Heard::not_tried) std::this_thread::yield();
    CHECK(sound.heard() == Heard::yes);
    sound.beats(0);
}
