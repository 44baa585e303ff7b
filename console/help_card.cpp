#include "console/help_card.h"

#include <algorithm>
#include <cmath>

namespace jedel::console {

namespace {

constexpr double lit_s = 0.15;

const triage::Card* card_with_beats(const UiState& ui) {
    const auto& cards = ui.intake.triage.cards;
    const auto it = std::find_if(cards.begin(), cards.end(), [](const triage::Card* card) {
        return card->metronome_per_min > 0;
    });
    return it == cards.end() ? nullptr : *it;
}

}  // namespace

int Metronome::count(double now_s) const {
    return static_cast<int>(std::floor(std::max(0.0, now_s - from_s) / period_s())) + 1;
}

bool Metronome::lit(double now_s) const {
    return std::fmod(now_s - from_s, period_s()) < lit_s;
}

double Metronome::next_change_s(double now_s) const {
    const double into = std::fmod(now_s - from_s, period_s());
    return into < lit_s ? lit_s - into : period_s() - into;
}

const triage::Card* card_shown(const UiState& ui) {
    const auto& cards = ui.intake.triage.cards;
    return ui.help.choice < cards.size() ? cards[ui.help.choice] : nullptr;
}

void show_next_help(const View& view, UiState& ui) {
    if (ui.intake.triage.cards.empty()) {
        ui.messages.push_back({view.now, "message.no_card", {}, {}, false});
        return;
    }
    ui.help.choice = ui.help.choice < ui.intake.triage.cards.size() ? ui.help.choice + 1 : 0;
    // The list of brigades gives its place back.
    if (ui.area == Area::fleet) ui.area = Area::card;
}

void toggle_metronome(const View& view, UiState& ui) {
    if (ui.help.metronome.running()) {
        ui.help.metronome = {};
    } else if (const triage::Card* card = card_with_beats(ui)) {
        ui.help.metronome = {card->metronome_per_min, view.steady_s};
    } else {
        ui.messages.push_back({view.now, "message.no_metronome", {}, {}, false});
    }
}

void keep_metronome(UiState& ui) {
    if (ui.help.metronome.running() && card_with_beats(ui) == nullptr) ui.help.metronome = {};
}

void sign_help(const View& view, UiState& ui, Commands& commands) {
    const triage::Card* card = card_shown(ui);
    if (card == nullptr) {
        ui.messages.push_back({view.now, "message.no_card", {}, {}, false});
        return;
    }
    commands.give(SignText{"card:" + card->id, card->version}, ui.seat);
}

bool help_shown(const UiState& ui) {
    const bool page = ui.page == Page::intake || ui.page == Page::course;
    const bool call = ui.selected || !ui.intake.draft.pending_command.empty();
    return page && call && ui.area != Area::fleet && card_shown(ui) != nullptr;
}

}  // namespace jedel::console
