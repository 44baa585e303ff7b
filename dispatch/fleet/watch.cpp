#include "dispatch/fleet/watch.h"

#include <algorithm>
#include <tuple>

#include "base/toml_row.h"
#include "dispatch/core/incidents/clocks.h"

namespace jedel {
namespace {

std::string watched_thing(TomlRow& in) {
    std::string what = in.text("what");
    if (std::find(watched.begin(), watched.end(), what) == watched.end()) {
        in.fail("what", "expected one of the things that are watched");
    }
    return what;
}

/// Seconds of a row, in milliseconds.
std::int64_t duration_ms(TomlRow& in, std::string_view field) {
    return static_cast<std::int64_t>(in.number(field, 0, 1e9) * 1000);
}

DueRow read_due(TomlRow& in) {
    DueRow out;
    out.what = watched_thing(in);
    out.from_day = in.day("from");
    constexpr std::array<std::string_view, 4> keys{"u1", "u2", "u3", "u4"};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        out.within_ms[i] = duration_ms(in, keys[i]);
        if (out.within_ms[i] <= 0) in.fail(keys[i], "expected seconds above 0");
    }
    out.danger = static_cast<int>(in.whole("danger", 1, 3));
    out.source = in.text("source");
    in.truth("approved");
    in.nothing_else();
    return out;
}

EscalationRow read_escalation(TomlRow& in) {
    EscalationRow out;
    out.id = in.text("id");
    out.what = watched_thing(in);
    out.from_day = in.day("from");
    out.after_ms = duration_ms(in, "after_s");
    const auto seat = from_name<Seat>(in.text("to"));
    if (!seat || *seat == Seat::system) in.fail("to", "expected a seat: " + seat_names());
    out.to = seat.value_or(Seat::senior_dispatcher);
    out.source = in.text("source");
    in.truth("approved");
    in.nothing_else();
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
    /// Adds a row where what began at `began` is past its time; `called` where it is shown under
    /// another name than the table's.
    void late(std::string_view what, Instant began, const Incident& i, const Task* task,
              std::string_view called = {}) {
        const DueRow* row = table_.due_row(what, day_);
        if (row == nullptr) return;
        const Category category = i.working_category();
        const Instant due{began.ms + row->within_ms[row_of(category)]};
        if (now_ < due) return;
        // The same lateness weighs less for what may wait an hour.
        const int danger = category == Category::u4 ? std::min(3, row->danger + 1) : row->danger;
        add(called.empty() ? what : called, danger, due, i, task);
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
            case BrigadeStatus::handed_over:
                // Done at the door, and no word of being free: as long as a hand-over may take.
                late("hospital_hand_over", since, i, &task, "brigade_silent_after");
                break;
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
    const auto parsed = parse_toml(text, file_name);
    if (!parsed) return parsed.error();
    WatchTable table;
    auto done = each_row(*parsed, file_name, "due",
                         [&](TomlRow& row) { table.due.push_back(read_due(row)); });
    if (!done) return done.error();
    done = each_row(*parsed, file_name, "escalate",
                    [&](TomlRow& row) { table.escalate.push_back(read_escalation(row)); });
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
