// Whatever is asked in whatever order: what must hold, holds.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "dispatch/core/codec.h"
#include "dispatch/desk/load_protocol.h"
#include "tests/core/any_command.h"

using namespace jedel;
using namespace jedel::test;

namespace {

std::shared_ptr<const triage::Protocol> shipped() {
    static const auto held = [] {
        auto read = load_protocol(JEDEL_SOURCE_DIR);
        REQUIRE(read);
        return std::make_shared<const triage::Protocol>(std::move(*read));
    }();
    return held;
}

/// Every active assignment of every open or closed incident, by brigade.
std::map<BrigadeId, int> active_tasks(const State& state) {
    std::map<BrigadeId, int> count;
    for (const auto* table : {&state.open, &state.recent}) {
        for (const auto& incident : table->rows()) {
            for (const Task& a : incident->tasks) {
                if (a.of_brigade() && a.active()) ++count[*a.brigade];
            }
        }
    }
    return count;
}

void check_lowering(const JournalEvent& event, const State& after) {
    const auto* set = std::get_if<CategorySet>(&event.event);
    if (set == nullptr || set->from == Category::none) return;
    if (!triage::more_urgent(set->from, set->category)) return;
    RC_ASSERT(set->by_person);
    RC_ASSERT(set->reason != OverrideReason::none);
    RC_ASSERT(!set->words.empty());
    if (event.seat == Seat::senior_doctor) return;
    // Anybody else takes back his own slip upward, to what the rules propose and no further.
    RC_ASSERT(set->reason == OverrideReason::entry_error);
    const Incident& incident = *after.incident(set->incident);
    RC_ASSERT(set->category == incident.triage.proposed);
    const auto& changes = incident.category_changes;
    RC_ASSERT(changes.size() >= 2);
    const CategoryChange& slip = changes[changes.size() - 2];
    RC_ASSERT(slip.by_person && slip.actor == event.actor);
    RC_ASSERT(slip.reason == OverrideReason::none || slip.reason == OverrideReason::entry_error);
    RC_ASSERT(!triage::more_urgent(slip.from, set->category));
}

/// What was recorded once is there for ever: events only add to the histories.
std::size_t words_kept(const State& state) {
    std::size_t count = 0;
    for (const auto* table : {&state.open, &state.recent}) {
        for (const auto& i : table->rows()) {
            count += i->ending_changes.size() + i->category_changes.size() + i->reopenings.size();
            for (const Task& t : i->tasks) count += t.history.size() + t.hospital_changes.size();
        }
    }
    return count;
}

void check_incidents(const State& state) {
    for (const auto& incident : state.open.rows()) {
        RC_ASSERT(!incident->calls.empty());
        RC_ASSERT(!incident->patients.empty());
        RC_ASSERT(incident->ending.at.value_or(incident->received_at) >= incident->received_at);
        // The category in force is never below what any patient's rules say with certainty said.
        for (const Patient& p : incident->patients) {
            RC_ASSERT(!triage::more_urgent(p.triage.proposed, incident->triage.proposed));
        }
        std::set<TaskId> tasks;
        for (const Task& task : incident->tasks) {
            RC_ASSERT(tasks.insert(task.id).second);
            RC_ASSERT(task.history.front().step == TaskStep::sent);
            // In order of the steps, as they stand; a word that was set right may lie anywhere.
            Instant last = task.sent_at();
            for (std::size_t s = 0; s < EnumNames<TaskStep>::names.size(); ++s) {
                const auto at = task.time_of(static_cast<TaskStep>(s));
                RC_ASSERT(at.value_or(last) >= last);
                last = at.value_or(last);
            }
            RC_ASSERT(task.time_of(TaskStep::sent).has_value());
        }
    }
    RC_ASSERT(state.troubles.size() <= State::troubles_max);
    for (const auto& trouble : state.troubles.rows()) {
        RC_ASSERT(trouble->count >= 1);
        RC_ASSERT(trouble->last_at >= trouble->first_at);
    }
    RC_ASSERT(state.recent_order.size() == state.recent.size());
    for (const auto& incident : state.recent.rows()) {
        for (const Task& task : incident->tasks) RC_ASSERT_FALSE(task.active());
    }
}

}  // namespace

TEST_CASE("one brigade, one assignment; never urgent downward; the fold is the state") {
    REQUIRE(rc::check([] {
        Room room;
        if (*rc::gen::arbitrary<bool>()) room.context.protocol = shipped();
        for (std::uint64_t b = 1; b < 5; ++b) {
            room.brigade(b, b == 4 ? BrigadeKind::polyclinic : BrigadeKind::feldsher);
        }
        const int steps = *rc::gen::inRange(0, 120);
        for (int i = 0; i < steps; ++i) {
            room.wait(*rc::gen::inRange(-60, 100));  // clocks step back, too
            const std::size_t before = room.log.size();
            const std::size_t kept = words_kept(room.state);
            room.tell(any_command(room), static_cast<Seat>(small(EnumNames<Seat>::names.size())));
            for (std::size_t k = before; k < room.log.size(); ++k) {
                check_lowering(room.log[k], room.state);
            }
            RC_ASSERT(words_kept(room.state) >= kept);
            const auto active = active_tasks(room.state);
            for (const auto& [brigade, count] : active) RC_ASSERT(count == 1);
            for (const auto& change : room.state.road_changes.rows()) {
                RC_ASSERT(change->closed != (change->time_factor > 1));
                RC_ASSERT(change->id.value <= room.state.ids_of(0).road_change);
            }
            for (const auto& b : room.state.brigades.rows()) {
                RC_ASSERT(b->task.has_value() == active.contains(b->id));
                if (b->standby) {  // who waits at a post is free, and no polyclinic's
                    RC_ASSERT(is_free(*b));
                    RC_ASSERT(b->kind != BrigadeKind::polyclinic);
                    RC_ASSERT(!b->standby->post.empty());
                    RC_ASSERT(b->standby->last_at() >= b->standby->ordered_at);
                }
            }
            check_incidents(room.state);
        }
        State folded;
        for (const JournalEvent& event : room.log) {
            const auto read = decode_payload(kind_of(event.event), encode_payload(event.event));
            RC_ASSERT(read.ok());
            JournalEvent copy = event;
            copy.event = *read;
            apply(folded, copy);
        }
        RC_ASSERT(encode_state(folded) == encode_state(room.state));
        const auto restored = decode_state(encode_state(room.state));
        RC_ASSERT(restored.ok());
        RC_ASSERT(encode_state(*restored) == encode_state(room.state));
    }));
}

TEST_CASE("insurance changes neither category nor assignment") {
    REQUIRE(rc::check([] {
        Room with, without;
        for (Room* room : {&with, &without}) {
            for (std::uint64_t b = 1; b < 4; ++b) room->brigade(b);
            room->call(Category::u2);
            room->call(Category::u4);
        }
        const int steps = *rc::gen::inRange(0, 60);
        for (int i = 0; i < steps; ++i) {
            Command command = any_command(without);
            if (auto* assign = std::get_if<AssignBrigade>(&command)) assign->seen_version = 0;
            const Seat seat = static_cast<Seat>(small(EnumNames<Seat>::names.size()));
            IdentifyPatient identify{.incident = {*rc::gen::inRange<std::uint64_t>(1, 4)}};
            identify.insurance.status = static_cast<InsuranceStatus>(*rc::gen::inRange(0, 5));
            with.tell(identify);
            identify.insurance.status = InsuranceStatus::unknown;
            without.tell(identify);
            RC_ASSERT(with.tell(command, seat) == without.tell(command, seat));
        }
        for (const auto& incident : without.state.open.rows()) {
            const Incident& other = *with.state.open.find(incident->id);
            RC_ASSERT(other.category == incident->category);
            RC_ASSERT(other.tasks.size() == incident->tasks.size());
        }
    }));
}
