#pragma once
// A random command of any kind there is, about few things, so that they collide.

#include <rapidcheck.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/core/room.h"

namespace jedel::test {

inline ChangeRoad any_closure() {
    ChangeRoad c;
    c.road = {{.way = {}, .street = "Абая", .line = {{50, 70}, {50, 70.01}}}};
    c.closed = *rc::gen::arbitrary<bool>();
    c.time_factor = *rc::gen::element(1.0, 2.0, 4.0);
    c.reason = static_cast<RoadReason>(*rc::gen::inRange(0, 11));
    return c;
}

template <class T>
inline T one_of(std::initializer_list<T> values) {
    return *rc::gen::elementOf(std::vector<T>(values));
}
inline std::uint64_t small(std::uint64_t end) { return *rc::gen::inRange<std::uint64_t>(0, end); }

/// Mostly now; sometimes entered late, sometimes impossible.
inline std::optional<Instant> any_time(const Room& room) {
    if (*rc::gen::inRange(0, 3) != 0) return std::nullopt;
    return room.now + std::chrono::seconds{*rc::gen::inRange(-600, 60)};
}

/// A patient or a call of the incident, one that it has not, or none.
template <class Id, class Rows>
inline std::optional<Id> any_of_rows(const Rows* rows) {
    if (rows == nullptr || rows->empty() || *rc::gen::inRange(0, 4) == 0) return std::nullopt;
    return *rc::gen::inRange(0, 9) == 0 ? Id{77} : (*rows)[small(rows->size())].id;
}

/// Makes a random value of each kind of command. A kind without one does not compile.
struct AnyCommand {
    Room& room;
    IncidentId incident{small(6)};
    BrigadeId brigade{1 + small(4)};
    const Incident* known = room.state.open.find(incident);

    std::optional<PatientId> patient() const {
        return any_of_rows<PatientId>(known ? &known->patients : nullptr);
    }
    std::optional<CallId> call() const {
        return any_of_rows<CallId>(known ? &known->calls : nullptr);
    }
    TaskId task() const {
        return any_of_rows<TaskId>(known ? &known->tasks : nullptr).value_or(TaskId{small(9)});
    }

    void make(RegisterBrigade& c) const {
        c.brigade = brigade;
        c.name = one_of<std::string>({"101", "102", ""});
        c.base_place = {50, 70};
    }
    void make(MoveToPost& c) const {
        const Brigade* b = room.state.brigades.find(brigade);
        const std::uint64_t old = b == nullptr ? 0 : b->version;
        c.brigade = brigade;
        c.seen_version = one_of<std::uint64_t>({0, old, old / 2});
        c.post = one_of<std::string>({"102", "107", ""});
        c.place = {50, one_of({70.1, 0.0, -0.0})};
        c.plan = one_of<std::string>({"", "p"});
        c.gain = one_of({0.02, -0.0});
    }
    void make(ReportPost& c) const {
        c.brigade = brigade;
        c.step = static_cast<PostStep>(small(EnumNames<PostStep>::names.size()));
        c.reason = one_of<std::string>({"", "other"});
        c.at = any_time(room);
    }
    void make(ReceiveCall& c) const {
        c.channel = one_of({Channel::phone_103, Channel::paper, Channel::line_112});
        if (c.channel == Channel::paper) c.received_at = any_time(room);
        if (*rc::gen::inRange(0, 3) == 0) c.incident = incident;
        if (*rc::gen::arbitrary<bool>()) c.personal.words = "w";
    }
    void make(RecordIntake& c) const {
        c.incident = incident;
        c.lat = 50.0;
        c.lon = one_of({70.0, 0.0, -0.0});
        c.age_years = *rc::gen::inRange(0, 90);
        c.patient = patient();
        c.call = call();
        if (*rc::gen::inRange(0, 3) == 0) {
            c = {.incident = incident, .patient = c.patient, .call = c.call};
            c.cleared = {static_cast<IntakeField>(small(EnumNames<IntakeField>::names.size()))};
        }
        if (*rc::gen::arbitrary<bool>()) c.personal.address = one_of<std::string>({"a", "b"});
    }
    void make(AddPatient& c) const { c.incident = incident; }
    void make(RecordFindings& c) const {
        c.incident = incident;
        c.patient = patient();
        c.findings = {{one_of<std::string>({"chest_pain", "unconscious", "blood_in_urine"}),
                       one_of<std::string>({"yes", "no", "unknown"}), Source::caller, call()}};
    }
    void make(RecordUnanswered& c) const {
        c.incident = incident;
        c.patient = patient();
        c.findings = {"chest_pain"};
        c.again = *rc::gen::arbitrary<bool>();
    }
    void make(IdentifyPatient& c) const {
        c.incident = incident;
        c.patient = patient();
        c.insurance.status = static_cast<InsuranceStatus>(small(5));
    }
    void make(RecordFollowUp& c) const {
        c.incident = incident;
        c.patient = patient();
        c.items = {{FollowUpKind::active_visit, "D10", {}, {}}};
    }
    void make(SetCategory& c) const {
        c.incident = incident;
        c.category = static_cast<Category>(small(5));
        c.reason = static_cast<OverrideReason>(small(EnumNames<OverrideReason>::names.size()));
        c.words = one_of<std::string>({"", "because"});
    }
    void make(AssignBrigade& c) const {
        const Brigade* b = room.state.brigades.find(brigade);
        const std::uint64_t old = b == nullptr ? 0 : b->version;
        c.incident = incident;
        c.brigade = brigade;
        c.seen_version = one_of<std::uint64_t>({0, old, old / 2});
        c.additional = *rc::gen::arbitrary<bool>();
        c.at = any_time(room);
        if (*rc::gen::arbitrary<bool>()) c.override_reason = ChoiceReason::equipment;
    }
    void make(RerouteBrigades& c) const {
        const std::size_t moves = *rc::gen::inRange(0, 4);
        for (std::size_t i = 0; i < moves; ++i) {
            BrigadeMove& move = c.moves.emplace_back();
            move.brigade = {1 + small(4)};
            const Brigade* b = room.state.brigades.find(move.brigade);
            if (b != nullptr && *rc::gen::inRange(0, 4) != 0) move.from = b->incident;
            if (*rc::gen::inRange(0, 3) != 0) move.to = {small(6)};
        }
    }
    void make(ReportStatus& c) const {
        c.brigade = brigade;
        c.status = static_cast<BrigadeStatus>(small(EnumNames<BrigadeStatus>::names.size()));
        c.source = one_of({Source::dispatcher, Source::brigade, Source::tracker});
        c.at = any_time(room);
        if (*rc::gen::inRange(0, 4) == 0) c.task = task();
    }
    void make(ReleaseBrigade& c) const {
        c.incident = incident;
        c.brigade = brigade;
        c.reason = static_cast<ReleaseReason>(small(EnumNames<ReleaseReason>::names.size()));
        c.at = any_time(room);
    }
    void make(HandToPolyclinic& c) const {
        c.incident = incident;
        c.polyclinic = {301};
        c.at = any_time(room);
    }
    void make(AcceptByPolyclinic& c) const {
        c.incident = incident;
        c.at = any_time(room);
    }
    void make(ReturnFromPolyclinic& c) const {
        c.incident = incident;
        c.reason = "other";
        c.at = any_time(room);
    }
    void make(RequestService& c) const {
        c.incident = incident;
        c.resource = static_cast<Resource>(small(EnumNames<Resource>::names.size()));
        c.purpose = one_of<std::string>({"threat", "death"});
        c.at = any_time(room);
    }
    void make(ReportTask& c) const {
        c.incident = incident;
        c.task = task();
        c.step = static_cast<TaskStep>(small(EnumNames<TaskStep>::names.size()));
        c.reason = "other";
        c.at = any_time(room);
    }
    void make(RecordHospitalTriage& c) const {
        c.incident = incident;
        c.brigade = brigade;
        c.zone = TriageZone::red;
    }
    void make(RecordDisposition& c) const {
        c.incident = incident;
        c.disposition = static_cast<Disposition>(small(EnumNames<Disposition>::names.size()));
        c.hospital = OrganisationId{201};
        c.at = any_time(room);
    }
    void make(CloseIncident& c) const { c.incident = incident; }
    void make(MergeIncident& c) const {
        c.incident = incident;
        c.into = {small(6)};
    }
    void make(UnmergeIncident& c) const { c.incident = incident; }
    void make(DiscardCall& c) const { c.incident = incident; }
    void make(CorrectTask& c) const {
        c.incident = incident;
        c.task = task();
        c.step = static_cast<TaskStep>(small(EnumNames<TaskStep>::names.size()));
        if (*rc::gen::arbitrary<bool>()) {
            c.at = room.now + std::chrono::seconds{*rc::gen::inRange(-600, 60)};
        }
        c.words = one_of<std::string>({"", "wrong key", "wrong key"});
    }
    void make(CorrectHospital& c) const {
        c.incident = incident;
        c.task = task();
        c.hospital = {one_of<std::uint64_t>({0, 201, 202})};
        c.words = one_of<std::string>({"", "another one", "another one"});
    }
    void make(CorrectDisposition& c) const {
        c.incident = incident;
        c.disposition = static_cast<Disposition>(small(EnumNames<Disposition>::names.size()));
        c.hospital = OrganisationId{one_of<std::uint64_t>({201, 202})};
        c.at = any_time(room);
        c.words = one_of<std::string>({"", "wrong line", "wrong line"});
    }
    void make(ReopenIncident& c) const {
        c.incident = incident;
        c.words = one_of<std::string>({"", "closed the wrong one"});
    }
    void make(SignText& c) const {
        c.subject = "card:a";
        c.version = "1";
    }
    void make(NoteClock& c) const {
        c.reading = room.now;
        c.deviation = one_of<std::string>({"behind", "ahead", "jumped", "late"});
    }
    void make(CorrectClock& c) const {
        c.to = room.now + std::chrono::seconds{*rc::gen::inRange(-900, 900)};
        c.words = "w";
    }
    void make(ChangeRoad& c) const { c = any_closure(); }
    void make(RestoreRoad& c) const {
        c.change = {small(5)};
        c.end = static_cast<RoadEnd>(small(2));
    }
    void make(RecordDanger& c) const {
        c.incident = incident;
        c.kinds = one_of<std::vector<std::string>>({{"weapon"}, {"dog", "drunk"}, {}});
        c.source = one_of({Source::caller, Source::brigade});
        c.lift = *rc::gen::arbitrary<bool>();
    }
    void make(AnnounceHospital& c) const {
        c.hospital = {201 + small(2)};
        c.state = static_cast<HospitalState>(small(3));
        if (*rc::gen::arbitrary<bool>()) c.beds = static_cast<int>(small(4)) - 1;
    }
    void make(RecordCompanion& c) const {
        c.incident = incident;
        c.brigade = brigade;
        c.who = static_cast<Companion>(small(EnumNames<Companion>::names.size()));
        c.instead = *rc::gen::arbitrary<bool>();
    }
    void make(PrealertHospital& c) const {
        c.incident = incident;
        c.brigade = brigade;
        c.hospital = {201};
        c.findings = {"chest_pain"};
    }
    void make(RecordHelpRefusal& c) const {
        c.incident = incident;
        c.patient = patient();
        c.what = static_cast<Refused>(small(3));
        c.mark = static_cast<SignatureMark>(small(4));
        c.capacity = static_cast<Capacity>(small(4));
    }
    void make(GiveAdvice& c) const {
        c.incident = incident;
        c.items = {"home_nurse"};
        c.language = one_of<std::string>({"kk", "xx"});
        c.instead = *rc::gen::arbitrary<bool>();
        c.reason = one_of<std::string>({"", "caller_agrees"});
        c.words = "w";
    }
    void make(Escalate& c) const {
        c.incident = incident;
        if (*rc::gen::arbitrary<bool>()) c.task = task();
        c.row = one_of<std::string>({"a", "b"});
    }
    void make(SettleTrouble& c) const {
        const auto rows = room.state.troubles.rows();
        c.trouble = rows.empty() ? TroubleId{3} : rows[0]->id;
        c.how = one_of<std::string>({"asked", "reported", "nothing"});
    }
    void make(RecordCallerLost& c) const {
        c.incident = incident;
        c.call = call();
    }
    void make(RecordCallerReached& c) const {
        c.incident = incident;
        c.call = call();
    }
};

template <std::size_t... I>
inline Command command_of_kind(const AnyCommand& any, std::size_t kind, std::index_sequence<I...>) {
    Command out;
    const auto try_one = [&]<class C>(std::size_t i, C made) {
        if (i != kind) return;
        any.make(made);
        out = std::move(made);
    };
    (try_one(I, std::variant_alternative_t<I, Command>{}), ...);
    return out;
}

/// Any command about few things, so that they collide; of every kind there is.
inline Command any_command(Room& room) {
    constexpr std::size_t kinds = std::variant_size_v<Command>;
    // Sending and reporting come oftener: what they can do wrong is worst.
    std::size_t kind = small(kinds + 10);
    if (kind >= kinds) {
        kind = kind % 2 == 0 ? Command{AssignBrigade{}}.index() : Command{ReportStatus{}}.index();
    }
    return command_of_kind(AnyCommand{room}, kind, std::make_index_sequence<kinds>{});
}

}  // namespace jedel::test
