#include "dispatch/desk/load_protocol.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/install.h"
#include "triage/table_reader.h"

namespace jedel {

namespace {

namespace fs = std::filesystem;
using File = triage::Protocol::File;

// The files of a folder that end in `extension`, in the order of their names.
std::vector<fs::path> tables_in(const fs::path& folder, std::string_view extension) {
    std::vector<fs::path> paths;
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end;
         it.increment(failed)) {
        const bool hidden = it->path().filename().string().starts_with('.');
        if (it->path().extension() == extension && !hidden) paths.push_back(it->path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// Reads the tables of a folder, which must be those that `list` names: neither one less, which
// would make calls less urgent without a word, nor one more that nobody has put in force.
Result<std::vector<File>> read_listed(const fs::path& folder, std::string_view extension,
                                      std::span<const std::string> listed, const Error& list) {
    std::vector<File> out;
    if (listed.empty()) {
        Error none = list;
        none.message = "expected the names of the tables, found none";
        return none;
    }
    const std::vector<fs::path> paths = tables_in(folder, extension);
    for (const std::string& name : listed) {
        const fs::path path = folder / name;
        if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
            return Error{"is missing, though " + list.where + " lists it", path.string()};
        }
    }
    for (const fs::path& path : paths) {
        const std::string name = path.filename().string();
        if (std::find(listed.begin(), listed.end(), name) == listed.end()) {
            return Error{"is not listed in " + list.where, path.string(), 0, list.field};
        }
        auto text = read_file(path.string());
        if (!text) return text.error();
        out.push_back({path.string(), std::move(*text)});
    }
    return out;
}

}  // namespace

Result<triage::Protocol> load_protocol(const std::string& install_folder) {
    const fs::path folder = fs::path(install_folder) / "data" / "protocol";
    const fs::path name = folder / "findings.toml";
    auto text = read_file(name.string());
    if (!text) return text.error();
    const File vocabulary{name.string(), std::move(*text)};
    auto listed = triage::read_names(vocabulary, "tables");
    if (!listed) return listed.error();
    listed->push_back("findings.toml");
    auto files = read_listed(folder, ".toml", *listed, {{}, name.string(), 0, "tables"});
    if (!files) return files.error();
    std::erase_if(*files, [&](const File& f) { return f.name == vocabulary.name; });
    return triage::Protocol::parse(vocabulary, *files);
}

Result<triage::Lexicon> load_lexicon(const triage::Protocol& protocol,
                                     const std::string& install_folder) {
    const fs::path folder = fs::path(install_folder) / "data" / "lexicon";
    const fs::path name = folder / "tables.toml";
    auto text = read_file(name.string());
    if (!text) return text.error();
    const File list{name.string(), std::move(*text)};
    const std::pair<const char*, fs::path> places[] = {
        {"lexicon", folder}, {"complaints", folder.parent_path() / "complaints"}};
    std::vector<File> all;
    for (const auto& [field, place] : places) {
        const auto listed = triage::read_names(list, field);
        if (!listed) return listed.error();
        auto files = read_listed(place, ".tsv", *listed, {{}, list.name, 0, field});
        if (!files) return files.error();
        std::move(files->begin(), files->end(), std::back_inserter(all));
    }
    // Where a dictionary is not installed the stems go on alone.
    for (const std::string_view dictionary : triage::dictionaries) {
        if (auto words = read_file(std::string{dictionary}))
            all.push_back({std::string{dictionary}, std::move(*words)});
    }
    return triage::Lexicon::parse(protocol, all);
}

Result<std::vector<triage::Card>> load_cards(const triage::Protocol& protocol,
                                             const std::string& install_folder) {
    const std::string path = install_folder + "/data/cards/cards.toml";
    auto text = read_file(path);
    if (!text) return text.error();
    return triage::parse_cards(protocol, {path, std::move(*text)});
}

}  // namespace jedel
