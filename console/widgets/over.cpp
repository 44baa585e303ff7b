#include "console/widgets/over.h"

#include <algorithm>
#include <cmath>

#include "console/widgets/widgets.h"

namespace jedel::console {

Box open_over(const Brush& view, const Box& screen, float width, float height, const char* id) {
    const float w = std::min(width * view.unit, screen.width() - 20 * view.unit);
    const float h = std::min(height * view.unit, screen.height() - 20 * view.unit);
    const Box box{std::floor((screen.width() - w) / 2), std::floor((screen.height() - h) / 3),
                  std::floor((screen.width() + w) / 2), std::floor((screen.height() - h) / 3 + h)};
    ImGui::SetNextWindowPos({box.x0, box.y0});
    ImGui::SetNextWindowSize({box.width(), box.height()});
    ImGui::SetNextWindowFocus();
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin(id, nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoSavedSettings);
    ImGui::PushFont(view.fonts.text);
    fill(box, view.theme.panel);
    frame(box, view.theme.focus, 2);
    return box.inset(2, 2);
}

void close_over() {
    ImGui::PopFont();
    ImGui::End();
    ImGui::PopStyleVar();
}

}  // namespace jedel::console
