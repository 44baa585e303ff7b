#pragma once
// Names of people as they sound: one key for Kazakh, Russian and Latin spelling. Private to this
// folder.

#include <string>
#include <string_view>
#include <vector>

namespace jedel {

/// One word of a name.
struct NameWord {
    std::string key;   ///< a–z: ә = а, қ = к, ұ = ү = у, й = ы = і = и, "kh" = х, no doubled letter
    std::string stem;  ///< without the ending of a surname or patronymic
    friend bool operator==(const NameWord&, const NameWord&) = default;
};

/// The words of a name in their order; "ұлы" and "қызы" that stand alone are left out, initials
/// (one letter) are kept. At most eight.
std::vector<NameWord> name_words(std::string_view name);

/// `key` without what may be an ending with one slip in it, the key itself first.
std::vector<std::string_view> name_stems(std::string_view key);

/// Slips between two keys: a letter more, less, other, or two that changed places; `most` + 1 where
/// there are more. Keys above 40 letters are compared by their first 40.
int name_slips(std::string_view a, std::string_view b, int most);

}  // namespace jedel
