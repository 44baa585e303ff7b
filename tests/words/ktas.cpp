// Chief complaints of real emergency patients with experts' levels (KTAS 1–5), as they came, noise
// bytes and all. No target: the levels rest on examination and vital signs that a caller lacks.
//
// Mapping of the experts' levels to the order's categories, by their meaning:
//   1 resuscitation → U1 · 2 emergent → U2 · 3 urgent → U3 · 4 less urgent, 5 not urgent → U4
#include <array>
#include <cstdio>
#include <fstream>

#include "tests/shared_data.h"
#include "tests/words/lexicon_files.h"

namespace jedel::test {

TEST_CASE("complaints of an emergency department are read and compared with experts' levels") {
    const auto path = shared_data("triage/ktas-open.csv");
    if (!path) return;
    std::ifstream in(*path, std::ios::binary);
    std::string line;
    REQUIRE(std::getline(in, line));
    std::array<std::array<int, 5>, 6> table{};
    int rows = 0;
    int exact = 0;
    int under = 0;
    while (std::getline(in, line)) {
        std::vector<std::string> columns;
        std::stringstream row(line);
        for (std::string c; std::getline(row, c, ';');) columns.push_back(c);
        if (columns.size() < 20 || columns[19].size() != 1) continue;
        const int level = columns[19][0] - '0';
        if (level < 1 || level > 5) continue;
        triage::Patient patient;
        patient.sex = columns[1] == "1" ? triage::Sex::female : triage::Sex::male;
        patient.age_years = std::atof(columns[2].c_str());
        const auto got = static_cast<int>(proposed(columns[6], patient));
        const int label = std::min(level, 4);
        ++table[static_cast<std::size_t>(level)][static_cast<std::size_t>(got)];
        ++rows;
        exact += got == label;
        under += got == 0 || got > label;
    }
    std::printf("KTAS: %d complaints; same category %.1f %%, less urgent or none %.1f %%\n", rows,
                100.0 * exact / rows, 100.0 * under / rows);
    std::printf("  expert | U1 | U2 | U3 | U4 | none\n");
    for (std::size_t l = 1; l < 6; ++l)
        std::printf("  %zu      | %d | %d | %d | %d | %d\n", l, table[l][1], table[l][2],
                    table[l][3], table[l][4], table[l][0]);
    CHECK(rows > 700);
}

}  // namespace jedel::test
