// The register's file: its tables, their former shape, and rows put into them.

#include "dispatch/patients/register_table.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/number.h"
#include "dispatch/patients/register_rows.h"

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
/// Made where it is missing: a register without it is read as one without telephones. The trigger
/// keeps numbers of a former import from pointing to people of a later one.
constexpr const char* phone_table = R"sql(
CREATE TABLE IF NOT EXISTS phone(number INTEGER NOT NULL, iin INTEGER NOT NULL,
                                 PRIMARY KEY(number, iin)) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS phone_of_source AFTER DELETE ON source
BEGIN DELETE FROM phone; END;
)sql";

Error failed(const Error& why, const std::string& where) {
    return Error{.message = "the register cannot be used: " + why.message, .where = where};
}

/// Puts rows into the table one by one; the first number that stands twice is refused.
class Inserter {
public:
    explicit Inserter(const sql::Database& database)
        : database_(database),
          insert_(database.prepare("INSERT INTO person VALUES(?,?) ON CONFLICT DO NOTHING")),
          phone_(database.prepare("INSERT OR IGNORE INTO phone VALUES(?,?)")) {}

    Result<void> take(const RegisterRow& row, std::string_view phone) {
        if (!insert_ || !phone_) return failed((insert_ ? phone_ : insert_).error(), "");
        pack_row(row, packed_);
        const auto iin = read_number<std::int64_t>(row.iin);
        if (!iin) return Error{.message = "expected 12 digits of a person", .field = "iin"};
        insert_->bind(1, *iin);
        insert_->bind(2, std::string_view{packed_});
        if (auto done = insert_->run(); !done) return failed(done.error(), "");
        if (database_.changed() == 0) {
            return Error{.message = "the same number stands in an earlier row", .field = "iin"};
        }
        ++count_;
        if (phone.empty()) return {};
        const auto number = phone_number(phone);
        if (!number) return Error{.message = "expected a telephone number", .field = "phone"};
        phone_->bind(1, *number);
        phone_->bind(2, *iin);
        if (auto done = phone_->run(); !done) return failed(done.error(), "");
        return {};
    }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    const sql::Database& database_;
    Result<sql::Statement> insert_;
    Result<sql::Statement> phone_;
    std::string packed_{};
    std::size_t count_ = 0;
};

/// Rows of the former shape are read as its CSV would be, and kept in the present one.
Result<void> renew(const sql::Database& database, const std::string& where) {
    auto query = database.prepare(
        "SELECT iin, full_name, birth_date, category, CASE WHEN last_paid_month IS NULL THEN '' "
        "ELSE printf('%04d-%02d', 1970 + last_paid_month / 12, last_paid_month % 12 + 1) END, "
        "privilege, CASE participant WHEN 0 THEN 'no' ELSE 'yes' END, ifnull(polyclinic, ''), "
        "strftime('%Y-%m-%dT%H:%M:%SZ', as_of / 1000, 'unixepoch') FROM person");
    if (!query) return failed(query.error(), where);
    std::string csv = "iin,full_name,birth_date,category,last_paid,privilege,participant,"
                      "polyclinic,as_of\n";
    for (;;) {
        const auto stepped = query->step();
        if (!stepped) return failed(stepped.error(), where);
        if (*stepped == sql::Step::done) break;
        for (int column = 0; column < 9; ++column) {
            csv += column == 0 ? "\"" : ",\"";
            for (const char c : query->text(column)) csv.append(c == '"' ? 2 : 1, c);
            csv += '"';
        }
        csv += '\n';
    }
    if (auto made = database.run("BEGIN IMMEDIATE; ALTER TABLE person RENAME TO former; "
                                 "ALTER TABLE source RENAME TO former_source");
        !made) {
        return made;
    }
    if (auto made = database.run(tables); !made) return made;
    if (auto made = database.run(phone_table); !made) return made;
    Inserter inserter{database};
    auto read = read_register(csv, where, [&](RegisterRow&& row, std::string_view phone) {
        return inserter.take(row, phone);
    });
    if (!read) {
        (void)database.run("ROLLBACK");
        return read;
    }
    return database.run("INSERT INTO source SELECT name FROM former_source; DROP TABLE former; "
               "DROP TABLE former_source; COMMIT");
}

Result<void> make_tables(const sql::Database& database, const std::string& where) {
    const auto tables_there = database.integer("SELECT count(*) FROM sqlite_schema");
    if (!tables_there) return failed(tables_there.error(), where);
    if (*tables_there == 0) {
        if (auto made = database.run(tables); !made) return made;
        return database.run(phone_table);
    }
    const auto kind = database.integer("PRAGMA application_id");
    const auto version = database.integer("PRAGMA user_version");
    if (!kind || !version) return failed((kind ? version : kind).error(), where);
    if (*kind != application_id) {
        return Error{.message = "not a register: a SQLite file of another kind",
                     .where = where};
    }
    if (*version == 0) {
        if (auto renewed = renew(database, where); !renewed) return renewed;
    }
    if (*version == shape || *version == 0) {
        // A register on a disk that cannot be written is still read, without telephones.
        (void)database.run(phone_table);
        return {};
    }
    return Error{.message = "a register of shape " + std::to_string(*version) +
                            ", made by a newer program",
                 .where = where};
}

}  // namespace

std::optional<std::int64_t> phone_number(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
        else if (std::string_view{" +-()\t\r"}.find(c) == std::string_view::npos) return {};
    }
    // +7 701 …, 8 701 … and 701 … are one number.
    if (digits.size() == 11 && (digits[0] == '7' || digits[0] == '8')) digits.erase(0, 1);
    if (digits.size() < 5 || digits.size() > 15) return {};
    return read_number<std::int64_t>(digits);
}

Result<sql::Database> open_register_table(const std::string& path) {
    const std::string where = path.empty() ? "register" : path;
    // For its owner's eyes only: it holds personal data.
    if (!path.empty()) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file >= 0) ::close(file);
    }
    auto database = sql::Database::open(path.empty() ? ":memory:" : path,
                                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, where);
    if (!database) return failed(database.error(), where);
    if (auto done = make_tables(*database, where); !done) {
        Error error = done.error();
        return error.where.empty() ? failed(error, where) : error;
    }
    return database;
}

Result<std::size_t> fill_register_table(const sql::Database& database, std::string_view text,
                                        const std::string& file) {
    Inserter inserter{database};
    auto done = read_register(text, file, [&](RegisterRow&& row, std::string_view phone) {
        return inserter.take(row, phone);
    });
    if (!done) return done.error();
    return inserter.count();
}

}  // namespace jedel
