#include "triage/table_reader.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "base/toml_row.h"

namespace jedel::triage {

namespace {

/// The fields that only the protocol's tables have.
class Reader : public TomlRow {
public:
    using TomlRow::TomlRow;

    LocalText three(std::string_view field, bool required) {
        const toml::node* found = node(field);
        if (found == nullptr) {
            if (required) fail(field, "expected kk, ru and en, found nothing");
            return {};
        }
        const toml::table* inner = found->as_table();
        if (inner == nullptr) {
            fail(field, "expected {kk, ru, en}");
            return {};
        }
        return local(*inner, field);
    }

    /// [from, to]; nullopt where the field is not there.
    std::optional<std::pair<double, double>> span(std::string_view field) {
        if (!has(field)) return std::nullopt;
        const std::vector<double> ends = numbers(field, -far, far);
        if (ends.size() != 2) {
            fail(field, "expected [from, to]");
            return std::nullopt;
        }
        return std::pair{ends[0], ends[1]};
    }

    std::vector<std::pair<std::string, LocalText>> choices(std::string_view field) {
        std::vector<std::pair<std::string, LocalText>> out;
        for (const toml::table* inner : rows(field)) {
            const auto key = (*inner)["key"].value_exact<std::string>();
            if (!key || key->empty()) fail(field, "expected {key, kk, ru, en}");
            out.emplace_back(key.value_or(""), local(*inner, field));
        }
        return out;
    }

    static constexpr double far = 1e12;

private:
    LocalText local(const toml::table& inner, std::string_view field) {
        const auto in = [&](const char* language) {
            auto value = inner[language].value_exact<std::string>();
            if (!value || value->empty()) {
                fail(field, std::string("expected a text in ") + language);
            }
            return value.value_or("");
        };
        return {in("kk"), in("ru"), in("en")};
    }
};

// Calls `each` with every [[name]] table; other top fields must be in `fields`.
template <class F>
Result<void> for_tables(const toml::table& root, const std::string& file,
                        std::initializer_list<std::string_view> fields, std::string_view name,
                        F&& each) {
    Reader top(root, file);
    top.only(fields);
    const auto rows = top.rows(name);
    if (top.error()) return *top.error();
    for (const toml::table* table : rows) {
        Reader reader(*table, file);
        each(reader);
        if (reader.error()) return *reader.error();
    }
    return {};
}

bool lawful_key(const std::string& key) {
    return !key.empty() && key.front() >= 'a' && key.front() <= 'z' && key.size() <= 60 &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

FindingRow read_finding(Reader& r) {
    r.only({"key", "type", "name", "question", "question_self", "unit", "low", "high", "choices",
             "danger", "caller_can_know", "within", "modifier", "prior", "typical",
             "card_with"});
    FindingRow row;
    row.line = r.line();
    Finding& f = row.finding;
    f.key = r.text("key");
    constexpr std::string_view reserved[] = {"and", "or", "not", "at_least", "known", "unknown"};
    if (!lawful_key(f.key) ||
        std::find(std::begin(reserved), std::end(reserved), f.key) != std::end(reserved)) {
        r.fail("key", "expected a key of a-z, 0-9 and _");
    }
    f.name = r.three("name", true);
    f.question = r.three("question", false);
    f.question_self = r.three("question_self", false);
    if (f.question.empty() && !f.question_self.empty()) {
        r.fail("question_self", "expected a question that it words anew");
    }
    f.danger = r.truth("danger", false);
    f.caller_can_know = r.truth("caller_can_know", true);
    f.modifier = r.truth("modifier", false);
    f.prior = r.number("prior", -Reader::far, Reader::far, f.prior);
    if (f.prior <= 0 || f.prior >= 1) r.fail("prior", "expected a share between 0 and 1");
    row.within = r.texts("within");
    row.card_with = r.texts("card_with");
    const std::string type = r.text("type", false);
    if (type == "number") {
        f.type = FindingType::number;
        f.unit = r.text("unit");
        f.low = r.number("low", -Reader::far, Reader::far);
        f.high = r.number("high", -Reader::far, Reader::far);
        f.typical = r.numbers("typical", -Reader::far, Reader::far);
        if (f.low >= f.high) r.fail("high", "expected low below high");
        for (const double v : f.typical) {
            if (v < f.low || v > f.high) r.fail("typical", "expected values within low and high");
        }
    } else if (type == "choice") {
        f.type = FindingType::choice;
        f.choices = r.choices("choices");
        if (f.choices.size() < 2) r.fail("choices", "expected two choices or more");
        for (const auto& [key, name] : f.choices) {
            if (!lawful_key(key)) r.fail("choices", "expected keys of a-z, 0-9 and _");
        }
    } else if (!type.empty() && type != "boolean") {
        r.fail("type", "expected boolean, number or choice, found '" + type + "'");
    }
    return row;
}

RuleRow read_rule(Reader& r, const std::string& file, const std::string& source) {
    r.only({"id", "category", "name", "source", "formula", "presume", "definition", "approved",
             "catch_all"});
    RuleRow row;
    row.file = file;
    row.line = r.line();
    row.formula_line = r.line_at("formula");
    row.presume_line = r.line_at("presume");
    Rule& rule = row.rule;
    rule.id = r.text("id");
    const std::string category = r.text("category");
    rule.category = from_name<Category>(category).value_or(Category::none);
    if (rule.category == Category::none) {
        r.fail("category", "expected u1, u2, u3 or u4, found '" + category + "'");
    }
    rule.name = r.three("name", true);
    rule.source = r.text("source", false);
    if (rule.source.empty()) rule.source = source;
    if (rule.source.empty()) r.fail("source", "expected the document, found nothing");
    rule.presume = r.text("presume", false);
    rule.formula = r.text("formula", rule.presume.empty());
    rule.definition = r.three("definition", false);
    rule.approved = r.truth("approved", false);
    rule.catch_all = r.truth("catch_all", false);
    return row;
}

LikelihoodRow read_likelihood(Reader& r) {
    r.only({"finding", "age", "sex", "hours", "with", "times"});
    LikelihoodRow row;
    row.line = r.line();
    row.finding = r.text("finding");
    row.with = r.text("with", false);
    Likelihood& l = row.likelihood;
    l.age_years = r.span("age");
    if (l.age_years && l.age_years->first >= l.age_years->second) {
        r.fail("age", "expected [from, below] in years");
    }
    if (const auto hours = r.span("hours")) {
        const auto hour = [&](double h) {
            if (h < 0 || h > 24 || h != std::floor(h)) r.fail("hours", "expected hours 0 to 24");
            return static_cast<int>(std::clamp(h, 0.0, 24.0));
        };
        l.hours = std::pair{hour(hours->first), hour(hours->second)};
    }
    const std::string sex = r.text("sex", false);
    if (sex == "male") l.sex = Sex::male;
    else if (sex == "female") l.sex = Sex::female;
    else if (!sex.empty()) r.fail("sex", "expected male or female, found '" + sex + "'");
    l.times = r.number("times", -Reader::far, Reader::far);
    if (l.times <= 0 || l.times > 100) r.fail("times", "expected above 0 and at most 100");
    if (!l.age_years && !l.hours && sex.empty() && row.with.empty()) {
        r.fail("times", "expected age, sex, hours or with");
    }
    return row;
}

}  // namespace

Result<VocabularyTable> read_vocabulary(const Protocol::File& file) {
    const auto root = parse_toml(file.text, file.name);
    if (!root) return root.error();
    VocabularyTable out;
    Reader top(*root, file.name);
    out.version = top.text("version");
    out.tables = top.texts("tables");
    if (top.error()) return *top.error();
    const auto each = [&](std::string_view name, auto&& read) {
        return for_tables(*root, file.name,
                          {"version", "tables", "finding", "entailment", "unasked", "likelihood"},
                          name, read);
    };
    auto done = each("finding", [&](Reader& r) { out.findings.push_back(read_finding(r)); });
    if (!done) return done.error();
    done = each("entailment", [&](Reader& r) {
        r.only({"if", "then"});
        out.entailments.push_back({r.text("if"), r.text("then"), r.line()});
    });
    if (!done) return done.error();
    done = each("unasked", [&](Reader& r) {
        r.only({"absent", "when", "only_with"});
        out.unasked.push_back(
            {r.texts("absent"), r.texts("when"), r.texts("only_with"), r.line()});
        if (out.unasked.back().absent.empty()) r.fail("absent", "expected a condition");
    });
    if (!done) return done.error();
    done = each("likelihood",
                [&](Reader& r) { out.likelihoods.push_back(read_likelihood(r)); });
    if (!done) return done.error();
    if (out.findings.empty()) {
        return Error{"expected [[finding]] tables, found none", file.name, 0, "finding"};
    }
    if (out.findings.size() > 4096) {
        return Error{"expected at most 4096 findings", file.name, 0, "finding"};
    }
    return out;
}

Result<std::vector<std::string>> read_names(const Protocol::File& file, std::string_view field) {
    const auto root = parse_toml(file.text, file.name);
    if (!root) return root.error();
    Reader top(*root, file.name);
    auto names = top.texts(field);
    if (top.error()) return *top.error();
    return names;
}

Result<std::vector<RuleRow>> read_rules(const Protocol::File& file) {
    const auto root = parse_toml(file.text, file.name);
    if (!root) return root.error();
    Reader top(*root, file.name);
    const std::string source = top.text("source", false);
    if (top.error()) return *top.error();
    std::vector<RuleRow> out;
    auto done = for_tables(*root, file.name, {"source", "rule"}, "rule",
                           [&](Reader& r) { out.push_back(read_rule(r, file.name, source)); });
    if (!done) return done.error();
    if (out.empty()) return Error{"expected [[rule]] tables, found none", file.name, 0, "rule"};
    return out;
}

}  // namespace jedel::triage
