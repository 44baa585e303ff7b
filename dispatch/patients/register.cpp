#include "dispatch/patients/register.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>

#include "base/install.h"
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
constexpr const char* tables = R"sql(
PRAGMA application_id = 1245991495;
CREATE TABLE IF NOT EXISTS person(
  iin TEXT PRIMARY KEY, full_name TEXT NOT NULL, birth_date TEXT NOT NULL,
  category TEXT NOT NULL, last_paid_month INTEGER, privilege TEXT NOT NULL,
  participant INTEGER NOT NULL, polyclinic INTEGER, as_of INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS source(name TEXT NOT NULL);
)sql";

Error failed(sqlite3* database, const std::string& where) {
    return Error{.message = std::string{"the register cannot be used: "} +
                            (database != nullptr ? sqlite3_errmsg(database) : "out of memory"),
                 .where = where};
}

void bind(sqlite3_stmt* statement, int index, const std::string& text) {
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
    bool store(const std::vector<RegisterRow>& rows, const std::string& source) {
        const auto insert =
            prepare(database.get(), "INSERT INTO person VALUES(?,?,?,?,?,?,?,?,?)");
        const auto insert_source = prepare(database.get(), "INSERT INTO source VALUES(?)");
        if (!insert || !insert_source) return false;
        for (const RegisterRow& row : rows) {
            sqlite3_stmt* s = insert.get();
            bind(s, 1, row.iin);
            bind(s, 2, row.full_name);
            bind(s, 3, row.birth_date);
            bind(s, 4, row.category);
            if (row.last_paid_month) sqlite3_bind_int(s, 5, *row.last_paid_month);
            else sqlite3_bind_null(s, 5);
            bind(s, 6, row.privilege);
            sqlite3_bind_int(s, 7, row.participant ? 1 : 0);
            if (row.polyclinic) {
                sqlite3_bind_int64(s, 8, static_cast<sqlite3_int64>(row.polyclinic->value));
            } else {
                sqlite3_bind_null(s, 8);
            }
            sqlite3_bind_int64(s, 9, row.as_of.ms);
            if (sqlite3_step(s) != SQLITE_DONE) return false;
            sqlite3_reset(s);
        }
        bind(insert_source.get(), 1, source);
        return sqlite3_step(insert_source.get()) == SQLITE_DONE;
    }
};

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
    const auto identity = prepare(handle, "PRAGMA application_id");
    if (!identity || sqlite3_step(identity.get()) != SQLITE_ROW) {
        return failed(handle, impl->where());
    }
    const int id = sqlite3_column_int(identity.get(), 0);
    const auto count = prepare(handle, "SELECT count(*) FROM sqlite_schema");
    if (!count || sqlite3_step(count.get()) != SQLITE_ROW) return failed(handle, impl->where());
    const bool fresh = sqlite3_column_int(count.get(), 0) == 0;
    if (!fresh && id != 1245991495) {
        return Error{.message = "not a register: a SQLite file of another kind",
                     .where = impl->where()};
    }
    if (fresh && !impl->run(tables)) return failed(handle, impl->where());
    impl->read_name();
    return PatientRegister{std::move(impl)};
}

Result<std::size_t> PatientRegister::import_file(const std::string& file) {
    const auto text = read_file(file);
    if (!text) return text.error();
    const auto rows = parse_register(*text, file);
    if (!rows) return rows.error();
    const std::string source = std::filesystem::path{file}.filename().string();
    const bool stored = impl_->run("BEGIN IMMEDIATE; DELETE FROM person; DELETE FROM source") &&
                        impl_->store(*rows, source) && impl_->run("COMMIT");
    if (!stored) {
        Error error = failed(impl_->database.get(), impl_->where());
        impl_->run("ROLLBACK");
        return error;
    }
    impl_->name = source;
    return rows->size();
}

Result<std::optional<RegisterRow>> PatientRegister::find(const std::string& iin) const {
    const auto query = prepare(impl_->database.get(),
                               "SELECT iin, full_name, birth_date, category, last_paid_month, "
                               "privilege, participant, polyclinic, as_of FROM person "
                               "WHERE iin = ?");
    if (!query) return failed(impl_->database.get(), impl_->where());
    sqlite3_stmt* s = query.get();
    bind(s, 1, iin);
    const int code = sqlite3_step(s);
    if (code == SQLITE_DONE) return std::optional<RegisterRow>{};
    if (code != SQLITE_ROW) return failed(impl_->database.get(), impl_->where());
    RegisterRow row;
    row.iin = text_at(s, 0);
    row.full_name = text_at(s, 1);
    row.birth_date = text_at(s, 2);
    row.category = text_at(s, 3);
    if (sqlite3_column_type(s, 4) != SQLITE_NULL) row.last_paid_month = sqlite3_column_int(s, 4);
    row.privilege = text_at(s, 5);
    row.privileged = !row.privilege.empty();
    row.participant = sqlite3_column_int(s, 6) != 0;
    if (sqlite3_column_type(s, 7) != SQLITE_NULL) {
        row.polyclinic = OrganisationId{static_cast<std::uint64_t>(sqlite3_column_int64(s, 7))};
    }
    row.as_of = Instant{sqlite3_column_int64(s, 8)};
    return std::optional{std::move(row)};
}

std::string PatientRegister::name() const { return impl_->name; }

}  // namespace jedel
