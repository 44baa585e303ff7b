#include "dispatch/city/address.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <sstream>

#include "dispatch/city/address_text.h"
#include "dispatch/city/address_words.h"
#include "dispatch/city/propose.h"
#include "tests/city/training_city.h"
#include "tests/shared_data.h"

using namespace jedel;

namespace {

/// A small town: two avenues cross two streets; houses on one; a quarter; an old name.
std::shared_ptr<const City> town() {
    auto map = std::make_shared<roads::RoadMap>();
    const auto name = [&](std::string kk, std::string ru, std::vector<std::string> old = {}) {
        map->names.push_back({.any = kk, .kk = kk, .ru = std::move(ru), .en = {},
                              .old = std::move(old)});
        return static_cast<std::uint32_t>(map->names.size() - 1);
    };
    map->names.emplace_back();
    const auto abai = name("Абай даңғылы", "проспект Абая", {"Сталин даңғылы", "проспект Сталина"});
    const auto seifullin = name("Сейфуллин көшесі", "улица Сейфуллина");
    const auto kabanbai = name("Қабанбай батыр көшесі", "улица Кабанбай батыра");
    const auto aigerim5 =
        name("Айгерім шағын ауданы, 5-көше", "микрорайон Айгерим, 5-я улица");
    const auto samal = name("Самал шағын ауданы", "микрорайон Самал");
    const auto station = name("Теміржол вокзалы", "Железнодорожный вокзал");
    const auto abai_lane = name("Абай тұйық көшесі", "переулок Абая");
    const auto node = [&](double y, double x) {
        map->nodes.push_back(roads::fixed({48.0 + y * 0.002, 70.0 + x * 0.003}));
        return static_cast<std::uint32_t>(map->nodes.size() - 1);
    };
    const auto road = [&](std::uint32_t street, std::uint32_t a, std::uint32_t b) {
        roads::Segment s;
        s.from = a;
        s.to = b;
        s.name = street;
        s.length_m = static_cast<float>(
            distance_m(map->nodes[a].degrees(), map->nodes[b].degrees()));
        map->segments.push_back(s);
    };
    // Абай runs west–east; Сейфуллин and Қабанбай cross it.
    const auto a0 = node(0, 0), a1 = node(0, 2), a2 = node(0, 4), a3 = node(0, 6);
    road(abai, a0, a1), road(abai, a1, a2), road(abai, a2, a3);
    const auto s0 = node(2, 2), k0 = node(2, 4);
    road(seifullin, a1, s0), road(kabanbai, a2, k0);
    road(aigerim5, k0, node(3, 4)), road(abai_lane, s0, node(3, 1));
    const auto house = [&](std::uint32_t street, std::string number, double y, double x) {
        map->places.push_back({roads::PlaceKind::house,
                               roads::fixed({48.0 + y * 0.002, 70.0 + x * 0.003}), 0, street,
                               std::move(number)});
    };
    for (int i = 0; i <= 6; ++i) house(abai, std::to_string(4 * i + 2), 0.1, i);
    house(abai, "27А", -0.1, 3);
    house(seifullin, "12/3", 1, 2.1);
    house(aigerim5, "14", 2.5, 4.1);
    house(samal, "15", 5, 5);
    map->places.push_back(
        {roads::PlaceKind::landmark, roads::fixed({48.01, 70.02}), station, 0, {}});
    map->population.push_back({map->nodes[0], 100});

    auto city = std::make_shared<City>();
    city->low = {47.9, 69.9};
    city->high = {48.1, 70.1};
    Organisation o;
    o.id = {201};
    o.kind = OrganisationKind::hospital;
    o.name_kk = "Қалалық балалар ауруханасы";
    o.name_ru = "Городская детская больница";
    o.place = {48.005, 70.004};
    city->organisations.all.push_back(o);
    city->roads = std::move(map);
    return city;
}

AddressIndex index_of(std::shared_ptr<const City> city) {
    auto index = AddressIndex::build(std::move(city));
    REQUIRE(index);
    return std::move(index.value());
}

/// First hit, as "kind label_ru".
std::string first(const AddressIndex& index, std::string_view query) {
    const auto hits = index.search(query);
    if (hits.empty()) return "nothing";
    return std::string{name_of(hits[0].kind)} + " " + hits[0].label_ru;
}

}  // namespace

TEST_CASE("a street is found by every way people write it") {
    const AddressIndex index = index_of(town());
    for (const char* query :
         {"Қабанбай батыр көшесі", "Кабанбай батыр кошеси", "КАБАНБАЙ БАТЫРА",
          "ул. Кабанбай батыра",
          "улица Кабанбай батыра", "Кабанбай батыра ул", "көшесі Қабанбай батыр",
          "Қабанбай батыр к-сі", "кабанбай", "Кабанбаи батыр", "Қабанбай б", "батыр кабанбай",
          "Кабнабай батыра", "Каббанбай", "кобанбай батыр"}) {
        INFO(query);
        CHECK(first(index, query) == "street улица Кабанбай батыра");
    }
    for (const char* query : {"пр-т Абая", "просп. Абая", "Абай даңғ.", "Абай д-лы", "абай дангылы",
                              "проспект Абая", "Абая пр"}) {
        INFO(query);
        CHECK(first(index, query) == "street проспект Абая");
    }
    CHECK(first(index, "переулок Абая") == "street переулок Абая");
    CHECK(first(index, "Абай тұйық көшесі") == "street переулок Абая");
    CHECK(first(index, "Сейфулина") == "street улица Сейфуллина");
    CHECK(first(index, "Сейфулл") == "street улица Сейфуллина");
    CHECK(first(index, "кошесi Сейфуллин") == "street улица Сейфуллина");  // a Latin i
}

TEST_CASE("the kind of street decides between two of one name, but does not exclude") {
    const AddressIndex index = index_of(town());
    const auto hits = index.search("Абая");
    REQUIRE(hits.size() >= 2);
    CHECK(hits[0].label_ru == "проспект Абая");  // the larger one first
    CHECK(hits[1].label_ru == "переулок Абая");
    CHECK(first(index, "улица Абая") != "nothing");
}

TEST_CASE("houses are found whatever stands around the number") {
    const AddressIndex index = index_of(town());
    for (const char* query :
         {"Абая 14", "Абай 14", "пр. Абая, дом 14", "Абая д.14", "Абая, д. 14, кв. 3",
          "Абай даңғылы, 14-үй", "Абай даңғылы 14 үй 34 пәтер", "Абая 14-3",
          "проспект Абая 14 кв 5",
          "дом 14 по Абая", "14 Абая", "Абая, 14, подъезд 2, 5 этаж"}) {
        INFO(query);
        CHECK(first(index, query) == "house проспект Абая, 14");
    }
    CHECK(first(index, "Сейфуллина 12/3") == "house улица Сейфуллина, 12/3");
    CHECK(first(index, "Сейфуллина 12") == "house улица Сейфуллина, 12/3");
    CHECK(first(index, "Абая 27а") == "house проспект Абая, 27А");
    CHECK(first(index, "Самал 15") == "house микрорайон Самал, 15");
    CHECK(first(index, "мкр Самал, 15 дом") == "house микрорайон Самал, 15");
    CHECK(first(index, "Самал м/а 15-үй") == "house микрорайон Самал, 15");
    CHECK(first(index, "Айгерім 5-көше 14") == "house микрорайон Айгерим, 5-я улица, 14");
    CHECK(first(index, "мкр Айгерим, 5-я ул., дом 14") ==
          "house микрорайон Айгерим, 5-я улица, 14");
}

TEST_CASE("a missing house lies between its neighbours on the same side") {
    const AddressIndex index = index_of(town());
    const auto hits = index.search("Абая 12");
    REQUIRE_FALSE(hits.empty());
    CHECK(hits[0].kind == AddressKind::interpolated_house);
    CHECK(hits[0].label_ru == "проспект Абая, 12");
    // Half-way from 10 to 14.
    CHECK(hits[0].at.lon == Approx(70.0 + 2.5 * 0.003).margin(1e-6));
    CHECK(hits[0].score < 1);
}

TEST_CASE("beyond the last number the nearest house is offered under its own number") {
    const AddressIndex index = index_of(town());
    const auto hits = index.search("Абая 300");
    REQUIRE_FALSE(hits.empty());
    CHECK(hits[0].score < 0.8);
    CHECK(hits[0].label_ru.find("300") == std::string::npos);
}

TEST_CASE("crossings are found in both languages and orders") {
    const AddressIndex index = index_of(town());
    for (const char* query :
         {"угол Абая и Сейфуллина", "Абая угол Сейфуллина", "Абая – Сейфуллина",
          "перекрёсток Абая и Сейфуллина", "Абай мен Сейфуллин қиылысы",
          "Абай даңғылы мен Сейфуллин көшесінің қиылысы", "Абая/Сейфуллина",
          "пересечение проспекта Абая с улицей Сейфуллина", "Абая Сейфуллина",
          "Абая уг. Сейфулина"}) {
        INFO(query);
        CHECK(first(index, query) == "crossing проспект Абая – улица Сейфуллина");
    }
    const auto hits = index.search("Абая угол Сейфуллина");
    CHECK(distance_m(hits[0].at, {48.0, 70.006}) < 2);
    const auto none = index.search("угол Сейфуллина и Кабанбай батыра");
    for (const auto& h : none) CHECK(h.kind != AddressKind::crossing);
}

TEST_CASE("a house said with its corner is found at that corner") {
    const AddressIndex index = index_of(town());
    CHECK(first(index, "Абая 10 угол Сейфуллина") == "house проспект Абая, 10");
    CHECK(first(index, "Абая 9 угол Сейфуллина") ==
          "crossing проспект Абая – улица Сейфуллина");
}

TEST_CASE("an old name finds the street and says so") {
    const AddressIndex index = index_of(town());
    const auto hits = index.search("проспект Сталина 14");
    REQUIRE_FALSE(hits.empty());
    CHECK(hits[0].label_ru == "проспект Абая, 14");
    CHECK(hits[0].matched_alias == "проспект Сталина");
    CHECK(index.search("Абая")[0].matched_alias.empty());
}

TEST_CASE("landmarks and organisations are found") {
    const AddressIndex index = index_of(town());
    CHECK(first(index, "вокзал") == "landmark Железнодорожный вокзал");
    CHECK(first(index, "темиржол вокзалы") == "landmark Железнодорожный вокзал");
    CHECK(first(index, "детская больница") == "organisation Городская детская больница");
    CHECK(first(index, "балалар ауруханасы") == "organisation Городская детская больница");
}

TEST_CASE("coordinates are taken as they are, either way round only inside the city") {
    const AddressIndex index = index_of(town());
    const auto hits = index.search("48.01, 70.02");
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].kind == AddressKind::coordinates);
    CHECK(hits[0].at == LatLon{48.01, 70.02});
    CHECK(index.search("70.02 48.01")[0].at == LatLon{48.01, 70.02});
    CHECK(index.search("-33.5 151.2")[0].at == LatLon{-33.5, 151.2});
    CHECK(index.search("95.5 200.5").empty());
    for (const auto& h : index.search("12 14")) CHECK(h.kind != AddressKind::coordinates);
}

TEST_CASE("what is not there gives guesses with low scores or nothing, never a sure hit") {
    const AddressIndex index = index_of(town());
    CHECK(index.search("").empty());
    CHECK(index.search("   ,,, -- ").empty());
    CHECK(index.search("xyzzy").empty());
    for (const auto& h : index.search("Несуществующая улица 5")) CHECK(h.score < 0.9);
    CHECK(index.search("Абая", 1).size() == 1);
    CHECK(index.search("Абая", 0).empty());
}

TEST_CASE("any bytes can be searched for; hits come best first") {
    const AddressIndex index = index_of(town());
    REQUIRE(rc::check([&](const std::string& bytes) {
        double last = 2;
        for (const auto& h : index.search(bytes)) {
            RC_ASSERT(h.score <= last);
            RC_ASSERT(h.score > 0 && h.score <= 1.0001);
            last = h.score;
        }
    }));
    const std::string endless(100'000, 'a');
    CHECK(index.search(endless).empty());
    std::string corners;
    for (int i = 0; i < 5'000; ++i) corners += "угол Абая и 5 ";
    CHECK(index.search(corners).size() <= 8);
}

TEST_CASE("folding makes Kazakh letters equal to those typed in their place") {
    using address::fold;
    CHECK(fold("ӘҒҚҢӨҰҮҺІ") == U"агкноуухи");
    CHECK(fold("Ёлка ЩЬЪЭЙ") == U"елка шеи");
    CHECK(fold("Abay 12") == U"abay 12");
    CHECK(fold("\xff\xd0") == U"");
}

TEST_CASE("slips of the hand are counted once each") {
    using address::slips;
    CHECK(slips(U"абаи", U"абаи", 2) == 0);
    CHECK(slips(U"абаи", U"абая", 2) == 1);
    CHECK(slips(U"абаи", U"аабаи", 2) == 1);
    CHECK(slips(U"кабанбаи", U"кабнабаи", 2) == 1);
    CHECK(slips(U"абаи", U"сеифуллин", 2) == 3);
}

TEST_CASE("streets of one name far apart are two hits") {
    auto city = std::make_shared<City>(*town());
    auto map = std::make_shared<roads::RoadMap>(*city->roads);
    const auto n = static_cast<std::uint32_t>(map->nodes.size());
    map->nodes.push_back(roads::fixed({48.08, 70.08}));
    map->nodes.push_back(roads::fixed({48.081, 70.081}));
    roads::Segment s;
    s.from = n;
    s.to = n + 1;
    s.name = 2;  // Сейфуллин
    map->segments.push_back(s);
    city->roads = map;
    const auto hits = index_of(city).search("улица Сейфуллина");
    REQUIRE(hits.size() >= 2);
    CHECK(hits[0].label_ru == hits[1].label_ru);
    CHECK(distance_m(hits[0].at, hits[1].at) > 5'000);
}

TEST_CASE("what callers of the recorded day say is found near where they are") {
    const AddressIndex index = index_of(test::stored_city());
    std::istringstream in{test::bytes_of(test::data_file("logs/training-day.csv"))};
    std::string line;
    std::getline(in, line);
    int with_place = 0;
    int first_is_near = 0;
    int any_is_near = 0;
    while (std::getline(in, line)) {
        std::vector<std::string> f(1);
        bool quoted = false;
        for (const char c : line) {
            if (c == '"') quoted = !quoted;
            if (c == ',' && !quoted) {
                f.emplace_back();
            } else if (c != '"') {
                f.back() += c;
            }
        }
        if (f.at(6).empty()) continue;
        ++with_place;
        const LatLon truth{std::stod(f[6]), std::stod(f[7])};
        const auto hits = index.search(f[5]);
        const auto near = [&](const AddressHit& h) { return distance_m(h.at, truth) < 120; };
        if (!hits.empty() && near(hits[0])) ++first_is_near;
        any_is_near += std::any_of(hits.begin(), hits.end(), near) ? 1 : 0;
    }
    INFO(first_is_near << " first, " << any_is_near << " among eight, of " << with_place);
    CHECK(first_is_near >= with_place * 95 / 100);
    CHECK(any_is_near >= with_place * 98 / 100);
}

TEST_CASE("Almaty's streets are found in the imported map") {
    const auto file = test::shared_data("maps/almaty-2012.osm.pbf");
    if (!file) return;
    auto imported = roads::import_osm(*file);
    REQUIRE(imported);
    auto city = std::make_shared<City>();
    const Box box = box_of(imported->first);
    city->low = box.low;
    city->high = box.high;
    city->roads = std::make_shared<const roads::RoadMap>(std::move(imported->first));
    const AddressIndex index = index_of(city);
    const auto hit = [&](std::string_view query) {
        const auto hits = index.search(query);
        INFO(query);
        REQUIRE_FALSE(hits.empty());
        return hits[0];
    };
    const LatLon abai_seifullin{43.2414, 76.9343};
    CHECK(distance_m(hit("Абая угол Сейфуллина").at, abai_seifullin) < 200);
    CHECK(distance_m(hit("Абай мен Сейфуллин қиылысы").at, abai_seifullin) < 200);
    CHECK(hit("Толе би угол Байтурсынова").kind == AddressKind::crossing);
    CHECK(hit("Самал-2 58").kind == AddressKind::house);
    CHECK(hit("ул. Фурманова").label_ru.find("Фурманова") != std::string::npos);
    CHECK(hit("наурызбай батыр").label_ru.find("Наурызбай") != std::string::npos);
    CHECK(hit("43.24,76.95").kind == AddressKind::coordinates);
}
