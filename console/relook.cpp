#include "console/relook.h"

#include <algorithm>
#include <cmath>

#include "console/messages.h"
#include "console/panels/describe.h"
#include "console/widgets/format.h"

namespace jedel::console {

namespace {

constexpr std::size_t warned_max = 500;

/// Every brigade as it was when it was looked at, every call open.
bool is_true_yet(const View& view, const Proposal& p) {
    const State& state = view.room.state;
    return std::all_of(p.moves.begin(), p.moves.end(), [&](const BrigadeMove& m) {
        const Brigade* b = state.brigades.find(m.brigade);
        if (b == nullptr || b->version != m.seen_version) return false;
        if (m.from && state.open.find(*m.from) == nullptr) return false;
        const Incident* to = m.to ? state.open.find(*m.to) : nullptr;
        return !m.to || (to != nullptr && to->polyclinic_at_work() == nullptr);
    });
}

bool is_aside(const View& view, const UiState& ui, const Proposal& p) {
    return std::any_of(ui.relook.aside.begin(), ui.relook.aside.end(), [&](const auto& aside) {
        return aside.until > view.now && aside.proposal.same_as(p);
    });
}

}  // namespace

std::vector<const Proposal*> proposals_now(const View& view, const UiState& ui) {
    std::vector<const Proposal*> out;
    if (view.relook == nullptr) return out;
    for (const Proposal& p : view.relook->look.proposals) {
        if (is_true_yet(view, p) && !is_aside(view, ui, p)) out.push_back(&p);
    }
    return out;
}

std::vector<const PredictedLate*> late_now(const View& view) {
    std::vector<const PredictedLate*> out;
    if (view.relook == nullptr) return out;
    for (const PredictedLate& late : view.relook->look.late) {
        const Incident* incident = view.room.state.open.find(late.incident);
        if (incident == nullptr || late.due <= view.now) continue;
        const Task* task = incident->active_task_of(late.brigade);
        if (task != nullptr && !task->on_scene_at()) out.push_back(&late);
    }
    return out;
}

void warn_of_late(const View& view, UiState& ui) {
    for (const PredictedLate* late : late_now(view)) {
        const Incident* incident = view.room.state.open.find(late->incident);
        const Task* task = incident->active_task_of(late->brigade);
        auto& warned = ui.relook.warned;
        if (std::find(warned.begin(), warned.end(), task->id) != warned.end()) continue;
        if (warned.size() >= warned_max) warned.erase(warned.begin());
        warned.push_back(task->id);
        const Brigade* b = view.room.state.brigades.find(late->brigade);
        Message m{view.now,
                  "message.predicted_late",
                  {b != nullptr ? b->name : std::to_string(late->brigade.value),
                   time_of_day(late->due, view.utc_offset_minutes),
                   time_of_day(late->arrival, view.utc_offset_minutes),
                   std::to_string(std::lround(late->probability * 100))},
                  {},
                  true,
                  late->incident,
                  incident->day_number};
        ui.messages.push_back(std::move(m));
    }
}

void accept_proposal(UiState& ui, Commands& commands, const Proposal& proposal) {
    commands.give(command_of(proposal), ui.seat);
    ui.relook.chosen.reset();
}

void dismiss_proposal(const View& view, UiState& ui, const Proposal& proposal) {
    const double minutes = view.relook != nullptr ? view.relook->dismissed_min : 0;
    std::erase_if(ui.relook.aside, [&](const auto& a) { return a.until <= view.now; });
    ui.relook.aside.push_back(
        {proposal, view.now + std::chrono::milliseconds{
                                  static_cast<std::int64_t>(minutes * 60'000)}});
    ui.relook.chosen.reset();
}

std::string relook_words(const View& view, const UiState& ui) {
    const std::size_t proposals = proposals_now(view, ui).size(), late = late_now(view).size();
    if (proposals + late == 0) return {};
    return view.tr("relook.bar", {std::to_string(proposals), std::to_string(late)}) +
           "  Shift+F3";
}

}  // namespace jedel::console
