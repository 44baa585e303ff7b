// How much of a journal is sound, and whether anything that was acknowledged is gone.

#include <algorithm>
#include <limits>

#include "dispatch/journal/rows.h"

namespace jedel {

namespace {

/// Opening checks the hash chain of the newest events: from the snapshot on, and never fewer than
/// this many. A start stays quick on a journal of years; verify_journal checks all of it.
constexpr std::uint64_t checked_on_open = 100'000;
constexpr std::size_t snapshots_kept = 2;
constexpr std::uint64_t to_the_end = std::numeric_limits<std::int64_t>::max();

struct Found {
    Head head;
    Instant at;
    bool there = false;
};

/// One event's hash and time, as stored.
Found event_at(Store& store, std::uint64_t seq) {
    Found out;
    if (seq == 0) return out;
    static_cast<void>(store.read_rows(
        seq - 1, seq, [&](const StoredEvent& row, const std::optional<Hash>& hash) {
            if (row.seq == seq && hash) out = {{seq, *hash}, Instant{row.at_ms}, true};
            return false;
        }));
    return out;
}

std::string event_and_time(std::uint64_t seq, Instant at) {
    return "event " + std::to_string(seq) + " (" + to_iso(at) + ")";
}

/// What was acknowledged and is not there; empty when all is.
std::string lost_tail(Store& store, const Acknowledged& known, std::uint64_t last) {
    const Found end = event_at(store, last);
    const std::string ends =
        last == 0 ? std::string{"it holds no event"} : "it ends at " + event_and_time(last, end.at);
    if (!known.problem.empty()) {
        return known.problem + "; how many events are missing cannot be known, " + ends;
    }
    if (!known.known && !known.closed) {
        return "it was in use when it was copied, or the files beside it were taken away; how many "
               "events are missing cannot be known, " + ends;
    }
    if (!known.known) return {};
    if (known.head.seq > last) {
        return std::to_string(known.head.seq - last) +
               " acknowledged events are lost: " + event_and_time(known.head.seq, known.at) +
               " was acknowledged, " + ends;
    }
    if (known.head.seq == 0) return {};
    const Found same = event_at(store, known.head.seq);
    if (!same.there || same.head.hash != known.head.hash) {
        return "another journal stands in its place: " +
               event_and_time(known.head.seq, known.at) +
               " is not the one that was acknowledged, " + ends;
    }
    return {};
}

/// Where the check of the chain starts: not after the snapshot, nor too near the end.
Head check_from(Store& store, std::uint64_t last, std::uint64_t snapshot) {
    const std::uint64_t window = last > checked_on_open ? last - checked_on_open : 0;
    const Found from = event_at(store, std::min(snapshot, window));
    // Not there: the check from the beginning will say what is wrong.
    return from.there ? from.head : Head{};
}

/// The chain is broken: the newest snapshot that is sound with its own tail is the room, else the
/// events before the break are.
void stand_on_snapshot(Store& store, std::vector<StoredSnapshot>& snapshots,
                       const ChainCheck& broken, Examination& out) {
    for (StoredSnapshot& snapshot : snapshots) {
        if (snapshot.seq <= broken.sound.seq) break;
        const Found base = event_at(store, snapshot.seq);
        if (!base.there) continue;
        const ChainCheck tail = check_chain(store, base.head, to_the_end);
        out.head = tail.sound;
        out.gap_first = broken.sound.seq + 1;
        out.gap_last = snapshot.seq;
        out.report.push_back(broken.problem + "; the room stands on the snapshot of event " +
                             std::to_string(snapshot.seq) + " and the events after it");
        if (!tail.problem.empty()) {
            out.damaged = true;
            out.loss = "the journal is damaged (" + tail.problem + "); shown up to event " +
                       std::to_string(tail.sound.seq);
        }
        out.snapshot = std::move(snapshot);
        return;
    }
    // What stands before the place where the check began was not read yet.
    const ChainCheck whole = check_chain(store, Head{}, to_the_end);
    const ChainCheck& first = whole.problem.empty() ? broken : whole;
    out.head = first.sound;
    out.damaged = true;
    out.loss = "the journal is damaged (" + first.problem + "); shown up to event " +
               std::to_string(first.sound.seq);
    for (StoredSnapshot& snapshot : snapshots) {
        if (snapshot.seq > first.sound.seq) continue;
        out.snapshot = std::move(snapshot);
        return;
    }
}

void check_commands(Store& store, Examination& out) {
    const auto totals = store.command_totals();
    if (!totals) {
        out.report.push_back("the table of commands cannot be read: " + totals.error().message);
    } else if (out.gap_first == 0 && out.loss.empty() &&
               (totals->events != out.head.seq || totals->last != out.head.seq)) {
        out.report.push_back("the table of commands differs from the events: it leads to " +
                             std::to_string(totals->events) + " of " +
                             std::to_string(out.head.seq));
    }
}

}  // namespace

ChainCheck check_chain(Store& store, const Head& from, std::uint64_t last) {
    ChainCheck out{.sound = from, .problem = {}};
    std::string buffer;
    const auto read = store.read_rows(
        from.seq, last, [&](const StoredEvent& row, const std::optional<Hash>& stored) {
            const std::string next = std::to_string(out.sound.seq + 1);
            if (row.seq != out.sound.seq + 1) {
                out.problem = "event " + next + " is missing; found " + std::to_string(row.seq);
                return false;
            }
            const Hash expected = chain_hash(out.sound.hash, row, buffer);
            if (stored != expected) {
                out.problem = "event " + next + " was changed: its hash does not fit";
                return false;
            }
            out.sound = Head{row.seq, expected};
            return true;
        });
    if (!read) {
        out.problem = "event " + std::to_string(out.sound.seq + 1) + " cannot be read: " +
                      read.error().message;
    }
    return out;
}

std::vector<StoredSnapshot> sound_snapshots(Store& store, std::vector<std::string>* odd) {
    std::vector<StoredSnapshot> out;
    int unreadable = 0;
    const auto say = [&](std::uint64_t seq, const char* what) {
        if (odd != nullptr) {
            odd->push_back("the snapshot of event " + std::to_string(seq) + what);
        }
    };
    for (SnapshotRow& row : store.snapshots(snapshots_kept, unreadable)) {
        if (row.format != snapshot_format || row.seal.empty()) continue;  // of another program
        const Hash state = hash_of(row.state);
        if (row.state_hash != std::string{state.begin(), state.end()}) {
            say(row.seq, " was changed: its hash does not fit; it is not used");
            continue;
        }
        if (!is_of_key(store.key(), row.seal)) continue;
        if (row.seal != snapshot_seal(store.key(), row)) {
            say(row.seq, " is not this room's own: its seal does not fit; it is not used");
            continue;
        }
        const Found event = event_at(store, row.seq);
        if (row.event_hash != std::string{event.head.hash.begin(), event.head.hash.end()}) {
            say(row.seq, " is of another chain; it is not used");
            continue;
        }
        out.push_back({row.seq, std::move(row.state)});
    }
    if (unreadable > 0 && odd != nullptr) odd->push_back("a snapshot cannot be read; not used");
    return out;
}

Result<Examination> examine(Store& store) {
    Examination out;
    SelfCheck self = store.check_self(false);
    out.report = std::move(self.odd);
    const auto last = store.last_seq();
    if (!last) {
        // Not even the last event can be found: what can be read from the beginning is the room.
        const ChainCheck check = check_chain(store, Head{}, to_the_end);
        if (check.sound.seq == 0) return last.error();
        out.head = check.sound;
        out.damaged = true;
        out.loss = "the journal is damaged (" + last.error().message + "); shown up to event " +
                   std::to_string(check.sound.seq);
        return out;
    }
    auto snapshots = sound_snapshots(store, &out.report);
    const Head from = check_from(store, *last, snapshots.empty() ? 0 : snapshots.front().seq);
    const ChainCheck check = check_chain(store, from, to_the_end);
    if (check.problem.empty()) {
        out.head = check.sound;
        if (!snapshots.empty()) out.snapshot = std::move(snapshots.front());
    } else {
        stand_on_snapshot(store, snapshots, check, out);
    }
    for (const std::string& why :
         {lost_tail(store, store.acknowledged(), out.head.seq), self.changed}) {
        if (!why.empty()) out.loss += (out.loss.empty() ? "" : "; ") + why;
    }
    if (!self.changed.empty()) out.damaged = true;
    check_commands(store, out);
    if (!store.key_problem().empty()) out.report.push_back(store.key_problem());
    return out;
}

}  // namespace jedel
