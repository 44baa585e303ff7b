#include "dispatch/city/day.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <sstream>

#include "tests/city/training_city.h"

using namespace jedel;

namespace {

constexpr const char* header = "rule\tlanguage\tweight\tage\tsex\tweeks\ttext\n";

std::vector<ComplaintTemplate> templates() {
    const auto parsed = parse_complaints(
        test::bytes_of(test::data_file("logs/complaints.tsv")), "complaints.tsv");
    INFO((parsed ? std::string{} : parsed.error().text()));
    REQUIRE(parsed);
    return *parsed;
}

/// Fields of a CSV line; quotes may hold commas.
std::vector<std::string> fields(const std::string& line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') quoted = !quoted;
        if (c == ',' && !quoted) {
            out.emplace_back();
        } else if (c != '"') {
            out.back() += c;
        }
    }
    return out;
}

std::vector<std::map<std::string, std::string>> rows(const std::string& csv) {
    std::istringstream in{csv};
    std::string line;
    std::getline(in, line);
    const auto names = fields(line);
    std::vector<std::map<std::string, std::string>> out;
    while (std::getline(in, line)) {
        const auto values = fields(line);
        REQUIRE(values.size() == names.size());
        auto& row = out.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = values[i];
    }
    return out;
}

std::string stored_day() { return test::bytes_of(test::data_file("logs/training-day.csv")); }

}  // namespace

TEST_CASE("the stored day is what its seed makes, byte for byte") {
    const auto day = day_from_iso("2026-03-11");
    REQUIRE(day);
    CHECK(generate_day(*test::stored_city(), templates(),
                       {.seed = training_seed, .call_count = 500, .day = *day}) == stored_day());
}

TEST_CASE("callers have enough ways of saying it, for every row but the organ transport") {
    const auto all = templates();
    CHECK(all.size() >= 150);
    std::set<std::string> rules;
    std::set<std::string> languages;
    for (const ComplaintTemplate& t : all) {
        rules.insert(t.rule);
        languages.insert(t.language);
    }
    CHECK(rules.size() == 48);
    CHECK(rules.count("U1.17") == 0);
    CHECK(languages == std::set<std::string>{"kk", "ru", "mix"});
}

TEST_CASE("the day looks like a day of a real service") {
    const auto calls = rows(stored_day());
    REQUIRE(calls.size() == 500);
    std::map<std::string, int> by_category;
    std::map<std::string, int> by_kind;
    int without_place = 0;
    int polyclinic = 0;
    int night = 0;
    int evening = 0;
    for (const auto& c : calls) {
        ++by_category[c.at("intended_rule").substr(0, 2)];
        ++by_kind[c.at("kind")];
        without_place += c.at("lat").empty() ? 1 : 0;
        polyclinic += c.at("served_by") == "polyclinic" ? 1 : 0;
        const int hour = std::stoi(c.at("received_at").substr(11, 2));
        night += hour >= 2 && hour < 6 ? 1 : 0;
        evening += hour >= 18 && hour < 22 ? 1 : 0;
        CHECK(c.at("phone").starts_with("+7 700 000 "));
        CHECK_FALSE(c.at("complaint").empty());
        CHECK(c.at("complaint").find_first_of("{}|") == std::string::npos);
    }
    CHECK(by_category["U1"] == Approx(25).margin(5));
    CHECK(by_category["U2"] == Approx(160).margin(12));
    CHECK(by_category["U3"] == Approx(145).margin(12));
    CHECK(by_category["U4"] == Approx(170).margin(12));
    CHECK(by_kind["repeat"] >= 4);
    CHECK(by_kind["false"] >= 2);
    CHECK(without_place >= 4);
    CHECK(polyclinic >= 50);
    CHECK(evening > 2 * night);
}

TEST_CASE("recorded times of a call never run backwards") {
    for (const auto& c : rows(stored_day())) {
        std::string last = c.at("received_at");
        for (const char* key : {"handed_at", "departed_at", "arrived_at", "hospital_at",
                                "cleared_at"}) {
            const std::string& t = c.at(key);
            if (t.empty()) continue;
            CHECK(t >= last);
            last = t;
        }
        const bool repeat = c.at("kind") == "repeat";
        CHECK(c.at("repeat_of").empty() != repeat);
        if (repeat) CHECK(std::stoi(c.at("repeat_of")) < std::stoi(c.at("call_id")));
    }
}

TEST_CASE("a pregnancy is only said of women, and its week fits the words") {
    for (const auto& c : rows(stored_day())) {
        const std::string& weeks = c.at("pregnancy_weeks");
        if (weeks.empty()) continue;
        CHECK(c.at("sex") == "f");
        if (c.at("complaint").find("апта") != std::string::npos) {
            CHECK(c.at("complaint").find(weeks) != std::string::npos);
        }
    }
}

TEST_CASE("errors in the table of complaints name line and field") {
    const auto error = [](const std::string& line) {
        const auto parsed = parse_complaints(header + line, "c.tsv");
        REQUIRE_FALSE(parsed);
        return parsed.error().text();
    };
    CHECK(error("U5.01\tru\t1\t1-2\t-\t-\tx\n").starts_with("c.tsv:2: field 'rule'"));
    CHECK(error("U1.01\tde\t1\t1-2\t-\t-\tx\n").starts_with("c.tsv:2: field 'language'"));
    CHECK(error("U1.01\tru\tx\t1-2\t-\t-\tx\n").starts_with("c.tsv:2: field 'weight'"));
    CHECK(error("U1.01\tru\t1\t9-2\t-\t-\tx\n").starts_with("c.tsv:2: field 'age'"));
    CHECK(error("U1.01\tru\t1\t1-2\tz\t-\tx\n").starts_with("c.tsv:2: field 'sex'"));
    CHECK(error("U1.01\tru\t1\t1-2\tf\t60\tx\n").starts_with("c.tsv:2: field 'weeks'"));
    CHECK(error("U1.01\tru\t1\t1-2\tf\t-\t\n").starts_with("c.tsv:2: field 'text'"));
    CHECK(error("U1.01\tru\n").starts_with("c.tsv:2: expected 7 columns"));
    CHECK_FALSE(parse_complaints(header, "c.tsv"));
}
