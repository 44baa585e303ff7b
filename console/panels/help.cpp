// Help until the brigade comes: one card, read aloud line by line, with beats where it has them.

#include <algorithm>
#include <cmath>

#include "console/help_card.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// Says whether the senior doctor has signed this very text.
void draw_approval(const View& view, const UiState& ui, Box& box, const triage::Card& card) {
    const Signature* signature = view.room.state.signature("card:" + card.id, card.version);
    if (signature != nullptr) {
        const std::string when = date_and_time(signature->at, view.utc_offset_minutes);
        paragraph(view, box, view.tr("help.approved", {signature->actor, when.substr(0, 10)}),
                  {view.fonts.small, view.theme.dim, Align::left, true});
        return;
    }
    Box line = box.cut_top(std::ceil(21 * view.unit));
    fill(line, view.theme.alarm_ground);
    const float radius = 5 * view.unit;
    draw_late(*ImGui::GetWindowDrawList(),
              {line.x0 + 2 * radius, (line.y0 + line.y1) / 2}, radius, view.theme.alarm);
    line.cut_left(4 * radius);
    text(view, line, view.tr("help.not_approved"), {view.fonts.small, view.theme.alarm});
    if (ui.seat == Seat::senior_doctor) {
        text(view, box.cut_top(std::ceil(20 * view.unit)), view.tr("help.sign"),
             {view.fonts.small});
    }
}

/// The age of what the card rests on, by the room's own clock.
std::string evidence_text(const View& view, const triage::Card& card) {
    const auto [oldest, newest] = card.years();
    const int age = std::max(0, to_civil(view.now, view.utc_offset_minutes).year - oldest);
    const std::string old = std::to_string(oldest);
    if (oldest != newest) {
        return view.tr("help.evidence_span", {old, std::to_string(newest), std::to_string(age)});
    }
    if (age == 0) return view.tr("help.evidence_new", {old});
    return view.tr("help.evidence", {old, std::to_string(age)});
}

/// Draws the parts of a card below one another and counts their height; without `draw` it only
/// counts.
class Sheet {
public:
    Sheet(const View& view, UiState& ui, const triage::Card& card, const Box& box, ImFont* font,
          bool draw)
        : view_(view), ui_(ui), card_(card), box_(box), font_(font), draw_(draw),
          sources_(card.sources()) {}

    /// Everything to be read; its height in pixels.
    float lay() {
        const float top = box_.y0;
        const std::vector<CardLink> links = links_of(view_, ui_, card_);
        if (card_.ask) {
            heading("help.first_ask");
            said("?", view_.tr.of(card_.ask->text), card_.ask->source, true);
            for (const CardLink& link : links) {
                if (link.answer == triage::Tri::unknown) continue;
                const bool yes = link.answer == triage::Tri::yes;
                lead(view_.tr(yes ? "help.yes" : "help.no", {view_.tr.of(link.to->title)}),
                     *link.to);
            }
        }
        for (std::size_t i = 0; i < card_.lines.size(); ++i) {
            said(std::to_string(i + 1), view_.tr.of(card_.lines[i].text), card_.lines[i].source,
                 false);
        }
        heading("help.if_changes");
        for (const triage::CardChange& change : card_.changes) {
            said("!", view_.tr.of(change.text), change.source, false);
            for (const CardLink& link : links) {
                if (link.text == &change.text) {
                    lead("→ " + std::string{view_.tr.of(link.to->title)}, *link.to);
                }
            }
        }
        heading("help.until");
        said("■", view_.tr.of(card_.stop.text), card_.stop.source, false);
        legend();
        return box_.y0 - top;
    }

private:
    void heading(std::string_view key) {
        const std::string_view words = view_.tr(key);
        box_.y0 += 3 * view_.unit;
        if (draw_) {
            Box line{box_.x0, box_.y0, box_.x1, box_.y0 + line_height(view_, view_.fonts.small)};
            text(view_, line, words, {view_.fonts.small, view_.theme.dim});
        }
        box_.y0 += line_height(view_, view_.fonts.small);
    }

    // A mark, the words, and in the margin the letter of their source.
    void said(std::string_view mark, std::string_view words, const triage::CardSource& source,
              bool bold) {
        const float left = 18 * view_.unit, right = 13 * view_.unit;
        ImFont* font = bold ? view_.fonts.bold : font_;
        const float height = paragraph_height(view_, box_.width() - left - right, words, font);
        if (draw_) {
            Box row{box_.x0, box_.y0, box_.x1, box_.y0 + height};
            const Box first{row.x0, row.y0, row.x0 + left, row.y0 + line_height(view_, font)};
            text(view_, first, mark, {view_.fonts.bold});
            const Box margin{row.x1 - right, row.y0, row.x1, row.y0 + line_height(view_, font)};
            text(view_, margin, letter(source), {view_.fonts.small, view_.theme.dim, Align::right});
            Box inner{row.x0 + left, row.y0, row.x1 - right, row.y1};
            paragraph(view_, inner, words, {font});
        }
        box_.y0 += height + 2 * view_.unit;
    }

    // The card that it leads to, to be clicked; Ctrl+Shift+H goes there too.
    void lead(const std::string& words, const triage::Card& to) {
        const float left = 18 * view_.unit;
        const float height =
            paragraph_height(view_, box_.width() - left, words, view_.fonts.small) + view_.unit;
        if (draw_) {
            Box row{box_.x0 + left, box_.y0, box_.x1, box_.y0 + height};
            if (clicked(view_, row, "card:" + to.id)) led_to = &to;
            paragraph(view_, row, words, {view_.fonts.small, view_.theme.focus});
        }
        box_.y0 += height + view_.unit;
    }

    void legend() {
        std::string words;
        for (std::size_t i = 0; i < sources_.size(); ++i) {
            if (i > 0) words += " · ";
            words += static_cast<char>('a' + i);
            words += " " + sources_[i].label();
        }
        box_.y0 += 3 * view_.unit;
        const float height = paragraph_height(view_, box_.width(), words, view_.fonts.small);
        if (draw_) {
            Box row{box_.x0, box_.y0, box_.x1, box_.y0 + height};
            paragraph(view_, row, words, {view_.fonts.small, view_.theme.dim});
        }
        box_.y0 += height;
    }

    [[nodiscard]] std::string letter(const triage::CardSource& source) const {
        const auto at = std::find_if(sources_.begin(), sources_.end(), [&](const auto& s) {
            return s.id == source.id;
        });
        return std::string(1, static_cast<char>('a' + (at - sources_.begin())));
    }

    const View& view_;
    UiState& ui_;
    const triage::Card& card_;
    Box box_;
    ImFont* font_;
    bool draw_;
    std::vector<triage::CardSource> sources_;

public:
    const triage::Card* led_to = nullptr;  ///< clicked
};

/// Where one came from, and what else fits; as many as there is room for.
void draw_others(const View& view, const UiState& ui, const triage::Card& card, Box& box,
                 float room) {
    const auto line = [&](const std::string& words) {
        const float height = std::ceil(18 * view.unit);
        if (room < height) return;
        room -= height;
        text(view, box.cut_bottom(height), words,
             {view.fonts.small, view.theme.dim, Align::left, true});
    };
    const auto& cards = ui.intake.triage.cards;
    if (ui.intake.triage.linked != nullptr && ui.help.choice < cards.size()) {
        line(view.tr("help.back", {view.tr.of(cards[ui.help.choice]->title)}));
        return;
    }
    for (const triage::Card* other : cards) {
        if (other != &card) line(view.tr("help.next", {view.tr.of(other->title)}));
    }
}

void draw_metronome(const View& view, UiState& ui, Box line) {
    const std::string_view words = view.tr("help.beat_start");
    const Box key = line.cut_left(button_width(view, words, "^B"));
    if (button(view, key, words, "^B", ui.help.metronome.running())) toggle_metronome(view, ui);
    line.cut_left(8 * view.unit);
    line.cut_left(draw_beat(view, ui, line) + 6 * view.unit);
    if (!ui.help.metronome.running()) return;
    if (ui.help.heard == Heard::no_device || ui.help.heard == Heard::muted) {
        const bool muted = ui.help.heard == Heard::muted;
        text(view, line, view.tr(muted ? "help.muted" : "help.no_sound"),
             {view.fonts.small, view.theme.notice, Align::left, true});
    }
}

}  // namespace

float draw_beat(const View& view, const UiState& ui, const Box& given) {
    if (!ui.help.metronome.running()) return 0;
    Box box = given;
    const float radius = std::min(box.height() / 2 - 2 * view.unit, 11 * view.unit);
    const ImVec2 centre{box.x0 + radius + 2 * view.unit, (box.y0 + box.y1) / 2};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    // Size and fill beat together, so that the beat is seen without colour too.
    if (ui.help.metronome.lit(view.steady_s)) {
        list.AddCircleFilled(centre, radius, view.theme.text, 24);
    } else {
        list.AddCircle(centre, radius * 0.55F, view.theme.text, 24, 1.5F * view.unit);
    }
    box.cut_left(2 * radius + 9 * view.unit);
    const std::string words =
        view.tr("help.beat", {std::to_string(ui.help.metronome.count(view.steady_s)),
                              std::to_string(ui.help.metronome.per_min)});
    return 2 * radius + 9 * view.unit + text(view, box, words, {view.fonts.bold});
}

void draw_help_card(const View& view, UiState& ui, Commands& commands, const Box& given) {
    (void)commands;
    const triage::Card* shown = card_shown(ui);
    if (shown == nullptr) return;  // struck out on another panel of this very frame
    const triage::Card& card = *shown;
    Box box = given;
    fill(box, view.theme.panel);
    header(view, box, view.tr("help.title"), "Ctrl+H", false);
    box = box.inset(9 * view.unit, 4 * view.unit);
    paragraph(view, box, view.tr.of(card.title), {view.fonts.bold});
    draw_approval(view, ui, box, card);
    paragraph(view, box, evidence_text(view, card), {view.fonts.small, view.theme.dim});
    if (card.metronome_per_min > 0) {
        draw_metronome(view, ui, box.cut_top(std::ceil(30 * view.unit)));
    }
    box.cut_top(2 * view.unit);
    // Lines that must be read stand before type that reads easily.
    ImFont* font = view.fonts.text;
    float height = Sheet{view, ui, card, box, font, false}.lay();
    if (height > box.height()) {
        font = view.fonts.small;
        height = Sheet{view, ui, card, box, font, false}.lay();
    }
    if (view.recorder != nullptr && height > box.height()) {
        view.recorder->add("card cut: " + card.id, box, true);
    }
    draw_others(view, ui, card, box, box.height() - height);
    Sheet sheet{view, ui, card, box, font, true};
    sheet.lay();
    if (sheet.led_to != nullptr) open_link(ui, *sheet.led_to);
}

}  // namespace jedel::console
