#include "dispatch/journal/upcast.h"

#include <utility>
#include <variant>

#include "dispatch/core/events.h"

namespace jedel {

namespace {

template <std::size_t... I>
int newest_among(std::string_view kind, std::index_sequence<I...>) {
    int found = 0;
    const auto look = [&]<class E>(const E*) {
        if (E::kind == kind) found = E::version;
    };
    (look(static_cast<const std::variant_alternative_t<I, Event>*>(nullptr)), ...);
    return found;
}

}  // namespace

int newest_version(std::string_view kind) {
    return newest_among(kind, std::make_index_sequence<std::variant_size_v<Event>>{});
}

Result<std::string> lift_payload(std::span<const Upcaster> steps, std::string_view kind,
                                 int version, int newest, std::string_view payload) {
    const std::string name{kind};
    if (version < 1 || version > newest) {
        return Error{.message = "version " + std::to_string(version) + " of '" + name +
                                "' is not known; expected 1 to " + std::to_string(newest),
                     .field = "version"};
    }
    std::string lifted{payload};
    for (int at = version; at < newest; ++at) {
        const Upcaster* step = nullptr;
        for (const Upcaster& candidate : steps) {
            if (candidate.kind == kind && candidate.from == at) step = &candidate;
        }
        if (step == nullptr) {
            return Error{.message = "nothing lifts '" + name + "' from version " +
                                    std::to_string(at),
                         .field = "version"};
        }
        auto next = step->lift(lifted);
        if (!next) return next.error();
        lifted = std::move(next).value();
    }
    return lifted;
}

}  // namespace jedel
