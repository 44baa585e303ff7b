// Every encoding of Excel's neighbours, declared and found by its words; nonsense is refused.

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include <unicode/ucnv.h>

#include "dispatch/tables/csv.h"

using namespace jedel;
using namespace jedel::tables;

namespace {

/// UTF-8 into another encoding; empty where it cannot be written so.
std::string into(const std::string& utf8, const char* encoding) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out(utf8.size() * 4 + 16, '\0');
    const int n = ucnv_convert(encoding, "UTF-8", out.data(), static_cast<int>(out.size()),
                               utf8.data(), static_cast<int>(utf8.size()), &status);
    REQUIRE(U_SUCCESS(status));
    out.resize(static_cast<std::size_t>(n));
    return out;
}

const std::vector<std::string> complaints{
    "Болит в груди, трудно дышать",       "Не дышит, без сознания",
    "Упал с высоты, перелом ноги",        "Ребёнок проглотил пуговицу",
    "Высокая температура третий день",    "Роды, отошли воды",
    "Давление 180 на 100, голова кружится", "ДТП на проспекте Абая, двое пострадавших",
    "БОЛИТ ЖИВОТ И ТОШНИТ",               "Ожог руки кипятком",
};

std::string log_of(const std::vector<std::string>& words, std::size_t rows) {
    std::string text = "id;received;words\r\n";
    for (std::size_t i = 0; i < rows; ++i) {
        text += std::to_string(i) + ";2026-03-11 10:00:00;" + words[i % words.size()] + "\r\n";
    }
    return text;
}

struct Read {
    std::vector<std::vector<std::string>> rows;
    std::vector<CsvProblem> problems;
    std::optional<Error> refused;
    CsvFound found;
};

Read read(const std::string& bytes, const std::string& encoding = "auto") {
    CsvReader reader = CsvReader::over(bytes, {.encoding = encoding});
    Read out;
    CsvRow row;
    while (true) {
        const auto more = reader.next(row);
        if (!more) out.refused = more.error();
        if (!more || !*more) break;
        if (row.problem) out.problems.push_back(*row.problem);
        else out.rows.emplace_back(row.fields.begin(),
                                   row.fields.begin() + static_cast<long>(row.count));
    }
    out.found = reader.found();
    return out;
}

/// Encodings with most letters at the same place.
char family(std::string_view encoding) {
    if (encoding == "windows-1251" || encoding == "x-mac-cyrillic") return 'w';
    return encoding.starts_with("koi8") ? 'k' : encoding[0];
}

constexpr std::array<const char*, 6> cyrillic{"windows-1251", "koi8-r",     "ibm866",
                                              "iso-8859-5",   "x-mac-cyrillic", "koi8-u"};

}  // namespace

TEST_CASE("a log in any Cyrillic encoding is read as what it is, or refused: never mojibake") {
    std::size_t read_right = 0, tried = 0;
    for (const char* encoding : cyrillic) {
        for (std::size_t from = 0; from < complaints.size(); ++from) {
            for (const std::size_t rows : {std::size_t{1}, std::size_t{2}, std::size_t{5},
                                           complaints.size()}) {
                std::vector<std::string> words = complaints;
                std::rotate(words.begin(), words.begin() + static_cast<long>(from), words.end());
                words.resize(rows);
                const std::string text = log_of(words, rows);
                const Read got = read(into(text, encoding));
                CAPTURE(encoding, text, got.found.encoding);
                ++tried;
                if (got.refused) {
                    CHECK(got.refused->field == "encoding");
                    // Whole sentences are enough to tell.
                    CHECK(rows < 5);
                    continue;
                }
                REQUIRE(got.rows.size() == rows + 1);
                for (std::size_t i = 0; i < rows; ++i) REQUIRE(got.rows[i + 1][2] == words[i]);
                ++read_right;
            }
        }
    }
    CAPTURE(read_right, tried);
    CHECK(read_right * 100 >= tried * 90);
}

TEST_CASE("what is declared is read so, whatever ICU knows by that name") {
    const std::string text = log_of(complaints, 10);
    for (const char* encoding : {"windows-1251", "cp1251", "WINDOWS-1251", "koi8-r", "ibm866",
                                 "cp866", "iso-8859-5", "x-mac-cyrillic", "utf-8", "utf8",
                                 "utf-16", "utf-16le", "utf-16be", "utf-32", "gb18030"}) {
        CAPTURE(encoding);
        const Read got = read(into(text, encoding), encoding);
        if (got.refused) FAIL(got.refused->text());
        REQUIRE(got.rows.size() == 11);
        for (std::size_t i = 0; i < 10; ++i) REQUIRE(got.rows[i + 1][2] == complaints[i]);
    }
    for (const char* none : {"windows-12510", "", "utf-9", "Excel", "auto,utf-8"}) {
        CAPTURE(none);
        CHECK_FALSE(is_encoding(none));
    }
}

TEST_CASE("UTF-16 and UTF-8 are known by their marks, and UTF-16 without one by its zeros") {
    const std::string text = log_of(complaints, 10);
    const std::string little = into(text, "utf-16le"), big = into(text, "utf-16be");
    for (const std::string& bytes :
         {"\xEF\xBB\xBF" + text, "\xFF\xFE" + little, "\xFE\xFF" + big, little, big,
          std::string{"\xFF\xFE\0\0", 4} + into(text, "utf-32le")}) {
        const Read got = read(bytes);
        if (got.refused) FAIL(got.refused->text());
        REQUIRE(got.rows.size() == 11);
        CHECK(got.rows[0][0] == "id");
        CHECK(got.rows[3][2] == complaints[2]);
    }
}

TEST_CASE("a declaration against a file's own mark is refused") {
    const std::string text = log_of(complaints, 10);
    CHECK(read("\xEF\xBB\xBF" + text, "windows-1251").refused);
    CHECK(read("\xFF\xFE" + into(text, "utf-16le"), "utf-8").refused);
    CHECK_FALSE(read("\xEF\xBB\xBF" + text, "utf-8").refused);
    CHECK_FALSE(read("\xFF\xFE" + into(text, "utf-16le"), "utf-16").refused);
}

TEST_CASE("text that was decoded wrongly is refused, declared or found, before it is believed") {
    const std::string text = log_of(complaints, 10);
    for (const char* written : cyrillic) {
        for (const char* decoded : {"windows-1252", "windows-1251", "koi8-r", "ibm866",
                                    "iso-8859-5", "x-mac-cyrillic"}) {
            const std::string bytes = into(text, written);
            const Read right = read(bytes, written);
            const Read wrong = read(bytes, decoded);
            CAPTURE(written, decoded);
            bool same = !wrong.refused && wrong.rows.size() == right.rows.size();
            std::size_t differ = 0;
            for (std::size_t i = 0; same && i < right.rows.size(); ++i) {
                differ += right.rows[i] == wrong.rows[i] ? 0 : 1;
            }
            // These differ in their capitals or in four letters: a person who declares one for
            // the other still reads words. Everything else is refused, listed, or the same.
            const bool near = family(written) == family(decoded);
            const bool listed = !wrong.problems.empty();
            CHECK((wrong.refused || listed || near || (same && differ == 0)));
            if (std::string_view{decoded} == "windows-1252") CHECK(wrong.refused);
        }
    }
    // The same once it was written down as UTF-8.
    for (const char* decoded : {"windows-1252", "windows-1251", "ibm866"}) {
        UErrorCode status = U_ZERO_ERROR;
        std::string twice(text.size() * 4, '\0');
        const int n = ucnv_convert("UTF-8", decoded, twice.data(), static_cast<int>(twice.size()),
                                   text.data(), static_cast<int>(text.size()), &status);
        twice.resize(static_cast<std::size_t>(n));
        CAPTURE(decoded);
        CHECK(read(twice).refused);
        CHECK(read(twice, "utf-8").refused);
    }
}

TEST_CASE("one row in another encoding costs that row, whichever way round") {
    const std::string line = "77;2026-03-11 10:00:00;Ребёнок горит, температура сорок\r\n";
    const Read one = read(log_of(complaints, 8) + into(line, "windows-1251") + "8;x;Болит\r\n");
    REQUIRE(one.problems.size() == 1);
    CHECK(one.problems[0].line == 10);
    CHECK(one.problems[0].field == 3);
    CHECK(one.rows.size() == 10);
    for (const char* encoding : {"windows-1251", "koi8-r", "ibm866"}) {
        CAPTURE(encoding);
        const std::string bytes = into(log_of(complaints, 8), encoding) + line + "8;x;y\r\n";
        for (const std::string& said : {std::string{"auto"}, std::string{encoding}}) {
            const Read other = read(bytes, said);
            if (other.refused) FAIL(other.refused->text());
            REQUIRE(other.problems.size() == 1);
            CHECK(other.problems[0].line == 10);
            CHECK(other.rows.size() == 10);
        }
    }
}

TEST_CASE("Kazakh, Latin letters with accents and other scripts in UTF-8 are no nonsense") {
    for (const char* words : {"Жүрегім ауырып тұр, демім жетпейді; қан қысымы жоғары, әлсіздік",
                              "Café à Genève, où l'été déjà s'achève, naïve façade, garçon",
                              "Kalp ağrısı, nefes darlığı, yüksek ateş, çocuk düştü, şişlik",
                              "胸が痛い、息ができない、意識がない、助けてください",
                              "გული მტკივა, ვერ ვსუნთქავ, მაღალი სიცხე მაქვს",
                              "У грудях болить, важко дихати, дитина впала зі сходів"}) {
        std::string text = "id;words\n";
        for (int i = 0; i < 10; ++i) text += std::to_string(i) + ";" + words + "\n";
        CAPTURE(words);
        const Read got = read(text);
        if (got.refused) FAIL(got.refused->text());
        CHECK(got.rows.size() == 11);
    }
}

TEST_CASE("a name with an accent in Windows' own encoding is read as it stands") {
    for (const char* word : {"café", "Müller", "Škoda", "señor", "naïve"}) {
        const Read got = read(into(std::string{"id,x\n1,"} + word + "\n", "windows-1252"));
        if (got.refused) continue;  // what could be another encoding is not guessed
        CHECK(got.rows[1][1] == word);
    }
}
