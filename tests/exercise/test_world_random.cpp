// A person who does anything at any moment beside the policy: the replay ends, no brigade has two
// tasks, and the world asks nothing that the room refuses.

#include <catch2/catch.hpp>

#include <set>

#include "dispatch/exercise/draw.h"
#include "tests/exercise/person.h"

using namespace jedel;
using namespace jedel::exercise;
using namespace jedel::test;

namespace {

/// One thing a person might do about a call; the room may refuse it.
void anything(Room& room, Draw& draw, const Incident& incident) {
    const IncidentId id = incident.id;
    const Task* task = incident.first_brigade_at_work();
    const BrigadeId brigade =
        task != nullptr ? *task->brigade : BrigadeId{101 + draw.below(4)};
    switch (draw.below(9)) {
        case 0: room.person(AssignBrigade{.incident = id, .brigade = brigade}); return;
        case 1:
            room.person(AssignBrigade{.incident = id,
                                      .brigade = BrigadeId{101 + draw.below(4)},
                                      .additional = true});
            return;
        case 2:
            room.person(ReleaseBrigade{id, brigade, ReleaseReason::more_urgent_call, {}});
            return;
        case 3:
        case 4:
            room.person(ReportStatus{.brigade = brigade,
                                     .status = static_cast<BrigadeStatus>(1 + draw.below(11))});
            return;
        case 5: room.person(HandToPolyclinic{id, OrganisationId{3}, "row", {}, {}}); return;
        case 6: room.person(ReturnFromPolyclinic{id, "closed", {}}); return;
        case 7:
            room.person(MergeIncident{id, room.state().open.rows().begin()->get()->id});
            return;
        default:
            room.person(RecordDisposition{id, Disposition::refused, {}, {}});
            room.person(CloseIncident{id});
    }
}

}  // namespace

TEST_CASE("whatever a person does beside the policy, the world keeps to what the room knows") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        INFO("seed " << seed);
        Room room{small_log(25, 7), seed % 3 == 0 ? Policy::nobody : Policy::recommended};
        Draw draw{seed, 1};
        long steps = 0;
        while (!room.replay.finished()) {
            REQUIRE(++steps < 20'000);
            REQUIRE(room.replay.step(*room.engine).ok());
            std::set<BrigadeId> at_work;
            for (const auto& row : room.state().open.rows()) {
                for (const Task& t : row->tasks) {
                    if (t.of_brigade() && t.active()) REQUIRE(at_work.insert(*t.brigade).second);
                }
            }
            const auto open = room.state().open.rows();
            if (open.empty() || draw.below(4) != 0) continue;
            anything(room, draw, *open[draw.below(open.size())]);
        }
        CHECK(room.refusals() == 0);
        CHECK(room.replay.calls_begun() == 25);
        for (const auto& row : room.state().open.rows()) {
            const bool persons = row->ending.disposition != Disposition::none ||
                                 !row->tasks.empty() || row->category == Category::none ||
                                 room.result(row->id).never_served;
            CHECK(persons);
        }
    }
}
