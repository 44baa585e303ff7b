#include "console/map/map_view.h"

#include <algorithm>
#include <cmath>

#include "console/map/chains.h"
#include "console/map/controls.h"
#include "console/map/furniture.h"
#include "console/map/gl_ground.h"
#include "console/map/marks.h"

#include <imgui_internal.h>

namespace jedel::console {

struct MapView::Impl {
    std::shared_ptr<const City> city;
    std::shared_ptr<const Ground> ground = std::make_shared<const Ground>();
    std::vector<Triangles> service_areas;  // along organisations.all
    Camera camera;
    ControlState controls;
    bool fitted = false;
    double last_s = 0;

    GlGround painter;
    PaintPlan plan;
    GlView view;
    std::shared_ptr<const std::vector<MapReach>> reach;
    std::array<float, 3> reach_minutes{};
    std::array<Run, 3> reach_runs{};

    std::optional<LabelBook> labels;
    Language label_language = Language::ru;
    const ImFont* label_font = nullptr;
    std::vector<Label> seen_labels;

    std::vector<MarkHit> marks;
    std::vector<ShownCall> shown_calls;
    MapFigures figures;

    Canvas canvas_for(const MapInput& input, const MapPalette& palette, ImVec2 origin) const {
        Canvas c;
        c.list = ImGui::GetWindowDrawList();
        c.camera = &camera;
        c.projection = &ground->projection;
        c.theme = input.theme;
        c.fonts = input.fonts;
        c.palette = &palette;
        c.origin = origin;
        c.scale = std::max(0.5F, input.fonts->px / 15);
        return c;
    }

    void cut_service_areas() {
        service_areas.clear();
        if (!city) return;
        for (const auto& o : city->organisations.all) {
            Line ring;
            for (const auto p : o.service_area) ring.push_back(ground->projection.to_map(p));
            add_polygon(ring, service_areas.emplace_back());
        }
    }

    void take_reach(const MapInput& input) {
        if (input.reach == reach && input.reach_minutes == reach_minutes) return;
        reach = input.reach;
        reach_minutes = input.reach_minutes;
        reach_runs = {};
        if (!reach || !city || !city->roads) return;
        std::vector<Piece> pieces;
        for (std::size_t band = 0; band < 3; ++band) {
            const auto first = static_cast<std::uint32_t>(pieces.size());
            const float low = band == 0 ? -1 : reach_minutes[band - 1];
            for (const auto& r : *reach) {
                if (r.segment >= city->roads->segments.size()) continue;
                if (!(r.minutes > low && r.minutes <= reach_minutes[band])) continue;
                const Line whole =
                    line_of(*city->roads, ground->projection, city->roads->segments[r.segment]);
                const Line line = part_of(whole, r.from_along, r.to_along);
                for (std::size_t i = 0; i + 1 < line.size(); ++i) {
                    pieces.push_back({line[i], line[i + 1]});
                }
            }
            reach_runs[band] = {first, static_cast<std::uint32_t>(pieces.size()) - first};
        }
        painter.set_reach(std::move(pieces));
    }

    static void on_paint(const ImDrawList*, const ImDrawCmd* command) {
        auto& self = *static_cast<Impl*>(command->UserCallbackData);
        const ImDrawData& frame = *ImGui::GetDrawData();
        GlView view = self.view;
        view.left -= frame.DisplayPos.x, view.top -= frame.DisplayPos.y;
        view.window_width = frame.DisplaySize.x, view.window_height = frame.DisplaySize.y;
        view.framebuffer_scale_x = frame.FramebufferScale.x;
        view.framebuffer_scale_y = frame.FramebufferScale.y;
        view.clip_left = command->ClipRect.x - frame.DisplayPos.x;
        view.clip_top = command->ClipRect.y - frame.DisplayPos.y;
        view.clip_right = command->ClipRect.z - frame.DisplayPos.x;
        view.clip_bottom = command->ClipRect.w - frame.DisplayPos.y;
        self.painter.paint(self.plan, view);
        self.figures.buffer_uploads = self.painter.uploads();
    }

    void draw_ground(const Canvas& c) {
        plan_ground(*ground, camera, *c.palette, c.scale, reach_runs, plan);
        figures.drawn_runs = plan.runs.size();
        figures.drawn_pieces = 0;
        for (const auto& paint : plan.paints) {
            if (paint.from == Paint::From::triangles) continue;
            for (std::uint32_t i = 0; i < paint.run_count; ++i) {
                figures.drawn_pieces += plan.runs[paint.first_run + i].count;
            }
        }
        view.left = c.origin.x, view.top = c.origin.y;
        view.width = static_cast<float>(camera.width());
        view.height = static_cast<float>(camera.height());
        view.centre_x = camera.centre().x, view.centre_y = camera.centre().y;
        view.metres_per_px = camera.metres_per_px();
        // Without a renderer (headless frames) nobody could run the callback's OpenGL.
        if (ImGui::GetIO().BackendRendererUserData == nullptr) return;
        c.list->AddCallback(&Impl::on_paint, this);
        c.list->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
    }

    void draw_names(const Canvas& c, const MapInput& input) {
        figures.drawn_labels = 0;
        if (!input.show_labels || !city) return;
        if (!labels || label_language != input.texts->language() ||
            label_font != input.fonts->small) {
            const Fonts fonts = *input.fonts;
            labels.emplace(city, ground->projection, input.texts->language(),
                           [fonts](LabelKind kind, std::string_view text) {
                               const ImVec2 s = text_size(type_of(kind, fonts), text);
                               return std::array<float, 2>{s.x, s.y};
                           },
                           c.scale);
            label_language = input.texts->language();
            label_font = input.fonts->small;
        }
        seen_labels.clear();
        labels->seen(camera.seen(), camera.metres_per_px(), seen_labels);
        std::erase_if(seen_labels, [&](const Label& l) {
            return (l.kind == LabelKind::house && !input.show_houses) ||
                   (l.kind == LabelKind::organisation && !input.show_organisations);
        });
        draw_labels(c, seen_labels);
        figures.drawn_labels = seen_labels.size();
    }

    void draw_marks(const Canvas& c, const MapInput& input) {
        marks.clear();
        if (city) {
            if (input.show_organisations) {
                draw_organisations(c, city->organisations, input, marks);
            }
        }
        draw_brigades(c, input, marks);
        draw_calls(c, input, shown_calls, marks);
        if (input.place) draw_pin(c, *input.place);
        figures.drawn_marks = marks.size();
    }

    void follow(const MapInput& input, MapOutput& out) {
        if (!input.follow) return;
        if (controls.moved) {
            out.follow_ended = true;
            return;
        }
        for (const auto& b : input.brigades) {
            if (b.id != input.follow) continue;
            const Camera::Point to{ground->projection.x(b.place), ground->projection.y(b.place)};
            const auto at = camera.centre();
            if (std::hypot(to.x - at.x, to.y - at.y) > camera.metres_per_px()) camera.move_to(to);
        }
    }

    void draw_following(const Canvas& c, const MapInput& input) const {
        for (const auto& b : input.brigades) {
            if (!input.follow || b.id != input.follow) continue;
            draw_note(c, (*input.texts)("map.following", {b.label}));
        }
    }
};

MapView::MapView() : impl_(std::make_unique<Impl>()) {}
MapView::~MapView() = default;
MapView::MapView(MapView&&) noexcept = default;
MapView& MapView::operator=(MapView&&) noexcept = default;

void MapView::set_city(std::shared_ptr<const City> city) {
    auto& i = *impl_;
    i.city = std::move(city);
    i.ground = i.city && i.city->roads ? build_ground(*i.city->roads)
                                       : std::make_shared<const Ground>();
    ++i.figures.ground_builds;
    i.figures.ground_pieces = i.ground->pieces.size();
    i.painter.set_ground(i.ground);
    i.reach.reset();
    i.reach_runs = {};
    i.labels.reset();
    i.cut_service_areas();
    i.camera.set_bounds(i.ground->box, i.ground->core);
    i.fitted = false;
}

MapOutput MapView::draw(const MapInput& input, float width, float height) {
    IM_ASSERT(input.theme != nullptr && input.fonts != nullptr && input.texts != nullptr);
    auto& i = *impl_;
    MapOutput out;
    const ImVec2 size{std::max(width, 1.0F), std::max(height, 1.0F)};
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    i.camera.set_size(size.x, size.y);
    if (!i.fitted) i.camera.fit(), i.fitted = true;
    const double dt = std::max(0.0, input.time_s - i.last_s);
    i.last_s = input.time_s;
    out.animating = i.camera.advance(dt);

    const MapPalette palette = input.theme->kind == ThemeKind::dark ? MapPalette::dark()
                                                                    : MapPalette::light();
    const Canvas c = i.canvas_for(input, palette, origin);
    ImGui::InvisibleButton("##map", size);
    const ImVec2 end{origin.x + size.x, origin.y + size.y};
    c.list->PushClipRect(origin, end, true);
    c.list->AddRectFilled(origin, end, palette.ground);
    i.take_reach(input);
    i.draw_ground(c);
    if (i.city && input.show_service_areas) {
        draw_service_areas(c, i.city->organisations, i.service_areas);
    }
    i.figures.drawn_one_ways = draw_one_ways(c, *i.ground);
    draw_routes(c, input);
    if (i.city && i.city->roads) {
        draw_closures(c, *i.city->roads, input.closures);
        draw_stretch(c, *i.city->roads, input.drawn, input.drawn_closed);
    }
    i.draw_names(c, input);
    i.draw_marks(c, input);
    if (!i.city || !i.city->roads) draw_note(c, std::string{(*input.texts)("map.no_roads")});
    draw_legend(c, input);
    draw_scale_bar(c, *input.texts);
    if (i.city) draw_attribution(c, attribution_text(*i.city, *input.texts));
    i.draw_following(c, input);
    if (input.keys || input.crosshair) draw_crosshair(c);
    const bool over = ImGui::IsItemHovered();
    const auto button =
        draw_buttons(c, over ? ImGui::GetIO().MousePos : ImVec2{-1, -1});
    c.list->PopClipRect();

    steer(i.camera, i.controls, c, input, dt, i.marks, button, out);
    i.follow(input, out);
    if (const MarkHit* hit = over && !button && !i.controls.dragged
                                 ? hit_test(i.marks, ImGui::GetIO().MousePos, 4 * c.scale)
                                 : nullptr) {
        const std::string hint = hint_text(*hit, input, i.city.get());
        if (!hint.empty()) ImGui::SetTooltip("%s", hint.c_str());
    }
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) i.controls.dragged = false;
    out.animating = out.animating || i.controls.moved || i.camera.moving();
    return out;
}

void MapView::home() { impl_->camera.fit(); }

void MapView::centre_on(LatLon place) { centre_on(place, metres_per_px()); }

void MapView::centre_on(LatLon place, double metres_per_px) {
    const auto& p = impl_->ground->projection;
    impl_->camera.move_to({p.x(place), p.y(place)}, metres_per_px);
}

void MapView::zoom_by(double steps) {
    auto& camera = impl_->camera;
    camera.zoom_at({camera.width() / 2, camera.height() / 2}, steps);
}

void MapView::pan_by(double right_px, double down_px) { impl_->camera.pan_px(right_px, down_px); }

LatLon MapView::centre() const {
    const auto c = impl_->camera.centre();
    return impl_->ground->projection.to_place(c.x, c.y);
}

double MapView::metres_per_px() const { return impl_->camera.metres_per_px(); }

LatLon MapView::to_place(float x, float y) const {
    const auto p = impl_->camera.to_map({x - impl_->view.left, y - impl_->view.top});
    return impl_->ground->projection.to_place(p.x, p.y);
}

std::array<float, 2> MapView::to_screen(LatLon place) const {
    const auto& projection = impl_->ground->projection;
    const auto p = impl_->camera.to_screen({projection.x(place), projection.y(place)});
    return {static_cast<float>(p.x) + impl_->view.left, static_cast<float>(p.y) + impl_->view.top};
}

const MapFigures& MapView::figures() const { return impl_->figures; }
std::string MapView::fault() const { return impl_->painter.fault(); }
void MapView::release() { impl_->painter.release(); }

}  // namespace jedel::console
