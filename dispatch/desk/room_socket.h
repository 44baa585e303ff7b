#pragma once
// A door for scripts into a running room: commands as JSON lines through a socket beside the
// journal, for the user who runs the room only. The room stays the journal's one writer.

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "dispatch/desk/desk.h"

namespace jedel {

/// Takes commands at `PATH-socket` until it is destroyed; each carries its own actor and seat.
class RoomSocket {
public:
    /// Errors: no socket can be made there. The desk must outlive it.
    static Result<std::unique_ptr<RoomSocket>> open(Desk& desk, const std::string& journal_path);
    ~RoomSocket();
    RoomSocket(const RoomSocket&) = delete;
    RoomSocket& operator=(const RoomSocket&) = delete;

private:
    struct Impl;
    explicit RoomSocket(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The other end. Not thread-safe.
class RoomClient {
public:
    struct Reply {
        std::vector<std::string> lines;  ///< events, or a refusal
        int status = 0;                  ///< 0 done, 1 refused, 2 failed; then the line says why
    };
    /// Errors: no room listens there.
    static Result<RoomClient> connect(const std::string& journal_path);
    /// One command; waits for its answer.
    Result<Reply> tell(const std::string& command);
    RoomClient(RoomClient&& other) noexcept;
    RoomClient& operator=(RoomClient&& other) noexcept;
    ~RoomClient();

private:
    RoomClient() = default;
    int socket_ = -1;
    std::string read_;
};

}  // namespace jedel
