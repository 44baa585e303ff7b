#include "dispatch/patients/register.h"

#include <filesystem>

#include "base/install.h"
#include "base/number.h"
#include "dispatch/patients/register_rows.h"
#include "dispatch/patients/register_table.h"

namespace jedel {

namespace {

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
};

PatientRegister::PatientRegister(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PatientRegister::PatientRegister(PatientRegister&&) noexcept = default;
PatientRegister& PatientRegister::operator=(PatientRegister&&) noexcept = default;
PatientRegister::~PatientRegister() = default;

Result<PatientRegister> PatientRegister::open(const std::string& path) {
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    auto database = open_register_table(path);
    if (!database) return database.error();
    impl->database = std::move(database).value();
    impl->read_name();
    return PatientRegister{std::move(impl)};
}

Result<std::size_t> PatientRegister::import_file(const std::string& file) {
    const auto text = read_file(file);
    if (!text) return text.error();
    const std::string source = std::filesystem::path{file}.filename().string();
    const std::string before = impl_->name;
    if (auto begun = impl_->run("BEGIN IMMEDIATE; DELETE FROM phone; DELETE FROM person; "
                               "DELETE FROM source");
        !begun) {
        return begun.error();
    }
    const auto count = fill_register_table(impl_->database, *text, file);
    Result<void> done;
    if (!count) done = count.error();
    if (done) done = impl_->name_it(source);
    if (done) done = impl_->run("COMMIT");
    if (done) return *count;
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
