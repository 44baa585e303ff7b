#pragma once
// SQLite in a thin coat: handles that close themselves, errors as values. The journal, the register
// and the index of cards use this one.

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel::sql {

enum class Step : std::uint8_t { row, done };

/// How a connection waits for another program that holds the file.
struct Patience {
    std::atomic<std::int64_t> limit_ms{2000};
    std::function<void(std::chrono::milliseconds)> says;  ///< after each second of a wait
    std::chrono::steady_clock::time_point began{};
    std::int64_t said_s = 0;
};

/// A prepared statement. Bound text and blobs must outlive the step; not thread-safe.
class Statement {
public:
    Statement() = default;
    void bind(int index, std::int64_t value) { sqlite3_bind_int64(handle_.get(), index, value); }
    void bind(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, double value) { sqlite3_bind_double(handle_.get(), index, value); }
    void bind(int index, std::string_view text);
    void bind_blob(int index, std::span<const unsigned char> bytes);
    void bind_blob(int index, std::string_view bytes);
    /// One row, the end, or an error. After the end or an error the statement is ready again.
    Result<Step> step();
    /// Runs a statement that gives no rows.
    Result<void> run();
    void reset() { sqlite3_reset(handle_.get()); }

    [[nodiscard]] std::int64_t integer(int column) const {
        return sqlite3_column_int64(handle_.get(), column);
    }
    [[nodiscard]] std::uint64_t number(int column) const {
        return static_cast<std::uint64_t>(integer(column));
    }
    [[nodiscard]] double real(int column) const {
        return sqlite3_column_double(handle_.get(), column);
    }
    /// Valid until the next step or reset.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::span<const unsigned char> blob(int column) const;
    [[nodiscard]] std::string bytes(int column) const;

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
    /// `flags` as for sqlite3_open_v2; `where` names the file in errors. A connection for
    /// reading leaves the log beside the file as it is when it closes.
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
    /// Whether the last call failed because another program holds the file: no failure, a wait.
    [[nodiscard]] bool is_held() const;
    [[nodiscard]] Patience& patience() const { return *patience_; }
    /// How many rows the last statement changed.
    [[nodiscard]] int changed() const { return sqlite3_changes(handle_.get()); }
    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<Patience> patience_;  ///< before the handle, which points to it
    std::unique_ptr<sqlite3, Close> handle_;
    std::string where_;
};

/// The error of the last failed call on a connection, as one clear line.
Error last_error(sqlite3* database, int code, const std::string& where);

}  // namespace jedel::sql
