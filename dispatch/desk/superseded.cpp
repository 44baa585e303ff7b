#include "dispatch/desk/superseded.h"

#include <optional>
#include <set>
#include <variant>

#include "dispatch/core/decide.h"

namespace jedel {

namespace {

std::optional<IncidentId> incident_of(const Event& event) {
    return std::visit(
        []<class E>(const E& e) -> std::optional<IncidentId> {
            if constexpr (requires { e.incident; }) return e.incident;
            else return std::nullopt;
        },
        event);
}

std::set<std::uint64_t> rows_of(const State& state, const std::optional<IncidentId>& id) {
    std::set<std::uint64_t> out;
    const Incident* incident = id ? state.incident(*id) : nullptr;
    if (incident == nullptr || !incident->merged.empty()) return out;
    each_person(*incident, [&](PersonRef ref) { out.insert(ref.value); });
    return out;
}

}  // namespace

Result<std::vector<PersonRef>> superseded_persons(Journal& journal) {
    State state;
    std::set<std::uint64_t> gone;
    auto read = journal.read(0, [&](const JournalEvent& event) {
        const auto id = incident_of(event.event);
        const auto before = rows_of(state, id);
        apply(state, event);
        const auto after = rows_of(state, id);
        if (!after.empty()) {
            for (const std::uint64_t ref : before) {
                if (!after.contains(ref)) gone.insert(ref);
            }
        }
        // What is pointed to again, by whatever way, is needed.
        for (const std::uint64_t ref : after) gone.erase(ref);
    });
    if (!read) return read.error();
    // Whatever way a row came to a second incident, the room must not lose one that it shows.
    for (const Table<Incident>* table : {&state.open, &state.recent}) {
        for (const auto& incident : table->rows()) {
            each_person(*incident, [&](PersonRef ref) { gone.erase(ref.value); });
        }
    }
    std::vector<PersonRef> out;
    for (const std::uint64_t ref : gone) {
        const auto row = journal.personal({ref});
        if (!row || *row) out.push_back({ref});  // one that was changed goes as well
    }
    return out;
}

}  // namespace jedel
