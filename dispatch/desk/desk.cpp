#include "dispatch/desk/desk.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "dispatch/core/codec.h"

namespace jedel {

namespace {

using Steady = std::chrono::steady_clock;

/// While commands queue up, the screen gets a new snapshot this often: twice per frame at 60 Hz.
constexpr auto publish_every = std::chrono::milliseconds{8};
/// A start folds at most about this many events beside the snapshot; a replay that makes them
/// faster than people do has its snapshots spaced in time instead.
constexpr std::uint64_t snapshot_every = 20'000;
constexpr auto snapshot_pause = std::chrono::seconds{5};
/// Fixes wait this long for company before they go to the disk.
constexpr auto fixes_every = std::chrono::seconds{1};
/// A tracker's clock may run ahead so much; a place from later than that is none.
constexpr auto fix_ahead_max = std::chrono::minutes{10};
/// A room that is closed waits no longer than this for a program that holds its journal.
constexpr auto held_at_end = std::chrono::milliseconds{200};
/// Fixes alone make a new snapshot no oftener than this.
constexpr auto fixes_shown_every = std::chrono::milliseconds{100};

struct Job {
    CommandEnvelope command;
    std::optional<std::promise<Outcome>> answer;
    std::function<void(Engine&)> work;  ///< when set, there is no command
};

/// An answer that waits until the snapshot that shows it is out.
struct Answer {
    std::promise<Outcome> promise;
    Outcome outcome;
};

}  // namespace

struct Desk::Impl {
    Impl(std::unique_ptr<Engine> opened, const ClockPort& clock_port, std::function<void()> waker,
         const DeskBounds& most)
        : engine(std::move(opened)), clock(clock_port), wake(std::move(waker)), bounds(most) {
        // Busy is no failure: what was asked waits, and the screen says so.
        Store& store = engine->journal().store();
        store.wait_at_most(std::chrono::hours{24 * 365});
        store.on_waiting([this](std::chrono::milliseconds waited) {
            held = waited;
            publish();
        });
        // Ids of this run of the desk: its start and a count; a retry keeps the id it was given.
        run_name = "desk-" + std::to_string(clock.now().ms) + "-" +
                   std::to_string(Steady::now().time_since_epoch().count()) + "-";
        publish();
        thread = std::thread{[this] { run(); }};
    }

    ~Impl() {
        {
            const std::lock_guard hold{mutex};
            stopping = true;
        }
        engine->journal().store().wait_at_most(held_at_end);
        changed.notify_all();
        thread.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    // Any thread.

    void give_id(CommandEnvelope& command) {
        const std::lock_guard hold{mutex};
        if (command.id.empty()) command.id = run_name + std::to_string(++ids);
    }
    bool queue(Job job) {
        const bool is_work = static_cast<bool>(job.work);
        {
            const std::lock_guard hold{mutex};
            std::size_t& waiting = is_work ? works_waiting : commands_waiting;
            if (waiting >= (is_work ? bounds.messages : bounds.commands)) {
                turn_away(job);
                return false;
            }
            ++waiting;
            jobs.push_back(std::move(job));
        }
        changed.notify_all();
        return true;
    }
    /// A command that finds the queue full is refused at once; never silently.
    void turn_away(Job& job) {
        ++turned_away;
        if (job.work) return;
        Outcome outcome = Refusal{.code = RefusalCode::too_many,
                                  .field = "id",
                                  .detail = std::to_string(bounds.commands) +
                                            " commands wait already; nothing was stored"};
        refused.push_back({.number = 0,
                           .at = clock.now(),
                           .command_id = job.command.id,
                           .command_kind = std::string{kind_of(job.command.command)},
                           .outcome = outcome});
        if (refused.size() > bounds.notices) refused.pop_front();
        if (job.answer) job.answer->set_value(std::move(outcome));
    }
    void drain() {
        std::unique_lock hold{mutex};
        idle.wait(hold, [&] { return jobs.empty() && fixes.empty() && !busy; });
    }

    // The desk's thread.

    void run() {
        std::unique_lock hold{mutex};
        while (true) {
            wait_for_work(hold);
            if (jobs.empty() && fixes.empty()) break;  // stopping, and everything is done
            busy = true;
            take_all(hold);
            busy = false;
            if (jobs.empty() && fixes.empty()) idle.notify_all();
        }
        hold.unlock();
        static_cast<void>(engine->save_snapshot());
    }

    /// Until there is a command, a lot of fixes whose moment has come, or the end.
    void wait_for_work(std::unique_lock<std::mutex>& hold) {
        const auto urgent = [&] { return stopping || !jobs.empty(); };
        while (!urgent()) {
            if (!fixes.empty()) {
                // A fleet on the move must not make a snapshot of every single fix.
                changed.wait_until(hold, published + fixes_shown_every, urgent);
                return;
            }
            const auto any = [&] { return urgent() || !fixes.empty(); };
            if (!engine->has_unsaved_fixes()) {
                changed.wait(hold, any);
            } else if (!changed.wait_until(hold, fixes_due, any)) {
                hold.unlock();
                save_fixes();
                hold.lock();
            }
        }
    }

    /// Works until nothing is queued, then publishes; in a long run also on the way.
    void take_all(std::unique_lock<std::mutex>& hold) {
        while (true) {
            auto places = std::exchange(fixes, {});
            std::optional<Job> job;
            if (!jobs.empty()) {
                job = std::move(jobs.front());
                jobs.pop_front();
                --(job->work ? works_waiting : commands_waiting);
            }
            auto away = std::exchange(refused, {});
            hold.unlock();
            for (Notice& notice : away) show(std::move(notice));
            for (const auto& [brigade, fix] : places) take_fix(brigade, fix);
            if (job) take(*job);
            hold.lock();
            const bool empty = jobs.empty() && fixes.empty();
            if (empty || unshown >= bounds.notices || Steady::now() - published >= publish_every) {
                hold.unlock();
                publish();
                hold.lock();
            }
            if (jobs.empty() && fixes.empty()) return;
        }
    }

    void take_fix(BrigadeId brigade, const Fix& fix) {
        const Instant now = clock.now();
        engine->note_time(now);
        if (fix.at > now + fix_ahead_max) {
            ++fixes_ahead;
            return;
        }
        if (!engine->has_unsaved_fixes()) fixes_due = Steady::now() + fixes_every;
        engine->report_fix(brigade, fix);
        if (engine->has_unsaved_fixes() && Steady::now() >= fixes_due) save_fixes();
    }

    void save_fixes() {
        fixes_due = Steady::now() + fixes_every;
        if (!engine->save_fixes()) publish();
    }

    void take(Job& job) {
        if (job.work) {
            job.work(*engine);
        } else {
            const Instant now = clock.now();
            Outcome outcome = engine->perform(job.command, now);
            held = {};
            show({.number = 0,
                  .at = now,
                  .command_id = job.command.id,
                  .command_kind = std::string{kind_of(job.command.command)},
                  .outcome = outcome});
            if (job.answer) {
                answers.push_back({std::move(*job.answer), std::move(outcome)});
            }
        }
        if (engine->events_since_snapshot() >= snapshot_every &&
            Steady::now() - snapshot_saved >= snapshot_pause) {
            static_cast<void>(engine->save_snapshot());  // a failure shows as journal_error
            snapshot_saved = Steady::now();
        }
    }

    void show(Notice notice) {
        notice.number = ++notice_number;
        notices.push_back(std::move(notice));
        if (notices.size() > bounds.notices) notices.pop_front();
        ++unshown;
    }

    void publish() {
        auto next = std::make_shared<Snapshot>();
        next->state = engine->state();
        next->personal = engine->personal();
        next->fixes = engine->fixes();
        next->notices.assign(notices.begin(), notices.end());
        next->read_only = engine->journal().mode() == JournalMode::read_only;
        next->journal_warning = engine->journal().warning();
        next->journal_error = engine->failure();
        next->journal_report = engine->report();
        next->journal_held = held;
        next->dropped_fixes = engine->dropped_fixes() + fixes_ahead + fixes_away;
        next->turned_away = turned_away;
        {
            const std::lock_guard hold{shown_mutex};
            shown = std::move(next);
        }
        published = Steady::now();
        unshown = 0;
        for (Answer& answer : answers) answer.promise.set_value(std::move(answer.outcome));
        answers.clear();
        if (wake) wake();
    }

    std::unique_ptr<Engine> engine;
    const ClockPort& clock;
    std::function<void()> wake;
    const DeskBounds bounds;
    std::string run_name;

    std::mutex mutex;  ///< guards the queue and what follows it, down to `busy`
    std::condition_variable changed, idle;
    std::deque<Job> jobs;
    std::unordered_map<BrigadeId, Fix> fixes;  ///< newest of each brigade not yet taken
    std::deque<Notice> refused;  ///< of commands that found the queue full
    std::size_t commands_waiting = 0, works_waiting = 0;
    std::uint64_t ids = 0;
    bool stopping = false;
    bool busy = false;

    /// Held for a pointer's copy only. (An atomic shared_ptr would do the same, but libstdc++ 12's
    /// is reported as a race by the thread sanitizer.)
    mutable std::mutex shown_mutex;
    std::shared_ptr<const Snapshot> shown;

    std::deque<Notice> notices;
    std::vector<Answer> answers;
    std::uint64_t notice_number = 0, fixes_ahead = 0;
    std::chrono::milliseconds held{0};  ///< how long another program holds the journal now
    std::atomic<std::uint64_t> turned_away{0}, fixes_away{0};
    std::size_t unshown = 0;
    Steady::time_point published{}, fixes_due{}, snapshot_saved{};

    std::thread thread;  ///< last: everything else must be there when it starts
};

Desk::Desk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(std::unique_ptr<Journal> journal, DecideContext context,
                                         const ClockPort& clock, std::function<void()> wake,
                                         const DeskBounds& bounds) {
    auto engine = Engine::open(std::move(journal), std::move(context));
    if (!engine) return engine.error();
    auto impl = std::make_unique<Impl>(std::move(engine).value(), clock, std::move(wake), bounds);
    return std::unique_ptr<Desk>{new Desk(std::move(impl))};
}

std::string Desk::submit(CommandEnvelope command) {
    impl_->give_id(command);
    std::string id = command.id;
    impl_->queue({.command = std::move(command), .answer = {}, .work = {}});
    return id;
}

std::future<Outcome> Desk::ask(CommandEnvelope command) {
    impl_->give_id(command);
    std::promise<Outcome> promise;
    auto future = promise.get_future();
    impl_->queue({.command = std::move(command), .answer = std::move(promise), .work = {}});
    return future;
}

bool Desk::post(std::function<void(Engine&)> work) {
    return impl_->queue({.command = {}, .answer = {}, .work = std::move(work)});
}

void Desk::report_fix(BrigadeId brigade, const Fix& fix) {
    bool first = false;
    {
        const std::lock_guard hold{impl_->mutex};
        first = impl_->fixes.empty();
        if (impl_->fixes.size() >= impl_->bounds.brigades && !impl_->fixes.contains(brigade)) {
            ++impl_->fixes_away;
            return;
        }
        const auto [it, added] = impl_->fixes.try_emplace(brigade, fix);
        if (!added && fix.at >= it->second.at) it->second = fix;
    }
    if (first) impl_->changed.notify_all();
}

std::shared_ptr<const Snapshot> Desk::snapshot() const {
    const std::lock_guard hold{impl_->shown_mutex};
    return impl_->shown;
}

void Desk::drain() { impl_->drain(); }

}  // namespace jedel
