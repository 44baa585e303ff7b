#pragma once
// Civil time of a named zone, by the system's own tables (/usr/share/zoneinfo, package tzdata)
// and by no other: libraries carry older copies that put Kazakhstan an hour off after 2024-03-01.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace jedel::tables {

/// "America/Chicago", "Asia/Almaty", or a fixed "+05:00". Immutable, cheap to copy.
class Zone {
public:
    /// Error: no such zone in the system's tables, or no tables at all.
    static Result<Zone> named(const std::string& name);
    /// The same from the bytes of a TZif file (RFC 8536).
    static Result<Zone> from_bytes(const std::string& name, std::string_view tzif);

    /// A civil time that happens twice (clocks back) is the first; one that never happens (clocks
    /// forward) is read by the offset before the change, so it lands after it.
    [[nodiscard]] Instant to_utc(const CivilTime& local) const;
    /// The second of two, where the clocks showed this time twice.
    [[nodiscard]] std::optional<Instant> second_reading(const CivilTime& local) const;
    /// Whole minutes east of UTC (offsets with seconds, of before 1930, are cut).
    [[nodiscard]] int offset_minutes(Instant at) const;
    [[nodiscard]] const std::string& name() const;

private:
    struct Impl;
    explicit Zone(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<const Impl> impl_;
};

}  // namespace jedel::tables
