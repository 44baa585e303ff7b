#pragma once
// The map of the console: the city's ground from GPU buffers of its own, and over it what moves:
// calls, brigades, organisations, the chosen route. A panel fills a MapInput from its snapshot
// each frame and reads a MapOutput back; the view itself knows no snapshot and no command.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "console/text/text.h"
#include "console/theme/theme.h"
#include "dispatch/city/city.h"
#include "dispatch/core/types.h"

namespace jedel::console {

/// A call on the map. Only calls with a place are handed in.
struct MapCall {
    IncidentId id;
    LatLon place;
    Category category = Category::none;
    bool late = false;      ///< past a target: gets a ring
    bool selected = false;
    bool approximate = false;  ///< place is a guess: drawn with a dashed ring
    std::string_view label;    ///< short, e.g. the number of the day; empty = none
    std::string_view hint;     ///< shown under the pointer below the label; may have lines
};

/// A brigade on the map.
struct MapBrigade {
    BrigadeId id;
    LatLon place;
    BrigadeKind kind = BrigadeKind::feldsher;
    BrigadeStatus status = BrigadeStatus::unknown;
    std::optional<double> heading_deg;  ///< 0 = north, clockwise; none when standing or unknown
    std::optional<double> fix_age_s;    ///< none = never had a fix, stands at its base
    double radius_m = 0;                ///< radius of uncertainty; 0 = take it from the age
    bool selected = false;
    bool candidate = false;             ///< recommended for the selected call
    std::string_view label;             ///< "101"
    std::string_view hint;              ///< e.g. status and since when; the fix's age is added
};

/// A piece of road coloured by the minute it is reached: isochrone of a brigade, or coverage by
/// all free ones.
struct MapReach {
    std::uint32_t segment = 0;  ///< index of RoadMap::segments
    float minutes = 0;
    float from_along = 0, to_along = 1;  ///< which part of it, either way round
};

/// A piece of road a dispatcher has closed or slowed down.
struct MapClosure {
    std::uint32_t segment = 0;
    bool closed = true;  ///< false = slowed down
};

/// Everything drawn in one frame. Strings and spans are read during `draw` only.
struct MapInput {
    std::span<const MapCall> calls;
    std::span<const MapBrigade> brigades;
    std::span<const LatLon> route;        ///< chosen route, brigade first; empty = none
    std::span<const LatLon> other_route;  ///< runner-up, drawn thin
    std::span<const MapClosure> closures;
    /// Coloured roads; the same pointer as in the last frame means the same content.
    std::shared_ptr<const std::vector<MapReach>> reach;
    std::array<float, 3> reach_minutes{5, 10, 15};  ///< bands; beyond the last: not coloured
    std::span<const std::string> reach_lines;  ///< what stands beside the colours in the legend
    std::span<const std::uint32_t> drawn;      ///< segments of the stretch being drawn
    bool drawn_closed = true;                  ///< in the colour of closed roads, else of slow ones
    bool show_service_areas = false;
    bool show_organisations = true;
    bool show_labels = true;
    bool show_houses = true;         ///< house numbers when near
    std::optional<OrganisationId> selected_organisation;
    std::optional<LatLon> place;  ///< place of the intake in hand, drawn as a pin
    BrigadeId follow;             ///< keeps this brigade in the middle; none = free
    const Theme* theme = nullptr;  ///< required
    const Fonts* fonts = nullptr;  ///< required; `px` of its text also scales marks and lines
    const Texts* texts = nullptr;  ///< required; keys `map.*`, and the language of street names
    bool keys = false;                ///< the map has the keyboard: arrows, +, -, Home, Enter
    bool crosshair = false;           ///< shows the middle: the place that `centre` gives
    double time_s = 0;                ///< any steady clock, for smooth zooming
};

/// What the person did in this frame.
struct MapOutput {
    std::optional<IncidentId> clicked_call;
    std::optional<BrigadeId> clicked_brigade;
    std::optional<OrganisationId> clicked_organisation;
    bool clicked_nothing = false;           ///< a click on bare ground: clear the selection
    std::optional<LatLon> clicked_at;       ///< any click: the place on the ground under it
    std::optional<LatLon> taken_place;      ///< double-click or Enter: a place for the intake
    std::optional<IncidentId> hovered_call;
    std::optional<BrigadeId> hovered_brigade;
    std::optional<OrganisationId> hovered_organisation;
    std::optional<LatLon> pointer;          ///< place under the pointer
    bool follow_ended = false;              ///< the person moved the map while following
    bool animating = false;                 ///< wants another frame soon
};

/// Counts that tests and the bench read: what was built and what one frame drew.
struct MapFigures {
    std::uint64_t ground_builds = 0;    ///< times the ground was tessellated (once per city)
    std::uint64_t buffer_uploads = 0;   ///< times a GPU buffer was filled
    std::size_t ground_pieces = 0;      ///< straight pieces of road and water in the buffers
    std::size_t drawn_runs = 0;         ///< draw calls of the last frame's ground
    std::size_t drawn_pieces = 0;       ///< pieces of line those draw calls cover
    std::size_t drawn_labels = 0;
    std::size_t drawn_marks = 0;
    std::size_t drawn_one_ways = 0;     ///< arrows on one-way streets
};

/// The map. Lives on the thread of the window; frames without OpenGL draw marks, labels and
/// frame, but no ground. Destroy it (or call `release`) while the window's context is current;
/// otherwise the context frees the buffers.
class MapView {
public:
    MapView();
    ~MapView();
    MapView(MapView&&) noexcept;
    MapView& operator=(MapView&&) noexcept;

    /// Tessellates the ground and fits the city into the view; nullptr = no city.
    void set_city(std::shared_ptr<const City> city);
    /// Draws into the current ImGui window at the cursor, `width` × `height` pixels.
    MapOutput draw(const MapInput& input, float width, float height);

    void home();                             ///< fits the whole city
    void centre_on(LatLon place);            ///< moves there smoothly, zoom kept
    void centre_on(LatLon place, double metres_per_px);
    void zoom_by(double steps);              ///< +1 = twice as large, around the middle
    void pan_by(double right_px, double down_px);
    [[nodiscard]] LatLon centre() const;
    [[nodiscard]] double metres_per_px() const;
    /// Place under a point of the screen as of the last frame; and back.
    [[nodiscard]] LatLon to_place(float x, float y) const;
    [[nodiscard]] std::array<float, 2> to_screen(LatLon place) const;
    [[nodiscard]] const MapFigures& figures() const;
    /// Why the ground cannot be painted (graphics driver), one line; empty when all is well.
    [[nodiscard]] std::string fault() const;
    void release();                          ///< frees the GPU buffers; they come back on demand

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::console
