#pragma once
// What lies beside a SQLite journal, and the hold on the file itself. A file is what its device and
// inode say, whatever its name is. Private to this folder.

#include <sys/types.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "dispatch/journal/store.h"

namespace jedel::sql {

/// Makes a change of names in the folder of `path` durable.
Result<void> sync_folder(const std::string& path);

/// Where the journal really lies: a link is followed to its file. Errors: a link that leads
/// nowhere or in a circle, not a plain file, more than one name (hard links), an empty file.
struct Place {
    std::string path;
    bool there = false;
};
Result<Place> find_place(const std::string& path, bool for_writing, const std::string& where);

/// An exclusive hold on a journal: on the file `PATH-lock` and on the journal's own file, released
/// when it is destroyed or its process ends, however it ends. The lock file stays; it is empty but
/// for the number of the process that holds it. SQLite's own locks go when any descriptor of the
/// file is closed, so the hold must outlive every connection of its process.
class WriterLock {
public:
    WriterLock() = default;
    /// Error "in use" when another writer, in this process or another, holds it.
    static Result<WriterLock> take(const std::string& path, const std::string& where);
    /// Holds the journal's file too, once it is there.
    Result<void> hold_file(const std::string& path, const std::string& where);
    void release_file();
    /// Whether the file that is held still stands at its place.
    [[nodiscard]] bool is_in_place(const std::string& path) const;
    [[nodiscard]] int file() const { return file_; }
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&& other) noexcept;
    ~WriterLock();

private:
    int lock_ = -1;  ///< of PATH-lock
    int file_ = -1;  ///< of the journal
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

/// The acknowledged head, in `PATH-head`: written, not synced, before each acknowledgement.
class HeadFile {
public:
    HeadFile() = default;
    /// What the file says; `known` is false when there is none.
    static Acknowledged read(const std::string& path);
    /// Opens or makes it for writing. Errors: a link, more than one name.
    static Result<HeadFile> open(const std::string& path, const std::string& where);
    /// Makes it again when it was taken away meanwhile.
    Result<void> write(const Head& head, Instant at);
    HeadFile(HeadFile&& other) noexcept;
    HeadFile& operator=(HeadFile&& other) noexcept;
    ~HeadFile();

private:
    std::string path_, where_;
    int file_ = -1;
};

/// The room's key in `PATH-key`, 32 bytes; empty when there is none that can be read.
std::string read_key(const std::string& path);
/// Writes it through a file beside it, for its owner's eyes only.
Result<void> write_key(const std::string& path, const std::string& key, const std::string& where);
std::string fresh_key();
/// What tells one key from another without giving it away; the journal keeps it.
std::string key_mark(const std::string& key);

/// Copies bytes of an open file to a new one, 0600.
Result<void> copy_file(int from, const std::string& to);
Result<void> copy_file(const std::string& from, const std::string& to);

}  // namespace jedel::sql
