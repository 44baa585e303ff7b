#include "dispatch/patients/law.h"

#include <algorithm>
#include <set>
#include <toml++/toml.h>

#include "base/install.h"
#include "base/time.h"

namespace jedel {

namespace {

/// Reads one table with its place in the file; the first thing wrong is kept.
class Reader {
public:
    Reader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

    void fail(const toml::node* node, const std::string& field, const std::string& message) {
        if (error_) return;
        const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
        error_ = Error{.message = message, .where = file_, .line = static_cast<long>(line),
                       .field = field};
    }
    std::string text(const char* key, bool needed = true) {
        const toml::node* node = table_.get(key);
        if (node == nullptr && !needed) return {};
        if (node == nullptr || !node->is_string()) {
            fail(node, key, "expected a text");
            return {};
        }
        std::string out = node->as_string()->get();
        if (out.empty() && needed) fail(node, key, "expected a text, found an empty one");
        return out;
    }
    std::optional<double> number(const char* key) {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        const auto value = node->value<double>();
        if (!value || *value < 0) fail(node, key, "expected a number of 0 or more");
        return value;
    }
    int whole(const char* key) {
        const toml::node* node = table_.get(key);
        const auto value = node != nullptr ? node->value<std::int64_t>() : std::nullopt;
        if (!value || *value < 1 || *value > 1200) {
            fail(node, key, "expected a whole number of 1 to 1200");
            return 0;
        }
        return static_cast<int>(*value);
    }
    bool flag(const char* key) {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return false;
        const auto value = node->value<bool>();
        if (!value) fail(node, key, "expected true or false");
        return value.value_or(false);
    }
    int day(const char* key) {
        const std::string written = text(key);
        const auto found = day_from_iso(written);
        if (!found) fail(table_.get(key), key, "expected YYYY-MM-DD, found '" + written + "'");
        return found.value_or(0);
    }
    template <class E>
    E name(const char* key) {
        const std::string written = text(key);
        const auto found = from_name<E>(written);
        if (!found) fail(table_.get(key), key, "unknown name '" + written + "'");
        return found.value_or(E{});
    }
    std::vector<std::string> texts(const char* key) {
        std::vector<std::string> out;
        const toml::node* node = table_.get(key);
        if (node == nullptr) return out;
        const toml::array* list = node->as_array();
        if (list == nullptr) {
            fail(node, key, "expected a list of texts");
            return out;
        }
        for (const toml::node& item : *list) {
            if (!item.is_string()) fail(&item, key, "expected a list of texts");
            else out.push_back(item.as_string()->get());
        }
        return out;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    const toml::table& table_;
    std::string file_;
    std::optional<Error> error_;
};

/// One file of the folder.
struct File {
    std::string name;
    toml::table table;

    /// Calls `each` for every [[key]]; at least one is expected.
    template <class Each>
    Result<void> rows(const char* key, Each&& each) const {
        const toml::array* list = table.get_as<toml::array>(key);
        if (list == nullptr || list->empty()) {
            return Error{.message = "expected at least one [[" + std::string{key} + "]]",
                         .where = name};
        }
        for (const toml::node& item : *list) {
            const toml::table* row = item.as_table();
            if (row == nullptr) {
                return Error{.message = "expected a table", .where = name,
                             .line = static_cast<long>(item.source().begin.line), .field = key};
            }
            Reader reader{*row, name};
            each(reader);
            if (reader.error()) return *reader.error();
        }
        return {};
    }
};

Result<File> open_file(const std::string& folder, const char* file_name) {
    File file{.name = folder + "/" + file_name, .table = {}};
    auto text = read_file(file.name);
    if (!text) return text.error();
    try {
        file.table = toml::parse(*text, file.name);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{error.description()}, .where = file.name,
                     .line = static_cast<long>(error.source().begin.line)};
    }
    return file;
}

Result<void> read_amounts(const File& file, LawTables& law) {
    return file.rows("amount", [&](Reader& r) {
        law.amounts.push_back({.payer = r.text("payer"), .from_day = r.day("from"),
                               .from = r.text("from"),
                               .tenge_per_month = r.number("tenge_per_month"),
                               .percent_of_income = r.number("percent_of_income"),
                               .source = r.text("source")});
    });
}

Result<void> read_insurance(const File& file, LawTables& law) {
    const auto section = [&](const char* key, auto&& each) -> Result<void> {
        const toml::table* table = file.table.get_as<toml::table>(key);
        if (table == nullptr) {
            return Error{.message = "expected [" + std::string{key} + "]", .where = file.name};
        }
        Reader reader{*table, file.name};
        each(reader);
        if (reader.error()) return *reader.error();
        return {};
    };
    if (auto done = section("conditional", [&](Reader& r) {
            law.conditional_months = r.whole("months");
            law.conditional_rule = r.text("rule");
            law.conditional_source = r.text("source");
        });
        !done) {
        return done;
    }
    if (auto done = section("debt", [&](Reader& r) {
            law.debt_months_max = r.whole("months_max");
            law.debt_rule = r.text("rule");
            law.debt_source = r.text("source");
        });
        !done) {
        return done;
    }
    if (auto done = file.rows("regular", [&](Reader& r) {
            law.regular.push_back({.from_day = r.day("from"), .rule = r.text("rule"),
                                   .source = r.text("source")});
        });
        !done) {
        return done;
    }
    if (auto done = file.rows("payer", [&](Reader& r) {
            law.payers.push_back({.category = r.text("category"), .kept = r.flag("kept"),
                                  .amount = r.text("amount")});
        });
        !done) {
        return done;
    }
    if (auto done = file.rows("exempt",
                              [&](Reader& r) { law.exempt.push_back(r.text("category")); });
        !done) {
        return done;
    }
    std::set<std::string> numbers;
    return file.rows("privileged", [&](Reader& r) {
        law.privileged.push_back({.number = r.text("number"), .kk = r.text("kk"),
                                  .ru = r.text("ru"), .en = r.text("en")});
        if (!numbers.insert(law.privileged.back().number).second) {
            r.fail(nullptr, "number", "the same number stands twice");
        }
    });
}

Result<void> read_packages(const File& file, LawTables& law) {
    if (auto done = file.rows("service", [&](Reader& r) {
            law.services.push_back({.package = r.name<Package>("package"), .key = r.text("key"),
                                    .rule = r.text("rule"), .source = r.text("source"),
                                    .always = r.flag("always"),
                                    .dangerous = r.flag("dangerous")});
        });
        !done) {
        return done;
    }
    return file.rows("dental", [&](Reader& r) {
        law.dental.push_back({.source = r.text("source"), .planned = r.text("planned"),
                              .urgent = r.text("urgent")});
    });
}

Result<void> read_diseases(const File& file, LawTables& law) {
    return file.rows("disease", [&](Reader& r) {
        law.diseases.push_back({.id = r.text("id"), .from_day = r.day("from"),
                                .place = r.text("place"), .package = r.name<Package>("package"),
                                .source = r.text("source"), .findings = r.texts("findings")});
    });
}

Result<void> read_follow_up(const File& file, LawTables& law) {
    return file.rows("follow_up", [&](Reader& r) {
        law.follow_up.push_back({.any = r.texts("any"), .kind = r.name<FollowUpKind>("kind"),
                                 .note = r.text("note"), .rule = r.text("rule"),
                                 .source = r.text("source"),
                                 .package = r.name<Package>("package")});
    });
}

}  // namespace

void LawTablesDeleter::operator()(LawTables* tables) const { delete tables; }

Result<LawTablesPtr> load_law(const std::string& folder) {
    LawTablesPtr law{new LawTables};
    const std::pair<const char*, Result<void> (*)(const File&, LawTables&)> files[] = {
        {"amounts.toml", read_amounts},
        {"insurance.toml", read_insurance},
        {"packages.toml", read_packages},
        {"diseases.toml", read_diseases},
        {"follow_up.toml", read_follow_up}};
    for (const auto& [name, read] : files) {
        const auto file = open_file(folder, name);
        if (!file) return file.error();
        if (auto done = read(*file, *law); !done) return done.error();
    }
    for (const PayerRow& row : law->payers) {
        const auto known = std::any_of(law->amounts.begin(), law->amounts.end(),
                                       [&](const AmountRow& a) { return a.payer == row.amount; });
        if (!known) {
            return Error{.message = "payer '" + row.category + "' pays as '" + row.amount +
                                    "', of which amounts.toml knows nothing",
                         .where = folder + "/insurance.toml", .field = "amount"};
        }
    }
    return law;
}

const PayerRow* LawTables::payer(const std::string& category) const {
    for (const PayerRow& row : payers) {
        if (row.category == category) return &row;
    }
    return nullptr;
}

const PrivilegedRow* LawTables::privilege(const std::string& number) const {
    for (const PrivilegedRow& row : privileged) {
        if (row.number == number) return &row;
    }
    return nullptr;
}

const AmountRow* LawTables::amount(const std::string& of, int day) const {
    const AmountRow* best = nullptr;
    for (const AmountRow& row : amounts) {
        if (row.payer != of || row.from_day > day) continue;
        if (best == nullptr || row.from_day > best->from_day) best = &row;
    }
    return best;
}

RegularRow LawTables::regular_on(int day) const {
    RegularRow best;
    for (const RegularRow& row : regular) {
        if (row.from_day <= day && (best.rule.empty() || row.from_day > best.from_day)) best = row;
    }
    return best;
}

std::vector<const DiseaseRow*> LawTables::diseases_on(int day) const {
    std::map<std::string, const DiseaseRow*> best;
    for (const DiseaseRow& row : diseases) {
        if (row.from_day > day) continue;
        const DiseaseRow*& known = best[row.id];
        if (known == nullptr || row.from_day > known->from_day) known = &row;
    }
    std::vector<const DiseaseRow*> out;
    for (const auto& [id, row] : best) out.push_back(row);
    return out;
}

}  // namespace jedel
