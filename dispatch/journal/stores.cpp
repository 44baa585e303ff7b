// Which store stands behind a URL: one line for each.

#include "dispatch/journal/rows.h"
#include "dispatch/journal/sqlite/door.h"

namespace jedel {

Result<std::unique_ptr<StoreDoor>> find_store(const std::string& url, JournalMode mode) {
    if (url.starts_with(sql::scheme)) return sql::find_door(url, mode);
    return Error{.message = "cannot be opened as a journal; expected sqlite:PATH", .where = url};
}

}  // namespace jedel
