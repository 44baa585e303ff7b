// Which of two clocks is right: the computer's, or the room's that the journal was written by.

#include <algorithm>
#include <array>

#include "console/ui.h"
#include "console/widgets/format.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// What the computer's clock says now: the room does not follow one that jumped.
Instant computer_now(const View& view) {
    const auto& trouble = view.room.state.clock_trouble;
    if (!trouble || trouble->deviation != "jumped") return view.now;
    return trouble->reading + (view.now - trouble->noted_at);
}

/// What the room goes on from if its own time is right.
Instant room_now(const View& view) { return std::max(view.room.state.at, view.now); }

struct Offer {
    std::string_view text_key;
    Instant to;
};

/// The room's own time stands last: it changes nothing but the question.
std::array<Offer, 2> offers(const View& view) {
    const auto& trouble = view.room.state.clock_trouble;
    const bool ahead = trouble && trouble->deviation == "ahead";
    return {{{"clock.computer_right", computer_now(view)},
             {"clock.room_right", ahead ? view.room.state.at : room_now(view)}}};
}

void correct(const View& view, UiState& ui, Commands& commands) {
    ui.clock.missing = ui.clock.words.empty();
    if (ui.clock.missing) return;
    const Offer chosen = offers(view)[static_cast<std::size_t>(ui.clock.choice)];
    commands.give(CorrectClock{chosen.to, ui.clock.words}, ui.seat);
    ui.overlay = Overlay::none;
    ui.focus.moved = true;
}

}  // namespace

void draw_clock(const View& view, UiState& ui, Commands& commands, const Box& screen) {
    Box box = open_over(view, screen, 640, 270, "##clock");
    header(view, box, view.tr("action.correct_clock"), "Shift+F12  Esc", true);
    box = box.inset(10 * view.unit, 8 * view.unit);
    const auto& trouble = view.room.state.clock_trouble;
    const std::string reads = trouble ? date_and_time(trouble->reading, view.utc_offset_minutes)
                                      : std::string{};
    const std::string head = date_and_time(trouble ? trouble->noted_at : view.room.state.at,
                                           view.utc_offset_minutes);
    paragraph(view, box,
              trouble ? view.tr("clock_trouble." + trouble->deviation, {reads, head})
                      : std::string{view.tr("clock.no_trouble")},
              {view.fonts.bold, trouble ? view.theme.alarm : view.theme.text});
    box.cut_top(6 * view.unit);
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    while (pressed.take(Key::down)) ui.clock.choice = 1;
    while (pressed.take(Key::up)) ui.clock.choice = 0;
    const auto all = offers(view);
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        const Offer& offer = all[static_cast<std::size_t>(i)];
        const Box row = box.cut_top(std::ceil(25 * view.unit));
        const bool chosen = i == ui.clock.choice;
        if (chosen) fill(row, view.theme.chosen);
        if (clicked(view, row, "clock:" + std::to_string(i))) ui.clock.choice = i;
        text(view, row.inset(7 * view.unit, 0),
             view.tr(offer.text_key, {date_and_time(offer.to, view.utc_offset_minutes)}),
             {chosen ? view.fonts.bold : nullptr});
    }
    box.cut_top(6 * view.unit);
    text(view, box.cut_top(std::ceil(20 * view.unit)), view.tr("clock.words"),
         {view.fonts.small, view.theme.dim});
    const FieldResult typed = text_field(view, ui.focus, box.cut_top(std::ceil(28 * view.unit)),
                                         "clock", ui.clock.words, true);
    if (typed.changed) ui.clock.missing = false;
    box.cut_top(6 * view.unit);
    if (ui.clock.missing) {
        paragraph(view, box, view.tr("override_panel.needs_words"),
                  {view.fonts.bold, view.theme.alarm});
    }
    close_over();
    if (pressed.take_enter()) correct(view, ui, commands);
}

}  // namespace jedel::console
