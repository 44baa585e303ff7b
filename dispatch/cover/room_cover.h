#pragma once
// The cover of a room now: squares of demand, posts and brigades put on the roads. One thread;
// holds the networks of one hour.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/city/city.h"
#include "dispatch/core/state.h"
#include "dispatch/cover/cover.h"
#include "dispatch/cover/rates.h"
#include "dispatch/cover/table.h"
#include "dispatch/roads/travel.h"

namespace jedel::cover {

/// An idle brigade: where it is, and where it is going to stand.
struct IdleBrigade {
    BrigadeId brigade;
    LatLon place;
    LatLon stands;     ///< its post, else its base, else where it is
    std::string post;  ///< where it stands or is going to; the base's number, or a post's name
};

/// Free brigades of the station with a known place. `place_of` gives the place as the room knows
/// it (fix or status); who has none is counted in `unknown` and covers nothing.
template <class PlaceOf>
std::vector<IdleBrigade> idle_brigades(const State& state, PlaceOf&& place_of,
                                       std::size_t& unknown);

/// A square of demand: the residents' centre of it and its share of all residents.
struct DemandCell {
    LatLon place;
    double residents_share = 0;
};

/// Demand by square and hour of the day: shares that sum to 1. A square's own U1 calls, drawn
/// towards all its calls of the day, and those towards its residents, by the table's weight: a few
/// calls move little.
class DemandMap {
public:
    /// Squares of `cell_m` in which somebody lives; a map without residents gives each square with
    /// a junction the same.
    DemandMap(const City& city, double cell_m);
    void take(const RoomRates& rates, double place_weight);
    [[nodiscard]] const std::vector<DemandCell>& cells() const { return cells_; }
    [[nodiscard]] const std::vector<double>& at_hour(int hour) const {
        return by_hour_[static_cast<std::size_t>(hour)];
    }
    /// Calls of the room that lie in no square.
    [[nodiscard]] long outside() const { return outside_; }

private:
    [[nodiscard]] std::optional<std::size_t> cell_of(LatLon place) const;
    LatLon low_;
    double lat_step_ = 1, lon_step_ = 1;
    std::vector<std::pair<long, std::size_t>> index_;  ///< square → cell, ascending
    std::vector<DemandCell> cells_;
    std::vector<std::vector<double>> by_hour_;
    long outside_ = 0;
};

/// A proposal with names instead of rows.
struct PostMove {
    BrigadeId brigade;
    std::size_t post = 0;  ///< of `posts`
    double travel_s = 0, gain = 0, share_gain = 0;
};

struct CoverAdvice {
    std::uint64_t state_seq = 0;
    Instant at;
    int hour = 0;               ///< of the day, local
    Known busy, turnout_s, u1_per_hour;
    std::string table_row;
    bool approved = false;      ///< that row
    double target_s = 0;
    CoverFigure now;            ///< from where the idle brigades are
    CoverFigure settled;        ///< when those on a way home or to a post have arrived
    std::vector<PostMove> moves;
    double share_then = 0, expected_then = 0;
    std::size_t idle = 0, unknown = 0;  ///< brigades counted, and free ones nobody knows where
    double off_map_share = 0;   ///< of demand: squares that no road reaches
};

class RoomCover {
public:
    /// Texts as in data/law/{cover,speeds}.toml and the city's posts.toml (may be empty).
    RoomCover(std::shared_ptr<const City> city, std::string cover_toml, std::string speeds_toml,
              std::string posts_toml);
    ~RoomCover();
    RoomCover(const RoomCover&) = delete;
    RoomCover& operator=(const RoomCover&) = delete;

    /// Takes what the room's journal tells; once in a while is enough.
    void take_rates(const RoomRates& rates);
    /// The figure and a plan. `closed`: roads that are closed or slow, by segment.
    CoverAdvice advise(std::span<const IdleBrigade> idle, std::size_t unknown,
                       std::span<const roads::SegmentChange> closed, std::uint64_t state_seq,
                       Instant now);
    /// For a brigade that comes free at `from` beside the idle ones: the post that adds most to the
    /// expected cover (DMEXCLP); its own post, unless another adds the table's `least_gain` more.
    /// nullopt: no post can be reached.
    std::optional<PostMove> post_for(std::span<const IdleBrigade> idle, LatLon from,
                                     const std::string& own,
                                     std::span<const roads::SegmentChange> closed, Instant now);
    /// Seconds of driving from every post to every square at an hour of the week, with siren:
    /// [square][post]; negative: no way.
    std::vector<std::vector<double>> posts_to_cells(int hour_of_week, Instant now);
    [[nodiscard]] const std::vector<Post>& posts() const;
    [[nodiscard]] const DemandMap& demand() const;
    [[nodiscard]] const RoomFigures& figures() const;
    [[nodiscard]] const CoverTable& table() const;
    /// The first problem met with a table, a map or a network.
    [[nodiscard]] const std::optional<Error>& problem() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

template <class PlaceOf>
std::vector<IdleBrigade> idle_brigades(const State& state, PlaceOf&& place_of,
                                       std::size_t& unknown) {
    std::vector<IdleBrigade> out;
    unknown = 0;
    for (const auto& row : state.brigades.rows()) {
        if (!is_free(*row) || row->kind == BrigadeKind::polyclinic) continue;
        const std::optional<LatLon> place = place_of(*row);
        if (!place) {
            ++unknown;
            continue;
        }
        IdleBrigade idle{row->id, *place, row->base_place, std::to_string(row->base.value)};
        if (row->standby) {
            idle.stands = row->standby->place;
            idle.post = row->standby->post;
        }
        out.push_back(std::move(idle));
    }
    return out;
}

}  // namespace jedel::cover
