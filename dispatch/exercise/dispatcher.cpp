#include "dispatch/exercise/dispatcher.h"

#include <algorithm>

namespace jedel::exercise {

Dispatcher::Dispatcher(Stage& stage, World& world) : s_(stage), world_(world) {
    if (s_.options.relocation == Relocation::home) return;
    cover_ = std::make_unique<cover::RoomCover>(s_.input->city, s_.input->cover_toml,
                                                s_.input->tables.speeds_toml,
                                                s_.input->posts_toml);
    if (s_.options.rates) cover_->take_rates(*s_.options.rates);
}

void Dispatcher::perform(CommandPort& port, const DueItem& item) {
    if (item.due == Due::sorted) return sorted(port, item.slot);
    if (item.due == Due::polyclinic_silent) return polyclinic_silent(port, item.slot);
    if (item.due == Due::give_up) return give_up(port, item.slot);
    if (item.due == Due::serve_again) return serve_again(port, item.slot);
}

void Dispatcher::sorted(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (incident == nullptr) return s_.drop(slot);
    if (s_.options.policy == Policy::nobody || in_persons_hands(*incident)) return s_.watch(slot);
    CallResult& result = s_.result_of(call);
    if (incident->category == Category::none) {
        SetCategory command;
        command.incident = call.incident;
        command.category = incident->triage.proposed;
        if (command.category == Category::none) {
            command.category = s_.input->mapping.when_rules_are_silent;
            command.reason = OverrideReason::clinical_judgement;
            command.words = "the rules give no category for what is known; taken on the safe side";
            result.rules_silent = true;
        }
        s_.ask(port, std::move(command), call.plan.call.line);
        incident = port.state().open.find(call.incident);
        if (incident == nullptr || incident->category == Category::none) return s_.drop(slot);
    }
    call.category = incident->category;
    result.category = call.category;
    // Somebody asks where the car is, or tells what is known: nobody is sent a second time.
    const Field<Disposition>& ended = call.plan.call.disposition;
    if (ended.known() && (ended.value == Disposition::repeat ||
                          ended.value == Disposition::duplicate)) {
        s_.tally.origin(TalliedField::disposition, ended.origin);
        return s_.close(port, slot, ended.value);
    }
    if (call.category == Category::u4 && hand_to_polyclinic(port, slot, *incident)) return;
    if (!send(port, slot)) wait_for_brigade(slot);
}

bool Dispatcher::hand_to_polyclinic(CommandPort& port, std::uint32_t slot,
                                    const Incident& incident) {
    ActiveCall& call = s_.calls[slot];
    // The guard of the core: an infant is the station's, whatever the urgency.
    const auto age_years = incident.first_patient().age_years;
    if (!age_years || *age_years < 1) return false;
    const Category4Route route = s_.adviser.category4_for(incident, s_.clock);
    if (!route.polyclinic) return false;
    HandToPolyclinic command;
    command.incident = call.incident;
    command.polyclinic = *route.polyclinic;
    command.row = route.row.id;
    for (const std::string& reason : route.reasons) command.reasons.push_back({reason, 0});
    if (s_.ask(port, std::move(command), call.plan.call.line) == nullptr) return false;
    if (const Incident* now = port.state().open.find(call.incident)) {
        if (const Task* task = now->polyclinic_at_work()) call.polyclinic_task = task->id;
    }
    CallResult& result = s_.result_of(call);
    result.to_polyclinic = true;
    result.hand_over_ms = s_.clock.ms - call.received.ms;
    ++s_.tally.polyclinics[*route.polyclinic];
    if (call.plan.polyclinic_silent) {
        s_.plan(Due::polyclinic_silent, slot, call.ticket, {s_.clock.ms + polyclinic_silence_ms});
    } else {
        s_.plan(Due::polyclinic_accepts, slot, call.ticket,
                {s_.clock.ms + call.plan.polyclinic_accept_ms});
    }
    return true;
}

void Dispatcher::polyclinic_silent(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (incident == nullptr) return s_.drop(slot);
    const Task* task = incident->polyclinic_at_work();
    // A person took it back, or gave it to another: it is that person's.
    if (task == nullptr || task->id != call.polyclinic_task || in_persons_hands(*incident)) {
        return s_.watch(slot);
    }
    s_.ask(port, ReturnFromPolyclinic{call.incident, "not_accepted"}, call.plan.call.line);
    call.polyclinic_task.reset();
    s_.result_of(call).returned_by_polyclinic = true;
    if (!send(port, slot)) wait_for_brigade(slot);
}

void Dispatcher::left_alone(CommandPort& port, const std::vector<std::uint32_t>& slots) {
    // The person who took the brigade off has something in mind for it: it is not taken back in
    // the same moment.
    constexpr std::int64_t pause_ms = 120'000;
    for (const std::uint32_t slot : slots) {
        ActiveCall& call = s_.calls[slot];
        if (!call.used) continue;
        s_.set_awaited(call, true);
        s_.watch(slot);
        const Incident* incident = port.state().open.find(call.incident);
        if (incident == nullptr || s_.options.policy == Policy::nobody) continue;
        const auto last = std::find_if(incident->tasks.rbegin(), incident->tasks.rend(),
                                       [](const Task& t) { return t.of_brigade(); });
        if (last != incident->tasks.rend() && last->released == ReleaseReason::caller_cancelled) {
            continue;  // the person who took that call has it to end
        }
        s_.plan(Due::serve_again, slot, call.ticket, {s_.clock.ms + pause_ms});
    }
}

void Dispatcher::serve_again(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (incident == nullptr || in_persons_hands(*incident)) return;
    if (call.waiting || incident->first_brigade_at_work() != nullptr ||
        incident->polyclinic_at_work() != nullptr) {
        return;
    }
    if (!send(port, slot)) wait_for_brigade(slot);
}

void Dispatcher::wait_for_brigade(std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    if (!call.used || call.waiting) return;
    call.waiting = true;
    s_.result_of(call).queued = true;
    s_.waiting.insert({call.category, call.received, slot});
    s_.tally.waiting_max = std::max(s_.tally.waiting_max, s_.waiting.size());
    s_.plan(Due::give_up, slot, call.ticket, {s_.clock.ms + give_up_after_ms});
}

void Dispatcher::give_up(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (call.waiting && incident != nullptr && !incident->caller_lost()) {
        s_.stop_waiting(slot);
        return s_.close(port, slot, Disposition::cancelled_by_caller);
    }
    const bool watched = call.watched;
    call.watched = false;
    if ((!watched && !call.waiting) || s_.at_work(slot)) return;
    // Nobody came: it stays open for whoever takes it up, and the replay waits no longer.
    s_.stop_waiting(slot);
    s_.set_awaited(call, false);
    s_.result_of(call).never_served =
        incident != nullptr && incident->polyclinic_at_work() == nullptr &&
        incident->ending.disposition == Disposition::none &&
        std::none_of(incident->tasks.begin(), incident->tasks.end(),
                     [](const Task& t) { return t.served(); });
}

const Candidate* Dispatcher::choose(const Recommendation& advice, LatLon place) const {
    const Candidate* chosen = &advice.ranked.front();
    if (s_.options.policy != Policy::nearest) return chosen;
    const auto straight = [&](const Candidate& c) {
        const auto fix = s_.fixes.find(c.brigade);
        return fix == s_.fixes.end() ? 1e12 : distance_m(fix->second.place, place);
    };
    for (const Candidate& c : advice.ranked) {
        if (straight(c) < straight(*chosen)) chosen = &c;
    }
    return chosen;
}

bool Dispatcher::send(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const State& state = port.state();
    const Incident* incident = state.open.find(call.incident);
    if (incident == nullptr) {
        s_.drop(slot);
        return true;
    }
    if (in_persons_hands(*incident)) {
        s_.watch(slot);
        return true;
    }
    if (!world_.any_free()) return false;
    world_.report_moving(port);
    const Recommendation advice =
        s_.adviser.recommend_for(state, s_.fixes, *incident, s_.clock);
    // Without a way by road nobody can be driven there.
    if (advice.ranked.empty() || advice.ranked.front().basis != Basis::road) return false;
    const Candidate* chosen = choose(advice, call.plan.call.place.value);
    const auto it = std::find_if(s_.members.begin(), s_.members.end(), [&](const Member& m) {
        return m.roster.id == chosen->brigade;
    });
    const Brigade* brigade = state.brigades.find(chosen->brigade);
    if (it == s_.members.end() || brigade == nullptr || it->call) return false;

    AssignBrigade command;
    command.incident = call.incident;
    command.brigade = chosen->brigade;
    command.seen_version = brigade->version;
    const std::size_t shown = std::min(s_.options.shown_max, advice.ranked.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Candidate& c = advice.ranked[i];
        command.shown.push_back({c.brigade, c.travel_s, c.distance_m, c.reasons});
    }
    if (const auto fix = s_.fixes.find(chosen->brigade); fix != s_.fixes.end()) {
        command.fix = fix->second;
    }
    command.policy = name_of(s_.options.policy);
    if (s_.ask(port, std::move(command), call.plan.call.line) == nullptr) return false;
    world_.set_to_work(port, static_cast<std::uint32_t>(it - s_.members.begin()), slot,
                       static_cast<std::int64_t>(chosen->travel_s * 1000));
    return true;
}

void Dispatcher::place_freed(CommandPort& port, const std::vector<std::uint32_t>& members) {
    if (!cover_ || s_.options.policy == Policy::nobody) return;
    for (const std::uint32_t index : members) {
        const Member& member = s_.members[index];
        const Brigade* brigade = port.state().brigades.find(member.roster.id);
        if (brigade == nullptr || member.call || !member.on_shift || !is_free(*brigade)) continue;
        world_.report_moving(port);
        const auto place_of = [&](const Brigade& b) {
            const auto fix = s_.fixes.find(b.id);
            return fix != s_.fixes.end() ? std::optional{fix->second.place} : std::nullopt;
        };
        std::size_t unknown = 0;
        auto idle = cover::idle_brigades(port.state(), place_of, unknown);
        const auto self = std::find_if(idle.begin(), idle.end(), [&](const auto& b) {
            return b.brigade == member.roster.id;
        });
        if (self == idle.end()) continue;
        const LatLon from = self->place;
        const std::string base = self->post;
        idle.erase(self);
        const auto move = cover_->post_for(idle, from, base, {}, s_.clock);
        if (!move || cover_->posts()[move->post].id == base) continue;
        const cover::Post& post = cover_->posts()[move->post];
        s_.ask(port,
               MoveToPost{.brigade = member.roster.id,
                          .seen_version = brigade->version,
                          .post = post.id,
                          .place = post.place,
                          .plan = {},
                          .gain = move->gain,
                          .policy = std::string{name_of(s_.options.relocation)}},
               0);
        world_.heed_post(port, index);
    }
}

void Dispatcher::serve_waiting(CommandPort& port) {
    if (s_.options.policy == Policy::nobody) return;
    for (auto it = s_.waiting.begin(); it != s_.waiting.end() && world_.any_free();) {
        const std::uint32_t slot = std::get<2>(*it);
        ++it;  // sending takes the call out of the set
        send(port, slot);
    }
}

}  // namespace jedel::exercise
