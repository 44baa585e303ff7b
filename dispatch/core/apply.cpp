// The fold: one event into the state. What an event means stands here and nowhere else.

#include <algorithm>

#include "dispatch/core/decide.h"

namespace jedel {
namespace {

/// Keeps ids ahead of everything that was ever used.
void seen(std::uint64_t& next, std::uint64_t used) { next = std::max(next, used + 1); }

struct Folder {
    State& state;
    const JournalEvent& event;

    template <class Change>
    void incident(IncidentId id, Change&& change) {
        state.open.edit(id, [&](Incident& i) {
            change(i);
            i.version = event.seq;
        });
    }
    template <class Change>
    void brigade(BrigadeId id, Change&& change) {
        state.brigades.edit(id, [&](Brigade& b) {
            change(b);
            b.version = event.seq;
            b.last_actor = event.actor;
        });
    }
    void person(Incident& i, const std::optional<PersonRef>& ref) {
        if (!ref) return;
        i.person = ref;
        seen(state.next_person, ref->value);
    }

    void operator()(const BrigadeRegistered& e) {
        const Brigade* known = state.brigades.find(e.brigade);
        Brigade b = known != nullptr ? *known : Brigade{};
        b.id = e.brigade;
        b.version = event.seq;
        b.name = e.name;
        b.kind = e.brigade_kind;
        b.base = e.base;
        b.base_place = e.base_place;
        b.shift_end = e.shift_end;
        b.last_actor = event.actor;
        if (known == nullptr) b.status_at = event.at;
        state.brigades.put(std::move(b));
    }

    void operator()(const CallReceived& e) {
        Incident i;
        i.id = e.incident;
        i.version = event.seq;
        i.day = e.day;
        i.day_number = e.day_number;
        i.channel = e.channel;
        i.received_at = e.received_at;
        person(i, e.person);
        seen(state.next_incident, e.incident.value);
        count_day(e.day, e.day_number);
        state.open.put(std::move(i));
    }

    void count_day(int day, std::uint32_t number) {
        auto& days = state.days;
        const auto it = std::lower_bound(days.begin(), days.end(), day,
                                         [](const DayCount& d, int key) { return d.day < key; });
        if (it != days.end() && it->day == day) {
            it->calls = std::max(it->calls, number);
        } else {
            days.insert(it, {day, number});
            if (days.size() > State::days_max) days.erase(days.begin());
        }
    }

    void operator()(const IntakeRecorded& e) {
        incident(e.incident, [&](Incident& i) {
            if (e.lat) i.lat = e.lat;
            if (e.lon) i.lon = e.lon;
            if (e.age_years) i.age_years = e.age_years;
            if (e.sex) i.sex = *e.sex;
            if (e.pregnancy_weeks) i.pregnancy_weeks = e.pregnancy_weeks;
            if (e.patient_count) i.patient_count = e.patient_count;
            if (e.caller) i.caller = e.caller;
            if (e.patients_described) i.patients_described = e.patients_described;
            person(i, e.person);
        });
    }

    static void forget_unanswered(Incident& i, std::string_view finding) {
        std::erase_if(i.unanswered, [&](const Unanswered& u) { return u.finding == finding; });
    }

    void operator()(const FindingsRecorded& e) {
        incident(e.incident, [&](Incident& i) {
            for (const FindingValue& f : e.findings) {
                const auto it = std::find_if(
                    i.findings.begin(), i.findings.end(),
                    [&](const FindingValue& old) { return old.finding == f.finding; });
                if (it != i.findings.end()) {
                    *it = f;
                } else {
                    i.findings.push_back(f);
                }
                if (f.value != "unknown") forget_unanswered(i, f.finding);
            }
        });
    }

    void operator()(const Triaged& e) {
        incident(e.incident, [&](Incident& i) { i.triage = e.triage; });
    }

    void operator()(const CategorySet& e) {
        incident(e.incident, [&](Incident& i) {
            i.category = e.category;
            i.category_changes.push_back({.from = e.from,
                                          .to = e.category,
                                          .at = event.at,
                                          .actor = event.actor,
                                          .rules = e.rules,
                                          .reason = e.reason,
                                          .words = e.words,
                                          .by_person = e.by_person});
        });
    }

    void operator()(const BrigadeAssigned& e) {
        seen(state.next_assignment, e.assignment.value);
        BrigadeStatus before = BrigadeStatus::unknown;
        brigade(e.brigade, [&](Brigade& b) {
            before = b.status;
            b.assignment = e.assignment;
            b.incident = e.incident;
            b.status = BrigadeStatus::sent;
            b.status_at = event.at;
            b.status_source = Source::dispatcher;
        });
        incident(e.incident, [&](Incident& i) {
            Assignment a;
            a.id = e.assignment;
            a.brigade = e.brigade;
            a.category = e.category;
            a.from_status = before;
            a.sent_at = event.at;
            a.shown = e.shown;
            i.assignments.push_back(std::move(a));
        });
    }

    /// The place a status implies: what was reported, the base, or the scene.
    std::optional<LatLon> implied_place(const StatusReported& e, const Brigade& b) const {
        if (e.lat && e.lon) return LatLon{*e.lat, *e.lon};
        if (e.status == BrigadeStatus::free_at_base) return b.base_place;
        if (e.status == BrigadeStatus::on_scene && e.incident) {
            const Incident* i = state.open.find(*e.incident);
            return i != nullptr ? i->place() : std::nullopt;
        }
        return std::nullopt;
    }

    void operator()(const StatusReported& e) {
        brigade(e.brigade, [&](Brigade& b) {
            b.status = e.status;
            b.status_at = e.at;
            b.status_source = e.source;
            if (const auto place = implied_place(e, b)) {
                b.last_lat = place->lat;
                b.last_lon = place->lon;
                b.last_place_at = e.at;
            }
        });
        if (!e.incident || !e.assignment) return;
        incident(*e.incident, [&](Incident& i) {
            for (Assignment& a : i.assignments) {
                if (a.id == *e.assignment) mark(a, e);
            }
        });
    }

    static void mark(Assignment& a, const StatusReported& e) {
        switch (e.status) {
            case BrigadeStatus::accepted: a.accepted_at = e.at; break;
            case BrigadeStatus::departed: a.departed_at = e.at; break;
            case BrigadeStatus::on_scene: a.on_scene_at = e.at; break;
            case BrigadeStatus::transporting: a.left_scene_at = e.at; break;
            case BrigadeStatus::at_hospital: a.at_hospital_at = e.at; break;
            case BrigadeStatus::handed_over: a.handed_over_at = e.at; break;
            default: break;
        }
        if (e.hospital) a.hospital = e.hospital;
    }

    void operator()(const AssignmentEnded& e) {
        brigade(e.brigade, [&](Brigade& b) {
            if (b.assignment != e.assignment) return;
            b.assignment.reset();
            b.incident.reset();
        });
        const Brigade* b = state.brigades.find(e.brigade);
        incident(e.incident, [&](Incident& i) {
            for (Assignment& a : i.assignments) {
                if (a.id != e.assignment) continue;
                // Service ends when the crew says so, which may be before it was entered.
                a.ended_at = e.served && b != nullptr ? std::min(b->status_at, event.at) : event.at;
                a.served = e.served;
                a.released = e.reason;
            }
        });
    }

    void operator()(const HandedToPolyclinic& e) {
        incident(e.incident, [&](Incident& i) {
            i.polyclinic = PolyclinicHandOver{.polyclinic = e.polyclinic,
                                              .row = e.row,
                                              .sent_at = event.at,
                                              .accepted_at = {},
                                              .returned_at = {},
                                              .return_reason = {},
                                              .reasons = e.reasons};
        });
    }

    void operator()(const PolyclinicAccepted& e) {
        incident(e.incident, [&](Incident& i) {
            if (i.polyclinic) i.polyclinic->accepted_at = event.at;
        });
    }

    void operator()(const PolyclinicReturned& e) {
        incident(e.incident, [&](Incident& i) {
            if (!i.polyclinic) return;
            i.polyclinic->returned_at = event.at;
            i.polyclinic->return_reason = e.reason;
        });
    }

    void operator()(const PatientIdentified& e) {
        incident(e.incident, [&](Incident& i) {
            i.insurance = e.insurance;
            person(i, e.person);
        });
    }

    void operator()(const FollowUpRecorded& e) {
        incident(e.incident, [&](Incident& i) { i.follow_up = e.items; });
    }

    void operator()(const DispositionRecorded& e) {
        incident(e.incident, [&](Incident& i) {
            i.disposition = e.disposition;
            i.disposition_hospital = e.hospital;
            i.disposition_at = event.at;
        });
    }

    /// Moves an open incident to the closed ones; `change` is made on the way.
    template <class Change>
    void close(IncidentId id, Change&& change) {
        const Incident* found = state.open.find(id);
        if (found == nullptr) return;
        Incident closed = *found;
        change(closed);
        closed.closed_at = event.at;
        closed.version = event.seq;
        state.open.erase(id);
        state.recent.put(std::move(closed));
        ++state.closed_total;
        if (state.recent.size() > State::recent_max) {
            state.recent.erase(state.recent.rows().front()->id);
        }
    }

    void operator()(const IncidentClosed& e) {
        close(e.incident, [](Incident&) {});
    }

    void operator()(const IncidentMerged& e) {
        close(e.incident, [&](Incident& i) {
            i.disposition = Disposition::duplicate;
            i.disposition_at = event.at;
            i.merged_into = e.into;
        });
        incident(e.into, [&](Incident& i) { i.merged.push_back(e.incident); });
    }

    void operator()(const IncidentUnmerged& e) {
        const Incident* found = state.recent.find(e.incident);
        if (found == nullptr) return;
        Incident again = *found;
        again.merged_into.reset();
        again.closed_at.reset();
        again.disposition = Disposition::none;
        again.disposition_at.reset();
        again.version = event.seq;
        state.recent.erase(e.incident);
        state.open.put(std::move(again));
        --state.closed_total;
        incident(e.from, [&](Incident& i) { std::erase(i.merged, e.incident); });
    }

    void operator()(const HospitalTriaged& e) {
        incident(e.incident, [&](Incident& i) {
            for (Assignment& a : i.assignments) {
                if (a.id != e.assignment) continue;
                a.zone = e.zone;
                a.zone_at = event.at;
            }
        });
    }

    void operator()(const TextSigned& e) {
        std::erase_if(state.signatures,
                      [&](const Signature& s) { return s.subject == e.subject; });
        state.signatures.push_back({e.subject, e.text_version, event.actor, event.at});
    }

    void operator()(const RoadChanged& e) {
        const auto last = state.last_road_change.value_or(RoadChangeId{});
        state.last_road_change = std::max(last, e.change);
        state.road_changes.put({.id = e.change,
                                .road = e.road,
                                .closed = e.closed,
                                .time_factor = e.time_factor,
                                .reason = e.reason,
                                .until = e.until,
                                .at = event.at,
                                .actor = event.actor});
    }

    void operator()(const RoadRestored& e) { state.road_changes.erase(e.change); }

    void operator()(const CallerLost& e) {
        incident(e.incident, [&](Incident& i) {
            if (!i.caller_lost()) i.line_losses.push_back({event.at, event.actor, {}, {}});
        });
    }

    void operator()(const CallerReached& e) {
        incident(e.incident, [&](Incident& i) {
            if (!i.caller_lost()) return;
            i.line_losses.back().reached_at = event.at;
            i.line_losses.back().reached_actor = event.actor;
        });
    }

    void operator()(const QuestionUnanswered& e) {
        incident(e.incident, [&](Incident& i) {
            for (const std::string& finding : e.findings) {
                forget_unanswered(i, finding);
                i.unanswered.push_back({finding, event.at, event.actor});
            }
        });
    }

    void operator()(const QuestionReopened& e) {
        incident(e.incident, [&](Incident& i) {
            for (const std::string& finding : e.findings) forget_unanswered(i, finding);
        });
    }
};

}  // namespace

void apply(State& state, const JournalEvent& event) {
    std::visit(Folder{state, event}, event.event);
    state.seq = event.seq;
    state.at = event.at;
}

}  // namespace jedel
