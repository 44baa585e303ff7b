#pragma once
// Old payloads are lifted to the newest version by pure steps, one version at a time.

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel {

/// One step: the payload of `kind` at version `from` becomes one of version `from` + 1.
struct Upcaster {
    std::string_view kind;
    int from = 0;
    Result<std::string> (*lift)(std::string_view payload) = nullptr;
};

/// Every step there has ever been. A step, once released, never changes or goes away.
std::span<const Upcaster> upcasters();

/// The newest version of a kind that this program knows; 0 for an unknown kind.
int newest_version(std::string_view kind);

/// Lifts a payload from `version` to `newest` step by step; the newest comes back unchanged.
/// Errors: a version newer than known or below 1, a step missing, a step that failed.
Result<std::string> lift_payload(std::span<const Upcaster> steps, std::string_view kind,
                                 int version, int newest, std::string_view payload);

}  // namespace jedel
