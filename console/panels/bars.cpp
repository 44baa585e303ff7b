// The bar at the top (time, journal, replay, seat, language, theme) and the line of messages.

#include <array>
#include <chrono>

#include "console/ui.h"
#include "console/messages.h"
#include "console/relook.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// Words set from the right edge inwards.
void from_right(const View& view, Box& box, std::string_view words, const Ink& ink) {
    const float width = text_width(view, words, ink.font) + 1;
    Ink right = ink;
    right.align = Align::right;
    text(view, box.cut_right(width), words, right);
    box.x1 -= 12 * view.unit;
}

void draw_replay(const View& view, Commands& commands, Box& box) {
    const ReplayStatus& replay = *view.replay;
    const std::array<std::pair<std::string_view, Commands::Replay>, 4> acts{
        {{"–", Commands::Replay::slower},
         {replay.paused ? "▶" : "II", Commands::Replay::pause},
         {"+", Commands::Replay::faster},
         {"→", Commands::Replay::step}}};
    for (const auto& [sign, what] : acts) {
        const Box key = box.cut_left(24 * view.unit).inset(2, 3 * view.unit);
        fill(key, view.theme.raised);
        frame(key, view.theme.line);
        text(view, key, sign, {view.fonts.bold, 0, Align::centre});
        if (clicked(view, key, std::string{"replay:"}.append(sign))) commands.ask_replay(what);
    }
    box.cut_left(4 * view.unit);
    const std::string speed = "×" + number_text(replay.speed) + "  " +
                              std::to_string(replay.calls_done) + " / " +
                              std::to_string(replay.calls_total);
    box.cut_left(text(view, box, speed, {view.fonts.bold}) + 8 * view.unit);
    Box track = box.cut_left(std::min(120 * view.unit, box.width() / 4));
    track = track.inset(0, track.height() / 2 - 3 * view.unit);
    fill(track, view.theme.line);
    const double whole = static_cast<double>((replay.until - replay.from).count());
    const double done = static_cast<double>((replay.now - replay.from).count());
    const double share = whole > 0 ? std::clamp(done / whole, 0.0, 1.0) : 0;
    track.x1 = track.x0 + track.width() * static_cast<float>(share);
    fill(track, view.theme.focus);
    box.cut_left(10 * view.unit);
}

/// The exception list is always one key away: how many rows it has, and whether a life may hang
/// on one of them.
void draw_watch_count(const View& view, UiState& ui, Box& box) {
    const auto& rows = ui.watch.rows;
    const std::uint64_t all = rows.size() + view.room.state.troubles_over;
    const bool worst = !rows.empty() && rows.front().danger == 1;
    const std::string words = view.tr("watch.count", {std::to_string(all)}) + "  Insert";
    const float width = text_width(view, words, view.fonts.bold) + 1;
    const Box part = box.cut_left(width);
    const ImU32 quiet = all == 0 ? view.theme.dim : view.theme.notice;
    text(view, part, words, {view.fonts.bold, worst ? view.theme.alarm : quiet});
    if (clicked(view, part, "watch")) ui.overlay = Overlay::watch;
    box.cut_left(14 * view.unit);
}

}  // namespace

void draw_top_bar(const View& view, UiState& ui, Commands& commands, const Box& given,
                  const std::string& journal) {
    Box box = given;
    fill(box, view.theme.raised);
    rule_below(view, box);
    box = box.inset(10 * view.unit, 0);
    const Ink dim{view.fonts.small, view.theme.dim};
    from_right(view, box, std::string{view.tr("language.name")} + " F9", dim);
    std::string seat{view.tr.of("seat", ui.seat)};
    for (const Organisation& o : view.city.organisations.all) {
        if (ui.organisation == o.id) seat += " · " + std::string{view.tr.of(o)};
    }
    from_right(view, box, seat, {view.fonts.text});
    box.cut_left(text(view, box, date_and_time(view.now, view.utc_offset_minutes),
                      {view.fonts.bold}) +
                 14 * view.unit);
    draw_watch_count(view, ui, box);
    if (!help_shown(ui)) box.cut_left(draw_beat(view, ui, box));
    if (view.replay != nullptr) draw_replay(view, commands, box);
    const std::string& city = view.tr.language() == Language::kk   ? view.city.name_kk
                              : view.tr.language() == Language::en ? view.city.name_en
                                                                   : view.city.name_ru;
    const Snapshot& room = view.room;
    if (room.journal_error) {
        from_right(view, box, view.tr("bar.journal_failed"), {view.fonts.bold, view.theme.alarm});
    } else if (room.read_only) {
        from_right(view, box, view.tr("bar.read_only"), {view.fonts.bold, view.theme.alarm});
    } else {
        const std::string words = view.tr("bar.journal", {std::to_string(room.state.seq)});
        from_right(view, box, words, dim);
    }
    if (const std::string words = relook_words(view, ui); !words.empty()) {
        const float width = text_width(view, words, view.fonts.bold) + 1;
        const Box part = box.cut_right(width);
        text(view, part, words, {view.fonts.bold, view.theme.notice, Align::right});
        if (clicked(view, part, "relook")) ui.overlay = Overlay::relook;
        box.x1 -= 12 * view.unit;
    }
    std::string place = city;
    if (!journal.empty()) place += "  ·  " + journal;
    text(view, box, place, {view.fonts.small, view.theme.dim, Align::left, true});
}

void draw_message_line(const View& view, UiState& ui, Commands& commands, const Box& given) {
    (void)commands;
    Box box = given;
    const std::size_t unseen = ui.messages.size() - std::min(ui.messages_seen, ui.messages.size());
    const Message* last = unseen > 0 ? &ui.messages.back() : nullptr;
    const bool alarm = last != nullptr && last->alarm;
    fill(box, alarm ? view.theme.alarm_ground : view.theme.raised);
    box = box.inset(10 * view.unit, 0);
    const std::string keys = std::string{"F1 "} + std::string{view.tr("bar.keys")} +
                             "   Ctrl+K " + std::string{view.tr("bar.palette")};
    const float keys_width = text_width(view, keys, view.fonts.small) + 1;
    text(view, box.cut_right(keys_width), keys,
         {view.fonts.small, view.theme.dim, Align::right});
    box.x1 -= 10 * view.unit;
    if (ui.messages.size() > 0) {
        const std::string count = view.tr("bar.messages", {std::to_string(unseen)}) + "  Ctrl+N";
        const Box part = box.cut_right(text_width(view, count, view.fonts.small) + 1);
        text(view, part, count, {view.fonts.small, view.theme.dim, Align::right});
        if (clicked(view, part, "messages")) ui.overlay = Overlay::notices;
        box.x1 -= 10 * view.unit;
    }
    const auto& clock = view.room.state.clock_trouble;
    const auto* problem = view.advice != nullptr && view.advice->problem ? &*view.advice->problem
                                                                         : nullptr;
    const bool held = view.room.journal_held >= std::chrono::seconds{1};
    // That nothing is stored now; an alarm; what stays wrong until somebody mends it; then the last
    // word said.
    if (held) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
            view.room.journal_held);
        text(view, box, view.tr("bar.journal_held", {std::to_string(seconds.count())}),
             {view.fonts.bold, view.theme.alarm, Align::left, true});
    } else if (last != nullptr &&
               (alarm || (!clock && problem == nullptr && view.faults.empty()))) {
        if (alarm) {
            const float radius = 5 * view.unit;
            draw_late(*ImGui::GetWindowDrawList(), {box.x0 + radius, (box.y0 + box.y1) / 2},
                      radius, view.theme.alarm);
            box.x0 += 3 * radius;
        }
        text(view, box, message_text(view, *last),
             {view.fonts.bold, alarm ? view.theme.alarm : view.theme.text, Align::left, true});
    } else if (clock) {
        const std::string reads = date_and_time(clock->reading, view.utc_offset_minutes);
        const std::string head = date_and_time(clock->noted_at, view.utc_offset_minutes);
        text(view, box, view.tr("clock_trouble." + clock->deviation, {reads, head}),
             {view.fonts.bold, view.theme.alarm, Align::left, true});
    } else if (!view.faults.empty()) {
        text(view, box, view.tr("bar.table_fault", {view.faults.front().text()}),
             {view.fonts.bold, view.theme.alarm, Align::left, true});
    } else if (problem != nullptr) {
        text(view, box, view.tr("advice.table_problem", {problem->text()}),
             {view.fonts.bold, view.theme.alarm, Align::left, true});
    } else if (!view.room.journal_warning.empty()) {
        text(view, box, view.room.journal_warning,
             {view.fonts.text, view.theme.notice, Align::left, true});
    }
}

}  // namespace jedel::console
