#include "console/startup.h"

#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/install.h"
#include "dispatch/desk/desk_options.h"
#include "dispatch/desk/edition.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/desk/load_retention.h"
#include "dispatch/desk/load_rights.h"
#include "dispatch/desk/room_clock.h"
#include "dispatch/patients/register.h"

namespace jedel::console {

namespace fs = std::filesystem;

namespace {

template <class T>
std::shared_ptr<const T> shared(T value) {
    return std::make_shared<const T>(std::move(value));
}

std::string city_folder(const Options& options, const std::string& install) {
    return options.city.empty() ? install + "/data/city/training" : options.city;
}

/// Imports a file into the table at `path`, which is returned.
Result<std::string> imported_table(const std::string& path, const std::string& file) {
    auto people = PatientRegister::open(path);
    if (!people) return people.error();
    auto imported = people->import_file(file);
    if (!imported) return imported.error();
    return path;
}

/// The same where the table is missing or older than the file.
Result<std::string> kept_table(const std::string& path, const std::string& file) {
    std::error_code ignored;
    const bool fresh = fs::exists(path, ignored) &&
                       fs::last_write_time(path, ignored) >= fs::last_write_time(file, ignored);
    return fresh ? Result<std::string>{path} : imported_table(path, file);
}

// Refuses a bad table at the start, not at the first plan.
Result<std::string> load_cover_text(const std::string& home) {
    const std::string file = home + "/data/law/cover.toml";
    auto text = read_file(file);
    if (!text) return text.error();
    constexpr int far_day = 40'000;
    if (auto row = cover::parse_cover(*text, file, far_day); !row) return row.error();
    return text;
}

Result<void> load_rules(Loaded& out, const std::string& city, Edition& editions) {
    auto rules = editions.load(edition::rules, read_rule_tables);
    if (!rules) return rules.error();
    out.parts.protocol = std::move(rules->protocol);
    out.parts.lexicon = std::move(rules->lexicon);
    out.parts.cards = std::move(rules->cards);
    out.parts.read_rules = [folder = out.install_folder] { return read_rule_tables(folder); };
    auto rights = editions.load(edition::rights, load_rights);
    if (!rights) return rights.error();
    out.rights = std::make_shared<const Rights>(std::move(*rights));
    auto tables = editions.load(edition::fleet, [&](const std::string& home) {
        return load_fleet_tables(home, city);
    });
    if (!tables) return tables.error();
    out.parts.advice.tables = std::move(*tables);
    auto cover = editions.load(edition::cover, load_cover_text);
    if (!cover) return cover.error();
    out.parts.advice.cover_toml = *std::move(cover);
    auto law = editions.load(edition::law, [](const std::string& home) {
        return load_law(home + "/data/law");
    });
    if (!law) return law.error();
    out.parts.advice.law = std::shared_ptr<const LawTables>{std::move(*law)};
    return {};
}

}  // namespace

Result<RuleTables> read_rule_tables(const std::string& install_folder) {
    RuleTables out;
    auto protocol = load_protocol(install_folder);
    if (!protocol) return protocol.error();
    out.protocol = std::make_shared<triage::Protocol>(std::move(*protocol));
    auto lexicon = load_lexicon(*out.protocol, install_folder);
    if (!lexicon) return lexicon.error();
    out.lexicon = std::make_shared<triage::Lexicon>(std::move(*lexicon));
    auto cards = load_cards(*out.protocol, install_folder);
    if (!cards) return cards.error();
    out.cards = shared(std::move(*cards));
    return out;
}

Result<std::string> prepare_register(const RegisterFiles& files) {
    const std::string own = files.data_folder + "/register.sqlite";
    if (!files.given.empty()) return imported_table(own, files.given);
    std::error_code ignored;
    const fs::path city = fs::path{files.city_folder}.lexically_normal();
    const std::string with_city = (city / "register.csv").string();
    if (fs::exists(with_city, ignored)) {
        const std::string name = city.has_filename() ? city.filename().string()
                                                     : city.parent_path().filename().string();
        return kept_table(files.data_folder + "/register-of-" + name + ".sqlite", with_city);
    }
    if (fs::exists(own, ignored)) return own;
    // Made-up people belong to the training city only; elsewhere the status stays unknown.
    const std::string training = files.install_folder + "/data/register/training.csv";
    const bool in_training =
        fs::equivalent(city, files.install_folder + "/data/city/training", ignored);
    if (!in_training || !fs::exists(training, ignored)) return std::string{};
    return kept_table(files.data_folder + "/register-training.sqlite", training);
}

Result<Loaded> load_everything(const Options& options) {
    Loaded out;
    auto install = install_folder();
    if (!install) return install.error();
    out.install_folder = *install;
    Edition tables = Edition::of_user(*install);
    auto texts = tables.load(edition::strings, [](const std::string& home) {
        return TextTable::load(home + "/assets/strings");
    });
    if (!texts) return texts.error();
    out.parts.texts = shared(std::move(*texts));
    // A room opens without its layouts too: where panels stand is no reason to keep calls waiting.
    if (auto layouts = Layouts::load(*install)) {
        out.parts.layouts = shared(std::move(*layouts));
    } else {
        out.parts.layouts_fault = layouts.error().text();
    }
    const std::string folder = city_folder(options, *install);
    if (auto rules = load_rules(out, folder, tables); !rules) return rules.error();
    auto keep = tables.load(edition::retention, [](const std::string& home) {
        return load_retention(home, RoomClock{}.now());
    });
    if (!keep) return keep.error();
    out.keep_fixes = *keep;
    tables.say_faults("jedel-console");
    out.parts.faults = tables.faults();
    auto city = load_city(folder);
    if (!city) return city.error();
    out.parts.city = *city;
    out.parts.advice.city = *city;
    if (auto posts = read_file(folder + "/posts.toml")) {
        out.parts.advice.posts_toml = *std::move(posts);
    }
    auto addresses = AddressIndex::build(*city);
    if (!addresses) return addresses.error();
    out.parts.advice.addresses = shared(std::move(*addresses));
    auto user_folder = user_data_folder();
    if (!user_folder) return user_folder.error();
    const auto desk = desk_number(options.desk, *user_folder);
    if (!desk) return desk.error();
    out.desk = *desk;
    auto people = prepare_register({.given = options.people,
                                    .city_folder = folder,
                                    .install_folder = *install,
                                    .data_folder = *user_folder});
    if (!people) return people.error();
    out.parts.advice.register_path = *people;
    out.journal_url = options.journal;
    if (out.journal_url.empty() && options.replay) {
        out.journal_url = "sqlite::memory:";
    } else if (out.journal_url.empty()) {
        out.journal_url = "sqlite:" + *user_folder + "/journal.sqlite";
    }
    const std::size_t slash = out.journal_url.rfind('/');
    out.parts.journal_name =
        slash == std::string::npos ? out.journal_url : out.journal_url.substr(slash + 1);
    constexpr std::string_view file_scheme = "sqlite:";
    const bool file = out.journal_url.starts_with(file_scheme) &&
                      !out.journal_url.starts_with("sqlite::memory:");
    if (file && !options.replay) {
        out.parts.draft_path = out.journal_url.substr(file_scheme.size()) + ".draft";
    }
    out.parts.actor = std::string{name_of(options.seat)};
    if (options.organisation) {
        const Organisation* own = out.parts.city->organisations.find(*options.organisation);
        if (own == nullptr || own->kind != OrganisationKind::polyclinic) {
            return Error{.message = "expected a polyclinic of the city, found " +
                                    std::to_string(options.organisation->value),
                         .field = "--organisation"};
        }
        out.parts.advice.own = options.organisation;
        out.parts.actor += "-" + std::to_string(options.organisation->value);
    }
    return out;
}

}  // namespace jedel::console
