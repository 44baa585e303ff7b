#pragma once
// Keeps the paper pack on disk: what the room goes on with when the program is gone.

#include <functional>
#include <memory>
#include <string>

#include "dispatch/desk/desk.h"
#include "dispatch/gateway/network_thread.h"
#include "dispatch/papers/papers.h"

namespace jedel {

/// What the pack is made of besides the room. Shared with the thread that draws it.
struct PackSource {
    std::shared_ptr<const City> city;
    std::shared_ptr<const triage::Protocol> protocol;
    papers::Texts texts;
    papers::Settings settings;
    std::string path;
};

/// "paper-pack.pdf" in a folder; of another journal than the room's own with that journal's name.
std::string pack_path(const std::string& folder, const std::string& journal_path);

/// Writes the pack of a room as it stands. Errors: as write_private.
Result<void> write_pack(const PackSource& source, const Snapshot& room, Instant now);

/// Writes it at once and then every `settings.every_s`, on a thread of its own, so that no timer
/// waits for the drawing; a writing that still goes on is not begun again. `told` is called after
/// each writing, on that thread. What it points to must outlive the NetworkThread.
NetworkThread::Timer keep_papers(NetworkThread& network, const Desk& desk,
                                 std::shared_ptr<const PackSource> source, const ClockPort& clock,
                                 std::function<void(const Result<void>&)> told,
                                 std::chrono::milliseconds period);

}  // namespace jedel
