#pragma once
// The protocol and the lexicon of the checkout, and what a complaint comes to.

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "triage/evaluate.h"
#include "triage/words/words.h"

namespace jedel::test {

inline triage::Protocol::File file_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return {path.string(), text.str()};
}

inline std::vector<triage::Protocol::File> files_in(const std::string& folder,
                                                    const std::string& extension) {
    std::vector<std::filesystem::path> paths;
    for (const auto& e : std::filesystem::directory_iterator(
             std::filesystem::path{JEDEL_SOURCE_DIR} / "data" / folder))
        if (e.path().extension() == extension) paths.push_back(e.path());
    std::sort(paths.begin(), paths.end());
    std::vector<triage::Protocol::File> out;
    for (const auto& p : paths) out.push_back(file_of(p));
    return out;
}

inline const triage::Protocol& protocol() {
    static const triage::Protocol held = [] {
        auto rules = files_in("protocol", ".toml");
        const auto is_findings = [](const triage::Protocol::File& f) {
            return f.name.ends_with("findings.toml");
        };
        const auto at = std::find_if(rules.begin(), rules.end(), is_findings);
        REQUIRE(at != rules.end());
        const triage::Protocol::File findings = *at;
        rules.erase(at);
        auto p = triage::Protocol::parse(findings, rules);
        if (!p) FAIL(p.error().text());
        return std::move(*p);
    }();
    return held;
}

inline triage::Lexicon lexicon_of(bool second_reader) {
    auto files = files_in("lexicon", ".tsv");
    for (const auto dictionary : triage::dictionaries) files.push_back(file_of(dictionary));
    if (second_reader)
        for (auto& f : files_in("complaints", ".tsv")) files.push_back(std::move(f));
    auto l = triage::Lexicon::parse(protocol(), files);
    if (!l) FAIL(l.error().text());
    return std::move(*l);
}

/// The lexicon alone.
inline const triage::Lexicon& lexicon() {
    static const triage::Lexicon held = lexicon_of(false);
    return held;
}
/// With what was learned from labelled complaints, as the program reads.
inline const triage::Lexicon& both_readers() {
    static const triage::Lexicon held = lexicon_of(true);
    return held;
}

/// Value a text gives to a finding; empty when it says nothing of it.
inline std::string said(const std::string& text, const std::string& finding) {
    const auto index = protocol().find(finding);
    REQUIRE(index);
    for (const auto& m : lexicon().read(text))
        if (m.finding == *index) return m.value;
    return {};
}

inline triage::Category proposed(const std::string& text, const triage::Patient& patient = {},
                                 const triage::Lexicon& reader = lexicon()) {
    triage::Facts facts{protocol()};
    for (const auto& m : reader.read(text, patient)) {
        const auto r = facts.set_text(protocol().findings()[m.finding].key, m.value);
        if (!r) FAIL(r.error().text());
    }
    facts.set_patient(patient);
    return triage::evaluate(protocol(), facts).proposed;
}

}  // namespace jedel::test
