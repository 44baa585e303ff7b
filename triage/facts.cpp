#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/number.h"
#include "triage/compiled.h"
#include "triage/evaluate.h"

namespace jedel::triage {

Facts::Facts(const Protocol::Impl& tables)
    : tables_(&tables),
      values_(tables.findings.size()),
      said_(tables.always),
      closed_(tables.always),
      assumed_(tables.with_unasked(closed_)) {}

void Facts::put(FindingIndex finding, const Value& value) {
    const Protocol::Impl& impl = *tables_;
    const bool was_open = values_[finding].state == Tri::unknown;
    values_[finding] = value;
    if (was_open) {
        impl.assume(said_, finding, value);
    } else {
        said_ = impl.always;
        for (FindingIndex f = 0; f < values_.size(); ++f) impl.assume(said_, f, values_[f]);
    }
    contradictory_ = said_.contradicts_itself();
    closed_ = said_;
    for (std::size_t w = 0; w < atom_words; ++w) closed_.no[w] &= ~closed_.yes[w];
    assumed_ = impl.with_unasked(closed_);
}

void Facts::set(FindingIndex finding, Tri value) { put(finding, {value, 0}); }

void Facts::set_number(FindingIndex finding, double value) { put(finding, {Tri::yes, value}); }

void Facts::set_choice(FindingIndex finding, std::size_t choice) {
    put(finding, {Tri::yes, static_cast<double>(choice)});
}

void Facts::clear(FindingIndex finding) {
    if (values_[finding].state != Tri::unknown) put(finding, {});
}

Result<void> Facts::set_text(std::string_view key, std::string_view value) {
    const auto index = tables_->find(key);
    const auto refuse = [&](const std::string& expected) {
        return Error{"expected " + expected + ", found '" + std::string(value) + "'", {}, 0,
                     std::string(key)};
    };
    if (!index) return Error{"expected a finding of the vocabulary", {}, 0, std::string(key)};
    if (value == "unknown") {
        clear(*index);
        return {};
    }
    const Finding& finding = tables_->findings[*index];
    if (finding.type == FindingType::boolean) {
        if (value != "yes" && value != "no") return refuse("yes, no or unknown");
        set(*index, value == "yes" ? Tri::yes : Tri::no);
        return {};
    }
    if (finding.type == FindingType::choice) {
        std::string names;
        for (std::size_t i = 0; i < finding.choices.size(); ++i) {
            if (finding.choices[i].first == value) {
                set_choice(*index, i);
                return {};
            }
            names += finding.choices[i].first + ", ";
        }
        return refuse(names + "or unknown");
    }
    const auto number = read_number<double>(value);
    if (!number || !std::isfinite(*number) || *number < finding.low || *number > finding.high) {
        char range[96];
        std::snprintf(range, sizeof range, "%g to %g %s, or unknown", finding.low, finding.high,
                      finding.unit.c_str());
        return refuse(range);
    }
    set_number(*index, *number);
    return {};
}

void Facts::set_patient(const Patient& patient) {
    const auto number = [&](std::string_view key, double value) {
        const auto f = tables_->find(key);
        if (!f || tables_->findings[*f].type != FindingType::number) return;
        const Finding& finding = tables_->findings[*f];
        if (value >= finding.low && value <= finding.high) set_number(*f, value);
    };
    if (patient.age_years) number("age_years", *patient.age_years);
    if (patient.pregnancy_weeks) {
        number("pregnancy_weeks", *patient.pregnancy_weeks);
        if (const auto f = tables_->find("pregnant")) set(*f, Tri::yes);
    }
    if (patient.sex == Sex::unknown) return;
    const auto f = tables_->find("sex");
    if (!f) return;
    const auto& choices = tables_->findings[*f].choices;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (choices[i].first == name_of(patient.sex)) set_choice(*f, i);
    }
}

Tri Facts::tri(FindingIndex finding) const {
    const Value& value = values_[finding];
    if (value.state != Tri::unknown) return value.state;
    const Protocol::Impl& impl = *tables_;
    if (impl.findings[finding].type != FindingType::boolean) return Tri::unknown;
    for (const AtomIndex a : impl.atoms_of_finding[finding]) {
        if (closed_.has_yes(a)) return Tri::yes;
        if (closed_.has_no(a)) return Tri::no;
    }
    return Tri::unknown;
}

// A number is known when given, or when every bound of the rules is settled by what was said.
bool Facts::known(FindingIndex finding) const {
    if (values_[finding].state != Tri::unknown) return true;
    const auto& atoms = tables_->atoms_of_finding[finding];
    if (atoms.empty()) return false;
    for (const AtomIndex a : atoms) {
        if (!closed_.has_yes(a) && !closed_.has_no(a)) return false;
    }
    return true;
}

std::optional<double> Facts::number(FindingIndex finding) const {
    const Value& value = values_[finding];
    if (value.state == Tri::unknown || tables_->findings[finding].type != FindingType::number) {
        return std::nullopt;
    }
    return value.number;
}

std::string Facts::text(FindingIndex finding) const {
    const Finding& f = tables_->findings[finding];
    const Value& value = values_[finding];
    if (f.type == FindingType::boolean) return std::string(name_of(tri(finding)));
    if (value.state == Tri::unknown) return "unknown";
    if (f.type == FindingType::choice) {
        return f.choices[static_cast<std::size_t>(value.number)].first;
    }
    char out[32];
    const auto written = std::to_chars(out, out + sizeof out, value.number);
    return std::string(out, written.ptr);
}

}  // namespace jedel::triage
