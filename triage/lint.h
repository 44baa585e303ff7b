#pragma once
// What a rule table says that its author did not mean.

#include <string>
#include <vector>

#include "triage/protocol.h"

namespace jedel::triage {

/// One remark; `subject` is a rule's id or a finding's key.
struct Remark {
    enum class Kind : std::uint8_t { never_fires, always_covered, never_proposes, unused, gap };
    Kind kind = Kind::gap;
    std::string subject;
    std::string message;
};

/// Rules that can never fire; rules that a more urgent one, or an equal one, always covers; safe
/// sides that can never be taken; findings that no rule uses; complaints that no rule takes and
/// findings that nobody is asked. Exact, by the same tables as the evaluation.
std::vector<Remark> lint(const Protocol& protocol);

}  // namespace jedel::triage

template <>
struct jedel::EnumNames<jedel::triage::Remark::Kind> {
    static constexpr std::array<std::string_view, 5> names{"never fires", "always covered",
                                                           "never proposes", "unused", "gap"};
};
