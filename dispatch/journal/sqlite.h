#pragma once
// SQLite in a thin coat: handles that close themselves, errors as values. Private to this folder.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel::sql {

enum class Step : std::uint8_t { row, done };

class Database;

/// A prepared statement. Bound text and blobs must outlive the step; not thread-safe.
class Statement {
public:
    Statement() = default;
    void bind(int index, std::int64_t value) { sqlite3_bind_int64(handle_.get(), index, value); }
    void bind(int index, double value) { sqlite3_bind_double(handle_.get(), index, value); }
    void bind(int index, std::string_view text);
    void bind_blob(int index, std::span<const unsigned char> bytes);
    /// One row, the end, or an error. After the end or an error the statement is ready again.
    Result<Step> step();
    /// Runs a statement that gives no rows.
    Result<void> run();
    void reset() { sqlite3_reset(handle_.get()); }

    [[nodiscard]] std::int64_t integer(int column) const {
        return sqlite3_column_int64(handle_.get(), column);
    }
    [[nodiscard]] double real(int column) const {
        return sqlite3_column_double(handle_.get(), column);
    }
    /// Valid until the next step or reset.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::span<const unsigned char> blob(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    std::string where_;
};

/// One connection, used from one thread at a time.
class Database {
public:
    Database() = default;
    /// `flags` as for sqlite3_open_v2; `where` names the journal in errors.
    static Result<Database> open(const std::string& path, int flags, std::string where);
    Result<Statement> prepare(std::string_view text) const;
    /// Runs statements without parameters or rows.
    Result<void> run(const char* text) const;
    /// The first column of the first row of a query; an error when there is no row.
    Result<std::int64_t> integer(const char* query) const;
    [[nodiscard]] const std::string& where() const { return where_; }
    [[nodiscard]] bool in_transaction() const {
        return sqlite3_get_autocommit(handle_.get()) == 0;
    }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
    std::string where_;
};

/// The error of the last failed call on a connection, as one clear line.
Error last_error(sqlite3* database, int code, const std::string& where);

}  // namespace jedel::sql
