#pragma once
// Civil time of a named zone, by the tables of ICU, with daylight saving.

#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace jedel::exercise {

/// "America/Chicago", "Asia/Almaty", or a fixed "+05:00". Not thread-safe (ICU's cache).
class Zone {
public:
    static Result<Zone> named(const std::string& name);
    Zone(Zone&&) noexcept;
    Zone& operator=(Zone&&) noexcept;
    ~Zone();

    /// A civil time that happens twice (clocks back) is the first; one that never happens (clocks
    /// forward) is read by the offset before the change, so it lands after it.
    [[nodiscard]] Instant to_utc(const CivilTime& local) const;
    [[nodiscard]] int offset_minutes(Instant at) const;
    [[nodiscard]] const std::string& name() const;

private:
    struct Impl;
    explicit Zone(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::exercise
