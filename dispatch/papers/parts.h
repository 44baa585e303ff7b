#pragma once
// Parts that several papers share. Private to papers. A null incident or patient: a blank paper,
// the same fields with lines to write on.

#include "dispatch/papers/words.h"

namespace jedel::papers {

/// Number, time and channel of the call, who called, where to, what was said.
void add_call(Paper& paper, const Words& words, const Incident* incident);
/// Name, age, sex, IIN, pregnancy, insurance, polyclinics.
void add_patient(Paper& paper, const Words& words, const Incident* incident,
                 const Patient* patient);
/// What is there, what is not, what nobody knows.
void add_findings(Paper& paper, const Words& words, const Patient* patient);
/// What a crew writes: state, diagnosis, help.
void add_clinical(Paper& paper, const Words& words, int lines);
/// Names and signatures, a line each.
void add_signatures(Paper& paper, const Words& words, std::initializer_list<std::string_view> keys);

}  // namespace jedel::papers
