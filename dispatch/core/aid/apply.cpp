#include "dispatch/core/aid/handlers.h"

namespace jedel {
namespace {

constexpr double same_place_m = 30;

/// The newest danger of each place stays; of many places the oldest goes.
void keep_place(Folding& f, const Incident& i, const DangerRecorded& e) {
    const auto place = i.place();
    if (!place || e.lifted) return;
    auto& all = f.state.place_dangers;
    std::erase_if(all, [&](const PlaceDanger& p) {
        return p.incident == e.incident || distance_m({p.lat, p.lon}, *place) < same_place_m;
    });
    all.push_back({place->lat, place->lon, e.kinds, e.source, f.event.at, e.incident});
    if (all.size() > State::place_dangers_max) all.erase(all.begin());
}

}  // namespace

void fold(Folding& f, const DangerRecorded& e) {
    f.incident(e.incident, [&](Incident& i) {
        if (e.lifted) {
            if (i.danger) i.danger->lifted_at = f.event.at;
            return;
        }
        i.danger = Danger{e.kinds, e.source, f.event.at, f.event.actor, e.staging, {}};
    });
    if (const Incident* i = f.state.open.find(e.incident)) keep_place(f, *i, e);
}

void fold(Folding& f, const HospitalAnnounced& e) {
    f.state.hospitals.put(
        HospitalNow{e.hospital, e.state, e.until, e.beds, e.words, f.event.at, f.event.actor});
}

void fold(Folding& f, const CompanionRecorded& e) {
    f.task(e.incident, e.task, [&](Task& t) { t.companion = e.who; });
}

void fold(Folding& f, const HospitalPrealerted& e) {
    f.task(e.incident, e.task, [&](Task& t) {
        t.prealert = Prealert{e.hospital, e.findings, e.arrival, f.event.at, f.event.actor};
    });
}

void fold(Folding& f, const HelpRefused& e) {
    f.patient(e.incident, e.patient, [&](Patient& p) {
        p.refusal = HelpRefusal{e.what, e.mark, e.capacity, f.event.at, f.event.actor};
    });
}

void fold(Folding& f, const AdviceGiven& e) {
    f.incident(e.incident, [&](Incident& i) {
        i.advice.push_back(AdviceRecord{e.items, e.language, e.instead, e.reason, e.words,
                                        f.event.at, f.event.actor});
    });
}

}  // namespace jedel
