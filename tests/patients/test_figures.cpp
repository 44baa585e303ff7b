// Figures, asked for by name: test_patients "[figures]". The best of several runs, so that what
// else the machine does counts little.

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

#include "tests/patients/people.h"

using namespace jedel;
using namespace jedel::test;

namespace {

double seconds_of(const std::function<void()>& work) {
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count());
    }
    return best;
}

/// Numbers with a right check digit, of people born on the last day of 2090 to 2099.
std::vector<std::string> numbers() {
    std::vector<std::string> out;
    for (int year = 90; year < 100; ++year) {
        for (int serial = 0; serial < 10'000; ++serial) {
            std::string digits = std::to_string(year) + "12315" +
                                 std::to_string(10'000 + serial).substr(1) + "0";
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
                      (i % 2 == 0 ? "m" : "f") +
                      "\",\"citizenship\":\"KZ\",\"residence\":\"citizen\",\"payer\":\"" +
                      payers[i % 5] + "\",\"payments\":[";
    for (int m = 0; m < static_cast<int>(i % 13); ++m) {
        out += (m > 0 ? ",\"" : "\"") + month_text(month(2025, 1) + m) + "\"";
    }
    out += "],\"categories\":[";
    if (i % 7 == 0) out += "{\"number\":\"7\",\"from\":\"2020-01-01\"}";
    return out + "],\"attached_to\":302,\"as_of\":\"2026-01-01\"}\n";
}

}  // namespace

TEST_CASE("a decision with its explanation, and the import of a register", "[.figures]") {
    const std::string file = (std::filesystem::temp_directory_path() /
                              ("jedel-figures-" + std::to_string(::getpid()))).string();
    const auto all = numbers();
    {
        std::ofstream out{file, std::ios::binary};
        for (std::size_t i = 0; i < all.size(); ++i) out << line(all[i], i);
    }
    auto people = PatientRegister::open("").value();
    const double import_s = seconds_of([&] { REQUIRE(people.import_file(file)); });
    std::filesystem::remove(file);
    std::vector<std::optional<RegisterRow>> rows;
    REQUIRE(people.for_each([&](const RegisterRow& row) {
        rows.emplace_back(row);
        return true;
    }));
    REQUIRE(rows.size() == all.size());
    const int on_day = day("2026-01-15");
    std::size_t lines = 0;
    const double decide_s = seconds_of([&] {
        for (const auto& row : rows) {
            lines += entitlement(law(), row, "figures", on_day, {}).status.size();
        }
    });
    CHECK(lines > rows.size());
    const double find_s = seconds_of([&] {
        for (std::size_t i = 0; i < all.size(); i += 10) {
            REQUIRE(people.find(all[i * 7919 % all.size()]).value());
        }
    });
    const double count = static_cast<double>(rows.size());
    std::cout << "decision " << decide_s / count * 1e6 << " us a person; import "
              << count / import_s << " rows/s; by number " << find_s / count * 1e7 << " us\n";
    CHECK(decide_s / count < 10e-6);
}
