#pragma once
// What a crash would leave on the disk holds names and numbers of patients: it leaves nothing.

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

namespace jedel {

/// For the beginning of a program: no core dumps, and a file that may grow no more is an error of
/// that write rather than the end of the program.
inline void start_in_order() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
    std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace jedel
