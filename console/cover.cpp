#include "console/cover.h"

namespace jedel::console {
namespace {

/// Rates are counted anew when so many more calls have ended.
constexpr std::uint64_t recount_after = 50;

}  // namespace

CoverWork::CoverWork(Adviser& adviser, std::shared_ptr<const City> city, std::string cover_toml,
                     std::string speeds_toml, std::string posts_toml)
    : adviser_(adviser), city_(std::move(city)),
      cover_(city_, std::move(cover_toml), std::move(speeds_toml), std::move(posts_toml)) {}

void CoverWork::take_rates(const State& state, Instant now) {
    if (counted_ && state.closed_total < *counted_ + recount_after) return;
    counted_ = state.closed_total;
    cover_.take_rates(cover::rates_of_room(state, city_->organisations, now));
}

CoverAnswer CoverWork::answer(const CoverQuestion& q) {
    const State& state = q.room->state;
    take_rates(state, q.now);
    std::size_t unknown = 0;
    const auto idle = cover::idle_brigades(
        state,
        [&](const Brigade& b) {
            const auto fix = known_place(b, q.room->fixes);
            return fix ? std::optional{fix->place} : std::nullopt;
        },
        unknown);
    const RoadsNow& roads = adviser_.take_up_roads(state, q.now);
    CoverAnswer out;
    out.advice = cover_.advise(idle, unknown, roads.times, state.seq, q.now);
    out.posts = cover_.posts();
    out.problem = cover_.problem();
    return out;
}

StaffingAnswer CoverWork::answer(const StaffingQuestion& q) {
    take_rates(q.room->state, q.now);
    StaffingAnswer out;
    out.asked = q.now;
    out.staffing = cover::room_staffing(cover_, *city_, q.now);
    out.problem = cover_.problem();
    return out;
}

}  // namespace jedel::console
