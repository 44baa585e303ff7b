#pragma once
// A virtual display for the tests that open a real window.

#include <string>

#include <sys/types.h>

namespace jedel::console::test {

/// Starts Xvfb on a free number and sets DISPLAY; stops it at the end.
class VirtualDisplay {
public:
    VirtualDisplay();
    ~VirtualDisplay();
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;
    [[nodiscard]] bool running() const { return server_ > 0; }

private:
    pid_t server_ = -1;
};

}  // namespace jedel::console::test
