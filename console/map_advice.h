#pragma once
// The worker's answers about the map. Internal to the worker's thread.

#include <memory>
#include <span>

#include "console/map_tools.h"
#include "dispatch/desk/desk.h"

namespace jedel::console {

struct StretchQuestion {
    std::uint64_t serial = 0;
    std::vector<DrawStep> steps;
    Instant now;
};
struct ReachQuestion {
    std::shared_ptr<const Snapshot> room;
    ReachKind kind = ReachKind::none;
    BrigadeId brigade;
    Instant now;
};

/// One thread. The adviser must outlive it.
class MapAdvice {
public:
    explicit MapAdvice(Adviser& adviser) : adviser_(adviser) {}
    [[nodiscard]] RoadsAnswer roads(const Snapshot& room, Instant now);
    [[nodiscard]] StretchAnswer stretch(const StretchQuestion& question);
    [[nodiscard]] ReachAnswer reach(const ReachQuestion& question);

private:
    Adviser& adviser_;
    std::unique_ptr<roads::StretchFinder> finder_;  ///< made at the first drawing
};

/// Pieces of road cut where one band ends and the next begins.
std::vector<MapReach> in_bands(std::span<const roads::Reached> reached,
                               std::span<const float> bands_min);

}  // namespace jedel::console
