#pragma once
// What was drawn where, by name: lets a test click on a thing and find words that were cut.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace jedel::console {

/// A rectangle of the screen in pixels, and the knife that divides it.
struct Box {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    [[nodiscard]] float width() const { return x1 - x0; }
    [[nodiscard]] float height() const { return y1 - y0; }
    [[nodiscard]] bool holds(float x, float y) const {
        return x >= x0 && x < x1 && y >= y0 && y < y1;
    }
    [[nodiscard]] Box inset(float dx, float dy) const {
        return {x0 + dx, y0 + dy, std::max(x0 + dx, x1 - dx), std::max(y0 + dy, y1 - dy)};
    }
    /// Each takes a strip off one side and gives it back.
    Box cut_top(float h) {
        const Box strip{x0, y0, x1, std::min(y0 + h, y1)};
        y0 = strip.y1;
        return strip;
    }
    Box cut_bottom(float h) {
        const Box strip{x0, std::max(y1 - h, y0), x1, y1};
        y1 = strip.y0;
        return strip;
    }
    Box cut_left(float w) {
        const Box strip{x0, y0, std::min(x0 + w, x1), y1};
        x0 = strip.x1;
        return strip;
    }
    Box cut_right(float w) {
        const Box strip{std::max(x1 - w, x0), y0, x1, y1};
        x1 = strip.x0;
        return strip;
    }
};

/// One thing that was drawn in the last frame.
struct Recorded {
    std::string name;
    Box box;
    bool cut = false;  ///< words of the program that did not fit their box
};

class Recorder {
public:
    void begin_frame() { items_.clear(); }
    void add(std::string_view name, const Box& box, bool cut = false) {
        items_.push_back({std::string{name}, box, cut});
    }
    [[nodiscard]] const std::vector<Recorded>& items() const { return items_; }
    [[nodiscard]] const Recorded* find(std::string_view name) const {
        const auto it = std::find_if(items_.begin(), items_.end(),
                                     [&](const Recorded& item) { return item.name == name; });
        return it == items_.end() ? nullptr : &*it;
    }
    [[nodiscard]] bool shows(std::string_view part) const {
        return std::any_of(items_.begin(), items_.end(), [&](const Recorded& item) {
            return item.name.find(part) != std::string::npos;
        });
    }

private:
    std::vector<Recorded> items_;
};

}  // namespace jedel::console
