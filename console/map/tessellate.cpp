#include "console/map/tessellate.h"

#include <GL/glu.h>

#include <array>
#include <deque>
#include <memory>

namespace jedel::console {

namespace {

struct Work {
    std::deque<std::array<double, 3>> corners;  // a deque: the tessellator keeps addresses
    std::vector<const double*> triangles;
    bool failed = false;
};

using Callback = void (*)();

void on_begin(GLenum, void*) {}
void on_edge(GLboolean, void*) {}  // asked for, so that only plain triangles come
void on_vertex(void* corner, void* work) {
    static_cast<Work*>(work)->triangles.push_back(static_cast<const double*>(corner));
}
void on_end(void*) {}
void on_error(GLenum, void* work) { static_cast<Work*>(work)->failed = true; }
void on_crossing(GLdouble at[3], void* [4], GLfloat [4], void** out, void* work) {
    auto& corners = static_cast<Work*>(work)->corners;
    corners.push_back({at[0], at[1], at[2]});
    *out = corners.back().data();
}

struct Delete {
    void operator()(GLUtesselator* t) const { gluDeleteTess(t); }
};

}  // namespace

void add_polygon(std::span<const MapPoint> ring, Triangles& out) {
    if (ring.size() < 3) return;
    const std::unique_ptr<GLUtesselator, Delete> tess(gluNewTess());
    if (!tess) return;
    const auto set = [&](GLenum which, auto f) {
        gluTessCallback(tess.get(), which, reinterpret_cast<Callback>(f));
    };
    set(GLU_TESS_BEGIN_DATA, on_begin);
    set(GLU_TESS_EDGE_FLAG_DATA, on_edge);
    set(GLU_TESS_VERTEX_DATA, on_vertex);
    set(GLU_TESS_END_DATA, on_end);
    set(GLU_TESS_ERROR_DATA, on_error);
    set(GLU_TESS_COMBINE_DATA, on_crossing);
    gluTessProperty(tess.get(), GLU_TESS_WINDING_RULE, GLU_TESS_WINDING_ODD);
    gluTessNormal(tess.get(), 0, 0, 1);
    Work work;
    gluTessBeginPolygon(tess.get(), &work);
    gluTessBeginContour(tess.get());
    for (const auto p : ring) {
        work.corners.push_back({p.x, p.y, 0});
        gluTessVertex(tess.get(), work.corners.back().data(), work.corners.back().data());
    }
    gluTessEndContour(tess.get());
    gluTessEndPolygon(tess.get());
    if (work.failed) return;
    for (std::size_t i = 0; i + 2 < work.triangles.size(); i += 3) {
        for (std::size_t k = 0; k < 3; ++k) {
            const double* c = work.triangles[i + k];
            out.indices.push_back(static_cast<std::uint32_t>(out.corners.size()));
            out.corners.push_back({static_cast<float>(c[0]), static_cast<float>(c[1])});
        }
    }
}

}  // namespace jedel::console
