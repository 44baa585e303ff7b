#include "dispatch/calibration/rates_journal.h"

#include <map>

#include "dispatch/core/decide.h"
#include "dispatch/journal/journal.h"

namespace jedel::calibration {
namespace {

bool on_duty(const Brigade& b) {
    return b.kind != BrigadeKind::polyclinic && b.status != BrigadeStatus::unknown &&
           b.status != BrigadeStatus::off_shift && b.status != BrigadeStatus::out_of_service;
}

struct Reading {
    State state;
    cover::RateTally tally;
    std::map<BrigadeId, Instant> since;

    void take(const JournalEvent& event) {
        const auto* closed = std::get_if<IncidentClosed>(&event.event);
        apply(state, event);
        tally.observed(event.at, event.at);
        if (closed != nullptr) {
            if (const Incident* i = state.incident(closed->incident)) tally.add(*i);
        }
        if (const auto* report = std::get_if<StatusReported>(&event.event)) {
            duty(report->brigade, event.at);
        }
    }

    void duty(BrigadeId id, Instant at) {
        const Brigade* brigade = state.brigades.find(id);
        if (brigade == nullptr) return;
        const auto it = since.find(id);
        if (on_duty(*brigade)) {
            if (it == since.end()) since.emplace(id, at);
        } else if (it != since.end()) {
            tally.on_shift(it->second, at);
            since.erase(it);
        }
    }

    JournalRates end() {
        for (const auto& incident : state.open.rows()) tally.add(*incident);
        for (const auto& [id, from] : since) tally.on_shift(from, state.at);
        return {tally.rates(), std::move(state)};
    }
};

}  // namespace

Result<JournalRates> rates_from_journal(const std::string& url) {
    auto journal = open_journal(url, JournalMode::read_only);
    if (!journal) return journal.error();
    Reading reading;
    auto read = (*journal)->read(0, [&](const JournalEvent& event) { reading.take(event); });
    if (!read) return read.error();
    return reading.end();
}

}  // namespace jedel::calibration
