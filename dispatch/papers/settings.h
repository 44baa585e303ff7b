#pragma once
// Settings of the papers: numbers of forms, telephone numbers, the paper pack. Dated rows with
// their source, of the program and then of the city's own folder.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "dispatch/papers/paper.h"
#include "triage/protocol.h"

namespace jedel::papers {

/// A number of a service, or of an organisation of the city.
struct Telephone {
    std::string number;
    triage::LocalText name;                      ///< of a service
    std::optional<OrganisationId> organisation;  ///< else
};

struct Settings {
    std::array<std::string, EnumNames<PaperKind>::names.size()> form;  ///< by kind; empty: none
    std::vector<Telephone> telephones;
    int every_s = 0;      ///< the pack is written so often
    int blank_cards = 0;  ///< at its end
    int list_hours = 0;   ///< how far lists reach back where nobody says
};

/// The rows in force on a day (days since 1970-01-01) of `data/papers/papers.toml` and, where it is
/// there, of `papers.toml` in the city's folder: a form of the city goes before the program's, its
/// telephones come beside. Errors: as parse_toml; an unknown key; no row in force.
Result<Settings> load_settings(const std::string& install_folder, const std::string& city_folder,
                               int day);

}  // namespace jedel::papers
