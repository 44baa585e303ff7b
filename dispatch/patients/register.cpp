#include "dispatch/patients/register.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>

#include "base/install.h"
#include "base/number.h"
#include "dispatch/patients/register_rows.h"

namespace jedel {

namespace {

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using DatabasePtr = std::unique_ptr<sqlite3, Close>;
using StatementPtr = std::unique_ptr<sqlite3_stmt, Finalize>;

/// "JDRG" in the file's header: tells a register from any other SQLite file.
constexpr int application_id = 1245991495;
constexpr int shape = 2;  ///< user_version; 0 is the former one, with a column for each field
constexpr const char* tables = R"sql(
PRAGMA application_id = 1245991495;
PRAGMA user_version = 2;
CREATE TABLE person(iin INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE source(name TEXT NOT NULL);
)sql";

Error failed(sqlite3* database, const std::string& where) {
    return Error{.message = std::string{"the register cannot be used: "} +
                            (database != nullptr ? sqlite3_errmsg(database) : "out of memory"),
                 .where = where};
}

void bind_text(sqlite3_stmt* statement, int index, const std::string& text) {
    sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

std::string text_at(sqlite3_stmt* statement, int column) {
    const unsigned char* text = sqlite3_column_text(statement, column);
    return text == nullptr ? std::string{}
                           : std::string{reinterpret_cast<const char*>(text),
                                         static_cast<std::size_t>(
                                             sqlite3_column_bytes(statement, column))};
}

StatementPtr prepare(sqlite3* database, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
    return StatementPtr{statement};
}

}  // namespace

struct PatientRegister::Impl {
    DatabasePtr database;
    std::string path;
    std::string name;

    [[nodiscard]] std::string where() const { return path.empty() ? "register" : path; }

    bool run(const char* sql) const {
        return sqlite3_exec(database.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    void read_name() {
        const auto query = prepare(database.get(), "SELECT name FROM source");
        if (query && sqlite3_step(query.get()) == SQLITE_ROW) name = text_at(query.get(), 0);
    }
    [[nodiscard]] int pragma(const char* sql) const {
        const auto query = prepare(database.get(), sql);
        if (!query || sqlite3_step(query.get()) != SQLITE_ROW) return -1;
        return sqlite3_column_int(query.get(), 0);
    }
    bool name_it(const std::string& source) {
        const auto insert = prepare(database.get(), "INSERT INTO source VALUES(?)");
        if (!insert) return false;
        bind_text(insert.get(), 1, source);
        name = source;
        return sqlite3_step(insert.get()) == SQLITE_DONE;
    }
    Result<void> open_table();
    Result<void> renew();
};

namespace {

/// Puts rows into the table one by one; the first number that stands twice is refused.
class Inserter {
public:
    explicit Inserter(sqlite3* database)
        : database_(database), insert_(prepare(database, "INSERT INTO person VALUES(?,?)")) {}

    Result<void> take(const RegisterRow& row) {
        sqlite3_stmt* s = insert_.get();
        if (s == nullptr) return failed(database_, "");
        const std::string packed = pack_row(row);
        sqlite3_bind_int64(s, 1, std::stoll(row.iin));
        bind_text(s, 2, packed);
        const int code = sqlite3_step(s);
        sqlite3_reset(s);
        if (code == SQLITE_CONSTRAINT) {
            return Error{.message = "the same number stands in an earlier row", .field = "iin"};
        }
        if (code != SQLITE_DONE) return failed(database_, "");
        ++count_;
        return {};
    }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    sqlite3* database_;
    StatementPtr insert_;
    std::size_t count_ = 0;
};

}  // namespace

/// Rows of the former shape are read as its CSV would be, and kept in the present one.
Result<void> PatientRegister::Impl::renew() {
    const auto query = prepare(
        database.get(),
        "SELECT iin, full_name, birth_date, category, CASE WHEN last_paid_month IS NULL THEN '' "
        "ELSE printf('%04d-%02d', 1970 + last_paid_month / 12, last_paid_month % 12 + 1) END, "
        "privilege, CASE participant WHEN 0 THEN 'no' ELSE 'yes' END, ifnull(polyclinic, ''), "
        "strftime('%Y-%m-%dT%H:%M:%SZ', as_of / 1000, 'unixepoch') FROM person");
    if (!query) return failed(database.get(), where());
    std::string csv = "iin,full_name,birth_date,category,last_paid,privilege,participant,"
                      "polyclinic,as_of\n";
    while (sqlite3_step(query.get()) == SQLITE_ROW) {
        for (int column = 0; column < 9; ++column) {
            csv += column == 0 ? "\"" : ",\"";
            for (const char c : text_at(query.get(), column)) csv.append(c == '"' ? 2 : 1, c);
            csv += '"';
        }
        csv += '\n';
    }
    sqlite3_reset(query.get());
    if (!run("BEGIN IMMEDIATE; ALTER TABLE person RENAME TO former; ALTER TABLE source RENAME TO "
             "former_source") ||
        !run(tables)) {
        return failed(database.get(), where());
    }
    Inserter inserter{database.get()};
    auto read = read_register(csv, where(), [&](RegisterRow&& row) { return inserter.take(row); });
    if (!read) {
        run("ROLLBACK");
        return read;
    }
    if (!run("INSERT INTO source SELECT name FROM former_source; DROP TABLE former; "
             "DROP TABLE former_source; COMMIT")) {
        return failed(database.get(), where());
    }
    return {};
}

Result<void> PatientRegister::Impl::open_table() {
    const int tables_there = pragma("SELECT count(*) FROM sqlite_schema");
    if (tables_there < 0) return failed(database.get(), where());
    if (tables_there == 0) {
        if (!run(tables)) return failed(database.get(), where());
        return {};
    }
    if (pragma("PRAGMA application_id") != application_id) {
        return Error{.message = "not a register: a SQLite file of another kind",
                     .where = where()};
    }
    const int version = pragma("PRAGMA user_version");
    if (version == shape) return {};
    if (version == 0) return renew();
    return Error{.message = "a register of shape " + std::to_string(version) +
                            ", made by a newer program",
                 .where = where()};
}

PatientRegister::PatientRegister(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PatientRegister::PatientRegister(PatientRegister&&) noexcept = default;
PatientRegister& PatientRegister::operator=(PatientRegister&&) noexcept = default;
PatientRegister::~PatientRegister() = default;

Result<PatientRegister> PatientRegister::open(const std::string& path) {
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    // For its owner's eyes only: it holds personal data.
    if (!path.empty()) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file >= 0) ::close(file);
    }
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.empty() ? ":memory:" : path.c_str(), &handle,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    impl->database.reset(handle);
    if (code != SQLITE_OK || !impl->run("PRAGMA busy_timeout = 2000")) {
        return failed(handle, impl->where());
    }
    if (auto done = impl->open_table(); !done) return done.error();
    impl->read_name();
    return PatientRegister{std::move(impl)};
}

Result<std::size_t> PatientRegister::import_file(const std::string& file) {
    const auto text = read_file(file);
    if (!text) return text.error();
    const std::string source = std::filesystem::path{file}.filename().string();
    const std::string before = impl_->name;
    if (!impl_->run("BEGIN IMMEDIATE; DELETE FROM person; DELETE FROM source")) {
        return failed(impl_->database.get(), impl_->where());
    }
    Inserter inserter{impl_->database.get()};
    const auto read = read_register(*text, file,
                                    [&](RegisterRow&& row) { return inserter.take(row); });
    if (read && impl_->name_it(source) && impl_->run("COMMIT")) return inserter.count();
    Error error = read ? failed(impl_->database.get(), impl_->where()) : read.error();
    impl_->run("ROLLBACK");
    impl_->name = before;
    return error;
}

Result<std::optional<RegisterRow>> PatientRegister::find(const std::string& iin) const {
    const auto query = prepare(impl_->database.get(), "SELECT record FROM person WHERE iin = ?");
    if (!query) return failed(impl_->database.get(), impl_->where());
    const auto number = read_number<std::int64_t>(iin);
    if (!number) return std::optional<RegisterRow>{};
    sqlite3_bind_int64(query.get(), 1, *number);
    const int code = sqlite3_step(query.get());
    if (code == SQLITE_DONE) return std::optional<RegisterRow>{};
    if (code != SQLITE_ROW) return failed(impl_->database.get(), impl_->where());
    auto row = unpack_row(text_at(query.get(), 0));
    if (!row) return Error{.message = "a row of the register is damaged", .where = impl_->where()};
    return row;
}

Result<std::vector<RegisterRow>> PatientRegister::joined(const RegisterRow& row) const {
    std::vector<RegisterRow> out;
    for (const std::string& iin : row.also_iin) {
        auto other = find(iin);
        if (!other) return other.error();
        if (*other) out.push_back(std::move(**other));
    }
    return out;
}

Result<void> PatientRegister::for_each(const std::function<bool(const RegisterRow&)>& each) const {
    const auto query =
        prepare(impl_->database.get(), "SELECT record FROM person ORDER BY iin");
    if (!query) return failed(impl_->database.get(), impl_->where());
    int code = sqlite3_step(query.get());
    for (; code == SQLITE_ROW; code = sqlite3_step(query.get())) {
        const auto row = unpack_row(text_at(query.get(), 0));
        if (!row) {
            return Error{.message = "a row of the register is damaged", .where = impl_->where()};
        }
        if (!each(*row)) return {};
    }
    if (code != SQLITE_DONE) return failed(impl_->database.get(), impl_->where());
    return {};
}

std::string PatientRegister::name() const { return impl_->name; }

}  // namespace jedel
