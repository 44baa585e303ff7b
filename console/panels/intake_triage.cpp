// What the rules make of the call, and the question that tells most.

#include <algorithm>
#include <cmath>
#include <tuple>

#include "console/definitions.h"
#include "console/intake.h"
#include "console/panels/describe.h"
#include "console/panels/intake_parts.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

std::string range_text(const View& view, const triage::Evaluation& e) {
    if (e.settled()) return std::string{view.tr("triage.settled")};
    const auto number = [&](Category c) {
        return c == Category::none ? std::string{view.tr("triage.open")}
                                   : std::to_string(static_cast<int>(c));
    };
    return view.tr("triage.range", {number(e.most_urgent), number(e.least_urgent)});
}

void draw_banner(const View& view, Box box, const triage::Evaluation& e, Category in_force) {
    fill(box, view.theme.raised);
    frame(box, view.theme.line);
    box = box.inset(7 * view.unit, 3 * view.unit);
    const Box mark = box.cut_left(box.height());
    urgency(view, mark, e.proposed);
    box.cut_left(9 * view.unit);
    Box first = box.cut_top(box.height() / 2);
    text(view, first, category_text(view, e.proposed), {view.fonts.bold});
    std::string range = range_text(view, e);
    if (in_force != Category::none && in_force != e.proposed) {
        range = view.tr("triage.in_force", {std::to_string(static_cast<int>(in_force))});
    }
    text(view, box, range, {view.fonts.small, view.theme.dim});
}

/// The line, who calls, and patients nobody has told of; nothing where there is nothing to say.
void draw_caller(const View& view, const UiState& ui, const Incident* incident, Box& box) {
    const auto line = [&](const std::string& words, ImU32 colour) {
        text(view, box.cut_top(std::ceil(18 * view.unit)), words,
             {view.fonts.small, colour, Align::left, true});
    };
    if (incident != nullptr && incident->caller_lost()) {
        const Instant lost = incident->calls.back().line_losses.back().lost_at;
        line(view.tr("caller.lost", {time_of_day(lost, view.utc_offset_minutes)}),
             view.theme.alarm);
    }
    if (ui.intake.draft.unsaved || ui.intake.draft.refused) {
        line(std::string{view.tr("intake.unsaved")}, view.theme.alarm);
    }
    if (ui.intake.triage.others_unknown) {
        line(std::string{view.tr("caller.others")}, view.theme.alarm);
    }
    if (ui.intake.draft.speaks == Source::brigade) {
        line(std::string{view.tr("triage.brigade_speaks")}, view.theme.focus);
    } else if (ui.intake.draft.caller != CallerRelation::unknown) {
        line(std::string{view.tr.of("caller", ui.intake.draft.caller)}, view.theme.dim);
    }
}

std::string what_if_text(const View& view, const triage::WhatIf& what) {
    const triage::Finding& finding = view.protocol->findings()[what.finding];
    const std::string name{view.tr.of(finding.name)};
    const std::string condition =
        what.answer == triage::Tri::no ? view.tr("finding.no", {name}) : name;
    return view.tr("triage.what_if",
                   {std::to_string(static_cast<int>(what.category)), condition});
}

/// Why category 4 was not taken, what could still make it urgent, and how to go on all the same.
void draw_stop(const View& view, const DraftTriage& triage, Box& box) {
    paragraph(view, box, view.tr("stop.open"), {view.fonts.bold, view.theme.notice});
    constexpr std::size_t named = 2;
    for (std::size_t i = 0; i < std::min(named, triage.urgent_if.size()); ++i) {
        if (box.height() < line_height(view, view.fonts.small)) return;
        paragraph(view, box, what_if_text(view, triage.urgent_if[i]),
                  {view.fonts.small, 0, Align::left, true});
    }
    paragraph(view, box, view.tr("stop.go_on"),
              {view.fonts.small, view.theme.dim, Align::left, true});
}

/// Whether a brigade can be sent already, and how many questions may still come.
void draw_progress(const View& view, const triage::Question& question, Box& box) {
    const std::string_view key = question.sufficient ? "triage.sufficient" : "triage.may_come";
    paragraph(view, box, view.tr(key, {std::to_string(question.may_come)}),
              {view.fonts.small, question.sufficient ? view.theme.text : view.theme.dim,
               Align::left, true});
}

void draw_question(const View& view, UiState& ui, Commands& commands, Box box) {
    const bool focused =
        ui.keyboard.owner() == KeyOwner::intake && ui.intake.field == Field::question;
    fill(box, view.theme.raised);
    frame(box, focused ? view.theme.focus : view.theme.line, focused ? 2 : 1);
    if (clicked(view, box, "question")) {
        ui.area = Area::card;
        ui.intake.field = Field::question;
        ui.focus.moved = true;
    }
    box = box.inset(7 * view.unit, 4 * view.unit);
    if (!ui.intake.triage.question) {
        paragraph(view, box, view.tr("triage.no_question"), {view.fonts.small, view.theme.dim});
        return;
    }
    Box answers = box.cut_bottom(std::ceil(24 * view.unit));
    const triage::Finding& finding = view.protocol->findings()[ui.intake.triage.question->finding];
    const bool of_self = ui.intake.draft.caller == CallerRelation::patient &&
                         ui.intake.draft.speaks != Source::brigade;
    const std::string_view question = finding.question.ru.empty()
                                          ? view.tr.of(finding.name)
                                          : view.tr.of(finding.asked(of_self));
    draw_progress(view, *ui.intake.triage.question, box);
    paragraph(view, box, question, {view.fonts.bold, 0, Align::left, true});
    const auto answer = [&](std::string_view words_key, std::string_view key, triage::Tri value) {
        const std::string_view words = view.tr(words_key);
        const Box part = answers.cut_left(button_width(view, words, key));
        answers.cut_left(4 * view.unit);
        const bool chosen = focused && ui.intake.answer == value &&
                            ui.intake.answering == ui.intake.triage.question->finding;
        return button(view, part, words, key, chosen) ? std::optional{value} : std::nullopt;
    };
    std::optional<triage::Tri> given;
    for (const auto& [words, key, value] :
         {std::tuple{"answer.yes", "^1", triage::Tri::yes},
          std::tuple{"answer.no", "^2", triage::Tri::no},
          std::tuple{"answer.unknown", "^3", triage::Tri::unknown}}) {
        if (const auto hit = answer(words, key, value)) given = hit;
    }
    // After all is drawn: an answer changes the question.
    if (given) answer_question(view, ui, commands, *given);
}

}  // namespace

void draw_triage(const View& view, UiState& ui, Commands& commands, Box box) {
    const DraftTriage& triage = ui.intake.triage;
    const Incident* incident = selected_incident(view, ui);
    draw_caller(view, ui, incident, box);
    draw_banner(view, box.cut_top(std::ceil(46 * view.unit)), triage.evaluation,
                incident ? incident->category : Category::none);
    box.cut_top(4 * view.unit);
    const float question_height =
        std::clamp(std::ceil(118 * view.unit), 0.0F, box.height() * 0.62F);
    const Box question = box.cut_bottom(question_height);
    box.y1 -= 4 * view.unit;
    // The first answer that would make it more urgent is worth more than a rule's small print.
    const float small = line_height(view, view.fonts.small);
    const bool kept = !ui.intake.stopped && !triage.what_if.empty() && box.height() > 2 * small;
    Box first_if = box.cut_bottom(kept ? small : 0);
    bool first = kept;
    for (const triage::Rule* rule : triage.rules) {
        if (box.height() < line_height(view)) break;
        const std::string words = rule->id + "  " + std::string{view.tr.of(rule->name)};
        paragraph(view, box, words, {nullptr, 0, Align::left, true});
        if (!rule->definition.empty() && !is_approved(view, *rule) &&
            box.height() >= line_height(view, view.fonts.small)) {
            paragraph(view, box, view.tr("definitions.rule_not_approved"),
                      {view.fonts.small, view.theme.dim, Align::left, true});
        }
    }
    if (ui.intake.stopped) draw_stop(view, triage, box);
    for (const triage::WhatIf& what : triage.what_if) {
        if (ui.intake.stopped) break;
        if (what.category == Category::none) continue;
        Box& into = first ? first_if : box;
        first = false;
        if (into.height() < small) break;
        paragraph(view, into, what_if_text(view, what),
                  {view.fonts.small, view.theme.dim, Align::left, true});
    }
    draw_question(view, ui, commands, question);
}

}  // namespace jedel::console
