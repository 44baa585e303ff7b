#include "dispatch/sqlite/sqlite.h"

#include <algorithm>
#include <cstring>
#include <thread>

namespace jedel::sql {

Error last_error(sqlite3* database, int code, const std::string& where) {
    std::string message;
    switch (code & 0xff) {
        case SQLITE_FULL: message = "the disk is full; nothing was stored"; break;
        case SQLITE_IOERR: message = "reading or writing failed"; break;
        case SQLITE_CORRUPT: message = "the file is damaged"; break;
        case SQLITE_NOTADB: message = "not a journal or register: expected a SQLite file"; break;
        case SQLITE_READONLY: message = "the file or its folder cannot be written"; break;
        case SQLITE_CANTOPEN: message = "cannot be opened"; break;
        case SQLITE_BUSY: message = "another program holds it"; break;
        default: message = "SQLite refused"; break;
    }
    if (database != nullptr) {
        message += std::string{" ("} + sqlite3_errmsg(database);
        const int system_error = sqlite3_system_errno(database);
        const int primary = code & 0xff;
        if (system_error != 0 && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN ||
                                  primary == SQLITE_FULL)) {
            message += std::string{", "} + std::strerror(system_error);
        }
        message += ")";
    }
    return Error{.message = std::move(message), .where = where};
}

namespace {

/// Called by SQLite while another program holds the file; 0 gives up.
int wait_a_little(void* context, int tries) {
    using std::chrono::milliseconds;
    auto& patience = *static_cast<Patience*>(context);
    const auto now = std::chrono::steady_clock::now();
    if (tries == 0) {
        patience.began = now;
        patience.said_s = 0;
    }
    const auto waited = std::chrono::duration_cast<milliseconds>(now - patience.began);
    if (waited.count() >= patience.limit_ms) return 0;
    if (waited.count() / 1000 > patience.said_s) {
        patience.said_s = waited.count() / 1000;
        if (patience.says) patience.says(waited);
    }
    std::this_thread::sleep_for(milliseconds{std::min(25, 1 + tries)});
    return 1;
}

}  // namespace

void Statement::bind(int index, std::string_view text) {
    // A null pointer would bind NULL; an empty text is not NULL.
    const char* start = text.data() != nullptr ? text.data() : "";
    sqlite3_bind_text64(handle_.get(), index, start, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind_blob(int index, std::span<const unsigned char> bytes) {
    sqlite3_bind_blob64(handle_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

void Statement::bind_blob(int index, std::string_view bytes) {
    // A null pointer would bind NULL.
    const char* start = bytes.data() != nullptr ? bytes.data() : "";
    sqlite3_bind_blob64(handle_.get(), index, start, bytes.size(), SQLITE_STATIC);
}

Result<Step> Statement::step() {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return Step::row;
    if (code == SQLITE_DONE) {
        sqlite3_reset(handle_.get());
        return Step::done;
    }
    Error error = last_error(sqlite3_db_handle(handle_.get()),
                             sqlite3_extended_errcode(sqlite3_db_handle(handle_.get())), where_);
    sqlite3_reset(handle_.get());
    return error;
}

Result<void> Statement::run() {
    const auto stepped = step();
    if (!stepped) return stepped.error();
    if (*stepped == Step::row) reset();
    return {};
}

std::string_view Statement::text(int column) const {
    const unsigned char* start = sqlite3_column_text(handle_.get(), column);
    if (start == nullptr) return {};
    return {reinterpret_cast<const char*>(start),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

std::span<const unsigned char> Statement::blob(int column) const {
    const void* start = sqlite3_column_blob(handle_.get(), column);
    if (start == nullptr) return {};
    return {static_cast<const unsigned char*>(start),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

std::string Statement::bytes(int column) const {
    const auto all = blob(column);
    return {reinterpret_cast<const char*>(all.data()), all.size()};
}

Result<Database> Database::open(const std::string& path, int flags, std::string where) {
    Database out;
    out.where_ = std::move(where);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    out.handle_.reset(handle);
    if (code != SQLITE_OK) return last_error(handle, code, out.where_);
    out.patience_ = std::make_unique<Patience>();
    sqlite3_busy_handler(handle, wait_a_little, out.patience_.get());
    if ((flags & SQLITE_OPEN_READONLY) != 0) {
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    // What was deleted is overwritten: no name stays in a free page.
    if (auto set = out.run("PRAGMA secure_delete=ON"); !set && (flags & SQLITE_OPEN_READWRITE)) {
        return set.error();
    }
    return out;
}

bool Database::is_held() const {
    const int code = sqlite3_errcode(handle_.get()) & 0xff;
    return code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_PROTOCOL;
}

Result<Statement> Database::prepare(std::string_view text) const {
    Statement out;
    out.where_ = where_;
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    out.handle_.reset(handle);
    if (code != SQLITE_OK) return last_error(handle_.get(), code, where_);
    return out;
}

Result<void> Database::run(const char* text) const {
    const int code = sqlite3_exec(handle_.get(), text, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return last_error(handle_.get(), code, where_);
    return {};
}

Result<std::int64_t> Database::integer(const char* query) const {
    auto statement = prepare(query);
    if (!statement) return statement.error();
    const auto stepped = statement->step();
    if (!stepped) return stepped.error();
    if (*stepped == Step::done) {
        return Error{.message = "the query gave no row", .where = where_};
    }
    return statement->integer(0);
}

}  // namespace jedel::sql
