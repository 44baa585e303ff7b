#include "dispatch/exercise/stage.h"
#include "dispatch/core/incidents/handlers.h"

namespace jedel::exercise {

bool in_persons_hands(const Incident& incident) {
    for (const CategoryChange& change : incident.category_changes) {
        const bool by_merge = change.reason == OverrideReason::second_call &&
                              !incident.merged.empty();
        if (change.actor != replay_actor && !by_merge) return true;
    }
    for (const Task& task : incident.tasks) {
        if (!task.history.empty() && task.history.front().actor != replay_actor) return true;
    }
    return incident.ending.disposition != Disposition::none;
}

namespace {

/// What the room asks before an incident may end so; the hospital is known by then.
bool can_end(Disposition disposition, const Incident& incident) {
    return !check_disposition(incident, disposition, OrganisationId{1});
}

}  // namespace

Stage::Stage(std::shared_ptr<const ReplayInput> in, ReplayOptions opt)
    : input(std::move(in)), options(std::move(opt)), adviser(input->city, input->tables) {
    id_prefix = "replay-" + std::to_string(options.seed) + "-";
    envelope.actor = replay_actor;
    envelope.seat = Seat::system;
}

void Stage::plan(Due due, std::uint32_t slot, std::uint32_t ticket, Instant at) {
    heap.push_back({at, ++order, due, slot, ticket});
    std::push_heap(heap.begin(), heap.end());
}

std::uint32_t Stage::new_call() {
    std::uint32_t slot = 0;
    if (unused.empty()) {
        slot = static_cast<std::uint32_t>(calls.size());
        calls.emplace_back();
    } else {
        slot = unused.back();
        unused.pop_back();
    }
    ActiveCall& call = calls[slot];
    const std::uint32_t ticket = call.ticket + 1;
    call = ActiveCall{};
    call.ticket = ticket;
    call.used = true;
    set_awaited(call, true);
    return slot;
}

void Stage::set_awaited(ActiveCall& call, bool awaited) {
    if (call.awaited == awaited) return;
    call.awaited = awaited;
    if (awaited) {
        ++active;
    } else {
        --active;
    }
}

void Stage::stop_waiting(std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    if (call.waiting) waiting.erase({call.category, call.received, slot});
    call.waiting = false;
}

void Stage::drop(std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    if (!call.used) return;
    stop_waiting(slot);
    set_awaited(call, false);
    call.used = false;
    ++call.ticket;
    unused.push_back(slot);
}

void Stage::watch(std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    stop_waiting(slot);
    if (!call.used || call.watched) return;
    call.watched = true;
    plan(Due::give_up, slot, call.ticket, {clock.ms + give_up_after_ms});
}

bool Stage::at_work(std::uint32_t slot) const {
    return std::any_of(members.begin(), members.end(),
                       [&](const Member& m) { return m.call == slot; });
}

std::optional<std::uint32_t> Stage::slot_of(IncidentId incident) const {
    for (std::size_t i = 0; i < calls.size(); ++i) {
        if (calls[i].used && calls[i].incident == incident) return static_cast<std::uint32_t>(i);
    }
    return std::nullopt;
}

void Stage::close(CommandPort& port, std::uint32_t slot, Disposition disposition) {
    ActiveCall& call = calls[slot];
    if (const Incident* incident = port.state().open.find(call.incident)) {
        // How it ended is known to a person already; that person closes it.
        if (incident->ending.disposition != Disposition::none) return set_awaited(call, false);
        for (const Task& task : incident->tasks) {
            const bool polyclinic = task.resource == Resource::polyclinic && task.accepted_at();
            if (task.active() && task.of_brigade()) return;  // the last crew tells the end
            if (task.active() && !polyclinic) return set_awaited(call, false);
        }
        // A person hurried the crew past the scene in the room's record: that person ends it.
        if (!can_end(disposition, *incident)) return set_awaited(call, false);
    }
    const long line = call.plan.call.line;
    RecordDisposition record;
    record.incident = call.incident;
    record.disposition = disposition;
    record.hospital = call.hospital;
    CallResult& result = result_of(call);
    if (ask(port, record, line) != nullptr) result.disposition = disposition;
    result.closed = ask(port, CloseIncident{call.incident}, line) != nullptr;
    drop(slot);
}

}  // namespace jedel::exercise
