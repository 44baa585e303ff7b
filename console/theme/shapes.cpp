#include <array>
#include <cmath>
#include <numbers>

#include "console/theme/theme.h"

namespace jedel::console {

namespace {

/// A regular polygon with its first corner at `turn` radians.
template <std::size_t N>
std::array<ImVec2, N> polygon(ImVec2 centre, float radius, float turn) {
    std::array<ImVec2, N> points;
    for (std::size_t i = 0; i < N; ++i) {
        const float angle = turn + 2 * std::numbers::pi_v<float> * static_cast<float>(i) / N;
        points[i] = {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
    }
    return points;
}

}  // namespace

void draw_urgency(ImDrawList& list, ImVec2 centre, float radius, triage::Category category,
                  const Theme& theme, ImFont* numeral) {
    using triage::Category;
    const auto index = static_cast<std::size_t>(category);
    const ImU32 fill = theme.urgency[index];
    const ImU32 ink = theme.urgency_ink[index];
    ImVec2 middle = centre;
    constexpr float pi = std::numbers::pi_v<float>;
    switch (category) {
        case Category::none: list.AddCircle(centre, radius * 0.9F, theme.dim, 16, 1); break;
        case Category::u1: {
            const auto points = polygon<8>(centre, radius, pi / 8);
            list.AddConvexPolyFilled(points.data(), 8, fill);
            break;
        }
        case Category::u2: {
            // Larger, so that its area is like the others'; the numeral sits in its middle.
            const auto points = polygon<3>({centre.x, centre.y + radius * 0.2F}, radius * 1.25F,
                                           -pi / 2);
            list.AddConvexPolyFilled(points.data(), 3, fill);
            middle.y += radius * 0.24F;
            break;
        }
        case Category::u3:
            list.AddRectFilled({centre.x - radius * 0.88F, centre.y - radius * 0.88F},
                               {centre.x + radius * 0.88F, centre.y + radius * 0.88F}, fill);
            break;
        case Category::u4: list.AddCircleFilled(centre, radius * 0.98F, fill, 24); break;
    }
    const std::array<char, 2> digit{
        category == Category::none ? '?' : static_cast<char>('0' + static_cast<int>(category)), 0};
    const float size = radius * 1.5F;
    const ImVec2 extent = numeral->CalcTextSizeA(size, 1000, 0, digit.data());
    list.AddText(numeral, size,
                 {std::floor(middle.x - extent.x / 2), std::floor(middle.y - extent.y / 2)}, ink,
                 digit.data());
}

void draw_late(ImDrawList& list, ImVec2 centre, float radius, ImU32 colour) {
    const auto points = polygon<4>(centre, radius, 0);
    list.AddConvexPolyFilled(points.data(), 4, colour);
}

}  // namespace jedel::console
