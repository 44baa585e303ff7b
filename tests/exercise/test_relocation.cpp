// Brigades asked to wait at posts: the world obeys whoever asked, and two ways to place them are
// compared on the same days.

#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/exercise/compare.h"
#include "tests/exercise/person.h"

using namespace jedel;
using namespace jedel::exercise;
using namespace jedel::test;

TEST_CASE("a crew that a person asks to a post drives there, waits, and can be sent from there") {
    Room room{small_log(8, 60), Policy::nobody};
    room.until([&] { return room.free_brigade().value != 0; });
    const BrigadeId brigade = room.free_brigade();
    const LatLon post = room.input->city->organisations.find({4})->place;
    room.must(MoveToPost{.brigade = brigade, .post = "4", .place = post});
    const auto standby = [&] { return room.state().brigades.find(brigade)->standby; };
    room.until([&] { return standby() && standby()->arrived_at; });
    CHECK(standby()->departed_at < standby()->arrived_at);
    CHECK(is_free(*room.state().brigades.find(brigade)));
    CHECK(distance_m(room.engine->fixes().find(brigade)->second.place, post) < 5);
    room.until([&] { return room.told() != nullptr; });
    const IncidentId incident = room.told()->id;
    REQUIRE(room.send(incident, brigade));
    CHECK_FALSE(standby());
    room.until([&] { return room.status(brigade) == BrigadeStatus::free_at_base; });
    CHECK(room.result(incident).closed);
    CHECK(room.refusals() == 0);
}

TEST_CASE("a crew whose wait a person ends goes home") {
    Room room{small_log(8, 60), Policy::nobody};
    room.until([&] { return room.free_brigade().value != 0; });
    const BrigadeId brigade = room.free_brigade();
    room.must(MoveToPost{.brigade = brigade, .post = "4",
                         .place = room.input->city->organisations.find({4})->place});
    room.until([&] {
        return room.state().brigades.find(brigade)->standby->arrived_at.has_value();
    });
    room.must(ReportPost{.brigade = brigade, .step = PostStep::ended, .reason = "called_off"});
    room.until([&] { return room.status(brigade) == BrigadeStatus::free_at_base; });
    const Brigade& home = *room.state().brigades.find(brigade);
    CHECK(distance_m(room.engine->fixes().find(brigade)->second.place, home.base_place) < 5);
}

TEST_CASE("a paired difference has the interval of Student's t") {
    const Paired p = paired({1, 2, 3, 4}, {2, 2, 5, 3});
    CHECK(p.home == Approx(2.5));
    CHECK(p.moved == Approx(3));
    CHECK(p.difference == Approx(0.5));
    // Differences 1, 0, 2, −1: deviation 1.2910, over √4, times 3.182.
    CHECK(p.half == Approx(2.0540).margin(1e-3));
    CHECK(paired({1}, {2}).half == 0);
    CHECK(paired({}, {}).difference == 0);
}

TEST_CASE("days are played both ways with the same calls, and the same number gives the same") {
    const std::string home = JEDEL_SOURCE_DIR;
    const auto base = load_replay({.install_folder = home,
                                   .log = home + "/data/logs/training-day.csv",
                                   .mapping = home + "/data/mappings/training-day.toml",
                                   .city_folder = home + "/data/city/training"});
    REQUIRE(base);
    const auto complaints =
        parse_complaints(*read_file(home + "/data/logs/complaints.tsv"), "complaints.tsv");
    REQUIRE(complaints);
    const CompareWanted wanted{.seed = 5, .days = 2, .learn_days = 1, .calls = 60,
                               .first_day = 20'521, .brigades = 6};
    const auto one = compare_relocation(*base, *complaints, wanted);
    const auto two = compare_relocation(*base, *complaints, wanted);
    REQUIRE(one);
    REQUIRE(two);
    REQUIRE(one->home.size() == 2);
    long moves = 0;
    for (std::size_t d = 0; d < 2; ++d) {
        CHECK(one->home[d].moves == 0);
        CHECK(one->home[d].u1 == one->moved[d].u1);
        CHECK(one->home[d].all == one->moved[d].all);
        CHECK(one->home[d].mean_s == two->home[d].mean_s);
        CHECK(one->moved[d].mean_s == two->moved[d].mean_s);
        moves += one->moved[d].moves;
    }
    CHECK(moves > 0);
    CHECK_FALSE(one->learned);  // one day is too little: the dated row stands in
}
