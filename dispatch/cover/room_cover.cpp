#include "dispatch/cover/room_cover.h"

#include <algorithm>

#include "base/time.h"

namespace jedel::cover {
namespace {

constexpr double ms_per_s = 1000;

bool same(std::span<const roads::SegmentChange> a, std::span<const roads::SegmentChange> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.segment == y.segment && x.closed == y.closed && x.time_factor == y.time_factor;
    });
}

std::optional<roads::Snapped> on_road(const roads::TravelNetwork& network, LatLon place) {
    auto snapped = network.snap(place);
    if (snapped && snapped->distance_m > roads::snap_max_m) snapped.reset();
    return snapped;
}

}  // namespace

struct RoomCover::Impl {
    /// Times of one hour: with siren to the squares, without to the posts.
    struct Times {
        Times(roads::TravelNetwork urgent, roads::TravelNetwork plain)
            : siren(std::move(urgent)), calm(std::move(plain)), posts(siren), here(siren),
              there(siren), moving(calm) {}
        roads::TravelNetwork siren, calm;
        roads::PreparedOrigins posts, here, there, moving;
        std::vector<std::vector<std::int64_t>> post_ms;  ///< [square][post]; negative: no way
    };

    std::shared_ptr<const City> city;
    std::string cover_toml, speeds_toml, posts_toml;
    std::optional<Error> problem;
    CoverTable table;
    std::optional<int> day;
    std::vector<Post> posts;
    std::unique_ptr<DemandMap> demand;
    RoomRates rates;
    RoomFigures figures;
    roads::SpeedTable speeds;
    std::optional<roads::TravelNetwork> base;
    std::vector<std::optional<roads::Snapped>> cell_road, post_road;
    std::unique_ptr<Times> times;
    std::tuple<std::string, double> key;
    std::vector<roads::SegmentChange> changes;

    void note(const Error& error) {
        if (!problem) problem = error;
    }

    /// Rows of the day, and with them everything that is made from rows.
    void take_day(Instant now) {
        const int today = day_of(now, kazakhstan_offset_minutes(now));
        if (day == today) return;
        day = today;
        if (auto read = parse_cover(cover_toml, "data/law/cover.toml", today)) {
            table = *std::move(read);
        } else {
            note(read.error());
        }
        const int room = static_cast<int>(table.room_at_post);
        auto rows = parse_posts(posts_toml, city->folder + "/posts.toml", today, room);
        if (!rows) note(rows.error());
        posts = posts_of(city->organisations, rows ? *std::move(rows) : std::vector<Post>{}, room);
        demand = std::make_unique<DemandMap>(*city, table.cell_m);
        count();
        if (auto read = roads::parse_speeds(speeds_toml, "data/law/speeds.toml", today)) {
            speeds = *std::move(read);
        } else {
            note(read.error());
        }
        base.reset();
        times.reset();
    }

    void count() {
        if (!demand) return;
        demand->take(rates, table.place_weight);
        figures = figures_of(rates, table, city->population);
    }

    /// False where there is no map or no speeds.
    bool take_times(int hour_of_week, std::span<const roads::SegmentChange> now_closed) {
        if (!city->roads || speeds.row.empty()) return false;
        const auto hour = static_cast<std::size_t>(hour_of_week);
        const std::tuple wanted{speeds.row, speeds.hour_factor[hour]};
        if (times && key == wanted && same(changes, now_closed)) return true;
        const int siren = static_cast<int>(Category::u1);
        if (!base) base = roads::TravelNetwork::build(city->roads, speeds, hour_of_week, siren);
        times = std::make_unique<Times>(
            base->with_times(speeds, hour_of_week, siren, now_closed),
            base->with_times(speeds, hour_of_week, static_cast<int>(Category::none), now_closed));
        key = wanted;
        changes.assign(now_closed.begin(), now_closed.end());
        put_on_roads();
        return true;
    }

    void put_on_roads() {
        cell_road.clear();
        post_road.clear();
        for (const DemandCell& cell : demand->cells()) {
            cell_road.push_back(on_road(times->siren, cell.place));
        }
        for (std::size_t p = 0; p < posts.size(); ++p) {
            post_road.push_back(on_road(times->siren, posts[p].place));
            if (post_road[p]) times->posts.set(p, *post_road[p]);
        }
        times->post_ms.assign(cell_road.size(), std::vector<std::int64_t>(posts.size(), -1));
        std::vector<std::int64_t> ms(times->posts.slots(), -1);
        for (std::size_t c = 0; c < cell_road.size(); ++c) {
            if (!cell_road[c]) continue;
            times->posts.times_to(*cell_road[c], ms);
            std::copy(ms.begin(), ms.end(), times->post_ms[c].begin());
        }
    }

    [[nodiscard]] std::int64_t limit_ms() const {
        const double limit_s = std::max(0.0, table.target_s - figures.turnout_s.value);
        return static_cast<std::int64_t>(limit_s * ms_per_s);
    }

    CoverMatrix posts_reach() const {
        CoverMatrix out{posts.size(), cell_road.size()};
        for (std::size_t c = 0; c < cell_road.size(); ++c) {
            for (std::size_t p = 0; p < posts.size(); ++p) {
                const std::int64_t ms = times->post_ms[c][p];
                out.at(p, c) = ms >= 0 && ms <= limit_ms();
            }
        }
        return out;
    }

    /// Which squares each place reaches in time. Slots that have no road reach none.
    CoverMatrix reach(roads::PreparedOrigins& origins, std::span<const LatLon> places) const {
        CoverMatrix out{places.size(), cell_road.size()};
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (const auto road = on_road(times->siren, places[i])) {
                origins.set(rows.size(), *road);
                rows.push_back(i);
            }
        }
        for (std::size_t s = rows.size(); s < origins.slots(); ++s) origins.clear(s);
        std::vector<std::int64_t> ms(origins.slots(), -1);
        for (std::size_t c = 0; c < cell_road.size(); ++c) {
            if (!cell_road[c] || ms.empty()) continue;
            origins.times_to(*cell_road[c], ms);
            for (std::size_t s = 0; s < rows.size(); ++s) {
                out.at(rows[s], c) = ms[s] >= 0 && ms[s] <= limit_ms();
            }
        }
        return out;
    }

    /// Seconds without siren from every place to every post, row by row; negative: no way.
    std::vector<double> ways(std::span<const LatLon> from) const {
        std::vector<double> out(from.size() * posts.size(), -1);
        std::vector<std::size_t> rows;
        auto& origins = times->moving;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (const auto road = on_road(times->calm, from[i])) {
                origins.set(rows.size(), *road);
                rows.push_back(i);
            }
        }
        for (std::size_t s = rows.size(); s < origins.slots(); ++s) origins.clear(s);
        std::vector<std::int64_t> ms(origins.slots(), -1);
        for (std::size_t p = 0; p < posts.size(); ++p) {
            if (!post_road[p] || ms.empty()) continue;
            origins.times_to(*post_road[p], ms);
            for (std::size_t s = 0; s < rows.size(); ++s) {
                if (ms[s] < 0) continue;
                out[rows[s] * posts.size() + p] = static_cast<double>(ms[s]) / ms_per_s;
            }
        }
        return out;
    }

    [[nodiscard]] int post_index(const std::string& id) const {
        for (std::size_t p = 0; p < posts.size(); ++p) {
            if (posts[p].id == id) return static_cast<int>(p);
        }
        return -1;
    }

    PlanInput plan_input(std::span<const IdleBrigade> idle, int hour) {
        PlanInput in;
        in.demand = demand->at_hour(hour);
        in.busy = figures.hours[static_cast<std::size_t>(hour)].busy.value;
        std::vector<LatLon> here, there;
        for (const Post& post : posts) in.room.push_back(post.room);
        for (const IdleBrigade& b : idle) {
            in.brigades.push_back(b.brigade);
            here.push_back(b.place);
            there.push_back(b.stands);
            in.standing.push_back(post_index(b.post));
            if (in.standing.back() >= 0) --in.room[static_cast<std::size_t>(in.standing.back())];
        }
        in.reach = reach(times->there, there);
        in.posts = posts_reach();
        in.travel_s = ways(here);
        in.least_gain = table.least_gain;
        in.travel_max_s = table.travel_max_s;
        in.moves_max = static_cast<std::size_t>(table.moves_max);
        return in;
    }
};

RoomCover::RoomCover(std::shared_ptr<const City> city, std::string cover_toml,
                     std::string speeds_toml, std::string posts_toml)
    : impl_(std::make_unique<Impl>()) {
    impl_->city = std::move(city);
    impl_->cover_toml = std::move(cover_toml);
    impl_->speeds_toml = std::move(speeds_toml);
    impl_->posts_toml = std::move(posts_toml);
}
RoomCover::~RoomCover() = default;

void RoomCover::take_rates(const RoomRates& rates) {
    impl_->rates = rates;
    impl_->count();
}

CoverAdvice RoomCover::advise(std::span<const IdleBrigade> idle, std::size_t unknown,
                              std::span<const roads::SegmentChange> closed, std::uint64_t state_seq,
                              Instant now) {
    Impl& i = *impl_;
    i.take_day(now);
    CoverAdvice out;
    out.state_seq = state_seq;
    out.at = now;
    const int week_hour = hour_of_week(now);
    out.hour = week_hour % static_cast<int>(hours_of_day);
    const HourFigures& hour = i.figures.hours[static_cast<std::size_t>(out.hour)];
    out.busy = hour.busy;
    out.u1_per_hour = hour.u1;
    out.turnout_s = i.figures.turnout_s;
    out.table_row = i.table.row;
    out.approved = i.table.approved;
    out.target_s = i.table.target_s;
    out.idle = idle.size();
    out.unknown = unknown;
    if (!i.take_times(week_hour, closed)) return out;
    const PlanInput in = i.plan_input(idle, out.hour);
    std::vector<LatLon> here;
    for (const IdleBrigade& b : idle) here.push_back(b.place);
    out.now = cover_figure(in.demand, i.reach(i.times->here, here), in.brigades, in.busy);
    const CoverPlan plan = plan_cover(in);
    out.settled = plan.now;
    out.share_then = plan.share_then;
    out.expected_then = plan.expected_then;
    for (const Move& m : plan.moves) {
        out.moves.push_back({in.brigades[m.brigade], m.post, m.travel_s, m.gain, m.share_gain});
    }
    for (std::size_t c = 0; c < in.demand.size(); ++c) {
        if (!i.cell_road[c]) out.off_map_share += in.demand[c];
    }
    return out;
}

std::optional<PostMove> RoomCover::post_for(std::span<const IdleBrigade> idle, LatLon from,
                                            const std::string& own,
                                            std::span<const roads::SegmentChange> closed,
                                            Instant now) {
    Impl& i = *impl_;
    i.take_day(now);
    const int week_hour = hour_of_week(now);
    if (!i.take_times(week_hour, closed)) return std::nullopt;
    const int hour = week_hour % static_cast<int>(hours_of_day);
    const PlanInput in = i.plan_input(idle, hour);
    std::vector<int> reaching(in.demand.size(), 0);
    for (std::size_t b = 0; b < in.reach.rows; ++b) {
        for (std::size_t c = 0; c < reaching.size(); ++c) reaching[c] += in.reach.row(b)[c];
    }
    const auto gains = dmexclp_gains(in.posts, in.demand, reaching, in.busy);
    const auto ways = i.ways({&from, 1});
    std::optional<PostMove> best;
    for (std::size_t p = 0; p < gains.size(); ++p) {
        if (ways[p] < 0 || in.room[p] <= 0) continue;
        // Of equal gains the nearer: a drive for nothing wears the crew.
        if (best && gains[p] < best->gain + 1e-12 &&
            !(gains[p] > best->gain - 1e-12 && ways[p] < best->travel_s)) {
            continue;
        }
        best = PostMove{.post = p, .travel_s = ways[p], .gain = gains[p]};
    }
    const int home = i.post_index(own);
    if (!best || home < 0) return best;
    const auto h = static_cast<std::size_t>(home);
    if (ways[h] < 0 || best->gain - gains[h] >= i.table.least_gain) return best;
    return PostMove{.post = h, .travel_s = ways[h], .gain = gains[h]};
}

std::vector<std::vector<double>> RoomCover::posts_to_cells(int hour_of_week, Instant now) {
    Impl& i = *impl_;
    i.take_day(now);
    std::vector<std::vector<double>> out;
    if (!i.take_times(hour_of_week, {})) return out;
    for (const auto& row : i.times->post_ms) {
        std::vector<double>& to = out.emplace_back();
        for (const std::int64_t ms : row) {
            to.push_back(ms < 0 ? -1 : static_cast<double>(ms) / ms_per_s);
        }
    }
    return out;
}

const std::vector<Post>& RoomCover::posts() const { return impl_->posts; }
const DemandMap& RoomCover::demand() const { return *impl_->demand; }
const RoomFigures& RoomCover::figures() const { return impl_->figures; }
const CoverTable& RoomCover::table() const { return impl_->table; }
const std::optional<Error>& RoomCover::problem() const { return impl_->problem; }

}  // namespace jedel::cover
