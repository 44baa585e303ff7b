#include "console/map/gl_ground.h"

#include <epoxy/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <string>

namespace jedel::console {

namespace {

// A piece becomes a rectangle as wide as the line, longer by half a width at both ends; the
// fragment's distance to the piece gives round ends, round joins and smooth edges in one.
constexpr const char* line_vertex = R"(#version 330 core
layout(location = 0) in vec4 piece;
uniform vec2 centre; uniform float px_per_m; uniform vec2 middle; uniform vec2 window;
uniform float half_px;
out vec2 at; flat out float length_px;
void main() {
    vec2 a = (piece.xy - centre) * vec2(px_per_m, -px_per_m);
    vec2 b = (piece.zw - centre) * vec2(px_per_m, -px_per_m);
    length_px = distance(a, b);
    vec2 along = length_px > 0.0 ? (b - a) / length_px : vec2(1.0, 0.0);
    vec2 across = vec2(-along.y, along.x);
    float reach = half_px + 1.0;
    bool end = (gl_VertexID & 1) == 1;
    float side = (gl_VertexID & 2) == 2 ? 1.0 : -1.0;
    vec2 p = (end ? b + along * reach : a - along * reach) + across * side * reach;
    at = vec2(end ? length_px + reach : -reach, side * reach);
    vec2 s = (p + middle) / window * 2.0 - 1.0;
    gl_Position = vec4(s.x, -s.y, 0.0, 1.0);
})";
constexpr const char* line_fragment = R"(#version 330 core
in vec2 at; flat in float length_px;
uniform vec4 colour; uniform float half_px; uniform float butt;
out vec4 result;
void main() {
    float beyond = max(max(-at.x, at.x - length_px), 0.0);
    float inside = butt > 0.5
        ? min(half_px + 0.5 - abs(at.y), 0.5 - beyond)
        : half_px + 0.5 - length(vec2(beyond, at.y));
    float alpha = clamp(inside, 0.0, 1.0);
    if (alpha <= 0.0) discard;
    result = vec4(colour.rgb, colour.a * alpha);
})";
constexpr const char* fill_vertex = R"(#version 330 core
layout(location = 0) in vec2 corner;
uniform vec2 centre; uniform float px_per_m; uniform vec2 middle; uniform vec2 window;
void main() {
    vec2 p = (corner - centre) * vec2(px_per_m, -px_per_m) + middle;
    vec2 s = p / window * 2.0 - 1.0;
    gl_Position = vec4(s.x, -s.y, 0.0, 1.0);
})";
constexpr const char* fill_fragment = R"(#version 330 core
uniform vec4 colour;
out vec4 result;
void main() { result = colour; })";

/// A shader program and where its uniforms are.
struct Program {
    GLuint id = 0;
    GLint centre = -1, px_per_m = -1, middle = -1, window = -1, colour = -1, half_px = -1,
          butt = -1;
};

/// The state that painting touches, put back on destruction.
class StateGuard {
public:
    StateGuard() {
        glGetIntegerv(GL_CURRENT_PROGRAM, &program_);
        glGetIntegerv(GL_VERTEX_ARRAY_BINDING, &vertex_array_);
        glGetIntegerv(GL_ARRAY_BUFFER_BINDING, &array_buffer_);
        glGetIntegerv(GL_SCISSOR_BOX, scissor_.data());
        glGetIntegerv(GL_VIEWPORT, viewport_.data());
        glGetIntegerv(GL_BLEND_SRC_RGB, &source_rgb_);
        glGetIntegerv(GL_BLEND_DST_RGB, &target_rgb_);
        glGetIntegerv(GL_BLEND_SRC_ALPHA, &source_alpha_);
        glGetIntegerv(GL_BLEND_DST_ALPHA, &target_alpha_);
        for (std::size_t i = 0; i < flags.size(); ++i) on_[i] = glIsEnabled(flags[i]) == GL_TRUE;
    }
    StateGuard(const StateGuard&) = delete;
    StateGuard& operator=(const StateGuard&) = delete;
    ~StateGuard() {
        glUseProgram(static_cast<GLuint>(program_));
        glBindVertexArray(static_cast<GLuint>(vertex_array_));
        glBindBuffer(GL_ARRAY_BUFFER, static_cast<GLuint>(array_buffer_));
        glScissor(scissor_[0], scissor_[1], scissor_[2], scissor_[3]);
        glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
        glBlendFuncSeparate(static_cast<GLenum>(source_rgb_), static_cast<GLenum>(target_rgb_),
                            static_cast<GLenum>(source_alpha_),
                            static_cast<GLenum>(target_alpha_));
        for (std::size_t i = 0; i < flags.size(); ++i) {
            if (on_[i]) glEnable(flags[i]);
            else glDisable(flags[i]);
        }
    }

private:
    static constexpr std::array<GLenum, 5> flags{GL_BLEND, GL_SCISSOR_TEST, GL_DEPTH_TEST,
                                                 GL_CULL_FACE, GL_STENCIL_TEST};
    GLint program_ = 0, vertex_array_ = 0, array_buffer_ = 0;
    GLint source_rgb_ = 0, target_rgb_ = 0, source_alpha_ = 0, target_alpha_ = 0;
    std::array<GLint, 4> scissor_{}, viewport_{};
    std::array<bool, 5> on_{};
};

}  // namespace

struct GlGround::Impl {
    std::shared_ptr<const Ground> ground;
    std::vector<Piece> reach;
    bool ground_waits = false, reach_waits = false;
    Program line, fill;
    GLuint line_array = 0, fill_array = 0;
    GLuint pieces = 0, corners = 0, indices = 0, reach_pieces = 0;
    std::uint64_t uploads = 0;
    std::string fault;

    GLuint compile(GLenum kind, const char* source) {
        const GLuint shader = glCreateShader(kind);
        glShaderSource(shader, 1, &source, nullptr);
        glCompileShader(shader);
        GLint good = GL_FALSE;
        glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
        if (good != GL_TRUE) note_fault([&](GLsizei n, char* to) {
            glGetShaderInfoLog(shader, n, nullptr, to);
        });
        return shader;
    }

    template <class Log>
    void note_fault(Log log) {
        std::array<char, 512> text{};
        log(static_cast<GLsizei>(text.size()), text.data());
        fault = std::string{"map shader: "} + text.data();
    }

    Program link(const char* vertex, const char* fragment) {
        Program p;
        p.id = glCreateProgram();
        const GLuint v = compile(GL_VERTEX_SHADER, vertex);
        const GLuint f = compile(GL_FRAGMENT_SHADER, fragment);
        glAttachShader(p.id, v);
        glAttachShader(p.id, f);
        glLinkProgram(p.id);
        glDetachShader(p.id, v);
        glDetachShader(p.id, f);
        glDeleteShader(v);
        glDeleteShader(f);
        GLint good = GL_FALSE;
        glGetProgramiv(p.id, GL_LINK_STATUS, &good);
        if (good != GL_TRUE && fault.empty()) note_fault([&](GLsizei n, char* to) {
            glGetProgramInfoLog(p.id, n, nullptr, to);
        });
        const auto uniform = [&](const char* name) { return glGetUniformLocation(p.id, name); };
        p.centre = uniform("centre"), p.px_per_m = uniform("px_per_m");
        p.middle = uniform("middle"), p.window = uniform("window");
        p.colour = uniform("colour"), p.half_px = uniform("half_px"), p.butt = uniform("butt");
        return p;
    }

    void make() {
        if (line.id != 0) return;
        line = link(line_vertex, line_fragment);
        fill = link(fill_vertex, fill_fragment);
        glGenVertexArrays(1, &line_array);
        glGenVertexArrays(1, &fill_array);
        for (GLuint* b : {&pieces, &corners, &indices, &reach_pieces}) glGenBuffers(1, b);
        glBindVertexArray(line_array);
        glEnableVertexAttribArray(0);
        glVertexAttribDivisor(0, 1);
        glBindVertexArray(fill_array);
        glBindBuffer(GL_ARRAY_BUFFER, corners);
        glEnableVertexAttribArray(0);
        glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(MapPoint), nullptr);
        glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices);
    }

    template <class T>
    void upload(GLenum target, GLuint buffer, const std::vector<T>& data) {
        glBindBuffer(target, buffer);
        glBufferData(target, static_cast<GLsizeiptr>(data.size() * sizeof(T)), data.data(),
                     GL_STATIC_DRAW);
        ++uploads;
    }

    void fill_buffers() {
        if (ground_waits && ground) {
            glBindVertexArray(fill_array);
            upload(GL_ARRAY_BUFFER, pieces, ground->pieces);
            upload(GL_ARRAY_BUFFER, corners, ground->triangles.corners);
            upload(GL_ELEMENT_ARRAY_BUFFER, indices, ground->triangles.indices);
        }
        ground_waits = false;
        if (reach_waits) upload(GL_ARRAY_BUFFER, reach_pieces, reach);
        reach_waits = false;
    }

    static void set_view(const Program& p, const GlView& view) {
        glUseProgram(p.id);
        glUniform2f(p.centre, static_cast<float>(view.centre_x),
                    static_cast<float>(view.centre_y));
        glUniform1f(p.px_per_m, static_cast<float>(1 / view.metres_per_px));
        glUniform2f(p.middle, view.left + view.width / 2, view.top + view.height / 2);
        glUniform2f(p.window, view.window_width, view.window_height);
    }

    static void set_colour(const Program& p, std::uint32_t c, float strength) {
        const auto part = [&](int shift) { return static_cast<float>(c >> shift & 255) / 255; };
        glUniform4f(p.colour, part(0), part(8), part(16), part(24) * strength);
    }

    void paint_lines(const PaintPlan& plan, const Paint& paint) {
        glUseProgram(line.id);
        // Thinner than a pixel: one pixel wide, and fainter.
        const float width = std::max(paint.width_px, 1.0F);
        set_colour(line, paint.colour, std::min(paint.width_px, 1.0F));
        glUniform1f(line.half_px, width / 2);
        glUniform1f(line.butt, paint.butt ? 1.0F : 0.0F);
        glBindVertexArray(line_array);
        glBindBuffer(GL_ARRAY_BUFFER,
                     paint.from == Paint::From::reach ? reach_pieces : pieces);
        for (std::uint32_t i = 0; i < paint.run_count; ++i) {
            const Run run = plan.runs[paint.first_run + i];
            const auto offset = std::size_t{run.first} * sizeof(Piece);
            glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(Piece),
                                  reinterpret_cast<const void*>(offset));
            glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(run.count));
        }
    }

    void paint_triangles(const PaintPlan& plan, const Paint& paint) {
        glUseProgram(fill.id);
        set_colour(fill, paint.colour, 1);
        glBindVertexArray(fill_array);
        for (std::uint32_t i = 0; i < paint.run_count; ++i) {
            const Run run = plan.runs[paint.first_run + i];
            const auto offset = std::size_t{run.first} * sizeof(std::uint32_t);
            glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(run.count), GL_UNSIGNED_INT,
                           reinterpret_cast<const void*>(offset));
        }
    }
};

GlGround::GlGround() : impl_(std::make_unique<Impl>()) {}
GlGround::~GlGround() { release(); }

void GlGround::set_ground(std::shared_ptr<const Ground> ground) {
    impl_->ground = std::move(ground);
    impl_->ground_waits = true;
}

void GlGround::set_reach(std::vector<Piece> pieces) {
    impl_->reach = std::move(pieces);
    impl_->reach_waits = true;
}

void GlGround::paint(const PaintPlan& plan, const GlView& view) {
    if (!impl_->fault.empty()) return;
    const StateGuard guard;
    impl_->make();
    impl_->fill_buffers();
    if (!impl_->fault.empty()) return;
    const auto px = [](float v, float scale) { return static_cast<GLint>(v * scale); };
    const float sx = view.framebuffer_scale_x, sy = view.framebuffer_scale_y;
    glViewport(0, 0, px(view.window_width, sx), px(view.window_height, sy));
    glEnable(GL_SCISSOR_TEST);
    glScissor(px(view.clip_left, sx), px(view.window_height - view.clip_bottom, sy),
              std::max(0, px(view.clip_right - view.clip_left, sx)),
              std::max(0, px(view.clip_bottom - view.clip_top, sy)));
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_STENCIL_TEST);
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    Impl::set_view(impl_->line, view);
    Impl::set_view(impl_->fill, view);
    for (const auto& paint : plan.paints) {
        if (paint.from == Paint::From::triangles) impl_->paint_triangles(plan, paint);
        else impl_->paint_lines(plan, paint);
    }
}

void GlGround::release() {
    auto& i = *impl_;
    if (i.line.id != 0 && glfwGetCurrentContext() != nullptr) {
        glDeleteProgram(i.line.id);
        glDeleteProgram(i.fill.id);
        glDeleteVertexArrays(1, &i.line_array);
        glDeleteVertexArrays(1, &i.fill_array);
        for (const GLuint* b : {&i.pieces, &i.corners, &i.indices, &i.reach_pieces}) {
            glDeleteBuffers(1, b);
        }
    }
    i.line = {}, i.fill = {};
    i.line_array = i.fill_array = i.pieces = i.corners = i.indices = i.reach_pieces = 0;
    i.ground_waits = i.ground != nullptr, i.reach_waits = true;
    i.fault.clear();
}

std::uint64_t GlGround::uploads() const { return impl_->uploads; }
const std::string& GlGround::fault() const { return impl_->fault; }

}  // namespace jedel::console
