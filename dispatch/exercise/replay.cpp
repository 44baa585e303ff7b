#include "dispatch/exercise/replay.h"

#include <algorithm>

#include "dispatch/exercise/replay_impl.h"

namespace jedel::exercise {
namespace {

/// `count` of the roster, evenly taken, so that bases and kinds keep their shares.
std::vector<RosterBrigade> staffed(const std::vector<RosterBrigade>& roster, int count) {
    const std::size_t n = roster.size();
    const auto wanted = static_cast<std::size_t>(count);
    if (count <= 0 || wanted >= n) return roster;
    std::vector<RosterBrigade> out;
    out.reserve(wanted);
    for (std::size_t i = 0; i < wanted; ++i) out.push_back(roster[i * n / wanted]);
    return out;
}

/// True when some call has an address and no place.
bool needs_search(const RecordedLog& log) {
    return std::any_of(log.calls.begin(), log.calls.end(), [](const RecordedCall& call) {
        return call.address.known() && !call.place.known();
    });
}

}  // namespace

Replay::Impl::Impl(std::shared_ptr<const ReplayInput> in, ReplayOptions opt)
    : input(std::move(in)),
      options(std::move(opt)),
      places(input->city, needs_search(input->log)),
      adviser(input->city, input->tables) {
    id_prefix = "replay-" + std::to_string(options.seed) + "-";
    envelope.actor = "replay";
    envelope.seat = Seat::system;
    const Organisations& organisations = input->city->organisations;
    for (const RosterBrigade& brigade : staffed(organisations.roster, input->mapping.brigades)) {
        if (brigade.kind == BrigadeKind::polyclinic) continue;  // polyclinics send their own
        const Organisation* base = organisations.find(brigade.base);
        if (base == nullptr) continue;
        Member member;
        member.roster = brigade;
        member.base = base->place;
        member.place = base->place;
        members.push_back(std::move(member));
        tally.brigades[brigade.id] = {.name = brigade.name, .kind = brigade.kind};
    }
    tally.calls.reserve(input->log.calls.size());
    open_room();
}

void Replay::Impl::open_room() {
    if (input->log.calls.empty()) return;
    upcoming = plan_call(input->log.calls[0], 0, input->mapping, places, options.draws,
                         options.seed);
    constexpr std::int64_t before_ms = 60'000;
    clock = Instant{upcoming->call.received.value.ms - before_ms};
    tally.first = clock;
    tally.last = clock;
    for (std::size_t i = 0; i < members.size(); ++i) {
        plan(Due::shift, static_cast<std::uint32_t>(i), 0, clock);
    }
}

void Replay::Impl::plan(Due due, std::uint32_t slot, std::uint32_t ticket, Instant at) {
    heap.push_back({at, ++order, due, slot, ticket});
    std::push_heap(heap.begin(), heap.end());
}

std::optional<Instant> Replay::Impl::next_time() const {
    if (failure || (!upcoming && active == 0)) return std::nullopt;
    if (heap.empty() && !upcoming) return std::nullopt;
    Instant at = upcoming ? std::max(clock, upcoming->call.received.value) : heap.front().at;
    if (!heap.empty()) at = std::min(at, heap.front().at);
    return at;
}

Result<void> Replay::Impl::step(CommandPort& port) {
    if (failure) return *failure;
    const auto at = next_time();
    if (!at) return {};
    clock = *at;
    tally.last = clock;
    // What was planned comes before a call of the same moment: a shift begins before its calls.
    if (!heap.empty() && heap.front().at <= clock) {
        const DueItem item = heap.front();
        std::pop_heap(heap.begin(), heap.end());
        heap.pop_back();
        perform(port, item);
    } else {
        receive(port);
    }
    if (failure) return *failure;
    return {};
}

void Replay::Impl::perform(CommandPort& port, const DueItem& item) {
    switch (item.due) {
        case Due::intake:
        case Due::sorted:
        case Due::polyclinic_accepts:
        case Due::polyclinic_silent:
        case Due::give_up:
            if (!calls[item.slot].used || calls[item.slot].ticket != item.ticket) return;
            break;
        case Due::shift: break;
        default:
            if (members[item.slot].ticket != item.ticket) return;
    }
    switch (item.due) {
        case Due::shift: return shift(port, item.slot);
        case Due::intake: return intake(port, item.slot);
        case Due::sorted: return sorted(port, item.slot);
        case Due::accepted: return status(port, members[item.slot], BrigadeStatus::accepted);
        case Due::departed: return departed(port, item.slot);
        case Due::fix: return fix_along(port, item.slot);
        case Due::arrived: return arrived(port, item.slot);
        case Due::left: return left(port, item.slot);
        case Due::at_hospital: return at_hospital(port, item.slot);
        case Due::handed_over: return status(port, members[item.slot], BrigadeStatus::handed_over);
        case Due::free: return free(port, item.slot);
        case Due::at_base: return at_base(port, item.slot);
        case Due::polyclinic_accepts: return polyclinic_accepts(port, item.slot);
        case Due::polyclinic_silent: return polyclinic_silent(port, item.slot);
        case Due::give_up: return give_up(port, item.slot);
    }
}

Replay::Replay(std::shared_ptr<const ReplayInput> input, ReplayOptions options)
    : impl_(std::make_unique<Impl>(std::move(input), std::move(options))) {}
Replay::~Replay() = default;
Replay::Replay(Replay&&) noexcept = default;
Replay& Replay::operator=(Replay&&) noexcept = default;

std::optional<Instant> Replay::next_time() const { return impl_->next_time(); }
Result<void> Replay::step(CommandPort& port) { return impl_->step(port); }

Result<void> Replay::run_until(CommandPort& port, Instant until) {
    while (true) {
        const auto at = impl_->next_time();
        if (!at || *at > until) {
            if (impl_->failure) return *impl_->failure;
            return {};
        }
        if (auto done = impl_->step(port); !done) return done;
    }
}

Instant Replay::now() const { return impl_->clock; }
Instant Replay::begins() const { return impl_->tally.first; }
Instant Replay::last_call() const {
    const auto& calls = impl_->input->log.calls;
    return calls.empty() ? impl_->tally.first : calls.back().begins();
}
std::size_t Replay::calls_begun() const { return impl_->tally.calls.size(); }
std::size_t Replay::calls_total() const { return impl_->input->log.calls.size(); }
std::size_t Replay::waiting() const { return impl_->waiting.size(); }
const Tally& Replay::tally() const { return impl_->tally; }
const ReplayInput& Replay::input() const { return *impl_->input; }
const ReplayOptions& Replay::options() const { return impl_->options; }

}  // namespace jedel::exercise
