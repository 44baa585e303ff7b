#include "dispatch/journal/salvage.h"

#include <map>
#include <set>

#include "dispatch/core/codec.h"
#include "dispatch/journal/moving.h"

namespace jedel {

namespace {

using Refs = std::set<std::uint64_t>;

void note_attached(const StoredEvent& row, Refs& refs) {
    for (const AttachedDigest& digest : attached_digests(row.attached)) refs.insert(digest.ref);
}

/// A whole chain: each row is checked again on its way.
Result<void> move_chain(Store& from, Store& to, std::uint64_t last, Refs& refs) {
    Moving moving{to};
    moving.digest_from(from);
    std::optional<Error> wrong;
    auto read = from.read_rows(0, last, [&](const StoredEvent& row, const auto& hash) {
        note_attached(row, refs);
        if (auto taken = moving.take(row, *hash); !taken) wrong = taken.error();
        return !wrong;
    });
    if (!read) return read;
    if (wrong) return *wrong;
    return moving.flush();
}

/// The rows of (after, last] that can be read, each by itself: one that cannot hides no other.
Result<void> move_one_by_one(Store& from, Store& to, std::uint64_t after, std::uint64_t last,
                             Refs& refs) {
    for (std::uint64_t seq = after; seq < last; ++seq) {
        std::optional<Error> wrong;
        static_cast<void>(
            from.read_rows(seq, seq + 1, [&](const StoredEvent& row, const auto& hash) {
                if (row.seq != seq + 1) return false;
                note_attached(row, refs);
                const ChainedEvent event{row, hash.value_or(Hash{})};
                if (auto put = to.put_events({&event, 1}); !put) wrong = put.error();
                return false;
            }));
        if (wrong) return *wrong;
    }
    return {};
}

void move_personal(Store& from, Store& to, const Refs& refs, std::vector<std::string>& notes,
                   std::optional<Error>& wrong) {
    Refs there;
    std::vector<PersonalRow> rows;
    const auto take = [&](const PersonalRow& row) {
        if (there.insert(row.ref).second) rows.push_back(row);
    };
    static_cast<void>(from.read_personal(take));
    const auto read = from.erasures();
    const auto erasures = read ? *read : std::vector<ErasureRow>{};
    Refs erased;
    for (const ErasureRow& row : erasures) erased.insert(row.ref);
    std::size_t missing = 0;
    for (const std::uint64_t ref : refs) {
        if (there.contains(ref) || erased.contains(ref)) continue;
        // A page that cannot be read ends a walk over the table, but not a look at one row.
        const auto row = from.personal(ref);
        if (row && *row) take(**row);
        else ++missing;
    }
    if (missing > 0) {
        notes.push_back(std::to_string(missing) + " personal rows could not be read any more");
    }
    if (auto put = to.put_personal(rows, erasures); !put) wrong = put.error();
}

/// A start needs a snapshot where the events before it cannot be folded.
Result<void> move_snapshots(Store& from, Store& to, std::uint64_t last) {
    int unreadable = 0;
    const auto rows = from.snapshots(2, unreadable);
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (row->seq > last || row->seal.empty() || !is_of_key(to.key(), row->seal)) continue;
        if (auto saved = to.save_snapshot(*row); !saved) return saved;
    }
    return {};
}

}  // namespace

Result<void> move_sound(Store& from, Store& to, const Examination& found,
                        std::vector<std::string>& notes) {
    Refs refs;
    if (auto begun = to.begin_batch(); !begun) return begun;
    const auto moved = found.gap_first == 0
                           ? move_chain(from, to, found.head.seq, refs)
                           : move_one_by_one(from, to, 0, found.head.seq, refs);
    if (!moved) return moved;
    std::optional<Error> wrong;
    move_personal(from, to, refs, notes, wrong);
    if (wrong) return *wrong;
    if (const auto fixes = from.latest_fixes(); fixes && !fixes->empty()) {
        // Not thinned by any time: these are the latest.
        if (auto put = to.append_fixes(*fixes, Instant{}, {}); !put) return put;
    }
    if (auto done = to.commit_batch(); !done) return done;
    if (found.gap_first != 0) {
        if (auto mended = mend_derived(to, found.head.seq); !mended) {
            notes.push_back("the table of commands could not be made anew: " +
                            mended.error().message);
        }
    }
    return move_snapshots(from, to, found.head.seq);
}

Result<void> mend_derived(Store& store, std::uint64_t last) {
    std::vector<CommandRow> commands;
    std::map<std::uint64_t, GuardRow> held;
    std::set<std::string, std::less<>> known;
    auto read = store.read_rows(0, last, [&](const StoredEvent& row, const auto&) {
        if (!commands.empty() && commands.back().id == row.command_id) {
            commands.back().last = row.seq;
        } else if (known.emplace(row.command_id).second) {
            commands.push_back({std::string{row.command_id}, row.seq, row.seq, {}});
        }
        // One that cannot be decoded stands in a gap, where nothing can be said of it.
        const auto event = decode_event(row);
        if (!event) return true;
        if (const auto guard = guard_of(event->event)) {
            const auto found = held.find(guard->brigade);
            if (guard->taken) held[guard->brigade] = *guard;
            else if (found != held.end() && found->second.assignment == guard->assignment) {
                held.erase(found);
            }
        }
        return true;
    });
    if (!read) return read;
    std::vector<GuardRow> guards;
    for (const auto& [brigade, guard] : held) guards.push_back(guard);
    return store.replace_derived(commands, guards);
}

}  // namespace jedel
