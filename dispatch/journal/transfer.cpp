// Export and import of a journal as JSON lines. An exported event carries the very bytes of its
// payload and its hash, so that an import proves that nothing was lost or changed.

#include <algorithm>
#include <istream>
#include <limits>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <sstream>

#include "base/ending.h"
#include "base/limits.h"
#include "dispatch/core/codec.h"
#include "dispatch/journal/json_guard.h"
#include "dispatch/journal/moving.h"
#include "dispatch/journal/rows.h"

namespace jedel {

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
        << to_hex(hash) << '"';
    if (!row.attached.empty()) out << ",\"attached\":" << quoted(row.attached);
    out << ",\"payload\":" << row.payload << "}\n";
}

std::string hex(const std::string& bytes) {
    return to_hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
}

/// Every intact personal row, after the key that shows that they are.
void write_personal(Store& store, std::ostream& out, ExportCount& count) {
    // Read first, written then: while a slow reader is waited for, the store is not held.
    std::vector<PersonalRow> rows;
    const auto read = store.read_personal([&](const PersonalRow& row) { rows.push_back(row); });
    if (!read) {
        count.problems.push_back("personal rows cannot all be read: " + read.error().message);
    }
    const bool covered = std::any_of(rows.begin(), rows.end(),
                                     [](const auto& row) { return !row.digest.empty(); });
    if (covered && !store.key().empty()) {
        out << "{\"room_key\":\"" << hex(store.key()) << "\"}\n";
    }
    for (const PersonalRow& row : rows) {
        const std::string name = "personal row " + std::to_string(row.ref);
        if (check_row(store.key(), row) == RowState::changed) {
            count.problems.push_back(name + " was changed; it was left out");
            continue;
        }
        if (const auto record = decode_personal(row.body); !record) {
            count.problems.push_back(name + " cannot be read; it was left out");
            continue;
        }
        out << "{\"personal\":" << row.body;
        if (!row.digest.empty()) {
            out << ",\"salt\":\"" << hex(row.salt) << "\",\"digest\":" << quoted(row.digest);
        }
        out << "}\n";
        ++count.personal;
    }
    const auto erasures = store.erasures();
    if (!erasures) return;
    for (const ErasureRow& row : *erasures) {
        out << "{\"erased\":" << row.ref << ",\"at\":" << row.at_ms
            << ",\"actor\":" << quoted(row.actor) << ",\"seat\":" << quoted(row.seat)
            << ",\"reason\":" << quoted(row.reason) << ",\"seal\":" << quoted(row.seal) << "}\n";
    }
}

/// One exported event, its texts owned.
struct Line {
    std::uint64_t seq = 0;
    std::int64_t at_ms = 0;
    int version = 0;
    std::string actor, seat, command, kind, payload, attached;
    Hash hash{};
    [[nodiscard]] StoredEvent row() const {
        return {.seq = seq,
                .at_ms = at_ms,
                .actor = actor,
                .seat = seat,
                .command_id = command,
                .kind = kind,
                .version = version,
                .payload = payload,
                .attached = attached};
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
    if (object.contains("attached") && !take(object, "attached", line.attached)) return "attached";
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

/// Takes imported rows as they are, without a new encoding: the hashes must come out the same.
class Importer {
public:
    explicit Importer(Store& store) : store_(store), moving_(store) {}

    Result<void> take_line(const std::string& text) {
        if (auto sound = check_json(text); !sound) return sound;
        const json object = json::parse(text, nullptr, false);
        if (!object.is_object()) return Error{.message = "expected a JSON object"};
        if (object.contains("personal")) return take_personal(object);
        if (object.contains("room_key")) return take_key(object);
        if (object.contains("erased")) return take_erasure(object);
        auto read = read_line(object, text);
        if (const auto* field = std::get_if<std::string>(&read)) return wrong(*field);
        return take_event(std::get<Line>(read));
    }
    /// Stores what is left; without personal rows it says that they were not brought along.
    Result<void> finish(Instant at) {
        if (auto done = moving_.flush(); !done) return done;
        if (auto key = use_key(); !key) return key;
        for (PersonalRow& row : rows_) {
            if (row.digest.empty()) row.digest = personal_digest(store_.key(), row);
        }
        std::set<std::uint64_t> known;
        for (const PersonalRow& row : rows_) known.insert(row.ref);
        for (const ErasureRow& row : erasures_) known.insert(row.ref);
        for (const std::uint64_t ref : attached_) {
            if (!known.insert(ref).second) continue;
            ErasureRow row{.ref = ref, .at_ms = at.ms, .actor = "import", .seat = "system",
                           .reason = "not in the imported lines", .seal = {}};
            row.seal = erasure_seal(store_.key(), row);
            erasures_.push_back(std::move(row));
        }
        return store_.put_personal(rows_, erasures_);
    }
    [[nodiscard]] std::uint64_t events() const { return head_.seq; }
    [[nodiscard]] Instant last_at() const { return last_at_; }

private:
    static Error wrong(const std::string& field) {
        return Error{.message = "missing, or not of the expected type", .where = {},
                     .field = field};
    }
    Result<void> take_event(const Line& line) {
        if (line.seq != head_.seq + 1) {
            return Error{.message = "expected event " + std::to_string(head_.seq + 1) +
                                    ", found " + std::to_string(line.seq),
                         .where = {},
                         .field = "seq"};
        }
        const Hash hash = chain_hash(head_.hash, line.row(), buffer_);
        if (hash != line.hash) {
            return Error{.message = "breaks the chain: the hash of this line and the ones before "
                                    "it is " + to_hex(hash),
                         .where = {},
                         .field = "hash"};
        }
        if (auto taken = moving_.take(line.row(), hash); !taken) return taken;
        for (const AttachedDigest& digest : attached_digests(line.attached)) {
            attached_.push_back(digest.ref);
        }
        head_ = Head{line.seq, hash};
        last_at_ = Instant{line.at_ms};
        return {};
    }
    Result<void> take_personal(const json& object) {
        const auto record = decode_personal(object["personal"].dump());
        if (!record) return record.error();
        PersonalRow row = personal_row(*record, store_.key());
        std::string salt;
        row.digest.clear();
        if (take(object, "digest", row.digest)) {
            const auto bytes = take(object, "salt", salt) ? bytes_from_hex(salt) : std::nullopt;
            if (!bytes) return wrong("salt");
            row.salt = *bytes;
            if (key_.empty() || check_row(key_, row) != RowState::sound) {
                return Error{.message = "was changed: its digest does not fit", .where = {},
                             .field = "personal"};
            }
        }
        rows_.push_back(std::move(row));
        return {};
    }
    Result<void> take_key(const json& object) {
        std::string text;
        const auto key = take(object, "room_key", text) ? bytes_from_hex(text) : std::nullopt;
        if (!key || key->size() != 32) return wrong("room_key");
        key_ = *key;
        return {};
    }
    Result<void> take_erasure(const json& object) {
        ErasureRow row;
        for (auto [name, field] : {std::pair{"actor", &row.actor}, {"seat", &row.seat},
                                   {"reason", &row.reason}, {"seal", &row.seal}}) {
            if (!take(object, name, *field)) return wrong(name);
        }
        if (!take(object, "erased", row.ref)) return wrong("erased");
        if (!take(object, "at", row.at_ms)) return wrong("at");
        erasures_.push_back(std::move(row));
        return {};
    }
    /// Rows that bring their digests bring the key they are under.
    Result<void> use_key() { return key_.empty() ? Result<void>{} : store_.set_key(key_); }

    Store& store_;
    Moving moving_;
    Head head_;
    Instant last_at_;
    std::string buffer_, key_;
    std::vector<PersonalRow> rows_;
    std::vector<ErasureRow> erasures_;
    std::vector<std::uint64_t> attached_;
};

Result<std::uint64_t> import_all(Store& store, std::istream& in) {
    Importer importer{store};
    std::string text;
    const auto at_line = [](Error error, long number) {
        error.where = "the imported lines";
        error.line = number;
        return error;
    };
    for (long number = 1;; ++number) {
        const auto line = next_line(in, text);
        if (!line) return at_line(line.error(), number);
        if (!*line) break;
        if (text.empty()) continue;
        if (auto taken = importer.take_line(text); !taken) return at_line(taken.error(), number);
    }
    if (auto done = importer.finish(importer.last_at()); !done) return done.error();
    return importer.events();
}

/// Rows written at a time: while the output is waited for, the store is not held, so that its
/// log does not grow without end.
constexpr std::uint64_t rows_at_once = 1000;

/// The sound events; gives what is wrong after them, empty for nothing.
std::string write_events(Store& store, std::uint64_t last, std::ostream& out, ExportCount& count) {
    Head head;
    std::string buffer, problem;
    while (head.seq < last && problem.empty()) {
        std::ostringstream piece;
        const std::uint64_t until = std::min(last, head.seq + rows_at_once);
        const auto read = store.read_rows(
            head.seq, until, [&](const StoredEvent& row, const std::optional<Hash>& stored) {
                const Hash hash = chain_hash(head.hash, row, buffer);
                if (row.seq != head.seq + 1 || stored != hash) {
                    problem = "damaged after event " + std::to_string(head.seq);
                    return false;
                }
                write_line(piece, row, hash);
                head = Head{row.seq, hash};
                return true;
            });
        if (!read) problem = "damaged after event " + std::to_string(head.seq) + ": " +
                             read.error().message;
        if (problem.empty() && head.seq < until) {
            problem = "damaged after event " + std::to_string(head.seq) + ": events are missing";
        }
        out << piece.str();
        if (!out || asked_to_end()) break;
    }
    count.events = head.seq;
    return problem;
}

}  // namespace

Result<ExportCount> export_lines(const std::string& url, std::ostream& out, bool with_personal) {
    auto door = find_store(url, JournalMode::read_only);
    if (!door) return door.error();
    auto store = (*door)->inspect();
    if (!store) return store.error();
    ExportCount count;
    const auto last = (*store)->last_seq();
    const std::string problem = write_events(
        **store, last ? *last : std::uint64_t{std::numeric_limits<std::int64_t>::max()}, out,
        count);
    if (!problem.empty()) {
        count.problems.push_back(problem + "; what was written until there is sound");
    } else if (const auto found = examine(**store); found && !found->loss.empty()) {
        count.problems.push_back(found->loss);
    }
    if (with_personal) write_personal(**store, out, count);
    out.flush();
    if (!out) return Error{.message = "the export could not be written", .where = "output"};
    return count;
}

Result<std::uint64_t> export_journal(const std::string& url, std::ostream& out,
                                     bool with_personal) {
    const auto count = export_lines(url, out, with_personal);
    if (!count) return count.error();
    if (!count->problems.empty()) {
        return Error{.message = count->problems.front(), .where = url};
    }
    return count->events;
}

Result<std::uint64_t> import_journal(const std::string& url, std::istream& in) {
    // Creates it, holds it against other writers, and says what is wrong with it.
    auto journal = open_journal(url);
    if (!journal) return journal.error();
    if ((*journal)->head().seq != 0) {
        return Error{.message = "not empty: it holds " + std::to_string((*journal)->head().seq) +
                                " events; expected a new journal",
                     .where = url};
    }
    Store& store = (*journal)->store();
    if (auto begun = store.begin_batch(); !begun) return begun.error();
    auto count = import_all(store, in);
    if (!count) return count.error();  // closing undoes what was begun
    if (auto done = store.commit_batch(); !done) return done.error();
    return count;
}

}  // namespace jedel
