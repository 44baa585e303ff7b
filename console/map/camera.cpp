#include "console/map/camera.h"

namespace jedel::console {

namespace {
constexpr double speed_per_s = 16;  // 95 % of a move within 0.2 s: seen, but never waited for
}

void Camera::set_size(double width_px, double height_px) {
    width_ = std::max(1.0, width_px);
    height_ = std::max(1.0, height_px);
}

void Camera::set_bounds(const MapBox& whole, const MapBox& core) {
    bounds_ = whole.empty() ? MapBox{-1000, -1000, 1000, 1000} : whole;
    core_ = core.empty() ? bounds_ : core;
}

double Camera::scale_for(const MapBox& box) const {
    const double wide = box.high_x - box.low_x;
    const double high = box.high_y - box.low_y;
    return std::max({wide / width_, high / height_, 0.5}) * 1.04;
}

double Camera::limited(double metres_per_px) const {
    return std::clamp(metres_per_px, nearest_metres_per_px, scale_for(bounds_) * 1.5);
}

void Camera::fit() {
    jump_to({(double{core_.low_x} + core_.high_x) / 2, (double{core_.low_y} + core_.high_y) / 2},
            fit_metres_per_px());
}

void Camera::jump_to(Point centre, double metres_per_px) {
    goal_.reset();
    centre_ = centre;
    metres_per_px_ = limited(metres_per_px);
    keep_inside();
}

void Camera::move_to(Point centre) {
    move_to(centre, goal_ ? goal_->metres_per_px : metres_per_px_);
}

void Camera::move_to(Point centre, double metres_per_px) {
    goal_ = Goal{limited(metres_per_px), centre, {}, {}};
}

void Camera::pan_px(double right_px, double down_px) {
    if (goal_ && goal_->centre) goal_.reset();
    centre_.x += right_px * metres_per_px_;
    centre_.y -= down_px * metres_per_px_;
    keep_inside();
    if (goal_) goal_->anchor_map = to_map(goal_->anchor_screen);
}

void Camera::zoom_at(Point at, double steps) {
    const double from = goal_ ? goal_->metres_per_px : metres_per_px_;
    goal_ = Goal{limited(from * std::exp2(-steps)), std::nullopt, to_map(at), at};
}

bool Camera::advance(double dt_s) {
    if (!goal_) return false;
    const double left = dt_s > 0 ? std::exp(-std::min(dt_s, 0.1) * speed_per_s) : 0;
    const double ratio = metres_per_px_ / goal_->metres_per_px;
    metres_per_px_ = goal_->metres_per_px * std::pow(ratio, left);
    bool there = std::abs(std::log(metres_per_px_ / goal_->metres_per_px)) < 0.002;
    if (goal_->centre) {
        const Point to = *goal_->centre;
        centre_ = {to.x + (centre_.x - to.x) * left, to.y + (centre_.y - to.y) * left};
        there = there && std::hypot(centre_.x - to.x, centre_.y - to.y) < metres_per_px_ * 0.5;
        if (there) centre_ = to;
    }
    if (there) metres_per_px_ = goal_->metres_per_px;
    if (!goal_->centre) keep_anchor(*goal_);
    keep_inside();
    if (there) goal_.reset();
    return goal_.has_value();
}

void Camera::keep_anchor(const Goal& goal) {
    centre_.x = goal.anchor_map.x - (goal.anchor_screen.x - width_ / 2) * metres_per_px_;
    centre_.y = goal.anchor_map.y + (goal.anchor_screen.y - height_ / 2) * metres_per_px_;
}

void Camera::keep_inside() {
    centre_.x = std::clamp(centre_.x, double{bounds_.low_x}, double{bounds_.high_x});
    centre_.y = std::clamp(centre_.y, double{bounds_.low_y}, double{bounds_.high_y});
}

Camera::Point Camera::to_screen(Point map) const {
    return {width_ / 2 + (map.x - centre_.x) / metres_per_px_,
            height_ / 2 - (map.y - centre_.y) / metres_per_px_};
}

Camera::Point Camera::to_map(Point screen) const {
    return {centre_.x + (screen.x - width_ / 2) * metres_per_px_,
            centre_.y - (screen.y - height_ / 2) * metres_per_px_};
}

MapBox Camera::seen(double margin_px) const {
    const Point low = to_map({-margin_px, height_ + margin_px});
    const Point high = to_map({width_ + margin_px, -margin_px});
    return {static_cast<float>(low.x), static_cast<float>(low.y), static_cast<float>(high.x),
            static_cast<float>(high.y)};
}

}  // namespace jedel::console
