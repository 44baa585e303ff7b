// Plain calls against their labels, as the whole program reads them.
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/words/lexicon_files.h"
#include "tests/words/tally.h"

// What the set is: 60 calls a language in a caller's everyday words, every row of the order among
// them, written from the rules alone before anything was measured on them. First reading, dated
// 2026-11-28: 95.6 % exact, none under, 4.4 % over, none not yet known.

namespace jedel::test {

TEST_CASE("plain calls are read within the limits, and few are not yet known") {
    Tally all;
    for (const char* language : {"kk", "ru", "en"}) {
        std::ifstream in(std::string{JEDEL_SOURCE_DIR} + "/tests/words/plain_" + language +
                         ".jsonl");
        REQUIRE(in);
        Tally one;
        for (std::string line; std::getline(in, line);) {
            const auto j = nlohmann::json::parse(line);
            const auto label =
                static_cast<triage::Category>(j["category"].get<std::string>()[1] - '0');
            const std::string complaint = j["complaint"];
            const auto got = proposed(complaint, patient_of(j), both_readers());
            one.add(label, got);
            all.add(label, got);
            if (got != label)
                std::printf("  %s: U%d: %s\n", j["id"].get<std::string>().c_str(),
                            static_cast<int>(got), complaint.c_str());
        }
        CHECK(one.total == 60);
        CHECK(one.percent(one.exact) >= 88.0);
    }
    std::printf("plain: n=%d exact %.1f %% under %.1f %% over %.1f %% not yet known %.1f %%\n",
                all.total, all.percent(all.exact), all.percent(all.under), all.percent(all.over),
                all.percent(all.open));
    CHECK(all.percent(all.exact) >= 90.0);
    CHECK(all.percent(all.under) <= 0.5);
    CHECK(all.percent(all.over) <= 10.0);
    CHECK(all.percent(all.open) <= 3.0);
}

}  // namespace jedel::test
