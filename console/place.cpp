#include "console/place.h"

namespace jedel::console {

namespace {

constexpr double sure = 0.9;  // below, the street's own name was only alike

/// What stands after the last comma of a label, where that is a number.
std::string house_of(std::string_view label) {
    const auto comma = label.rfind(", ");
    if (comma == std::string_view::npos) return {};
    const std::string_view tail = label.substr(comma + 2);
    const bool number = !tail.empty() && tail.front() >= '0' && tail.front() <= '9';
    return number ? std::string{tail} : std::string{};
}

}  // namespace

Nearness nearness(std::string_view query, const AddressHit& hit) {
    Nearness out;
    out.wanted = house_said(query);
    switch (hit.kind) {
        case AddressKind::coordinates: return out;
        case AddressKind::house:
        case AddressKind::interpolated_house:
            out.found = house_of(hit.label_ru);
            // The search reads more ways of saying a house than this page does: where it found the
            // very one, that stands.
            out.near = !hit.exact && (hit.kind == AddressKind::interpolated_house ||
                                      hit.score < sure || !same_house(out.found, out.wanted));
            return out;
        case AddressKind::street:
            // A street alone is a line, not a place.
            out.near = true;
            return out;
        case AddressKind::crossing:
        case AddressKind::landmark:
        case AddressKind::organisation:
            out.near = !hit.exact && hit.score < sure;
            return out;
    }
    return out;
}

}  // namespace jedel::console
