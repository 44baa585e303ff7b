#pragma once
// The insured people's register: a table imported from CSV or JSON, asked by IIN.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/core/types.h"
#include "dispatch/patients/iin.h"

namespace jedel {

/// Entitlement rows of a person; made-up people in tests and in the training register.
struct RegisterRow {
    std::string iin;
    std::string full_name;
    std::string birth_date;               ///< "YYYY-MM-DD"
    std::string category;                 ///< "employee", "pensioner", … (I3–I6)
    std::optional<int> last_paid_month;   ///< months since 1970-01; empty for privileged people
    bool privileged = false;              ///< one of the 15 categories (I4)
    std::string privilege;                ///< "1", "6-1", … by the law's numbering
    bool participant = true;              ///< citizen, kandas, refugee or with a permit (I1)
    std::optional<OrganisationId> polyclinic;
    Instant as_of;
};

/// Not thread-safe.
class PatientRegister {
public:
    /// Opens the SQLite table at `path`; "" gives an empty one in memory.
    static Result<PatientRegister> open(const std::string& path);
    PatientRegister(PatientRegister&&) noexcept;
    PatientRegister& operator=(PatientRegister&&) noexcept;
    ~PatientRegister();
    /// Replaces the table by a file's rows in one transaction; a bad file changes nothing and the
    /// error names line and field.
    Result<std::size_t> import_file(const std::string& file);
    [[nodiscard]] Result<std::optional<RegisterRow>> find(const std::string& iin) const;
    [[nodiscard]] std::string name() const;

private:
    struct Impl;
    explicit PatientRegister(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel
