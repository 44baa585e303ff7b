#include "console/startup.h"

#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/install.h"
#include "dispatch/desk/load_protocol.h"
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

/// The table of the insured: imported where asked, or at the first start the training city's.
Result<std::string> prepare_register(const Options& options, const std::string& install) {
    auto folder = user_data_folder();
    if (!folder) return folder.error();
    const std::string path = *folder + "/register.sqlite";
    std::error_code ignored;
    std::string file = options.people;
    if (file.empty() && !fs::exists(path, ignored)) {
        // Made-up people for the training city; a real room imports its own with --register.
        const std::string training = install + "/data/register/training.csv";
        if (!options.city.empty() || !fs::exists(training, ignored)) return std::string{};
        file = training;
    }
    if (file.empty()) return path;
    auto people = PatientRegister::open(path);
    if (!people) return people.error();
    auto imported = people->import_file(file);
    if (!imported) return imported.error();
    return path;
}

Result<void> load_rules(Loaded& out) {
    auto protocol = load_protocol(out.install_folder);
    if (!protocol) return protocol.error();
    auto kept = std::make_shared<triage::Protocol>(std::move(*protocol));
    auto lexicon = load_lexicon(*kept, out.install_folder);
    if (!lexicon) return lexicon.error();
    out.parts.protocol = std::move(kept);
    auto cards = load_cards(*out.parts.protocol, out.install_folder);
    if (!cards) return cards.error();
    out.parts.cards = shared(std::move(*cards));
    out.parts.lexicon = std::make_shared<triage::Lexicon>(std::move(*lexicon));
    auto tables = load_fleet_tables(out.install_folder);
    if (!tables) return tables.error();
    out.parts.advice.tables = std::move(*tables);
    auto law = load_law(out.install_folder + "/data/law");
    if (!law) return law.error();
    out.parts.advice.law = std::shared_ptr<const LawTables>{std::move(*law)};
    return {};
}

}  // namespace

Result<std::vector<triage::Card>> load_cards(const triage::Protocol& protocol,
                                             const std::string& install_folder) {
    const std::string path = install_folder + "/data/cards/cards.toml";
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return std::vector<triage::Card>{};
    auto text = read_file(path);
    if (!text) return text.error();
    return triage::parse_cards(protocol, {path, std::move(*text)});
}

Instant SystemClock::now() const {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

Result<Loaded> load_everything(const Options& options) {
    Loaded out;
    auto install = install_folder();
    if (!install) return install.error();
    out.install_folder = *install;
    auto texts = TextTable::load(*install + "/assets/strings");
    if (!texts) return texts.error();
    out.parts.texts = shared(std::move(*texts));
    if (auto rules = load_rules(out); !rules) return rules.error();
    const std::string folder = city_folder(options, *install);
    auto city = load_city(folder);
    if (!city) return city.error();
    out.parts.city = *city;
    out.parts.advice.city = *city;
    auto addresses = AddressIndex::build(*city);
    if (!addresses) return addresses.error();
    out.parts.advice.addresses = shared(std::move(*addresses));
    auto people = prepare_register(options, *install);
    if (!people) return people.error();
    out.parts.advice.register_path = *people;
    out.journal_url = options.journal;
    if (out.journal_url.empty() && options.replay) {
        out.journal_url = "sqlite::memory:";
    } else if (out.journal_url.empty()) {
        auto data = user_data_folder();
        if (!data) return data.error();
        out.journal_url = "sqlite:" + *data + "/journal.sqlite";
    }
    const std::size_t slash = out.journal_url.rfind('/');
    out.parts.journal_name =
        slash == std::string::npos ? out.journal_url : out.journal_url.substr(slash + 1);
    out.parts.actor = std::string{name_of(options.seat)};
    return out;
}

}  // namespace jedel::console
