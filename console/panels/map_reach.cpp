// Coloured roads: where one brigade can be in 5, 10, 15 minutes, and what all free ones cover.

#include <algorithm>

#include "console/panels/describe.h"
#include "console/messages.h"
#include "console/panels/map_parts.h"

namespace jedel::console {

BrigadeId reach_brigade(const View& view, const UiState& ui) {
    if (ui.selected_brigade) return ui.selected_brigade;
    const Incident* call = selected_incident(view, ui);
    const Task* task = call != nullptr ? call->first_brigade_at_work() : nullptr;
    return task != nullptr ? *task->brigade : BrigadeId{};
}

void show_reach(const View& view, UiState& ui, ReachKind kind) {
    ReachKind& shown = ui.map.tools.reach;
    if (shown == kind) {
        shown = ReachKind::none;
        return;
    }
    if (kind == ReachKind::brigade && !reach_brigade(view, ui)) {
        hint(view, ui, "message.no_brigade");
        return;
    }
    shown = kind;
}

std::vector<std::string> reach_lines(const View& view, const UiState& ui) {
    std::vector<std::string> out;
    if (ui.map.tools.reach == ReachKind::none) return out;
    if (view.reach == nullptr) {
        out.emplace_back(view.tr("reach.working"));
        return out;
    }
    const ReachAnswer& reach = *view.reach;
    if (reach.kind == ReachKind::brigade) {
        const Brigade* brigade = view.room.state.brigades.find(reach.brigade);
        out.push_back(view.tr("reach.brigade", {brigade != nullptr ? brigade->name : "—"}));
        if (reach.no_place) out.emplace_back(view.tr("reach.no_place"));
    } else {
        out.push_back(view.tr("reach.coverage", {std::to_string(reach.free)}));
        if (reach.unknown > 0) {
            out.push_back(view.tr("reach.unknown", {std::to_string(reach.unknown)}));
        }
    }
    const std::int64_t age_ms = std::max<std::int64_t>(0, (view.now - reach.at).count());
    out.push_back(view.tr("reach.age", {duration_text(view, age_ms)}));
    return out;
}

}  // namespace jedel::console
