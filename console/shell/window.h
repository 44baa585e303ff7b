#pragma once
// The window: GLFW, OpenGL 3.3, Dear ImGui's backends, and the key queue before them.

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "console/console.h"

struct GLFWwindow;

namespace jedel::console {

struct WindowOptions {
    int width = 0, height = 0;  ///< 0: three quarters of the screen
    std::string title;
    bool hidden = false;
};

/// What a run of the loop cost; times of the processor, not of the clock on the wall.
struct LoopFigures {
    double seconds = 0;              ///< how long it ran
    std::uint64_t frames = 0;        ///< built
    std::uint64_t ticks = 0;         ///< of them because the clocks went on, nothing else
    double build_s = 0;              ///< this thread, building frames: the console's own part
    double build_max_ms = 0;         ///< the dearest frame
    double show_s = 0;               ///< this thread, handing frames to OpenGL
    double process_s = 0;            ///< all threads, a software renderer's among them
};

/// One per program; lives on the main thread.
class Window {
public:
    static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    /// Runs frames until the person leaves or the window is closed. A frame that throws is
    /// dropped and reported; the next one starts afresh.
    /// With `limit_s` it leaves after so many seconds.
    LoopFigures run(Console& console, double limit_s = 0);
    /// Runs a number of frames and writes the last one as PNG.
    Result<void> screenshot(Console& console, const std::string& path, int frames,
                            Recorder* recorder = nullptr);
    /// Wakes the loop; callable from any thread.
    static void wake();

private:
    Window() = default;
    void frame(Console& console, Recorder* recorder, bool show);
    void keep_fonts();
    void listen();

    GLFWwindow* window_ = nullptr;  // owned by GLFW, destroyed in ~Window
    Console* console_ = nullptr;    // the one that run() or screenshot() was given
    Fonts fonts_;
    bool started_ = false;
    LoopFigures figures_;
    int event_frames_ = 3;  ///< frames still due after the last event
};

/// Writes 8-bit RGB rows, the first at the bottom as OpenGL reads them.
Result<void> write_png(const std::string& path, int width, int height,
                       const std::vector<unsigned char>& rgb);

}  // namespace jedel::console
