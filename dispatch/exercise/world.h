#pragma once
// The town outside the room: callers, crews, roads, hospitals, polyclinics. It reacts to the
// room's state, whoever changed it, and answers with reports, statuses and places.

#include <optional>
#include <vector>

#include "dispatch/exercise/stage.h"

namespace jedel::exercise {

class World {
public:
    explicit World(Stage& stage);

    /// When the next call comes; nullopt after the last.
    [[nodiscard]] std::optional<Instant> next_call_at() const;
    void receive(CommandPort& port);
    void perform(CommandPort& port, const DueItem& item);
    /// Takes in what others have changed in the room since the last step: brigades sent, taken
    /// off or sent elsewhere, calls ended, hand-overs.
    void notice(CommandPort& port);
    /// The crew of a task sets to work. `travel_ms` to the scene; -1: found when it departs.
    void set_to_work(CommandPort& port, std::uint32_t member, std::uint32_t slot,
                     std::int64_t travel_ms);
    /// A crew without a call goes where the room asks it to wait, or home again.
    void heed_post(CommandPort& port, std::uint32_t member);
    /// Positions of brigades on the way home, for a decision that is being made.
    void report_moving(CommandPort& port);
    [[nodiscard]] bool any_free() const;

    /// Calls whose last brigade was taken off since this was last emptied, for who dispatches.
    std::vector<std::uint32_t> left_alone;
    /// A brigade came on shift or ended its service since this was last cleared.
    bool freed = false;
    /// Brigades that ended their service since this was last emptied.
    std::vector<std::uint32_t> freed_members;

private:
    void staff();
    // world_calls.cpp
    void intake(CommandPort& port, std::uint32_t slot);
    void findings(CommandPort& port, ActiveCall& call);
    void polyclinic_accepts(CommandPort& port, std::uint32_t slot);
    [[nodiscard]] Disposition ending(ActiveCall& call);
    // world_notice.cpp
    void notice_brigade(CommandPort& port, std::uint32_t member);
    void notice_call(CommandPort& port, std::uint32_t slot);
    void stand_down(CommandPort& port, std::uint32_t member, const Brigade& brigade);
    std::uint32_t adopt(const Incident& incident);
    // world.cpp
    void shift(CommandPort& port, std::uint32_t member);
    void status(CommandPort& port, Member& member, BrigadeStatus status,
                std::optional<OrganisationId> hospital = std::nullopt);
    void departed(CommandPort& port, std::uint32_t member);
    void arrived(CommandPort& port, std::uint32_t member);
    void left(CommandPort& port, std::uint32_t member);
    void at_hospital(CommandPort& port, std::uint32_t member);
    void free(CommandPort& port, std::uint32_t member);
    void end_service(CommandPort& port, std::uint32_t member);
    void at_base(CommandPort& port, std::uint32_t member);
    void report_post(CommandPort& port, const Member& member, PostStep step);
    // world_roads.cpp
    void fix_along(CommandPort& port, std::uint32_t member);
    void set_out(CommandPort& port, std::uint32_t member, LatLon to, std::int64_t duration_ms,
                 Category urgency);
    void drive_home(CommandPort& port, std::uint32_t member);
    void drive_to_wait(CommandPort& port, std::uint32_t member, LatLon to);
    void stop_at(CommandPort& port, Member& member, LatLon place);
    LatLon where(Member& member);
    void report_place(CommandPort& port, Member& member, LatLon place);
    std::int64_t road_ms(LatLon from, LatLon to, Category urgency);
    /// Where the crew is to go: the place the room knows, else where the caller is.
    [[nodiscard]] std::optional<LatLon> scene(const CommandPort& port,
                                              const ActiveCall& call) const;

    Stage& s_;
    PlaceDrawer places_;
    std::size_t next_call_ = 0;
    /// The next call, completed ahead of its time because its time may be drawn.
    std::optional<CallPlan> upcoming_;
};

}  // namespace jedel::exercise
