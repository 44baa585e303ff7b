// OpenAL: one source that plays a queue of short buffers.

#define AL_ALEXT_PROTOTYPES
#include <AL/al.h>
#include <AL/alc.h>
#include <AL/alext.h>

#include <array>

#include "console/audio/mixer.h"
#include "console/audio/output.h"

namespace jedel::console {

namespace {

/// Four buffers of 20 ms: late by less than a beat is long to hear, and no gap when a frame is.
constexpr std::size_t buffer_samples = sample_rate / 50;
constexpr std::size_t buffers = 4;

/// Owns device and context. The context is current for the whole program: there is one.
class Stream {
public:
    Stream(ALCdevice* device, ALCcontext* context) : device_(device), context_(context) {}
    static std::unique_ptr<Stream> over(ALCdevice* device, const ALCint* attributes) {
        if (device == nullptr) return nullptr;
        ALCcontext* context = alcCreateContext(device, attributes);
        if (context == nullptr || alcMakeContextCurrent(context) == ALC_FALSE) {
            if (context != nullptr) alcDestroyContext(context);
            alcCloseDevice(device);
            return nullptr;
        }
        auto stream = std::make_unique<Stream>(device, context);
        alGetError();
        alGenSources(1, &stream->source_);
        alGenBuffers(static_cast<ALsizei>(buffers), stream->all_.data());
        if (alGetError() != AL_NO_ERROR) return nullptr;
        stream->has_buffers_ = true;
        stream->free_.assign(stream->all_.begin(), stream->all_.end());
        return stream;
    }
    ~Stream() {
        if (has_buffers_) {
            alSourceStop(source_);
            alSourcei(source_, AL_BUFFER, 0);
            alDeleteSources(1, &source_);
            alDeleteBuffers(static_cast<ALsizei>(buffers), all_.data());
        }
        alcMakeContextCurrent(nullptr);
        alcDestroyContext(context_);
        alcCloseDevice(device_);
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    std::size_t wanted() {
        ALint done = 0;
        alGetSourcei(source_, AL_BUFFERS_PROCESSED, &done);
        for (; done > 0; --done) {
            ALuint buffer = 0;
            alSourceUnqueueBuffers(source_, 1, &buffer);
            free_.push_back(buffer);
        }
        return free_.size() * buffer_samples;
    }
    void write(std::span<const std::int16_t> samples) {
        while (!samples.empty() && !free_.empty()) {
            const auto part = samples.first(std::min(samples.size(), buffer_samples));
            samples = samples.subspan(part.size());
            const ALuint buffer = free_.back();
            free_.pop_back();
            alBufferData(buffer, AL_FORMAT_MONO16, part.data(),
                         static_cast<ALsizei>(part.size_bytes()), sample_rate);
            alSourceQueueBuffers(source_, 1, &buffer);
        }
        ALint state = 0;
        alGetSourcei(source_, AL_SOURCE_STATE, &state);
        if (state != AL_PLAYING) alSourcePlay(source_);
    }
    [[nodiscard]] bool working() const {
        ALCint connected = ALC_TRUE;
        if (alcIsExtensionPresent(device_, "ALC_EXT_disconnect") == ALC_TRUE) {
            alcGetIntegerv(device_, ALC_CONNECTED, 1, &connected);
        }
        return connected == ALC_TRUE;
    }
    [[nodiscard]] ALCdevice* device() const { return device_; }

private:
    ALCdevice* device_;
    ALCcontext* context_;
    ALuint source_ = 0;
    std::array<ALuint, buffers> all_{};
    std::vector<ALuint> free_;
    bool has_buffers_ = false;
};

class Loudspeaker final : public Output {
public:
    explicit Loudspeaker(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
    std::size_t wanted() override { return stream_->wanted(); }
    void write(std::span<const std::int16_t> samples) override { stream_->write(samples); }
    [[nodiscard]] bool working() const override { return stream_->working(); }

private:
    std::unique_ptr<Stream> stream_;
};

class InMemory final : public Loopback {
public:
    InMemory(std::unique_ptr<Stream> stream, LPALCRENDERSAMPLESSOFT render)
        : stream_(std::move(stream)), render_(render) {}
    std::size_t wanted() override { return stream_->wanted(); }
    void write(std::span<const std::int16_t> samples) override { stream_->write(samples); }
    [[nodiscard]] bool working() const override { return stream_->working(); }
    std::vector<std::int16_t> hear(std::size_t samples) override {
        std::vector<std::int16_t> out(samples);
        render_(stream_->device(), out.data(), static_cast<ALCsizei>(samples));
        return out;
    }

private:
    std::unique_ptr<Stream> stream_;
    LPALCRENDERSAMPLESSOFT render_;
};

}  // namespace

std::unique_ptr<Output> open_loudspeaker() {
    auto stream = Stream::over(alcOpenDevice(nullptr), nullptr);
    if (!stream) return nullptr;
    return std::make_unique<Loudspeaker>(std::move(stream));
}

std::unique_ptr<Loopback> open_loopback() {
    if (alcIsExtensionPresent(nullptr, "ALC_SOFT_loopback") != ALC_TRUE) return nullptr;
    const auto open = reinterpret_cast<LPALCLOOPBACKOPENDEVICESOFT>(
        alcGetProcAddress(nullptr, "alcLoopbackOpenDeviceSOFT"));
    const auto render = reinterpret_cast<LPALCRENDERSAMPLESSOFT>(
        alcGetProcAddress(nullptr, "alcRenderSamplesSOFT"));
    if (open == nullptr || render == nullptr) return nullptr;
    const std::array<ALCint, 7> mono{ALC_FORMAT_CHANNELS_SOFT, ALC_MONO_SOFT,
                                     ALC_FORMAT_TYPE_SOFT,     ALC_SHORT_SOFT,
                                     ALC_FREQUENCY,            sample_rate,
                                     0};
    auto stream = Stream::over(open(nullptr), mono.data());
    if (!stream) return nullptr;
    return std::make_unique<InMemory>(std::move(stream), render);
}

}  // namespace jedel::console
