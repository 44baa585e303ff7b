#include <catch2/catch.hpp>

#include "dispatch/core/calls/duplicates.h"
#include "room.h"

using namespace jedel;
using test::Room;

namespace {

PersonalView view(const Room& room) { return {&room.people}; }

IncidentId call_with(Room& room, std::string phone, std::string words, double lat) {
    ReceiveCall call;
    call.personal.phone = std::move(phone);
    call.personal.words = std::move(words);
    room.tell(call);
    const IncidentId id{room.state.newest_incident().value};
    room.tell(RecordIntake{.incident = id, .lat = lat, .lon = 70.0});
    return id;
}

}  // namespace

TEST_CASE("a merged incident closes with the first one and can be taken out again") {
    Room room;
    const IncidentId first = room.call(Category::u2), second = room.call(Category::u3);
    REQUIRE(room.tell(MergeIncident{second, first}));
    REQUIRE(room.state.open.find(second) == nullptr);
    REQUIRE(room.state.recent.find(second)->merged_into == first);
    REQUIRE(room.state.open.find(first)->merged == std::vector{second});
    REQUIRE(room.state.open.find(first)->category == Category::u2);
    REQUIRE(room.tell(UnmergeIncident{second}));
    REQUIRE(room.state.open.find(second)->category == Category::u3);
    REQUIRE(room.state.open.find(first)->merged.empty());
    REQUIRE(room.state.closed_total == 0);
    REQUIRE_FALSE(room.tell(UnmergeIncident{second}));
    REQUIRE(room.refusal.code == RefusalCode::not_merged);
}

TEST_CASE("merging raises to the more urgent of the two and never lowers") {
    Room room;
    const IncidentId first = room.call(Category::u4), second = room.call(Category::u1);
    room.tell(HandToPolyclinic{.incident = first, .polyclinic = {301}, .row = "r"});
    REQUIRE(room.tell(MergeIncident{second, first}));
    REQUIRE(room.state.open.find(first)->category == Category::u1);
    REQUIRE_FALSE(room.state.open.find(first)->last_polyclinic()->active());
}

TEST_CASE("a call that someone drives to is not merged away") {
    Room room;
    room.brigade(1);
    const IncidentId first = room.call(Category::u2), second = room.call(Category::u2);
    room.assign(second, 1);
    REQUIRE_FALSE(room.tell(MergeIncident{second, first}));
    REQUIRE(room.refusal.code == RefusalCode::still_at_work);
    REQUIRE(room.tell(MergeIncident{first, second}));
    REQUIRE_FALSE(room.tell(MergeIncident{second, second}));
}

TEST_CASE("a second call near in place, time and words is hinted at, best first") {
    Room room;
    const IncidentId near =
        call_with(room, "+7 700 000 00 01", "ДТП, человек лежит без сознания", 50);
    const IncidentId same_line = call_with(room, "8 700 000 00 02", "болит живот", 50.5);
    call_with(room, "+7 700 000 00 03", "ДТП, человек лежит без сознания", 50.1);
    room.wait(120);
    const auto hints = possible_duplicates(
        room.state, view(room),
        {.self = {}, .place = LatLon{50.0005, 70}, .words = "дтп лежит человек", .now = room.now});
    REQUIRE(hints.size() == 1);
    REQUIRE(hints[0].incident == near);
    REQUIRE(hints[0].distance_m.value() == Approx(55.6).margin(1));
    const auto by_line = possible_duplicates(
        room.state, view(room), {.self = {}, .phone = "+77000000002", .now = room.now});
    REQUIRE(by_line.size() == 1);
    REQUIRE(by_line[0].incident == same_line);
    room.wait(3 * 3600);
    REQUIRE(possible_duplicates(room.state, view(room),
                                {.self = {}, .phone = "+77000000002", .now = room.now})
                .empty());
}

TEST_CASE("what is kept from one search to the next never changes what is found") {
    Room room;
    DuplicateMemory memory;
    const auto same = [&](const char* words) {
        const DuplicateQuery query{.self = {}, .place = LatLon{50.0005, 70},
                                   .phone = "+77000000002", .words = words,
                                   .address = "Абая 12", .now = room.now};
        const auto kept = possible_duplicates(room.state, view(room), query, 8, memory);
        const auto anew = possible_duplicates(room.state, view(room), query, 8);
        REQUIRE(kept.size() == anew.size());
        for (std::size_t k = 0; k < kept.size(); ++k) {
            REQUIRE(kept[k].incident == anew[k].incident);
            REQUIRE(kept[k].score == anew[k].score);
        }
        return kept.empty() ? 0.0 : kept[0].score;
    };
    const IncidentId first = call_with(room, "+7 700 000 00 02", "болит живот", 50);
    call_with(room, "+7 700 000 00 03", "человек без сознания", 50.0001);
    const double before = same("лежит без сознания");
    RecordIntake more{.incident = first};
    more.personal.words = "лежит без сознания";
    REQUIRE(room.tell(more));
    CHECK(same("лежит без сознания") > before);
    // Its rows are gone: nothing of them is found any more.
    room.people = {};
    CHECK(same("лежит без сознания") < before);
    CHECK(memory.size() == 0);
}

TEST_CASE("likeness folds case in three alphabets") {
    REQUIRE(text_likeness("ҚАН КЕТІП ЖАТЫР", "қан кетіп жатыр") == 1);
    REQUIRE(text_likeness("Ёлка", "елка") == 1);
    REQUIRE(text_likeness("", "") == 0);
    REQUIRE(text_likeness("abc", "xyz") == 0);
}

TEST_CASE("the nurse's sorting needs a patient at the door") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u2);
    room.assign(id, 1);
    REQUIRE_FALSE(room.tell(RecordHospitalTriage{id, {1}, TriageZone::red}));
    REQUIRE(room.refusal.code == RefusalCode::status_order);
    room.status(1, BrigadeStatus::at_hospital);
    room.wait(40);
    REQUIRE(room.tell(RecordHospitalTriage{id, {1}, TriageZone::yellow}));
    const Task& a = room.state.open.find(id)->tasks[0];
    REQUIRE(a.zone == TriageZone::yellow);
    REQUIRE(*a.zone_at - *a.at_hospital_at() == std::chrono::seconds{40});
}

TEST_CASE("a text is approved only as it was signed, by the senior doctor") {
    Room room;
    REQUIRE_FALSE(room.tell(SignText{"card:choking", "v1"}, Seat::dispatcher));
    REQUIRE(room.refusal.code == RefusalCode::right_required);
    REQUIRE(room.tell(SignText{"card:choking", "v1"}, Seat::senior_doctor));
    REQUIRE(room.state.signature("card:choking", "v1") != nullptr);
    REQUIRE(room.state.signature("card:choking", "v2") == nullptr);
    REQUIRE(room.tell(SignText{"card:choking", "v2"}, Seat::senior_doctor));
    REQUIRE(room.state.signature("card:choking", "v1") == nullptr);
}
