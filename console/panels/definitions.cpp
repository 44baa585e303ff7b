// Working definitions and help cards with their state; the chosen one in full, to be signed.

#include "console/definitions.h"

#include <algorithm>

#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

std::string title_of(const View& view, const SignedText& t) {
    if (t.rule != nullptr) return t.rule->id + "  " + std::string{view.tr.of(t.rule->name)};
    return std::string{view.tr.of(t.card->title)};
}

void draw_list(const View& view, UiState& ui, const std::vector<SignedText>& all, Box box) {
    const RowList list{.id = "##definitions",
                       .row_height = std::ceil(24 * view.unit),
                       .count = static_cast<int>(all.size()),
                       .keep_visible = ui.definitions.choice};
    row_list(view, box, list, [&](int index, const Box& row) {
        const SignedText& t = all[static_cast<std::size_t>(index)];
        if (index == ui.definitions.choice) fill(row, view.theme.chosen);
        if (clicked(view, row, "definition:" + t.subject)) ui.definitions.choice = index;
        Box inner = row.inset(6 * view.unit, 0);
        const bool signed_now = t.signature != nullptr;
        const std::string_view state =
            view.tr(signed_now ? "definitions.approved" : "definitions.not_approved");
        text(view, inner.cut_right(text_width(view, state, view.fonts.bold) + 2), state,
             {signed_now ? view.fonts.bold : view.fonts.small,
              signed_now ? view.theme.text : view.theme.dim, Align::right});
        inner.x1 -= 8 * view.unit;
        text(view, inner, title_of(view, t), {nullptr, 0, Align::left, true});
    });
}

void draw_whole(const View& view, const SignedText& t, Box box) {
    const auto say = [&](std::string_view words, Ink ink) {
        ink.value = true;
        paragraph(view, box, words, ink);
        box.cut_top(5 * view.unit);
    };
    say(title_of(view, t), {view.fonts.bold});
    if (t.rule != nullptr) {
        say(view.tr.of(t.rule->definition), {});
        say(t.rule->source, {view.fonts.small, view.theme.dim});
        if (!t.rule->formula.empty()) say(t.rule->formula, {view.fonts.small, view.theme.dim});
        if (!t.rule->presume.empty()) {
            say(view.tr("definitions.presume", {t.rule->presume}),
                {view.fonts.small, view.theme.dim});
        }
    } else {
        // As it is signed: for whom, what is asked, each line with its source, where it leads.
        const auto line = [&](const std::string& mark, const triage::LocalText& words,
                              const triage::CardSource& source) {
            paragraph(view, box, mark + " " + std::string{view.tr.of(words)} + " · " +
                                     source.label(),
                      {view.fonts.small, 0, Align::left, true});
        };
        const auto lead = [&](const std::vector<std::string>& to) {
            std::string ids;
            for (const std::string& id : to) ids += (ids.empty() ? "→ " : ", ") + id;
            if (!ids.empty()) paragraph(view, box, ids, {view.fonts.small, view.theme.dim,
                                                         Align::left, true});
        };
        if (t.card->ask) {
            line("?", t.card->ask->text, t.card->ask->source);
            lead(t.card->ask->yes);
            lead(t.card->ask->no);
        }
        for (std::size_t i = 0; i < t.card->lines.size(); ++i) {
            line(std::to_string(i + 1), t.card->lines[i].text, t.card->lines[i].source);
        }
        for (const triage::CardChange& change : t.card->changes) {
            line("!", change.text, change.source);
            lead(change.to);
        }
        line("■", t.card->stop.text, t.card->stop.source);
        say(t.card->when.text, {view.fonts.small, view.theme.dim});
        for (const triage::CardSource& source : t.card->sources()) {
            say(source.label() + ": " + source.name, {view.fonts.small, view.theme.dim});
        }
    }
    if (t.signature != nullptr) {
        say(view.tr("definitions.signed_by",
                    {t.signature->actor, date_and_time(t.signature->at, view.utc_offset_minutes)}),
            {view.fonts.bold});
    } else {
        say(view.tr("definitions.not_signed"), {view.fonts.bold, view.theme.alarm});
    }
}

}  // namespace

void draw_definitions(const View& view, UiState& ui, Commands&, const Box& screen) {
    Box box = open_over(view, screen, 980, 600, "##definitions_over");
    header(view, box, view.tr("action.definitions"), "Ctrl+R  Esc", true);
    box = box.inset(9 * view.unit, 6 * view.unit);
    const auto all = texts_to_sign(view);
    const int last = static_cast<int>(all.size()) - 1;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    while (pressed.take(Key::down)) ++ui.definitions.choice;
    while (pressed.take(Key::up)) --ui.definitions.choice;
    if (pressed.take(Key::page_down)) ui.definitions.choice += 10;
    if (pressed.take(Key::page_up)) ui.definitions.choice -= 10;
    ui.definitions.choice = std::clamp(ui.definitions.choice, 0, std::max(0, last));
    text(view, box.cut_bottom(std::ceil(22 * view.unit)), view.tr("definitions.hint"),
         {view.fonts.small, view.theme.dim, Align::left, true});
    ui.definitions.subject.clear();
    if (!all.empty()) {
        const SignedText& chosen = all[static_cast<std::size_t>(ui.definitions.choice)];
        ui.definitions.subject = chosen.subject;
        ui.definitions.version = chosen.version;
        draw_list(view, ui, all, box.cut_left(std::floor(box.width() * 0.52F)));
        box.cut_left(12 * view.unit);
        draw_whole(view, all[static_cast<std::size_t>(ui.definitions.choice)], box);
    }
    close_over();
}

}  // namespace jedel::console
