// Opening a journal: found, examined, then entered; what was lost needs a person.

#include <limits>
#include <utility>

#include "dispatch/core/codec.h"
#include "dispatch/journal/moving.h"
#include "dispatch/journal/rows.h"

namespace jedel {

namespace {

Error at(Error error, const std::string& url) {
    if (error.where.empty()) error.where = url;
    return error;
}

/// The sound events and personal rows of one store into an empty one.
Result<void> move_sound(Store& from, Store& to, std::uint64_t last) {
    if (auto begun = to.begin_batch(); !begun) return begun;
    Moving moving{to};
    std::optional<Error> wrong;
    auto read = from.read_rows(0, last, [&](const StoredEvent& row, const auto& hash) {
        if (auto taken = moving.take(row, *hash); !taken) wrong = taken.error();
        return !wrong;
    });
    if (!read) return read;
    if (wrong) return *wrong;
    if (auto done = moving.flush(); !done) return done;
    if (auto done = to.commit_batch(); !done) return done;
    std::vector<PersonalRow> rows;
    // An error after the readable rows costs those that cannot be read.
    static_cast<void>(from.read_personal([&](const PersonalRow& row) { rows.push_back(row); }));
    const auto erasures = from.erasures();
    return to.put_personal(rows, erasures ? *erasures : std::vector<ErasureRow>{});
}

/// Makes the tables of commands and guards say again what the events say.
Result<void> mend_derived(Store& store, std::uint64_t last) {
    std::vector<CommandRow> commands;
    std::vector<GuardRow> guards;
    std::optional<Error> wrong;
    auto read = store.read_rows(0, last, [&](const StoredEvent& row, const auto&) {
        if (commands.empty() || commands.back().id != row.command_id) {
            commands.push_back({std::string{row.command_id}, row.seq, row.seq, {}});
        }
        commands.back().last = row.seq;
        const auto event = decode_event(row);
        if (!event) {
            wrong = event.error();
            return false;
        }
        if (auto guard = guard_of(event->event)) guards.push_back(*guard);
        return true;
    });
    if (!read) return read;
    if (wrong) return *wrong;
    return store.replace_derived(commands, guards);
}

bool mentions_commands(const Examination& found) {
    for (const std::string& line : found.report) {
        if (line.find("the table of commands") != std::string::npos) return true;
    }
    return false;
}

/// A journal of the sound events takes the place of the damaged one.
Result<void> replace_damaged(StoreDoor& door, Store& damaged, const Examination& found) {
    if (found.gap_first != 0) {
        return Error{.message = "damaged before and after its snapshot; export it and import the "
                                "lines into a new journal"};
    }
    {
        auto draft = door.enter_draft();
        if (!draft) return draft.error();
        if (auto moved = move_sound(damaged, **draft, found.head.seq); !moved) return moved;
    }
    return door.put_in_place();
}

/// A person goes on with what is there; everything is kept aside first.
Result<std::unique_ptr<Journal>> go_on(StoreDoor& door, std::unique_ptr<Store> seen,
                                       const Examination& found) {
    auto aside = door.keep_aside();
    if (!aside) return aside.error();
    if (found.damaged) {
        if (auto replaced = replace_damaged(door, *seen, found); !replaced) {
            return replaced.error();
        }
    }
    seen.reset();
    auto store = door.enter();
    if (!store) return store.error();
    auto again = examine(**store);
    if (!again) return again.error();
    again->report.push_back("a person went on after a loss (" + found.loss +
                            "); the old files are kept in " + *aside);
    return std::make_unique<Journal>(std::move(store).value(), std::move(again).value());
}

/// Rows of format 1 have no digest yet.
Result<void> cover_old_rows(Store& store) {
    std::vector<PersonalRow> bare;
    static_cast<void>(store.read_personal([&](const PersonalRow& row) {
        if (row.digest.empty()) bare.push_back(row);
    }));
    if (bare.empty() || store.key().empty()) return {};
    for (PersonalRow& row : bare) row.digest = personal_digest(store.key(), row);
    return store.put_personal(bare, {});
}

Result<std::unique_ptr<Journal>> open_for_reading(const std::string& url) {
    auto door = find_store(url, JournalMode::read_only);
    if (!door) return door.error();
    auto store = (*door)->inspect();
    if (!store) return at(store.error(), url);
    auto found = examine(**store);
    if (!found) return at(found.error(), url);
    return std::make_unique<Journal>(std::move(store).value(), std::move(found).value());
}

Result<std::unique_ptr<Journal>> open_for_writing(const std::string& url, bool accept_loss) {
    auto door = find_store(url, JournalMode::read_write);
    if (!door) return door.error();
    if ((*door)->is_new()) {
        auto store = (*door)->enter();
        if (!store) return at(store.error(), url);
        return std::make_unique<Journal>(std::move(store).value(), Examination{});
    }
    auto seen = (*door)->inspect();
    if (!seen) return at(seen.error(), url);
    auto found = examine(**seen);
    if (!found) return at(found.error(), url);
    if (!found->loss.empty()) {
        if (accept_loss) {
            auto gone_on = go_on(**door, std::move(seen).value(), *found);
            if (!gone_on) return at(gone_on.error(), url);
            return gone_on;
        }
        // Only to be looked at until a person accepts it; nobody is held off meanwhile.
        seen->reset();
        door->reset();
        return open_for_reading(url);
    }
    seen->reset();
    auto store = (*door)->enter();
    if (!store) return at(store.error(), url);
    if ((*store)->was_lifted()) {
        if (auto covered = cover_old_rows(**store); !covered) return at(covered.error(), url);
    }
    if (mentions_commands(*found)) {
        if (auto mended = mend_derived(**store, found->head.seq); !mended) {
            return at(mended.error(), url);
        }
    }
    return std::make_unique<Journal>(std::move(store).value(), std::move(found).value());
}

}  // namespace

Result<std::unique_ptr<Journal>> open_journal(const std::string& url, const OpenOptions& options) {
    if (options.mode == JournalMode::read_write) return open_for_writing(url, options.accept_loss);
    return open_for_reading(url);
}

Result<std::unique_ptr<Journal>> open_journal(const std::string& url, JournalMode mode) {
    return open_journal(url, OpenOptions{.mode = mode, .accept_loss = false});
}

Result<Head> backup_journal(const std::string& url, const std::string& to) {
    auto door = find_store(url, JournalMode::read_only);
    if (!door) return door.error();
    if (auto copied = (*door)->copy_to(to); !copied) return at(copied.error(), url);
    const auto scheme = url.substr(0, url.find(':') + 1);
    auto copy = open_journal(scheme + to, JournalMode::read_only);
    if (!copy) return copy.error();
    if (!(*copy)->warning().empty()) {
        return Error{.message = "the copy is not sound: " + (*copy)->warning(), .where = to};
    }
    return (*copy)->head();
}

}  // namespace jedel
