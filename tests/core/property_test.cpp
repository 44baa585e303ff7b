// Whatever is asked in whatever order: what must hold, holds.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "dispatch/core/codec.h"
#include "room.h"

using namespace jedel;
using test::Room;

namespace {

ChangeRoad any_closure() {
    ChangeRoad c;
    c.road = {{.way = {}, .street = "Абая", .line = {{50, 70}, {50, 70.01}}}};
    c.closed = *rc::gen::arbitrary<bool>();
    c.time_factor = *rc::gen::element(1.0, 2.0, 4.0);
    c.reason = static_cast<RoadReason>(*rc::gen::inRange(0, 11));
    return c;
}

/// Any command about few things, so that they collide.
Command any_command(Room& room) {
    const IncidentId incident{*rc::gen::inRange<std::uint64_t>(0, 6)};
    const BrigadeId brigade{*rc::gen::inRange<std::uint64_t>(1, 5)};
    switch (*rc::gen::inRange(0, 12)) {
        case 0: return ReceiveCall{};
        case 1:
            return RecordIntake{.incident = incident,
                                .lat = 50.0,
                                .lon = 70.0,
                                .age_years = *rc::gen::inRange(0, 90)};
        case 2:
            return SetCategory{.incident = incident,
                               .category = static_cast<Category>(*rc::gen::inRange(0, 5)),
                               .reason = static_cast<OverrideReason>(*rc::gen::inRange(0, 8)),
                               .words = *rc::gen::element<std::string>("", "because")};
        case 3:
        case 4:
        case 5: {
            const Brigade* b = room.state.brigades.find(brigade);
            const std::uint64_t old = b == nullptr ? 0 : b->version;
            return AssignBrigade{.incident = incident,
                                 .brigade = brigade,
                                 .seen_version = *rc::gen::element<std::uint64_t>(0, old, old / 2),
                                 .additional = *rc::gen::arbitrary<bool>()};
        }
        case 6:
        case 7:
        case 8:
            return ReportStatus{.brigade = brigade,
                                .status = static_cast<BrigadeStatus>(*rc::gen::inRange(0, 12))};
        case 9:
            return ReleaseBrigade{incident, brigade,
                                  static_cast<ReleaseReason>(*rc::gen::inRange(0, 9)), {}};
        case 10:
            return RecordDisposition{incident,
                                     static_cast<Disposition>(*rc::gen::inRange(0, 14)),
                                     OrganisationId{201}, {}};
        default:
            return *rc::gen::element<Command>(
                CloseIncident{incident}, AcceptByPolyclinic{incident, {}},
                MergeIncident{incident, {*rc::gen::inRange<std::uint64_t>(0, 6)}},
                UnmergeIncident{incident}, RecordHospitalTriage{incident, brigade, TriageZone::red},
                SignText{"card:a", "1"}, any_closure(),
                RestoreRoad{{*rc::gen::inRange<std::uint64_t>(0, 5)},
                            static_cast<RoadEnd>(*rc::gen::inRange(0, 2))},
                ReturnFromPolyclinic{incident, "other", {}},
                HandToPolyclinic{.incident = incident, .polyclinic = {301}, .row = "r"});
    }
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

void check_lowering(const JournalEvent& event) {
    const auto* set = std::get_if<CategorySet>(&event.event);
    if (set == nullptr || set->from == Category::none) return;
    if (!triage::more_urgent(set->from, set->category)) return;
    RC_ASSERT(set->by_person);
    RC_ASSERT(event.seat == Seat::senior_doctor);
    RC_ASSERT(set->reason != OverrideReason::none);
    RC_ASSERT(!set->words.empty());
}

}  // namespace

TEST_CASE("one brigade, one assignment; never urgent downward; the fold is the state") {
    REQUIRE(rc::check([] {
        Room room;
        for (std::uint64_t b = 1; b < 5; ++b) {
            room.brigade(b, b == 4 ? BrigadeKind::polyclinic : BrigadeKind::feldsher);
        }
        const int steps = *rc::gen::inRange(0, 120);
        for (int i = 0; i < steps; ++i) {
            room.wait(*rc::gen::inRange(0, 100));
            const std::size_t before = room.log.size();
            room.tell(any_command(room), static_cast<Seat>(*rc::gen::inRange(0, 6)));
            for (std::size_t k = before; k < room.log.size(); ++k) check_lowering(room.log[k]);
            const auto active = active_tasks(room.state);
            for (const auto& [brigade, count] : active) RC_ASSERT(count == 1);
            for (const auto& change : room.state.road_changes.rows()) {
                RC_ASSERT(change->closed != (change->time_factor > 1));
                RC_ASSERT(change->id.value <= room.state.ids_of(0).road_change);
            }
            for (const auto& b : room.state.brigades.rows()) {
                RC_ASSERT(b->task.has_value() == active.contains(b->id));
            }
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
            const Seat seat = static_cast<Seat>(*rc::gen::inRange(0, 6));
            IdentifyPatient identify{.incident = {*rc::gen::inRange<std::uint64_t>(1, 4)}};
            identify.insurance.status = static_cast<InsuranceStatus>(*rc::gen::inRange(0, 5));
            with.tell(identify);
            RC_ASSERT(with.tell(command, seat) == without.tell(command, seat));
        }
        for (const auto& incident : without.state.open.rows()) {
            const Incident& other = *with.state.open.find(incident->id);
            RC_ASSERT(other.category == incident->category);
            RC_ASSERT(other.tasks.size() == incident->tasks.size());
        }
    }));
}
