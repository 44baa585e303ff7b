#include "console/map/controls.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <cmath>

namespace jedel::console {

namespace {

constexpr float drag_from_px = 4;      // less is a shaky click
constexpr double wheel_step = 0.5;     // two notches = twice as large
constexpr double key_pan_px_per_s = 900;
constexpr double key_pan_px = 60;      // for one press, when no time passes between frames

bool pressed(int key) { return ImGui::IsKeyPressed(key, false); }

void press(Camera& camera, ControlState& state, MapButton button) {
    state.moved = true;
    const Camera::Point middle{camera.width() / 2, camera.height() / 2};
    switch (button) {
        case MapButton::nearer: camera.zoom_at(middle, 1); break;
        case MapButton::farther: camera.zoom_at(middle, -1); break;
        case MapButton::home: camera.fit(); break;
    }
}

void steer_by_keys(Camera& camera, ControlState& state, double dt_s, MapOutput& out) {
    const double step = std::min(dt_s, 0.1) * key_pan_px_per_s;
    const auto axis = [&](int back, int forth) {
        double by = 0;
        if (ImGui::IsKeyDown(back)) by -= pressed(back) ? key_pan_px : step;
        if (ImGui::IsKeyDown(forth)) by += pressed(forth) ? key_pan_px : step;
        return by;
    };
    const double right = axis(GLFW_KEY_LEFT, GLFW_KEY_RIGHT);
    const double down = axis(GLFW_KEY_UP, GLFW_KEY_DOWN);
    if (right != 0 || down != 0) {
        camera.pan_px(right, down);
        state.moved = out.animating = true;
    }
    if (pressed(GLFW_KEY_EQUAL) || pressed(GLFW_KEY_KP_ADD)) {
        press(camera, state, MapButton::nearer);
    }
    if (pressed(GLFW_KEY_MINUS) || pressed(GLFW_KEY_KP_SUBTRACT)) {
        press(camera, state, MapButton::farther);
    }
    if (pressed(GLFW_KEY_HOME)) press(camera, state, MapButton::home);
}

void choose(const MarkHit* hit, MapOutput& out) {
    if (hit == nullptr) {
        out.clicked_nothing = true;
        return;
    }
    switch (hit->kind) {
        case MarkHit::Kind::call: out.clicked_call = IncidentId{hit->id}; break;
        case MarkHit::Kind::brigade: out.clicked_brigade = BrigadeId{hit->id}; break;
        case MarkHit::Kind::organisation:
            out.clicked_organisation = OrganisationId{hit->id};
            break;
    }
}

void show_hover(const MarkHit* hit, MapOutput& out) {
    if (hit == nullptr) return;
    switch (hit->kind) {
        case MarkHit::Kind::call: out.hovered_call = IncidentId{hit->id}; break;
        case MarkHit::Kind::brigade: out.hovered_brigade = BrigadeId{hit->id}; break;
        case MarkHit::Kind::organisation:
            out.hovered_organisation = OrganisationId{hit->id};
            break;
    }
}

void drag(Camera& camera, ControlState& state) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::IsMouseDragging(ImGuiMouseButton_Left, drag_from_px)) return;
    // The way to the threshold counts too, or the ground would slip under the pointer.
    const ImVec2 way = state.dragged
                           ? io.MouseDelta
                           : ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, drag_from_px);
    camera.pan_px(-way.x, -way.y);
    state.dragged = state.moved = true;
}

}  // namespace

void steer(Camera& camera, ControlState& state, const Canvas& canvas, const MapInput& input,
           double dt_s, const std::vector<MarkHit>& marks, std::optional<MapButton> button,
           MapOutput& out) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool over = ImGui::IsItemHovered();
    const bool held = ImGui::IsItemActive();
    const bool freed = ImGui::IsItemDeactivated();
    state.moved = false;
    const Camera::Point pointer{io.MousePos.x - canvas.origin.x, io.MousePos.y - canvas.origin.y};
    const auto place = [&](Camera::Point screen) {
        const auto p = camera.to_map(screen);
        return canvas.projection->to_place(p.x, p.y);
    };
    if (ImGui::IsItemActivated()) state.dragged = false;
    if (held && !button) drag(camera, state);
    const MarkHit* under = over && !button && !state.dragged
                               ? hit_test(marks, io.MousePos, 4 * canvas.scale)
                               : nullptr;
    if (over && io.MouseWheel != 0) {
        camera.zoom_at(pointer, io.MouseWheel * wheel_step);
        state.moved = true;
    }
    if (over) out.pointer = place(pointer);
    show_hover(under, out);
    if (freed && over && !state.dragged) {
        if (button) {
            press(camera, state, *button);
        } else {
            choose(under, out);
            out.clicked_at = place(pointer);
        }
    }
    if (over && !button && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
        out.taken_place = place(pointer);
    }
    if (!input.keys) return;
    steer_by_keys(camera, state, dt_s, out);
    if (pressed(GLFW_KEY_ENTER) || pressed(GLFW_KEY_KP_ENTER)) {
        out.taken_place = place({camera.width() / 2, camera.height() / 2});
    }
}

}  // namespace jedel::console
