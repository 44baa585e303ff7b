// A polyclinic's desk, the exception list, and what goes beside the room's own brigades, in the
// real console.

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

/// A call with a place, a name and category 4.
void take_four(Room& room, const char* name = "Науқас") {
    room.press(Key::f2);
    room.press(Key::enter);
    room.type("кашель");
    room.press(Key::enter);
    room.type("Абая 12");
    room.press(Key::enter);
    room.type("34");
    room.press(Key::o, ctrl);
    room.press(digit_key(4));
    room.press(Key::down);
    room.press(Key::tab);
    room.type("по словам");
    room.press(Key::enter);
    REQUIRE(room.only_call()->category == Category::u4);
    RecordIntake named{.incident = room.only_call()->id};
    named.personal.patient_name = name;
    room.desk->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = named}).get();
    room.settle();
}

void tell(Room& room, Command command, Seat seat = Seat::dispatcher) {
    const Outcome outcome =
        room.desk->ask({.id = {}, .actor = "t", .seat = seat, .command = std::move(command)})
            .get();
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) FAIL(refusal->detail);
    room.settle();
}

/// Makes the console the desk of the polyclinic of the small city.
void sit_at_polyclinic(Room& room) {
    room.ui().seat = Seat::polyclinic_desk;
    room.ui().organisation = OrganisationId{2};
    room.ui().selected = {};
    room.ui().area = Area::queue;
    room.ui().queue.order.seq = ~std::uint64_t{0};
    room.settle();
}

void polyclinic_brigade(Room& room) {
    RegisterBrigade b{.brigade = {50}, .name = "П-1", .brigade_kind = BrigadeKind::polyclinic,
                      .base = {2}, .shift_end = {}};
    b.base_place = test::small_city()->organisations.all[1].place;
    tell(room, b, Seat::system);
    tell(room, ReportStatus{.brigade = {50}, .status = BrigadeStatus::free_at_base});
}

bool drawn(const Room& room, std::string_view name) {
    return room.recorder.find(name) != nullptr;
}

}  // namespace

TEST_CASE("a polyclinic's desk: its calls only, its brigade, accept, send, end") {
    Room room;
    polyclinic_brigade(room);
    take_four(room);
    const IncidentId id = room.only_call()->id;
    tell(room, ReceiveCall{});  // another call of the station's
    room.ui().selected = id;
    room.settle();
    room.press(Key::f4);
    REQUIRE(room.now()->state.open.find(id)->polyclinic_at_work() != nullptr);
    sit_at_polyclinic(room);
    CHECK(room.ui().queue.order.rows.size() == 1);
    CHECK(drawn(room, "brigade:П-1"));
    CHECK_FALSE(drawn(room, "brigade:101"));
    room.press(Key::down);
    REQUIRE(room.ui().selected == id);
    room.press(Key::f5);
    room.press(Key::a);
    REQUIRE(room.now()->state.open.find(id)->polyclinic_at_work()->accepted_at());
    tell(room, AssignBrigade{.incident = id, .brigade = {50}});
    for (const int digit : {1, 2, 3, 7}) room.press(digit_key(digit));
    REQUIRE(room.now()->state.brigades.find({50})->task == std::nullopt);
    room.press(Key::d);
    REQUIRE(room.now()->state.open.find(id)->last_polyclinic()->served());
    room.press(Key::f6);
    room.press(digit_key(3));
    room.press(Key::enter, ctrl);
    REQUIRE(room.now()->state.recent.find(id) != nullptr);
    CHECK(room.now()->state.recent.find(id)->ending.disposition == Disposition::left_at_home);
    for (const CommandEnvelope& command : room.given) {
        if (command.seat == Seat::polyclinic_desk) CHECK(command.seat_of == OrganisationId{2});
    }
}

TEST_CASE("a polyclinic gives a call back with a reason, and it leaves its list") {
    Room room;
    take_four(room);
    const IncidentId id = room.only_call()->id;
    room.press(Key::f4);
    sit_at_polyclinic(room);
    room.press(Key::down);
    room.press(Key::f5);
    room.press(Key::v);
    room.press(digit_key(2));
    CHECK(room.now()->state.open.find(id)->last_polyclinic()->return_reason == "closed");
    CHECK(room.ui().queue.order.rows.empty());
    room.ui().organisation.reset();
    room.ui().seat = Seat::dispatcher;
    room.ui().queue.order.seq = ~std::uint64_t{0};
    room.settle();
    CHECK(room.ui().queue.order.rows.size() == 1);
    REQUIRE_FALSE(room.ui().watch.rows.empty());
    CHECK(room.ui().watch.rows.front().what == "back_from_polyclinic");
}

TEST_CASE("nothing of a polyclinic's desk is lost when the shift changes") {
    const std::string path = std::string{JEDEL_BINARY_DIR} + "/where-shift.sqlite";
    for (const char* tail : {"", "-wal", "-shm", "-head", "-key", "-lock"}) {
        std::filesystem::remove(path + tail);
    }
    IncidentId id;
    {
        Room room{RoomOptions{.journal = "sqlite:" + path}};
        take_four(room);
        id = room.only_call()->id;
        room.press(Key::f4);
        sit_at_polyclinic(room);
        room.press(Key::down);
        room.press(Key::f5);
        room.press(Key::a);
        room.press(Key::g);
        REQUIRE(room.only_call()->polyclinic_at_work()->departed_at());
    }
    Room next{RoomOptions{.journal = "sqlite:" + path}};
    sit_at_polyclinic(next);
    REQUIRE(next.ui().queue.order.rows.size() == 1);
    next.press(Key::down);
    REQUIRE(next.ui().selected == id);
    const Task& task = *next.only_call()->polyclinic_at_work();
    CHECK(task.accepted_at());
    CHECK(task.departed_at());
    next.press(Key::f5);
    next.press(Key::s);
    next.press(Key::d);
    CHECK(next.only_call()->last_polyclinic()->served());
}

TEST_CASE("the exception list is one key away, sorted, and settled row by row") {
    Room room;
    tell(room, ReceiveCall{});
    const IncidentId id = room.only_call()->id;
    for (const auto status : {BrigadeStatus::on_scene, BrigadeStatus::at_hospital}) {
        tell(room, ReportStatus{.brigade = {1}, .status = status, .source = Source::brigade});
    }
    room.clock.pass(200);
    room.settle();
    CHECK(drawn(room, "watch"));
    for (const Area area : {Area::queue, Area::fleet, Area::map}) {
        room.ui().area = area;
        room.press(Key::insert);
        CHECK(room.ui().overlay == Overlay::watch);
        room.press(Key::insert);
        CHECK(room.ui().overlay == Overlay::none);
    }
    room.press(Key::insert);
    REQUIRE(room.ui().watch.rows.size() == 3);
    CHECK(room.ui().watch.rows[0].what == "hand_over");
    room.press(Key::down);
    room.press(digit_key(2));
    REQUIRE(room.ui().watch.rows.size() == 2);
    CHECK(room.now()->state.troubles.size() == 1);
    room.press(Key::up);
    room.press(Key::up);
    room.press(Key::enter);
    CHECK(room.ui().overlay == Overlay::none);
    CHECK(room.ui().selected == id);
    CHECK(room.ui().page == Page::send);
}

TEST_CASE("danger asks the police by one key; steps by another; what was met is told again") {
    Room room;
    take_four(room);
    const IncidentId id = room.only_call()->id;
    room.press(Key::f7, shift);
    REQUIRE(room.ui().page == Page::elsewhere);
    room.press(Key::tab);
    REQUIRE(room.ui().elsewhere.section == Section::danger);
    room.press(digit_key(1));
    REQUIRE(room.only_call()->danger.has_value());
    CHECK(room.only_call()->danger->kinds == std::vector<std::string>{"weapon"});
    const auto police = [&]() -> const Task* {
        for (const Task& task : room.now()->state.open.find(id)->tasks) {
            if (task.resource == Resource::police) return &task;
        }
        return nullptr;
    };
    REQUIRE(police() != nullptr);
    for (const TaskStep step : {TaskStep::accepted, TaskStep::under_way, TaskStep::on_scene}) {
        room.press(Key::p);
        CHECK(police()->history.back().step == step);
    }
    room.press(Key::o);
    CHECK_FALSE(room.only_call()->danger->holds());
    CHECK(room.now()->state.place_dangers.size() == 1);
}

TEST_CASE("advice in the caller's language is recorded; instead of a brigade with why") {
    Room room;
    take_four(room);
    room.press(Key::f7, shift);
    REQUIRE(room.ui().elsewhere.section == Section::advice);
    room.press(Key::l);
    room.press(digit_key(1));
    REQUIRE(room.only_call()->advice.size() == 1);
    CHECK(room.only_call()->advice[0].language == "en");
    CHECK_FALSE(room.only_call()->advice[0].instead);
    room.press(Key::b);
    CHECK(room.ui().elsewhere.instead);
    room.press(digit_key(2));
    REQUIRE(room.only_call()->advice.size() == 2);
    CHECK(room.only_call()->advice[1].instead);
    CHECK(room.only_call()->advice[1].reason == "goes_himself");
    CHECK_FALSE(room.ui().elsewhere.instead);
}

TEST_CASE("aviation: a ground is chosen, the request goes on by its own steps") {
    Room room;
    take_four(room);
    room.press(Key::f7, shift);
    room.press(Key::tab);
    room.press(Key::tab);
    REQUIRE(room.ui().elsewhere.section == Section::aviation);
    room.press(digit_key(7));
    REQUIRE(room.only_call()->tasks.size() == 1);
    CHECK(room.only_call()->tasks[0].resource == Resource::medical_aviation);
    CHECK(room.only_call()->tasks[0].purpose == "air_distance");
    room.press(digit_key(1));  // one at a time
    CHECK(room.only_call()->tasks.size() == 1);
    room.press(Key::p);
    CHECK(room.only_call()->tasks[0].accepted_at());
    room.press(Key::q);
    CHECK(room.only_call()->tasks[0].return_reason == "called_off");
}

TEST_CASE("a hospital's state and beds; who is on the way is told with an arrival") {
    Room room;
    take_four(room);
    const IncidentId id = room.only_call()->id;
    tell(room, AssignBrigade{.incident = id, .brigade = {1}});
    room.press(Key::f7, shift);
    for (int i = 0; i < 3; ++i) room.press(Key::tab);
    REQUIRE(room.ui().elsewhere.section == Section::hospitals);
    room.press(Key::enter);
    CHECK(room.now()->state.hospitals.find({3})->state == HospitalState::limited);
    room.press(Key::equal);
    room.press(Key::equal);
    CHECK(room.now()->state.hospitals.find({3})->beds == 2);
    room.press(Key::h);
    const Task& task = *room.only_call()->first_brigade_at_work();
    REQUIRE(task.prealert.has_value());
    CHECK(task.prealert->hospital == OrganisationId{3});
    CHECK(*task.prealert->arrival > room.clock.now());
    room.press(Key::tab);
    room.press(digit_key(2));
    CHECK(room.only_call()->first_brigade_at_work()->companion == Companion::parent);
    room.press(digit_key(3));
    CHECK(room.only_call()->first_brigade_at_work()->companion == Companion::spouse);
}

TEST_CASE("S1 289-300: what a brigade does not do stands in no list, and the page says why") {
    for (const std::string_view name : EnumNames<Disposition>::names) {
        for (const char* forbidden : {"prescription", "sick", "certif", "alcohol", "drug"}) {
            CHECK(name.find(forbidden) == std::string_view::npos);
        }
    }
    Room room;
    take_four(room);
    room.press(Key::f6);
    CHECK(room.recorder.shows("S1 289–300"));
}

TEST_CASE("every row of the tables and every name that is shown has its words") {
    const std::string home = JEDEL_SOURCE_DIR;
    const TextTable texts = TextTable::load(home + "/assets/strings").value();
    const FleetTables tables = load_fleet_tables(home).value();
    const auto has = [&](const std::string& key) {
        INFO(key);
        CHECK(texts.has(key));
    };
    for (const AdviceItem& item : tables.elsewhere.advice) {
        has("advice." + item.id);
        has("advice_name." + item.id);
    }
    for (const AviationGround& ground : tables.elsewhere.aviation) has("aviation." + ground.id);
    for (const std::string_view what : watched) {
        has("watch." + std::string{what});
        has("watch_do." + std::string{what});
    }
    for (const char* own : {"status_unfit", "back_from_polyclinic", "scene_without_police",
                            "polyclinic_on_urgent", "aboard_at_end"}) {
        has(std::string{"watch."} + own);
        has(std::string{"watch_do."} + own);
    }
    const auto all = [&]<class E>(const char* group, E) {
        for (const std::string_view name : EnumNames<E>::names) {
            has(std::string{group} + "." + std::string{name});
        }
    };
    all("companion", Companion{});
    all("refused", Refused{});
    all("mark", SignatureMark{});
    all("capacity", Capacity{});
    all("hospital_state", HospitalState{});
    all("resource", Resource{});
    all("step", TaskStep{});
    all("source", Source{});
    all("rides_along", RidesAlong{});
}
