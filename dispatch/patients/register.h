#pragma once
// The insured people's register: a table imported from CSV or JSON, asked by IIN.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "dispatch/core/types.h"
#include "dispatch/patients/iin.h"
#include "dispatch/patients/person.h"

namespace jedel {

/// Not thread-safe.
class PatientRegister {
public:
    /// Opens the SQLite table at `path`; "" gives an empty one in memory. A table of the former
    /// shape is turned into the present one.
    static Result<PatientRegister> open(const std::string& path);
    PatientRegister(PatientRegister&&) noexcept;
    PatientRegister& operator=(PatientRegister&&) noexcept;
    ~PatientRegister();
    /// Replaces the table by a file's rows in one transaction; a bad file changes nothing and the
    /// error names line and field.
    Result<std::size_t> import_file(const std::string& file);
    [[nodiscard]] Result<std::optional<RegisterRow>> find(const std::string& iin) const;
    /// The rows of the person's other numbers, as far as the register has them (I11).
    [[nodiscard]] Result<std::vector<RegisterRow>> joined(const RegisterRow& row) const;
    /// Every row, ascending by number; stops where `each` answers false.
    Result<void> for_each(const std::function<bool(const RegisterRow&)>& each) const;
    /// The file the rows came from.
    [[nodiscard]] std::string name() const;

private:
    struct Impl;
    explicit PatientRegister(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel
