#include "base/ending.h"

#include <csignal>
#include <initializer_list>

namespace jedel {

namespace {

volatile std::sig_atomic_t asked = 0;

void note(int) { asked = 1; }

}  // namespace

void end_when_asked() {
    struct sigaction action {};
    action.sa_handler = note;
    // Without SA_RESTART: whoever waits for a line must wake up.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGTERM, SIGHUP, SIGINT}) sigaction(signal, &action, nullptr);
}

bool asked_to_end() { return asked != 0; }

}  // namespace jedel
