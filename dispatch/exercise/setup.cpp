#include "dispatch/exercise/setup.h"

#include <algorithm>
#include <filesystem>

#include "base/install.h"
#include "triage/evaluate.h"

namespace jedel::exercise {
namespace {

namespace fs = std::filesystem;
using File = triage::Protocol::File;

/// Files of a folder with one of the endings, by name.
Result<std::vector<File>> read_tables(const fs::path& folder,
                                      std::initializer_list<std::string_view> endings) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{folder, error}) {
        const std::string ending = entry.path().extension().string();
        if (std::find(endings.begin(), endings.end(), ending) != endings.end()) {
            names.push_back(entry.path().string());
        }
    }
    std::sort(names.begin(), names.end());
    std::vector<File> files;
    for (std::string& name : names) {
        auto text = read_file(name);
        if (!text) return text.error();
        files.push_back({std::move(name), *std::move(text)});
    }
    return files;
}

}  // namespace

Result<std::shared_ptr<const triage::Protocol>> load_protocol(const std::string& install_folder) {
    const fs::path folder = fs::path{install_folder} / "data" / "protocol";
    auto files = read_tables(folder, {".toml"});
    if (!files) return files.error();
    const auto findings = std::find_if(files->begin(), files->end(), [](const File& f) {
        return fs::path{f.name}.filename() == "findings.toml";
    });
    if (findings == files->end()) {
        return Error{.message = "holds no findings.toml; expected the rule table",
                     .where = folder.string()};
    }
    const File vocabulary = *findings;
    files->erase(findings);
    auto protocol = triage::Protocol::parse(vocabulary, *files);
    if (!protocol) return protocol.error();
    return std::make_shared<const triage::Protocol>(std::move(*protocol));
}

Result<std::shared_ptr<const triage::Lexicon>> load_lexicon(const triage::Protocol& protocol,
                                                            const std::string& install_folder) {
    auto files = read_tables(fs::path{install_folder} / "data" / "lexicon", {".toml", ".tsv"});
    if (!files) return files.error();
    if (files->empty()) return std::shared_ptr<const triage::Lexicon>{};
    auto lexicon = triage::Lexicon::parse(protocol, *files);
    if (!lexicon) return lexicon.error();
    return std::make_shared<const triage::Lexicon>(std::move(*lexicon));
}

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
    if (auto readable = CsvReader::open(files.log, {}); !readable) return readable.error();
    auto protocol = load_protocol(files.install_folder);
    if (!protocol) return protocol.error();
    auto mapping = load_mapping(files.mapping, **protocol);
    if (!mapping) return mapping.error();
    auto city = load_city(files.city_folder);
    if (!city) return city.error();
    auto tables = load_fleet_tables(files.install_folder);
    if (!tables) return tables.error();
    auto lexicon = load_lexicon(**protocol, files.install_folder);
    if (!lexicon) return lexicon.error();
    auto log = read_log(files.log, *mapping);
    if (!log) return log.error();
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
    input->protocol = std::move(*protocol);
    input->lexicon = std::move(*lexicon);
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
