// Finding people of the register. All names are generated, all numbers are of people born on the
// last day of 2090 to 2099.

#include <unistd.h>

#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>

#include "base/letters.h"
#include "dispatch/patients/iin.h"
#include "dispatch/patients/person_search.h"
#include "dispatch/patients/register.h"

using namespace jedel;

namespace {

constexpr std::array surnames{"Ахметов", "Сейтқали", "Нұрланов", "Жұмабаев", "Қожахметов",
                              "Өтеген", "Ғабитов", "Иванов", "Шевченко", "Үлгібаев"};
constexpr std::array firsts{"Әлихан", "Бауыржан", "Гүлнар", "Ерлан", "Жанна", "Қайрат",
                            "Мұрат", "Сергей", "Һасан", "Юлия"};
constexpr std::array thirds{"Серікұлы", "Талғатқызы", "Петрович", "Болатовна", "Ержанович"};

std::string iin_of(int i) {
    std::string digits = std::to_string(90 + i % 10) + "12315" +
                         std::to_string(10'000 + i / 10).substr(1) + "0";
    for (char check = '0'; check <= '9'; ++check) {
        digits.back() = check;
        if (check_iin(digits) == IinVerdict::plausible) break;
    }
    return digits;
}

std::string name_of_person(int i) {
    return std::string{surnames[i % 10]} + " " + firsts[i / 10 % 10] + " " + thirds[i / 100 % 5];
}

struct Register {
    Register() : path((std::filesystem::temp_directory_path() /
                       ("jedel-person-" + std::to_string(::getpid()))).string()) {
        std::ofstream out{path + ".json", std::ios::binary};
        for (int i = 0; i < 500; ++i) {
            out << "{\"iin\":\"" << iin_of(i) << "\",\"name\":\"" << name_of_person(i)
                << "\",\"phone\":\"+7 701 000 " << 1000 + i << "\",\"as_of\":\"2026-01-01\"}\n";
        }
    }
    ~Register() {
        for (const char* end : {".json", ".db"}) std::filesystem::remove(path + end);
    }
    Register(const Register&) = delete;
    Register& operator=(const Register&) = delete;
    std::string path;
};

bool finds(const PersonSearch& people, const std::string& typed, const std::string& iin) {
    const auto found = people.by_name(typed);
    REQUIRE(found);
    for (const FoundPerson& person : *found) {
        if (person.row.iin == iin) return true;
    }
    return false;
}

/// The name with one letter left out, doubled by another, replaced, or changed with the next.
std::vector<std::string> edits(const std::string& name) {
    std::vector<std::string> letters;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t begin = at;
        (void)next_letter(name, at);
        letters.push_back(name.substr(begin, at - begin));
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (letters[i] == " ") continue;
        for (int kind = 0; kind < 4; ++kind) {
            auto edited = letters;
            if (kind == 0) edited[i].clear();
            if (kind == 1) edited[i] += "м";
            if (kind == 2) edited[i] = "п";
            if (kind == 3 && i + 1 < letters.size() && letters[i + 1] != " ")
                std::swap(edited[i], edited[i + 1]);
            std::string text;
            for (const std::string& letter : edited) text += letter;
            out.push_back(text);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("every slip of one letter in a name still finds its person in the first five") {
    const Register file;
    auto people = PersonSearch::open(file.path + ".json");
    REQUIRE(people);
    for (int i = 0; i < 500; i += 37) {
        for (const std::string& typed : edits(name_of_person(i))) {
            INFO(typed << " for " << name_of_person(i));
            CHECK(finds(*people, typed, iin_of(i)));
        }
    }
}

TEST_CASE("a name is found in Kazakh, Russian and Latin spelling, in any order") {
    const Register file;
    auto people = PersonSearch::open(file.path + ".json");
    REQUIRE(people);
    // 9: Үлгібаев Әлихан Серікұлы; 54: Қожахметов Қайрат; 188: Шевченко Һасан Талғатқызы
    for (const char* typed : {"Ульгибаев Алихан Серикулы", "алихан улгибаев", "Ulgibayev Alikhan",
                              "УЛГИБАЕВ АЛИХАН СЕРИК УЛЫ", "Серикович Әлихан Үлгібаева"}) {
        INFO(typed);
        CHECK(finds(*people, typed, iin_of(9)));
    }
    CHECK(finds(*people, "Кожахметов Кайрат Серикович", iin_of(54)));
    CHECK(finds(*people, "Хасан Шевченко Талгаткызы", iin_of(188)));
    CHECK(people->by_name("Щщщщщщ").value().empty());
    CHECK(people->by_name("").value().empty());
    CHECK(people->by_name("А. Б.").value().empty());
}

TEST_CASE("a telephone finds its people however it is written, a number only its own") {
    const Register file;
    auto people = PersonSearch::open(file.path + ".json");
    REQUIRE(people);
    for (const char* typed : {"+77010001007", "8 701 000-10-07", "7010001007"}) {
        const auto found = people->by_phone(typed);
        REQUIRE(found);
        REQUIRE(found->size() == 1);
        CHECK(found->front().iin == iin_of(7));
    }
    CHECK(people->by_phone("7010009999").value().empty());
    CHECK(people->by_phone("who").value().empty());
    CHECK(people->by_iin(iin_of(3)).value().has_value());
    CHECK_FALSE(people->by_iin("1").value().has_value());
}

TEST_CASE("an import makes the index of names and the telephones old") {
    const Register file;
    auto table = PatientRegister::open(file.path + ".db");
    REQUIRE(table);
    REQUIRE(table->import_file(file.path + ".json"));
    CHECK(finds(PersonSearch::open(file.path + ".db").value(), "Ахметов Әлихан", iin_of(0)));
    {
        std::ofstream out{file.path + ".json", std::ios::binary};
        out << "{\"iin\":\"" << iin_of(900)
            << "\",\"name\":\"Тестов Тест\",\"as_of\":\"2026-01-01\"}\n";
    }
    REQUIRE(table->import_file(file.path + ".json"));
    auto people = PersonSearch::open(file.path + ".db");
    REQUIRE(people);
    CHECK(finds(*people, "Тестов", iin_of(900)));
    CHECK(people->by_name("Ахметов Әлихан").value().empty());
    CHECK(people->by_phone("7010001000").value().empty());
}
