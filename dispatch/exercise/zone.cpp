#include "dispatch/exercise/zone.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

namespace jedel::exercise {
namespace {

/// Minutes of "+05:00" or "-06:30"; nullopt for anything else.
std::optional<int> fixed_offset(const std::string& name) {
    if (name == "UTC" || name == "Z") return 0;
    if (name.size() != 6 || (name[0] != '+' && name[0] != '-') || name[3] != ':') {
        return std::nullopt;
    }
    int parts[4];
    int n = 0;
    for (const std::size_t i : {1U, 2U, 4U, 5U}) {
        if (name[i] < '0' || name[i] > '9') return std::nullopt;
        parts[n++] = name[i] - '0';
    }
    const int minutes = (parts[0] * 10 + parts[1]) * 60 + parts[2] * 10 + parts[3];
    if (minutes > 14 * 60) return std::nullopt;
    return name[0] == '-' ? -minutes : minutes;
}

}  // namespace

struct Zone::Impl {
    std::string name;
    int fixed_minutes = 0;
    std::unique_ptr<icu::BasicTimeZone> zone;  ///< null: fixed
};

Zone::Zone(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Zone::Zone(Zone&&) noexcept = default;
Zone& Zone::operator=(Zone&&) noexcept = default;
Zone::~Zone() = default;

Result<Zone> Zone::named(const std::string& name) {
    auto impl = std::make_unique<Impl>();
    impl->name = name;
    if (const auto minutes = fixed_offset(name)) {
        impl->fixed_minutes = *minutes;
        return Zone{std::move(impl)};
    }
    const icu::UnicodeString id = icu::UnicodeString::fromUTF8(name);
    std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(id)};
    auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (basic == nullptr || *zone == icu::TimeZone::getUnknown()) {
        return Error{.message = "expected a time zone such as \"Asia/Almaty\" or \"+05:00\", "
                                "found \"" + name + "\""};
    }
    (void)zone.release();
    impl->zone.reset(basic);
    return Zone{std::move(impl)};
}

Instant Zone::to_utc(const CivilTime& local) const {
    const Instant as_if_utc = from_civil(local, 0);
    if (!impl_->zone) return {as_if_utc.ms - impl_->fixed_minutes * 60'000LL};
    std::int32_t raw = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    impl_->zone->getOffsetFromLocal(static_cast<UDate>(as_if_utc.ms), UCAL_TZ_LOCAL_FORMER,
                                    UCAL_TZ_LOCAL_FORMER, raw, saving, status);
    return {as_if_utc.ms - raw - saving};
}

int Zone::offset_minutes(Instant at) const {
    if (!impl_->zone) return impl_->fixed_minutes;
    std::int32_t raw = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    impl_->zone->getOffset(static_cast<UDate>(at.ms), 0, raw, saving, status);
    return (raw + saving) / 60'000;
}

const std::string& Zone::name() const { return impl_->name; }

}  // namespace jedel::exercise
