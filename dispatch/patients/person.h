#pragma once
// One person's row of the insured people's register, as the entitlement tables need it.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/names.h"
#include "dispatch/core/types.h"

namespace jedel {

/// In what capacity a person is in the country; decides before anything else (I1).
enum class Residence : std::uint8_t {
    unknown,
    citizen,
    permit,            ///< foreigner or stateless with a residence permit
    kandas,            ///< with a permit
    kandas_no_permit,
    refugee,
    asylum,
    temporary,
};

/// Who pays for a person, or as what the person pays.
enum class Payer : std::uint8_t {
    unknown,
    none,
    employee,
    self,
    entrepreneur,
    civil_contract,
    farm,
    private_practice,
    esp_city,     ///< single aggregate payment in a city of republican or regional significance
    esp_village,  ///< elsewhere
    esp,          ///< which of the two is not said
};

/// Exempt from paying (I5).
enum class Exempt : std::uint8_t { none, military, special_state_body, law_enforcement };

/// One of the privileged categories and the days it holds, both included.
struct CategoryEntry {
    std::string number;  ///< by the law: "3", "6-1"; "D", "E" from 2026
    std::optional<int> from_day, to_day;
    friend bool operator==(const CategoryEntry&, const CategoryEntry&) = default;
};

struct RegisterRow {
    std::string iin;
    std::string full_name;           ///< may be empty
    std::optional<int> birth_day;    ///< days since 1970-01-01
    Sex sex = Sex::unknown;
    std::string citizenship;         ///< "KZ", "RU" …, "none"; empty = not said
    Residence residence = Residence::unknown;
    Payer payer = Payer::unknown;
    Exempt exempt = Exempt::none;
    std::vector<int> payments;       ///< months since 1970-01 paid for, ascending
    bool payments_known = true;      ///< false: the row says nothing of payments
    bool only_last_payment = false;  ///< the row knows the last month only
    std::vector<CategoryEntry> categories;
    bool pregnant = false;
    std::optional<int> pregnancy_registered;  ///< day of entry in the register of pregnant women
    std::optional<int> temporary_status_from;
    std::optional<int> vmi_until;             ///< last day of a voluntary policy
    std::vector<std::string> also_iin;        ///< other numbers of the same person (I11)
    std::optional<OrganisationId> polyclinic;  ///< of attachment
    Instant as_of;                             ///< when the row was made
    long line = 0;                             ///< of the file it came from
    friend bool operator==(const RegisterRow&, const RegisterRow&) = default;
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Residence> {
    static constexpr std::array<std::string_view, 8> names{
        "unknown", "citizen", "permit", "kandas", "kandas_no_permit", "refugee", "asylum",
        "temporary"};
};
template <>
struct jedel::EnumNames<jedel::Payer> {
    static constexpr std::array<std::string_view, 11> names{
        "unknown", "none", "employee", "self", "entrepreneur", "civil_contract", "farm",
        "private_practice", "esp_city", "esp_village", "esp"};
};
template <>
struct jedel::EnumNames<jedel::Exempt> {
    static constexpr std::array<std::string_view, 4> names{"none", "military",
                                                           "special_state_body",
                                                           "law_enforcement"};
};
