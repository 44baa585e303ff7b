#include "dispatch/exercise/setup.h"

#include <algorithm>

#include "base/install.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/tables/csv.h"
#include "triage/evaluate.h"

namespace jedel::exercise {

Result<Mapping> load_mapping(const std::string& path, const triage::Protocol& protocol) {
    auto text = read_file(path);
    if (!text) return text.error();
    auto mapping = parse_mapping(*text, path);
    if (!mapping) return mapping;
    for (const CodeRule& rule : mapping->codes) {
        triage::Facts facts{protocol};
        for (const FindingValue& finding : rule.findings) {
            if (auto set = facts.set_text(finding.finding, finding.value); !set) {
                return Error{.message = "finding " + finding.finding + ": " + set.error().message,
                             .where = path,
                             .line = rule.line,
                             .field = "findings"};
            }
        }
    }
    return mapping;
}

Result<std::shared_ptr<const ReplayInput>> load_replay(const ReplayFiles& files) {
    // The log first: it is what a person is most likely to have mistyped.
    if (auto readable = tables::CsvReader::open(files.log, {}); !readable) return readable.error();
    auto protocol = load_protocol(files.install_folder);
    if (!protocol) return protocol.error();
    auto mapping = load_mapping(files.mapping, *protocol);
    if (!mapping) return mapping.error();
    auto city = load_city(files.city_folder);
    if (!city) return city.error();
    auto tables = load_fleet_tables(files.install_folder, files.city_folder);
    if (!tables) return tables.error();
    // The lexicon keeps pointing at the table it was read for: give the table its last place first.
    const auto table = std::make_shared<const triage::Protocol>(std::move(protocol).value());
    auto lexicon = load_lexicon(*table, files.install_folder);
    if (!lexicon) return lexicon.error();
    auto log = read_log(files.log, *mapping);
    if (!log) return log.error();
    check_places(*log, *mapping, (*city)->low, (*city)->high);
    if (log->calls.empty()) {
        Error none{.message = "none of its " + std::to_string(log->rows) +
                              " rows is a call that can be replayed by " + files.mapping,
                   .where = files.log};
        if (!log->problems.empty()) {
            none.line = log->problems[0].line;
            none.field = log->problems[0].field;
            none.message += "; here: " + log->problems[0].message;
        }
        return none;
    }

    auto input = std::make_shared<ReplayInput>();
    input->city = std::move(*city);
    input->tables = std::move(*tables);
    input->mapping = std::move(*mapping);
    input->log = std::move(*log);
    input->protocol = table;
    input->lexicon = std::make_shared<const triage::Lexicon>(std::move(lexicon).value());
    const auto& roster = input->city->organisations.roster;
    if (std::none_of(roster.begin(), roster.end(), [](const RosterBrigade& b) {
            return b.kind != BrigadeKind::polyclinic;
        })) {
        return Error{.message = "the city has no brigades of a station; expected a roster",
                     .where = files.city_folder + "/organisations.toml"};
    }
    return std::shared_ptr<const ReplayInput>{std::move(input)};
}

}  // namespace jedel::exercise
