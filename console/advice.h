#pragma once
// Work that takes longer than a frame may: ranked brigades, routes, address search, the register.
// One thread of its own; the newest question of each kind is answered, older ones are dropped.

#include <functional>
#include <memory>
#include <string>

#include "console/cover.h"
#include "console/map_advice.h"
#include "console/similar.h"
#include "console/ui.h"

namespace jedel::console {

/// What the worker consults. All immutable.
struct AdviceSources {
    std::shared_ptr<const City> city;
    FleetTables tables;
    std::shared_ptr<const AddressIndex> addresses;  ///< null: no address is ever found
    std::shared_ptr<const LawTables> law;           ///< null: no entitlement
    std::optional<OrganisationId> own;  ///< a polyclinic's desk is advised its own brigades only
    std::string cover_toml;         ///< empty: no cover is computed
    std::string posts_toml;         ///< of the city; empty: bases and polyclinics only
    std::string register_path;  ///< SQLite table of the insured; empty: none, status unknown
};

/// Thread-safe. Answers are swapped whole; a reader keeps what it holds.
class AdviceWorker {
public:
    enum class Mode : std::uint8_t { thread, by_hand };
    /// `wake` is called after each answer, from the worker's thread.
    AdviceWorker(AdviceSources sources, std::function<void()> wake, Mode mode = Mode::thread);
    ~AdviceWorker();
    AdviceWorker(const AdviceWorker&) = delete;
    AdviceWorker& operator=(const AdviceWorker&) = delete;

    void ask_advice(std::shared_ptr<const Snapshot> room, IncidentId incident, Instant now);
    void ask_address(std::string query);
    void ask_patient(std::shared_ptr<const Snapshot> room, IncidentId incident, std::string iin,
                     Instant now);

    /// The roads that are closed or slow in that room.
    void ask_roads(std::shared_ptr<const Snapshot> room, Instant now);
    void ask_stretch(StretchQuestion question);
    void ask_reach(ReachQuestion question);

    /// A second look at the whole room; `shown`: the proposals that stand on the screen.
    void ask_relook(std::shared_ptr<const Snapshot> room, std::vector<Proposal> shown, Instant now);
    /// What idle brigades cover and a plan for them; how many brigades each hour needs.
    void ask_cover(CoverQuestion question);
    void ask_staffing(StaffingQuestion question);

    /// Calls that may be about the same event as a form's.
    void ask_similar(SimilarQuestion question);

    [[nodiscard]] std::shared_ptr<const Advice> advice() const;
    [[nodiscard]] std::shared_ptr<const AddressAnswer> addresses() const;
    [[nodiscard]] std::shared_ptr<const PatientAnswer> patient() const;
    [[nodiscard]] std::shared_ptr<const RoadsAnswer> roads() const;
    [[nodiscard]] std::shared_ptr<const StretchAnswer> stretch() const;
    [[nodiscard]] std::shared_ptr<const ReachAnswer> reach() const;
    [[nodiscard]] std::shared_ptr<const SimilarAnswer> similar() const;
    [[nodiscard]] std::shared_ptr<const RelookAnswer> relook() const;
    [[nodiscard]] std::shared_ptr<const CoverAnswer> cover() const;
    [[nodiscard]] std::shared_ptr<const StaffingAnswer> staffing() const;

    /// Answers what is asked on the caller's thread (mode by_hand: tests, benches).
    void work();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::console
