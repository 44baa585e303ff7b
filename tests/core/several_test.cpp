// Several calls, patients and tasks of one incident; what is entered late; clocks that are wrong.

#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/core/incidents/clocks.h"
#include "dispatch/core/people/rights.h"
#include "dispatch/desk/load_protocol.h"
#include "tests/core/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

std::shared_ptr<const triage::Protocol> rules() {
    static const auto held = [] {
        auto read = load_protocol(JEDEL_SOURCE_DIR);
        REQUIRE(read);
        return std::make_shared<const triage::Protocol>(std::move(*read));
    }();
    return held;
}

struct RuledRoom : Room {
    RuledRoom() {
        context.protocol = rules();
        tell(ReceiveCall{});
        id = state.newest_incident();
    }
    const Incident& incident() const { return *state.open.find(id); }
    bool say(PatientId patient, const char* finding) {
        return tell(RecordFindings{id, {{finding, "yes", Source::caller, {}}}, patient});
    }
    IncidentId id;
};

}  // namespace

TEST_CASE("each patient has a triage of his own, the incident the most urgent of them") {
    RuledRoom room;
    const PatientId first = room.incident().first_patient().id;
    REQUIRE(room.say(first, "blood_in_urine"));
    CHECK(room.incident().triage.proposed == Category::u4);
    REQUIRE(room.tell(SetCategory{.incident = room.id, .category = Category::u4}));
    REQUIRE(room.tell(AddPatient{room.id}));
    const PatientId second = room.incident().patients.at(1).id;
    CHECK(first != second);
    // Of the second nothing is known: the range is as wide upward as for a call without words.
    CHECK(room.incident().triage.most_urgent == Category::u1);
    REQUIRE(room.say(second, "chest_pain"));
    CHECK(room.incident().patient(first)->triage.proposed == Category::u4);
    CHECK(room.incident().patient(second)->triage.proposed == Category::u1);
    CHECK(room.incident().triage.proposed == Category::u1);
    CHECK(room.incident().triage.rules == room.incident().patient(second)->triage.rules);
    CHECK(room.incident().category == Category::u1);
    // What is said of the first afterwards lowers nothing.
    REQUIRE(room.tell(RecordIntake{.incident = room.id, .age_years = 30, .patient = first}));
    CHECK(room.incident().category == Category::u1);
    CHECK(room.incident().triage.proposed == Category::u1);
}

TEST_CASE("where there are several, the one that is meant must be named") {
    RuledRoom room;
    REQUIRE(room.tell(AddPatient{room.id}));
    CHECK_FALSE(room.tell(RecordIntake{.incident = room.id, .age_years = 3}));
    CHECK(room.refusal.code == RefusalCode::which_one);
    const FindingValue pain{"chest_pain", "yes", Source::caller, {}};
    CHECK_FALSE(room.tell(RecordFindings{room.id, {pain}, {}}));
    CHECK(room.refusal.code == RefusalCode::which_one);
    RecordIntake nobody{.incident = room.id, .age_years = 3};
    nobody.patient = PatientId{99};
    CHECK_FALSE(room.tell(nobody));
    CHECK(room.refusal.code == RefusalCode::unknown_patient);
    REQUIRE(room.tell(ReceiveCall{.channel = Channel::line_112, .incident = room.id}));
    CHECK_FALSE(room.tell(RecordCallerLost{room.id, {}}));
    CHECK(room.refusal.code == RefusalCode::which_one);
    CHECK_FALSE(room.tell(RecordCallerLost{room.id, CallId{77}}));
    CHECK(room.refusal.code == RefusalCode::unknown_call);
}

TEST_CASE("a second call keeps its own caller; nobody is lost while one holds the line") {
    RuledRoom room;
    RecordIntake first{.incident = room.id};
    first.personal.phone = "+7 700 000 00 01";
    first.personal.words = "упал";
    REQUIRE(room.tell(first));
    ReceiveCall again{.channel = Channel::line_112, .incident = room.id};
    again.personal.phone = "+7 700 000 00 02";
    REQUIRE(room.tell(again));
    REQUIRE(room.incident().calls.size() == 2);
    CHECK(room.state.open.size() == 1);
    CHECK(room.incident().calls[0].day_number == 1);
    CHECK(room.incident().calls[1].day_number == 2);
    const auto phone = [&](std::size_t call) {
        return room.people.find(*room.incident().calls.at(call).person)->phone;
    };
    CHECK(phone(0) == "+7 700 000 00 01");
    CHECK(phone(1) == "+7 700 000 00 02");
    REQUIRE(room.tell(RecordCallerLost{room.id, room.incident().calls[0].id}));
    CHECK_FALSE(room.incident().caller_lost());
    REQUIRE(room.tell(RecordCallerLost{room.id, room.incident().calls[1].id}));
    CHECK(room.incident().caller_lost());
}

TEST_CASE("a no counts by who said it: hearsay of one caller is no word of the other") {
    RuledRoom room;
    REQUIRE(room.tell(RecordIntake{.incident = room.id, .caller = CallerRelation::away}));
    REQUIRE(room.tell(ReceiveCall{.incident = room.id}));
    const CallId beside = room.incident().calls[1].id;
    REQUIRE(room.tell(RecordIntake{.incident = room.id, .caller = CallerRelation::beside,
                                   .call = beside}));
    REQUIRE(room.tell(RecordFindings{
        room.id, {{"unconscious", "no", Source::caller, {}}}, {}}));
    const Category wide = room.incident().triage.most_urgent;
    CHECK(wide == Category::u1);
    const FindingValue back{"unconscious", "unknown", Source::caller, {}};
    REQUIRE(room.tell(RecordFindings{room.id, {back}, {}}));
    REQUIRE(room.tell(RecordFindings{
        room.id, {{"unconscious", "no", Source::caller, beside}}, {}}));
    CHECK(room.incident().first_patient().findings.back().call == beside);
    CHECK_FALSE(room.tell(RecordFindings{
        room.id, {{"unconscious", "yes", Source::caller, CallId{55}}}, {}}));
    CHECK(room.refusal.code == RefusalCode::unknown_call);
}

TEST_CASE("caller, place and patient are kept apart: a row is made for the one that changed") {
    Room room;
    ReceiveCall call;
    call.personal.phone = "+7 700 000 00 01";
    call.personal.address = "Абая 12";
    call.personal.iin = "991231500016";
    REQUIRE(room.tell(call));
    const IncidentId id = room.state.newest_incident();
    const auto now = [&] { return room.state.open.find(id); };
    const auto place = now()->place_person;
    const auto patient = now()->first_patient().person;
    RecordIntake words{.incident = id};
    words.personal.words = "болит";
    words.personal.address = "Абая 12";
    REQUIRE(room.tell(words));
    CHECK(now()->place_person == place);
    CHECK(now()->first_patient().person == patient);
    const PersonalRecord& row = *room.people.find(*now()->first_call().person);
    CHECK(row.phone == "+7 700 000 00 01");
    CHECK(row.words == "болит");
    CHECK(row.address.empty());
    CHECK(row.iin.empty());
    CHECK(row.subject == PersonalSubject::call);
}

TEST_CASE("a second hand-over to a polyclinic is a second task; nothing is overwritten") {
    Room room;
    const IncidentId id = room.call(Category::u4);
    const auto hand = [&](std::uint64_t polyclinic) {
        return room.tell(HandToPolyclinic{.incident = id, .polyclinic = {polyclinic}, .row = "r"});
    };
    REQUIRE(hand(301));
    REQUIRE(room.tell(ReturnFromPolyclinic{id, "closed", {}}));
    REQUIRE(hand(302));
    REQUIRE(room.tell(AcceptByPolyclinic{id, {}}));
    const auto& tasks = room.state.open.find(id)->tasks;
    REQUIRE(tasks.size() == 2);
    CHECK(tasks[0].organisation == OrganisationId{301});
    CHECK(tasks[0].return_reason == "closed");
    CHECK(tasks[1].organisation == OrganisationId{302});
    CHECK(tasks[1].accepted_at().has_value());
    CHECK(tasks[0].id != tasks[1].id);
    REQUIRE(room.tell(RecordDisposition{id, Disposition::handed_to_polyclinic, {}, {}}));
    REQUIRE(room.tell(CloseIncident{id}));
    for (const Task& task : room.state.recent.find(id)->tasks) CHECK_FALSE(task.active());
}

TEST_CASE("police, fire service and aviation are tasks with steps; they end before the call") {
    Room room;
    const IncidentId id = room.call(Category::u2);
    CHECK_FALSE(room.tell(RequestService{.incident = id, .resource = Resource::brigade,
                                         .purpose = "x"}));
    CHECK_FALSE(room.tell(RequestService{.incident = id, .resource = Resource::police}));
    CHECK(room.refusal.code == RefusalCode::reason_required);
    REQUIRE(room.tell(RequestService{.incident = id, .resource = Resource::police,
                                     .purpose = "threat"}));
    CHECK_FALSE(room.tell(RequestService{.incident = id, .resource = Resource::police,
                                         .purpose = "threat"}));
    CHECK(room.refusal.code == RefusalCode::already_handed);
    const TaskId police = room.state.open.find(id)->tasks.back().id;
    const auto step = [&](TaskStep s, std::string reason = {}) {
        return room.tell(ReportTask{id, police, s, std::move(reason), {}});
    };
    REQUIRE(step(TaskStep::accepted));
    CHECK_FALSE(step(TaskStep::accepted));
    CHECK(room.refusal.code == RefusalCode::status_order);
    REQUIRE(step(TaskStep::on_scene));
    CHECK_FALSE(step(TaskStep::under_way));
    REQUIRE(room.tell(RecordDisposition{id, Disposition::false_call, {}, {}}));
    CHECK_FALSE(room.tell(CloseIncident{id}));
    CHECK(room.refusal.code == RefusalCode::still_at_work);
    CHECK_FALSE(step(TaskStep::returned));
    CHECK(room.refusal.code == RefusalCode::reason_required);
    REQUIRE(step(TaskStep::done));
    REQUIRE(room.tell(CloseIncident{id}));
    CHECK(room.state.recent.find(id)->tasks.back().history.size() == 4);
}

TEST_CASE("a status that names a task is refused when the brigade is at another") {
    Room room;
    room.brigade(1);
    const IncidentId first = room.call(Category::u2);
    const IncidentId second = room.call(Category::u1);
    REQUIRE(room.assign(first, 1));
    const TaskId old = *room.state.brigades.find({1})->task;
    REQUIRE(room.tell(ReleaseBrigade{first, {1}, ReleaseReason::more_urgent_call, {}}));
    REQUIRE(room.assign(second, 1));
    ReportStatus late{.brigade = {1}, .status = BrigadeStatus::accepted, .task = old};
    CHECK_FALSE(room.tell(late));
    CHECK(room.refusal.code == RefusalCode::stale_version);
    CHECK(room.refusal.first_incident == second);
    late.task = room.state.brigades.find({1})->task;
    CHECK(room.tell(late));
}

TEST_CASE("a call from paper keeps its whole true course") {
    Room room;
    room.brigade(1);
    const Instant entered = room.now;
    const auto ago = [&](int minutes) { return entered - std::chrono::minutes{minutes}; };
    REQUIRE(room.tell(ReceiveCall{.channel = Channel::paper, .received_at = ago(90)}));
    const IncidentId id = room.state.newest_incident();
    REQUIRE(room.tell(SetCategory{.incident = id, .category = Category::u1}));
    CHECK_FALSE(room.tell(AssignBrigade{.incident = id, .brigade = {1}, .at = ago(91)}));
    CHECK(room.refusal.code == RefusalCode::time_order);
    REQUIRE(room.tell(AssignBrigade{.incident = id, .brigade = {1}, .at = ago(88)}));
    const auto report = [&](BrigadeStatus s, int minutes) {
        ReportStatus c{.brigade = {1}, .status = s};
        c.at = ago(minutes);
        return room.tell(c);
    };
    REQUIRE(report(BrigadeStatus::departed, 87));
    CHECK_FALSE(report(BrigadeStatus::on_scene, 89));
    CHECK(room.refusal.code == RefusalCode::time_order);
    REQUIRE(report(BrigadeStatus::on_scene, 80));
    REQUIRE(report(BrigadeStatus::returning, 50));
    REQUIRE(room.tell(RecordDisposition{id, Disposition::served, {}, ago(50)}));
    const Incident& incident = *room.state.open.find(id);
    const Task& task = incident.tasks.at(0);
    CHECK(task.sent_at() == ago(88));
    CHECK(task.on_scene_at() == ago(80));
    CHECK(task.ended_at() == ago(50));
    CHECK(incident.ending.at == ago(50));
    CHECK(task.history.front().entered_at == entered);
    const CallClocks clocks = clocks_of(incident);
    CHECK(clocks.hand_over.elapsed_ms(room.now) == 2 * 60'000);
    CHECK(clocks.arrival.elapsed_ms(room.now) == 8 * 60'000);
    // What the brigade did before its last task ended cannot be entered over it.
    REQUIRE(room.tell(ReceiveCall{.channel = Channel::paper, .received_at = ago(85)}));
    const IncidentId other = room.state.newest_incident();
    REQUIRE(room.tell(SetCategory{.incident = other, .category = Category::u1}));
    CHECK_FALSE(room.tell(AssignBrigade{.incident = other, .brigade = {1}, .at = ago(60)}));
    CHECK(room.refusal.code == RefusalCode::time_order);
    CHECK(room.tell(AssignBrigade{.incident = other, .brigade = {1}, .at = ago(49)}));
}

TEST_CASE("a clock set back refuses no work and makes no negative duration") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u1);
    REQUIRE(room.assign(id, 1));
    REQUIRE(room.status(1, BrigadeStatus::departed));
    const Instant before = room.state.at;
    room.now = room.now - std::chrono::hours{3};
    REQUIRE(room.status(1, BrigadeStatus::on_scene));
    REQUIRE(room.status(1, BrigadeStatus::returning));
    CHECK(room.state.at == before);
    const Task& task = room.state.open.find(id)->tasks.at(0);
    CHECK(*task.on_scene_at() >= *task.departed_at());
    CHECK(*task.ended_at() >= *task.on_scene_at());
}

TEST_CASE("a head that a wrong year wrote is set aside, and locks nobody") {
    Room room;
    room.brigade(1);
    const IncidentId id = room.call(Category::u1);
    const Instant right = room.now;
    room.now = room.now + std::chrono::hours{24 * 365};
    REQUIRE(room.assign(id, 1));
    REQUIRE(room.status(1, BrigadeStatus::on_scene));
    REQUIRE(room.status(1, BrigadeStatus::returning));
    room.now = right + std::chrono::minutes{5};
    REQUIRE(room.tell(NoteClock{room.now, "behind"}));
    REQUIRE(room.state.clock_trouble.has_value());
    CHECK_FALSE(room.tell(CorrectClock{room.now, "the year was wrong"}, Seat::call_taker));
    CHECK(room.refusal.code == RefusalCode::right_required);
    CHECK_FALSE(room.tell(CorrectClock{room.now, ""}, Seat::senior_dispatcher));
    REQUIRE(room.tell(CorrectClock{room.now, "the year was wrong"}, Seat::senior_dispatcher));
    CHECK_FALSE(room.state.clock_trouble.has_value());
    CHECK(room.state.at == room.now);
    room.wait(60);
    const IncidentId next = room.call(Category::u1);
    CHECK(room.state.open.find(next)->received_at == room.now);
    REQUIRE(room.assign(next, 1));
    room.wait(60);
    REQUIRE(room.status(1, BrigadeStatus::on_scene));
    CHECK(room.state.open.find(next)->tasks.at(0).on_scene_at() == room.now);
}

TEST_CASE("what is taken apart is as it was before the merge, on both sides") {
    Room room;
    const IncidentId into = room.call(Category::u3);
    const IncidentId from = room.call(Category::u3);
    REQUIRE(room.tell(RecordDisposition{from, Disposition::false_call, {}, {}}));
    const Ending ending = room.state.open.find(from)->ending;
    REQUIRE(room.tell(MergeIncident{from, into}));
    CHECK(room.state.open.find(into)->calls.size() == 2);
    CHECK(room.state.recent.find(from)->ending.disposition == Disposition::duplicate);
    REQUIRE(room.tell(UnmergeIncident{from}));
    CHECK(room.state.open.find(from)->ending == ending);
    CHECK_FALSE(room.state.open.find(from)->merged_into.has_value());
    CHECK(room.state.open.find(into)->calls.size() == 1);
    CHECK(room.state.open.find(into)->merged.empty());
    // The other side may have closed meanwhile.
    REQUIRE(room.tell(MergeIncident{from, into}));
    REQUIRE(room.tell(RecordDisposition{into, Disposition::repeat, {}, {}}));
    REQUIRE(room.tell(CloseIncident{into}));
    REQUIRE(room.tell(UnmergeIncident{from}));
    CHECK(room.state.recent.find(into)->merged.empty());
    CHECK(room.state.recent.find(into)->calls.size() == 1);
}

TEST_CASE("of the closed ones the one closed longest ago goes first, whatever its number") {
    Room room;
    const IncidentId old = room.call(Category::u4);
    const auto close = [&](IncidentId id) {
        REQUIRE(room.tell(RecordDisposition{id, Disposition::false_call, {}, {}}));
        REQUIRE(room.tell(CloseIncident{id}));
    };
    for (std::size_t i = 0; i < State::recent_max; ++i) close(room.call(Category::u4));
    REQUIRE(room.state.recent.size() == State::recent_max);
    close(old);
    CHECK(room.state.recent.find(old) != nullptr);
    CHECK(room.state.recent.size() == State::recent_max);
    CHECK(room.state.recent.find({old.value + 1}) == nullptr);
    CHECK(room.state.recent_order.back() == old);
}

TEST_CASE("two desks mint numbers without asking each other") {
    Room room;
    room.context.desk = 3;
    REQUIRE(room.tell(ReceiveCall{}));
    room.context.desk = 0;
    REQUIRE(room.tell(ReceiveCall{}));
    room.context.desk = desk_max;
    REQUIRE(room.tell(ReceiveCall{}));
    REQUIRE(room.tell(ReceiveCall{}));
    CHECK(room.state.open.find({id_of(3, 1)}) != nullptr);
    CHECK(room.state.open.find({1}) != nullptr);
    CHECK(room.state.open.find({id_of(desk_max, 2)}) != nullptr);
    CHECK(id_of(desk_max, desk_count_mask) < (std::uint64_t{1} << 53));
    std::vector<std::uint32_t> numbers;
    for (const auto& i : room.state.open.rows()) numbers.push_back(i->day_number);
    std::sort(numbers.begin(), numbers.end());
    CHECK(numbers == std::vector<std::uint32_t>{1, 2, 3, 4});
    CHECK_FALSE(room.tell(CloseIncident{{id_of(7, 1)}}));
    CHECK(room.refusal.code == RefusalCode::unknown_incident);
}

TEST_CASE("nobody is the program by default, and a refusal says which seat may") {
    Room room;
    CommandEnvelope envelope{.id = "1", .actor = "desk 1", .seat = {}, .command = ReceiveCall{}};
    const auto code = [&] {
        const auto answer = decide(room.state, room.context, {}, envelope, room.now);
        return std::get<Refusal>(answer);
    };
    CHECK(code().code == RefusalCode::actor_required);
    CHECK(code().field == "seat");
    envelope.seat = Seat::dispatcher;
    envelope.actor = "";
    CHECK(code().field == "actor");
    envelope.actor = "desk 1";
    envelope.seat = Seat::auditor;
    CHECK(code().code == RefusalCode::right_required);
    CHECK(code().detail.find("call_taker, dispatcher") != std::string::npos);
}

TEST_CASE("an administrator changes no call, a substation no triage, an auditor nothing") {
    Room room;
    const IncidentId id = room.call(Category::u3);
    const Command set = SetCategory{.incident = id, .category = Category::u1};
    for (const Seat seat : {Seat::administrator, Seat::substation, Seat::auditor,
                            Seat::polyclinic_desk}) {
        CAPTURE(name_of(seat));
        CHECK_FALSE(room.tell(set, seat));
        CHECK(room.refusal.code == RefusalCode::right_required);
    }
    // Down is a right of its own, whoever may set a category.
    const Command down = SetCategory{.incident = id, .category = Category::u4,
                                     .reason = OverrideReason::clinical_judgement, .words = "w"};
    CHECK_FALSE(room.tell(down, Seat::senior_dispatcher));
    CHECK(room.refusal.code == RefusalCode::right_required);
    CHECK(room.tell(down, Seat::senior_doctor));
}
