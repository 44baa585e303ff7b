// Export and import of a journal as JSON lines. An exported event carries the very bytes of its
// payload and its hash, so that an import proves that nothing was lost or changed.

#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "dispatch/core/codec.h"
#include "dispatch/journal/sqlite_journal.h"

namespace jedel {

using namespace sql;
using nlohmann::json;

namespace {

std::string quoted(std::string_view text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

void write_line(std::ostream& out, const StoredEvent& row, const Hash& hash) {
    // The payload stands last: the importer takes its bytes as they are.
    out << "{\"seq\":" << row.seq << ",\"at\":" << row.at_ms << ",\"actor\":" << quoted(row.actor)
        << ",\"seat\":" << quoted(row.seat) << ",\"command\":" << quoted(row.command_id)
        << ",\"kind\":" << quoted(row.kind) << ",\"version\":" << row.version << ",\"hash\":\""
        << to_hex(hash) << "\",\"payload\":" << row.payload << "}\n";
}

Result<void> write_personal(const Database& database, std::ostream& out) {
    auto query = database.prepare("SELECT body FROM personal ORDER BY ref");
    if (!query) return query.error();
    while (true) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return {};
        out << "{\"personal\":" << query->text(0) << "}\n";
    }
}

/// One exported event, its texts owned.
struct Line {
    std::uint64_t seq = 0;
    std::int64_t at_ms = 0;
    int version = 0;
    std::string actor, seat, command, kind, payload;
    Hash hash{};
    [[nodiscard]] StoredEvent row() const {
        return {.seq = seq,
                .at_ms = at_ms,
                .actor = actor,
                .seat = seat,
                .command_id = command,
                .kind = kind,
                .version = version,
                .payload = payload};
    }
};

template <class T>
bool take(const json& object, const char* key, T& out) {
    const auto found = object.find(key);
    if (found == object.end()) return false;
    if constexpr (std::is_same_v<T, std::string>) {
        if (!found->is_string()) return false;
    } else if (!found->is_number_integer()) {
        return false;
    }
    out = found->template get<T>();
    return true;
}

std::variant<Line, std::string> read_line(const json& object, const std::string& text) {
    Line line;
    std::string hash;
    if (!take(object, "seq", line.seq)) return "seq";
    if (!take(object, "at", line.at_ms)) return "at";
    if (!take(object, "actor", line.actor)) return "actor";
    if (!take(object, "seat", line.seat)) return "seat";
    if (!take(object, "command", line.command)) return "command";
    if (!take(object, "kind", line.kind)) return "kind";
    if (!take(object, "version", line.version)) return "version";
    if (!take(object, "hash", hash)) return "hash";
    const auto bytes = hash_from_hex(hash);
    if (!bytes) return "hash";
    line.hash = *bytes;
    // Inside a JSON text a quote is escaped, so the first `,"payload":` is the key itself.
    static constexpr std::string_view key = ",\"payload\":";
    const auto start = text.find(key);
    const auto end = text.rfind('}');
    if (start == std::string::npos || end == std::string::npos) return "payload";
    line.payload = text.substr(start + key.size(), end - start - key.size());
    return line;
}

/// Writes imported rows as they are, without a new encoding: the hashes must come out the same.
class Importer {
public:
    Importer(const Database& database, std::string where)
        : database_(database), where_(std::move(where)) {}

    Result<void> prepare() {
        for (auto [statement, text] :
             {std::pair{&event_, "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?)"},
              std::pair{&command_,
                        "INSERT INTO command VALUES(?,?,?) ON CONFLICT(id) DO UPDATE SET "
                        "last_seq = excluded.last_seq WHERE last_seq = excluded.first_seq - 1"},
              std::pair{&guard_, "INSERT INTO active_assignment VALUES(?,?,?)"},
              std::pair{&unguard_,
                        "DELETE FROM active_assignment WHERE brigade = ? AND assignment = ?"},
              std::pair{&personal_, "INSERT INTO personal VALUES(?,?,?)"}}) {
            auto prepared = database_.prepare(text);
            if (!prepared) return prepared.error();
            *statement = std::move(prepared).value();
        }
        return {};
    }
    Result<void> take_line(const std::string& text) {
        const json object = json::parse(text, nullptr, false);
        if (!object.is_object()) return Error{.message = "expected a JSON object"};
        if (const auto personal = object.find("personal"); personal != object.end()) {
            return take_personal(personal->dump());
        }
        auto read = read_line(object, text);
        if (const auto* field = std::get_if<std::string>(&read)) {
            return Error{.message = "missing, or not of the expected type", .field = *field};
        }
        return take_event(std::get<Line>(read));
    }
    [[nodiscard]] std::uint64_t events() const { return head_.seq; }

private:
    Result<void> take_event(const Line& line) {
        if (line.seq != head_.seq + 1) {
            return Error{.message = "expected event " + std::to_string(head_.seq + 1) +
                                    ", found " + std::to_string(line.seq),
                         .field = "seq"};
        }
        const Hash hash = chain_hash(head_.hash, line.row(), buffer_);
        if (hash != line.hash) {
            return Error{.message = "breaks the chain: the hash of this line and the ones before "
                                    "it is " + to_hex(hash),
                         .field = "hash"};
        }
        const auto event = decode_event(line.row(), {});
        if (!event) return event.error();
        if (auto stored = store(line, *event); !stored) return stored;
        head_ = Head{line.seq, hash};
        return {};
    }
    Result<void> store(const Line& line, const JournalEvent& event) {
        const auto seq = static_cast<std::int64_t>(line.seq);
        event_.bind(1, seq);
        event_.bind(2, line.at_ms);
        event_.bind(3, std::string_view{line.actor});
        event_.bind(4, std::string_view{line.seat});
        event_.bind(5, std::string_view{line.command});
        event_.bind(6, std::string_view{line.kind});
        event_.bind(7, static_cast<std::int64_t>(line.version));
        event_.bind(8, std::string_view{line.payload});
        event_.bind_blob(9, line.hash);
        if (auto stored = event_.run(); !stored) return stored;
        command_.bind(1, std::string_view{line.command});
        command_.bind(2, seq);
        command_.bind(3, seq);
        if (auto stored = command_.run(); !stored) return stored;
        if (const auto* assigned = std::get_if<BrigadeAssigned>(&event.event)) {
            guard_.bind(1, static_cast<std::int64_t>(assigned->brigade.value));
            guard_.bind(2, static_cast<std::int64_t>(assigned->task.value));
            guard_.bind(3, static_cast<std::int64_t>(assigned->incident.value));
            return guard_.run();
        }
        if (const auto* ended = std::get_if<AssignmentEnded>(&event.event)) {
            unguard_.bind(1, static_cast<std::int64_t>(ended->brigade.value));
            unguard_.bind(2, static_cast<std::int64_t>(ended->task.value));
            return unguard_.run();
        }
        return {};
    }
    Result<void> take_personal(const std::string& text) {
        const auto record = decode_personal(text);
        if (!record) return record.error();
        const std::string body = encode_personal(*record);
        personal_.bind(1, static_cast<std::int64_t>(record->ref.value));
        personal_.bind(2, static_cast<std::int64_t>(record->incident.value));
        personal_.bind(3, std::string_view{body});
        return personal_.run();
    }

    const Database& database_;
    std::string where_;
    Head head_;
    std::string buffer_;
    Statement event_, command_, guard_, unguard_, personal_;
};

Result<std::uint64_t> import_lines(const Database& database, const std::string& where,
                                   std::istream& in) {
    Importer importer{database, where};
    if (auto prepared = importer.prepare(); !prepared) return prepared.error();
    std::string text;
    for (long number = 1; std::getline(in, text); ++number) {
        if (!text.empty() && text.back() == '\r') text.pop_back();
        if (text.empty()) continue;
        if (auto taken = importer.take_line(text); !taken) {
            Error error = taken.error();
            error.where = "the imported lines";
            error.line = number;
            return error;
        }
    }
    if (in.bad()) return Error{.message = "could not be read to the end", .where = "input"};
    return importer.events();
}

}  // namespace

Result<std::uint64_t> export_journal(const std::string& url, std::ostream& out,
                                     bool with_personal) {
    const auto path = path_of(url);
    if (!path) return path.error();
    auto database = open_reader(*path, url);
    if (!database) return database.error();
    if (auto begun = database->run("BEGIN"); !begun) return begun.error();
    auto query = database->prepare("SELECT " + std::string{event_columns} +
                                   " FROM event ORDER BY seq");
    if (!query) return query.error();
    Head head;
    std::string buffer;
    while (true) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) break;
        const StoredEvent row = stored_event(*query);
        const Hash hash = chain_hash(head.hash, row, buffer);
        if (row.seq != head.seq + 1 || stored_hash(*query) != hash) {
            return Error{.message = "damaged after event " + std::to_string(head.seq) +
                                    "; what was written until there is sound",
                         .where = url};
        }
        write_line(out, row, hash);
        head = Head{row.seq, hash};
    }
    if (with_personal) {
        if (auto written = write_personal(*database, out); !written) return written.error();
    }
    out.flush();
    if (!out) return Error{.message = "the export could not be written", .where = "output"};
    return head.seq;
}

Result<std::uint64_t> import_journal(const std::string& url, std::istream& in) {
    const auto path = path_of(url);
    if (!path) return path.error();
    {
        // Creates it, holds it against other writers, and says what is wrong with it.
        auto journal = open_journal(url);
        if (!journal) return journal.error();
        if ((*journal)->head().seq != 0) {
            return Error{.message = "not empty: it holds " +
                                    std::to_string((*journal)->head().seq) +
                                    " events; expected a new journal",
                         .where = url};
        }
    }
    auto lock = WriterLock::take(*path, url);
    if (!lock) return lock.error();
    auto database = Database::open(*path, SQLITE_OPEN_READWRITE, url);
    if (!database) return database.error();
    if (auto set = set_up_writer(*database); !set) return set.error();
    if (auto begun = database->run("BEGIN IMMEDIATE"); !begun) return begun.error();
    auto count = import_lines(*database, url, in);
    if (!count) return count.error();  // closing undoes what was begun
    if (auto done = database->run("COMMIT"); !done) return done.error();
    return count;
}

}  // namespace jedel
