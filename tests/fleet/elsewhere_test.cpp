// Advice by hour and findings, aviation's grounds, hospitals by road, profile and announced state.

#include "dispatch/fleet/elsewhere.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "base/install.h"
#include "dispatch/fleet/dispatch_table.h"
#include "dispatch/fleet/hospitals.h"
#include "dispatch/fleet/watch.h"
#include "tests/core/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

std::string law(const std::string& name) {
    return std::string{JEDEL_SOURCE_DIR} + "/data/law/" + name;
}

const ElsewhereTables& tables() {
    static const ElsewhereTables held =
        parse_elsewhere(read_file(law("advice.toml")).value(), "advice.toml",
                        read_file(law("aviation.toml")).value(), "aviation.toml")
            .value();
    return held;
}

ProfileTable profiles() {
    return parse_profiles(read_file(law("hospital_profiles.toml")).value(), "p.toml").value();
}

Incident with_rules(Category category, std::vector<std::string> rules) {
    Incident incident;
    incident.id = {1};
    incident.category = category;
    incident.patients.emplace_back().triage.rules = std::move(rules);
    return incident;
}

std::set<std::string> advised(const Incident& incident, const char* iso,
                              const Organisation* polyclinic = nullptr) {
    const Instant t = from_iso(iso).value();
    std::set<std::string> out;
    for (const AdviceItem* item :
         advice_for(tables(), incident, to_civil(t, 300), day_of(t, 300), polyclinic)) {
        out.insert(item->id);
    }
    return out;
}

constexpr const char* noon = "2026-03-02T12:00:00+05:00";
constexpr const char* evening = "2026-03-02T18:00:00+05:00";
constexpr const char* night = "2026-03-02T03:00:00+05:00";

}  // namespace

TEST_CASE("S0 598-606: the registry takes home calls from 08:00 to 18:00") {
    const Incident four = with_rules(Category::u4, {"U4.13"});
    CHECK(advised(four, "2026-03-02T08:00:00+05:00").contains("registry_call"));
    CHECK(advised(four, "2026-03-02T17:59:59+05:00").contains("registry_call"));
    CHECK_FALSE(advised(four, evening).contains("registry_call"));
    CHECK_FALSE(advised(four, night).contains("registry_call"));
}

TEST_CASE("S0 658-660, 665: a nurse at home, not with bleeding or lost consciousness") {
    Incident four = with_rules(Category::u4, {"U4.14"});
    CHECK(advised(four, noon).contains("home_nurse"));
    for (const char* finding : {"unconscious", "bleeding_any", "consciousness_worsening"}) {
        four.patients[0].findings = {{finding, "yes", Source::caller, {}}};
        CHECK_FALSE(advised(four, noon).contains("home_nurse"));
        four.patients[0].findings[0].value = "no";
        CHECK(advised(four, noon).contains("home_nurse"));
    }
}

TEST_CASE("S0 669, 670: the district doctor comes home by day") {
    CHECK(advised(with_rules(Category::u4, {"U4.04"}), noon).contains("home_doctor"));
    CHECK_FALSE(advised(with_rules(Category::u4, {"U4.04"}), evening).contains("home_doctor"));
}

TEST_CASE("S0 627, 629, 644: the mobile group until 18:00, then the emergency brigade") {
    const Incident fever = with_rules(Category::u4, {"U4.14"});
    CHECK(advised(fever, noon).contains("mobile_group"));
    CHECK(advised(fever, "2026-03-02T17:59:59+05:00").contains("mobile_group"));
    CHECK_FALSE(advised(fever, evening).contains("mobile_group"));
    CHECK(advised(fever, evening).contains("mobile_group_after"));
    CHECK(advised(fever, night).contains("mobile_group_night"));
    CHECK(advised(fever, noon).contains("self_check"));
    CHECK_FALSE(advised(with_rules(Category::u4, {"U4.08"}), noon).contains("mobile_group"));
}

TEST_CASE("S0 590-594, 692: filter and pre-doctor room while the place's polyclinic is open") {
    Organisation polyclinic{.id = {301}};
    polyclinic.hours = {{0, 4, 480, 1200}};
    const Incident four = with_rules(Category::u4, {"U4.02"});
    CHECK(advised(four, noon, &polyclinic).contains("filter_room"));
    CHECK(advised(four, noon, &polyclinic).contains("pre_doctor_room"));
    CHECK_FALSE(advised(four, night, &polyclinic).contains("filter_room"));
    CHECK_FALSE(advised(four, noon).contains("filter_room"));  // whose hours, nobody knows
}

TEST_CASE("S0 689: trauma point and reception round the clock, the second for every category") {
    CHECK(advised(with_rules(Category::u4, {"U4.03"}), night).contains("trauma_point"));
    CHECK_FALSE(advised(with_rules(Category::u4, {"U4.13"}), night).contains("trauma_point"));
    for (const Category c : {Category::u1, Category::u2, Category::u3, Category::u4}) {
        CHECK(advised(with_rules(c, {}), night).contains("reception"));
    }
    CHECK(advised(with_rules(Category::u1, {"U1.07"}), noon) == std::set<std::string>{"reception"});
}

TEST_CASE("S0 694, 698-706: planned care and what needs no referral") {
    const auto four = advised(with_rules(Category::u4, {"U4.04"}), noon);
    CHECK(four.contains("planned_care"));
    CHECK(four.contains("no_referral"));
}

TEST_CASE("S1 318-365: eleven grounds decide ground or air, and who rides along") {
    REQUIRE(tables().aviation.size() == 11);
    std::set<std::string> ground, air;
    for (const AviationGround& g : tables().aviation) {
        (g.aircraft ? air : ground).insert(g.source);
    }
    CHECK(ground == std::set<std::string>{"S1 318-321", "S1 323-324", "S1 326-329", "S1 331-333",
                                          "S1 335-338"});
    CHECK(air == std::set<std::string>{"S1 343-345", "S1 347-348", "S1 350-353", "S1 355-359",
                                       "S1 361-362", "S1 364-365"});
    const auto find = [](std::string_view id) {
        for (const AviationGround& g : tables().aviation) {
            if (g.id == id) return g;
        }
        FAIL("no such ground");
        return AviationGround{};
    };
    CHECK(may_ride_along(find("air_home"), 17.9));
    CHECK_FALSE(may_ride_along(find("air_home"), 18.0));
    CHECK_FALSE(may_ride_along(find("air_home"), std::nullopt));
    CHECK(may_ride_along(find("air_from_abroad"), 40.0));
    CHECK_FALSE(may_ride_along(find("air_biomaterial"), 5.0));
}

TEST_CASE("S1 170-174: open before closed, profile before the way, life before the profile") {
    Organisations o;
    o.all = {{.id = {201}, .kind = OrganisationKind::hospital},
             {.id = {202}, .kind = OrganisationKind::hospital},
             {.id = {203}, .kind = OrganisationKind::hospital}};
    o.all[0].profiles = {"emergency", "trauma"};
    o.all[1].profiles = {"emergency", "cardiology"};
    o.all[2].profiles = {"emergency", "cardiology"};
    const std::vector<HospitalChoice> travel{
        {.hospital = {201}, .travel_s = 100, .until = {}, .beds = {}, .said_at = {}},
        {.hospital = {202}, .travel_s = 300, .until = {}, .beds = {}, .said_at = {}},
        {.hospital = {203}, .travel_s = 400, .until = {}, .beds = {}, .said_at = {}}};
    Room room;
    const auto order = [&](const Incident& incident) {
        const HospitalNeed need = hospital_need(profiles(), incident, 20'000);
        std::vector<std::uint64_t> out;
        for (const auto& c : rank_hospitals(travel, o, room.state, need, room.now)) {
            out.push_back(c.hospital.value);
        }
        return out;
    };
    using Ids = std::vector<std::uint64_t>;
    const Incident heart = with_rules(Category::u1, {"U1.07"});
    const Incident stopped = with_rules(Category::u1, {"U1.03", "U1.07"});
    CHECK(order(heart) == Ids{202, 203, 201});
    CHECK(order(stopped) == Ids{201, 202, 203});
    CHECK(order(with_rules(Category::u4, {})) == Ids{201, 202, 203});
    const Instant until = room.now + std::chrono::hours{1};
    REQUIRE(room.tell(AnnounceHospital{{202}, HospitalState::closed, until, {}, {}}));
    CHECK(order(heart) == Ids{203, 201, 202});
    REQUIRE(room.tell(AnnounceHospital{{203}, HospitalState::open, {}, 0, {}}));
    CHECK(order(heart) == Ids{201, 203, 202});  // no bed is better than closed
    room.now = until;                           // what was said until then is over
    CHECK(order(heart) == Ids{202, 201, 203});
    // Nothing is left out, and the nearest is marked whatever its place.
    const auto all = rank_hospitals(travel, o, room.state,
                                    hospital_need(profiles(), heart, 20'000), room.now);
    for (const auto& c : all) CHECK(c.nearest == (c.hospital == OrganisationId{201}));
}

TEST_CASE("a key that nobody knows is refused by name and line: its value would be lost") {
    const auto wrong = [](const std::string& name, auto&& parse) {
        const std::string text = read_file(law(name)).value();
        const auto sound = parse(text);
        CAPTURE(name);
        CHECK(sound);
        const long lines = std::count(text.begin(), text.end(), '\n');
        const Error error = parse(text + "\nnevr = [\"pain\"]\n").error();
        CHECK(error.field == "nevr");
        CHECK(error.where == name);
        CHECK(error.line == lines + 2);
    };
    const std::string advice = read_file(law("advice.toml")).value();
    const std::string aviation = read_file(law("aviation.toml")).value();
    wrong("advice.toml", [&](const std::string& text) {
        return parse_elsewhere(text, "advice.toml", aviation, "aviation.toml");
    });
    wrong("aviation.toml", [&](const std::string& text) {
        return parse_elsewhere(advice, "advice.toml", text, "aviation.toml");
    });
    wrong("hospital_profiles.toml", [](const std::string& text) {
        return parse_profiles(text, "hospital_profiles.toml");
    });
    wrong("watch.toml", [](const std::string& text) { return parse_watch(text, "watch.toml"); });
    wrong("dispatch.toml", [](const std::string& text) {
        return parse_dispatch(text, "dispatch.toml", 20'000);
    });
}

TEST_CASE("an empty text in a list of rules is no rule") {
    const auto with_empty = [](std::string text, const std::string& list) {
        const auto at = text.find(list);
        REQUIRE(at != std::string::npos);
        return text.replace(at + list.size() - 1, 1, ", \"\"]");
    };
    const std::string advice = read_file(law("advice.toml")).value();
    const std::string aviation = read_file(law("aviation.toml")).value();
    CHECK(parse_elsewhere(with_empty(advice, "rules = [\"U4\"]"), "a", aviation, "b")
              .error()
              .field == "rules");
    CHECK(parse_profiles("[[row]]\nid='a'\nfrom='2026-01-01'\nprofile='p'\nsource='s'\n"
                         "rules=['U1.01','']\n",
                         "p")
              .error()
              .field == "rules");
}

TEST_CASE("a row of crews is read whatever its day, and a wrong one is found before it comes") {
    const std::string text = read_file(law("dispatch.toml")).value() +
                             "[[break]]\nid = \"later\"\nfrom = \"2090-01-01\"\n"
                             "after_min = -1\nlength_min = 1\npenalty_s = 1\nsource = \"s\"\n";
    CHECK(parse_dispatch(text, "dispatch.toml", 20'000).error().field == "after_min");
}
