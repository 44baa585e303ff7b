#include "dispatch/city/city.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <unistd.h>

#include "dispatch/city/check.h"
#include "dispatch/city/propose.h"
#include "dispatch/city/voronoi.h"
#include "tests/city/training_city.h"
#include "tests/shared_data.h"

using namespace jedel;
namespace fs = std::filesystem;

namespace {

fs::path fresh(const std::string& name) {
    const fs::path folder = fs::temp_directory_path() /
                            ("jedel_test_city_" + std::to_string(::getpid()) + name);
    fs::remove_all(folder);
    return folder;
}

std::vector<std::string> findings(const City& city, bool errors) {
    std::vector<std::string> out;
    for (const CityFinding& f : check_city(city)) {
        if (f.error == errors) out.push_back(f.text);
    }
    return out;
}

bool mentions(const std::vector<std::string>& lines, std::string_view what) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& l) {
        return l.find(what) != std::string::npos;
    });
}

Organisation& change(City& city, std::uint64_t id) {
    for (Organisation& o : city.organisations.all) {
        if (o.id.value == id) return o;
    }
    throw std::runtime_error{"no such organisation"};
}

}  // namespace

TEST_CASE("a city that is saved and loaded is the same") {
    const City& city = *test::stored_city();
    const fs::path folder = fresh("saved");
    REQUIRE(save_city(city, folder.string()));
    const auto loaded = load_city(folder.string());
    REQUIRE(loaded);
    const City& again = **loaded;
    CHECK(again.name_kk == city.name_kk);
    CHECK(again.population == city.population);
    CHECK(again.low == city.low);
    CHECK(again.high == city.high);
    CHECK(again.seed == city.seed);
    CHECK(again.folder == folder.string());
    CHECK(write_organisations(again.organisations) == write_organisations(city.organisations));
    CHECK(roads::write_roadmap(*again.roads) == roads::write_roadmap(*city.roads));
    // A second save into the same city is allowed.
    CHECK(save_city(city, folder.string()));
    fs::remove_all(folder);
}

TEST_CASE("saving refuses a folder that is not a city and leaves it alone") {
    const fs::path folder = fresh("foreign");
    fs::create_directories(folder);
    REQUIRE(write_file((folder / "letter.txt").string(), "do not lose me"));
    const auto saved = save_city(*test::stored_city(), folder.string());
    REQUIRE_FALSE(saved);
    CHECK(saved.error().text().find("is not a city") != std::string::npos);
    CHECK(std::distance(fs::directory_iterator{folder}, {}) == 1);
    fs::remove_all(folder);
}

TEST_CASE("a second import keeps what a person wrote and puts its proposal beside it") {
    const fs::path folder = fresh("imported");
    City proposed = *test::stored_city();
    proposed.name_kk.clear();
    proposed.name_ru.clear();
    proposed.population = 1000;
    const auto file = [&](const char* name) { return (folder / name).string(); };
    const auto kept = [&](const City& city) {
        const auto saved = save_proposed_city(city, folder.string());
        REQUIRE(saved);
        return *saved;
    };
    CHECK_FALSE(kept(proposed));
    CHECK_FALSE(fs::exists(file("organisations.proposed.toml")));
    CHECK_FALSE(kept(proposed));  // the same again: nothing was edited
    CHECK_FALSE(fs::exists(file("organisations.proposed.toml")));

    const std::string edited = test::bytes_of(file("organisations.toml")) + "# by hand\n";
    REQUIRE(write_file(file("organisations.toml"), edited));
    std::string card = test::bytes_of(file("city.toml"));
    card.replace(card.find("name_ru = \"\""), 12, "name_ru = \"Наш город\"");
    REQUIRE(write_file(file("city.toml"), card));
    CHECK(kept(proposed));
    CHECK(test::bytes_of(file("organisations.toml")) == edited);
    REQUIRE(fs::exists(file("organisations.proposed.toml")));
    CHECK(parse_organisations(test::bytes_of(file("organisations.proposed.toml")), "p").ok());
    const auto again = load_city(folder.string());
    REQUIRE(again);
    CHECK((*again)->name_ru == "Наш город");
    // Broken by hand is edited as well.
    REQUIRE(write_file(file("organisations.toml"), "not [ TOML"));
    CHECK(kept(proposed));
    CHECK(test::bytes_of(file("organisations.toml")) == "not [ TOML");
    fs::remove_all(folder);
}

TEST_CASE("a check finds numbers that no city has") {
    const auto made = [](double node_lat, std::uint32_t residents, float road_m) {
        City city = *test::stored_city();
        auto map = std::make_shared<roads::RoadMap>(*city.roads);
        map->nodes[0] = roads::fixed({node_lat, 10});
        map->segments[0].length_m = road_m;
        map->population = {{map->nodes[1], residents}};
        const Box box = box_of(*map);
        city.low = box.low;
        city.high = box.high;
        city.population = static_cast<int>(residents);
        city.roads = std::move(map);
        return city;
    };
    const auto far = findings(made(0, 400'000, 100), false);
    CHECK(mentions(far, "km across"));
    CHECK(mentions(findings(made(0, 9'000, 3'000'000), false), "too few"));
    CHECK(mentions(findings(made(0, 90'000'000, 100), false), "too many"));
    for (const char* word : {"km across", "too few", "too many", "without a bend"}) {
        CHECK_FALSE(mentions(findings(*test::stored_city(), false), word));
    }
}

TEST_CASE("a missing or broken part of a city is named") {
    const auto nothing = load_city("/nonexistent/city");
    REQUIRE_FALSE(nothing);
    CHECK(nothing.error().text().find("/nonexistent/city: no such folder") == 0);

    const fs::path folder = fresh("broken");
    REQUIRE(save_city(*test::stored_city(), folder.string()));
    const auto error = [&] {
        const auto loaded = load_city(folder.string());
        REQUIRE_FALSE(loaded);
        return loaded.error().text();
    };
    const std::string card = test::bytes_of((folder / "city.toml").string());
    REQUIRE(write_file((folder / "city.toml").string(), "low = 5\n" + card.substr(0, 20)));
    CHECK(error().find("city.toml:") != std::string::npos);
    REQUIRE(write_file((folder / "city.toml").string(), card));
    const std::string bytes = test::bytes_of((folder / "roads.bin").string());
    REQUIRE(write_file((folder / "roads.bin").string(), bytes.substr(0, bytes.size() / 2)));
    CHECK(error().find("roads.bin") != std::string::npos);
    fs::remove(folder / "roads.bin");
    CHECK(error().find("roads.bin") != std::string::npos);
    fs::remove_all(folder);
}

TEST_CASE("checking a city finds what would make dispatching impossible") {
    City city = *test::stored_city();
    REQUIRE(findings(city, true).empty());
    change(city, 201).profiles.clear();
    change(city, 202).profiles.clear();
    CHECK(mentions(findings(city, true), "\"emergency\""));
    change(city, 302).passes_u4_to = OrganisationId{301};
    CHECK(mentions(findings(city, true), "302"));
    change(city, 303).service_area.clear();
    CHECK(mentions(findings(city, true), "live in no polyclinic's service area"));
    change(city, 104).place = {city.low.lat - 0.1, city.low.lon};
    CHECK(mentions(findings(city, true), "m from the nearest road"));
    city.organisations.roster[0].base = OrganisationId{201};
    CHECK(mentions(findings(city, true), "expected a station or substation"));
    city.organisations.roster.clear();
    CHECK(mentions(findings(city, true), "the roster has no brigade"));
    change(city, 301).proposed = true;
    CHECK(mentions(findings(city, false), "1 entries are proposals"));
}

TEST_CASE("areas by the nearest share their borders, even for sites that fall together") {
    const LatLon low{48, 70};
    const LatLon high{48.2, 70.3};
    const std::vector<LatLon> sites{{48.1, 70.1}, {48.1, 70.1}, {48.15, 70.25}, {48.02, 70.2}};
    const auto areas = nearest_areas(sites, low, high);
    REQUIRE(areas.size() == 4);
    for (double lat = 48.001; lat < 48.2; lat += 0.0037) {
        for (double lon = 70.001; lon < 70.3; lon += 0.0041) {
            int holders = 0;
            for (const auto& area : areas) holders += contains(area, {lat, lon}) ? 1 : 0;
            if (holders != 1) FAIL(lat << "," << lon << " lies in " << holders);
        }
    }
    CHECK(contains(areas[2], sites[2]));
    CHECK(contains(areas[3], sites[3]));
}

TEST_CASE("without an ambulance station in the map, substations are proposed and marked") {
    const City& city = *test::stored_city();
    std::vector<roads::ProposedOrganisation> seen;
    for (std::uint64_t id = 201; id <= 205; ++id) {
        const Organisation* h = city.organisations.find(OrganisationId{id});
        seen.push_back({"hospital", {.any = h->name_ru, .kk = {}, .ru = {}, .en = {}, .old = {}},
                        h->place});
    }
    seen.push_back({"clinic", {}, city.organisations.find(OrganisationId{301})->place});
    seen.push_back({"hospital",
                    {.any = "Поликлиника №7", .kk = {}, .ru = {}, .en = {}, .old = {}},
                    city.organisations.find(OrganisationId{307})->place});
    City imported = city;
    imported.organisations = propose_organisations(seen, *city.roads, city.low, city.high);
    CHECK(findings(imported, true).empty());
    int hospitals = 0;
    int polyclinics = 0;
    int residents = 0;
    for (const Organisation& o : imported.organisations.all) {
        CHECK(o.proposed);
        hospitals += o.kind == OrganisationKind::hospital ? 1 : 0;
        polyclinics += o.kind == OrganisationKind::polyclinic ? 1 : 0;
        residents += o.residents;
    }
    CHECK(hospitals == 5);
    CHECK(polyclinics == 2);
    CHECK(residents == 400'000);
    CHECK(imported.organisations.roster.size() == 40);
    const auto text = write_organisations(imported.organisations);
    const auto again = parse_organisations(text, "f");
    REQUIRE(again);
    CHECK(again->all.front().proposed);
    CHECK(again->roster.front().proposed);
}

TEST_CASE("nothing at all in the map's tags still gives somebody to send") {
    const City& city = *test::stored_city();
    City imported = city;
    imported.organisations = propose_organisations({}, *city.roads, city.low, city.high);
    CHECK_FALSE(imported.organisations.roster.empty());
    const auto errors = findings(imported, true);
    REQUIRE(errors.size() == 1);  // nobody may invent a hospital
    CHECK(mentions(errors, "hospital"));
}

TEST_CASE("Almaty imports into a city that can be dispatched in") {
    const auto file = test::shared_data("maps/almaty-2012.osm.pbf");
    if (!file) return;
    auto imported = roads::import_osm(*file);
    REQUIRE(imported);
    auto& [map, summary] = *imported;
    City city;
    const Box box = box_of(map);
    city.low = box.low;
    city.high = box.high;
    city.organisations = propose_organisations(summary.proposed, map, box.low, box.high);
    city.roads = std::make_shared<const roads::RoadMap>(std::move(map));
    CHECK(findings(city, true).empty());
    CHECK(city.organisations.all.size() > 40);
}
