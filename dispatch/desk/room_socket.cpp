#include "dispatch/desk/room_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include "base/limits.h"
#include "dispatch/core/codec.h"
#include "dispatch/core/json_writer.h"
#include "dispatch/journal/json_guard.h"

namespace jedel {

namespace {

constexpr std::size_t clients_max = 16;
/// A client that reads nothing is let go rather than waited for.
constexpr timeval write_limit{.tv_sec = 2, .tv_usec = 0};

/// The address of a socket in a folder that may have a longer name than an address holds: the
/// folder is opened and named by its descriptor.
struct Address {
    sockaddr_un name{};
    int folder = -1;

    explicit Address(const std::string& path) {
        const std::filesystem::path whole{path};
        const std::string parent = whole.parent_path().empty() ? "." : whole.parent_path().string();
        folder = ::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        const std::string shorter =
            "/proc/self/fd/" + std::to_string(folder) + "/" + whole.filename().string();
        name.sun_family = AF_UNIX;
        std::strncpy(name.sun_path, shorter.c_str(), sizeof name.sun_path - 1);
        if (shorter.size() >= sizeof name.sun_path) name.sun_path[0] = 0;
    }
    ~Address() {
        if (folder >= 0) ::close(folder);
    }
    Address(const Address&) = delete;
    Address& operator=(const Address&) = delete;
    [[nodiscard]] const sockaddr* get() const {
        return reinterpret_cast<const sockaddr*>(&name);
    }
};

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool is_own_user(int socket) {
    ucred who{};
    socklen_t size = sizeof who;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
           (who.uid == ::geteuid() || who.uid == 0);
}

std::string done_line(int status, const std::string& error = {}) {
    std::string out = "{\"done\":" + std::to_string(status);
    if (!error.empty()) {
        out += ",\"error\":";
        json::write_string(out, error);
    }
    return out + "}\n";
}

}  // namespace

struct RoomSocket::Impl {
    Impl(Desk& room, std::string place, int listening, int stop_read, int stop_write)
        : desk(room),
          path(std::move(place)),
          listener(listening),
          stop_reader(stop_read),
          stop_writer(stop_write) {
        thread = std::thread{[this] { run(); }};
    }
    ~Impl() {
        [[maybe_unused]] const auto told = ::write(stop_writer, "x", 1);
        thread.join();
        ::unlink(path.c_str());
        for (const Client& client : clients) ::close(client.socket);
        for (const int file : {listener, stop_reader, stop_writer}) ::close(file);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    struct Client {
        int socket = -1;
        std::string read{};
    };

    void run() {
        while (true) {
            std::vector<pollfd> wanted{{stop_reader, POLLIN, 0}, {listener, POLLIN, 0}};
            for (const Client& client : clients) wanted.push_back({client.socket, POLLIN, 0});
            if (::poll(wanted.data(), wanted.size(), -1) < 0) {
                if (errno == EINTR) continue;
                return;
            }
            if (wanted[0].revents != 0) return;
            for (std::size_t i = clients.size(); i-- > 0;) {
                if (wanted[i + 2].revents != 0 && !take(clients[i])) {
                    ::close(clients[i].socket);
                    clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
                }
            }
            if (wanted[1].revents != 0) accept_one();
        }
    }
    void accept_one() {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        if (clients.size() >= clients_max || !is_own_user(socket)) {
            ::close(socket);
            return;
        }
        ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &write_limit, sizeof write_limit);
        clients.push_back({socket});
    }
    /// What has come from a client; false: it is to be let go.
    bool take(Client& client) {
        char bytes[65536];
        const auto size = ::recv(client.socket, bytes, sizeof bytes, 0);
        if (size <= 0) return false;
        client.read.append(bytes, static_cast<std::size_t>(size));
        for (std::size_t end = client.read.find('\n'); end != std::string::npos;
             end = client.read.find('\n')) {
            const std::string line = client.read.substr(0, end);
            client.read.erase(0, end + 1);
            if (!send_all(client.socket, answer(line))) return false;
        }
        return client.read.size() <= limits::line_bytes_max;
    }
    std::string answer(const std::string& line) {
        if (auto sound = check_json(line); !sound) return done_line(2, sound.error().text());
        auto command = decode_command(line);
        if (!command) return done_line(2, command.error().text());
        const Outcome outcome = desk.ask(std::move(command).value()).get();
        if (const auto* events = std::get_if<std::vector<JournalEvent>>(&outcome)) {
            std::string out;
            for (const JournalEvent& event : *events) out += encode_event_line(event) + "\n";
            return out + done_line(0);
        }
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            return encode_refusal(*refusal) + "\n" + done_line(1);
        }
        return done_line(2, std::get<Error>(outcome).text());
    }

    Desk& desk;
    std::string path;
    int listener, stop_reader, stop_writer;
    std::vector<Client> clients;
    std::thread thread;  ///< last: everything else must be there when it starts
};

RoomSocket::RoomSocket(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RoomSocket::~RoomSocket() = default;

Result<std::unique_ptr<RoomSocket>> RoomSocket::open(Desk& desk, const std::string& journal_path) {
    const std::string path = journal_path + "-socket";
    const auto failed = [&](int socket) {
        const Error error{.message = std::string{"no socket can be made: "} + std::strerror(errno),
                          .where = path};
        if (socket >= 0) ::close(socket);
        return error;
    };
    // The room holds the journal, so a socket that lies there is of one that ended.
    struct stat found {};
    if (::lstat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode)) ::unlink(path.c_str());
    const Address address{path};
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) return failed(-1);
    // Before it has a name nobody can come in; its mode is that of the file that the name makes.
    ::fchmod(listener, 0600);
    if (::bind(listener, address.get(), sizeof address.name) != 0) return failed(listener);
    ::chmod(path.c_str(), 0600);
    if (::listen(listener, 8) != 0) return failed(listener);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return failed(listener);
    auto impl = std::make_unique<Impl>(desk, path, listener, ends[0], ends[1]);
    return std::unique_ptr<RoomSocket>{new RoomSocket(std::move(impl))};
}

Result<RoomClient> RoomClient::connect(const std::string& journal_path) {
    const std::string path = journal_path + "-socket";
    const Address address{path};
    RoomClient out;
    out.socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (out.socket_ < 0 ||
        ::connect(out.socket_, address.get(), sizeof address.name) != 0) {
        return Error{.message = std::string{"no room listens: "} + std::strerror(errno),
                     .where = path};
    }
    return out;
}

Result<RoomClient::Reply> RoomClient::tell(const std::string& command) {
    const Error gone{.message = "the room went away before it answered; whether the command was "
                                "stored, its id will tell"};
    if (!send_all(socket_, command + "\n")) return gone;
    Reply out;
    while (true) {
        const auto end = read_.find('\n');
        if (end == std::string::npos) {
            char bytes[65536];
            const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
            if (size <= 0) return gone;
            read_.append(bytes, static_cast<std::size_t>(size));
            continue;
        }
        std::string line = read_.substr(0, end);
        read_.erase(0, end + 1);
        constexpr std::string_view done = "{\"done\":";
        if (!line.starts_with(done)) {
            out.lines.push_back(std::move(line));
            continue;
        }
        out.status = line[done.size()] - '0';
        if (out.status == 2) out.lines.push_back(std::move(line));
        return out;
    }
}

RoomClient::RoomClient(RoomClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), read_(std::move(other.read_)) {}
RoomClient& RoomClient::operator=(RoomClient&& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(read_, other.read_);
    return *this;
}
RoomClient::~RoomClient() {
    if (socket_ >= 0) ::close(socket_);
}

}  // namespace jedel
