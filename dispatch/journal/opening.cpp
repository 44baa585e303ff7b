// Opening a journal: found, examined, then entered; what was lost needs a person.

#include <utility>

#include "dispatch/journal/rows.h"
#include "dispatch/journal/salvage.h"

namespace jedel {

namespace {

Error at(Error error, const std::string& url) {
    if (error.where.empty()) error.where = url;
    return error;
}

bool mentions_commands(const Examination& found) {
    for (const std::string& line : found.report) {
        if (line.find("the table of commands") != std::string::npos) return true;
    }
    return false;
}

/// Everything is kept aside, then a journal of what is sound takes the place of the damaged one:
/// a file that is torn somewhere may refuse the next writing, or the one in a month.
Result<std::unique_ptr<Journal>> rebuild(StoreDoor& door, std::unique_ptr<Store> seen,
                                         const Examination& found, const std::string& why) {
    auto aside = door.keep_aside();
    if (!aside) return aside.error();
    Examination whole = found;
    // Opening checked the newest events only.
    if (whole.gap_first == 0) {
        const ChainCheck check = check_chain(*seen, Head{}, found.head.seq);
        if (check.sound.seq < found.head.seq) whole.gap_first = check.sound.seq + 1;
    }
    std::vector<std::string> notes;
    {
        auto draft = door.enter_draft();
        if (!draft) return draft.error();
        if (auto moved = move_sound(*seen, **draft, whole, notes); !moved) return moved.error();
    }
    seen.reset();
    if (auto placed = door.put_in_place(); !placed) return placed.error();
    auto store = door.enter();
    if (!store) return store.error();
    auto again = examine(**store);
    if (!again) return again.error();
    again->report.push_back(why + "; the old files are kept in " + *aside);
    again->report.insert(again->report.end(), notes.begin(), notes.end());
    return std::make_unique<Journal>(std::move(store).value(), std::move(again).value());
}

/// What is wrong with the file's pages although every event can be read; empty: nothing. Only
/// after a writer that did not leave in order: a start stays quick on a journal of years.
std::string torn(Store& store) {
    if (store.acknowledged().closed) return {};
    for (const std::string& odd : store.check_self(true).odd) {
        if (odd.starts_with("the file: ")) return odd;
    }
    return {};
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
            auto gone_on = rebuild(**door, std::move(seen).value(), *found,
                                   "a person went on after a loss (" + found->loss + ")");
            if (!gone_on) return at(gone_on.error(), url);
            return gone_on;
        }
        // Only to be looked at until a person accepts it; nobody is held off meanwhile.
        seen->reset();
        door->reset();
        return open_for_reading(url);
    }
    if (const std::string what = torn(**seen); !what.empty()) {
        auto mended = rebuild(**door, std::move(seen).value(), *found,
                              "the file was torn (" + what + ") and was made anew of its rows");
        if (!mended) return at(mended.error(), url);
        return mended;
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
