#pragma once
// The shipped rule table, and facts written as text.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/install.h"
#include "triage/evaluate.h"

namespace jedel::test {

inline triage::Protocol::File protocol_file(const std::string& name) {
    const std::string path = std::string(JEDEL_SOURCE_DIR) + "/data/protocol/" + name;
    auto text = read_file(path);
    return {name, text.ok() ? *text : std::string{}};
}

inline std::vector<triage::Protocol::File> rule_files() {
    return {protocol_file("u1.toml"), protocol_file("u2.toml"), protocol_file("u3.toml"),
            protocol_file("u4.toml")};
}

/// The shipped table; parsed once.
inline const triage::Protocol& shipped() {
    static const triage::Protocol protocol = [] {
        auto parsed = triage::Protocol::parse(protocol_file("findings.toml"), rule_files());
        if (!parsed) throw std::runtime_error(parsed.error().text());
        return std::move(*parsed);
    }();
    return protocol;
}

/// "injury, bleeding, age_years = 34, sex = male, fever = no" as facts.
inline triage::Facts facts_of(const triage::Protocol& protocol, std::string_view text) {
    triage::Facts facts(protocol);
    const auto trimmed = [](std::string_view s) {
        while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
        while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
        return s;
    };
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view item = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        const std::size_t equals = item.find('=');
        const auto set = equals == std::string_view::npos
                             ? facts.set_text(item, "yes")
                             : facts.set_text(trimmed(item.substr(0, equals)),
                                              trimmed(item.substr(equals + 1)));
        if (!set) throw std::runtime_error(set.error().text());
    }
    return facts;
}

inline triage::Evaluation evaluate_text(std::string_view text) {
    return triage::evaluate(shipped(), facts_of(shipped(), text));
}

/// Ids of the rules named as reasons for the proposal.
inline std::vector<std::string> reason_ids(std::string_view text) {
    const triage::Facts facts = facts_of(shipped(), text);
    std::vector<std::string> out;
    for (const triage::Rule* r :
         triage::reasons(shipped(), facts, triage::evaluate(shipped(), facts))) {
        out.push_back(r->id);
    }
    return out;
}

}  // namespace jedel::test
