#pragma once
// People of the register found by number, telephone or a name as it was heard: Kazakh, Russian or
// Latin spelling, any order, other endings, one or two slips a word.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/patients/person.h"

namespace jedel {

struct FoundPerson {
    RegisterRow row;
    int likeness = 0;  ///< 0 to 1000; 1000 = every word of either name is the same in sound
};

/// A hint and never proof: who it is, the caller says. Not thread-safe; each thread opens its own.
class PersonSearch {
public:
    /// The register at `path`: a table made by PatientRegister (its index of names is made or
    /// renewed where an import made it old: about three seconds for a million people), or a CSV or
    /// JSON file, held in memory. Errors: as PatientRegister.
    static Result<PersonSearch> open(const std::string& path);
    PersonSearch(PersonSearch&&) noexcept;
    PersonSearch& operator=(PersonSearch&&) noexcept;
    ~PersonSearch();
    [[nodiscard]] Result<std::optional<RegisterRow>> by_iin(std::string_view digits) const;
    /// Everyone with this telephone, ascending by number; +7, 8 and blanks do not matter.
    [[nodiscard]] Result<std::vector<RegisterRow>> by_phone(std::string_view phone) const;
    /// The most alike first, at most `most`; the last word may be a beginning. Empty where no word
    /// of at least two letters is given.
    [[nodiscard]] Result<std::vector<FoundPerson>> by_name(std::string_view name,
                                                           std::size_t most = 5) const;

private:
    struct Impl;
    explicit PersonSearch(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel
