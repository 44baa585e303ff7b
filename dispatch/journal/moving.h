#pragma once
// Rows on their way from one store, or from exported lines, to another.

#include <string>
#include <vector>

#include "dispatch/journal/rows.h"

namespace jedel {

/// Takes rows as they are, a command's events at a time.
class Moving {
public:
    explicit Moving(Store& to) : to_(to) {}
    /// Digests of commands are taken over from there where they fit.
    void digest_from(Store& from) { from_ = &from; }
    /// Errors: the row cannot be decoded, the store refused it.
    Result<void> take(const StoredEvent& row, const Hash& hash);
    /// Stores the last command's.
    Result<void> flush();

private:
    struct Texts {
        std::string actor, seat, kind, payload, attached;
    };
    struct Row {
        std::uint64_t seq;
        std::int64_t at_ms;
        int version;
        Hash hash;
    };
    Store& to_;
    Store* from_ = nullptr;
    Head head_;
    std::vector<Texts> texts_;
    std::vector<Row> rows_;
    std::vector<CommandRow> commands_;
    std::vector<GuardRow> guards_;
};

}  // namespace jedel
