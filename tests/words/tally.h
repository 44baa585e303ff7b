#pragma once
// Labelled complaints against what was proposed for them.

#include <array>
#include <nlohmann/json.hpp>

#include "triage/category.h"

namespace jedel::test {

struct Tally {
    int total = 0, exact = 0, under = 0, over = 0;
    int open = 0;  ///< nothing proposed: not yet known
    std::array<std::array<int, 5>, 5> table{};  ///< label × proposed, 0 = none
    [[nodiscard]] double percent(int n) const { return total == 0 ? 0 : 100.0 * n / total; }
    void add(triage::Category label, triage::Category got) {
        ++total;
        ++table[static_cast<std::size_t>(label)][static_cast<std::size_t>(got)];
        open += got == triage::Category::none;
        under += got != triage::Category::none && more_urgent(label, got);
        over += more_urgent(got, label);
        exact += label == got;
    }
};

/// Age, sex and weeks of a line of a labelled set; what is not given is not known.
inline triage::Patient patient_of(const nlohmann::json& j) {
    triage::Patient p;
    if (j.contains("age_years")) p.age_years = j["age_years"].get<double>();
    if (j.contains("sex")) p.sex = j["sex"] == "male" ? triage::Sex::male : triage::Sex::female;
    if (j.contains("pregnancy_weeks")) p.pregnancy_weeks = j["pregnancy_weeks"].get<int>();
    return p;
}

}  // namespace jedel::test
