// The complaints of dev_*.jsonl against their labels: a confusion table, every miss, and limits.
#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/words/lexicon_files.h"
#include "tests/words/tally.h"

namespace jedel::test {
namespace {

using triage::Category;

void add(Tally& count, const nlohmann::json& j, bool print) {
    const auto label = static_cast<Category>(j["category"].get<std::string>()[1] - '0');
    const std::string complaint = j["complaint"];
    const Category got = proposed(complaint, patient_of(j));
    count.add(label, got);
    if (print && got != label)
        std::printf("  %s %s %s: U%d: %s\n", more_urgent(label, got) ? "under" : "over ",
                    j["id"].get<std::string>().c_str(), j["rule"].get<std::string>().c_str(),
                    static_cast<int>(got), complaint.c_str());
}

void print(const char* name, const Tally& c) {
    std::printf("%s: n=%d exact %.1f %% under %.1f %% over %.1f %%\n", name, c.total,
                c.percent(c.exact), c.percent(c.under), c.percent(c.over));
    std::printf("  label | U1 | U2 | U3 | U4 | none\n");
    for (std::size_t y = 1; y < 5; ++y)
        std::printf("  U%zu    | %d | %d | %d | %d | %d\n", y, c.table[y][1], c.table[y][2],
                    c.table[y][3], c.table[y][4], c.table[y][0]);
}

}  // namespace

TEST_CASE("the development set is read within the limits") {
    Tally seen;
    Tally held_back;
    std::array<int, 3> per_language{};
    const std::array<const char*, 3> languages{"kk", "ru", "en"};
    for (std::size_t l = 0; l < languages.size(); ++l) {
        std::ifstream in(std::string{JEDEL_SOURCE_DIR} + "/tests/words/dev_" + languages[l] +
                         ".jsonl");
        REQUIRE(in);
        for (std::string line; std::getline(in, line);) {
            const auto j = nlohmann::json::parse(line);
            const bool holdout = j.value("holdout", false);
            add(holdout ? held_back : seen, j, true);
            ++per_language[l];
        }
        CHECK(per_language[l] >= 200);
    }
    print("development", seen);
    print("held back", held_back);
    for (const Tally* c : {&seen, &held_back}) {
        CHECK(c->percent(c->under) <= 2.0);
        CHECK(c->percent(c->exact) >= 85.0);
        CHECK(c->percent(c->over) <= 13.0);
        CHECK(c->percent(c->open) <= 3.0);
    }
}

TEST_CASE("the development set has a complaint for each of the 49 rows") {
    std::vector<std::string> missing;
    std::string all;
    for (const char* l : {"kk", "ru", "en"})
        all += file_of(std::string{JEDEL_SOURCE_DIR} + "/tests/words/dev_" + l + ".jsonl").text;
    for (const auto& rule : protocol().rules())
        if (!rule.formula.empty() &&
            all.find("\"" + rule.id + "\"") == std::string::npos)
            missing.push_back(rule.id);
    CHECK(missing == std::vector<std::string>{});
}

}  // namespace jedel::test
