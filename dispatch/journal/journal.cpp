#include "dispatch/journal/journal.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "dispatch/core/codec.h"
#include "dispatch/journal/rows.h"

namespace jedel {

namespace {

/// The encoded event, if reading it gives the same event again.
Result<std::string> lasting_payload(const Event& event) {
    std::string payload = encode_payload(event);
    const auto again = decode_payload(kind_of(event), payload);
    if (!again) {
        return Error{.message = "the event '" + std::string{kind_of(event)} +
                                "' could not be read again: " + again.error().message +
                                "; nothing was stored",
                     .where = {},
                     .field = again.error().field};
    }
    if (encode_payload(*again) != payload) {
        return Error{.message = "the event '" + std::string{kind_of(event)} +
                                "' would read back as another; nothing was stored"};
    }
    return payload;
}

Result<PersonalRow> lasting_row(const PersonalRecord& record, const std::string& key) {
    PersonalRow row = personal_row(record, key);
    const auto again = decode_personal(row.body);
    if (!again) {
        return Error{.message = "a personal row could not be read again; nothing was stored",
                     .where = {},
                     .field = again.error().field};
    }
    if (encode_personal(*again) != row.body) {
        return Error{.message = "a personal row would read back as another; nothing was stored"};
    }
    return row;
}

}  // namespace

Journal::Journal(std::unique_ptr<Store> store, Examination found)
    : store_(std::move(store)), found_(std::move(found)), head_(found_.head), durable_(head_) {
    for (std::string& note : store_->notes()) found_.report.push_back(std::move(note));
}

JournalMode Journal::mode() const {
    return found_.loss.empty() ? store_->mode() : JournalMode::read_only;
}

Appended Journal::append(const Append& append) {
    if (const auto& broken = store_->broken()) return *broken;
    if (mode() == JournalMode::read_only) {
        return Error{.message = found_.loss.empty() ? std::string{"opened for reading only"}
                                                    : "opened for reading only: " + found_.loss};
    }
    if (append.expected_seq != head_.seq) return Appended::behind(head_);
    auto stored = store_append(append);
    if (store_->broken()) head_ = durable_;
    return stored;
}

Appended Journal::store_append(const Append& append) {
    std::vector<PersonalRow> personal;
    for (const PersonalRecord& record : append.personal) {
        auto row = lasting_row(record, store_->key());
        if (!row) return row.error();
        personal.push_back(std::move(row).value());
    }
    const std::string attached = attach(personal);
    std::vector<std::string> payloads;
    std::vector<ChainedEvent> rows;
    std::vector<CommandRow> commands;
    std::vector<GuardRow> guards;
    payloads.reserve(append.events.size());  // rows point into it
    rows.reserve(append.events.size());
    Head head = head_;
    std::string buffer;
    for (const NewEvent& event : append.events) {
        auto payload = lasting_payload(event.event);
        if (!payload) return payload.error();
        payloads.push_back(std::move(payload).value());
        const bool last = rows.size() + 1 == append.events.size();
        const StoredEvent row{.seq = head.seq + 1,
                              .at_ms = event.at.ms,
                              .actor = event.actor,
                              .seat = name_of(event.seat),
                              .command_id = event.command_id,
                              .kind = kind_of(event.event),
                              .version = version_of(event.event),
                              .payload = payloads.back(),
                              .attached = last ? std::string_view{attached} : std::string_view{}};
        head = Head{row.seq, chain_hash(head.hash, row, buffer)};
        rows.push_back({row, head.hash});
        if (commands.empty() || commands.back().id != event.command_id) {
            commands.push_back({event.command_id, row.seq, row.seq, append.command_digest});
        }
        commands.back().last = row.seq;
        if (auto guard = guard_of(event.event)) guards.push_back(*guard);
    }
    auto stored = store_->append({.expected = head_,
                                  .events = rows,
                                  .personal = personal,
                                  .commands = commands,
                                  .guards = guards});
    if (stored) head_ = stored.head();
    if (stored && !in_batch_) durable_ = head_;
    return stored;
}

Result<void> Journal::catch_up(const std::function<void(const JournalEvent&)>& each) {
    const std::uint64_t before = head_.seq;
    const ChainCheck check =
        check_chain(*store_, head_, std::numeric_limits<std::int64_t>::max());
    if (!check.problem.empty()) {
        return Error{.message = "what others stored does not fit: " + check.problem};
    }
    if (auto read = read_range(before, check.sound.seq, each); !read) return read;
    head_ = durable_ = check.sound;
    return {};
}

Result<void> Journal::begin_batch() {
    if (mode() == JournalMode::read_only) return Error{.message = "opened for reading only"};
    auto begun = store_->begin_batch();
    in_batch_ = in_batch_ || begun.ok();
    return begun;
}

Result<void> Journal::commit_batch() {
    auto done = store_->commit_batch();
    in_batch_ = false;
    if (done) {
        durable_ = head_;
    } else {
        head_ = durable_;
    }
    return done;
}

Result<JournalEvent> Journal::decoded(const StoredEvent& row) const {
    if (found_.gap_first != 0 && row.seq >= found_.gap_first && row.seq <= found_.gap_last) {
        return Error{.message = "event " + std::to_string(row.seq) + " is in a damaged part"};
    }
    return decode_event(row);
}

Result<void> Journal::read_range(std::uint64_t after, std::uint64_t last,
                                 const std::function<void(const JournalEvent&)>& each) {
    std::optional<Error> wrong;
    std::uint64_t expected = after + 1;
    auto done = store_->read_rows(after, last, [&](const StoredEvent& row, const auto&) {
        if (row.seq != expected++) {
            wrong = Error{.message = "event " + std::to_string(expected - 1) + " is missing"};
            return false;
        }
        const auto event = decoded(row);
        if (!event) {
            wrong = event.error();
            return false;
        }
        each(*event);
        return true;
    });
    if (!done) return done;
    if (wrong) return *wrong;
    return {};
}

Result<void> Journal::read(std::uint64_t after,
                           const std::function<void(const JournalEvent&)>& each) {
    // A sound journal opened for reading may grow under a writer elsewhere; a damaged one ends
    // at its last sound event.
    const bool bounded = store_->mode() == JournalMode::read_write || !found_.loss.empty();
    const auto endless = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return read_range(after, bounded ? head_.seq : endless, each);
}

Result<void> Journal::read_rows(std::uint64_t after, const RowReader& each) {
    return store_->read_rows(after, std::numeric_limits<std::int64_t>::max(), each);
}

Result<std::uint64_t> Journal::wait(std::uint64_t after, std::chrono::milliseconds at_most) {
    return store_->wait(after, at_most);
}

Result<std::optional<KnownCommand>> Journal::find_command(const std::string& command_id) {
    auto row = store_->find_command(command_id);
    if (!row) return row.error();
    if (!*row) return std::optional<KnownCommand>{};
    KnownCommand out{.events = {}, .digest = (*row)->digest};
    const auto keep = [&](const JournalEvent& event) { out.events.push_back(event); };
    if ((*row)->first > 0) {
        if (auto read = read_range((*row)->first - 1, (*row)->last, keep); !read) {
            return read.error();
        }
    }
    const bool all_its_own =
        !out.events.empty() &&
        std::all_of(out.events.begin(), out.events.end(),
                    [&](const auto& event) { return event.command_id == command_id; });
    if (!all_its_own) {
        return Error{.message = "the table of commands leads '" + command_id +
                                "' to events of another; expected what the events say"};
    }
    return std::optional{std::move(out)};
}

Result<std::vector<JournalEvent>> Journal::of_command(const std::string& command_id) {
    auto known = find_command(command_id);
    if (!known) return known.error();
    return *known ? std::move((**known).events) : std::vector<JournalEvent>{};
}

std::string Journal::digest_of(const CommandEnvelope& command) const {
    return keyed_digest(store_->key(), encode_command(command));
}

Result<std::optional<PersonalRecord>> Journal::personal(PersonRef ref) {
    auto row = store_->personal(ref.value);
    if (!row) return row.error();
    if (!*row) return std::optional<PersonalRecord>{};
    const std::string name = "personal row " + std::to_string(ref.value);
    if (check_row(store_->key(), **row) == RowState::changed) {
        return Error{.message = name + " was changed: its digest does not fit"};
    }
    auto record = decode_personal((**row).body);
    if (!record) return Error{.message = name + " cannot be read: " + record.error().message};
    if (record->ref != ref) return Error{.message = name + " holds another row"};
    return std::optional{std::move(record).value()};
}

Result<std::vector<PersonRef>> Journal::find_persons(
    const std::function<bool(const PersonalRecord&)>& fits) {
    std::vector<PersonRef> out;
    auto read = store_->read_personal([&](const PersonalRow& row) {
        const auto record = decode_personal(row.body);
        if (record && fits(*record)) out.push_back({row.ref});
    });
    if (!read) return read.error();
    return out;
}

Result<void> Journal::erase(std::span<const PersonRef> refs, const std::string& actor, Seat seat,
                            const std::string& reason, Instant at) {
    std::vector<ErasureRow> rows;
    for (const PersonRef ref : refs) {
        ErasureRow row{.ref = ref.value,
                       .at_ms = at.ms,
                       .actor = actor,
                       .seat = std::string{name_of(seat)},
                       .reason = reason,
                       .seal = {}};
        row.seal = erasure_seal(store_->key(), row);
        rows.push_back(std::move(row));
    }
    // Their digests were taken over commands that said who it was.
    std::vector<std::string> commands;
    auto read = store_->read_rows(
        0, std::numeric_limits<std::int64_t>::max(), [&](const StoredEvent& row, const auto&) {
            for (const AttachedDigest& attached : attached_digests(row.attached)) {
                const auto erased = [&](PersonRef ref) { return ref.value == attached.ref; };
                if (std::any_of(refs.begin(), refs.end(), erased)) {
                    commands.emplace_back(row.command_id);
                }
            }
            return true;
        });
    if (!read) return read;
    return store_->erase(rows, commands);
}

Result<void> Journal::save_snapshot(const StoredSnapshot& snapshot) {
    SnapshotRow row{.seq = snapshot.seq,
                    .format = snapshot_format,
                    .event_hash = {},
                    .state_hash = {},
                    .state = snapshot.state,
                    .seal = {}};
    Hash event{};
    if (snapshot.seq > 0) {
        bool found = false;
        auto read = store_->read_rows(snapshot.seq - 1, snapshot.seq,
                                      [&](const StoredEvent&, const std::optional<Hash>& hash) {
                                          found = hash.has_value();
                                          if (found) event = *hash;
                                          return false;
                                      });
        if (!read) return read;
        if (!found) {
            return Error{.message = "a snapshot of event " + std::to_string(snapshot.seq) +
                                    ", which is not in the journal"};
        }
    }
    const Hash state = hash_of(snapshot.state);
    row.event_hash.assign(event.begin(), event.end());
    row.state_hash.assign(state.begin(), state.end());
    row.seal = snapshot_seal(store_->key(), row);
    if (auto saved = store_->save_snapshot(row); !saved) return saved;
    found_.snapshot.reset();
    saved_snapshot_ = true;
    return {};
}

Result<std::optional<StoredSnapshot>> Journal::load_snapshot() {
    if (!saved_snapshot_) return found_.snapshot;
    for (auto& snapshot : sound_snapshots(*store_)) return std::optional{std::move(snapshot)};
    return std::optional<StoredSnapshot>{};
}

Result<void> Journal::append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes, Instant now) {
    if (fixes.empty()) return {};
    if (mode() == JournalMode::read_only) return Error{.message = "opened for reading only"};
    return store_->append_fixes(fixes, now, retention_);
}

Result<std::vector<std::pair<BrigadeId, Fix>>> Journal::latest_fixes() {
    return store_->latest_fixes();
}

std::string state_hash(const State& state) { return to_hex(hash_of(encode_state(state))); }

}  // namespace jedel
