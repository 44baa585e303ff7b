#include "dispatch/city/generate.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <unistd.h>
#include <set>

#include "dispatch/city/check.h"
#include "dispatch/city/generator/random.h"
#include "tests/city/training_city.h"

using namespace jedel;
namespace fs = std::filesystem;

namespace {

fs::path empty_folder(const std::string& name) {
    const fs::path folder = fs::temp_directory_path() /
                            ("jedel_test_city_" + std::to_string(::getpid()) + name);
    fs::remove_all(folder);
    return folder;
}

long count(const City& city, OrganisationKind kind) {
    return std::count_if(city.organisations.all.begin(), city.organisations.all.end(),
                         [&](const Organisation& o) { return o.kind == kind; });
}

std::vector<std::string> errors_of(const City& city) {
    std::vector<std::string> out;
    for (const CityFinding& f : check_city(city)) {
        if (f.error) out.push_back(f.text);
    }
    return out;
}

}  // namespace

TEST_CASE("the stored training city is what its seed makes, byte for byte") {
    const fs::path folder = empty_folder("regenerated");
    REQUIRE(save_city(generate_city(training_seed), folder.string()));
    for (const char* file : {"city.toml", "roads.bin", "organisations.toml"}) {
        INFO(file);
        CHECK(test::bytes_of((folder / file).string()) ==
              test::bytes_of(test::data_file("city/training/" + std::string{file})));
    }
    fs::remove_all(folder);
}

TEST_CASE("the training city has what a dispatcher expects of a city") {
    const City& city = *test::stored_city();
    const roads::RoadMap& map = *city.roads;
    CHECK(city.made_up);
    CHECK(city.population == 400'000);
    CHECK(map.nodes.size() > 4'000);
    std::set<std::uint32_t> named;
    int bridges = 0;
    int one_ways = 0;
    int roundabouts = 0;
    for (const roads::Segment& s : map.segments) {
        bridges += s.bridge ? 1 : 0;
        one_ways += s.backward ? 0 : 1;
        roundabouts += s.roundabout ? 1 : 0;
        if (s.name != 0) named.insert(s.name);
    }
    CHECK(bridges >= 4);
    CHECK(bridges <= 6);
    CHECK(one_ways > 100);
    CHECK(roundabouts > 3);
    CHECK(named.size() >= 250);
    std::set<std::string> kazakh;
    int old_names = 0;
    for (const std::uint32_t n : named) {
        CHECK_FALSE(map.names[n].kk.empty());
        CHECK_FALSE(map.names[n].ru.empty());
        CHECK(kazakh.insert(map.names[n].kk).second);
        old_names += map.names[n].old.empty() ? 0 : 1;
    }
    CHECK(old_names >= 15);
    CHECK(map.waterlines.size() == 1);
    std::uint64_t residents = 0;
    for (const auto& p : map.population) residents += p.residents;
    CHECK(residents == 400'000);
    CHECK(errors_of(city).empty());
}

TEST_CASE("the training city is served by the organisations of the order") {
    const City& city = *test::stored_city();
    CHECK(count(city, OrganisationKind::station) == 1);
    CHECK(count(city, OrganisationKind::substation) == 6);
    CHECK(count(city, OrganisationKind::polyclinic) == 12);
    CHECK(count(city, OrganisationKind::hospital) == 5);
    CHECK(count(city, OrganisationKind::police) == 4);
    CHECK(count(city, OrganisationKind::airfield) == 1);
    CHECK(count(city, OrganisationKind::dispensary) == 4);
    int residents = 0;
    int small = 0;
    for (const Organisation& o : city.organisations.all) {
        residents += o.residents;
        if (o.kind != OrganisationKind::polyclinic) continue;
        small += o.residents < 20'000 ? 1 : 0;
        CHECK(o.passes_u4_to.has_value() == (o.residents < 20'000));
    }
    CHECK(residents == 400'000);
    CHECK(small == 1);
    std::array<int, 4> kinds{};
    for (const RosterBrigade& b : city.organisations.roster) {
        ++kinds[static_cast<std::size_t>(b.kind)];
    }
    CHECK(kinds == std::array{34, 2, 4, 0});
    for (std::uint64_t base = 101; base <= 107; ++base) {
        CHECK(std::any_of(city.organisations.roster.begin(), city.organisations.roster.end(),
                          [&](const RosterBrigade& b) { return b.base.value == base; }));
    }
}

TEST_CASE("every place in the city's box belongs to exactly one polyclinic") {
    const City& city = *test::stored_city();
    generator::Random random{7};
    const auto holders = [&](LatLon p) {
        return std::count_if(city.organisations.all.begin(), city.organisations.all.end(),
                             [&](const Organisation& o) { return contains(o.service_area, p); });
    };
    for (int i = 0; i < 20'000; ++i) {
        const LatLon p{random.between(city.low.lat, city.high.lat),
                       random.between(city.low.lon, city.high.lon)};
        if (holders(p) != 1) FAIL(p.lat << "," << p.lon << " lies in " << holders(p));
    }
    // On the borders too, where rounding could leave gaps.
    for (const Organisation& o : city.organisations.all) {
        for (std::size_t i = 0; i < o.service_area.size(); ++i) {
            const LatLon a = o.service_area[i];
            const LatLon b = o.service_area[(i + 1) % o.service_area.size()];
            for (int k = 1; k < 20; ++k) {
                const LatLon p{a.lat + (b.lat - a.lat) * k / 20, a.lon + (b.lon - a.lon) * k / 20};
                const bool at_rim = p.lat <= city.low.lat || p.lat >= city.high.lat ||
                                    p.lon <= city.low.lon || p.lon >= city.high.lon;
                if (!at_rim && holders(p) != 1) FAIL("border " << p.lat << "," << p.lon);
            }
        }
    }
}

TEST_CASE("another seed makes another city that is sound as well") {
    const City other = generate_city(7);
    CHECK(errors_of(other).empty());
    CHECK(roads::write_roadmap(*other.roads) != roads::write_roadmap(*test::stored_city()->roads));
}

TEST_CASE("a grid has about the junctions asked for and no dead end in traffic") {
    for (const std::uint32_t wanted : {16U, 1'000U, 10'000U}) {
        City city;
        city.roads = std::make_shared<const roads::RoadMap>(generate_grid(wanted, 1));
        const auto nodes = static_cast<double>(city.roads->nodes.size());
        CHECK(nodes == Approx(wanted).epsilon(0.05));
        for (const std::string& e : errors_of(city)) {
            CHECK(e.find("junctions") == std::string::npos);
        }
    }
    CHECK(roads::write_roadmap(generate_grid(400, 3)) ==
          roads::write_roadmap(generate_grid(400, 3)));
}
