#include "console/help_card.h"

#include <algorithm>
#include <cmath>

namespace jedel::console {

namespace {

constexpr double lit_s = 0.15;

constexpr double mute_s = 120;

const triage::Card* card_with_beats(const UiState& ui) {
    const triage::Card* shown = card_shown(ui);
    if (shown != nullptr && shown->metronome_per_min > 0) return shown;
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
    if (ui.intake.triage.linked != nullptr) return ui.intake.triage.linked;
    const auto& cards = ui.intake.triage.cards;
    return ui.help.choice < cards.size() ? cards[ui.help.choice] : nullptr;
}

std::vector<CardLink> links_of(const View& view, const UiState& ui, const triage::Card& card) {
    std::vector<CardLink> out;
    if (view.cards == nullptr || !ui.intake.triage.facts) return out;
    const auto add = [&](const triage::LocalText& text, const std::vector<std::string>& to,
                         triage::Tri answer) {
        const triage::Card* led =
            triage::linked_card(*view.protocol, *view.cards, to, *ui.intake.triage.facts);
        if (led != nullptr) out.push_back({&text, led, answer});
    };
    if (card.ask) {
        add(card.ask->text, card.ask->yes, triage::Tri::yes);
        add(card.ask->text, card.ask->no, triage::Tri::no);
    }
    for (const triage::CardChange& change : card.changes) {
        add(change.text, change.to, triage::Tri::unknown);
    }
    return out;
}

void open_link(UiState& ui, const triage::Card& to) {
    const auto& cards = ui.intake.triage.cards;
    const auto at = std::find(cards.begin(), cards.end(), &to);
    if (at != cards.end()) {
        ui.help.choice = static_cast<std::size_t>(at - cards.begin());
        ui.help.linked.clear();
        ui.intake.triage.linked = nullptr;
    } else {
        ui.help.linked = to.id;
        ui.intake.triage.linked = &to;
    }
}

void follow_link(const View& view, UiState& ui) {
    const auto& cards = ui.intake.triage.cards;
    if (ui.help.choice >= cards.size()) {
        ui.messages.push_back({view.now, "message.no_card", {}, {}, false});
        return;
    }
    std::vector<const triage::Card*> round;
    for (const CardLink& link : links_of(view, ui, *cards[ui.help.choice])) {
        if (std::find(round.begin(), round.end(), link.to) == round.end()) {
            round.push_back(link.to);
        }
    }
    const auto now = std::find(round.begin(), round.end(), ui.intake.triage.linked);
    const auto next = now == round.end() ? round.begin() : now + 1;
    ui.intake.triage.linked = next == round.end() ? nullptr : *next;
    ui.help.linked = next == round.end() ? std::string{} : (*next)->id;
    if (ui.area == Area::fleet) ui.area = Area::card;
}

void keep_help(const View& view, UiState& ui, const triage::Card* first_before) {
    DraftTriage& triage = ui.intake.triage;
    const triage::Card* first = triage.cards.empty() ? nullptr : triage.cards.front();
    if (first != first_before && first != nullptr) {
        ui.help.choice = 0;
        ui.help.linked.clear();
    }
    if (ui.help.linked.empty() || view.cards == nullptr || first == nullptr) {
        ui.help.linked.clear();
        return;
    }
    for (const triage::Card& card : *view.cards) {
        if (card.id == ui.help.linked) open_link(ui, card);
    }
}

void toggle_mute(UiState& ui, Sound* sound) {
    if (sound == nullptr) return;
    sound->mute_for(sound->heard() == Heard::muted ? 0 : mute_s);
    ui.help.heard = sound->heard();
}

void show_next_help(const View& view, UiState& ui) {
    if (ui.intake.triage.cards.empty()) {
        ui.messages.push_back({view.now, "message.no_card", {}, {}, false});
        return;
    }
    if (ui.intake.triage.linked != nullptr) {
        ui.intake.triage.linked = nullptr;
        ui.help.linked.clear();
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
