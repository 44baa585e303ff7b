#pragma once
// Brigades, calls and tables for the tests of who goes.

#include <algorithm>
#include <string>
#include <vector>

#include "base/install.h"
#include "dispatch/fleet/advisor.h"

namespace jedel::test::crews {

// Wednesday 12:00 at +05:00.
inline const Instant now = from_iso("2026-03-04T07:00:00Z").value();

inline const DispatchTable& table() {
    static const DispatchTable read = [] {
        const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/dispatch.toml";
        return parse_dispatch(read_file(file).value(), file,
                              day_of(now, kazakhstan_offset_minutes(now)))
            .value();
    }();
    return read;
}

inline Instant ago(double minutes) {
    return now - std::chrono::milliseconds{static_cast<std::int64_t>(minutes * 60'000)};
}

inline Brigade brigade(std::uint64_t id, BrigadeKind kind = BrigadeKind::feldsher,
                BrigadeStatus status = BrigadeStatus::free_at_base) {
    Brigade b;
    b.id = {id};
    b.name = std::to_string(id);
    b.kind = kind;
    b.status = status;
    b.status_at = ago(1);
    b.base_place = {43.25, 76.9};
    return b;
}

inline BrigadeAtWork at_work(const Brigade& b, double travel_s) {
    return {.brigade = &b,
            .fix = Fix{.place = {43.25, 76.9}, .at = now},
            .travel_s = travel_s,
            .distance_m = travel_s * 10};
}

inline Incident incident(Category c) {
    Incident i;
    i.id = {1};
    i.category = c;
    i.patients.emplace_back();
    i.lat = 43.25;
    i.lon = 76.9;
    return i;
}

inline Incident with_finding(Category c, std::string finding) {
    Incident i = incident(c);
    i.patients[0].findings.push_back({std::move(finding), "yes", Source::caller, {}});
    return i;
}

inline Recommendation rank(const Incident& i, const std::vector<BrigadeAtWork>& fleet) {
    static const RecommendationTable weights = [] {
        const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/recommendation.toml";
        return parse_recommendation(read_file(file).value(), file,
                                    day_of(now, kazakhstan_offset_minutes(now)))
            .value();
    }();
    return recommend(i, fleet, weights, 1, now, kind_wanted(table(), i));
}

inline bool has(const std::vector<Reason>& reasons, std::string_view code) {
    return std::any_of(reasons.begin(), reasons.end(),
                       [&](const Reason& r) { return r.code == code; });
}

inline Task done_task(std::uint64_t id, std::uint64_t brigade, double from_min, double to_min,
               double leaves_s = 60) {
    Task t;
    t.id = {id};
    t.brigade = BrigadeId{brigade};
    t.from_status = BrigadeStatus::free_at_base;
    const auto mark = [&](TaskStep step, Instant at) {
        t.history.push_back({step, at, at, Source::brigade, "t"});
    };
    mark(TaskStep::sent, ago(from_min));
    mark(TaskStep::under_way,
         ago(from_min) + std::chrono::milliseconds{static_cast<std::int64_t>(leaves_s * 1000)});
    mark(TaskStep::done, ago(to_min));
    return t;
}

}  // namespace jedel::test::crews
