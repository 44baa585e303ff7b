#pragma once
// A small town and small logs for tests of the replay: a grid of streets, two bases, two
// polyclinics, two hospitals.

#include <catch2/catch.hpp>

#include <memory>
#include <string>

#include "dispatch/exercise/headless.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/exercise/setup.h"

namespace jedel::test {

inline std::shared_ptr<const City> town() {
    auto map = std::make_shared<roads::RoadMap>();
    map->names.push_back({});
    roads::Name street;
    street.any = street.ru = "улица Абая";
    street.kk = "Абай көшесі";
    map->names.push_back(street);
    constexpr int side = 12;
    constexpr double south = 43.20, west = 76.80, step = 0.004;
    for (int r = 0; r < side; ++r) {
        for (int c = 0; c < side; ++c) {
            const LatLon at{south + r * step, west + c * step};
            map->nodes.push_back(roads::fixed(at));
            map->population.push_back({roads::fixed(at), static_cast<std::uint32_t>(50 + r * c)});
            map->places.push_back({.kind = roads::PlaceKind::house,
                                   .at = roads::fixed({at.lat + 0.0002, at.lon + 0.0002}),
                                   .name = 0,
                                   .street = 1,
                                   .number = std::to_string(r * side + c + 1)});
        }
    }
    const auto join = [&](int a, int b) {
        roads::Segment s;
        s.from = static_cast<std::uint32_t>(a);
        s.to = static_cast<std::uint32_t>(b);
        s.length_m = static_cast<float>(
            distance_m(map->nodes[s.from].degrees(), map->nodes[s.to].degrees()));
        s.name = 1;
        map->segments.push_back(s);
    };
    for (int r = 0; r < side; ++r) {
        for (int c = 0; c < side; ++c) {
            if (c + 1 < side) join(r * side + c, r * side + c + 1);
            if (r + 1 < side) join(r * side + c, (r + 1) * side + c);
        }
    }
    auto city = std::make_shared<City>();
    city->name_kk = city->name_ru = city->name_en = "Town";
    city->made_up = true;
    city->low = {south - step, west - step};
    city->high = {south + side * step, west + side * step};
    city->roads = map;
    const auto add = [&](std::uint64_t id, OrganisationKind kind, double r, double c) {
        Organisation o;
        o.id = {id};
        o.kind = kind;
        o.name_kk = o.name_ru = o.name_en = "organisation " + std::to_string(id);
        o.place = {south + r * step, west + c * step};
        if (kind == OrganisationKind::hospital) o.profiles = {"emergency"};
        if (kind == OrganisationKind::polyclinic) o.residents = 30'000;
        city->organisations.all.push_back(o);
    };
    add(1, OrganisationKind::station, 2, 2);
    add(2, OrganisationKind::substation, 9, 9);
    add(3, OrganisationKind::polyclinic, 3, 6);
    add(4, OrganisationKind::polyclinic, 8, 6);
    add(5, OrganisationKind::hospital, 6, 1);
    add(6, OrganisationKind::hospital, 6, 10);
    const double middle = south + 5.5 * step;
    auto& all = city->organisations.all;
    all[2].service_area = {{city->low.lat, city->low.lon}, {city->low.lat, city->high.lon},
                           {middle, city->high.lon}, {middle, city->low.lon}};
    all[3].service_area = {{middle, city->low.lon}, {middle, city->high.lon},
                           {city->high.lat, city->high.lon}, {city->high.lat, city->low.lon}};
    for (std::uint64_t i = 0; i < 4; ++i) {
        city->organisations.roster.push_back(
            {.id = {101 + i},
             .name = std::to_string(101 + i),
             .kind = i == 3 ? BrigadeKind::specialised : BrigadeKind::feldsher,
             .base = {1 + i % 2},
             .shift_start_min = 480,
             .shift_hours = 24});
    }
    return city;
}

/// A log of `count` calls, `apart_min` minutes apart, with a code each.
inline std::string small_log(int count, int apart_min) {
    constexpr std::array<const char*, 6> codes{"6D2", "17A1", "26A5", "31D3", "10D4", "26A11"};
    std::string text = "id,received,code,age\r\n";
    const Instant first = *from_iso("2025-06-02T03:00:00Z");
    for (int i = 0; i < count; ++i) {
        const Instant at = first + std::chrono::minutes{i * apart_min};
        text += std::to_string(i + 1) + "," + to_iso(at) + "," +
                codes[static_cast<std::size_t>(i) % codes.size()] + "," +
                std::to_string(20 + i % 60) + "\r\n";
    }
    return text;
}

inline const std::string small_mapping = R"(name = "small"
[file]
null = ["NULL"]
[time]
zone = "Asia/Almaty"
[columns]
id = "id"
received = "received"
code = "code"
age_years = "age"
[codes]
rows = [
  {card = 6, words_ru = "Задыхается", findings = {breathless = true}},
  {card = 17, words_ru = "Упал", findings = {injury = true, fracture_signs = true}},
  {card = 26, words_kk = "Сырқат", words_ru = "Плохо", findings = {weakness = true}},
  {card = 31, findings = {drowsy = true}},
  {card = 10, findings = {chest_pain = true}},
  {code = "FIRE", medical = false},
]
)";

/// Everything but the lexicon, from the checkout.
inline std::shared_ptr<const exercise::ReplayInput> replay_input(
    const std::string& log, const std::string& mapping_text = small_mapping) {
    auto input = std::make_shared<exercise::ReplayInput>();
    input->city = town();
    auto tables = load_fleet_tables(JEDEL_SOURCE_DIR);
    REQUIRE(tables.ok());
    input->tables = std::move(*tables);
    auto mapping = exercise::parse_mapping(mapping_text, "small.toml");
    if (!mapping) FAIL(mapping.error().text());
    input->mapping = std::move(*mapping);
    auto read = exercise::read_log_text(log, "small.csv", input->mapping);
    if (!read) FAIL(read.error().text());
    input->log = std::move(*read);
    auto protocol = load_protocol(JEDEL_SOURCE_DIR);
    if (!protocol) FAIL(protocol.error().text());
    input->protocol = std::make_shared<const triage::Protocol>(std::move(*protocol));
    return input;
}

inline std::unique_ptr<Engine> engine_on(const std::string& url,
                                         std::shared_ptr<const triage::Protocol> protocol) {
    auto journal = open_journal(url);
    if (!journal) FAIL(journal.error().text());
    auto engine = Engine::open(std::move(*journal), DecideContext{.protocol = std::move(protocol)});
    if (!engine) FAIL(engine.error().text());
    return std::move(*engine);
}

}  // namespace jedel::test
