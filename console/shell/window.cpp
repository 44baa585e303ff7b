#include "console/shell/window.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <exception>
#include <vector>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <GL/gl.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "base/ending.h"

namespace jedel::console {

namespace {

static_assert(static_cast<int>(Key::f12) == GLFW_KEY_F12);
static_assert(static_cast<int>(Key::del) == GLFW_KEY_DELETE);
static_assert(static_cast<int>(Key::pad_enter) == GLFW_KEY_KP_ENTER);
static_assert(static_cast<int>(ctrl) == GLFW_MOD_CONTROL);

double cpu_s(clockid_t clock) {
    timespec t{};
    clock_gettime(clock, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

std::string last_glfw_error() {
    const char* text = nullptr;
    glfwGetError(&text);
    return text != nullptr ? text : "no reason given";
}

void ask_for_opengl(int samples, bool visible) {
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_SAMPLES, samples);
    glfwWindowHint(GLFW_VISIBLE, visible ? GLFW_TRUE : GLFW_FALSE);
}

/// Whether pictures are made by the processor. A small hidden window tells.
bool renders_in_software() {
    ask_for_opengl(0, false);
    GLFWwindow* probe = glfwCreateWindow(16, 16, "", nullptr, nullptr);
    if (probe == nullptr) return false;  // the real one will say what is wrong
    glfwMakeContextCurrent(probe);
    const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    const std::string renderer = name != nullptr ? name : "";
    glfwDestroyWindow(probe);
    for (const std::string_view software : {"llvmpipe", "softpipe", "swrast", "SwiftShader"}) {
        if (renderer.find(software) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

void Window::wake() { glfwPostEmptyEvent(); }

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
    std::unique_ptr<Window> self{new Window};
    if (glfwInit() != GLFW_TRUE) {
        return Error{.message = "the window system cannot be used: " + last_glfw_error()};
    }
    self->started_ = true;
    // Type, lines and the map's roads are smoothed by themselves; four samples a pixel only round
    // the last edges, and a processor that paints would pay for each.
    ask_for_opengl(renders_in_software() ? 0 : 4, !options.hidden);
    int width = options.width;
    int height = options.height;
    if (width <= 0 || height <= 0) {
        int x = 0;
        int y = 0;
        width = 1280;
        height = 720;
        if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {
            glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
            glfwWindowHint(GLFW_MAXIMIZED, GLFW_TRUE);
        }
    }
    self->window_ = glfwCreateWindow(width, height, options.title.c_str(), nullptr, nullptr);
    if (self->window_ == nullptr) {
        return Error{.message = "no window with OpenGL 3.3 can be opened: " + last_glfw_error()};
    }
    glfwSetWindowSizeLimits(self->window_, 1024, 640, GLFW_DONT_CARE, GLFW_DONT_CARE);
    glfwMakeContextCurrent(self->window_);
    glfwSwapInterval(1);
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplGlfw_InitForOpenGL(self->window_, false);
    ImGui_ImplOpenGL3_Init("#version 330");
    InputQueue::map_keys(ImGui::GetIO());
    self->listen();
    self->keep_fonts();
    if (self->fonts_.text == nullptr) {
        auto fonts = load_fonts(font_folder(), 15);
        return fonts ? Error{.message = "the font cannot be read"} : fonts.error();
    }
    return self;
}

Window::~Window() {
    if (window_ != nullptr) {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
        glfwDestroyWindow(window_);
    }
    if (started_) glfwTerminate();
}

/// Our callbacks stand before the backend's: keys and characters go to the queue in their order.
void Window::listen() {
    glfwSetWindowUserPointer(window_, this);
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int, int action, int mods) {
        auto& me = *static_cast<Window*>(glfwGetWindowUserPointer(w));
        me.event_frames_ = 3;
        if (me.console_ == nullptr) return;
        InputQueue& input = me.console_->input();
        const auto code = static_cast<Key>(key);
        if (action == GLFW_PRESS) input.key_down(code, mods);
        if (action == GLFW_REPEAT) input.key_repeat(code, mods);
        if (action == GLFW_RELEASE) input.key_up(code, mods);
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int codepoint) {
        auto& me = *static_cast<Window*>(glfwGetWindowUserPointer(w));
        me.event_frames_ = 3;
        if (me.console_ != nullptr) me.console_->input().character(codepoint);
    });
    glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int focused) {
        auto& me = *static_cast<Window*>(glfwGetWindowUserPointer(w));
        me.event_frames_ = 3;
        if (focused == GLFW_FALSE && me.console_ != nullptr) me.console_->input().release_all();
        ImGui_ImplGlfw_WindowFocusCallback(w, focused);
    });
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int mods) {
        static_cast<Window*>(glfwGetWindowUserPointer(w))->event_frames_ = 3;
        ImGui_ImplGlfw_MouseButtonCallback(w, button, action, mods);
    });
    glfwSetScrollCallback(window_, [](GLFWwindow* w, double x, double y) {
        static_cast<Window*>(glfwGetWindowUserPointer(w))->event_frames_ = 3;
        ImGui_ImplGlfw_ScrollCallback(w, x, y);
    });
    glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) {
        static_cast<Window*>(glfwGetWindowUserPointer(w))->event_frames_ = 3;
    });
    glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
        static_cast<Window*>(glfwGetWindowUserPointer(w))->event_frames_ = 3;
        ImGui_ImplGlfw_CursorEnterCallback(w, entered);
    });
    glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) {
        static_cast<Window*>(glfwGetWindowUserPointer(w))->event_frames_ = 3;
    });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) {
        static_cast<Window*>(glfwGetWindowUserPointer(w))->event_frames_ = 3;
    });
}

/// Type follows the window's height and the screen's density; the atlas is built anew only when
/// its size in whole pixels changes.
void Window::keep_fonts() {
    int width = 0;
    int height = 0;
    float scale_x = 1;
    float scale_y = 1;
    glfwGetFramebufferSize(window_, &width, &height);
    glfwGetWindowContentScale(window_, &scale_x, &scale_y);
    const float px = font_px_for(height, scale_y);
    if (px == fonts_.px) return;
    auto fonts = load_fonts(font_folder(), px);
    if (!fonts) return;
    fonts_ = *fonts;
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Window::frame(Console& console, Recorder* recorder, bool show) {
    keep_fonts();
    console.feed(ImGui::GetIO());
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    const double began = cpu_s(CLOCK_THREAD_CPUTIME_ID);
    ImGui::NewFrame();
    try {
        console.frame(fonts_, recorder);
    } catch (const std::exception& error) {
        // The model is untouched by a frame, so the next one can be drawn; say what happened.
        std::fprintf(stderr, "jedel-console: a frame was dropped: %s\n", error.what());
        ImGui::ErrorCheckEndFrameRecover(nullptr);
    }
    ImGui::Render();
    const double built = cpu_s(CLOCK_THREAD_CPUTIME_ID);
    ++figures_.frames;
    figures_.build_s += built - began;
    figures_.build_max_ms = std::max(figures_.build_max_ms, (built - began) * 1000);
    if (!show) return;
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    glViewport(0, 0, width, height);
    const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(Theme::of(console.ui().theme).ground);
    glClearColor(ground.x, ground.y, ground.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    figures_.show_s += cpu_s(CLOCK_THREAD_CPUTIME_ID) - built;
}

LoopFigures Window::run(Console& console, double limit_s) {
    console_ = &console;
    figures_ = {};
    const double began = glfwGetTime();
    const double process = cpu_s(CLOCK_PROCESS_CPUTIME_ID);
    while (!console.ui().quit) {
        figures_.seconds = glfwGetTime() - began;
        if (limit_s > 0 && figures_.seconds >= limit_s) break;
        if (glfwWindowShouldClose(window_) == GLFW_TRUE || asked_to_end()) {
            glfwSetWindowShouldClose(window_, GLFW_FALSE);
            console.input().key_down(Key::q, ctrl);  // what is typed is saved on the way out
        }
        const bool waits = event_frames_ <= 0 && !console.busy();
        if (waits) {
            glfwWaitEventsTimeout(console.idle_ms() / 1000.0);
            if (event_frames_ <= 0) ++figures_.ticks;
        } else {
            glfwPollEvents();
        }
        if (event_frames_ > 0) --event_frames_;
        // Keys that came in one burst are gone through without waiting for the screen.
        int burst = 0;
        while (!console.input().empty() && ++burst < 64) frame(console, nullptr, false);
        frame(console, nullptr, true);
        const double drawn = cpu_s(CLOCK_THREAD_CPUTIME_ID);
        glfwSwapBuffers(window_);
        figures_.show_s += cpu_s(CLOCK_THREAD_CPUTIME_ID) - drawn;
    }
    figures_.process_s = cpu_s(CLOCK_PROCESS_CPUTIME_ID) - process;
    console_ = nullptr;
    console.release_gpu();
    return figures_;
}

Result<void> Window::screenshot(Console& console, const std::string& path, int frames,
                                Recorder* recorder) {
    console_ = &console;
    for (int i = 0; i < frames; ++i) {
        glfwWaitEventsTimeout(0.03);  // time for the journal's and the worker's answers
        frame(console, recorder, true);
        if (i + 1 < frames) glfwSwapBuffers(window_);
    }
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    std::vector<unsigned char> rgb(static_cast<std::size_t>(width) *
                                   static_cast<std::size_t>(height) * 3);
    glFinish();
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, rgb.data());
    glfwSwapBuffers(window_);
    console_ = nullptr;
    console.release_gpu();
    return write_png(path, width, height, rgb);
}

}  // namespace jedel::console
