#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/exercise/recorded.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::exercise;

namespace {

Mapping mapping_of(const std::string& toml) {
    auto mapping = parse_mapping(toml, "m.toml");
    if (!mapping) FAIL(mapping.error().text());
    return *std::move(mapping);
}

Mapping project_mapping(const std::string& name) {
    const auto text = read_file(std::string{JEDEL_SOURCE_DIR} + "/data/mappings/" + name);
    REQUIRE(text.ok());
    return mapping_of(*text);
}

RecordedLog read(const std::string& csv, const Mapping& mapping) {
    auto log = read_log_text(csv, "log.csv", mapping);
    if (!log) FAIL(log.error().text());
    return *std::move(log);
}

const std::string plain = R"(name = "x"
[time]
zone = "+05:00"
[columns]
id = "id"
received = "received"
free = "free"
handed_over = "sent"
age_years = "age"
sex = "sex"
lat = "lat"
lon = "lon"
)";

}  // namespace

TEST_CASE("rows that cannot be read are counted and listed with line and field, and do not stop") {
    const auto log = read(
        "id,received,sent,free,age,sex,lat,lon\n"
        "1,2025-01-01T10:00,,,44,f,43.2,76.9\n"
        "2,soon,,,1,m,,\n"
        "3,2025-01-01T09:00,2025-01-01T09:02,2025-01-01T08:00,old,x,0,0\n"
        "4,2025-01-01T11:00\n"
        "5,2025-01-01T12:00Z,,,,,91,10\n",
        mapping_of(plain));
    CHECK(log.rows == 5);
    CHECK(log.rows_lost == 2);
    REQUIRE(log.calls.size() == 3);
    CHECK(log.calls[0].id == "3");  // in the order they begin
    CHECK_FALSE(log.calls[0].age_years.known());
    CHECK_FALSE(log.calls[0].place.known());
    CHECK(log.calls[0].received.origin == Origin::recorded);
    CHECK(log.calls[1].sex.value == Sex::female);
    const auto listed = [&](long line, const std::string& field, bool lost) {
        return std::any_of(log.problems.begin(), log.problems.end(), [&](const LogProblem& p) {
            return p.line == line && p.field == field && p.row_lost == lost;
        });
    };
    CHECK(listed(3, "received", true));
    CHECK(listed(3, "received", false));  // what was found there
    CHECK(listed(4, "age", false));
    CHECK(listed(4, "sex", false));
    CHECK(listed(4, "lon", false));
    CHECK(listed(5, "", true));
    CHECK(listed(6, "lon", false));
}

TEST_CASE("a column the mapping names and the log lacks is one clear line") {
    const auto log = read_log_text("id,x\n1,2\n", "log.csv", mapping_of(plain));
    REQUIRE_FALSE(log.ok());
    CHECK(log.error().text() ==
          "log.csv:1: field 'received': the mapping wants a column of this name, the header has "
          "none");
    CHECK_FALSE(read_log_text("", "log.csv", mapping_of(plain)).ok());
}

TEST_CASE("the hour on the wall stays the hour on the wall, through daylight saving") {
    const auto mapping = mapping_of(
        "name = \"x\"\n[time]\nzone = \"America/Chicago\"\n[columns]\nreceived = \"t\"\n");
    const auto log = read("t,x\n2015-07-01T14:00,\n2015-01-01T14:00,\n", mapping);
    REQUIRE(log.calls.size() == 2);
    for (const RecordedCall& call : log.calls) {
        const Instant at = call.received.value;
        CHECK(to_civil(at, kazakhstan_offset_minutes(at)).hour == 14);
    }
}

TEST_CASE("times per unit become intervals of the leading unit") {
    const auto mapping = project_mapping("lancaster.toml");
    const std::string header =
        "incident_num,incident_date,call_type,Unit_Dispatch_Times,Unit_Enroute_Times,"
        "Unit_Arrive_Times,Unit_At_Patient_Times,Unit_Enroute_To_Hospital_Times,"
        "Unit_Arrive_At_Hospital_Times,Unit_Clear_Times\n";
    const auto log = read(
        header +
            "1,3/27/10 12:00 AM,33C2      ,\"W1=23:51:33, W12=23:51:33, M5=00:05:17\","
            "\"W12=00:03:23, M5=00:07:01\",W12=00:06:23,NULL,W12=00:24:27,W12=00:48:33,"
            "\"M5=00:10:13, W12=01:18:21\"\n"
            "2,3/27/10 12:00 AM,GRASFIRE,W1=10:00:00,NULL,NULL,NULL,NULL,NULL,W1=10:30:00\n"
            "3,3/27/10 12:00 AM,6D2,NULL,NULL,NULL,NULL,NULL,NULL,NULL\n"
            "4,3/27/10 12:00 AM,ZZZ,W1=10:00:00,W1=09:59:00,NULL,NULL,NULL,NULL,W1=10:30:00\n",
        mapping);
    CHECK(log.not_medical.at("GRASFIRE") == 1);
    CHECK(log.unmapped_codes.at("ZZZ") == 1);
    CHECK(log.rows_lost == 1);
    REQUIRE(log.calls.size() == 2);
    const RecordedCall& call = log.calls[1];
    CHECK(call.units == 3);
    CHECK_FALSE(call.received.known());
    CHECK(call.turnout_ms.value == (11 * 60 + 50) * 1000);
    CHECK(call.travel_ms.value == 180'000);
    CHECK(call.on_scene_ms.value == (18 * 60 + 4) * 1000);
    CHECK(call.transport_ms.value == (24 * 60 + 6) * 1000);
    CHECK(call.hospital_ms.value == (29 * 60 + 48) * 1000);
    CHECK((call.transported.known() && call.transported.value));
    CHECK(call.first_arrival_ms.value == (14 * 60 + 50) * 1000);
    CHECK_FALSE(log.calls[0].turnout_ms.known());  // before the dispatch: listed, not believed
    CHECK(log.fields_lost == 1);
}

TEST_CASE("the Lancaster log is read whole") {
    const auto path = test::shared_data("logs/lancaster-2010-2017.csv");
    if (!path) return;
    const auto mapping = project_mapping("lancaster.toml");
    auto log = read_log(*path, mapping);
    if (!log) FAIL(log.error().text());
    CHECK(log->rows == 10'554);
    CHECK(log->calls.size() > 5'800);
    CHECK(log->unmapped_codes.empty());
    long fire = 0;
    for (const auto& [code, count] : log->not_medical) fire += count;
    CHECK(log->rows == static_cast<long>(log->calls.size()) + fire + log->rows_lost);
}

TEST_CASE("the Montgomery log has places and times, without a header") {
    const auto path = test::shared_data("logs/montgomery-2016-2018.csv");
    if (!path) return;
    auto log = read_log(*path, project_mapping("montgomery.toml"));
    if (!log) FAIL(log.error().text());
    CHECK(log->rows == 3'051);
    CHECK(log->rows_lost == 0);
    CHECK(log->unmapped_codes.empty());
    CHECK(log->calls.size() > 1'100);
    for (const RecordedCall& call : log->calls) REQUIRE(call.place.origin == Origin::recorded);
}
