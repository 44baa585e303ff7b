#pragma once
// What moves and what is chosen: calls, brigades, organisations, routes, closures.

#include <cstdint>
#include <vector>

#include "console/map/canvas.h"
#include "console/map/ground.h"
#include "console/map/map_view.h"

namespace jedel::console {

/// A mark as it lies on the screen, for clicks; the last one drawn lies on top.
struct MarkHit {
    enum class Kind : std::uint8_t { organisation, brigade, call };
    Kind kind = Kind::call;
    std::uint64_t id = 0;
    ImVec2 middle;
    float radius = 0;
    float half_width = 0;      ///< of a plate wider than high; 0 = round
    std::uint32_t index = 0;   ///< in the input's span, or of Organisations::all
    std::uint32_t hidden = 0;  ///< calls that lie under this one
};

/// The topmost mark under a point, with a few pixels of grace; nullptr = none.
const MarkHit* hit_test(const std::vector<MarkHit>& marks, ImVec2 point, float grace_px);

/// A fix older than this is shown as old.
inline constexpr double old_fix_s = 60;
/// How far a brigade may be from its last fix: the tracker's own 15 m, then 11 m a second (40 km/h)
/// for one that drives and 1 m for one that stands, at most 2 km and 300 m.
double radius_of_uncertainty_m(const MapBrigade& brigade);
/// True when its last fix is old or missing.
bool is_old(const MapBrigade& brigade);

/// Calls that would cover each other stand as one mark, the most urgent (the selected one always
/// stands alone). `order` gets the indices of those that are drawn, least urgent first, with the
/// number hidden under each. Cells lie on the ground, so panning changes nothing.
struct ShownCall {
    std::uint32_t call = 0, hidden = 0;
    Camera::Point at;  ///< on the plane
};
void stack_calls(std::span<const MapCall> calls, const Canvas& canvas,
                 std::vector<ShownCall>& order);

void draw_service_areas(const Canvas& canvas, const Organisations& organisations,
                        const std::vector<Triangles>& areas);
void draw_routes(const Canvas& canvas, const MapInput& input);
void draw_closures(const Canvas& canvas, const roads::RoadMap& map,
                   std::span<const MapClosure> closures);
/// Which way one-way streets are driven; only from near. Returns how many were drawn.
std::size_t draw_one_ways(const Canvas& canvas, const Ground& ground);
/// The stretch that is being drawn: wide, with its ends marked.
void draw_stretch(const Canvas& canvas, const roads::RoadMap& map,
                  std::span<const std::uint32_t> segments, bool closed);
void draw_organisations(const Canvas& canvas, const Organisations& organisations,
                        const MapInput& input, std::vector<MarkHit>& hits);
void draw_brigades(const Canvas& canvas, const MapInput& input, std::vector<MarkHit>& hits);
void draw_calls(const Canvas& canvas, const MapInput& input, std::vector<ShownCall>& scratch,
                std::vector<MarkHit>& hits);
void draw_pin(const Canvas& canvas, LatLon place);

}  // namespace jedel::console
