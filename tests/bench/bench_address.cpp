// Address search over 200 000 names, beside SQLite's FTS5 with the trigram tokenizer on the same
// names: what a plain full-text index takes for a query, without typos, kinds or crossings.

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <array>
#include <cstdlib>
#include <string>

#include "dispatch/city/address.h"
#include "dispatch/city/generate.h"
#include "dispatch/city/generator/random.h"
#include "dispatch/city/generator/street_names.h"

namespace {

using namespace jedel;

constexpr std::uint32_t name_count = 200'000;

std::string syllables(generator::Random& random) {
    static constexpr std::array<std::string_view, 24> parts{
        "бай", "тал", "қара", "ақ", "сары", "көк", "су", "бұлақ", "тау", "жан", "мұр", "ер",
        "кен", "дос", "нұр", "бек", "жол", "тас", "дан", "ғали", "сұл", "тан", "мақ", "сай"};
    std::string out;
    const int count = random.whole(2, 4);
    for (int i = 0; i < count; ++i) {
        out += random.pick(std::span<const std::string_view>{parts});
    }
    return out;
}

/// A grid whose every segment is a street of its own name.
std::shared_ptr<const City> city_of_names() {
    static const auto city = [] {
        auto map = std::make_shared<roads::RoadMap>(generate_grid(name_count / 2 + 500, 1));
        generator::Random random{42};
        map->names.resize(1);
        for (auto& segment : map->segments) {
            if (map->names.size() > name_count) break;
            const std::string first = syllables(random);
            const std::string second = random.chance(0.5) ? " " + syllables(random) : "";
            roads::Name name;
            name.kk = first + second + " көшесі";
            name.ru = "улица " + first + second;
            name.any = name.kk;
            map->names.push_back(std::move(name));
            segment.name = static_cast<std::uint32_t>(map->names.size() - 1);
        }
        // A few names that people know, so that the queries below have an answer.
        std::uint32_t at = 1;
        for (const auto& stem : generator::street_stems()) {
            map->names[at] = generator::make_name(generator::StreetType::street, stem);
            at += 997;
        }
        for (std::size_t i = 1; i < map->segments.size(); i += 3) {
            map->places.push_back({roads::PlaceKind::house, map->nodes[map->segments[i].from], 0,
                                   map->segments[i].name, "12"});
        }
        auto out = std::make_shared<City>();
        out->low = {48, 70};
        out->high = {52, 75};
        out->roads = std::move(map);
        return std::shared_ptr<const City>{std::move(out)};
    }();
    return city;
}

const AddressIndex& index_of_names() {
    static const AddressIndex index = [] {
        auto built = AddressIndex::build(city_of_names());
        if (!built) std::abort();
        return std::move(built.value());
    }();
    return index;
}

constexpr std::array<const char*, 10> queries{
    "Сейф",           "Сейфуллина 12",          "ул. Жансугурова 12 кв 5", "Жансугирова",
    "карасай батыра", "Шәмші Қалдаяқов көшесі", "сейфулина угол майлина",  "көктау бұлақ 12",
    "Мұстафа Шоқай көшесі, 12-үй, 34 пәтер",    "сары"};

void search(benchmark::State& state) {
    const AddressIndex& index = index_of_names();
    const char* query = queries[static_cast<std::size_t>(state.range(0))];
    std::size_t hits = 0;
    for (auto _ : state) {
        const auto found = index.search(query);
        hits = found.size();
        benchmark::DoNotOptimize(found.data());
    }
    state.SetLabel(query);
    state.counters["hits"] = static_cast<double>(hits);
}
BENCHMARK(search)->DenseRange(0, queries.size() - 1)->Unit(benchmark::kMicrosecond);

void build(benchmark::State& state) {
    const auto city = city_of_names();
    for (auto _ : state) {
        auto index = AddressIndex::build(city);
        benchmark::DoNotOptimize(&index);
    }
    state.counters["names"] = static_cast<double>(city->roads->names.size());
}
BENCHMARK(build)->Unit(benchmark::kMillisecond)->Iterations(1);

sqlite3* full_text() {
    static sqlite3* const db = [] {
        sqlite3* out = nullptr;
        const bool ready =
            sqlite3_open(":memory:", &out) == SQLITE_OK &&
            sqlite3_exec(out, "CREATE VIRTUAL TABLE n USING fts5(name, tokenize='trigram'); BEGIN",
                         nullptr, nullptr, nullptr) == SQLITE_OK;
        sqlite3_stmt* insert = nullptr;
        if (!ready || sqlite3_prepare_v2(out, "INSERT INTO n VALUES(?)", -1, &insert, nullptr) !=
                          SQLITE_OK) {
            std::abort();
        }
        for (const auto& name : city_of_names()->roads->names) {
            for (const std::string* text : {&name.kk, &name.ru}) {
                sqlite3_bind_text(insert, 1, text->c_str(), -1, SQLITE_STATIC);
                sqlite3_step(insert);
                sqlite3_reset(insert);
            }
        }
        sqlite3_finalize(insert);
        sqlite3_exec(out, "COMMIT", nullptr, nullptr, nullptr);
        return out;
    }();
    return db;
}

void sqlite_fts5_trigram(benchmark::State& state) {
    static constexpr std::array<const char*, 4> words{"Сейф", "Сейфуллина", "Жансүгіров", "сары"};
    const char* word = words[static_cast<std::size_t>(state.range(0))];
    sqlite3_stmt* query = nullptr;
    if (sqlite3_prepare_v2(full_text(), "SELECT name FROM n WHERE n MATCH ? ORDER BY rank LIMIT 8",
                           -1, &query, nullptr) != SQLITE_OK) {
        state.SkipWithError("this SQLite has no FTS5 with trigrams");
        return;
    }
    int hits = 0;
    for (auto _ : state) {
        sqlite3_bind_text(query, 1, word, -1, SQLITE_STATIC);
        hits = 0;
        while (sqlite3_step(query) == SQLITE_ROW) ++hits;
        sqlite3_reset(query);
    }
    sqlite3_finalize(query);
    state.SetLabel(word);
    state.counters["hits"] = hits;
}
BENCHMARK(sqlite_fts5_trigram)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
