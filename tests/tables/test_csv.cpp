#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <fstream>

#include "dispatch/tables/csv.h"

using namespace jedel;
using namespace jedel::tables;

namespace {

std::vector<CsvRow> all(std::string text, CsvFormat format = {}) {
    CsvReader reader = CsvReader::over(std::move(text), format);
    std::vector<CsvRow> rows;
    CsvRow row;
    while (true) {
        const auto more = reader.next(row);
        REQUIRE(more.ok());
        if (!*more) return rows;
        row.fields.resize(row.count);
        rows.push_back(row);
    }
}

std::vector<std::string> fields(const CsvRow& row) { return row.fields; }
using Fields = std::vector<std::string>;

}  // namespace

TEST_CASE("quotes, doubled quotes and line breaks inside quotes are read as RFC 4180 says") {
    const auto rows = all("a,\"b,c\",\"say \"\"yes\"\"\"\r\n\"two\r\nlines\",,x\r\n");
    REQUIRE(rows.size() == 2);
    CHECK(fields(rows[0]) == Fields{"a", "b,c", "say \"yes\""});
    CHECK(fields(rows[1]) == Fields{"two\r\nlines", "", "x"});
    CHECK(rows[1].line == 2);
}

TEST_CASE("a row after one with line breaks has the right line number") {
    const auto rows = all("\"a\nb\nc\",1\nd,2\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].line == 1);
    CHECK(rows[1].line == 4);
}

TEST_CASE("a byte order mark is no part of the first field; the last line needs no line feed") {
    const auto rows = all("\xEF\xBB\xBFid,x\n1,2");
    REQUIRE(rows.size() == 2);
    CHECK(fields(rows[0]) == Fields{"id", "x"});
    CHECK(fields(rows[1]) == Fields{"1", "2"});
}

TEST_CASE("blank lines are no rows, but they count as lines") {
    const auto rows = all("a\n\n\r\nb\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].line == 4);
}

TEST_CASE("a quote that is never closed costs its line and no more") {
    const auto rows = all("a,b\n1,\"lost\n2,x\n3,y\n");
    REQUIRE(rows.size() == 4);
    REQUIRE(rows[1].problem);
    CHECK(rows[1].problem->line == 2);
    CHECK(rows[1].problem->field == 2);
    CHECK(fields(rows[2]) == Fields{"2", "x"});
    CHECK(fields(rows[3]) == Fields{"3", "y"});
}

TEST_CASE("text after a closing quote makes the row unreadable, not the file") {
    const auto rows = all("\"a\"b,c\nd,e\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].problem);
    CHECK(fields(rows[1]) == Fields{"d", "e"});
}

TEST_CASE("Latin-1 bytes become UTF-8 on their own; declared UTF-8 is held to its word") {
    CHECK(fields(all("caf\xE9,x\n")[0]) == Fields{"café", "x"});
    CHECK(fields(all("Құрысқақ,x\n")[0]) == Fields{"Құрысқақ", "x"});
    const auto strict = all("caf\xE9,x\nb,c\n", {.encoding = "utf-8"});
    REQUIRE(strict.size() == 2);
    REQUIRE(strict[0].problem);
    CHECK(strict[0].problem->field == 1);
    CHECK_FALSE(strict[1].problem);
}

TEST_CASE("a row longer than the bound is refused and the next one read") {
    const std::string huge(5000, 'x');
    const auto rows = all("a,\"" + huge + "\nb,c\n", {.row_bytes_max = 2048});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].problem);
    CHECK(fields(rows[1]) == Fields{"b", "c"});
}

TEST_CASE("what is written as CSV is read back the same, from memory and from a file") {
    REQUIRE(rc::check("round trip", [](const std::vector<std::vector<std::string>>& given) {
        std::string text;
        std::vector<Fields> rows;
        for (const auto& row : given) {
            Fields kept;
            for (const std::string& field : row) {
                std::string clean;
                for (const char c : field) {
                    if (static_cast<unsigned char>(c) < 0x80 && c != '\0') clean.push_back(c);
                }
                kept.push_back(clean);
            }
            if (kept.empty() || (kept.size() == 1 && kept[0].empty())) continue;
            for (std::size_t i = 0; i < kept.size(); ++i) {
                text += i == 0 ? "\"" : ",\"";
                for (const char c : kept[i]) text.append(c == '"' ? 2 : 1, c);
                text += '"';
            }
            text += "\r\n";
            rows.push_back(kept);
        }
        const auto read = all(text, {.delimiter = ','});
        RC_ASSERT(read.size() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(read[i].fields == rows[i]);
    }));
}

TEST_CASE("what parts the fields is found, whatever stands in them") {
    for (const char delimiter : {',', ';', '\t', '|'}) {
        CAPTURE(delimiter);
        REQUIRE(rc::check("delimiter", [&] {
            const auto width = *rc::gen::inRange<std::size_t>(2, 9);
            const auto height = *rc::gen::inRange<std::size_t>(3, 12);
            std::string text;
            std::vector<Fields> rows;
            for (std::size_t r = 0; r < height; ++r) {
                Fields row;
                for (std::size_t c = 0; c < width; ++c) {
                    row.push_back(*rc::gen::element<std::string>(
                        "7", "боль в груди, озноб", "43,238", "Абай к-сі; 12", "a\nb", "say \"x\"",
                        "2026-03-11 10:00:00", "", "|"));
                    const std::string& field = row.back();
                    const bool quoted =
                        field.find_first_of("\"\n" + std::string{delimiter}) != field.npos;
                    text += c == 0 ? "" : std::string{delimiter};
                    if (quoted) text += '"';
                    for (const char x : field) text.append(quoted && x == '"' ? 2 : 1, x);
                    if (quoted) text += '"';
                }
                text += "\r\n";
                rows.push_back(row);
            }
            std::string header;
            std::vector<std::string> names;
            for (std::size_t c = 0; c < width; ++c) {
                names.push_back("name" + std::to_string(c));
                header += (c == 0 ? "" : std::string{delimiter}) + names.back();
            }
            const auto read = all("Журнал, март\n" + header + "\n" + text, {.columns = names});
            RC_ASSERT(read.size() == rows.size() + 1);
            for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(read[i + 1].fields == rows[i]);
        }));
    }
}

TEST_CASE("any bytes at all give rows, problems or one refusal, never a crash or an endless loop") {
    for (const char* encoding : {"auto", "utf-8", "windows-1251", "utf-16", "shift_jis"}) {
        CAPTURE(encoding);
        REQUIRE(rc::check("any bytes", [&](const std::vector<std::uint8_t>& bytes) {
            const std::string text{bytes.begin(), bytes.end()};
            CsvReader reader = CsvReader::over(text, {.encoding = encoding});
            CsvRow row;
            std::size_t rows = 0;
            while (true) {
                const auto more = reader.next(row);
                if (!more) {
                    RC_ASSERT(!more.error().message.empty());
                    break;
                }
                if (!*more) break;
                RC_ASSERT(++rows <= text.size() + 1);
                if (row.problem) continue;
                for (std::size_t i = 0; i < row.count; ++i) RC_ASSERT(is_utf8(row.fields[i]));
            }
        }));
    }
}

TEST_CASE("a file that is read in pieces gives the same rows as in one piece") {
    std::string text;
    for (int i = 0; i < 9000; ++i) {
        text += std::to_string(i) + ",\"a " + std::string(static_cast<std::size_t>(i % 37), 'q') +
                "\n b\",\"\"\"\"\r\n";
    }
    const std::string path = std::string{JEDEL_BINARY_DIR} + "/pieces.csv";
    std::ofstream{path, std::ios::binary} << text;
    auto reader = CsvReader::open(path, {});
    REQUIRE(reader.ok());
    const auto whole = all(text);
    CsvRow row;
    for (const CsvRow& expected : whole) {
        const auto more = reader->next(row);
        REQUIRE((more.ok() && *more));
        row.fields.resize(row.count);
        REQUIRE(row.fields == expected.fields);
        REQUIRE(row.line == expected.line);
    }
    CHECK_FALSE(*reader->next(row));
}

TEST_CASE("a log that is not there is one clear line") {
    const auto reader = CsvReader::open("/nowhere/log.csv", {});
    REQUIRE_FALSE(reader.ok());
    CHECK(reader.error().text() == "/nowhere/log.csv: cannot be read: No such file or directory");
}
