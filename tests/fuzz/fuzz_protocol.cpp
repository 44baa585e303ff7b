// Any bytes as a rule table: a refusal or a table that evaluates, never a crash. The input is a
// vocabulary and rules, parted by a line of "====".

#include <cstdint>
#include <string_view>

#include "triage/interview.h"
#include "triage/lint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jedel::triage;
    if (size > 64 * 1024) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    constexpr std::string_view parting = "\n====\n";
    const std::size_t at = text.find(parting);
    const std::string_view rules =
        at == std::string_view::npos ? std::string_view{} : text.substr(at + parting.size());
    const Protocol::File file{"rules.toml", std::string(rules)};
    const auto protocol =
        Protocol::parse({"findings.toml", std::string(text.substr(0, at))}, {&file, 1});
    if (!protocol) {
        if (protocol.error().message.empty()) __builtin_trap();
        return 0;
    }
    (void)lint(*protocol);
    Facts facts(*protocol);
    for (FindingIndex f = 0; f < protocol->findings().size(); ++f) {
        const Evaluation before = evaluate(*protocol, facts);
        if (protocol->findings()[f].type == FindingType::boolean) {
            facts.set(f, f % 3 == 0 ? Tri::yes : Tri::no);
        } else {
            facts.set_number(f, protocol->findings()[f].low);
        }
        const Evaluation after = evaluate(*protocol, facts);
        if (!facts.contradictory() && more_urgent(after.most_urgent, before.most_urgent)) {
            __builtin_trap();
        }
        (void)reasons(*protocol, facts, after);
    }
    (void)next_question(*protocol, facts);
    (void)what_would_change(*protocol, facts);
    return 0;
}
