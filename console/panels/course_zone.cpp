// The nurse's sorting at the hospital's door (D13): red, yellow, green within 60 seconds.

#include <array>
#include <cmath>

#include "console/panels/course_parts.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr std::int64_t zone_limit_ms = 60'000;

struct ZoneKey {
    TriageZone zone;
    Key key;
    std::string_view shown;
};
constexpr std::array<ZoneKey, 3> zones{{{TriageZone::red, Key::z, "Z"},
                                        {TriageZone::yellow, Key::x, "X"},
                                        {TriageZone::green, Key::c, "C"}}};

/// Octagon, triangle, circle: the zone is known without its colour.
void zone_shape(const View& view, const Box& box, const ZoneKey& zone) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 centre{(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    const float r = box.height() * 0.36F;
    const ImU32 red = view.theme.kind == ThemeKind::light ? IM_COL32(178, 24, 24, 255)
                                                          : IM_COL32(240, 86, 80, 255);
    const ImU32 yellow = IM_COL32(236, 190, 20, 255);
    const ImU32 green = view.theme.kind == ThemeKind::light ? IM_COL32(28, 122, 62, 255)
                                                            : IM_COL32(74, 180, 104, 255);
    if (zone.zone == TriageZone::red) {
        list.AddCircleFilled(centre, r, red, 8);
    } else if (zone.zone == TriageZone::yellow) {
        const ImVec2 left{centre.x - r * 1.1F, centre.y + r * 0.9F};
        const ImVec2 right{centre.x + r * 1.1F, centre.y + r * 0.9F};
        list.AddTriangleFilled({centre.x, centre.y - r}, right, left, yellow);
        list.AddTriangle({centre.x, centre.y - r}, right, left, view.theme.text, 1);
    } else {
        list.AddCircleFilled(centre, r, green, 24);
    }
}

void record(const Incident& incident, const Task& task, UiState& ui,
            Commands& commands, TriageZone zone) {
    commands.give(RecordHospitalTriage{incident.id, *task.brigade, zone}, ui.seat);
}

}  // namespace

bool at_the_door(const View& view, const Task& a) {
    const Brigade* brigade = view.room.state.brigades.find(*a.brigade);
    return a.active() && a.at_hospital_at() && brigade != nullptr &&
           brigade->status == BrigadeStatus::at_hospital;
}

void draw_zone(const View& view, UiState& ui, Commands& commands, const Incident& incident,
               const Task& task, Box box) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::course);
    box = box.inset(0, 3 * view.unit);
    Box clock = box.cut_right(64 * view.unit);
    const Instant until = task.zone_at.value_or(view.now);
    const std::int64_t taken_ms = (until - *task.at_hospital_at()).count();
    const bool late = taken_ms > zone_limit_ms;
    if (late) {
        const float radius = 4 * view.unit;
        draw_late(*ImGui::GetWindowDrawList(),
                  {clock.x0 + radius, (clock.y0 + clock.y1) / 2}, radius, view.theme.alarm);
        clock.cut_left(2 * radius + 3 * view.unit);
    }
    text(view, clock, clock_text(taken_ms),
         {view.fonts.bold, late ? view.theme.alarm : view.theme.text});
    const float title = text_width(view, view.tr("zone.title"), view.fonts.small) + 8 * view.unit;
    text(view, box.cut_left(title), view.tr("zone.title"), {view.fonts.small, view.theme.dim});
    const float width = std::floor(box.width() / 3 - 4 * view.unit);
    for (const ZoneKey& zone : zones) {
        if (pressed.take(zone.key)) {
            record(incident, task, ui, commands, zone.zone);
        }
        const Box key = box.cut_left(width);
        box.cut_left(4 * view.unit);
        const bool now = task.zone == zone.zone;
        fill(key, now ? view.theme.chosen : view.theme.raised);
        frame(key, now ? view.theme.focus : view.theme.line, now ? 2 : 1);
        Box inner = key.inset(5 * view.unit, 0);
        text(view, inner.cut_left(13 * view.unit), zone.shown, {view.fonts.bold});
        zone_shape(view, inner.cut_left(inner.height()), zone);
        inner.cut_left(5 * view.unit);
        text(view, inner, view.tr.of("zone", zone.zone),
             {now ? view.fonts.bold : view.fonts.text});
        if (clicked(view, key, std::string{"zone:"}.append(name_of(zone.zone)))) {
            record(incident, task, ui, commands, zone.zone);
        }
    }
}

}  // namespace jedel::console
