// What idle brigades cover, the plan of moves with gain and reason, and the moves under way.

#include <algorithm>
#include <cmath>

#include "console/panels/describe.h"
#include "console/panels/figures.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {
namespace {

std::string_view name_of_post(const View& view, const cover::Post& post) {
    switch (view.tr.language()) {
        case Language::kk: return post.name_kk;
        case Language::ru: return post.name_ru;
        case Language::en: break;
    }
    return post.name_en;
}

/// The post's name by its id; the id where the table has it no more.
std::string post_text(const View& view, const std::string& id) {
    if (view.cover != nullptr) {
        for (const cover::Post& post : view.cover->posts) {
            if (post.id == id) return std::string{name_of_post(view, post)};
        }
    }
    return id;
}

/// A row of the list: a proposal, or a brigade that was asked to a post.
struct Row {
    const cover::PostMove* move = nullptr;
    const Brigade* brigade = nullptr;
};

/// A proposal holds while its brigade is as it was: free, and not asked elsewhere since.
bool holds(const View& view, const UiState& ui, const cover::PostMove& move) {
    const Brigade* b = view.room.state.brigades.find(move.brigade);
    return b != nullptr && is_free(*b) && b->version <= view.cover->advice.state_seq &&
           view.cover->advice.state_seq != ui.cover.accepted_seq;
}

std::vector<Row> rows_of(const View& view, const UiState& ui) {
    std::vector<Row> out;
    if (view.cover != nullptr) {
        for (const cover::PostMove& move : view.cover->advice.moves) {
            if (!holds(view, ui, move)) continue;
            out.push_back({&move, view.room.state.brigades.find(move.brigade)});
        }
    }
    for (const auto& row : view.room.state.brigades.rows()) {
        if (row->standby) out.push_back({nullptr, row.get()});
    }
    return out;
}

/// The chosen proposals become orders of one plan.
void accept(const View& view, UiState& ui, Commands& commands, const std::vector<Row>& rows) {
    const std::uint64_t seq = view.cover != nullptr ? view.cover->advice.state_seq : 0;
    bool any = false;
    for (const Row& row : rows) {
        if (row.move == nullptr || ui.cover.left_out.contains(row.brigade->id.value)) continue;
        const cover::Post& post = view.cover->posts[row.move->post];
        commands.give(MoveToPost{.brigade = row.brigade->id,
                                 .seen_version = row.brigade->version,
                                 .post = post.id,
                                 .place = post.place,
                                 .plan = "cover-" + std::to_string(seq),
                                 .gain = row.move->gain,
                                 .policy = {}},
                      ui.seat);
        any = true;
    }
    if (any) ui.cover.accepted_seq = seq;
}

std::string step_text(const View& view, const Standby& s) {
    const std::string age = duration_text(
        view, std::max<std::int64_t>(0, (view.now - s.last_at()).count()));
    if (s.arrived_at) return view.tr("cover.arrived", {age});
    if (s.departed_at) return view.tr("cover.departed", {age});
    if (s.accepted_at) return view.tr("cover.accepted", {age});
    return view.tr("cover.ordered", {age});
}

void draw_row(const View& view, const UiState& ui, const Row& row, const Box& given, bool chosen) {
    if (chosen) fill(given, view.theme.chosen);
    rule_below(view, given);
    Box box = given.inset(7 * view.unit, 3 * view.unit);
    Box first = box.cut_top(box.height() / 2);
    const bool out = row.move != nullptr && ui.cover.left_out.contains(row.brigade->id.value);
    const ImU32 ink = out ? view.theme.dim : view.theme.text;
    first.cut_left(text(view, first, row.brigade->name, {view.fonts.bold, ink}) + 8 * view.unit);
    if (row.move == nullptr) {
        const std::string state = step_text(view, *row.brigade->standby);
        text(view, first.cut_right(text_width(view, state) + 1), state,
             {nullptr, 0, Align::right});
        text(view, first, view.tr("cover.to", {post_text(view, row.brigade->standby->post)}),
             {nullptr, 0, Align::left, true});
        const std::string gain = figure(view, row.brigade->standby->gain * per_cent);
        text(view, box, view.tr("cover.was_for", {gain}),
             {view.fonts.small, view.theme.dim, Align::left, true});
        return;
    }
    const std::string gain =
        out ? std::string{view.tr("cover.left_out")}
            : view.tr("cover.gain", {figure(view, row.move->gain * per_cent)});
    text(view, first.cut_right(text_width(view, gain, view.fonts.bold) + 1), gain,
         {view.fonts.bold, ink, Align::right});
    const cover::Post& post = view.cover->posts[row.move->post];
    text(view, first, view.tr("cover.to", {name_of_post(view, post)}),
         {nullptr, ink, Align::left, true});
    const std::string minutes = figure(view, std::ceil(row.move->travel_s / s_per_min));
    const cover::CoverLoss* loss = view.cover->advice.now.loss_of(row.brigade->id);
    const std::string alone = figure(view, (loss != nullptr ? loss->share : 0) * per_cent);
    text(view, box, view.tr("cover.why", {minutes, alone}),
         {view.fonts.small, view.theme.dim, Align::left, true});
}

std::string known_text(const View& view, const cover::Known& k, double scale,
                       std::string_view key) {
    const std::string value = figure(view, k.value * scale);
    const std::string source =
        k.from_room ? std::string{view.tr("cover.of_room")}
                    : view.tr("cover.of_table", {figure(view, std::floor(k.observed)),
                                                 figure(view, k.needed)});
    return view.tr(key, {value, source});
}

/// The figures on top and what they rest on.
void draw_figures(const View& view, Box& box) {
    const cover::CoverAdvice& a = view.cover->advice;
    const auto line = [&](std::string words, ImFont* font, ImU32 colour) {
        text(view, box.cut_top(std::ceil(21 * view.unit)), words,
             {font, colour, Align::left, true});
    };
    const std::string minutes = figure(view, a.target_s / s_per_min);
    line(view.tr("cover.now", {figure(view, a.now.share * per_cent), minutes}), view.fonts.bold,
         view.theme.text);
    line(view.tr("cover.expected", {figure(view, a.now.expected * per_cent),
                                    figure(view, a.settled.expected * per_cent),
                                    figure(view, a.expected_then * per_cent)}),
         nullptr, view.theme.text);
    line(known_text(view, a.busy, per_cent, "cover.busy") + " · " +
             known_text(view, a.turnout_s, 1, "cover.turnout"),
         view.fonts.small, view.theme.dim);
    std::string rest = view.tr("cover.idle", {std::to_string(a.idle)});
    if (a.unknown > 0) rest += " · " + view.tr("cover.unknown", {std::to_string(a.unknown)});
    if (!a.approved) rest += " · " + std::string{view.tr("cover.not_approved")};
    line(rest, view.fonts.small, a.unknown > 0 ? view.theme.notice : view.theme.dim);
}

void keys_of_row(const View& view, UiState& ui, Commands& commands, const Row& row) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    if (row.move != nullptr) {
        if (!pressed.take(Key::space)) return;
        const std::uint64_t id = row.brigade->id.value;
        if (ui.cover.left_out.erase(id) == 0) ui.cover.left_out.insert(id);
        return;
    }
    ReportPost report{.brigade = row.brigade->id, .step = PostStep::ended, .reason = {},
                      .source = Source::dispatcher, .at = {}};
    const int digit = pressed.take_digit();
    if (digit >= 1 && digit <= 3) {
        report.step = static_cast<PostStep>(digit - 1);
        commands.give(report, ui.seat);
    } else if (pressed.take(Key::del)) {
        report.reason = "called_off";
        commands.give(report, ui.seat);
    }
    (void)view;
}

}  // namespace

void draw_cover_line(const View& view, const Box& box) {
    const cover::CoverAdvice& a = view.cover->advice;
    fill(box, view.theme.raised);
    const Box inner = box.inset(5 * view.unit, 0);
    std::string words = view.tr("cover.line", {figure(view, a.now.share * per_cent)});
    const double gain = (a.expected_then - a.settled.expected) * per_cent;
    if (!a.moves.empty()) words += " · " + view.tr("cover.line_plan", {figure(view, gain)});
    text(view, inner, words,
         {view.fonts.small, a.moves.empty() ? view.theme.dim : view.theme.notice, Align::left,
          true});
}

void draw_cover(const View& view, UiState& ui, Commands& commands, const Box& screen) {
    Box box = open_over(view, screen, 800, 520, "##cover");
    header(view, box, view.tr("action.cover_plan"), "Shift+F8  Esc", true);
    box = box.inset(9 * view.unit, 6 * view.unit);
    if (view.cover == nullptr) {
        paragraph(view, box, view.tr("cover.working"), {nullptr, view.theme.dim});
        return close_over();
    }
    if (view.cover->problem) {
        paragraph(view, box, view.cover->problem->text(),
                  {nullptr, view.theme.alarm, Align::left, true});
    }
    draw_figures(view, box);
    box.cut_top(6 * view.unit);
    text(view, box.cut_bottom(std::ceil(20 * view.unit)), view.tr("cover.keys_moves"),
         {view.fonts.small, view.theme.dim});
    text(view, box.cut_bottom(std::ceil(20 * view.unit)), view.tr("cover.keys_plan"),
         {view.fonts.small, view.theme.dim});
    const std::vector<Row> rows = rows_of(view, ui);
    const int count = static_cast<int>(rows.size());
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    while (pressed.take(Key::down)) ++ui.cover.choice;
    while (pressed.take(Key::up)) --ui.cover.choice;
    ui.cover.choice = std::clamp(ui.cover.choice, 0, std::max(0, count - 1));
    if (count == 0) {
        paragraph(view, box, view.tr("cover.none"), {nullptr, view.theme.dim});
    }
    const RowList list{.id = "##moves",
                       .row_height = std::ceil(46 * view.unit),
                       .count = count,
                       .keep_visible = ui.cover.choice};
    row_list(view, box, list, [&](int index, const Box& row) {
        draw_row(view, ui, rows[static_cast<std::size_t>(index)], row, index == ui.cover.choice);
        if (clicked(view, row, "move:" + std::to_string(index))) ui.cover.choice = index;
    });
    close_over();
    if (count == 0) return;
    keys_of_row(view, ui, commands, rows[static_cast<std::size_t>(ui.cover.choice)]);
    if (pressed.take_enter()) accept(view, ui, commands, rows);
}

}  // namespace jedel::console
