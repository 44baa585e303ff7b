#include "console/reading.h"

namespace jedel::console {

const Assignment* serving(const Incident& incident, BrigadeId brigade) {
    for (const Assignment& a : incident.assignments) {
        if (a.active() && a.brigade == brigade) return &a;
    }
    return nullptr;
}

bool serves(const Incident& incident, BrigadeId brigade) {
    return serving(incident, brigade) != nullptr;
}

std::vector<const Assignment*> serving_now(const Incident& incident) {
    std::vector<const Assignment*> out;
    for (const Assignment& a : incident.assignments) {
        if (a.active()) out.push_back(&a);
    }
    return out;
}

bool at_polyclinic(const Incident& incident) {
    return incident.polyclinic && incident.polyclinic->active();
}

bool at_work(const Incident& incident) {
    return at_polyclinic(incident) || incident.active_assignment() != nullptr;
}

}  // namespace jedel::console
