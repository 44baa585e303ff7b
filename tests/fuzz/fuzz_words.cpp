// Any bytes as a caller's words: no crash, and every mark lies within the text.
#include <cassert>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "triage/words/words.h"

namespace {

using namespace jedel::triage;

Protocol::File file_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return {path.string(), text.str()};
}

struct Tables {
    Protocol protocol;
    Lexicon lexicon;
};

Tables load() {
    const std::filesystem::path data = std::filesystem::path{JEDEL_SOURCE_DIR} / "data";
    std::vector<Protocol::File> rules;
    for (const char* name : {"u1.toml", "u2.toml", "u3.toml", "u4.toml"})
        rules.push_back(file_of(data / "protocol" / name));
    auto protocol = Protocol::parse(file_of(data / "protocol" / "findings.toml"), rules);
    assert(protocol);
    std::vector<Protocol::File> tables;
    for (const char* folder : {"lexicon", "complaints"})
        for (const auto& e : std::filesystem::directory_iterator(data / folder))
            if (e.path().extension() == ".tsv") tables.push_back(file_of(e.path()));
    for (const auto dictionary : dictionaries) tables.push_back(file_of(std::string{dictionary}));
    auto lexicon = Lexicon::parse(*protocol, tables);
    assert(lexicon);
    return {std::move(*protocol), std::move(*lexicon)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Tables tables = load();
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    Facts facts{tables.protocol};
    for (const Mark& m : tables.lexicon.read(text)) {
        assert(m.begin < m.end && m.end <= size);
        const auto set = facts.set_text(tables.protocol.findings()[m.finding].key, m.value);
        assert(set);
    }
    return 0;
}
