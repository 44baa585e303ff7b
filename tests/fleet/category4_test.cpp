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

TEST_CASE("before the ministry's row the polyclinic serves round the clock") {
    const auto before = at("2025-04-30T23:59:59+05:00");
    REQUIRE(before.row.id == "default");
    REQUIRE(before.row.source == "S1, D2/D3");
    REQUIRE(before.polyclinic == OrganisationId{301});
    REQUIRE(at("2025-05-01T00:00:00+05:00").row.server == Category4Server::station);
    REQUIRE(at("2025-05-01T08:00:00+05:00").row.id == "ministry-2025-weekday");
}

TEST_CASE("attachment decides where it is known, else the service area; no guess beyond") {
    const auto attached = at("2026-03-02T12:00:00+05:00", OrganisationId{302});
    REQUIRE(attached.attachment_known);
    REQUIRE(attached.instead_of == OrganisationId{302});  // D4: under 20 000 residents
    REQUIRE(attached.polyclinic == OrganisationId{301});
    const auto by_area = at("2026-03-02T12:00:00+05:00");
    REQUIRE_FALSE(by_area.attachment_known);
    REQUIRE(by_area.polyclinic == OrganisationId{301});
    REQUIRE_FALSE(at("2026-03-02T12:00:00+05:00", {}, std::nullopt).polyclinic);
    REQUIRE_FALSE(at("2026-03-02T12:00:00+05:00", {}, LatLon{10, 10}).polyclinic);
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
