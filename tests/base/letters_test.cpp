#include <catch2/catch.hpp>

#include "base/language.h"
#include "base/letters.h"

using namespace jedel;

TEST_CASE("letters of the three languages fold to their small ones") {
    CHECK(folded("ӘЙЕЛ ҚҰРСАҒЫ ҺӨҮІҢ") == "әйел құрсағы һөүің");
    CHECK(folded("Ёлка И Ъ Я") == "ёлка и ъ я");
    CHECK(folded("Chest PAIN") == "chest pain");
    CHECK(folded(U'Қ') == U'қ');
    CHECK(folded(U'I') == U'i');
    CHECK(folded("\xD0") == "\xD0");
}

TEST_CASE("bad bytes are one bad letter each, and reading always goes on") {
    for (const std::string bytes :
         {"\xFF", "\xC0\xB1", "\xE0\x80\xB1", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xD0",
          "a\x80z"}) {
        CHECK_FALSE(is_utf8(bytes));
        std::size_t at = 0, steps = 0;
        while (at < bytes.size() && steps < 10) {
            const std::size_t before = at;
            next_letter(bytes, at);
            CHECK(at > before);
            ++steps;
        }
        CHECK(at == bytes.size());
    }
    CHECK(is_utf8("\xEF\xBF\xBD ok"));  // U+FFFD itself
    CHECK(is_utf8("Қ 😀"));
}

TEST_CASE("the languages follow each other round") {
    Language language = Language::kk;
    for (std::size_t i = 0; i < all_languages.size(); ++i) {
        CHECK(from_name<Language>(name_of(language)) == language);
        language = next_language(language);
    }
    CHECK(language == Language::kk);
}
