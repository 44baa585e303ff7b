// Which register of the insured a room starts with.

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "console/startup.h"

using namespace jedel;
using namespace jedel::console;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for one test, removed after it.
struct Folder {
    fs::path path;
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "jedel-register-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path = pattern;
        fs::create_directories(path / "city");
        fs::create_directories(path / "data");
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] RegisterFiles files() const {
        return {.given = {},
                .city_folder = (path / "city").string(),
                .install_folder = JEDEL_SOURCE_DIR,
                .data_folder = (path / "data").string()};
    }
};

const std::string training = std::string{JEDEL_SOURCE_DIR} + "/data/register/training.csv";

}  // namespace

TEST_CASE("a city without a register has none, and its people's status stays unknown") {
    const Folder folder;
    const auto table = prepare_register(folder.files());
    REQUIRE(table);
    CHECK(table->empty());
}

TEST_CASE("the city's own register is imported, unless another file is given") {
    const Folder folder;
    fs::copy_file(training, folder.path / "city" / "register.csv");
    const auto own = prepare_register(folder.files());
    REQUIRE(own);
    CHECK(fs::path{*own}.filename() == "register-of-city.sqlite");
    RegisterFiles files = folder.files();
    files.given = training;
    const auto given = prepare_register(files);
    REQUIRE(given);
    CHECK(fs::path{*given}.filename() == "register.sqlite");
}

TEST_CASE("what was imported before is used again where the city has no register") {
    const Folder folder;
    RegisterFiles files = folder.files();
    files.given = training;
    REQUIRE(prepare_register(files));
    const auto again = prepare_register(folder.files());
    REQUIRE(again);
    CHECK(fs::path{*again}.filename() == "register.sqlite");
}

TEST_CASE("the training city comes with its made-up people") {
    const Folder folder;
    RegisterFiles files = folder.files();
    files.city_folder = std::string{JEDEL_SOURCE_DIR} + "/data/city/training/";
    const auto table = prepare_register(files);
    REQUIRE(table);
    CHECK(fs::path{*table}.filename() == "register-training.sqlite");
}

TEST_CASE("a register that cannot be read is an error, not an empty one") {
    const Folder folder;
    std::ofstream{folder.path / "city" / "register.csv"} << "nothing,of,this\n1,2,3\n";
    CHECK(!prepare_register(folder.files()));
}
