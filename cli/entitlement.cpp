// jedel entitlement: what a person's insurance opens on a day.

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>

#include "base/install.h"
#include "cli/commands.h"
#include "cli/entitlement_json.h"
#include "dispatch/desk/edition.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/patients/entitlement.h"

namespace jedel::cli {

namespace {

struct EntitlementOptions {
    std::string people, iin, on, language = "en", since;
    std::string plan, at;
    std::vector<std::string> diseases, findings, wishes;
    bool as_json = false, all = false, list_diseases = false, check_law = false;
};

int fail(const Error& error) {
    std::cerr << "jedel entitlement: " << error.text() << '\n';
    return 1;
}

int usage(const Error& error) {
    fail(error);
    return 2;
}

Error wrong(const char* option, std::string message) {
    return Error{.message = std::move(message), .where = {}, .line = 0, .field = option};
}

Result<PatientRegister> open_people(const std::string& given) {
    constexpr std::string_view scheme = "sqlite:";
    const bool url = given.starts_with(scheme);
    const std::string path = url ? given.substr(scheme.size()) : given;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return Error{.message = "there is no such register; expected sqlite:PATH, a CSV, a JSON "
                                "list or JSON lines",
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
std::optional<Error> refused(const IinReading& reading) {
    switch (reading.verdict) {
        case IinVerdict::plausible:
        case IinVerdict::typo: return std::nullopt;
        case IinVerdict::not_digits:
            return wrong("--iin", "expected 12 digits, found other characters");
        case IinVerdict::wrong_length: return wrong("--iin", "expected 12 digits");
        case IinVerdict::is_bin:
            return wrong("--iin", "a business number (BIN); expected a person's");
    }
    return std::nullopt;
}

class Asking {
public:
    Asking(const EntitlementOptions& o, const LawTables& law, PatientRegister people,
           LawWords words, int day)
        : o_(o), law_(law), people_(std::move(people)), words_(std::move(words)), day_(day),
          now_{std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
                   .count()} {}

    Result<void> read_diseases() {
        for (const std::string& key : o_.diseases) {
            if (!disease_known(key)) {
                return wrong("--disease", "no such disease '" + key + "'; see --diseases");
            }
            context_.diseases.emplace_back(key);
        }
        if (o_.since.empty()) return {};
        since_ = day_from_iso(o_.since);
        if (!since_) return wrong("--since", "expected YYYY-MM-DD");
        return {};
    }

    Result<void> read_plan() {
        if (o_.plan.empty()) return {};
        const auto disposition = from_name<Disposition>(o_.plan);
        if (!disposition) {
            return wrong("--plan", "expected how the call ended, as left_at_home or transported");
        }
        const auto wishes = plan_wishes(law_);
        for (const std::string& wish : o_.wishes) {
            if (std::find(wishes.begin(), wishes.end(), wish) != wishes.end()) continue;
            std::string known;
            for (const std::string& w : wishes) known += " " + w;
            return wrong("--wish", "expected one of:" + known);
        }
        PlanQuestion q{.disposition = *disposition, .findings = o_.findings,
                       .wishes = o_.wishes, .diseases = o_.diseases, .place = {},
                       .age_years = {}, .sex = Sex::unknown, .now = {}};
        // Noon in Kazakhstan unless a time is given.
        const auto at = from_iso(o_.at.empty() ? o_.on + "T12:00+05:00" : o_.at);
        if (!at) return wrong("--at", "expected a time with its zone");
        q.now = *at;
        plan_ = std::move(q);
        return {};
    }

    Result<void> one(const std::string& typed) {
        const IinReading reading = read_iin(typed);
        if (const auto error = refused(reading)) return *error;
        auto row = people_.find(reading.digits);
        if (!row) return row.error();
        return answer(reading, *row);
    }

    Result<void> everyone() {
        Result<void> done;
        auto read = people_.for_each([&](const RegisterRow& row) {
            done = answer(read_iin(row.iin), row);
            return done.ok();
        });
        return read ? done : read;
    }

private:
    [[nodiscard]] bool disease_known(const std::string& key) const {
        const auto keys = disease_keys(law_);
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    }

    Result<void> answer(const IinReading& reading, const std::optional<RegisterRow>& row) {
        EntitlementAnswer a{.iin = reading.digits, .on = o_.on, .iin_check = {}, .known = {},
                            .row = row, .found = {}, .diseases = {}, .hints = {}, .plan = {}};
        a.iin_check = reading.verdict == IinVerdict::plausible ? "plausible" : "typo";
        a.known = row.has_value();
        if (reading.letters_read) a.hints.push_back({"iin_letters", {}});
        if (!row) number_hints(reading, a);
        context_.joined.clear();
        if (row && !row->also_iin.empty()) {
            auto joined = people_.joined(*row);
            if (!joined) return joined.error();
            context_.joined = std::move(*joined);
        }
        a.found = entitlement(law_, row, people_.name(), day_, now_, context_);
        for (const std::string& key : o_.diseases) {
            const auto paid = disease_paid_by(law_, a.found, row, key, day_, since_);
            a.diseases[key] = paid ? std::string{name_of(paid->paid_by)} : "unknown";
        }
        if (plan_) a.plan = plan_follow_up(law_, *plan_, a.found, row, Organisations{});
        if (o_.as_json) std::cout << entitlement_json(a, words_).dump() << '\n';
        else std::cout << entitlement_words(a, words_);
        return {};
    }

    static void number_hints(const IinReading& reading, EntitlementAnswer& a) {
        if (reading.verdict == IinVerdict::typo) a.hints.push_back({"iin_typo", {}});
        if (reading.hints.impossible_date) a.hints.push_back({"iin_impossible_date", {}});
        if (reading.hints.unknown_century) a.hints.push_back({"iin_unknown_century", {}});
    }

    const EntitlementOptions& o_;
    const LawTables& law_;
    PatientRegister people_;
    LawWords words_;
    int day_;
    Instant now_;
    EntitlementContext context_{};
    std::optional<int> since_{};
    std::optional<PlanQuestion> plan_{};
};

/// Numbers come one a line; an unreadable one is told and the others are answered.
int each_line(Asking& asking) {
    int status = 0;
    long number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (auto done = asking.one(line); !done) {
            Error error = done.error();
            error.line = number;
            status = fail(error);
        }
    }
    return status;
}

int check_law(const LawTables& law, const std::string& install) {
    std::vector<std::string> findings;
    const auto protocol = load_protocol(install);
    if (!protocol) return fail(protocol.error());
    for (const triage::Finding& finding : protocol->findings()) findings.push_back(finding.key);
    const auto faults = lint_law(law, findings);
    for (const LawFault& fault : faults) {
        std::cout << fault.file << ':' << fault.line << ": " << fault.kind << ": "
                  << fault.message << '\n';
    }
    return faults.empty() ? 0 : 1;
}

int run(const EntitlementOptions& o) {
    const auto install = install_folder();
    if (!install) return fail(install.error());
    // A check is of what is installed; everything else goes on with what could be read last.
    Edition tables = o.check_law ? Edition{*install, {}} : Edition::of_user(*install);
    const auto law = tables.load(edition::law, [](const std::string& home) {
        return load_law(home + "/data/law");
    });
    if (!law) return fail(law.error());
    tables.say_faults("jedel entitlement");
    if (o.check_law) return check_law(**law, *install);
    if (o.list_diseases) {
        for (const std::string_view key : disease_keys(**law)) std::cout << key << '\n';
        return 0;
    }
    if (o.people.empty()) return usage(wrong("--register", "a register is needed"));
    if (o.on.empty()) return usage(wrong("--on", "a day is needed, YYYY-MM-DD"));
    if (o.iin.empty() && !o.all) return usage(wrong("--iin", "a number is needed, or --all"));
    const auto day = day_from_iso(o.on);
    if (!day) return fail(wrong("--on", "expected YYYY-MM-DD, found '" + o.on + "'"));
    if (!o.all && o.iin != "-") {
        if (const auto error = refused(read_iin(o.iin))) return fail(*error);
    }
    auto people = open_people(o.people);
    if (!people) return fail(people.error());
    Asking asking{o, **law, std::move(*people),
                  LawWords{*install + "/assets/strings", o.language}, *day};
    if (auto done = asking.read_diseases(); !done) return fail(done.error());
    if (auto done = asking.read_plan(); !done) return fail(done.error());
    if (!o.all && o.iin == "-") return each_line(asking);
    const auto done = o.all ? asking.everyone() : asking.one(o.iin);
    return done ? 0 : fail(done.error());
}

}  // namespace

void add_entitlement(CLI::App& app, int& status) {
    auto o = std::make_shared<EntitlementOptions>();
    CLI::App* sub = app.add_subcommand(
        "entitlement",
        "Insurance status of a person on a day, why, who pays for what, and the ways back");
    sub->add_option("--register", o->people, "sqlite:PATH, CSV, a JSON list or JSON lines");
    sub->add_option("--iin", o->iin,
                    "Individual identification number, 12 digits; - reads one a line from the "
                    "standard input");
    sub->add_flag("--all", o->all, "Everyone in the register, ascending by number");
    sub->add_option("--on", o->on, "The day, YYYY-MM-DD");
    sub->add_option("--language", o->language, "Language of the words")
        ->check(CLI::IsMember({"kk", "ru", "en"}));
    sub->add_flag("--json", o->as_json, "Print one JSON object a person instead of words");
    sub->add_option("--disease", o->diseases, "Who pays for the care of this disease")
        ->delimiter(',');
    sub->add_option("--since", o->since, "The day the disease began, YYYY-MM-DD");
    sub->add_option("--plan", o->plan,
                    "The steps that follow a call that ended so: left_at_home, transported …");
    sub->add_option("--finding", o->findings, "What was found, keys of the protocol")
        ->delimiter(',');
    sub->add_option("--wish", o->wishes, "What crew or doctor asked for")->delimiter(',');
    sub->add_option("--at", o->at, "When the plan is made; noon of the day");
    sub->add_flag("--diseases", o->list_diseases, "List the keys of the diseases");
    sub->add_flag("--check-law", o->check_law,
                  "Check data/law: overlaps, gaps, keys nobody reads, rows that never fire");
    sub->callback([o, &status] { status = run(*o); });
}

}  // namespace jedel::cli
