#include "console/reading.h"

namespace jedel::console {

const Task* serving(const Incident& incident, BrigadeId brigade) {
    return brigade ? incident.active_task_of(brigade) : nullptr;
}

bool serves(const Incident& incident, BrigadeId brigade) {
    return serving(incident, brigade) != nullptr;
}

std::vector<const Task*> serving_now(const Incident& incident) {
    std::vector<const Task*> out;
    for (const Task& task : incident.tasks) {
        if (task.of_brigade() && task.active()) out.push_back(&task);
    }
    return out;
}

const Task* last_service(const Incident& incident) {
    for (auto task = incident.tasks.rbegin(); task != incident.tasks.rend(); ++task) {
        if (task->of_brigade()) return &*task;
    }
    return nullptr;
}

bool was_served(const Incident& incident) {
    bool served = false;
    for (const Task& task : incident.tasks) {
        if (task.active()) return false;
        const bool serves = task.of_brigade() || task.resource == Resource::polyclinic;
        served = served || (serves && task.served());
    }
    return served;
}

bool at_polyclinic(const Incident& incident) { return incident.polyclinic_at_work() != nullptr; }

bool at_work(const Incident& incident) {
    return at_polyclinic(incident) || incident.first_brigade_at_work() != nullptr;
}

}  // namespace jedel::console
