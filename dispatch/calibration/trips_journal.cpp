// Trips from a journal of the room.

#include <map>
#include <variant>

#include "dispatch/calibration/trips.h"
#include "dispatch/core/decide.h"
#include "dispatch/journal/journal.h"

namespace jedel::calibration {

namespace {

/// A brigade on its way: where it set out, and when it said so.
struct Way {
    std::optional<LatLon> from;
    std::optional<Instant> departed;
    triage::Category urgency = triage::Category::none;
};

struct Reading {
    State state;
    std::map<TaskId, Way> ways;
    Trips out;

    void take(const JournalEvent& event) {
        // The place before the event counts: being on the scene moves the brigade there.
        if (const auto* sent = std::get_if<BrigadeAssigned>(&event.event)) {
            ways[sent->task] = {.from = start_of(*sent, event.at),
                                      .departed = {},
                                      .urgency = sent->category};
        } else if (const auto* report = std::get_if<StatusReported>(&event.event)) {
            take(*report, event.seq);
        } else if (const auto* ended = std::get_if<AssignmentEnded>(&event.event)) {
            ways.erase(ended->task);
        }
        apply(state, event);
    }

    [[nodiscard]] std::optional<LatLon> start_of(const BrigadeAssigned& sent, Instant at) const {
        const bool fresh =
            sent.fix && at - sent.fix->at <= std::chrono::milliseconds{
                                                 static_cast<int>(roads::old_fix_s * 1000)};
        if (fresh) return sent.fix->place;
        const Brigade* brigade = state.brigades.find(sent.brigade);
        if (brigade == nullptr || !brigade->last_lat || !brigade->last_lon) return std::nullopt;
        return LatLon{*brigade->last_lat, *brigade->last_lon};
    }

    void take(const StatusReported& report, std::uint64_t seq) {
        if (!report.task || !report.incident) return;
        const auto found = ways.find(*report.task);
        if (found == ways.end()) return;
        Way& way = found->second;
        const auto reported = report.lat && report.lon
                                  ? std::optional{LatLon{*report.lat, *report.lon}}
                                  : std::nullopt;
        if (report.status == BrigadeStatus::departed) {
            way.departed = report.at;
            if (reported) way.from = reported;
        } else if (report.status == BrigadeStatus::on_scene && way.departed) {
            const Incident* incident = state.open.find(*report.incident);
            const auto to = reported ? reported
                            : incident != nullptr ? incident->place() : std::nullopt;
            arrive(way, to, report.at, "event " + std::to_string(seq));
            ways.erase(found);
        }
    }

    void arrive(const Way& way, std::optional<LatLon> to, Instant at, std::string where) {
        if (!way.from || !to) return out.left_out.add(LeftOut::no_start, where);
        out.trips.push_back({.from = *way.from,
                             .to = *to,
                             .departed = *way.departed,
                             .seconds = static_cast<double>((at - *way.departed).count()) / 1000,
                             .urgency = way.urgency,
                             .driven_m = {},
                             .where = std::move(where)});
    }
};

}  // namespace

Result<Trips> trips_from_journal(const std::string& url) {
    auto journal = open_journal(url, JournalMode::read_only);
    if (!journal) return journal.error();
    Reading reading;
    auto read = (*journal)->read(0, [&](const JournalEvent& event) { reading.take(event); });
    if (!read) return read.error();
    return std::move(reading.out);
}

}  // namespace jedel::calibration
