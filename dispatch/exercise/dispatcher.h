#pragma once
// Who sorts and sends in a replay where no person does: a policy, or nobody. It leaves alone what
// a person has begun to handle.

#include <memory>
#include <vector>

#include "dispatch/cover/room_cover.h"
#include "dispatch/exercise/world.h"

namespace jedel::exercise {

class Dispatcher {
public:
    Dispatcher(Stage& stage, World& world);

    void perform(CommandPort& port, const DueItem& item);
    /// A brigade may have become free: calls that wait are served by urgency.
    void serve_waiting(CommandPort& port);
    /// Brigades that ended their service and were not sent again: where they are to wait.
    void place_freed(CommandPort& port, const std::vector<std::uint32_t>& members);
    /// A person took the last brigade off these calls.
    void left_alone(CommandPort& port, const std::vector<std::uint32_t>& slots);

private:
    void sorted(CommandPort& port, std::uint32_t slot);
    bool hand_to_polyclinic(CommandPort& port, std::uint32_t slot, const Incident& incident);
    void polyclinic_silent(CommandPort& port, std::uint32_t slot);
    void serve_again(CommandPort& port, std::uint32_t slot);
    void wait_for_brigade(std::uint32_t slot);
    void give_up(CommandPort& port, std::uint32_t slot);
    bool send(CommandPort& port, std::uint32_t slot);
    [[nodiscard]] const Candidate* choose(const Recommendation& advice, LatLon place) const;

    Stage& s_;
    World& world_;
    std::unique_ptr<cover::RoomCover> cover_;  ///< null: brigades go home
};

}  // namespace jedel::exercise
