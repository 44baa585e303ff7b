#include "dispatch/fleet/watch.h"

#include <algorithm>
#include <tuple>

#include "dispatch/core/incidents/clocks.h"
#include "dispatch/fleet/toml_row.h"

namespace jedel {
namespace {

Result<DueRow> read_due(const toml::table& row, const std::string& file) {
    DueRow out;
    const auto what = toml_row::text(row, file, "what");
    if (!what) return what.error();
    if (std::find(watched.begin(), watched.end(), *what) == watched.end()) {
        return toml_row::at(row, file, "what", "expected one of the things that are watched");
    }
    out.what = *what;
    const auto from = toml_row::day(row, file, "from");
    if (!from) return from.error();
    out.from_day = *from;
    constexpr std::array<std::string_view, 4> keys{"u1", "u2", "u3", "u4"};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto seconds = toml_row::amount(row, file, keys[i]);
        if (!seconds) return seconds.error();
        if (*seconds <= 0) return toml_row::at(row, file, keys[i], "expected seconds above 0");
        out.within_ms[i] = static_cast<std::int64_t>(*seconds * 1000);
    }
    const auto danger = toml_row::amount(row, file, "danger");
    if (!danger) return danger.error();
    out.danger = static_cast<int>(*danger);
    if (out.danger < 1 || out.danger > 3) {
        return toml_row::at(row, file, "danger", "expected 1, 2 or 3");
    }
    const auto source = toml_row::text(row, file, "source");
    if (!source) return source.error();
    out.source = *source;
    return out;
}

Result<EscalationRow> read_escalation(const toml::table& row, const std::string& file) {
    EscalationRow out;
    const auto id = toml_row::text(row, file, "id");
    if (!id) return id.error();
    out.id = *id;
    const auto what = toml_row::text(row, file, "what");
    if (!what) return what.error();
    if (std::find(watched.begin(), watched.end(), *what) == watched.end()) {
        return toml_row::at(row, file, "what", "expected one of the things that are watched");
    }
    out.what = *what;
    const auto from = toml_row::day(row, file, "from");
    if (!from) return from.error();
    out.from_day = *from;
    const auto after = toml_row::amount(row, file, "after_s");
    if (!after) return after.error();
    out.after_ms = static_cast<std::int64_t>(*after * 1000);
    const auto to = toml_row::text(row, file, "to");
    if (!to) return to.error();
    const auto seat = from_name<Seat>(*to);
    if (!seat || *seat == Seat::system) {
        return toml_row::at(row, file, "to", "expected a seat: " + seat_names());
    }
    out.to = *seat;
    const auto source = toml_row::text(row, file, "source");
    if (!source) return source.error();
    out.source = *source;
    return out;
}

/// A call that nobody has sorted is watched as the most urgent.
std::size_t row_of(Category category) {
    const auto index = static_cast<std::size_t>(category);
    return index >= 1 && index <= 4 ? index - 1 : 0;
}

/// Goes through everything that can be late or wrong.
class Watcher {
public:
    Watcher(const State& state, const WatchTable& table, Instant now)
        : state_(state), table_(table), now_(now),
          day_(day_of(now, kazakhstan_offset_minutes(now))) {}

    std::vector<Watched> run() {
        for (const auto& trouble : state_.troubles.rows()) unfit(*trouble);
        for (const auto& incident : state_.open.rows()) {
            of_incident(*incident);
            for (const Task& task : incident->tasks) {
                if (task.active()) of_task(*incident, task);
            }
        }
        std::sort(rows_.begin(), rows_.end(), [](const Watched& a, const Watched& b) {
            return std::tie(a.danger, a.since.ms, a.incident, a.task, a.trouble) <
                   std::tie(b.danger, b.since.ms, b.incident, b.task, b.trouble);
        });
        return std::move(rows_);
    }

private:
    /// Adds a row where what began at `began` is past its time.
    void late(std::string_view what, Instant began, const Incident& i, const Task* task) {
        const DueRow* row = table_.due_row(what, day_);
        if (row == nullptr) return;
        const Category category = i.working_category();
        const Instant due{began.ms + row->within_ms[row_of(category)]};
        if (now_ < due) return;
        // The same lateness weighs less for what may wait an hour.
        const int danger = category == Category::u4 ? std::min(3, row->danger + 1) : row->danger;
        add(what, danger, due, i, task);
    }

    void add(std::string_view what, int danger, Instant since, const Incident& i,
             const Task* task) {
        Watched row{.what = std::string{what}, .danger = danger, .since = since,
                    .incident = i.id, .task = {}, .brigade = {}, .trouble = {}};
        if (task != nullptr) {
            row.task = task->id;
            row.brigade = task->brigade;
        }
        rows_.push_back(std::move(row));
    }

    void unfit(const Trouble& t) {
        const Incident* on = t.incident ? state_.open.find(*t.incident) : nullptr;
        rows_.push_back({.what = "status_unfit", .danger = on != nullptr ? 2 : 3,
                         .since = t.first_at, .incident = t.incident, .task = {},
                         .brigade = t.brigade, .trouble = t.id, .count = t.count});
    }

    void of_incident(const Incident& i) {
        const bool ended = i.ending.disposition != Disposition::none;
        const bool at_work = std::any_of(i.tasks.begin(), i.tasks.end(), [](const Task& t) {
            const bool serves = t.of_brigade() || t.resource == Resource::polyclinic;
            return serves && t.active();
        });
        const bool served = std::any_of(i.tasks.begin(), i.tasks.end(),
                                        [](const Task& t) { return t.served(); });
        const Task* polyclinic = i.last_polyclinic();
        if (ended) {
            if (const Task* task = i.first_brigade_at_work()) {
                add("aboard_at_end", 2, i.ending.at.value_or(task->sent_at()), i, task);
            }
            return;
        }
        if (at_work || served) return;
        if (polyclinic != nullptr && polyclinic->returned_at()) {
            add("back_from_polyclinic", 1, *polyclinic->returned_at(), i, polyclinic);
        } else {
            late("hand_over", i.received_at, i, nullptr);
        }
    }

    void of_brigade(const Incident& i, const Task& task) {
        const Brigade* brigade = state_.brigades.find(*task.brigade);
        if (brigade == nullptr || task.history.empty()) return;
        const Instant since = task.history.back().at;
        switch (brigade->status) {
            case BrigadeStatus::sent: late("brigade_accept", since, i, &task); break;
            case BrigadeStatus::accepted: late("brigade_depart", since, i, &task); break;
            case BrigadeStatus::departed: late("brigade_silent_way", since, i, &task); break;
            case BrigadeStatus::on_scene: late("brigade_silent_scene", since, i, &task); break;
            case BrigadeStatus::transporting:
                late("brigade_silent_transport", since, i, &task);
                break;
            case BrigadeStatus::at_hospital: late("hospital_hand_over", since, i, &task); break;
            default: break;
        }
        if (brigade->status == BrigadeStatus::on_scene && i.danger && i.danger->holds() &&
            !police_there(i)) {
            add("scene_without_police", 1, since, i, &task);
        }
        if (brigade->kind == BrigadeKind::polyclinic && i.working_category() != Category::u4) {
            add("polyclinic_on_urgent", 1, task.sent_at(), i, &task);
        }
    }

    static bool police_there(const Incident& i) {
        return std::any_of(i.tasks.begin(), i.tasks.end(), [](const Task& t) {
            return t.resource == Resource::police && t.on_scene_at() && t.active();
        });
    }

    void of_task(const Incident& i, const Task& task) {
        if (task.of_brigade()) return of_brigade(i, task);
        const bool accepted = task.accepted_at().has_value();
        if (task.resource != Resource::polyclinic) {
            if (task.history.size() == 1) late("service_accept", task.sent_at(), i, &task);
            return;
        }
        if (!accepted) late("polyclinic_accept", task.sent_at(), i, &task);
        if (accepted && !task.on_scene_at() && i.first_brigade_at_work() == nullptr) {
            late("polyclinic_arrive", task.sent_at(), i, &task);
        }
    }

    const State& state_;
    const WatchTable& table_;
    Instant now_;
    int day_;
    std::vector<Watched> rows_;
};

bool told_already(const Incident& i, const WatchActs::Told& told) {
    return std::any_of(i.escalations.begin(), i.escalations.end(), [&](const Escalation& e) {
        return e.row == told.row && e.task == told.task && e.to == told.to;
    });
}

}  // namespace

const DueRow* WatchTable::due_row(std::string_view what, int day) const {
    const DueRow* best = nullptr;
    for (const DueRow& row : due) {
        if (row.what != what || row.from_day > day) continue;
        if (best == nullptr || row.from_day > best->from_day) best = &row;
    }
    return best;
}

Result<WatchTable> parse_watch(std::string_view text, const std::string& file_name) {
    const Result<toml::table> parsed = toml_row::parse(text, file_name);
    if (!parsed) return parsed.error();
    WatchTable table;
    auto done = toml_row::rows(*parsed, file_name, "due",
                               [&](const toml::table& row) -> Result<void> {
                                   Result<DueRow> read = read_due(row, file_name);
                                   if (!read) return read.error();
                                   table.due.push_back(*std::move(read));
                                   return {};
                               });
    if (!done) return done.error();
    done = toml_row::rows(*parsed, file_name, "escalate",
                          [&](const toml::table& row) -> Result<void> {
                              Result<EscalationRow> read = read_escalation(row, file_name);
                              if (!read) return read.error();
                              table.escalate.push_back(*std::move(read));
                              return {};
                          });
    if (!done) return done.error();
    // What has no row in force from the first day would be watched by nobody.
    for (const std::string_view what : watched) {
        if (table.due_row(what, 0) != nullptr) continue;
        return Error{.message = "expected a [[due]] row from 1970-01-01 for " + std::string{what},
                     .where = file_name, .field = "what"};
    }
    return table;
}

std::vector<Watched> watch(const State& state, const WatchTable& table, Instant now) {
    return Watcher{state, table, now}.run();
}

WatchActs acts_due(const State& state, const WatchTable& table, Instant now) {
    WatchActs acts;
    const int day = day_of(now, kazakhstan_offset_minutes(now));
    for (const Watched& row : watch(state, table, now)) {
        if (row.what == "polyclinic_accept" && row.incident) {
            acts.returns.push_back(*row.incident);
            continue;
        }
        const Incident* incident = row.incident ? state.open.find(*row.incident) : nullptr;
        if (incident == nullptr) continue;
        for (const EscalationRow& e : table.escalate) {
            const bool due = e.what == row.what && e.from_day <= day &&
                             now.ms - row.since.ms >= e.after_ms;
            if (!due) continue;
            WatchActs::Told told{*row.incident, row.task, e.id, e.to};
            if (!told_already(*incident, told)) acts.told.push_back(std::move(told));
        }
    }
    return acts;
}

}  // namespace jedel
