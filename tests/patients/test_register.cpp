#include <unistd.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>

#include <sqlite3.h>

#include "base/install.h"
#include "dispatch/patients/register.h"

using namespace jedel;

namespace {

const std::string header =
    "iin,full_name,birth_date,category,last_paid,privilege,participant,polyclinic,as_of\n";
const std::string good =
    "991231500016,\"Үлгібаев, А.\",1980-03-08,employee,2025-11,,yes,301,2026-01-01\n";

class File {
public:
    explicit File(const std::string& text) {
        std::string name = (std::filesystem::temp_directory_path() / "jedel-XXXXXX").string();
        const int handle = ::mkstemp(name.data());
        if (handle >= 0) ::close(handle);
        path = name;
        std::ofstream{path, std::ios::binary} << text;
    }
    ~File() { std::filesystem::remove(path); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    std::string path;
};

}  // namespace

TEST_CASE("a CSV file becomes the table, asked by number") {
    auto people = PatientRegister::open("");
    REQUIRE(people);
    const File file{header + good};
    const auto count = people->import_file(file.path);
    REQUIRE(count);
    CHECK(*count == 1);
    const auto row = people->find("991231500016");
    REQUIRE(row);
    REQUIRE(row->has_value());
    CHECK((*row)->full_name == "Үлгібаев, А.");
    CHECK((*row)->payments == std::vector{(2025 - 1970) * 12 + 10});
    CHECK((*row)->only_last_payment);
    CHECK((*row)->payer == Payer::employee);
    CHECK((*row)->residence == Residence::citizen);
    CHECK((*row)->line == 2);
    CHECK((*row)->categories.empty());
    CHECK((*row)->polyclinic == OrganisationId{301});
    CHECK_FALSE(people->find("991231600012")->has_value());
    CHECK(people->name() == std::filesystem::path{file.path}.filename().string());
}

TEST_CASE("a register is read as other programs write CSV") {
    std::string semicolons = header + good;
    std::replace(semicolons.begin(), semicolons.end(), ',', ';');
    std::string carriage = header + good;
    for (std::size_t at = 0; (at = carriage.find('\n', at)) != std::string::npos; at += 2)
        carriage.replace(at, 1, "\r\n");
    std::string capitals = header;
    std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const std::string& text :
         {semicolons, "sep=;\n" + semicolons, carriage, "\xEF\xBB\xBF" + header + good,
          "Register of 2026\n\n" + header + good, capitals + good, header + good + ",,,,,,,,\n"}) {
        INFO(text);
        auto people = PatientRegister::open("");
        const File file{text};
        const auto imported = people->import_file(file.path);
        if (!imported) FAIL(imported.error().text());
        CHECK(people->find("991231500016")->has_value());
    }
    auto people = PatientRegister::open("");
    const File twice{"iin," + header + "1," + good};
    const auto refused = people->import_file(twice.path);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "iin");
}

TEST_CASE("a JSON list means the same as the CSV") {
    auto people = PatientRegister::open("");
    const File file{R"([{"iin":"991231500707","full_name":"Ү","category":"privileged",
        "privilege":"6-1","participant":true,"polyclinic":304,"as_of":"2026-01-01T00:00+05:00"}])"};
    REQUIRE(people->import_file(file.path));
    const auto row = people->find("991231500707").value().value();
    REQUIRE(row.categories.size() == 1);
    CHECK(row.categories.front().number == "6-1");
    CHECK(row.payments.empty());
}

TEST_CASE("a bad file changes nothing, and the error names line, field and what was expected") {
    auto people = PatientRegister::open("");
    const File first{header + good};
    REQUIRE(people->import_file(first.path));
    struct Case {
        std::string text;
        long line;
        std::string field, expected;
    };
    const std::string other = "991231600012,Ү,,none,,,yes,,2026-01-01\n";
    const std::vector<Case> cases{
        {header + other + "99123,Ү,,none,,,yes,,2026-01-01\n", 3, "iin", "12 digits"},
        {header + other + "991231500707,,,none,,,yes,,2026-01-01\n", 3, "full_name", "a name"},
        {header + "991231500707,Ү,1.2.80,none,,,yes,,2026-01-01\n", 2, "birth_date", "YYYY-MM-DD"},
        {header + "991231500707,Ү,,none,2025-13,,yes,,2026-01-01\n", 2, "last_paid", "YYYY-MM"},
        {header + "991231500707,Ү,,none,,,maybe,,2026-01-01\n", 2, "participant", "yes or no"},
        {header + "991231500707,Ү,,none,,,yes,x,2026-01-01\n", 2, "polyclinic", "number"},
        {header + "991231500707,Ү,,none,,,yes,,\n", 2, "as_of", "YYYY-MM-DD"},
        {header + other + other, 3, "iin", "earlier row"},
        {header + "991231500707,Ү\n", 2, "", "expected 9 fields"},
        {header + "\"991231500707,Ү\n", 2, "", "quote"},
        {"iin,height\n", 1, "", "unknown column 'height'"},
        {"iin,full_name\n", 1, "category", "missing"},
        {"", 0, "", "empty"},
        {"{\"iin\":1}", 1, "iin", "12 digits"},
        {"{\"rows\":[]}", 1, "iin", "12 digits"},
        {"[{\"rows\":", 0, "", "JSON list"},
        {R"([{"iin":"991231500707"}])", 1, "as_of", "YYYY-MM-DD"}};
    for (const Case& c : cases) {
        INFO(c.text);
        const File file{c.text};
        const auto refused = people->import_file(file.path);
        REQUIRE_FALSE(refused);
        INFO(refused.error().text());
        CHECK(refused.error().where == file.path);
        CHECK(refused.error().line == c.line);
        CHECK(refused.error().field == c.field);
        CHECK(refused.error().message.find(c.expected) != std::string::npos);
        CHECK(people->find("991231500016")->has_value());
        CHECK_FALSE(people->find("991231600012")->has_value());
    }
    CHECK_FALSE(people->import_file("/no/such/file"));
    CHECK(people->find("991231500016")->has_value());
}

TEST_CASE("an imported register is kept in its file, and a newer import replaces all of it") {
    const File database{""};
    std::filesystem::remove(database.path);
    {
        auto people = PatientRegister::open(database.path);
        REQUIRE(people);
        const File file{header + good};
        REQUIRE(people->import_file(file.path));
    }
    auto people = PatientRegister::open(database.path);
    REQUIRE(people);
    CHECK_FALSE(people->name().empty());
    CHECK(people->find("991231500016")->has_value());
    const File next{header + "991231600012,Ү,,none,,,yes,,2026-01-01\n"};
    REQUIRE(people->import_file(next.path));
    CHECK_FALSE(people->find("991231500016")->has_value());
    CHECK(people->find("991231600012")->has_value());
}

TEST_CASE("a file that is no register is refused") {
    const File text{std::string(4096, 'x')};
    CHECK_FALSE(PatientRegister::open(text.path));
    CHECK_FALSE(PatientRegister::open("/no/such/folder/register"));
}

TEST_CASE("the training register imports, and nobody in it can be a living person") {
    auto people = PatientRegister::open("");
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/register/training.csv";
    const auto count = people->import_file(file);
    INFO((count ? std::string{} : count.error().text()));
    REQUIRE(count);
    CHECK(*count > 250);
    std::ifstream in{file};
    std::map<std::string, int> categories;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const std::string iin = line.substr(0, 12);
        CHECK(iin.substr(0, 6) == "991231");
        CHECK((iin[6] == '5' || iin[6] == '6'));  // 21st century: born on the last day of 2099
        CHECK(check_iin(iin) == IinVerdict::plausible);
        const auto row = people->find(iin).value().value();
        const std::string payer{name_of(row.payer)}, exempt{name_of(row.exempt)};
        ++categories[row.categories.empty() ? payer + exempt
                                            : "№ " + row.categories.front().number];
        if (row.polyclinic) CHECK((row.polyclinic->value >= 301 && row.polyclinic->value <= 312));
    }
    CHECK(categories.size() >= 15 + 3 + 8);
}

namespace {

const std::string full =
    R"({"iin":"991231600012","name":"Үлгібаева Д.","birth_date":"1990-07-21","sex":"f",)"
    R"("citizenship":"KG","residence":"temporary","payer":"esp_village",)"
    R"("payments":["2025-03","2025-01","2025-02","2025-02"],)"
    R"("categories":[{"number":"3","from":"2025-01-02"},{"number":"6-1","to":"2025-05-06"}],)"
    R"("pregnancy":{"registered":"2025-10-01"},"temporary_status_from":"2025-11-01",)"
    R"("vmi_until":"2026-12-31","also_iin":["991231500016"],"attached_to":304,)"
    R"("as_of":"2026-01-01"})";

}  // namespace

TEST_CASE("one JSON object a line: every field is kept, and the line it came from") {
    auto people = PatientRegister::open("");
    const File file{"\xEF\xBB\xBF\n" + full + "\r\n\n" +
                    R"({"iin":"991231500707","as_of":"2026-01-01","exempt":"military",)"
                    R"("payments":[],"payer":"none","pregnancy":null})"};
    const auto count = people->import_file(file.path);
    INFO((count ? std::string{} : count.error().text()));
    REQUIRE(count);
    CHECK(*count == 2);
    const RegisterRow row = people->find("991231600012").value().value();
    CHECK(row.full_name == "Үлгібаева Д.");
    CHECK(row.birth_day == day_from_iso("1990-07-21"));
    CHECK(row.sex == Sex::female);
    CHECK(row.citizenship == "KG");
    CHECK(row.residence == Residence::temporary);
    CHECK(row.payer == Payer::esp_village);
    CHECK(row.payments == std::vector{660, 661, 662});
    CHECK(row.payments_known);
    REQUIRE(row.categories.size() == 2);
    CHECK(row.categories[0] == CategoryEntry{"3", day_from_iso("2025-01-02"), {}});
    CHECK(row.categories[1] == CategoryEntry{"6-1", {}, day_from_iso("2025-05-06")});
    CHECK(row.pregnant);
    CHECK(row.pregnancy_registered == day_from_iso("2025-10-01"));
    CHECK(row.temporary_status_from == day_from_iso("2025-11-01"));
    CHECK(row.vmi_until == day_from_iso("2026-12-31"));
    CHECK(row.also_iin == std::vector<std::string>{"991231500016"});
    CHECK(row.polyclinic == OrganisationId{304});
    CHECK(row.line == 2);
    const RegisterRow soldier = people->find("991231500707").value().value();
    CHECK(soldier.exempt == Exempt::military);
    CHECK_FALSE(soldier.pregnant);
    CHECK(people->joined(row).value().empty());
    std::vector<std::string> all;
    REQUIRE(people->for_each([&](const RegisterRow& r) {
        all.push_back(r.iin);
        return true;
    }));
    CHECK(all == std::vector<std::string>{"991231500707", "991231600012"});
}

TEST_CASE("a field of a JSON row that cannot be is refused by its name") {
    const auto refuse = [](const std::string& key, const std::string& value) {
        auto people = PatientRegister::open("");
        const File file{"{\"iin\":\"991231500016\",\"as_of\":\"2026-01-01\",\"" + key +
                        "\":" + value + "}"};
        const auto refused = people->import_file(file.path);
        INFO(key << " " << value);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().field == key);
        CHECK(refused.error().line == 1);
    };
    refuse("birth_date", "\"31.12.2000\"");
    refuse("birth_date", "\"2000-02-30\"");
    refuse("sex", "\"male\"");
    refuse("citizenship", "\"Kazakhstan\"");
    refuse("citizenship", "\"kz\"");
    refuse("residence", "\"visa\"");
    refuse("payer", "\"astronaut\"");
    refuse("exempt", "\"astronaut\"");
    refuse("payments", "\"2025-01\"");
    refuse("payments", "[\"2025-13\"]");
    refuse("payments", "[\"2025-1\"]");
    refuse("payments", "[202501]");
    refuse("categories", "[\"3\"]");
    refuse("categories", "[{\"number\":\"\"}]");
    refuse("categories", "[{\"number\":\"3;\"}]");
    refuse("categories", "[{\"number\":\"3\",\"from\":\"2025-05-05\",\"to\":\"2025-05-04\"}]");
    refuse("categories", "[{\"number\":\"3\",\"form\":\"2025-05-05\"}]");
    refuse("pregnancy", "\"yes\"");
    refuse("vmi_until", "\"soon\"");
    refuse("also_iin", "[\"123\"]");
    refuse("attached_to", "\"x\"");
    refuse("pyaments", "[]");
}

TEST_CASE("a row without payments does not say that there were none") {
    auto people = PatientRegister::open("");
    const File file{R"({"iin":"991231500016","payer":"employee","as_of":"2026-01-01"})"};
    REQUIRE(people->import_file(file.path));
    CHECK_FALSE(people->find("991231500016").value()->payments_known);
}

TEST_CASE("a register kept in the former shape is read on, row by row") {
    const File database{""};
    std::filesystem::remove(database.path);
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(database.path.c_str(), &raw) == SQLITE_OK);
    const char* former =
        "PRAGMA application_id = 1245991495;"
        "CREATE TABLE person(iin TEXT PRIMARY KEY, full_name TEXT NOT NULL, birth_date TEXT NOT "
        "NULL, category TEXT NOT NULL, last_paid_month INTEGER, privilege TEXT NOT NULL, "
        "participant INTEGER NOT NULL, polyclinic INTEGER, as_of INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE source(name TEXT NOT NULL);"
        "INSERT INTO source VALUES('old.csv');"
        "INSERT INTO person VALUES('991231500016','Ү, \"А\".','1980-03-08','employee',670,'',1,"
        "301,1767207600000);"
        "INSERT INTO person VALUES('991231600012','Ү','','privileged',NULL,'6-1',0,NULL,"
        "1767207600000);";
    REQUIRE(sqlite3_exec(raw, former, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
    for (int again = 0; again < 2; ++again) {
        auto people = PatientRegister::open(database.path);
        INFO((people ? std::string{} : people.error().text()));
        REQUIRE(people);
        CHECK(people->name() == "old.csv");
        const RegisterRow row = people->find("991231500016").value().value();
        CHECK(row.full_name == "Ү, \"А\".");
        CHECK(row.payments == std::vector{670});
        CHECK(row.polyclinic == OrganisationId{301});
        CHECK(row.as_of == Instant{1767207600000});
        CHECK(people->find("991231600012").value()->residence == Residence::temporary);
    }
}
