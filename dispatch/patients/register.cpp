#include "dispatch/patients/register.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "base/install.h"
#include "base/number.h"
#include "dispatch/patients/register_rows.h"
#include "dispatch/sqlite/sqlite.h"

namespace jedel {

namespace {

/// "JDRG" in the file's header: tells a register from any other SQLite file.
constexpr int application_id = 1245991495;
constexpr int shape = 2;  ///< user_version; 0 is the former one, with a column for each field
constexpr const char* tables = R"sql(
PRAGMA application_id = 1245991495;
PRAGMA user_version = 2;
CREATE TABLE person(iin INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE source(name TEXT NOT NULL);
)sql";

Error failed(const Error& why, const std::string& where) {
    return Error{.message = "the register cannot be used: " + why.message, .where = where};
}

}  // namespace

struct PatientRegister::Impl {
    sql::Database database;
    std::string path;
    std::string name;

    [[nodiscard]] std::string where() const { return path.empty() ? "register" : path; }

    Result<void> run(const char* statements) const {
        if (auto done = database.run(statements); !done) return failed(done.error(), where());
        return {};
    }
    void read_name() {
        auto query = database.prepare("SELECT name FROM source");
        if (!query) return;
        const auto stepped = query->step();
        if (stepped && *stepped == sql::Step::row) name = query->text(0);
    }
    Result<void> name_it(const std::string& source) {
        auto insert = database.prepare("INSERT INTO source VALUES(?)");
        if (!insert) return failed(insert.error(), where());
        insert->bind(1, std::string_view{source});
        name = source;
        if (auto done = insert->run(); !done) return failed(done.error(), where());
        return {};
    }
    Result<void> open_table();
    Result<void> renew();
};

namespace {

/// Puts rows into the table one by one; the first number that stands twice is refused.
class Inserter {
public:
    explicit Inserter(const sql::Database& database)
        : insert_(database.prepare("INSERT INTO person VALUES(?,?) ON CONFLICT DO NOTHING")),
          changed_(database.prepare("SELECT changes()")) {}

    Result<void> take(const RegisterRow& row) {
        if (!insert_ || !changed_) return failed((insert_ ? changed_ : insert_).error(), "");
        const std::string packed = pack_row(row);
        insert_->bind(1, std::int64_t{std::stoll(row.iin)});
        insert_->bind(2, std::string_view{packed});
        if (auto done = insert_->run(); !done) return failed(done.error(), "");
        const auto stepped = changed_->step();
        if (!stepped) return failed(stepped.error(), "");
        const bool taken = changed_->integer(0) > 0;
        changed_->reset();
        if (!taken) {
            return Error{.message = "the same number stands in an earlier row", .field = "iin"};
        }
        ++count_;
        return {};
    }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    Result<sql::Statement> insert_;
    Result<sql::Statement> changed_;
    std::size_t count_ = 0;
};

}  // namespace

/// Rows of the former shape are read as its CSV would be, and kept in the present one.
Result<void> PatientRegister::Impl::renew() {
    auto query = database.prepare(
        "SELECT iin, full_name, birth_date, category, CASE WHEN last_paid_month IS NULL THEN '' "
        "ELSE printf('%04d-%02d', 1970 + last_paid_month / 12, last_paid_month % 12 + 1) END, "
        "privilege, CASE participant WHEN 0 THEN 'no' ELSE 'yes' END, ifnull(polyclinic, ''), "
        "strftime('%Y-%m-%dT%H:%M:%SZ', as_of / 1000, 'unixepoch') FROM person");
    if (!query) return failed(query.error(), where());
    std::string csv = "iin,full_name,birth_date,category,last_paid,privilege,participant,"
                      "polyclinic,as_of\n";
    for (;;) {
        const auto stepped = query->step();
        if (!stepped) return failed(stepped.error(), where());
        if (*stepped == sql::Step::done) break;
        for (int column = 0; column < 9; ++column) {
            csv += column == 0 ? "\"" : ",\"";
            for (const char c : query->text(column)) csv.append(c == '"' ? 2 : 1, c);
            csv += '"';
        }
        csv += '\n';
    }
    if (auto made = run("BEGIN IMMEDIATE; ALTER TABLE person RENAME TO former; ALTER TABLE source "
                        "RENAME TO former_source");
        !made) {
        return made;
    }
    if (auto made = run(tables); !made) return made;
    Inserter inserter{database};
    auto read = read_register(csv, where(), [&](RegisterRow&& row) { return inserter.take(row); });
    if (!read) {
        (void)run("ROLLBACK");
        return read;
    }
    return run("INSERT INTO source SELECT name FROM former_source; DROP TABLE former; "
               "DROP TABLE former_source; COMMIT");
}

Result<void> PatientRegister::Impl::open_table() {
    const auto tables_there = database.integer("SELECT count(*) FROM sqlite_schema");
    if (!tables_there) return failed(tables_there.error(), where());
    if (*tables_there == 0) return run(tables);
    const auto kind = database.integer("PRAGMA application_id");
    const auto version = database.integer("PRAGMA user_version");
    if (!kind || !version) return failed((kind ? version : kind).error(), where());
    if (*kind != application_id) {
        return Error{.message = "not a register: a SQLite file of another kind",
                     .where = where()};
    }
    if (*version == shape) return {};
    if (*version == 0) return renew();
    return Error{.message = "a register of shape " + std::to_string(*version) +
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
    auto database = sql::Database::open(path.empty() ? ":memory:" : path,
                                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, impl->where());
    if (!database) return failed(database.error(), impl->where());
    impl->database = std::move(database).value();
    if (auto done = impl->open_table(); !done) return done.error();
    impl->read_name();
    return PatientRegister{std::move(impl)};
}

Result<std::size_t> PatientRegister::import_file(const std::string& file) {
    const auto text = read_file(file);
    if (!text) return text.error();
    const std::string source = std::filesystem::path{file}.filename().string();
    const std::string before = impl_->name;
    if (auto begun = impl_->run("BEGIN IMMEDIATE; DELETE FROM person; DELETE FROM source");
        !begun) {
        return begun.error();
    }
    Inserter inserter{impl_->database};
    auto done = read_register(*text, file,
                              [&](RegisterRow&& row) { return inserter.take(row); });
    if (done) done = impl_->name_it(source);
    if (done) done = impl_->run("COMMIT");
    if (done) return inserter.count();
    (void)impl_->run("ROLLBACK");
    impl_->name = before;
    return done.error();
}

Result<std::optional<RegisterRow>> PatientRegister::find(const std::string& iin) const {
    auto query = impl_->database.prepare("SELECT record FROM person WHERE iin = ?");
    if (!query) return failed(query.error(), impl_->where());
    const auto number = read_number<std::int64_t>(iin);
    if (!number) return std::optional<RegisterRow>{};
    query->bind(1, *number);
    const auto stepped = query->step();
    if (!stepped) return failed(stepped.error(), impl_->where());
    if (*stepped == sql::Step::done) return std::optional<RegisterRow>{};
    auto row = unpack_row(query->text(0));
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
    auto query = impl_->database.prepare("SELECT record FROM person ORDER BY iin");
    if (!query) return failed(query.error(), impl_->where());
    for (;;) {
        const auto stepped = query->step();
        if (!stepped) return failed(stepped.error(), impl_->where());
        if (*stepped == sql::Step::done) return {};
        const auto row = unpack_row(query->text(0));
        if (!row) {
            return Error{.message = "a row of the register is damaged", .where = impl_->where()};
        }
        if (!each(*row)) return {};
    }
}

std::string PatientRegister::name() const { return impl_->name; }

}  // namespace jedel
