#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

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
    CHECK((*row)->last_paid_month == (2025 - 1970) * 12 + 10);
    CHECK_FALSE((*row)->privileged);
    CHECK((*row)->polyclinic == OrganisationId{301});
    CHECK_FALSE(people->find("991231600012")->has_value());
    CHECK(people->name() == std::filesystem::path{file.path}.filename().string());
}

TEST_CASE("a JSON list means the same as the CSV") {
    auto people = PatientRegister::open("");
    const File file{R"([{"iin":"991231500707","full_name":"Ү","category":"privileged",
        "privilege":"6-1","participant":true,"polyclinic":304,"as_of":"2026-01-01T00:00+05:00"}])"};
    REQUIRE(people->import_file(file.path));
    const auto row = people->find("991231500707").value().value();
    CHECK(row.privileged);
    CHECK(row.privilege == "6-1");
    CHECK_FALSE(row.last_paid_month);
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
        {"{\"iin\":1}", 0, "", "JSON list"},
        {R"([{"iin":"991231500707"}])", 1, "full_name", "a name"}};
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
        ++categories[row.privileged ? "№ " + row.privilege : row.category];
        if (row.polyclinic) CHECK((row.polyclinic->value >= 301 && row.polyclinic->value <= 312));
    }
    CHECK(categories.size() >= 15 + 3 + 9);
}
