// Dangers, hospitals, companions, refusals, advice; what a polyclinic's desk may; guards that hold
// while facts change. Each case names the document and the lines it decides.

#include <catch2/catch.hpp>

#include "tests/core/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

/// A room with a call of a category and a brigade on its way to it.
struct Served : Room {
    IncidentId id;
    explicit Served(Category category = Category::u2) {
        brigade(1);
        id = call(category);
        REQUIRE(assign(id, 1));
    }
    const Incident& incident() const { return *state.open.find(id); }
    const Task& task() const { return incident().tasks.front(); }
};

bool hand(Room& room, IncidentId id, std::uint64_t polyclinic = 301) {
    return room.tell(HandToPolyclinic{.incident = id, .polyclinic = {polyclinic}, .row = "r"});
}

/// A command of a polyclinic's own desk.
bool tell_of(Room& room, const Command& command, std::uint64_t organisation) {
    const CommandEnvelope envelope{.id = "p" + std::to_string(++room.commands),
                                   .actor = "polyclinic",
                                   .seat = Seat::polyclinic_desk,
                                   .command = command,
                                   .seat_of = OrganisationId{organisation}};
    auto answer = decide(room.state, room.context, PersonalView{&room.people}, envelope, room.now);
    if (auto* refused = std::get_if<Refusal>(&answer)) {
        room.refusal = *refused;
        return false;
    }
    for (PersonalRecord& row : std::get<Decision>(answer).personal) room.people.put(row);
    for (Event& event : std::get<Decision>(answer).events) {
        room.log.push_back({.seq = room.state.seq + 1, .at = std::get<Decision>(answer).at,
                            .actor = "polyclinic", .seat = Seat::polyclinic_desk,
                            .command_id = envelope.id, .event = std::move(event)});
        apply(room.state, room.log.back());
    }
    return true;
}

const Task* police_of(const Incident& incident) {
    for (const Task& task : incident.tasks) {
        if (task.resource == Resource::police) return &task;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("S1 269-273: a threat is served together with the police, asked for in the same breath") {
    Served room;
    REQUIRE(room.tell(RecordDanger{.incident = room.id, .kinds = {"weapon"}, .police = {{401}}}));
    CHECK(room.incident().danger->holds());
    REQUIRE(police_of(room.incident()) != nullptr);
    CHECK(police_of(room.incident())->organisation == OrganisationId{401});
    CHECK(police_of(room.incident())->purpose == "threat");
    // Said again with more: the police are not asked a second time.
    REQUIRE(room.tell(RecordDanger{.incident = room.id, .kinds = {"weapon", "drunk"}}));
    CHECK(room.incident().tasks.size() == 2);
    REQUIRE(room.tell(RecordDanger{.incident = room.id, .lift = true}));
    CHECK_FALSE(room.incident().danger->holds());
    CHECK(room.incident().danger->kinds.size() == 2);  // what it was stays known
    CHECK_FALSE(room.tell(RecordDanger{.incident = room.id, .lift = true}));
}

TEST_CASE("S1 275-278: a crew that reports the threat gets the police sent along by that word") {
    Served room;
    REQUIRE(room.tell(ReleaseBrigade{room.id, {1}, ReleaseReason::crew_threatened}));
    CHECK(room.incident().danger->source == Source::brigade);
    CHECK(police_of(room.incident()) != nullptr);
}

TEST_CASE("a danger is remembered by its place, the newest word of it, bounded") {
    Served room;
    REQUIRE(room.tell(RecordDanger{.incident = room.id, .kinds = {"dog"}}));
    REQUIRE(room.state.place_dangers.size() == 1);
    CHECK(room.state.place_dangers[0].kinds == std::vector<std::string>{"dog"});
    room.wait(60);
    REQUIRE(room.tell(RecordDanger{
        .incident = room.id, .kinds = {"weapon"}, .source = Source::brigade}));
    REQUIRE(room.state.place_dangers.size() == 1);
    CHECK(room.state.place_dangers[0].source == Source::brigade);
    CHECK(room.state.place_dangers[0].at == room.now);
}

TEST_CASE("S1 176-178: at most one companion rides along, and who it is stands there") {
    Served room;
    REQUIRE(room.tell(RecordCompanion{room.id, {1}, Companion::parent}));
    CHECK(room.task().companion == Companion::parent);
    CHECK_FALSE(room.tell(RecordCompanion{room.id, {1}, Companion::spouse}));
    CHECK(room.refusal.code == RefusalCode::too_many);
    CHECK(room.task().companion == Companion::parent);
    REQUIRE(room.tell(RecordCompanion{room.id, {1}, Companion::spouse, true}));
    CHECK(room.task().companion == Companion::spouse);
    REQUIRE(room.tell(RecordCompanion{room.id, {1}, Companion::none}));
    CHECK_FALSE(room.tell(RecordCompanion{room.id, {2}, Companion::parent}));
    CHECK(room.refusal.code == RefusalCode::not_handed);
}

TEST_CASE("S1 170-174: a hospital announces its state; what is said is kept with its end") {
    Room room;
    const Instant until = room.now + std::chrono::hours{2};
    REQUIRE(room.tell(AnnounceHospital{{201}, HospitalState::closed, until, 0, "repair"}));
    CHECK(room.state.hospitals.find({201})->state == HospitalState::closed);
    CHECK(room.state.hospitals.find({201})->until == until);
    CHECK_FALSE(room.tell(AnnounceHospital{{201}, HospitalState::closed, until, 0, "repair"}));
    CHECK_FALSE(room.tell(AnnounceHospital{{201}, HospitalState::closed, room.now, {}, {}}));
    CHECK(room.refusal.code == RefusalCode::time_order);
    CHECK_FALSE(room.tell(AnnounceHospital{{201}, HospitalState::open, {}, -1, {}}));
    CHECK_FALSE(room.tell(AnnounceHospital{{201}, HospitalState::open, until, {}, {}}));
    REQUIRE(room.tell(AnnounceHospital{{201}, HospitalState::open, {}, 4, {}}));
    CHECK(room.state.hospitals.find({201})->beds == 4);
}

TEST_CASE("S1 170-174: the hospital is told who comes, with findings and a predicted arrival") {
    Served room;
    const Instant arrival = room.now + std::chrono::minutes{12};
    REQUIRE(room.tell(PrealertHospital{room.id, {1}, {201}, {"chest_pain"}, arrival}));
    CHECK(room.task().prealert->arrival == arrival);
    CHECK_FALSE(room.tell(PrealertHospital{room.id, {1}, {201}, {"chest_pain"}, arrival}));
    for (const auto s : {BrigadeStatus::on_scene, BrigadeStatus::at_hospital}) {
        REQUIRE(room.status(1, s));
    }
    CHECK_FALSE(room.tell(PrealertHospital{room.id, {1}, {202}, {}, {}}));
    CHECK(room.refusal.code == RefusalCode::status_order);
}

TEST_CASE("a refusal closes a call only with what was refused, the mark and the capacity") {
    Served room;
    for (const auto s : {BrigadeStatus::on_scene, BrigadeStatus::returning}) {
        REQUIRE(room.status(1, s));
    }
    REQUIRE(room.tell(RecordDisposition{room.id, Disposition::refused, {}, {}}));
    CHECK_FALSE(room.tell(CloseIncident{room.id}));
    CHECK(room.refusal.code == RefusalCode::end_incomplete);
    RecordHelpRefusal refusal{.incident = room.id, .what = Refused::hospital};
    CHECK_FALSE(room.tell(refusal));
    CHECK(room.refusal.field == "mark");
    refusal.mark = SignatureMark::refused_to_sign;
    CHECK_FALSE(room.tell(refusal));
    CHECK(room.refusal.field == "capacity");
    // Who cannot decide cannot refuse.
    refusal.capacity = Capacity::unable;
    CHECK_FALSE(room.tell(refusal));
    CHECK(room.refusal.code == RefusalCode::disposition_not_allowed);
    refusal.capacity = Capacity::represented;
    REQUIRE(room.tell(refusal));
    REQUIRE(room.tell(CloseIncident{room.id}));
}

TEST_CASE("a death before arrival asks the police, and closes when they are through") {
    Served room;
    REQUIRE(room.status(1, BrigadeStatus::on_scene));
    REQUIRE(room.tell(RecordDisposition{room.id, Disposition::death_before_arrival, {}, {}}));
    REQUIRE(police_of(room.incident()) != nullptr);
    CHECK(police_of(room.incident())->purpose == "death");
    REQUIRE(room.status(1, BrigadeStatus::returning));
    CHECK_FALSE(room.tell(CloseIncident{room.id}));
    CHECK(room.refusal.code == RefusalCode::still_at_work);
    REQUIRE(room.tell(ReportTask{room.id, police_of(room.incident())->id, TaskStep::done, {}, {}}));
    REQUIRE(room.tell(CloseIncident{room.id}));
}

TEST_CASE("S0 590-594, 692: advice instead of a brigade only by a person, for U4, with why") {
    Room room;
    const IncidentId id = room.call(Category::u4);
    GiveAdvice advice{.incident = id, .items = {"filter_room"}, .language = "kk"};
    REQUIRE(room.tell(advice));  // read out beside the brigade: no decision
    CHECK_FALSE(room.state.open.find(id)->advice[0].instead);
    REQUIRE(room.tell(RecordDisposition{id, Disposition::unjustified, {}, {}}));
    CHECK_FALSE(room.tell(CloseIncident{id}));
    CHECK(room.refusal.code == RefusalCode::end_incomplete);
    advice.instead = true;
    CHECK_FALSE(room.tell(advice));
    CHECK(room.refusal.code == RefusalCode::reason_required);
    advice.reason = "caller_agrees";
    advice.words = "comes to the filter room himself";
    CHECK_FALSE(room.tell(advice, Seat::system));
    const IncidentId urgent = room.call(Category::u3);
    GiveAdvice for_urgent = advice;
    for_urgent.incident = urgent;
    CHECK_FALSE(room.tell(for_urgent));
    CHECK(room.refusal.code == RefusalCode::not_category_4);
    REQUIRE(room.tell(advice));
    REQUIRE(room.tell(CloseIncident{id}));
}

TEST_CASE("guards hold: what becomes known of a call with a polyclinic brings it back at once") {
    Room room;
    const IncidentId infant = room.call(Category::u4);
    REQUIRE(hand(room, infant));
    REQUIRE(tell_of(room, AcceptByPolyclinic{infant, {}}, 301));
    REQUIRE(room.tell(RecordIntake{.incident = infant, .age_years = 0.5}));
    CHECK(room.state.open.find(infant)->polyclinic_at_work() == nullptr);
    CHECK(room.state.open.find(infant)->last_polyclinic()->return_reason == "under_one_year");
    // A second patient of the same call who turns out to be an infant.
    const IncidentId two = room.call(Category::u4);
    REQUIRE(hand(room, two));
    REQUIRE(room.tell(AddPatient{two}));
    CHECK(room.state.open.find(two)->polyclinic_at_work() != nullptr);
    RecordIntake second{.incident = two, .age_years = 0};
    second.patient = room.state.open.find(two)->patients[1].id;
    REQUIRE(room.tell(second));
    CHECK(room.state.open.find(two)->polyclinic_at_work() == nullptr);
    // One year to the day stays.
    const IncidentId child = room.call(Category::u4);
    REQUIRE(hand(room, child));
    REQUIRE(room.tell(RecordIntake{.incident = child, .age_years = 1}));
    CHECK(room.state.open.find(child)->polyclinic_at_work() != nullptr);
}

TEST_CASE("guards hold: one patient is with one polyclinic, also when the number comes later") {
    Room room;
    const auto named = [&](IncidentId id, const char* iin) {
        RecordIntake c{.incident = id};
        c.personal.iin = iin;
        REQUIRE(room.tell(c));
    };
    const IncidentId first = room.call(Category::u4);
    named(first, "991231500016");
    REQUIRE(hand(room, first));
    const IncidentId again = room.call(Category::u4);
    named(again, "991231500016");
    CHECK_FALSE(hand(room, again, 302));
    CHECK(room.refusal.code == RefusalCode::accepted_elsewhere);
    CHECK(room.refusal.first_incident == first);
    const IncidentId later = room.call(Category::u4);
    REQUIRE(hand(room, later, 302));
    named(later, "991231600012");
    CHECK(room.state.open.find(later)->polyclinic_at_work() != nullptr);
    IdentifyPatient corrected{.incident = later};
    corrected.personal.iin = "991231500016";
    REQUIRE(room.tell(corrected));
    CHECK(room.state.open.find(later)->last_polyclinic()->return_reason == "accepted_elsewhere");
    CHECK(room.state.open.find(first)->polyclinic_at_work() != nullptr);
}

TEST_CASE("a polyclinic's desk works on its own calls with its own brigades, and on no other") {
    Room room;
    room.brigade(1);
    for (const std::uint64_t b : {7, 8}) {
        room.tell(RegisterBrigade{.brigade = {b}, .name = std::to_string(b),
                                  .brigade_kind = BrigadeKind::polyclinic,
                                  .base = {b == 7 ? 301U : 302U}, .base_place = {50, 70},
                                  .shift_end = {}},
                  Seat::system);
        room.tell(ReportStatus{.brigade = {b}, .status = BrigadeStatus::free_at_base});
    }
    const IncidentId id = room.call(Category::u4);
    CHECK_FALSE(tell_of(room, AssignBrigade{.incident = id, .brigade = {7}}, 301));
    REQUIRE(hand(room, id));
    CHECK_FALSE(tell_of(room, AcceptByPolyclinic{id, {}}, 302));
    CHECK(room.refusal.code == RefusalCode::right_required);
    REQUIRE(tell_of(room, AcceptByPolyclinic{id, {}}, 301));
    CHECK_FALSE(tell_of(room, AssignBrigade{.incident = id, .brigade = {1}}, 301));
    CHECK_FALSE(tell_of(room, AssignBrigade{.incident = id, .brigade = {8}}, 301));
    CHECK(room.refusal.code == RefusalCode::right_required);
    // From a desk that does not say whose it is the seat sends nobody at all.
    CHECK_FALSE(room.tell(AssignBrigade{.incident = id, .brigade = {7}}, Seat::polyclinic_desk));
    CHECK(room.refusal.code == RefusalCode::right_required);
    REQUIRE(tell_of(room, AssignBrigade{.incident = id, .brigade = {7}}, 301));
    for (const auto s : {BrigadeStatus::accepted, BrigadeStatus::on_scene,
                         BrigadeStatus::returning}) {
        REQUIRE(tell_of(room, ReportStatus{.brigade = {7}, .status = s}, 301));
        CHECK_FALSE(tell_of(room, ReportStatus{.brigade = {7}, .status = s}, 302));
    }
    REQUIRE(tell_of(room, RecordDisposition{id, Disposition::left_at_home, {}, {}}, 301));
    CHECK_FALSE(tell_of(room, CloseIncident{id}, 302));
    REQUIRE(tell_of(room, CloseIncident{id}, 301));
    CHECK_FALSE(tell_of(room, RecordIntake{.incident = room.call(Category::u4), .age_years = 3},
                        301));
}

TEST_CASE("a status of a crew that cannot be is kept for a person; one at a desk is answered") {
    Room room;
    room.brigade(1);
    CHECK_FALSE(room.status(1, BrigadeStatus::on_scene));
    CHECK(room.state.troubles.size() == 0);
    const auto crew = [&](BrigadeStatus s) {
        return room.tell(
            ReportStatus{.brigade = {1}, .status = s, .source = Source::brigade});
    };
    const std::uint64_t before = room.state.brigades.find({1})->version;
    REQUIRE(crew(BrigadeStatus::on_scene));
    REQUIRE(crew(BrigadeStatus::on_scene));
    REQUIRE(crew(BrigadeStatus::at_hospital));
    CHECK(room.state.brigades.find({1})->version == before);
    REQUIRE(room.state.troubles.size() == 2);
    const Trouble& row = *room.state.troubles.rows()[0];
    CHECK(row.count == 2);
    CHECK(row.why == "not_handed");
    CHECK(row.status == BrigadeStatus::on_scene);
    REQUIRE(room.tell(ReportStatus{.brigade = {99}, .status = BrigadeStatus::departed,
                                   .source = Source::tracker}));
    CHECK(room.state.troubles.size() == 3);
    CHECK_FALSE(room.tell(SettleTrouble{row.id, "because"}));
    REQUIRE(room.tell(SettleTrouble{row.id, "asked"}));
    CHECK(room.state.troubles.size() == 2);
}

TEST_CASE("the list of statuses that cannot be is bounded, and says how many it does not hold") {
    Room room;
    for (std::uint64_t b = 1; b <= State::troubles_max + 7; ++b) {
        REQUIRE(room.tell(ReportStatus{.brigade = {b}, .status = BrigadeStatus::departed,
                                       .source = Source::brigade}));
    }
    CHECK(room.state.troubles.size() == State::troubles_max);
    CHECK(room.state.troubles_over == 7);
}

TEST_CASE("a senior is told once of one row and one task") {
    Served room;
    const Escalate tell{room.id, room.task().id, "accept-to-senior", Seat::senior_dispatcher};
    REQUIRE(room.tell(tell, Seat::system));
    CHECK_FALSE(room.tell(tell, Seat::system));
    CHECK(room.refusal.code == RefusalCode::nothing_changed);
    Escalate doctor = tell;
    doctor.to = Seat::senior_doctor;
    REQUIRE(room.tell(doctor, Seat::system));
    CHECK(room.incident().escalations.size() == 2);
    CHECK_FALSE(room.tell(Escalate{room.id, TaskId{77}, "x", Seat::senior_doctor}));
}
