#include "dispatch/journal/moving.h"

namespace jedel {

Result<void> Moving::take(const StoredEvent& row, const Hash& hash) {
    if (!commands_.empty() && commands_.back().id != row.command_id) {
        if (auto done = flush(); !done) return done;
    }
    const auto event = decode_event(row);
    if (!event) return event.error();
    texts_.push_back({std::string{row.actor}, std::string{row.seat}, std::string{row.kind},
                      std::string{row.payload}, std::string{row.attached}});
    rows_.push_back({row.seq, row.at_ms, row.version, hash});
    if (commands_.empty()) {
        commands_.push_back({std::string{row.command_id}, row.seq, row.seq, {}});
    }
    commands_.back().last = row.seq;
    if (auto guard = guard_of(event->event)) guards_.push_back(*guard);
    return {};
}

Result<void> Moving::flush() {
    if (rows_.empty()) return {};
    std::vector<ChainedEvent> events;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const Texts& t = texts_[i];
        events.push_back({{rows_[i].seq, rows_[i].at_ms, t.actor, t.seat, commands_[0].id,
                           t.kind, rows_[i].version, t.payload, t.attached},
                          rows_[i].hash});
    }
    if (const auto known = from_ == nullptr ? Result<std::optional<CommandRow>>{std::nullopt}
                                            : from_->find_command(commands_[0].id);
        known && *known && (**known).first == commands_[0].first) {
        commands_[0].digest = (**known).digest;
    }
    const auto stored = to_.append({.expected = head_,
                                    .events = events,
                                    .personal = {},
                                    .commands = commands_,
                                    .guards = guards_});
    if (!stored) return stored.is_behind() ? Error{.message = "another wrote into it"}
                                           : stored.error();
    head_ = stored.head();
    texts_.clear();
    rows_.clear();
    commands_.clear();
    guards_.clear();
    return {};
}

}  // namespace jedel
