#include "triage/table_reader.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include <toml++/toml.h>

namespace jedel::triage {

namespace {

// One table of a file, read field by field; remembers the first error.
class Reader {
public:
    Reader(const toml::table& table, const std::string& file) : table_(table), file_(file) {}

    [[nodiscard]] long line() const { return line_of(table_); }
    [[nodiscard]] long line_of_field(std::string_view field) const {
        const toml::node* node = table_.get(field);
        return node != nullptr ? line_of(*node) : line();
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

    void fail(const std::string& message, std::string_view field) {
        if (!error_) error_ = Error{message, file_, line_of_field(field), std::string(field)};
    }

    void allow(std::initializer_list<std::string_view> fields) {
        for (const auto& [key, value] : table_) {
            if (std::find(fields.begin(), fields.end(), key.str()) == fields.end()) {
                fail("expected no such field", key.str());
            }
        }
    }

    std::string text(std::string_view field, bool required) {
        const toml::node* node = table_.get(field);
        if (node == nullptr) {
            if (required) fail("expected text, found nothing", field);
            return {};
        }
        const auto value = node->value_exact<std::string>();
        if (!value || value->find_first_not_of(" \t\r\n") == std::string::npos) {
            fail("expected text", field);
        }
        return value.value_or("");
    }

    bool truth(std::string_view field, bool otherwise) {
        const toml::node* node = table_.get(field);
        if (node == nullptr) return otherwise;
        const auto value = node->value_exact<bool>();
        if (!value) fail("expected true or false", field);
        return value.value_or(otherwise);
    }

    double number(std::string_view field, double otherwise, bool required = false) {
        const toml::node* node = table_.get(field);
        if (node == nullptr) {
            if (required) fail("expected a number, found nothing", field);
            return otherwise;
        }
        return as_number(*node, field).value_or(otherwise);
    }

    LocalText three(std::string_view field, bool required) {
        const toml::node* node = table_.get(field);
        if (node == nullptr) {
            if (required) fail("expected kk, ru and en, found nothing", field);
            return {};
        }
        const toml::table* inner = node->as_table();
        if (inner == nullptr) {
            fail("expected {kk, ru, en}", field);
            return {};
        }
        return local(*inner, field);
    }

    std::vector<std::string> words(std::string_view field) {
        std::vector<std::string> out;
        for_each(field, [&](const toml::node& item) {
            const auto value = item.value_exact<std::string>();
            if (!value) return fail("expected a list of words", field);
            out.push_back(*value);
        });
        return out;
    }

    /// [from, to]; nullopt where the field is not there.
    std::optional<std::pair<double, double>> span(std::string_view field) {
        if (table_.get(field) == nullptr) return std::nullopt;
        const std::vector<double> ends = numbers(field);
        if (ends.size() != 2) {
            fail("expected [from, to]", field);
            return std::nullopt;
        }
        return std::pair{ends[0], ends[1]};
    }

    std::vector<double> numbers(std::string_view field) {
        std::vector<double> out;
        for_each(field, [&](const toml::node& item) {
            if (const auto value = as_number(item, field)) out.push_back(*value);
        });
        return out;
    }

    std::vector<std::pair<std::string, LocalText>> choices(std::string_view field) {
        std::vector<std::pair<std::string, LocalText>> out;
        for_each(field, [&](const toml::node& item) {
            const toml::table* inner = item.as_table();
            const auto key = inner != nullptr ? (*inner)["key"].value_exact<std::string>()
                                              : std::optional<std::string>{};
            if (!key || key->empty()) return fail("expected {key, kk, ru, en}", field);
            out.emplace_back(*key, local(*inner, field));
        });
        return out;
    }

private:
    static long line_of(const toml::node& node) {
        return static_cast<long>(node.source().begin.line);
    }

    template <class F>
    void for_each(std::string_view field, F&& each) {
        const toml::node* node = table_.get(field);
        if (node == nullptr) return;
        const toml::array* array = node->as_array();
        if (array == nullptr) return fail("expected a list", field);
        for (const toml::node& item : *array) each(item);
    }

    std::optional<double> as_number(const toml::node& node, std::string_view field) {
        const auto value = node.is_number() ? node.value<double>() : std::optional<double>{};
        if (!value || !std::isfinite(*value)) {
            fail("expected a number", field);
            return std::nullopt;
        }
        return value;
    }

    LocalText local(const toml::table& inner, std::string_view field) {
        const auto in = [&](const char* language) {
            auto value = inner[language].value_exact<std::string>();
            if (!value || value->empty()) {
                fail(std::string("expected a text in ") + language, field);
            }
            return value.value_or("");
        };
        return {in("kk"), in("ru"), in("en")};
    }

    const toml::table& table_;
    const std::string& file_;
    std::optional<Error> error_;
};

// toml++ 3.3 compiled with assertions aborts on a header such as "[,"; its shared library does not.
std::optional<Error> broken_header(const Protocol::File& file) {
    long line = 0;
    for (std::size_t at = 0; at <= file.text.size();) {
        const std::size_t end = std::min(file.text.find('\n', at), file.text.size());
        std::string_view text = std::string_view(file.text).substr(at, end - at);
        at = end + 1;
        ++line;
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        if (!text.starts_with('[')) continue;
        text.remove_prefix(text.starts_with("[[") ? 2 : 1);
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        const char c = text.empty() ? '\0' : text.front();
        const bool bare = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!bare && c != '"' && c != '\'' && c != ']') {
            return Error{"expected a name after '['", file.name, line, {}};
        }
    }
    return std::nullopt;
}

Result<toml::table> parse_toml(const Protocol::File& file) {
    if (auto broken = broken_header(file)) return *broken;
    try {
        return toml::parse(file.text, file.name);
    } catch (const toml::parse_error& e) {
        return Error{std::string(e.description()), file.name,
                     static_cast<long>(e.source().begin.line), {}};
    }
}

// Calls `each` with every [[name]] table; other top fields must be in `fields`.
template <class F>
Result<void> for_tables(const toml::table& root, const std::string& file,
                        std::initializer_list<std::string_view> fields, std::string_view name,
                        F&& each) {
    Reader top(root, file);
    top.allow(fields);
    if (top.error()) return *top.error();
    const toml::array* rows = root[name].as_array();
    if (rows == nullptr) return {};
    for (const toml::node& node : *rows) {
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            return Error{"expected [[" + std::string(name) + "]] tables", file,
                         static_cast<long>(node.source().begin.line), std::string(name)};
        }
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
    r.allow({"key", "type", "name", "question", "question_self", "unit", "low", "high", "choices",
             "danger", "caller_can_know", "within", "modifier", "prior", "typical",
             "card_with"});
    FindingRow row;
    row.line = r.line();
    Finding& f = row.finding;
    f.key = r.text("key", true);
    constexpr std::string_view reserved[] = {"and", "or", "not", "at_least", "known", "unknown"};
    if (!lawful_key(f.key) ||
        std::find(std::begin(reserved), std::end(reserved), f.key) != std::end(reserved)) {
        r.fail("expected a key of a-z, 0-9 and _", "key");
    }
    f.name = r.three("name", true);
    f.question = r.three("question", false);
    f.question_self = r.three("question_self", false);
    if (f.question.empty() && !f.question_self.empty()) {
        r.fail("expected a question that it words anew", "question_self");
    }
    f.danger = r.truth("danger", false);
    f.caller_can_know = r.truth("caller_can_know", true);
    f.modifier = r.truth("modifier", false);
    f.prior = r.number("prior", f.prior);
    if (f.prior <= 0 || f.prior >= 1) r.fail("expected a share between 0 and 1", "prior");
    row.within = r.words("within");
    row.card_with = r.words("card_with");
    const std::string type = r.text("type", false);
    if (type == "number") {
        f.type = FindingType::number;
        f.unit = r.text("unit", true);
        f.low = r.number("low", 0, true);
        f.high = r.number("high", 0, true);
        f.typical = r.numbers("typical");
        if (f.low >= f.high) r.fail("expected low below high", "high");
        for (const double v : f.typical) {
            if (v < f.low || v > f.high) r.fail("expected values within low and high", "typical");
        }
    } else if (type == "choice") {
        f.type = FindingType::choice;
        f.choices = r.choices("choices");
        if (f.choices.size() < 2) r.fail("expected two choices or more", "choices");
        for (const auto& [key, name] : f.choices) {
            if (!lawful_key(key)) r.fail("expected keys of a-z, 0-9 and _", "choices");
        }
    } else if (!type.empty() && type != "boolean") {
        r.fail("expected boolean, number or choice, found '" + type + "'", "type");
    }
    return row;
}

RuleRow read_rule(Reader& r, const std::string& file, const std::string& source) {
    r.allow({"id", "category", "name", "source", "formula", "presume", "definition", "approved",
             "catch_all"});
    RuleRow row;
    row.file = file;
    row.line = r.line();
    row.formula_line = r.line_of_field("formula");
    row.presume_line = r.line_of_field("presume");
    Rule& rule = row.rule;
    rule.id = r.text("id", true);
    const std::string category = r.text("category", true);
    rule.category = from_name<Category>(category).value_or(Category::none);
    if (rule.category == Category::none) {
        r.fail("expected u1, u2, u3 or u4, found '" + category + "'", "category");
    }
    rule.name = r.three("name", true);
    rule.source = r.text("source", false);
    if (rule.source.empty()) rule.source = source;
    if (rule.source.empty()) r.fail("expected the document, found nothing", "source");
    rule.presume = r.text("presume", false);
    rule.formula = r.text("formula", rule.presume.empty());
    rule.definition = r.three("definition", false);
    rule.approved = r.truth("approved", false);
    rule.catch_all = r.truth("catch_all", false);
    return row;
}

LikelihoodRow read_likelihood(Reader& r) {
    r.allow({"finding", "age", "sex", "hours", "with", "times"});
    LikelihoodRow row;
    row.line = r.line();
    row.finding = r.text("finding", true);
    row.with = r.text("with", false);
    Likelihood& l = row.likelihood;
    l.age_years = r.span("age");
    if (l.age_years && l.age_years->first >= l.age_years->second) {
        r.fail("expected [from, below] in years", "age");
    }
    if (const auto hours = r.span("hours")) {
        const auto hour = [&](double h) {
            if (h < 0 || h > 24 || h != std::floor(h)) r.fail("expected hours 0 to 24", "hours");
            return static_cast<int>(std::clamp(h, 0.0, 24.0));
        };
        l.hours = std::pair{hour(hours->first), hour(hours->second)};
    }
    const std::string sex = r.text("sex", false);
    if (sex == "male") l.sex = Sex::male;
    else if (sex == "female") l.sex = Sex::female;
    else if (!sex.empty()) r.fail("expected male or female, found '" + sex + "'", "sex");
    l.times = r.number("times", 1, true);
    if (l.times <= 0 || l.times > 100) r.fail("expected above 0 and at most 100", "times");
    if (!l.age_years && !l.hours && sex.empty() && row.with.empty()) {
        r.fail("expected age, sex, hours or with", "times");
    }
    return row;
}

}  // namespace

Result<VocabularyTable> read_vocabulary(const Protocol::File& file) {
    const auto root = parse_toml(file);
    if (!root) return root.error();
    VocabularyTable out;
    Reader top(*root, file.name);
    out.version = top.text("version", true);
    out.tables = top.words("tables");
    if (top.error()) return *top.error();
    const auto each = [&](std::string_view name, auto&& read) {
        return for_tables(*root, file.name,
                          {"version", "tables", "finding", "entailment", "unasked", "likelihood"},
                          name, read);
    };
    auto done = each("finding", [&](Reader& r) { out.findings.push_back(read_finding(r)); });
    if (!done) return done.error();
    done = each("entailment", [&](Reader& r) {
        r.allow({"if", "then"});
        out.entailments.push_back({r.text("if", true), r.text("then", true), r.line()});
    });
    if (!done) return done.error();
    done = each("unasked", [&](Reader& r) {
        r.allow({"absent", "when", "only_with"});
        out.unasked.push_back(
            {r.words("absent"), r.words("when"), r.words("only_with"), r.line()});
        if (out.unasked.back().absent.empty()) r.fail("expected a condition", "absent");
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
    const auto root = parse_toml(file);
    if (!root) return root.error();
    Reader top(*root, file.name);
    auto names = top.words(field);
    if (top.error()) return *top.error();
    return names;
}

Result<std::vector<RuleRow>> read_rules(const Protocol::File& file) {
    const auto root = parse_toml(file);
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
