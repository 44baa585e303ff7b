// What the map asks of the worker, and when: only when something has changed.

#include "console/console.h"
#include "console/panels/map_parts.h"
#include "console/relook.h"

namespace jedel::console {

void Console::ask_map(const View& view, const std::shared_ptr<const Snapshot>& room) {
    const MapTools& tools = ui_.map.tools;
    if (tools.serial != asked_stretch_) {
        asked_stretch_ = tools.serial;
        advice_.ask_stretch({tools.serial, tools.steps, view.now});
    }
    const auto& changes = room->state.road_changes;
    const auto roads = advice_.roads();
    const bool known = roads ? made_from(roads->roads, changes) : changes.empty();
    if (!known && asked_roads_seq_ != room->state.seq) {
        asked_roads_seq_ = room->state.seq;
        advice_.ask_roads(room, view.now);
    }
    if (tools.reach != ReachKind::none) ask_reach(view, room);
}

/// When the room has changed, and as time goes on: a brigade that does not move is late by and by.
void Console::ask_relook(const View& view, const std::shared_ptr<const Snapshot>& room) {
    const auto last = advice_.relook();
    if (relook_room_ && (!last || last->look.state_seq != relook_room_->state.seq)) return;
    const bool newer = !relook_room_ || room->state.seq != relook_room_->state.seq;
    const auto pause = room == relook_room_ ? std::chrono::seconds{15} : std::chrono::seconds{5};
    if (!newer && view.now - relook_at_ < pause) return;
    relook_room_ = room;
    relook_at_ = view.now;
    std::vector<Proposal> shown;
    for (const Proposal* p : proposals_now(view, ui_)) shown.push_back(*p);
    advice_.ask_relook(room, std::move(shown), view.now);
}

/// As advice is asked for: when the state has gone on, every five seconds while fixes stream, and
/// once a minute in a quiet room.
void Console::ask_reach(const View& view, const std::shared_ptr<const Snapshot>& room) {
    const ReachKind kind = ui_.map.tools.reach;
    const BrigadeId brigade =
        kind == ReachKind::brigade ? reach_brigade(view, ui_) : BrigadeId{};
    const auto last = advice_.reach();
    const AskedReach& asked = asked_reach_;
    const bool other = kind != asked.kind || brigade != asked.brigade;
    const bool answered = last && last->kind == asked.kind && last->brigade == asked.brigade &&
                          last->state_seq == asked.seq;
    const bool newer = room->state.seq != asked.seq;
    const auto age = view.now - asked.at;
    const bool old =
        age > (room == asked.room ? std::chrono::seconds{60} : std::chrono::seconds{5});
    if (!other && !(answered && (newer || old))) return;
    asked_reach_ = {kind, brigade, room->state.seq, view.now, room};
    advice_.ask_reach({room, kind, brigade, view.now});
}

void Console::ask_cover(const View& view, const std::shared_ptr<const Snapshot>& room) {
    if (parts_.advice.cover_toml.empty() || !parts_.city->roads) return;
    // Brigades move all the time: every five seconds is often enough where anything happened, once
    // a minute where nothing did. Never a second question before the first is answered.
    const bool first = view.cover == nullptr && asked_cover_seq_ == ~std::uint64_t{0};
    const bool answered = view.cover != nullptr && view.cover->advice.state_seq == asked_cover_seq_;
    const auto age = view.now - asked_cover_at_;
    const bool newer = room->state.seq != asked_cover_seq_ && age > std::chrono::seconds{5};
    if (first || (answered && (newer || age > std::chrono::seconds{60}))) {
        asked_cover_seq_ = room->state.seq;
        asked_cover_at_ = view.now;
        advice_.ask_cover({room, view.now});
    }
    if (ui_.overlay != Overlay::staffing) return;
    if (asked_staffing_at_ && view.now - *asked_staffing_at_ < std::chrono::minutes{10}) return;
    asked_staffing_at_ = view.now;
    advice_.ask_staffing({room, view.now});
}

}  // namespace jedel::console
