#include "dispatch/roads/matching.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dispatch/roads/snap.h"

namespace jedel::roads {

namespace {

constexpr double search_m = 80;
constexpr std::size_t most_candidates = 10;
constexpr double fix_error_m = 10;       ///< standard deviation of a tracker in a town
constexpr double detour_scale_m = 15;    ///< how much longer than straight a drive usually is
constexpr double longest_gap_s = 180;    ///< after that the past says nothing
constexpr double moving_kmh = 8;         ///< below it a course is noise
constexpr double course_weight = 4;      ///< cost of driving at right angles to the course
constexpr double fix_accuracy_m = 15, least_growth_kmh = 30, most_radius_m = 20'000;

double bearing_deg(LatLon a, LatLon b) {
    const double east = (b.lon - a.lon) * std::cos(a.lat * std::numbers::pi / 180);
    const double deg = std::atan2(east, b.lat - a.lat) * 180 / std::numbers::pi;
    return deg < 0 ? deg + 360 : deg;
}

/// 1 for opposite ways, 0 for the same.
double course_difference(double a_deg, double b_deg) {
    return (1 - std::cos((a_deg - b_deg) * std::numbers::pi / 180)) / 2;
}

struct Candidate {
    Snapped place;
    double forward_deg = 0;  ///< heading of the segment at the place, along its geometry
    bool forward = true, backward = true;
    double score = 0;        ///< logarithm of likelihood, of the best way here
    double driven_m = 0;     ///< from the candidate before on that way
};

double heading_at(const RoadMap& map, const Snapped& place) {
    const std::vector<FixedPoint> line = polyline(map, place.segment);
    std::size_t leg = 0;
    double nearest = 1e300;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const LatLon a = line[i].degrees(), b = line[i + 1].degrees();
        const double around =
            distance_m(a, place.on_road) + distance_m(place.on_road, b) - distance_m(a, b);
        if (around < nearest && !(line[i] == line[i + 1])) {
            nearest = around;
            leg = i;
        }
    }
    return bearing_deg(line[leg].degrees(), line[leg + 1].degrees());
}

/// The drivable heading of a candidate nearest to the course.
double heading_for(const Candidate& c, double course_deg) {
    const double backward_deg = std::fmod(c.forward_deg + 180, 360);
    if (!c.backward) return c.forward_deg;
    if (!c.forward) return backward_deg;
    return course_difference(c.forward_deg, course_deg) <= course_difference(backward_deg,
                                                                             course_deg)
               ? c.forward_deg
               : backward_deg;
}

}  // namespace

double fix_radius_m(double age_s, std::optional<double> speed_kmh) {
    if (!(age_s > old_fix_s)) return fix_accuracy_m;
    const double kmh = std::max(least_growth_kmh, speed_kmh.value_or(least_growth_kmh));
    return std::min(most_radius_m, fix_accuracy_m + (age_s - old_fix_s) * kmh / 3.6);
}

struct MapMatcher::Impl {
    const TravelNetwork* net = nullptr;
    TravelNetwork::ScratchPtr scratch;
    std::optional<GpsFix> last;
    double last_heading_deg = 0;
    std::vector<Candidate> candidates;

    [[nodiscard]] std::vector<Candidate> around(const GpsFix& fix) const {
        std::vector<Candidate> out;
        for (const Snapped& place : net->snap_all(fix.at, search_m)) {
            if (out.size() == most_candidates) break;
            const Segment& s = net->map().segments[place.segment];
            Candidate c;
            c.place = place;
            c.forward = s.forward;
            c.backward = s.backward;
            c.forward_deg = heading_at(net->map(), place);
            const double z = place.distance_m / fix_error_m;
            c.score = -z * z / 2;
            if (fix.course_deg && fix.speed_kmh.value_or(0) >= moving_kmh) {
                c.score -= course_weight *
                           course_difference(heading_for(c, *fix.course_deg), *fix.course_deg);
            }
            out.push_back(c);
        }
        return out;
    }
    /// Adds to each new candidate the best way from the old ones.
    void connect(std::vector<Candidate>& now, double straight_m) const {
        std::vector<Snapped> targets;
        for (const Candidate& c : now) targets.push_back(c.place);
        std::vector<Travel> ways(now.size());
        std::vector<double> best(now.size(), -1e300);
        for (const Candidate& before : candidates) {
            net->from_one(*scratch, before.place, targets, Method::fast, ways);
            for (std::size_t i = 0; i < now.size(); ++i) {
                if (!ways[i].reachable) continue;
                double driven = ways[i].distance_m;
                // A small step back on the same road is the noise of standing, not a way around.
                if (before.place.segment == now[i].place.segment) {
                    driven = std::min(driven, distance_m(before.place.on_road,
                                                         now[i].place.on_road));
                }
                const double score =
                    before.score - std::abs(driven - straight_m) / detour_scale_m;
                if (score > best[i]) {
                    best[i] = score;
                    now[i].driven_m = driven;
                }
            }
        }
        const double top = *std::max_element(best.begin(), best.end());
        if (top <= -1e299) return;  // nothing can be driven to: begin anew at this fix
        for (std::size_t i = 0; i < now.size(); ++i) now[i].score += std::max(best[i], top - 50);
    }
};

MapMatcher::MapMatcher(const TravelNetwork& network) : impl_(std::make_unique<Impl>()) {
    impl_->net = &network;
    impl_->scratch = network.scratch();
}
MapMatcher::MapMatcher(MapMatcher&&) noexcept = default;
MapMatcher& MapMatcher::operator=(MapMatcher&&) noexcept = default;
MapMatcher::~MapMatcher() = default;

std::optional<MatchedFix> MapMatcher::add(const GpsFix& fix) {
    Impl& m = *impl_;
    if (!is_valid(fix.at) || (m.last && fix.time <= m.last->time)) return std::nullopt;
    const double gap_s =
        m.last ? static_cast<double>((fix.time - m.last->time).count()) / 1000 : 0;
    const double straight_m = m.last ? distance_m(m.last->at, fix.at) : 0;
    std::vector<Candidate> now = m.around(fix);
    const bool goes_on = m.last && gap_s <= longest_gap_s && !m.candidates.empty();
    if (goes_on && !now.empty()) m.connect(now, straight_m);
    const std::optional<GpsFix> before = goes_on ? m.last : std::nullopt;
    m.last = fix;
    m.candidates = std::move(now);
    if (m.candidates.empty()) return std::nullopt;

    const auto best = std::max_element(
        m.candidates.begin(), m.candidates.end(),
        [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
    const double top = best->score;
    double sum = 0;
    for (Candidate& c : m.candidates) {
        c.score -= top;  // only differences count; this keeps them small for ever
        sum += std::exp(c.score);
    }
    MatchedFix out;
    out.place = best->place;
    out.confidence = 1 / sum;
    if (fix.speed_kmh) {
        out.speed_kmh = *fix.speed_kmh;
    } else if (before && gap_s > 0) {
        out.speed_kmh = best->driven_m / gap_s * 3.6;
    }
    double course = m.last_heading_deg;
    if (fix.course_deg && out.speed_kmh >= moving_kmh) {
        course = *fix.course_deg;
    } else if (before && straight_m > fix_error_m) {
        course = bearing_deg(before->at, fix.at);
    }
    out.heading_deg = heading_for(*best, course);
    m.last_heading_deg = out.heading_deg;
    return out;
}

}  // namespace jedel::roads
