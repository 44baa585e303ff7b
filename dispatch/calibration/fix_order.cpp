#include "dispatch/calibration/fix_order.h"

#include <algorithm>

namespace jedel::calibration {

namespace {

constexpr std::int64_t alone_ms = 3'600'000;

/// Rising runs of one length, by the fix they start with, from the last fix of the record on:
/// times do not fall from one to the next, and only those are kept that end before all later ones.
struct Run {
    std::int64_t starts_ms = 0, ends_ms = 0;
    std::size_t first = 0;
};

/// The longest rising run; of several the one that spans the least time, so that of two fixes
/// that cannot both be right the one near its neighbours stays.
std::vector<bool> longest_rise(const std::vector<TimedFix>& fixes) {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::vector<Run>> by_length;
    std::vector<std::size_t> next(fixes.size(), none);
    // By length, negated so that they rise: the greatest time such a run can start with.
    std::vector<std::int64_t> starts;
    std::size_t best = none, best_length = 0;
    std::int64_t best_ms = 0;
    for (std::size_t i = fixes.size(); i-- > 0;) {
        const std::int64_t ms = fixes[i].fix.time.ms;
        const auto at = std::lower_bound(starts.begin(), starts.end(), -ms);
        const auto shorter = static_cast<std::size_t>(at - starts.begin());
        if (at == starts.end()) starts.push_back(-ms);
        else *at = -ms;
        Run run{.starts_ms = ms, .ends_ms = ms, .first = i};
        if (shorter > 0) {
            const auto& tails = by_length[shorter - 1];
            const auto tail = std::upper_bound(
                tails.begin(), tails.end(), ms,
                [](std::int64_t value, const Run& r) { return value < r.starts_ms; });
            run.ends_ms = tail->ends_ms;
            next[i] = tail->first;
        }
        if (by_length.size() == shorter) by_length.emplace_back();
        auto& runs = by_length[shorter];
        while (!runs.empty() && runs.back().ends_ms >= run.ends_ms) runs.pop_back();
        runs.push_back(run);
        const std::int64_t span = run.ends_ms - ms;
        if (shorter + 1 > best_length || (shorter + 1 == best_length && span <= best_ms)) {
            best = i;
            best_length = shorter + 1;
            best_ms = span;
        }
    }
    std::vector<bool> kept(fixes.size(), false);
    for (std::size_t i = best; i != none; i = next[i]) kept[i] = true;
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
