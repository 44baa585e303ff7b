#pragma once
// What a replay counts while it runs; the report is made from it.

#include <array>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dispatch/core/decide.h"
#include "dispatch/exercise/recorded.h"

namespace jedel::exercise {

/// One call as it went. Intervals in milliseconds; -1: it did not come to that.
struct CallResult {
    long line = 0;
    IncidentId incident;
    Category category = Category::none;
    bool rules_silent = false;       ///< the rules gave no category; the mapping's was taken
    int hour = 0;                    ///< civil hour of receipt in the city, 0–23
    std::int64_t hand_over_ms = -1;  ///< received → handed to brigade or polyclinic
    std::int64_t arrival_ms = -1;    ///< brigade received the call → on scene
    std::int64_t wait_ms = -1;       ///< received → on scene
    std::int64_t travel_ms = -1;     ///< departed → on scene by the roads of the city
    std::int64_t recorded_travel_ms = -1;
    std::int64_t recorded_arrival_ms = -1;  ///< first dispatch → first arrival in the log
    bool queued = false;                    ///< waited because no brigade was free
    bool to_polyclinic = false;
    bool returned_by_polyclinic = false;
    Disposition disposition = Disposition::none;
    bool closed = false;
    bool never_served = false;  ///< nobody came in hours; it stays open
};

struct BrigadeUse {
    std::string name;
    BrigadeKind kind = BrigadeKind::feldsher;
    long calls = 0;
    std::int64_t busy_ms = 0;    ///< sent → free
    std::int64_t driven_ms = 0;  ///< of it, on the road to scenes and hospitals
};

/// Fields of a call whose origin the report states.
enum class TalliedField : std::uint8_t {
    received,
    handling,
    findings,
    words,
    place,
    address,
    age,
    sex,
    turnout,
    travel,
    on_scene,
    transport,
    hospital,
    transported,
    disposition,
};
inline constexpr std::size_t tallied_field_count = 15;

struct RefusalCount {
    long count = 0;
    std::string example;    ///< the first one's detail
    long example_line = 0;  ///< of the log; 0 when about no call
};

struct Tally {
    std::vector<CallResult> calls;  ///< in the order they came in
    std::map<BrigadeId, BrigadeUse> brigades;
    std::map<OrganisationId, long> polyclinics;                            ///< hand-overs
    std::map<std::pair<std::string, std::string>, RefusalCount> refusals;  ///< command, code
    std::array<std::array<long, origin_count>, tallied_field_count>
        origins{};  ///< by field and Origin
    long commands = 0;
    long events = 0;
    long unread_words = 0;  ///< calls whose words gave no finding
    std::size_t waiting_max = 0;
    long moves_to_posts = 0;  ///< crews that went to wait at a post
    Instant first, last;  ///< of simulated time

    void origin(TalliedField field, Origin from) {
        ++origins[static_cast<std::size_t>(field)][static_cast<std::size_t>(from)];
    }
};

}  // namespace jedel::exercise

template <>
struct jedel::EnumNames<jedel::exercise::TalliedField> {
    static constexpr std::array<std::string_view, jedel::exercise::tallied_field_count> names{
        "received", "handling",  "findings", "words",       "place",
        "address",  "age",       "sex",      "turnout",     "travel",
        "on_scene", "transport", "hospital", "transported", "disposition"};
};
