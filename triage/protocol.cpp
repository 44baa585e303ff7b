#include "triage/protocol.h"

#include <algorithm>
#include <tuple>

#include "triage/compiled.h"
#include "triage/table_reader.h"
#include "triage/text_version.h"

namespace jedel::triage {

Protocol::Protocol(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Protocol::Protocol(Protocol&&) noexcept = default;
Protocol& Protocol::operator=(Protocol&&) noexcept = default;
Protocol::~Protocol() = default;

const std::string& Protocol::version() const { return impl_->version; }
const std::string& Protocol::edition() const { return impl_->edition; }
std::span<const std::string> Protocol::tables() const { return impl_->tables; }
std::span<const Finding> Protocol::findings() const { return impl_->findings; }
std::span<const Rule> Protocol::rules() const { return impl_->rules; }

std::optional<FindingIndex> Protocol::find(std::string_view key) const {
    return impl_->find(key);
}

const Rule* Protocol::rule(std::string_view id) const {
    const auto found = std::find_if(impl_->rules.begin(), impl_->rules.end(),
                                    [&](const Rule& r) { return r.id == id; });
    return found == impl_->rules.end() ? nullptr : &*found;
}

namespace {

using Impl = Protocol::Impl;

Result<void> place_findings(Impl& impl, AtomTable& atoms, VocabularyTable& table,
                            const std::string& file) {
    impl.version = table.version;
    for (FindingRow& row : table.findings) {
        const auto index = static_cast<FindingIndex>(impl.findings.size());
        if (!impl.by_key.emplace(row.finding.key, index).second) {
            return Error{"expected each key once, found '" + row.finding.key + "' again", file,
                         row.line, "key"};
        }
        if (row.finding.type == FindingType::boolean) atoms.of({Atom::Kind::is, index, 0});
        impl.findings.push_back(std::move(row.finding));
    }
    for (std::size_t i = 0; i < table.findings.size(); ++i) {
        for (const std::string& with : table.findings[i].card_with) {
            const auto found = impl.by_key.find(with);
            if (found == impl.by_key.end()) {
                return Error{"expected a finding, found '" + with + "'", file,
                             table.findings[i].line, "card_with"};
            }
            impl.findings[i].card_with.push_back(found->second);
        }
        for (const std::string& wider : table.findings[i].within) {
            const auto found = impl.by_key.find(wider);
            if (found == impl.by_key.end() || found->second == i ||
                impl.findings[found->second].type != FindingType::boolean) {
                return Error{"expected another boolean finding, found '" + wider + "'", file,
                             table.findings[i].line, "within"};
            }
            impl.findings[i].within.push_back(found->second);
        }
    }
    return {};
}

// One condition of an entailment: an atom or its negation.
Result<std::pair<AtomIndex, bool>> one_literal(const std::string& text, const FormulaPlace& place,
                                               const Protocol& findings, AtomTable& atoms) {
    const auto formula = parse_formula(text, place, findings, atoms, false);
    if (!formula) return formula.error();
    const Formula* at = &*formula;
    bool value = true;
    while (at->op == Formula::Op::negation) {
        value = !value;
        at = &at->parts.front();
    }
    if (at->op != Formula::Op::atom) {
        return Error{"expected one condition, found '" + text + "'", place.file, place.line,
                     place.field};
    }
    return std::pair{at->atom, value != at->negated};
}

Result<void> place_entailments(Impl& impl, const Protocol& findings, AtomTable& atoms,
                               const VocabularyTable& table, const std::string& file) {
    for (const EntailmentRow& row : table.entailments) {
        const auto from = one_literal(row.from, {file, row.line, "if"}, findings, atoms);
        if (!from) return from.error();
        const auto to = one_literal(row.to, {file, row.line, "then"}, findings, atoms);
        if (!to) return to.error();
        impl.entailments.push_back({from->first, to->first, from->second, to->second});
    }
    return {};
}

Result<void> place_unasked(Impl& impl, const Protocol& findings, AtomTable& atoms,
                           const VocabularyTable& table, const std::string& file) {
    for (const UnaskedRow& row : table.unasked) {
        Unasked out;
        for (const auto& [texts, to, field] :
             {std::tuple{&row.absent, &out.absent, "absent"},
              std::tuple{&row.when, &out.when, "when"},
              std::tuple{&row.only_with, &out.only_with, "only_with"}}) {
            for (const std::string& text : *texts) {
                const auto at = one_literal(text, {file, row.line, field}, findings, atoms);
                if (!at) return at.error();
                to->push_back({at->first, at->second});
            }
        }
        impl.unasked.push_back(std::move(out));
    }
    return {};
}

Result<void> place_likelihoods(Impl& impl, const VocabularyTable& table, const std::string& file) {
    for (const LikelihoodRow& row : table.likelihoods) {
        Likelihood l = row.likelihood;
        const auto index = [&](const std::string& key, const char* field) -> Result<FindingIndex> {
            const auto found = impl.by_key.find(key);
            if (found != impl.by_key.end() &&
                impl.findings[found->second].type == FindingType::boolean) {
                return found->second;
            }
            return Error{"expected a boolean finding, found '" + key + "'", file, row.line, field};
        };
        const auto finding = index(row.finding, "finding");
        if (!finding) return finding.error();
        l.finding = *finding;
        if (!row.with.empty()) {
            const auto with = index(row.with, "with");
            if (!with) return with.error();
            l.with = *with;
        }
        impl.likelihoods.push_back(l);
    }
    return {};
}

Result<void> place_rules(Impl& impl, const Protocol& findings, AtomTable& atoms,
                         std::vector<RuleRow>& rows, std::vector<FormulaPlace>& places) {
    std::stable_sort(rows.begin(), rows.end(), [](const RuleRow& a, const RuleRow& b) {
        return a.rule.category < b.rule.category;
    });
    for (RuleRow& row : rows) {
        if (findings.rule(row.rule.id) != nullptr) {
            return Error{"expected each id once, found '" + row.rule.id + "' again", row.file,
                         row.line, "id"};
        }
        const FormulaPlace place{row.file, row.formula_line, "formula"};
        Formula formula;
        formula.op = Formula::Op::any;  // an empty "any" never holds
        Formula presume = formula;
        if (!row.rule.formula.empty()) {
            auto parsed = parse_formula(row.rule.formula, place, findings, atoms, false);
            if (!parsed) return parsed.error();
            formula = std::move(*parsed);
        }
        if (!row.rule.presume.empty()) {
            auto parsed = parse_formula(row.rule.presume, {row.file, row.presume_line, "presume"},
                                        findings, atoms, true);
            if (!parsed) return parsed.error();
            presume = std::move(*parsed);
        }
        impl.rules.push_back(std::move(row.rule));
        impl.formulas.push_back(std::move(formula));
        impl.presumes.push_back(std::move(presume));
        places.push_back({row.file, row.line, "formula"});
    }
    return {};
}

}  // namespace

std::string definition_version(const Rule& rule) {
    std::string all;
    for (const std::string* part :
         {&rule.id, &rule.name.kk, &rule.name.ru, &rule.name.en, &rule.formula, &rule.presume,
          &rule.definition.kk, &rule.definition.ru, &rule.definition.en}) {
        all += *part;
        all += '\n';
    }
    return text_version(all);
}

Result<Protocol> Protocol::parse(const File& findings, std::span<const File> rules) {
    auto table = read_vocabulary(findings);
    if (!table) return table.error();
    std::vector<RuleRow> rows;
    for (const File& file : rules) {
        auto read = read_rules(file);
        if (!read) return read.error();
        for (RuleRow& row : *read) rows.push_back(std::move(row));
    }
    Protocol out(std::make_unique<Impl>());
    Impl& impl = *out.impl_;
    AtomTable atoms;
    if (auto done = place_findings(impl, atoms, *table, findings.name); !done) return done.error();
    if (auto done = place_entailments(impl, out, atoms, *table, findings.name); !done) {
        return done.error();
    }
    if (auto done = place_unasked(impl, out, atoms, *table, findings.name); !done) {
        return done.error();
    }
    if (auto done = place_likelihoods(impl, *table, findings.name); !done) return done.error();
    std::vector<FormulaPlace> places;
    if (auto done = place_rules(impl, out, atoms, rows, places); !done) return done.error();
    if (atoms.overflow()) {
        return Error{"expected at most " + std::to_string(atoms_max) + " findings and bounds",
                     findings.name, 0, {}};
    }
    impl.atoms = atoms.atoms();
    if (auto done = compile(impl, places); !done) return done.error();
    build_inquiries(impl);
    std::string all = findings.text;
    for (const File& file : rules) all += '\n' + file.text;
    impl.edition = impl.version + '-' + text_version(all);
    impl.tables = std::move(table->tables);
    return out;
}

}  // namespace jedel::triage
