#include "dispatch/exercise/replay.h"

#include <algorithm>

#include "dispatch/exercise/dispatcher.h"
#include "dispatch/exercise/world.h"

namespace jedel::exercise {

struct Replay::Impl {
    Impl(std::shared_ptr<const ReplayInput> in, ReplayOptions opt)
        : stage(std::move(in), std::move(opt)), world(stage), dispatcher(stage, world) {}

    Result<void> step(CommandPort& port);
    [[nodiscard]] std::optional<Instant> next_time() const;
    void perform(CommandPort& port, const DueItem& item);
    void notice(CommandPort& port);

    Stage stage;
    World world;
    Dispatcher dispatcher;
    std::uint64_t seen_seq = 0;  ///< the room as the replay left it
};

std::optional<Instant> Replay::Impl::next_time() const {
    const auto call = world.next_call_at();
    if (stage.failure || (!call && stage.active == 0)) return std::nullopt;
    if (stage.heap.empty() && !call) return std::nullopt;
    Instant at = call ? std::max(stage.clock, *call) : stage.heap.front().at;
    if (!stage.heap.empty()) at = std::min(at, stage.heap.front().at);
    return at;
}

/// Somebody else gave commands since the last step: the world and the dispatcher take them in.
void Replay::Impl::notice(CommandPort& port) {
    const State& state = port.state();
    if (state.seq == seen_seq || stage.failure) return;
    // What they did was then, not at the last step; nor after what is due next.
    const auto due = next_time();
    stage.clock = std::max(stage.clock, due ? std::min(state.at, *due) : state.at);
    world.notice(port);
    const auto alone = std::exchange(world.left_alone, {});
    dispatcher.left_alone(port, alone);
    dispatcher.serve_waiting(port);
    seen_seq = port.state().seq;
}

Result<void> Replay::Impl::step(CommandPort& port) {
    if (stage.failure) return *stage.failure;
    notice(port);
    const auto at = next_time();
    if (!at) return {};
    stage.clock = *at;
    stage.tally.last = stage.clock;
    // What was planned comes before a call of the same moment: a shift begins before its calls.
    if (!stage.heap.empty() && stage.heap.front().at <= stage.clock) {
        const DueItem item = stage.heap.front();
        std::pop_heap(stage.heap.begin(), stage.heap.end());
        stage.heap.pop_back();
        perform(port, item);
    } else {
        world.receive(port);
    }
    seen_seq = port.state().seq;
    if (stage.failure) return *stage.failure;
    return {};
}

void Replay::Impl::perform(CommandPort& port, const DueItem& item) {
    if (about_call(item.due)) {
        const ActiveCall& call = stage.calls[item.slot];
        if (!call.used || call.ticket != item.ticket) return;
    } else if (item.due != Due::shift && stage.members[item.slot].ticket != item.ticket) {
        return;
    }
    world.perform(port, item);
    dispatcher.perform(port, item);
    if (std::exchange(world.freed, false)) dispatcher.serve_waiting(port);
    dispatcher.place_freed(port, std::exchange(world.freed_members, {}));
}

Replay::Replay(std::shared_ptr<const ReplayInput> input, ReplayOptions options)
    : impl_(std::make_unique<Impl>(std::move(input), std::move(options))) {}
Replay::~Replay() = default;
Replay::Replay(Replay&&) noexcept = default;
Replay& Replay::operator=(Replay&&) noexcept = default;

std::optional<Instant> Replay::next_time() const { return impl_->next_time(); }
Result<void> Replay::step(CommandPort& port) { return impl_->step(port); }

Result<void> Replay::run_until(CommandPort& port, Instant until) {
    impl_->notice(port);
    while (true) {
        const auto at = impl_->next_time();
        if (!at || *at > until) {
            if (impl_->stage.failure) return *impl_->stage.failure;
            return {};
        }
        if (auto done = impl_->step(port); !done) return done;
    }
}

Instant Replay::now() const { return impl_->stage.clock; }
Instant Replay::begins() const { return impl_->stage.tally.first; }
Instant Replay::last_call() const {
    const auto& calls = impl_->stage.input->log.calls;
    return calls.empty() ? impl_->stage.tally.first : calls.back().begins();
}
std::size_t Replay::calls_begun() const { return impl_->stage.tally.calls.size(); }
std::size_t Replay::calls_total() const { return impl_->stage.input->log.calls.size(); }
std::size_t Replay::waiting() const { return impl_->stage.waiting.size(); }
const Tally& Replay::tally() const { return impl_->stage.tally; }
const ReplayInput& Replay::input() const { return *impl_->stage.input; }
const ReplayOptions& Replay::options() const { return impl_->stage.options; }

}  // namespace jedel::exercise
