#include "dispatch/fleet/category4.h"

#include <catch2/catch.hpp>

#include "base/install.h"

using namespace jedel;

namespace {

Category4Table table() {
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/category4.toml";
    return parse_category4(read_file(file).value(), file).value();
}

Organisations polyclinics() {
    Organisations o;
    Organisation big{.id = {301}, .kind = OrganisationKind::polyclinic};
    big.residents = 60'000;
    big.licence = "L-301";
    big.service_area = {{50, 70}, {50, 70.1}, {50.1, 70.1}, {50.1, 70}};
    Organisation small{.id = {302}, .kind = OrganisationKind::polyclinic};
    small.residents = 15'000;
    small.passes_u4_to = OrganisationId{301};
    small.service_area = {{50.1, 70}, {50.1, 70.1}, {50.2, 70.1}, {50.2, 70}};
    o.all = {big, small};
    return o;
}

/// Routes at a local civil time given as ISO with its offset.
Category4Route at(const char* iso, std::optional<OrganisationId> attached = {},
                  std::optional<LatLon> place = LatLon{50.05, 70.05}) {
    const Instant t = from_iso(iso).value();
    return route_category4(table(), polyclinics(), to_civil(t, 300), day_of(t, 300), attached,
                           place);
}

}  // namespace

TEST_CASE("U4 by the hour: the weekday row from 08:00 to 20:00, else the station") {
    using enum Category4Server;
    REQUIRE(at("2026-03-02T07:59:59+05:00").row.server == station);
    REQUIRE(at("2026-03-02T08:00:00+05:00").row.server == polyclinic_mobile);
    REQUIRE(at("2026-03-02T19:59:59+05:00").row.server == polyclinic_mobile);
    REQUIRE(at("2026-03-02T20:00:00+05:00").row.server == station);
    REQUIRE(at("2026-03-06T12:00:00+05:00").row.server == polyclinic_mobile);  // Friday
    REQUIRE(at("2026-03-07T12:00:00+05:00").row.server == station);            // Saturday
    REQUIRE(at("2026-03-08T12:00:00+05:00").row.server == station);            // Sunday
}

TEST_CASE("S1 213-217, S0 588: before the ministry's row the polyclinic serves round the clock") {
    const auto before = at("2025-04-30T23:59:59+05:00");
    REQUIRE(before.row.id == "default");
    REQUIRE(before.row.source == "S1, D2/D3");
    REQUIRE(before.polyclinic == OrganisationId{301});
    REQUIRE(at("2025-05-01T00:00:00+05:00").row.server == Category4Server::station);
    REQUIRE(at("2025-05-01T08:00:00+05:00").row.id == "ministry-2025-weekday");
}

TEST_CASE("S1 255-260: the polyclinic of the place serves, whatever the attachment") {
    const auto attached = at("2026-03-02T12:00:00+05:00", OrganisationId{302});
    REQUIRE(attached.polyclinic == OrganisationId{301});
    REQUIRE(attached.attached == OrganisationId{302});
    REQUIRE(attached.reasons == std::vector<std::string>{"service_area", "attached_elsewhere"});
    const auto at_home = at("2026-03-02T12:00:00+05:00", OrganisationId{301});
    REQUIRE(at_home.reasons == std::vector<std::string>{"service_area"});
    REQUIRE(at("2026-03-02T12:00:00+05:00").polyclinic == OrganisationId{301});
    REQUIRE_FALSE(at("2026-03-02T12:00:00+05:00", {}, LatLon{10, 10}).polyclinic);
}

TEST_CASE("S0 617: where the place is not known the attachment is a hint, and drives nobody") {
    const auto hint = at("2026-03-02T12:00:00+05:00", OrganisationId{301}, std::nullopt);
    REQUIRE_FALSE(hint.polyclinic);
    REQUIRE(hint.attached == OrganisationId{301});
    REQUIRE(hint.reasons == std::vector<std::string>{"place_unknown", "attachment_is_a_hint"});
    const auto nothing = at("2026-03-02T12:00:00+05:00", {}, std::nullopt);
    REQUIRE_FALSE(nothing.polyclinic);
    REQUIRE(nothing.reasons == std::vector<std::string>{"place_unknown"});
    // Attached to what is no polyclinic of this city: nothing to hint at.
    REQUIRE_FALSE(at("2026-03-02T12:00:00+05:00", OrganisationId{999}, std::nullopt).attached);
}

TEST_CASE("S1 262-265: under 20 000 residents U4 goes on to another one that has a licence") {
    const LatLon in_small{50.15, 70.05};
    const auto on_day = [&](Organisations o, const char* iso = "2026-03-02T12:00:00+05:00") {
        const Instant t = from_iso(iso).value();
        return route_category4(table(), o, to_civil(t, 300), day_of(t, 300), {}, in_small);
    };
    const auto passed = on_day(polyclinics());
    REQUIRE(passed.polyclinic == OrganisationId{301});
    REQUIRE(passed.instead_of == OrganisationId{302});
    Organisations o = polyclinics();
    o.all[0].licence.clear();
    REQUIRE(on_day(o).polyclinic == OrganisationId{302});
    REQUIRE(on_day(o).reasons.back() == "substitute_unlicensed");
    REQUIRE_FALSE(on_day(o).instead_of);
    // The last day of the licence is one of it.
    o = polyclinics();
    o.all[0].licence_until_day = day_from_iso("2026-03-02");
    REQUIRE(on_day(o).polyclinic == OrganisationId{301});
    REQUIRE(on_day(o, "2026-03-03T12:00:00+05:00").polyclinic == OrganisationId{302});
    // At 20 000 it serves itself; where the number is not known it does, too.
    for (const int residents : {20'000, 0}) {
        o = polyclinics();
        o.all[1].residents = residents;
        REQUIRE(on_day(o).polyclinic == OrganisationId{302});
    }
    // A station is licensed by what it is, and serves from its own queue.
    o = polyclinics();
    o.all.insert(o.all.begin(), {.id = {101}, .kind = OrganisationKind::station});
    o.all[2].passes_u4_to = OrganisationId{101};
    REQUIRE_FALSE(on_day(o).polyclinic);
    REQUIRE(on_day(o).instead_of == OrganisationId{302});
}

TEST_CASE("a centre's own rows hold before the country's, in their own hours and from their day") {
    const char* own = "[[row]]\nid='own-evening'\nfrom='2026-01-01'\nweekdays='mon-sun'\n"
                      "hours='20:00-23:00'\nserver='polyclinic_emergency'\nsource='order 7'\n";
    Category4Table all = table();
    for (Category4Row& row : parse_own_category4(own, "own.toml").value()) all.rows.push_back(row);
    const auto at_hour = [&](const char* iso) {
        const Instant t = from_iso(iso).value();
        return route_category4(all, polyclinics(), to_civil(t, 300), day_of(t, 300), {},
                               LatLon{50.05, 70.05})
            .row.id;
    };
    REQUIRE(at_hour("2026-03-02T20:00:00+05:00") == "own-evening");
    REQUIRE(at_hour("2026-03-02T23:00:00+05:00") == "ministry-2025-other");
    REQUIRE(at_hour("2026-03-02T12:00:00+05:00") == "ministry-2025-weekday");
    REQUIRE(at_hour("2025-12-31T21:00:00+05:00") == "ministry-2025-other");
    REQUIRE(parse_own_category4("[[row]]\nid='x'\n", "own.toml").error().field == "from");
}

TEST_CASE("which polyclinic is small is a dated row") {
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/category4.toml";
    const std::string text = read_file(file).value();
    const auto shipped = parse_category4(text, file);
    REQUIRE(shipped);
    REQUIRE(shipped->small.size() == 1);
    CHECK(shipped->small[0].residents_below == 20'000);
    CHECK(shipped->small[0].source == "D4");
    const auto later = parse_category4(
        text + "[[small_polyclinic]]\nfrom = \"2026-03-01\"\nresidents_below = 10\n"
               "source = \"x\"\n",
        file);
    REQUIRE(later);
    CHECK(later->small.size() == 2);
    const auto wrong = parse_category4(text + "[[small_polyclinic]]\nfrom = \"2026-03-01\"\n"
                                              "residents_below = -1\nsource = \"x\"\n",
                                       file);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().field == "residents_below");
}

TEST_CASE("a bad table names file, line and key") {
    const auto error = [](const char* text) { return parse_category4(text, "c4.toml").error(); };
    REQUIRE(error("").message == "expected at least one [[row]]");
    const Error hours = error("[[row]]\nid='a'\nfrom='2025-05-01'\nweekdays='mon-fri'\n"
                              "hours='8-20'\nserver='station'\nsource='x'\n");
    REQUIRE(hours.field == "hours");
    REQUIRE(hours.line == 1);
    REQUIRE(error("[[row]]\nid='a'\nfrom='2025-13-01'\n").field == "from");
    REQUIRE(error("[[row]\n").line == 1);
    REQUIRE(error("[[row]]\nid='a'\nfrom='2025-05-01'\nweekdays='mon-fri'\nhours='08:00-20:00'\n"
                  "server='station'\nsource='x'\n")
                .message.find("default row") != std::string::npos);
}
