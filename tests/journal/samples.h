#pragma once
// One event of every kind, with every field filled: what the golden journal was written from.

#include <vector>

#include "dispatch/journal/journal.h"
#include "tests/journal/room.h"

namespace jedel::test {

inline std::vector<Event> call_events() {
    BrigadeRegistered brigade{.brigade = {1}, .name = "101",
                              .brigade_kind = BrigadeKind::specialised, .base = {2},
                              .base_place = {43.25, 76.95},
                              .shift_end = morning + std::chrono::hours{24}};
    CallReceived call{.call = {1}, .incident = {1}, .day_number = 1, .day = 20458,
                      .channel = Channel::line_112, .received_at = morning,
                      .person = PersonRef{1}, .patient = PatientId{1},
                      .place_person = PersonRef{2}, .patient_person = PersonRef{3}};
    IntakeRecorded intake{.incident = {1}, .lat = 43.238949, .lon = 76.889709,
                          .age_years = 54.5, .sex = Sex::female, .pregnancy_weeks = {},
                          .patient_count = 2, .call = {1}, .patient = {1},
                          .person = PersonRef{4}};
    FindingsRecorded findings{.incident = {1}, .patient = {1},
                              .findings = {{"chest_pain", "yes", Source::caller},
                                           {"systolic", "95", Source::dispatcher}}};
    Triaged triaged{.incident = {1}, .patient = {1},
                    .triage = {.most_urgent = Category::u1, .least_urgent = Category::u2,
                               .proposed = Category::u1, .rules = {"U1.07"},
                               .protocol = "2026-01"}};
    CategorySet category{.incident = {1}, .from = Category::none, .category = Category::u1,
                         .rules = {"U1.07"}, .reason = OverrideReason::second_call,
                         .words = "екінші қоңырау: \"тағы бір адам\"", .by_person = true};
    return {brigade, call, intake, findings, triaged, category};
}

inline std::vector<Event> brigade_events() {
    const Fix fix{.place = {43.2, 76.9}, .at = morning, .source = Source::tracker,
                  .speed_kmh = 41.5, .heading_deg = 185};
    BrigadeAssigned assigned;
    assigned.task = {1};
    assigned.incident = {1};
    assigned.brigade = {1};
    assigned.category = Category::u1;
    assigned.shown = {{{1}, 310.25, 2875.5, {{"travel_s", 310.25}, {"fix_age_s", 12}}},
                      {{3}, 400, 3900, {}}};
    assigned.fix = fix;
    assigned.policy = "nearest";
    assigned.override_reason = ChoiceReason::equipment;
    assigned.rerouted_from = IncidentId{2};
    assigned.reasons = {{"gain_s", 120}};
    StatusReported reported;
    reported.brigade = {1};
    reported.task = TaskId{1};
    reported.incident = IncidentId{1};
    reported.status = BrigadeStatus::transporting;
    reported.source = Source::brigade;
    reported.at = morning + std::chrono::minutes{9};
    reported.hospital = OrganisationId{401};
    AssignmentEnded ended;
    ended.task = {1};
    ended.incident = {1};
    ended.brigade = {1};
    ended.served = true;
    ended.reason = ReleaseReason::none;
    AssignmentEnded released = ended;
    released.served = false;
    released.reason = ReleaseReason::vehicle_fault;
    const HospitalTriaged zone{.incident = {1}, .task = {1}, .zone = TriageZone::yellow};
    return {assigned, reported, zone, ended, released};
}

inline std::vector<Event> ending_events() {
    HandedToPolyclinic handed{.task = TaskId{2}, .incident = {1}, .polyclinic = {301},
                              .row = "S1 default",
                              .reasons = {{"attachment", 1}, {"open", 0.5}}};
    PolyclinicReturned returned{.incident = {1}, .reason = "not_accepted"};
    PatientIdentified identified{
        .incident = {1}, .patient = {1}, .patient_person = PersonRef{5},
        .insurance = {.status = InsuranceStatus::conditional, .as_of = morning,
                      .source = "training", .rule = "I6", .debt_months = 2,
                      .polyclinic = OrganisationId{301}}};
    FollowUpRecorded follow_up{
        .incident = {1}, .patient = {1},
        .items = {{FollowUpKind::active_visit, "D10", OrganisationId{301}, "follow_up.active"},
                  {FollowUpKind::signal_sheet, "D10", {}, "follow_up.sheet"}}};
    DispositionRecorded disposition{.incident = {1}, .disposition = Disposition::transported,
                                    .hospital = OrganisationId{401}};
    return {handed,     PolyclinicAccepted{{1}, {}}, returned, identified, follow_up, disposition,
            IncidentClosed{{1}}};
}

/// A second call about a third one, merged by mistake, taken back and merged again.
inline std::vector<Event> duplicate_events() {
    std::vector<Event> out;
    for (std::uint64_t i = 2; i <= 3; ++i) {
        out.emplace_back(CallReceived{.call = {i}, .incident = {i},
                                      .day_number = static_cast<unsigned>(i),
                                      .day = 20458, .channel = Channel::messenger,
                                      .received_at = morning, .patient = PatientId{i}});
    }
    out.emplace_back(IncidentMerged{.incident = {3}, .into = {2}});
    out.emplace_back(IncidentUnmerged{.incident = {3}, .from = {2}});
    out.emplace_back(IncidentMerged{.incident = {3}, .into = {2}});
    out.emplace_back(TextSigned{.subject = "card.cardiac_arrest", .text_version = "2026-01"});
    return out;
}

/// A road closed and made free by its time, another made slow and taken back, a third that holds.
inline std::vector<Event> road_events() {
    RoadChanged closed{.change = {1},
                       .road = {{.way = 25437121, .street = "проспект Абая",
                                 .line = {{43.238949, 76.889709}, {43.2390012, 76.8921055}}},
                                {.way = 25437122, .street = {},
                                 .line = {{43.2390012, 76.8921055}, {43.2391, 76.893}}}},
                       .closed = true, .time_factor = 1, .reason = RoadReason::accident,
                       .until = morning + std::chrono::minutes{30}};
    RoadChanged slow = closed;
    slow.change = {2};
    slow.road.pop_back();
    slow.road[0].way.reset();
    slow.closed = false;
    slow.time_factor = 2.5;
    slow.reason = RoadReason::mudflow;
    slow.until.reset();
    RoadChanged holds = slow;
    holds.change = {3};
    holds.time_factor = 4;
    return {closed, slow, RoadRestored{{1}, RoadEnd::expired},
            RoadRestored{{2}, RoadEnd::taken_back}, holds};
}

/// Line lost and found again, who calls for how many, and a question nobody could answer.
inline std::vector<Event> caller_events() {
    return {CallReceived{.call = {4}, .incident = {4}, .day_number = 4, .day = 20458,
                         .channel = Channel::phone_103, .received_at = morning,
                         .patient = PatientId{4}},
            IntakeRecorded{.incident = {4}, .lat = {}, .lon = {}, .age_years = {}, .sex = {},
                           .pregnancy_weeks = {}, .patient_count = 3,
                           .caller = CallerRelation::away, .patients_described = 2,
                           .call = {4}, .patient = {4}},
            QuestionUnanswered{.incident = {4}, .patient = {4},
                               .findings = {"breathing_trouble", "unconscious"}},
            QuestionReopened{.incident = {4}, .patient = {4}, .findings = {"unconscious"}},
            CallerLost{{4}, {4}}, CallerReached{{4}, {4}}, CallerLost{{4}, {4}}};
}

/// A second patient, the police asked for and on the scene, a second call about the incident, and
/// a clock that was wrong and was set aside.
inline std::vector<Event> room_events() {
    return {PatientAdded{.incident = {4}, .patient = {5}},
            CallReceived{.call = {5}, .incident = {4}, .day_number = 5, .day = 20458,
                         .channel = Channel::line_112,
                         .received_at = morning + std::chrono::minutes{3}},
            ServiceRequested{.task = {3}, .incident = {4}, .resource = Resource::police,
                             .organisation = OrganisationId{501}, .category = Category::u2,
                             .purpose = "threat"},
            TaskReported{.incident = {4}, .task = {3}, .step = TaskStep::on_scene},
            ClockNoted{.reading = morning - std::chrono::hours{2}, .deviation = "behind"},
            ClockCorrected{.to = morning + std::chrono::minutes{10}, .words = "сағат қате болды"},
            MovedToPost{.brigade = {1}, .post = "107", .place = {43.3, 76.9}, .plan = "plan-1",
                        .gain = 0.031, .policy = "dmexclp"},
            PostReported{.brigade = {1}, .step = PostStep::ended, .reason = "crew_rest",
                         .source = Source::dispatcher,
                         .at = morning + std::chrono::minutes{10}}};
}

/// Dangers, hospitals, who rides along, refusals, advice, and what the exception list holds.
inline std::vector<Event> aid_events() {
    BrigadeAssigned assigned;
    assigned.task = {4};
    assigned.incident = {4};
    assigned.brigade = {1};
    assigned.category = Category::u2;
    AssignmentEnded ended;
    ended.task = {4};
    ended.incident = {4};
    ended.brigade = {1};
    ended.served = true;
    const Instant later = morning + std::chrono::hours{3};
    return {DangerRecorded{{4}, {"weapon", "drunk"}, Source::brigade, "қиылыста күту", false},
            DangerRecorded{{4}, {"weapon", "drunk"}, Source::brigade, {}, true},
            assigned,
            HospitalAnnounced{{401}, HospitalState::closed, later, 0, "жөндеу"},
            HospitalAnnounced{{402}, HospitalState::limited, {}, 3, {}},
            CompanionRecorded{{4}, {4}, Companion::parent},
            HospitalPrealerted{{4}, {4}, {402}, {"chest_pain", "bp_systolic"},
                               morning + std::chrono::minutes{20}},
            HelpRefused{{4}, {4}, Refused::hospital, SignatureMark::refused_to_sign,
                        Capacity::able},
            AdviceGiven{{4}, {"home_doctor"}, "kk", true, "caller_agrees", "өзі келісті"},
            StatusUnfit{{1}, {1}, IncidentId{4}, BrigadeStatus::handed_over,
                        BrigadeStatus::sent, "time_order", Source::tracker, later},
            StatusUnfit{{2}, {1}, {}, BrigadeStatus::on_scene, BrigadeStatus::returning,
                        "not_handed", Source::brigade, later},
            TroubleSettled{{2}, "asked"},
            Escalated{{4}, TaskId{4}, "accept-to-senior", Seat::senior_dispatcher}, ended};
}

/// A step struck, a hospital and an outcome set right, a closed call opened again, an untouched
/// one taken away.
inline std::vector<Event> correction_events() {
    BrigadeAssigned assigned;
    assigned.task = {5};
    assigned.incident = {4};
    assigned.brigade = {1};
    assigned.category = Category::u2;
    StatusReported there;
    there.brigade = {1};
    there.task = TaskId{5};
    there.incident = IncidentId{4};
    there.status = BrigadeStatus::at_hospital;
    there.at = morning + std::chrono::minutes{11};
    there.hospital = OrganisationId{401};
    AssignmentEnded ended;
    ended.task = {5};
    ended.incident = {4};
    ended.brigade = {1};
    ended.served = true;
    return {assigned,
            there,
            HospitalCorrected{.incident = {4}, .task = {5}, .hospital = {402}, .words = "басқа"},
            TaskCorrected{.incident = {4}, .task = {5}, .step = TaskStep::at_hospital,
                          .at = morning + std::chrono::minutes{10}, .words = "ошибка времени"},
            TaskCorrected{.incident = {4}, .task = {5}, .step = TaskStep::at_hospital, .at = {},
                          .words = "wrong key"},
            DispositionRecorded{.incident = {4}, .disposition = Disposition::refused,
                                .hospital = {}, .at = {}},
            DispositionCorrected{.incident = {4}, .disposition = Disposition::transported,
                                 .hospital = OrganisationId{402},
                                 .at = morning + std::chrono::minutes{12}, .words = "wrong line"},
            IntakeRecorded{.incident = {4}, .age_years = 40, .call = {4}, .patient = {4}},
            IntakeRecorded{.incident = {4}, .call = {4}, .patient = {4},
                           .cleared = {IntakeField::age_years, IntakeField::patient_count}},
            IncidentReopened{.incident = {1}, .words = "қате жабылды"},
            CallReceived{.call = {6}, .incident = {6}, .day_number = 6, .day = 20458,
                         .channel = Channel::phone_103, .received_at = morning,
                         .patient = PatientId{6}},
            CallDiscarded{.incident = {6}}, ended};
}

/// All of them, in an order that a room could have had, a command for each.
inline std::vector<NewEvent> every_kind() {
    std::vector<NewEvent> out;
    Instant at = morning;
    for (const auto& events :
         {call_events(), brigade_events(), ending_events(), duplicate_events(), road_events(),
          caller_events(), room_events(), aid_events(), correction_events()}) {
        for (const Event& event : events) {
            const auto number = out.size() + 1;
            out.push_back({.at = at, .actor = "оператор 1",
                           .seat = static_cast<Seat>(number % 6),
                           .command_id = "golden-" + std::to_string(number), .event = event});
            at = at + std::chrono::seconds{7};
        }
    }
    return out;
}

inline std::vector<PersonalRecord> every_person() {
    std::vector<PersonalRecord> out;
    for (std::uint64_t ref = 1; ref <= 5; ++ref) {
        PersonalRecord p;
        p.ref = {ref};
        p.incident = {1};
        p.phone = "103-000-" + std::to_string(ref);
        p.iin = "991231600012";
        p.words = "кеудем ауырып тұр";
        p.first_words = "кеудем";
        p.directions = "2-подъезд, домофон 12";
        out.push_back(p);
    }
    return out;
}

/// Writes them all into a new journal.
inline Appended write_every_kind(Journal& journal) {
    return journal.append({.expected_seq = 0, .events = every_kind(), .personal = every_person()});
}

}  // namespace jedel::test
