// Entitlement with its explanation, a person at a time, and the import of a register; beside them
// SQLite alone taking rows of the same size.

#include <benchmark/benchmark.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "dispatch/patients/calendar.h"
#include "dispatch/patients/entitlement.h"
#include "dispatch/patients/iin.h"

namespace {

using namespace jedel;

/// The `i`-th number with a right check digit of those born on the last day of 2099.
std::vector<std::string> numbers(std::size_t count) {
    std::vector<std::string> out;
    for (int serial = 0; out.size() < count && serial < 100'000; ++serial) {
        // Numbers of one day are not enough: the year's first digits go round as well.
        for (int year = 90; year < 100 && out.size() < count; ++year) {
            std::string digits = std::to_string(year) + "12315" +
                                 std::to_string(10'000 + serial % 10'000).substr(1) + "0";
            for (char check = '0'; check <= '9'; ++check) {
                digits.back() = check;
                if (check_iin(digits) == IinVerdict::plausible) {
                    out.push_back(digits);
                    break;
                }
            }
        }
    }
    return out;
}

std::string line(const std::string& iin, std::size_t i) {
    static const char* payers[] = {"employee", "none", "self", "entrepreneur", "esp_village"};
    std::string out = "{\"iin\":\"" + iin + "\",\"name\":\"Үлгібаев Әлихан\",\"birth_date\":\"19" +
                      std::to_string(40 + i % 60) + "-03-08\",\"sex\":\"" +
                      (i % 2 == 0 ? "m" : "f") + "\",\"citizenship\":\"KZ\",\"residence\":" +
                      "\"citizen\",\"payer\":\"" + payers[i % 5] + "\",\"payments\":[";
    for (std::size_t m = 0; m < i % 13; ++m) {
        out += std::string{m > 0 ? "," : ""} + "\"2025-" + (m % 12 < 9 ? "0" : "") +
               std::to_string(m % 12 + 1) + "\"";
    }
    out += "],\"categories\":[";
    if (i % 7 == 0) out += "{\"number\":\"7\",\"from\":\"2020-01-01\"}";
    return out + "],\"attached_to\":302,\"as_of\":\"2026-01-01\"}\n";
}

/// A register of made-up people in a file that goes away with the program.
const std::string& register_file(std::size_t count) {
    static const std::string name = [&] {
        std::string path = (std::filesystem::temp_directory_path() /
                            ("jedel-bench-" + std::to_string(::getpid()) + ".jsonl")).string();
        std::ofstream out{path, std::ios::binary};
        std::size_t i = 0;
        for (const std::string& iin : numbers(count)) out << line(iin, i++);
        std::atexit([] { std::filesystem::remove(register_file(0)); });
        return path;
    }();
    return name;
}

void decide(benchmark::State& state) {
    const auto law = load_law(std::string{JEDEL_SOURCE_DIR} + "/data/law").value();
    auto people = PatientRegister::open("").value();
    static_cast<void>(people.import_file(register_file(90'000)));
    std::vector<std::optional<RegisterRow>> rows;
    static_cast<void>(people.for_each([&](const RegisterRow& row) {
        rows.emplace_back(row);
        return rows.size() < 10'000;
    }));
    const int day = day_from_iso("2026-01-15").value();
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(entitlement(*law, rows[i++ % rows.size()], "bench", day, {}));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decide);

void import(benchmark::State& state) {
    const std::string file = register_file(90'000);
    std::size_t rows = 0;
    for (auto _ : state) {
        auto people = PatientRegister::open("").value();
        rows += people.import_file(file).value();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(rows));
}
BENCHMARK(import)->Unit(benchmark::kMillisecond);

void find(benchmark::State& state) {
    auto people = PatientRegister::open("").value();
    static_cast<void>(people.import_file(register_file(90'000)));
    const auto all = numbers(90'000);
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(people.find(all[i++ * 7919 % all.size()]));
}
BENCHMARK(find);

void sqlite_rows(benchmark::State& state) {
    const std::string text(110, 'x');
    std::int64_t rows = 0;
    for (auto _ : state) {
        sqlite3* database = nullptr;
        sqlite3_open(":memory:", &database);
        sqlite3_exec(database, "CREATE TABLE p(i INTEGER PRIMARY KEY, t TEXT); BEGIN", nullptr,
                     nullptr, nullptr);
        sqlite3_stmt* insert = nullptr;
        sqlite3_prepare_v2(database, "INSERT INTO p VALUES(?,?)", -1, &insert, nullptr);
        for (int i = 0; i < 90'000; ++i) {
            sqlite3_bind_int64(insert, 1, i);
            sqlite3_bind_text(insert, 2, text.data(), 110, SQLITE_STATIC);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
        sqlite3_close(database);
        rows += 90'000;
    }
    state.SetItemsProcessed(rows);
}
BENCHMARK(sqlite_rows)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
