// Trips from a list, from trackers and from a journal.

#include <catch2/catch.hpp>

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <random>

#include "base/install.h"
#include "dispatch/calibration/gpx.h"
#include "dispatch/calibration/trips.h"
#include "dispatch/desk/engine.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::calibration;
namespace fs = std::filesystem;

namespace {

const City& town() {
    static const auto held = load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training");
    return **held;
}

roads::SpeedTable speeds() {
    const std::string path = std::string{JEDEL_SOURCE_DIR} + "/data/law/speeds.toml";
    return roads::parse_speeds(read_file(path).value(), path, 20'500).value();
}

/// A file that is gone with the test.
class TempFile {
public:
    explicit TempFile(const std::string& name)
        : path_(fs::temp_directory_path() / (std::to_string(::getpid()) + name)) {
        fs::remove(path_);
    }
    TempFile(const std::string& name, const std::string& text) : TempFile(name) {
        std::ofstream{path_, std::ios::binary} << text;
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    ~TempFile() { fs::remove(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    fs::path path_;
};

LatLon in_town(double east, double north) {
    return {town().low.lat + (town().high.lat - town().low.lat) * north,
            town().low.lon + (town().high.lon - town().low.lon) * east};
}

/// Drives: a stand, a way at `pace` times the computed time, a stand … A fix every five seconds.
struct Drive {
    std::vector<TimedFix> fixes;
    std::vector<double> seconds;  ///< of each way
};

Drive drive(const roads::TravelNetwork& network, int ways, double pace, double error_m) {
    std::mt19937_64 random{5};
    std::normal_distribution<double> noise{0, error_m / 111'195};
    std::uniform_real_distribution<double> anywhere{0.2, 0.8};
    Drive out;
    std::int64_t now_ms = 1'790'000'000'000;
    const auto fix = [&](LatLon at) {
        TimedFix f;
        f.fix.at = {at.lat + noise(random), at.lon + noise(random)};
        f.fix.time = Instant{now_ms};
        f.where = fmt::format("fix {}", out.fixes.size() + 1);
        out.fixes.push_back(f);
        now_ms += 5000;
    };
    const auto scratch = network.scratch();
    roads::Snapped here = *network.snap(in_town(0.5, 0.5));
    for (int i = 0; i < 30; ++i) fix(here.on_road);
    for (int way = 0; way < ways; ++way) {
        const roads::Snapped there = *network.snap(in_town(anywhere(random), anywhere(random)));
        const roads::Route route = network.route(*scratch, here, there);
        const double whole_s = static_cast<double>(route.travel.time_ms) / 1000 * pace;
        const std::int64_t start_ms = now_ms;
        double length = 0;
        for (std::size_t i = 1; i < route.points.size(); ++i) {
            length += distance_m(route.points[i - 1].at, route.points[i].at);
        }
        double next = 0, done = 0;
        for (std::size_t i = 1; i < route.points.size(); ++i) {
            const LatLon a = route.points[i - 1].at, b = route.points[i].at;
            const double leg = distance_m(a, b);
            for (; leg > 0 && next < done + leg; next += length * 5 / whole_s) {
                const double t = (next - done) / leg;
                fix({a.lat + (b.lat - a.lat) * t, a.lon + (b.lon - a.lon) * t});
            }
            done += leg;
        }
        out.seconds.push_back(static_cast<double>(now_ms - start_ms) / 1000);
        for (int i = 0; i < 30; ++i) fix(there.on_road);
        here = there;
    }
    return out;
}

}  // namespace

TEST_CASE("a list of trips: what can be read is taken, the rest named by line and field") {
    const TempFile file("-trips.csv",
                        "departed,arrived,from_lat,from_lon,to_lat,to_lon,urgency\n"
                        "2026-10-05T08:00:00Z,2026-10-05T08:07:30Z,43.2,76.9,43.21,76.95,u1\n"
                        "2026-10-05,2026-10-05T08:07:30Z,43.2,76.9,43.21,76.95,u1\n"
                        "2026-10-05T08:00:00Z,2026-10-05T08:07:30Z,43.2,east,43.21,76.95,\n"
                        "2026-10-05T08:00:00Z,2026-10-05T08:07:30Z,43.2,76.9,43.21,76.95,u9\n"
                        "2026-10-05T08:00:00Z,2026-10-05T08:01:00Z,43.2,76.9,43.21,76.95,\n");
    const auto read = trips_from_list(file.path());
    REQUIRE(read.ok());
    REQUIRE(read->trips.size() == 2);
    CHECK(read->trips[0].seconds == 450);
    CHECK(read->trips[0].urgency == triage::Category::u1);
    CHECK(read->trips[1].urgency == triage::Category::none);
    CHECK(read->left_out.counts().at(LeftOut::unreadable).count == 3);
    REQUIRE(read->unreadable.size() == 3);
    CHECK(read->unreadable[0].line == 3);
    CHECK(read->unreadable[0].field == "departed");
    CHECK(read->unreadable[1].field == "from_lon");
    CHECK(read->unreadable[2].field == "urgency");
}

TEST_CASE("a list without a column is refused by the column's name") {
    const TempFile file("-trips.csv", "departed,arrived,from_lat,from_lon,to_lat\n");
    const auto read = trips_from_list(file.path());
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().field == "to_lon");
    CHECK(read.error().line == 1);
    CHECK_FALSE(trips_from_list("/nowhere/trips.csv").ok());
}

TEST_CASE("trips that say nothing of driving times are left out and counted by why") {
    const LatLon a = in_town(0.3, 0.3), b = in_town(0.7, 0.7);
    Trips trips;
    const auto add = [&](LatLon from, LatLon to, double seconds, std::optional<double> driven) {
        trips.trips.push_back({.from = from, .to = to, .departed = {1'790'000'000'000},
                               .seconds = seconds, .urgency = triage::Category::u2,
                               .driven_m = driven, .where = "here"});
    };
    add(a, b, 600, {});
    add(a, b, 5, {});
    add(a, b, 4 * 3600, {});
    add(a, {a.lat + 2, a.lon}, 600, {});
    add(a, {a.lat + 0.0005, a.lon}, 60, {});
    add(a, b, 21, {});
    add(a, b, 600, 90'000);
    const auto timed = compute_trips(town(), speeds(), trips);
    REQUIRE(timed.size() == 1);
    CHECK(timed[0].computed_s > 30);
    CHECK(timed[0].urgency == 2);
    const auto& why = trips.left_out.counts();
    CHECK(why.at(LeftOut::times).count == 2);
    CHECK(why.at(LeftOut::off_the_roads).count == 1);
    CHECK(why.at(LeftOut::short_way).count == 1);
    CHECK(why.at(LeftOut::too_fast).count == 1);
    CHECK(why.at(LeftOut::detour).count == 1);
    CHECK(why.at(LeftOut::detour).first == "here");
}

TEST_CASE("a tracker's record falls into the ways between its stands") {
    const auto network = roads::TravelNetwork::build(town().roads, speeds(), 0, 0);
    const Drive made = drive(network, 12, 1.3, 6);
    Trips trips;
    cut_into_trips(made.fixes, network, trips);
    REQUIRE(trips.trips.size() == made.seconds.size());
    for (std::size_t i = 0; i < made.seconds.size(); ++i) {
        CAPTURE(i);
        // The stand's edge is a circle of 40 m, and the fixes are 5 s apart.
        CHECK(trips.trips[i].seconds == Approx(made.seconds[i]).margin(20));
    }
    const std::size_t cut = trips.trips.size();
    const auto timed = compute_trips(town(), speeds(), trips);
    CHECK(timed.size() + 1 >= cut);  // one way may be under 300 m
    const bool detours = trips.left_out.counts().contains(LeftOut::detour);
    CHECK_FALSE(detours);
}

TEST_CASE("a way without fixes for more than two minutes is no trip") {
    const auto network = roads::TravelNetwork::build(town().roads, speeds(), 0, 0);
    Drive made = drive(network, 1, 1.3, 3);
    const std::size_t middle = made.fixes.size() / 2;
    for (std::size_t i = middle; i < made.fixes.size(); ++i) {
        made.fixes[i].fix.time = made.fixes[i].fix.time + std::chrono::minutes{3};
    }
    Trips trips;
    cut_into_trips(made.fixes, network, trips);
    CHECK(trips.trips.empty());
    CHECK(trips.left_out.counts().at(LeftOut::fixes_missing).count == 1);
}

TEST_CASE("the same record as GPX and as CSV gives the same trips") {
    const auto network = roads::TravelNetwork::build(town().roads, speeds(), 0, 0);
    const Drive made = drive(network, 4, 1.2, 4);
    std::string csv = "vehicle,time,lat,lon\n";
    std::string gpx = "<?xml version=\"1.0\"?>\n<gpx xmlns=\"http://www.topografix.com/GPX/1/1\" "
                      "version=\"1.1\" creator=\"test\"><trk><trkseg>\n";
    for (const TimedFix& f : made.fixes) {
        const LatLon at = f.fix.at;
        csv += fmt::format("101,{},{:.6f},{:.6f}\n", to_iso(f.fix.time), at.lat, at.lon);
        gpx += fmt::format("<trkpt lat=\"{:.6f}\" lon=\"{:.6f}\"><time>{}</time></trkpt>\n",
                           at.lat, at.lon, to_iso(f.fix.time));
    }
    const TempFile csv_file("-fixes.csv", csv);
    const TempFile gpx_file("-fixes.gpx", gpx + "</trkseg></trk></gpx>\n");
    const auto from_csv = trips_from_fixes(csv_file.path(), network);
    const auto from_gpx = trips_from_fixes(gpx_file.path(), network);
    REQUIRE(from_csv.ok());
    REQUIRE(from_gpx.ok());
    REQUIRE(from_csv->trips.size() == from_gpx->trips.size());
    CHECK(from_csv->trips.size() == 4);
    for (std::size_t i = 0; i < from_csv->trips.size(); ++i) {
        CHECK(from_csv->trips[i].seconds == from_gpx->trips[i].seconds);
        CHECK(from_csv->trips[i].driven_m == from_gpx->trips[i].driven_m);
    }
}

TEST_CASE("GPX that is no GPX is refused by line; fixes without time are named and left out") {
    const TempFile broken("-a.gpx", "<gpx><trk>\n<trkseg>\n</trk></gpx>");
    const auto refused = read_gpx(broken.path());
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().line == 3);
    const auto point = [](const char* lat, const char* time) {
        return std::string{"<trkpt lat=\""} + lat + "\" lon=\"76.9\">" + time + "</trkpt>\n";
    };
    const TempFile some("-b.gpx", "<gpx><trk><trkseg>\n" +
                                      point("43.2", "<time>2026-10-05T03:00:00Z</time>") +
                                      point("43.2", "") +
                                      point("943.2", "<time>2026-10-05T03:00:05Z</time>") +
                                      point("43.2", "<time>2026-10-05T02:59:05Z</time>") +
                                      "</trkseg></trk></gpx>");
    const auto read = read_gpx(some.path());
    REQUIRE(read.ok());
    CHECK(read->segments.front().size() == 1);
    REQUIRE(read->unreadable.size() == 3);
    CHECK(read->unreadable[0].line == 3);
    CHECK(read->unreadable[0].field == "time");
    CHECK(read->unreadable[1].field == "lat, lon");
}

TEST_CASE("GPX files of real receivers: read, or refused with a reason") {
    const auto empty = test::shared_data("gps/no_trkpt.gpx");
    const auto tour = test::shared_data("gps/issue-13.gpx");
    if (!empty || !tour) return;
    CHECK_FALSE(read_gpx(*empty).ok());
    const auto read = read_gpx(*tour);
    REQUIRE(read.ok());
    // All of its points carry one and the same time.
    CHECK(read->segments.front().size() == 1);
    REQUIRE_FALSE(read->unreadable.empty());
    CHECK(read->unreadable.front().field == "time");
}

TEST_CASE("the ways of a journal: from where the brigade set out to the scene") {
    const TempFile file("-room.sqlite");
    const std::string url = "sqlite:" + file.path();
    const LatLon base = in_town(0.3, 0.4), scene = in_town(0.6, 0.5);
    Instant now{1'790'000'000'000};
    {
        auto journal = open_journal(url);
        REQUIRE(journal.ok());
        auto engine = Engine::open(std::move(*journal), {});
        REQUIRE(engine.ok());
        int n = 0;
        const auto tell = [&](Command command, int seconds) {
            now = now + std::chrono::seconds{seconds};
            CommandEnvelope envelope;
            envelope.command = std::move(command);
            envelope.actor = "desk";
            envelope.seat = Seat::dispatcher;
            envelope.id = "c" + std::to_string(++n);
            const auto outcome = (*engine)->perform(envelope, now);
            CAPTURE(n);
            REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
        };
        const BrigadeId brigade{7};
        tell(RegisterBrigade{.brigade = brigade, .name = "7", .base = {}, .base_place = base,
                             .shift_end = {}}, 1);
        tell(ReportStatus{.brigade = brigade, .status = BrigadeStatus::free_at_base}, 1);
        tell(ReceiveCall{}, 1);
        const IncidentId call{1};
        tell(RecordIntake{.incident = call, .lat = scene.lat, .lon = scene.lon}, 1);
        tell(SetCategory{.incident = call, .category = triage::Category::u1}, 1);
        tell(AssignBrigade{.incident = call, .brigade = brigade}, 10);
        tell(ReportStatus{.brigade = brigade, .status = BrigadeStatus::accepted}, 10);
        tell(ReportStatus{.brigade = brigade, .status = BrigadeStatus::departed}, 40);
        tell(ReportStatus{.brigade = brigade, .status = BrigadeStatus::on_scene}, 480);
    }
    const auto read = trips_from_journal(url);
    REQUIRE(read.ok());
    REQUIRE(read->trips.size() == 1);
    const Trip& trip = read->trips[0];
    CHECK(trip.seconds == 480);
    CHECK(distance_m(trip.from, base) < 1);
    CHECK(distance_m(trip.to, scene) < 1);
    CHECK(trip.urgency == triage::Category::u1);
    CHECK_FALSE(trips_from_journal("sqlite:/nowhere/room.sqlite").ok());
}
