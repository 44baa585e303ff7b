#pragma once
// Between events and rows: decoding, the personal rows' digests, the holds of brigades.

#include <optional>
#include <string>
#include <vector>

#include "dispatch/journal/journal.h"

namespace jedel {

/// Decodes a stored row, lifted to the newest version; the error names the event.
Result<JournalEvent> decode_event(const StoredEvent& stored);

/// What an event does to the last guard, "one active assignment per brigade"; nullopt: nothing.
std::optional<GuardRow> guard_of(const Event& event);

/// A keyed digest: the first bytes of the key's own hash, then 16 bytes under the key; hex. So
/// that a digest of another key is told from a changed row.
std::string keyed_digest(const std::string& key, std::string_view bytes);
/// Whether a digest was made with this key at all.
bool is_of_key(const std::string& key, std::string_view digest);

/// The row of a record, with a fresh salt (so that nothing can be guessed from the digest once the
/// row is erased). Without a key the digest stays empty.
PersonalRow personal_row(const PersonalRecord& record, const std::string& key);
std::string personal_digest(const std::string& key, const PersonalRow& row);
std::string erasure_seal(const std::string& key, const ErasureRow& row);
std::string snapshot_seal(const std::string& key, const SnapshotRow& row);

enum class RowState : std::uint8_t { sound, changed, not_covered, other_key };
RowState check_row(const std::string& key, const PersonalRow& row);

/// One personal digest that an event carries.
struct AttachedDigest {
    std::uint64_t ref = 0;
    std::string digest;
};
std::string attach(std::span<const PersonalRow> rows);
std::vector<AttachedDigest> attached_digests(std::string_view attached);

/// The snapshots that this program may start from, newest first: of its format, under its seal,
/// made on an event of the chain.
std::vector<StoredSnapshot> sound_snapshots(Store& store, std::vector<std::string>* odd = nullptr);

/// Checks how much of a store is sound. Changes nothing.
Result<Examination> examine(Store& store);
/// The chain after `from`, up to `last`: where it ends and what is wrong after that (empty:
/// nothing). Never fails: what cannot be read is a problem.
struct ChainCheck {
    Head sound;
    std::string problem;
};
ChainCheck check_chain(Store& store, const Head& from, std::uint64_t last);

/// A store about to be opened. `inspect` changes nothing; `enter` is for writing, and holds it
/// against other writers from the moment the door was found.
class StoreDoor {
public:
    virtual ~StoreDoor() = default;
    [[nodiscard]] virtual bool is_new() const = 0;
    virtual Result<std::unique_ptr<Store>> inspect() = 0;
    virtual Result<std::unique_ptr<Store>> enter() = 0;
    /// Copies everything there is to a place of its own and says where.
    virtual Result<std::string> keep_aside() = 0;
    /// An empty store beside the present one, with the same key; put_in_place makes it the
    /// present one once it is closed.
    virtual Result<std::unique_ptr<Store>> enter_draft() = 0;
    virtual Result<void> put_in_place() = 0;
    /// A sound copy of what is committed.
    virtual Result<void> copy_to(const std::string& place) = 0;
};
/// By the URL's scheme; errors name what was expected.
Result<std::unique_ptr<StoreDoor>> find_store(const std::string& url, JournalMode mode);

}  // namespace jedel
