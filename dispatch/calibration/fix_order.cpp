#include "dispatch/calibration/fix_order.h"

#include <algorithm>

namespace jedel::calibration {

namespace {

constexpr std::int64_t alone_ms = 3'600'000;

/// For each fix the length of the longest rising run of times that starts with it.
std::vector<std::size_t> rising_from(const std::vector<TimedFix>& fixes) {
    std::vector<std::size_t> out(fixes.size());
    // By length, negated so that they rise: the greatest time such a run can start with.
    std::vector<std::int64_t> starts;
    for (std::size_t i = fixes.size(); i-- > 0;) {
        const std::int64_t key = -fixes[i].fix.time.ms;
        const auto at = std::lower_bound(starts.begin(), starts.end(), key);
        out[i] = static_cast<std::size_t>(at - starts.begin()) + 1;
        if (at == starts.end()) starts.push_back(key);
        else *at = key;
    }
    return out;
}

/// The longest rising run; of several the one that takes the earlier fixes.
std::vector<bool> longest_rise(const std::vector<TimedFix>& fixes) {
    const auto length = rising_from(fixes);
    std::vector<bool> kept(fixes.size(), false);
    if (fixes.empty()) return kept;
    std::size_t wanted = *std::max_element(length.begin(), length.end());
    const TimedFix* before = nullptr;
    for (std::size_t i = 0; i < fixes.size() && wanted > 0; ++i) {
        if (length[i] != wanted) continue;
        if (before != nullptr && fixes[i].fix.time <= before->fix.time) continue;
        kept[i] = true;
        before = &fixes[i];
        --wanted;
    }
    return kept;
}

bool alone(const std::vector<TimedFix>& fixes, std::size_t i) {
    const auto far = [&](std::size_t a, std::size_t b) {
        return fixes[b].fix.time.ms - fixes[a].fix.time.ms > alone_ms;
    };
    return (i == 0 || far(i - 1, i)) && (i + 1 == fixes.size() || far(i, i + 1));
}

}  // namespace

std::vector<Error> put_in_order(std::vector<TimedFix>& fixes, const std::string& file) {
    std::vector<Error> dropped;
    const auto drop = [&](const TimedFix& fix, const char* why) {
        dropped.push_back({why, file, fix.line, "time"});
    };
    const auto falls = [&] {
        std::size_t n = 0;
        for (std::size_t i = 1; i < fixes.size(); ++i) {
            n += fixes[i].fix.time < fixes[i - 1].fix.time ? 1 : 0;
        }
        return n;
    }();
    if (fixes.size() >= 10 && falls * 10 >= (fixes.size() - 1) * 9) {
        std::reverse(fixes.begin(), fixes.end());
    }
    const auto kept = longest_rise(fixes);
    std::vector<TimedFix> rising;
    for (std::size_t i = 0; i < fixes.size(); ++i) {
        if (kept[i]) rising.push_back(std::move(fixes[i]));
        else drop(fixes[i], "expected a time after that of the fix before and before the next");
    }
    std::size_t lone = 0;
    for (std::size_t i = 0; i < rising.size(); ++i) lone += alone(rising, i) ? 1 : 0;
    if (lone == 0 || lone == rising.size()) {
        fixes = std::move(rising);
        return dropped;
    }
    fixes.clear();
    for (std::size_t i = 0; i < rising.size(); ++i) {
        if (alone(rising, i)) drop(rising[i], "alone by more than an hour: a wrong clock?");
        else fixes.push_back(rising[i]);
    }
    return dropped;
}

}  // namespace jedel::calibration
