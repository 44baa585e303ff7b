// jedel entitlement: what a person's insurance opens on a day.

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/install.h"
#include "base/placeholders.h"
#include "cli/commands.h"
#include "dispatch/patients/entitlement.h"

namespace jedel::cli {

namespace {

using json = nlohmann::ordered_json;

struct EntitlementOptions {
    std::string people, iin, on, language = "en";
    bool as_json = false;
};

int fail(const Error& error) {
    std::cerr << "jedel entitlement: " << error.text() << '\n';
    return 1;
}

/// One language of assets/strings/entitlement.toml: its tables are a key and three plain lines.
std::map<std::string, std::string> texts(const std::string& install, const std::string& language) {
    std::map<std::string, std::string> out;
    const auto file = read_file(install + "/assets/strings/entitlement.toml");
    if (!file) return out;  // the keys are printed then
    std::istringstream lines{*file};
    std::string key;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("[\"") && line.ends_with("\"]")) {
            key = line.substr(2, line.size() - 4);
        } else if (line.starts_with(language + " = \"") && line.size() > language.size() + 5) {
            const auto start = language.size() + 4;
            out[key] = line.substr(start, line.size() - start - 1);
        }
    }
    return out;
}

struct Words {
    std::map<std::string, std::string> texts;
    [[nodiscard]] std::string of(const EntitlementLine& line) const {
        const auto it = texts.find(line.text_key);
        if (it == texts.end()) return line.text_key;
        const std::vector<std::string_view> arguments{line.arguments.begin(),
                                                      line.arguments.end()};
        return fill_placeholders(it->second, arguments);
    }
};

json lines_json(const std::vector<EntitlementLine>& lines, const Words& words) {
    json out = json::array();
    for (const EntitlementLine& line : lines) {
        out.push_back({{"rule", line.rule},
                       {"key", line.text_key},
                       {"arguments", line.arguments},
                       {"source", line.source},
                       {"text", words.of(line)}});
    }
    return out;
}

void print_lines(const char* title, const std::vector<EntitlementLine>& lines,
                 const Words& words) {
    if (lines.empty()) return;
    std::cout << title << '\n';
    for (const EntitlementLine& line : lines) {
        std::cout << "  " << words.of(line) << "  [" << line.rule << ", " << line.source << "]\n";
    }
}

Result<PatientRegister> open_people(const std::string& given) {
    constexpr std::string_view scheme = "sqlite:";
    const bool url = given.starts_with(scheme);
    const std::string path = url ? given.substr(scheme.size()) : given;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return Error{.message = "there is no such register; expected sqlite:PATH or a CSV or "
                                "JSON file",
                     .where = given};
    }
    const auto bytes = read_file(path);
    if (!bytes) return bytes.error();
    if (url || bytes->starts_with("SQLite format 3")) return PatientRegister::open(path);
    auto people = PatientRegister::open("");
    if (!people) return people.error();
    auto imported = people->import_file(path);
    if (!imported) return imported.error();
    return people;
}

/// The number must be one a person can have; a wrong check digit is only a hint.
std::optional<Error> check_number(const std::string& iin) {
    const auto bad = [](std::string message) {
        return Error{.message = std::move(message), .where = {}, .line = 0, .field = "--iin"};
    };
    switch (check_iin(iin)) {
        case IinVerdict::plausible: return std::nullopt;
        case IinVerdict::typo:
            std::cerr << "jedel entitlement: field '--iin': the check digit does not fit; a "
                         "typo?\n";
            return std::nullopt;
        case IinVerdict::not_digits: return bad("expected 12 digits, found other characters");
        case IinVerdict::wrong_length: return bad("expected 12 digits");
        case IinVerdict::is_bin: return bad("a business number (BIN); expected a person's");
    }
    return std::nullopt;
}

void print(const Entitlement& found, bool known, const EntitlementOptions& o, const Words& words) {
    const InsuranceRecord& record = found.record;
    if (o.as_json) {
        json out{{"on", o.on},
                 {"iin_check", check_iin(o.iin) == IinVerdict::plausible ? "plausible" : "typo"},
                 {"known", known},
                 {"status", name_of(record.status)},
                 {"rule", record.rule},
                 {"source", record.source}};
        if (known) out["as_of"] = to_iso(record.as_of);
        if (record.debt_months) out["debt_months"] = *record.debt_months;
        if (record.polyclinic) out["polyclinic"] = record.polyclinic->value;
        out["why"] = lines_json(found.status, words);
        out["covered"] = lines_json(found.covered, words);
        out["uncovered"] = lines_json(found.uncovered, words);
        std::cout << out.dump() << '\n';
        return;
    }
    std::cout << name_of(record.status) << " on " << o.on << " by " << record.rule;
    if (known) std::cout << ", register " << record.source << " as of " << to_iso(record.as_of);
    std::cout << '\n';
    print_lines("why", found.status, words);
    print_lines("free of charge", found.covered, words);
    print_lines("only with insurance, and the way back", found.uncovered, words);
}

int run(const EntitlementOptions& o) {
    const auto day = day_from_iso(o.on);
    if (!day) {
        return fail({.message = "expected YYYY-MM-DD, found '" + o.on + "'", .where = {},
                     .line = 0, .field = "--on"});
    }
    if (const auto wrong = check_number(o.iin)) return fail(*wrong);
    const auto install = install_folder();
    if (!install) return fail(install.error());
    const auto law = load_law(*install + "/data/law");
    if (!law) return fail(law.error());
    const auto people = open_people(o.people);
    if (!people) return fail(people.error());
    const auto row = people->find(o.iin);
    if (!row) return fail(row.error());
    const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count()};
    const Entitlement found = entitlement(**law, *row, people->name(), *day, now);
    print(found, row->has_value(), o, Words{texts(*install, o.language)});
    return 0;
}

}  // namespace

void add_entitlement(CLI::App& app, int& status) {
    auto o = std::make_shared<EntitlementOptions>();
    CLI::App* sub = app.add_subcommand(
        "entitlement",
        "Insurance status of a person on a day, why, what is free, and the way back");
    sub->add_option("--register", o->people, "sqlite:PATH, or a CSV or JSON file")->required();
    sub->add_option("--iin", o->iin, "Individual identification number, 12 digits")->required();
    sub->add_option("--on", o->on, "The day, YYYY-MM-DD")->required();
    sub->add_option("--language", o->language, "Language of the words")
        ->check(CLI::IsMember({"kk", "ru", "en"}));
    sub->add_flag("--json", o->as_json, "Print one JSON object instead of words");
    sub->callback([o, &status] { status = run(*o); });
}

}  // namespace jedel::cli
