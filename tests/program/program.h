#pragma once
// Runs the program as a person or a script does.

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "tests/journal/room.h"

namespace jedel::test {

struct Ran {
    int status = -1;  ///< as the shell says it: 128 + n for a signal
    std::string out;  ///< both outputs
};

inline Ran run_shell(const std::string& command) {
    Ran ran;
    std::FILE* pipe = ::popen(("{ " + command + " ; } 2>&1").c_str(), "r");
    if (pipe == nullptr) return ran;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        ran.out.append(buffer.data(), got);
    }
    const int status = ::pclose(pipe);
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ran;
}

/// The program of a person or a script, and the window's.
inline const std::string program = std::string{JEDEL_BINARY_DIR} + "/bin/jedel";
inline const std::string console = program + "-console";

/// An installation and a user's folder of their own, with a journal.
class Home {
public:
    Home() {
        namespace fs = std::filesystem;
        fs::create_directories(folder_.file("home"));
        for (const char* part : {"data", "assets"}) {
            fs::copy(fs::path{JEDEL_SOURCE_DIR} / part, folder_.file(std::string{"home/"} + part),
                     fs::copy_options::recursive);
        }
    }
    /// What stands before a command that is to use them.
    [[nodiscard]] std::string environment() const {
        return "JEDEL_HOME=" + folder_.file("home") + " XDG_DATA_HOME=" + folder_.file("user");
    }
    [[nodiscard]] Ran run(const std::string& arguments) const {
        return run_shell(environment() + " " + program + " " + arguments);
    }
    /// Of the installation.
    [[nodiscard]] std::string file(const std::string& name) const {
        return folder_.file("home/" + name);
    }
    /// Anything else.
    [[nodiscard]] std::string own(const std::string& name) const { return folder_.file(name); }
    [[nodiscard]] std::string journal() const { return folder_.url(); }

private:
    TempFolder folder_;
};

}  // namespace jedel::test
