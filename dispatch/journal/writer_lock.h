#pragma once
// One writer: SQLite in WAL lets several programs write in turn, so the journal keeps its own hold.

#include <string>

#include "base/result.h"

namespace jedel {

/// An exclusive hold on the file `PATH-lock`, released when it is destroyed or its process ends,
/// however it ends. The file stays; it is empty but for the number of the process that holds it.
class WriterLock {
public:
    WriterLock() = default;
    /// Error "in use" when another writer, in this process or another, holds it.
    static Result<WriterLock> take(const std::string& journal_path, const std::string& where);
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&& other) noexcept;
    ~WriterLock();

private:
    int file_ = -1;
};

}  // namespace jedel
