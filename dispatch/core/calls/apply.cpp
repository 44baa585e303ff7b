#include "dispatch/core/calls/handlers.h"

namespace jedel {
namespace {

void count_day(State& state, int day, std::uint32_t number) {
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

template <class Change>
void call(Folding& f, IncidentId incident, CallId id, Change&& change) {
    f.incident(incident, [&](Incident& i) {
        for (Call& c : i.calls) {
            if (c.id == id) change(c);
        }
    });
}

}  // namespace

void fold(Folding& f, const CallReceived& e) {
    f.given(e.incident.value, &DeskIds::incident);
    f.given(e.call.value, &DeskIds::call);
    count_day(f.state, e.day, e.day_number);
    Call c;
    c.id = e.call;
    c.channel = e.channel;
    c.received_at = e.received_at;
    c.day = e.day;
    c.day_number = e.day_number;
    f.person(c.person, e.person);
    if (f.state.open.find(e.incident) != nullptr) {
        f.incident(e.incident, [&](Incident& i) {
            i.calls.push_back(std::move(c));
            f.person(i.place_person, e.place_person);
            f.person(i.patients.front().person, e.patient_person);
        });
        return;
    }
    if (e.patient) f.given(e.patient->value, &DeskIds::patient);
    Incident i;
    i.id = e.incident;
    i.version = f.event.seq;
    i.received_at = e.received_at;
    i.day = e.day;
    i.day_number = e.day_number;
    i.calls.push_back(std::move(c));
    Patient& patient = i.patients.emplace_back();
    patient.id = e.patient.value_or(PatientId{e.incident.value});
    f.person(patient.person, e.patient_person);
    f.person(i.place_person, e.place_person);
    f.state.open.put(std::move(i));
}

void fold(Folding& f, const CallDiscarded& e) { f.state.open.erase(e.incident); }

void fold(Folding& f, const CallerLost& e) {
    call(f, e.incident, e.call, [&](Call& c) {
        if (!c.lost()) c.line_losses.push_back({f.event.at, f.event.actor, {}, {}});
    });
}

void fold(Folding& f, const CallerReached& e) {
    call(f, e.incident, e.call, [&](Call& c) {
        if (!c.lost()) return;
        c.line_losses.back().reached_at = f.event.at;
        c.line_losses.back().reached_actor = f.event.actor;
    });
}

}  // namespace jedel
