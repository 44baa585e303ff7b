// jedel person: who in the register has this number, telephone or name.

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "dispatch/patients/calendar.h"
#include "dispatch/patients/iin.h"
#include "dispatch/patients/person_search.h"

namespace jedel::cli {

namespace {

struct PersonOptions {
    std::string people, iin, phone, name;
    std::size_t most = 5;
    bool as_json = false;
};

int fail(const Error& error) {
    std::cerr << "jedel person: " << error.text() << '\n';
    return 1;
}

int usage(const char* option, const char* message) {
    (void)fail(Error{.message = message, .field = option});
    return 2;
}

std::string_view sex_of(Sex sex) {
    return sex == Sex::male ? "m" : sex == Sex::female ? "f" : "unknown";
}

nlohmann::ordered_json person_json(const FoundPerson& person) {
    const RegisterRow& row = person.row;
    nlohmann::ordered_json out{{"iin", row.iin}, {"name", row.full_name}};
    out["birth_date"] = nullptr;
    if (row.birth_day) out["birth_date"] = day_text(*row.birth_day);
    out["sex"] = sex_of(row.sex);
    out["polyclinic"] = nullptr;
    if (row.polyclinic) out["polyclinic"] = row.polyclinic->value;
    out["also_iin"] = row.also_iin;
    out["as_of_ms"] = row.as_of.ms;
    out["likeness"] = person.likeness;
    return out;
}

void print(const std::vector<FoundPerson>& found, bool as_json) {
    if (as_json) {
        nlohmann::ordered_json out{{"format", 1},
                                   {"people", nlohmann::ordered_json::array()}};
        for (const FoundPerson& person : found) out["people"].push_back(person_json(person));
        // A name in a file may hold bytes that are no text: shown as such, never a failure.
        std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
        return;
    }
    if (found.empty()) std::cout << "not in this register\n";
    for (const auto& [row, likeness] : found) {
        std::cout << row.iin << '\t' << row.full_name << '\t'
                  << (row.birth_day ? day_text(*row.birth_day) : std::string{"?"}) << '\t'
                  << likeness << '\n';
    }
}

Result<std::vector<FoundPerson>> by_number(const PersonSearch& people, const std::string& typed) {
    const IinReading reading = read_iin(typed);
    // A wrong check digit is a hint only; another length or a business's number is no person's.
    if (reading.verdict != IinVerdict::plausible && reading.verdict != IinVerdict::typo) {
        return Error{.message = "expected 12 digits of a person", .field = "--iin"};
    }
    auto row = people.by_iin(reading.digits);
    if (!row) return row.error();
    std::vector<FoundPerson> out;
    if (*row) out.push_back({std::move(**row), 1000});
    return out;
}

/// Numbers one a line; one that cannot be read is told and the others are answered.
int each_line(const PersonSearch& people, bool as_json) {
    int status = 0;
    long number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto found = by_number(people, line);
        if (found) {
            print(*found, as_json);
            continue;
        }
        Error error = found.error();
        error.line = number;
        status = fail(error);
    }
    return status;
}

Result<std::vector<FoundPerson>> search(const PersonSearch& people, const PersonOptions& o) {
    if (!o.iin.empty()) return by_number(people, o.iin);
    if (!o.name.empty()) return people.by_name(o.name, o.most);
    auto rows = people.by_phone(o.phone);
    if (!rows) return rows.error();
    std::vector<FoundPerson> out;
    for (RegisterRow& row : *rows) out.push_back({std::move(row), 1000});
    return out;
}

int run(const PersonOptions& o) {
    const int asked = (o.iin.empty() ? 0 : 1) + (o.phone.empty() ? 0 : 1) +
                      (o.name.empty() ? 0 : 1);
    if (asked != 1) return usage("--iin", "give one of --iin, --phone and --name");
    const auto people = PersonSearch::open(o.people);
    if (!people) return fail(people.error());
    if (o.iin == "-") return each_line(*people, o.as_json);
    const auto found = search(*people, o);
    if (!found) return fail(found.error());
    print(*found, o.as_json);
    return 0;
}

}  // namespace

void add_person(CLI::App& app, int& status) {
    auto o = std::make_shared<PersonOptions>();
    CLI::App* sub = app.add_subcommand(
        "person", "People of the register by number, telephone, or name as it was heard");
    sub->add_option("--register", o->people, "Table of the register, CSV, JSON list or JSON lines")
        ->required();
    sub->add_option("--iin", o->iin,
                    "Individual identification number, 12 digits; - reads one a line from the "
                    "standard input");
    sub->add_option("--phone", o->phone, "Telephone number, with or without +7 or 8");
    sub->add_option("--name", o->name, "Name in any order and spelling; slips are forgiven");
    sub->add_option("--most", o->most, "How many likely people at most")
        ->check(CLI::Range(1, 100));
    sub->add_flag("--json", o->as_json, "Print one JSON object a question");
    sub->callback([o, &status] { status = run(*o); });
}

}  // namespace jedel::cli
