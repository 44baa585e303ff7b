#include "dispatch/desk/load_protocol.h"

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <vector>

#include "base/install.h"

namespace jedel {

namespace {

using File = triage::Protocol::File;

// The tables of a folder in the order of their names.
Result<std::vector<File>> read_tables(const std::filesystem::path& folder,
                                      std::initializer_list<std::string_view> extensions) {
    namespace fs = std::filesystem;
    std::vector<fs::path> paths;
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end;
         it.increment(failed)) {
        const std::string extension = it->path().extension().string();
        const bool hidden = it->path().filename().string().starts_with('.');
        const bool wanted =
            std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
        if (wanted && !hidden) paths.push_back(it->path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<File> out;
    for (const fs::path& path : paths) {
        auto text = read_file(path.string());
        if (!text) return text.error();
        out.push_back({path.string(), std::move(*text)});
    }
    return out;
}

}  // namespace

Result<triage::Protocol> load_protocol(const std::string& install_folder) {
    const std::filesystem::path folder =
        std::filesystem::path(install_folder) / "data" / "protocol";
    const std::string vocabulary_name = (folder / "findings.toml").string();
    auto files = read_tables(folder, {".toml"});
    if (!files) return files.error();
    const auto findings = std::find_if(files->begin(), files->end(), [&](const File& f) {
        return f.name == vocabulary_name;
    });
    if (findings == files->end()) {
        return Error{"expected the vocabulary of findings, found no such file", vocabulary_name};
    }
    const File vocabulary = std::move(*findings);
    files->erase(findings);
    return triage::Protocol::parse(vocabulary, *files);
}

Result<triage::Lexicon> load_lexicon(const triage::Protocol& protocol,
                                     const std::string& install_folder) {
    const std::filesystem::path folder = std::filesystem::path(install_folder) / "data" / "lexicon";
    auto files = read_tables(folder, {".toml", ".tsv"});
    if (!files) return files.error();
    auto complaints = read_tables(folder.parent_path() / "complaints", {".tsv"});
    if (!complaints) return complaints.error();
    std::move(complaints->begin(), complaints->end(), std::back_inserter(*files));
    // Where the dictionary is not installed the suffix rules go on alone.
    if (auto text = read_file(std::string{triage::kazakh_dictionary}))
        files->push_back({std::string{triage::kazakh_dictionary}, std::move(*text)});
    return triage::Lexicon::parse(protocol, *files);
}

}  // namespace jedel
