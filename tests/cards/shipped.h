#pragma once
// The protocol and the cards as they stand in data/.

#include <string>
#include <vector>

#include "base/install.h"
#include "triage/cards.h"

namespace jedel::triage::test {

inline Protocol::File file(const std::string& name) {
    return {name, read_file(std::string{JEDEL_SOURCE_DIR} + name).value()};
}

inline const Protocol& protocol() {
    static const Protocol table = [] {
        const std::vector<Protocol::File> rules{
            file("/data/protocol/u1.toml"), file("/data/protocol/u2.toml"),
            file("/data/protocol/u3.toml"), file("/data/protocol/u4.toml")};
        return Protocol::parse(file("/data/protocol/findings.toml"), rules).value();
    }();
    return table;
}

inline const std::vector<Card>& cards() {
    static const auto all = parse_cards(protocol(), file("/data/cards/cards.toml")).value();
    return all;
}

}  // namespace jedel::triage::test
