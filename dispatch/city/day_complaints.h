#pragma once
// Putting a caller's words together from a template.

#include <string>

#include "dispatch/city/day.h"
#include "dispatch/city/generator/random.h"

namespace jedel {

/// Fills {who}, {who_gen}, {who_acc}, {since}, {temp}, {age}, {weeks} and {male|female}.
std::string fill_complaint(const ComplaintTemplate& form, double age_years, triage::Sex sex,
                           int weeks, generator::Random& random);

}  // namespace jedel
