#include <catch2/catch.hpp>
#include <algorithm>
#include <chrono>
#include <numeric>

#include "base/install.h"
#include "dispatch/cover/room_staffing.h"

using namespace jedel;
using namespace jedel::cover;

namespace {

const std::string home = JEDEL_SOURCE_DIR;
const Instant noon = from_iso("2026-03-11T07:00:00Z").value();

std::shared_ptr<const City> training() {
    static const auto city = *load_city(home + "/data/city/training");
    return city;
}

std::string law(const std::string& name) { return *read_file(home + "/data/law/" + name); }

std::unique_ptr<RoomCover> room(const std::string& posts = {}) {
    return std::make_unique<RoomCover>(training(), law("cover.toml"), law("speeds.toml"), posts);
}

/// The station's brigades at their bases.
std::vector<IdleBrigade> at_bases(std::size_t count = 1000) {
    std::vector<IdleBrigade> out;
    for (const RosterBrigade& b : training()->organisations.roster) {
        if (b.kind == BrigadeKind::polyclinic || out.size() >= count) continue;
        const Organisation* base = training()->organisations.find(b.base);
        out.push_back({b.id, base->place, base->place, std::to_string(base->id.value)});
    }
    return out;
}

}  // namespace

TEST_CASE("the shipped row is read, and a wrong one names its field") {
    const auto table = parse_cover(law("cover.toml"), "cover.toml", 20'000);
    REQUIRE(table);
    CHECK(table->target_s == 600);
    CHECK_FALSE(table->approved);
    const auto wrong = [](std::string key, std::string value) {
        std::string text = law("cover.toml");
        const auto at = text.find("\n" + key + " = ");
        REQUIRE(at != std::string::npos);
        text.replace(at, text.find('\n', at + 1) - at, "\n" + key + " = " + value);
        return parse_cover(text, "cover.toml", 20'000).error();
    };
    CHECK(wrong("prior_busy", "1.5").field == "prior_busy");
    CHECK(wrong("late_max", "\"a\"").field == "late_max");
    CHECK(wrong("least_gain", "nan").field == "least_gain");
    CHECK(wrong("from", "\"yesterday\"").field == "from");
    CHECK(wrong("cell_m", "0").line > 0);
    CHECK_FALSE(parse_cover("", "cover.toml", 20'000));
    const std::string typo = law("cover.toml") + "\nleast_gian = 1\n";
    CHECK(parse_cover(typo, "cover.toml", 20'000).error().field == "least_gian");
}

TEST_CASE("posts of a city: bases, polyclinics and rows, the last of an id counts") {
    const char* rows = R"(
[[post]]
id = "bazaar"
from = "2026-01-01"
name_kk = "Базар"
name_ru = "Базар"
name_en = "Bazaar"
lat = 48.62
lon = 70.55
room = 1
)";
    const auto read = parse_posts(rows, "posts.toml", 20'500, 2);
    REQUIRE(read);
    const auto posts = posts_of(training()->organisations, *read, 2);
    CHECK(posts.back().id == "bazaar");
    CHECK(posts.back().room == 1);
    const auto bases = std::count_if(posts.begin(), posts.end(), [](auto& p) { return p.base; });
    CHECK(bases == 7);
    CHECK(parse_posts(rows, "posts.toml", 10'000, 2)->empty());
    CHECK(parse_posts("", "posts.toml", 20'500, 2)->empty());
    CHECK(parse_posts(std::string{rows} + "rom = 3\n", "posts.toml", 20'500, 2).error().field ==
          "rom");
    CHECK(parse_posts("[[pots]]\nid = \"x\"\n", "posts.toml", 20'500, 2).error().field == "pots");
    CHECK(parse_posts("[[post]]\nid = \"x\"\nfrom = \"2026-01-01\"\n", "posts.toml", 20'500, 2)
              .error()
              .field == "name_kk");
}

TEST_CASE("demand sums to one at every hour, and a room's calls move it") {
    DemandMap map{*training(), 600};
    REQUIRE(map.cells().size() > 100);
    const auto sum = [](const std::vector<double>& v) {
        return std::accumulate(v.begin(), v.end(), 0.0);
    };
    for (int h = 0; h < 24; ++h) CHECK(sum(map.at_hour(h)) == Approx(1));
    RoomRates rates;
    const std::size_t chosen = map.cells().size() / 2;
    for (int i = 0; i < 50; ++i) {
        rates.placed.push_back({map.cells()[chosen].place, 3, Category::u1});
    }
    rates.placed.push_back({{10, 10}, 3, Category::u1});
    const double before = map.at_hour(3)[chosen];
    map.take(rates, 200);
    CHECK(map.outside() == 1);
    CHECK(map.at_hour(3)[chosen] > before + 0.2);
    // In the afternoon only the calls of the day speak for it, not those of the night's hours.
    CHECK(map.at_hour(15)[chosen] < map.at_hour(3)[chosen]);
    CHECK(map.at_hour(15)[chosen] > before);
    for (int h = 0; h < 24; ++h) CHECK(sum(map.at_hour(h)) == Approx(1));
}

TEST_CASE("a city with all at their bases is covered; without anybody it is not") {
    const auto cover = room();
    const auto all = at_bases();
    const CoverAdvice full = cover->advise(all, 2, {}, 7, noon);
    REQUIRE_FALSE(cover->problem());
    CHECK(full.state_seq == 7);
    CHECK(full.idle == all.size());
    CHECK(full.unknown == 2);
    CHECK(full.now.share > 0.5);
    CHECK(full.now.share == Approx(full.settled.share));
    CHECK(full.now.expected < full.now.share);
    CHECK(full.hour == 12);
    CHECK_FALSE(full.busy.from_room);
    const CoverAdvice none = cover->advise({}, 0, {}, 8, noon);
    CHECK(none.now.share == 0);
    CHECK(none.moves.empty());
}

TEST_CASE("a plan gains what it promises when its moves are made") {
    const auto cover = room();
    auto idle = at_bases(4);  // all at one or two bases: much to gain
    const CoverAdvice before = cover->advise(idle, 0, {}, 1, noon);
    REQUIRE_FALSE(before.moves.empty());
    double gained = 0;
    for (const PostMove& move : before.moves) {
        gained += move.gain;
        const Post& post = cover->posts()[move.post];
        for (IdleBrigade& b : idle) {
            if (b.brigade == move.brigade) b = {b.brigade, post.place, post.place, post.id};
        }
    }
    const CoverAdvice then = cover->advise(idle, 0, {}, 2, noon);
    CHECK(then.now.expected == Approx(before.expected_then).margin(1e-9));
    CHECK(then.now.share == Approx(before.share_then).margin(1e-9));
    CHECK(then.now.expected == Approx(before.settled.expected + gained).margin(1e-9));
}

TEST_CASE("a brigade that comes free goes where the most is added") {
    const auto cover = room();
    const auto idle = at_bases(3);
    const auto move = cover->post_for(idle, idle[0].place, {}, {}, noon);
    REQUIRE(move);
    CHECK(move->gain > 0);
    // Every other post adds no more: the whole list is tried by hand.
    for (const Post& post : cover->posts()) {
        auto with = idle;
        with.push_back({{9999}, post.place, post.place, post.id});
        const double gain = cover->advise(with, 0, {}, 1, noon).now.expected -
                            cover->advise(idle, 0, {}, 1, noon).now.expected;
        CHECK(gain <= move->gain + 1e-9);
        // Its own post is kept where no other adds enough to be worth a drive.
        const auto kept = cover->post_for(idle, idle[0].place, post.id, {}, noon);
        REQUIRE(kept);
        const bool worth = move->gain - gain >= cover->table().least_gain;
        const std::string& chosen = cover->posts()[kept->post].id;
        CHECK(chosen == (worth ? cover->posts()[move->post].id : post.id));
    }
}

TEST_CASE("the same room gives the same plan, whatever was asked before") {
    const auto one = room(), two = room();
    const auto idle = at_bases(5);
    two->advise(at_bases(), 0, {}, 1, noon + std::chrono::hours{5});
    two->advise(at_bases(2), 0, {}, 1, noon);
    const auto a = one->advise(idle, 0, {}, 1, noon);
    const auto b = two->advise(idle, 0, {}, 1, noon);
    CHECK(a.now.share == b.now.share);
    CHECK(a.now.expected == b.now.expected);
    REQUIRE(a.moves.size() == b.moves.size());
    for (std::size_t i = 0; i < a.moves.size(); ++i) {
        CHECK(a.moves[i].brigade == b.moves[i].brigade);
        CHECK(a.moves[i].post == b.moves[i].post);
    }
}

TEST_CASE("a closed road takes cover away and a plan never counts on it") {
    const auto cover = room();
    const auto idle = at_bases(6);
    const double open = cover->advise(idle, 0, {}, 1, noon).now.share;
    std::vector<roads::SegmentChange> closed;
    for (std::uint32_t s = 0; s < training()->roads->segments.size(); s += 3) {
        closed.push_back({.segment = s, .closed = true});
    }
    const double shut = cover->advise(idle, 0, closed, 1, noon).now.share;
    CHECK(shut < open);
    CHECK(cover->advise(idle, 0, {}, 1, noon).now.share == open);
}

TEST_CASE("staffing of the training city: limits are kept, and one brigade fewer breaks one") {
    const auto cover = room();
    const RoomStaffing answer = room_staffing(*cover, *training(), noon);
    REQUIRE_FALSE(cover->problem());
    CHECK(answer.hours[12].norm == 40);
    double residents = 0, norm = 0;
    int on_duty = 0;
    for (const District& d : answer.districts) {
        residents += d.residents;
        norm += d.norm;
        on_duty += d.on_duty[12];
    }
    CHECK(answer.districts.size() == 7);
    CHECK(residents == Approx(400'000).epsilon(0.02));
    CHECK(norm == Approx(40).epsilon(0.02));
    CHECK(on_duty == answer.hours[12].on_duty);
    for (const HourNeed& need : answer.hours) {
        CHECK_FALSE(need.from_room);
        if (need.needed == 0) {
            CHECK(need.late_unreachable);
            continue;
        }
        CHECK(need.delay_then <= answer.table.delay_max);
        CHECK(need.late_then <= answer.table.late_max);
        CHECK(need.needed >= need.needed_for_delay);
        CHECK(need.late_least <= need.late_then + 1e-9);
    }
}

TEST_CASE("when no base reaches enough of the demand, that is said instead of a number") {
    StaffingPlaces places;
    for (std::size_t h = 0; h < hours_of_day; ++h) {
        places.travel_s[h] = {{100, 900}, {900, 900}};
        places.demand[h] = {0.5, 0.5};
    }
    RoomFigures figures;
    for (HourFigures& hour : figures.hours) hour.sent.value = 4;
    figures.service_s.value = 3600;
    figures.turnout_s.value = 60;
    std::array<int, hours_of_day> duty{};
    duty.fill(8);
    const auto needs = staffing(figures, {}, places, duty, 50'000);
    CHECK(needs[0].late_unreachable);
    CHECK(needs[0].needed == 0);
    CHECK(needs[0].late_least == Approx(0.5));
    CHECK(needs[0].late >= 0.5);
    CHECK(needs[0].norm == 5);
    // In reach from everywhere: the delay alone decides.
    for (std::size_t h = 0; h < hours_of_day; ++h) places.travel_s[h] = {{100, 200}, {200, 100}};
    const auto near = staffing(figures, {}, places, duty, 50'000);
    CHECK(near[0].needed == near[0].needed_for_delay);
    CHECK(near[0].late_then == Approx(near[0].delay_then).margin(1e-6));
}

// Hidden, for a person who asks how long it takes; bench_cover measures it beside a peer.
TEST_CASE("a plan for the training city in milliseconds", "[.speed]") {
    const auto cover = room();
    auto idle = at_bases();
    (void)cover->advise(idle, 0, {}, 1, noon);
    using Wall = std::chrono::steady_clock;
    const auto began = Wall::now();
    constexpr int times = 50;
    const auto& people = training()->roads->population;
    for (int i = 0; i < times; ++i) {
        for (std::size_t b = 0; b < idle.size(); ++b) {
            idle[b].place = people[(b * 7919 + static_cast<std::size_t>(i) * 104'729) %
                                   people.size()].at.degrees();
        }
        (void)cover->advise(idle, 0, {}, 1, noon);
    }
    const std::chrono::duration<double, std::milli> took = Wall::now() - began;
    WARN(took.count() / times << " ms a plan, " << cover->demand().cells().size()
                              << " squares, " << idle.size() << " brigades, "
                              << cover->posts().size() << " posts");
}
