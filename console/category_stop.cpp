#include "console/category_stop.h"

#include <algorithm>

#include "console/intake.h"

namespace jedel::console {

namespace {

bool urgent(Category category) { return category == Category::u1 || category == Category::u2; }

}  // namespace

bool four_is_open(const DraftTriage& triage) {
    return triage.evaluation.proposed == Category::u4 && urgent(triage.evaluation.most_urgent);
}

std::vector<triage::WhatIf> still_urgent(const triage::Protocol& protocol,
                                         const triage::Facts& facts,
                                         const triage::Evaluation& evaluation) {
    if (evaluation.proposed != Category::u4 || !urgent(evaluation.most_urgent)) return {};
    auto all = triage::what_would_change(protocol, facts, protocol.findings().size());
    std::erase_if(all, [](const triage::WhatIf& what) { return !urgent(what.category); });
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return more_urgent(a.category, b.category);
    });
    return all;
}

bool stop_before_four(const View& view, UiState& ui) {
    const Incident* incident = view.room.state.incident(ui.intake.draft.incident);
    const bool set = incident != nullptr && incident->category != Category::none;
    if (set || !four_is_open(ui.intake.triage)) return false;
    ui.intake.stopped = true;
    ui.page = Page::intake;
    ui.area = Area::card;
    ui.intake.field = Field::question;
    ui.focus.moved = true;
    refresh_triage(view, ui);
    return true;
}

std::optional<triage::Question> stopped_question(const DraftTriage& triage,
                                                 const std::vector<triage::FindingIndex>& asked) {
    for (const triage::WhatIf& what : triage.urgent_if) {
        if (std::find(asked.begin(), asked.end(), what.finding) == asked.end()) {
            return triage::Question{what.finding, true, 1};
        }
    }
    return std::nullopt;
}

}  // namespace jedel::console
