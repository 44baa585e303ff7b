// The exception list: what is late by the table, what cannot be, who is told.

#include "dispatch/fleet/watch.h"

#include <catch2/catch.hpp>

#include "base/install.h"
#include "tests/core/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

const WatchTable& table() {
    static const WatchTable held = [] {
        const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/watch.toml";
        return parse_watch(read_file(file).value(), file).value();
    }();
    return held;
}

std::vector<std::string> list(const Room& room) {
    std::vector<std::string> out;
    for (const Watched& row : watch(room.state, table(), room.now)) out.push_back(row.what);
    return out;
}

using Names = std::vector<std::string>;

/// Does what the keeper does.
void keep(Room& room) {
    const WatchActs acts = acts_due(room.state, table(), room.now);
    for (const IncidentId id : acts.returns) {
        REQUIRE(room.tell(ReturnFromPolyclinic{id, "not_accepted", {}}, Seat::system));
    }
    for (const auto& told : acts.told) {
        REQUIRE(room.tell(Escalate{told.incident, told.task, told.row, told.to}, Seat::system));
    }
}

}  // namespace

TEST_CASE("late to hand over, to accept, to depart: by category, at the very second") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u1);
    room.wait(59);
    CHECK(list(room).empty());
    room.wait(1);
    CHECK(list(room) == Names{"hand_over"});
    REQUIRE(room.assign(id, 1));
    CHECK(list(room).empty());
    room.wait(59);
    CHECK(list(room).empty());
    room.wait(1);
    CHECK(list(room) == Names{"brigade_accept"});
    REQUIRE(room.status(1, BrigadeStatus::accepted));
    CHECK(list(room).empty());
    room.wait(60);
    CHECK(list(room) == Names{"brigade_depart"});
    REQUIRE(room.status(1, BrigadeStatus::departed));
    CHECK(list(room).empty());
}

TEST_CASE("the most dangerous first, then the oldest; U4 weighs less than U1") {
    Room room;
    const IncidentId four = room.call(Category::u4);
    room.wait(10);
    const IncidentId two = room.call(Category::u2);
    const IncidentId one = room.call(Category::u1);
    room.tell(ReportStatus{.brigade = {9}, .status = BrigadeStatus::departed,
                           .source = Source::brigade});
    room.wait(400);
    const auto rows = watch(room.state, table(), room.now);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].incident == one);
    CHECK(rows[1].incident == two);
    CHECK(rows[2].incident == four);
    CHECK(rows[3].what == "status_unfit");
    for (std::size_t i = 1; i < rows.size(); ++i) CHECK(rows[i - 1].danger <= rows[i].danger);
}

TEST_CASE("what no polyclinic accepts comes back by itself with an alarm; what it accepted stays") {
    Room room;
    const IncidentId id = room.call(Category::u4);
    REQUIRE(room.tell(HandToPolyclinic{.incident = id, .polyclinic = {301}, .row = "r"}));
    const IncidentId accepted = room.call(Category::u4);
    REQUIRE(room.tell(HandToPolyclinic{.incident = accepted, .polyclinic = {301}, .row = "r"}));
    REQUIRE(room.tell(AcceptByPolyclinic{accepted, {}}));
    room.wait(299);
    CHECK(acts_due(room.state, table(), room.now).returns.empty());
    room.wait(1);
    CHECK(acts_due(room.state, table(), room.now).returns == std::vector{id});
    keep(room);
    const Incident& back = *room.state.open.find(id);
    CHECK(back.last_polyclinic()->return_reason == "not_accepted");
    CHECK(room.state.open.find(accepted)->polyclinic_at_work() != nullptr);
    const auto rows = watch(room.state, table(), room.now);
    REQUIRE_FALSE(rows.empty());
    CHECK(rows[0].what == "back_from_polyclinic");
    CHECK(rows[0].danger == 1);
    CHECK(acts_due(room.state, table(), room.now).returns.empty());
    // Somebody has it again: the alarm is over.
    room.brigade(1);
    REQUIRE(room.assign(id, 1));
    for (const Watched& row : watch(room.state, table(), room.now)) {
        CHECK(row.what != "back_from_polyclinic");
    }
}

TEST_CASE("seniors are told by the table, each once, however often the clock ticks") {
    Room room;
    const IncidentId id = room.call(Category::u1);
    room.wait(119);
    keep(room);
    CHECK(room.state.open.find(id)->escalations.empty());
    room.wait(1);
    for (int i = 0; i < 5; ++i) keep(room);
    const auto& told = room.state.open.find(id)->escalations;
    REQUIRE(told.size() == 1);
    CHECK(told[0].to == Seat::senior_dispatcher);
    CHECK(told[0].row == "hand-over-to-senior");
    room.wait(240);
    for (int i = 0; i < 5; ++i) keep(room);
    REQUIRE(room.state.open.find(id)->escalations.size() == 2);
    CHECK(room.state.open.find(id)->escalations[1].to == Seat::senior_doctor);
}

TEST_CASE("lost statuses show by silence: on the way, on the scene, with a patient, at the door") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u2);
    REQUIRE(room.assign(id, 1));
    REQUIRE(room.status(1, BrigadeStatus::departed));
    room.wait(1800);
    CHECK(list(room) == Names{"brigade_silent_way"});
    REQUIRE(room.status(1, BrigadeStatus::on_scene));
    room.wait(3600);
    CHECK(list(room) == Names{"brigade_silent_scene"});
    REQUIRE(room.status(1, BrigadeStatus::transporting));
    room.wait(2700);
    CHECK(list(room) == Names{"brigade_silent_transport"});
    REQUIRE(room.status(1, BrigadeStatus::at_hospital));
    room.wait(1200);
    CHECK(list(room) == Names{"hospital_hand_over"});
    REQUIRE(room.status(1, BrigadeStatus::returning));
    CHECK(list(room).empty());
}

TEST_CASE("S1 269-273: a crew at the scene while danger holds and no police are there") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u2);
    REQUIRE(room.assign(id, 1));
    REQUIRE(room.tell(RecordDanger{.incident = id, .kinds = {"weapon"}}));
    CHECK(list(room).empty());
    REQUIRE(room.status(1, BrigadeStatus::on_scene));
    CHECK(list(room) == Names{"scene_without_police"});
    const Task* police = nullptr;
    for (const Task& t : room.state.open.find(id)->tasks) {
        if (t.resource == Resource::police) police = &t;
    }
    REQUIRE(police != nullptr);
    REQUIRE(room.tell(ReportTask{id, police->id, TaskStep::on_scene, {}, {}}));
    CHECK(list(room).empty());
}

TEST_CASE("a table that leaves something unwatched, or names nobody, is refused by its field") {
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/watch.toml";
    const std::string text = read_file(file).value();
    const auto without = [&](const std::string& from, const std::string& to) {
        std::string changed = text;
        const auto at = changed.find(from);
        REQUIRE(at != std::string::npos);
        changed.replace(at, from.size(), to);
        return parse_watch(changed, "w.toml");
    };
    CHECK(without("what = \"brigade_accept\"", "what = \"brigade_depart\"").error().field ==
          "what");
    CHECK(without("what = \"brigade_accept\"", "what = \"tea\"").error().field == "what");
    CHECK(without("to = \"senior_dispatcher\"", "to = \"nobody\"").error().field == "to");
    CHECK(without("u1 = 60", "u1 = 0").error().field == "u1");
    CHECK(without("danger = 1", "danger = 4").error().field == "danger");
}
