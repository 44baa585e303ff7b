// The caller's words with their marks, the findings, and the hits of the address search.

#include <cmath>

#include "console/intake.h"
#include "console/panels/describe.h"
#include "console/panels/intake_parts.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// Underlines the part of a mark that lies on one line of the wrapped words.
void underline(const View& view, const Box& line, const std::string& words, std::size_t begin,
               std::size_t end, const DraftMark& mark) {
    const std::size_t from = std::max(begin, mark.mark.begin);
    const std::size_t to = std::min(end, mark.mark.end);
    if (from >= to || to > words.size()) return;
    const std::string_view all{words};
    const float x0 = line.x0 + text_width(view, all.substr(begin, from - begin));
    const float x1 = x0 + text_width(view, all.substr(from, to - from));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float y = mark.struck ? (line.y0 + line.y1) / 2 : line.y1 - 1.5F * view.unit;
    const ImU32 colour = mark.struck ? view.theme.dim : view.theme.text;
    list.AddLine({x0, y}, {x1, y}, colour, (mark.confirmed ? 2.0F : 1.0F) * view.unit);
}

}  // namespace

void draw_words(const View& view, const UiState& ui, Box& box) {
    const std::string& words = ui.intake.draft.words;
    if (words.empty()) {
        paragraph(view, box, view.tr("intake.words_hint"), {view.fonts.small, view.theme.dim});
        return;
    }
    const float step = line_height(view);
    std::size_t begin = 0;
    for (int lines = 0; begin < words.size() && lines < 3 && box.height() >= 2 * step; ++lines) {
        const char* start = words.data() + begin;
        const char* stop = view.fonts.text->CalcWordWrapPositionA(
            1, start, words.data() + words.size(), box.width());
        auto end = static_cast<std::size_t>(stop - words.data());
        if (end == begin) ++end;
        const Box line = box.cut_top(step);
        text(view, line, std::string_view{words}.substr(begin, end - begin),
             {nullptr, view.theme.dim, Align::left, true});
        for (const DraftMark& mark : ui.intake.draft.marks) {
            underline(view, line, words, begin, end, mark);
        }
        begin = end;
        while (begin < words.size() && words[begin] == ' ') ++begin;
    }
}

void draw_findings(const View& view, UiState& ui, Commands& commands, Box box) {
    const bool focused =
        ui.keyboard.owner() == KeyOwner::intake && ui.intake.field == Field::findings;
    box.cut_top(3 * view.unit);
    const float height = std::ceil(21 * view.unit);
    Box line = box.cut_top(height);
    if (ui.intake.triage.findings.empty()) {
        text(view, line, view.tr("intake.no_findings"), {view.fonts.small, view.theme.dim});
        if (focused) frame(line, view.theme.focus);
        return;
    }
    for (std::size_t i = 0; i < ui.intake.triage.findings.size(); ++i) {
        const FindingValue& value = ui.intake.triage.findings[i];
        const bool reported = value.source == Source::brigade;
        const bool confirmed = reported || value.source == Source::dispatcher;
        const std::string known = finding_text(view, value);
        const std::string words = reported    ? view.tr("finding.from_brigade", {known})
                                  : confirmed ? "✓ " + known
                                              : known;
        const float width =
            std::min(text_width(view, words, view.fonts.small) + 12 * view.unit, box.width());
        if (width > line.width()) {
            box.cut_top(2 * view.unit);
            if (box.height() < height) {
                text(view, line, "…");
                return;
            }
            line = box.cut_top(height);
        }
        const Box chip = line.cut_left(width);
        line.cut_left(4 * view.unit);
        const bool chosen = focused && static_cast<int>(i) == ui.intake.finding_choice;
        fill(chip, confirmed ? view.theme.chosen : view.theme.raised);
        frame(chip, chosen ? view.theme.focus : view.theme.line, chosen ? 2 : 1);
        text(view, chip.inset(5 * view.unit, 0), words,
             {view.fonts.small, value.value == "yes" ? 0 : view.theme.dim, Align::left, true});
        if (clicked(view, chip, "finding:" + value.finding)) {
            ui.intake.finding_choice = static_cast<int>(i);
            ui.area = Area::card;
            ui.intake.field = Field::findings;
            ui.focus.moved = true;
            confirm_finding(view, ui, commands, i);
            return;
        }
    }
}

void draw_address_hits(const View& view, UiState& ui, Commands& commands) {
    const bool open = ui.intake.address_open && ui.intake.field == Field::address &&
                      ui.area == Area::card && view.addresses != nullptr &&
                      !view.addresses->hits.empty() &&
                      view.addresses->query == ui.intake.draft.address;
    if (!open) return;
    const auto& hits = view.addresses->hits;
    const float row_height = std::ceil(23 * view.unit);
    const Box field = ui.intake.address_box;
    const float width = std::max(field.width(), 380 * view.unit);
    ImGui::SetNextWindowPos({field.x0, field.y1});
    ImGui::SetNextWindowSize({width, row_height * static_cast<float>(hits.size()) + 2});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin("##hits", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_Tooltip);
    ImGui::PushFont(view.fonts.text);
    Box box{field.x0, field.y1, field.x0 + width,
            field.y1 + row_height * static_cast<float>(hits.size()) + 2};
    fill(box, view.theme.raised);
    const Box whole = box;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const AddressHit& hit = hits[i];
        Box row = box.cut_top(row_height);
        if (static_cast<int>(i) == ui.intake.address_choice) fill(row, view.theme.chosen);
        if (clicked(view, row, "hit:" + std::to_string(i))) {
            pick_address(view, ui, commands, hit);
        }
        row = row.inset(7 * view.unit, 0);
        const std::string_view kind = view.tr.of("address_kind", hit.kind);
        text(view, row.cut_right(text_width(view, kind, view.fonts.small) + 1), kind,
             {view.fonts.small, view.theme.dim, Align::right});
        row.x1 -= 6 * view.unit;
        const Nearness n = nearness(ui.intake.draft.address, hit);
        std::string label = n.near ? "≈ " : "";
        label += view.tr.language() == Language::kk ? hit.label_kk : hit.label_ru;
        if (!hit.matched_alias.empty()) label += " (" + hit.matched_alias + ")";
        text(view, row, label, {nullptr, n.near ? view.theme.notice : 0, Align::left, true});
    }
    frame(whole, view.theme.focus);
    ImGui::PopFont();
    ImGui::End();
    ImGui::PopStyleVar();
}

}  // namespace jedel::console
