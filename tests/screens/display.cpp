#include "tests/screens/display.h"

#include <array>
#include <cstdlib>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace jedel::console::test {

VirtualDisplay::VirtualDisplay() {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return;
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        const std::string descriptor = std::to_string(ends[1]);
        execlp("Xvfb", "Xvfb", "-noreset", "-displayfd", descriptor.c_str(), "-screen", "0",
               "2048x1200x24", "-nolisten", "tcp", static_cast<char*>(nullptr));
        _exit(127);
    }
    close(ends[1]);
    std::string number;
    char c = 0;
    while (read(ends[0], &c, 1) == 1 && c != '\n') number += c;
    close(ends[0]);
    if (child < 0) return;
    if (number.empty()) {
        waitpid(child, nullptr, 0);
        return;
    }
    server_ = child;
    setenv("DISPLAY", (":" + number).c_str(), 1);
}

VirtualDisplay::~VirtualDisplay() {
    if (server_ <= 0) return;
    kill(server_, SIGTERM);
    waitpid(server_, nullptr, 0);
}

}  // namespace jedel::console::test
