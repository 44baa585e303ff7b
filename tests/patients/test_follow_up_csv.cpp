// Follow-ups as CSV: read back by the reader of CSV, whatever was said.

#include <catch2/catch.hpp>

#include <map>

#include "dispatch/patients/follow_up_csv.h"
#include "dispatch/tables/csv.h"

using namespace jedel;

namespace {

const Instant noon = from_iso("2026-03-02T07:00:00Z").value();

struct Room {
    State state;
    PersonalTable personal;
    Organisations organisations;

    Incident& add(std::uint64_t id, std::vector<FollowUpItem> items, bool closed = false) {
        Incident i;
        i.id = {id};
        i.received_at = noon + std::chrono::minutes{id};
        i.day_number = static_cast<std::uint32_t>(id);
        i.calls.push_back({.id = {id}, .person = PersonRef{id}});
        i.place_person = PersonRef{id};
        i.patients.push_back({.id = {id}, .person = PersonRef{id}, .follow_up = std::move(items)});
        made.push_back(std::move(i));
        (closed ? state.recent : state.open).put(made.back());
        return made.back();
    }
    std::vector<Incident> made;
};

std::vector<std::map<std::string, std::string>> read(const std::string& csv) {
    auto reader = tables::CsvReader::over(csv, {.encoding = "UTF-8"});
    std::vector<std::string> header;
    std::vector<std::map<std::string, std::string>> out;
    tables::CsvRow row;
    while (reader.next(row).value()) {
        REQUIRE_FALSE(row.problem);
        if (header.empty()) {
            header.assign(row.fields.begin(),
                          row.fields.begin() + static_cast<std::ptrdiff_t>(row.count));
            continue;
        }
        REQUIRE(row.count == header.size());
        auto& into = out.emplace_back();
        for (std::size_t i = 0; i < header.size(); ++i) into[header[i]] = row.fields[i];
    }
    return out;
}

FollowUpItem to(std::uint64_t organisation) {
    return {.kind = FollowUpKind::active_visit, .rule = "D10",
            .organisation = OrganisationId{organisation}, .note_key = "follow_note.active_visit"};
}

}  // namespace

TEST_CASE("a follow-up is a row, of open and closed incidents, in order of receipt") {
    Room room;
    room.organisations.all.push_back({.id = {301}, .name_kk = "№1 қалалық емхана"});
    room.add(2, {to(301)});
    room.add(1, {to(302), {.kind = FollowUpKind::signal_sheet, .rule = "D10"}}, true);
    room.add(3, {});
    const auto rows = read(follow_up_csv(room.state, room.personal, room.organisations, noon,
                                         noon + std::chrono::hours{1}));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].at("incident") == "1");
    CHECK(rows[0].at("organisation") == "302");
    CHECK(rows[1].at("follow_up") == "signal_sheet");
    CHECK(rows[2].at("received_at") == "2026-03-02T07:02:00Z");
    CHECK(rows[2].at("organisation_name") == "№1 қалалық емхана");
    for (const char* column : {"category", "disposition", "patient_name", "iin", "age_years", "sex",
                               "phone", "address", "insurance_status"}) {
        CHECK(rows[0].at(column) == "");  // not known
    }
    CHECK(read(follow_up_csv(room.state, room.personal, room.organisations, noon,
                             noon + std::chrono::hours{1}, OrganisationId{301}))
              .size() == 1);
    CHECK(read(follow_up_csv(room.state, room.personal, room.organisations, noon, noon)).empty());
}

TEST_CASE("whatever was said comes back from the file, and is no formula in a spreadsheet") {
    for (const std::string said :
         {"a,b", "a;b", "\"", "a\"\"b\"", "line\nline", "line\r\nline", "tab\ttab", "Абай, \"12\"",
          "=1+1", "+7 700 000 00 01", "-5", "@SUM(A1)", " ", "\"=1\"", "кв. 5\\"}) {
        INFO(said);
        Room room;
        room.add(1, {to(301)});
        room.personal.put({.ref = {1}, .phone = said, .patient_name = said, .address = said});
        const std::string csv = follow_up_csv(room.state, room.personal, room.organisations, noon,
                                              noon + std::chrono::hours{1});
        const auto rows = read(csv);
        REQUIRE(rows.size() == 1);
        for (const char* column : {"phone", "patient_name", "address"}) {
            const std::string found = rows[0].at(column);
            const bool formula = std::string{"=+-@"}.find(said[0]) != std::string::npos;
            CHECK(found == (formula ? " " + said : said));
        }
    }
}

TEST_CASE("an age is never rounded up") {
    for (const auto& [years, text] : {std::pair{0.0, "0"}, {0.999, "0.99"}, {17.9999, "17.99"},
                                      {18.0, "18"}, {2.5, "2.5"}, {101.0, "101"}}) {
        Room room;
        Incident& i = room.add(1, {to(301)});
        i.patients[0].age_years = years;
        room.state.open.put(i);
        const auto rows = read(follow_up_csv(room.state, room.personal, room.organisations, noon,
                                             noon + std::chrono::hours{1}));
        CHECK(rows.at(0).at("age_years") == text);
    }
}
