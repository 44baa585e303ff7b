#pragma once
// A hidden window with OpenGL 3.3 and ImGui on it, for frames that are read back.

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <catch2/catch.hpp>
#include <imgui.h>

namespace jedel::test {

/// One at a time; its OpenGL and ImGui contexts are the current ones while it lives.
class HiddenWindow {
public:
    /// Pixels; `samples` of 0: no multisampling.
    HiddenWindow(int width, int height, int samples) {
        REQUIRE(glfwInit() == GLFW_TRUE);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_SAMPLES, samples);
        glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
        window_ = glfwCreateWindow(width, height, "map", nullptr, nullptr);
        REQUIRE(window_ != nullptr);
        glfwMakeContextCurrent(window_);
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui_ImplGlfw_InitForOpenGL(window_, false);
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    HiddenWindow(const HiddenWindow&) = delete;
    HiddenWindow& operator=(const HiddenWindow&) = delete;
    ~HiddenWindow() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
        glfwDestroyWindow(window_);
        glfwTerminate();
    }
    [[nodiscard]] GLFWwindow* get() const { return window_; }

private:
    GLFWwindow* window_ = nullptr;
};

}  // namespace jedel::test
