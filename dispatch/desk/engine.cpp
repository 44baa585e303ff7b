#include "dispatch/desk/engine.h"

#include <cmath>
#include <utility>

#include "base/limits.h"
#include "dispatch/core/codec.h"
#include "dispatch/journal/normalise.h"

namespace jedel {

namespace {

/// Fixes stream: they go to the disk in lots, and at the latest with the next snapshot or batch.
constexpr std::size_t fixes_per_write = 512;
/// Of those that wait because another program holds the journal, so many are kept.
constexpr std::size_t fixes_waiting_max = 10'000;
/// Stale personal rows kept at most before they are swept out.
constexpr std::size_t personal_slack = 256;
/// Others may be first so often before a command is given up; each time the room has moved on.
constexpr int tries_max = 16;
/// Faster than any brigade drives.
constexpr double speed_kmh_max = 400;

/// A tracker sends what it likes: only a place with a time is taken.
bool is_sane(const Fix& fix) {
    return is_valid(fix.place) && std::isfinite(fix.speed_kmh) && fix.speed_kmh >= 0 &&
           fix.speed_kmh <= speed_kmh_max && std::isfinite(fix.heading_deg) &&
           std::abs(fix.heading_deg) <= 360 && limits::within_years(fix.at);
}

/// True for events that may put a new personal row in the place of an older one.
template <class E>
constexpr bool points_to_persons = requires(const E& e) { e.place_person; };

/// The incident whose personal rows an event may replace, if it is one of those.
std::optional<IncidentId> incident_of_persons(const Event& event) {
    return std::visit(
        []<class E>(const E& e) -> std::optional<IncidentId> {
            if constexpr (points_to_persons<E>) {
                return e.incident;
            } else {
                return std::nullopt;
            }
        },
        event);
}

}  // namespace

Engine::Engine(std::unique_ptr<Journal> journal, DecideContext context)
    : journal_(std::move(journal)), context_(std::move(context)) {}

Result<std::unique_ptr<Engine>> Engine::open(std::unique_ptr<Journal> journal,
                                             DecideContext context) {
    std::unique_ptr<Engine> engine{new Engine(std::move(journal), std::move(context))};
    auto snapshot = engine->journal_->load_snapshot();
    if (!snapshot) return snapshot.error();
    if (*snapshot) {
        // A state of another shape (an older program's) is folded anew from the events.
        if (auto state = decode_state((*snapshot)->state)) {
            engine->state_ = std::move(state).value();
        }
    }
    const std::uint64_t from = engine->state_.seq;
    const auto fold = [&](const JournalEvent& event) { apply(engine->state_, event); };
    if (auto read = engine->journal_->read(from, fold); !read) return read.error();
    engine->snapshot_seq_ = from;
    engine->report_ = engine->journal_->report();
    engine->load_personal();
    auto fixes = engine->journal_->latest_fixes();
    if (!fixes) return fixes.error();
    for (const auto& [brigade, fix] : *fixes) engine->fixes_.insert_or_assign(brigade, fix);
    return engine;
}

/// One that is damaged costs that row: it is named, and the room opens.
void Engine::load_personal() {
    const auto load = [&](PersonRef ref) {
        if (personal_.find(ref) != nullptr) return;
        auto record = journal_->personal(ref);
        if (!record) {
            report_.push_back(record.error().text());
        } else if (*record) {  // none: erased
            personal_.put(*std::move(record).value());
        }
    };
    for (const Table<Incident>* table : {&state_.open, &state_.recent}) {
        for (const auto& incident : table->rows()) each_person(*incident, load);
    }
}

Outcome Engine::perform(const CommandEnvelope& command, Instant now) {
    if (failure_) return *failure_;
    if (journal_->mode() == JournalMode::read_only) {
        const std::string why = journal_->warning();
        return Error{.message = "the journal is open for reading only" +
                                (why.empty() ? std::string{} : ": " + why)};
    }
    note_time(now);
    CommandEnvelope asked = command;
    if (const auto bad = normalise(asked)) {
        return Refusal{.code = RefusalCode::bad_value, .field = *bad, .detail = "no number"};
    }
    const std::string digest = journal_->digest_of(asked);
    if (auto before = answered_before(asked, digest)) return std::move(*before);
    for (int tries = 0; tries < tries_max; ++tries) {
        auto decided = decide(state_, context_, PersonalView{&personal_}, asked, now);
        if (auto* refusal = std::get_if<Refusal>(&decided)) return std::move(*refusal);
        auto stored = store(asked, std::get<Decision>(std::move(decided)), digest);
        if (stored) return std::move(*stored);
        if (auto caught_up = catch_up(); !caught_up) return fail(caught_up.error());
        // The same command may have come by another desk.
        if (auto before = answered_before(asked, digest)) return std::move(*before);
    }
    return Error{.message = "others were first " + std::to_string(tries_max) +
                            " times; nothing was stored, tell it again"};
}

std::optional<Outcome> Engine::answered_before(const CommandEnvelope& command,
                                               const std::string& digest) {
    auto known = journal_->find_command(command.id);
    if (!known) return journal_->broken() ? Outcome{fail(known.error())} : known.error();
    if (!*known) return std::nullopt;
    KnownCommand& before = **known;
    if (before.digest.empty() || digest.empty() || before.digest == digest) {
        return std::move(before.events);
    }
    Refusal refusal{.code = RefusalCode::bad_command_id,
                    .field = "id",
                    .detail = "this id was given to another command before; a retry says the same"};
    if (!before.events.empty()) {
        refusal.first_actor = before.events.front().actor;
        refusal.first_at = before.events.front().at;
    }
    return refusal;
}

Result<void> Engine::catch_up() {
    const std::uint64_t before = state_.seq;
    auto read = journal_->catch_up([&](const JournalEvent& event) { fold(event); });
    if (!read) return read;
    if (state_.seq == before) return Error{.message = "others were first, but nothing of theirs "
                                                      "can be read"};
    load_personal();
    return {};
}

std::optional<Outcome> Engine::store(const CommandEnvelope& command, Decision decision,
                                     const std::string& digest) {
    append_.expected_seq = state_.seq;
    append_.events.clear();
    append_.personal = std::move(decision.personal);
    append_.command_digest = digest;
    for (PersonalRecord& record : append_.personal) normalise(record);
    for (Event& event : decision.events) {
        // What a rule computed must read back to itself too.
        if (const auto bad = normalise(event)) {
            return Error{.message = "a value of the decision is no number; nothing was stored",
                         .where = {},
                         .field = *bad};
        }
        append_.events.push_back({.at = decision.at,
                                  .actor = command.actor,
                                  .seat = *command.seat,
                                  .command_id = command.id,
                                  .event = std::move(event)});
    }
    auto head = journal_->append(append_);
    if (head.is_behind()) return std::nullopt;
    if (!head) return journal_->broken() ? Outcome{fail(head.error())} : head.error();
    std::vector<JournalEvent> stored;
    stored.reserve(append_.events.size());
    for (NewEvent& event : append_.events) {
        stored.push_back({.seq = state_.seq + 1,
                          .at = event.at,
                          .actor = std::move(event.actor),
                          .seat = event.seat,
                          .command_id = std::move(event.command_id),
                          .event = std::move(event.event)});
        fold(stored.back());
    }
    for (PersonalRecord& record : append_.personal) {
        personal_.put(std::move(record));
    }
    sweep_personal();
    return stored;
}

void Engine::fold(const JournalEvent& event) {
    std::vector<PersonRef> before;
    const auto id = incident_of_persons(event.event);
    const Incident* incident = id ? state_.incident(*id) : nullptr;
    // The rows of merged incidents are shared; they go with the next sweep.
    if (incident != nullptr && incident->merged.empty()) {
        each_person(*incident, [&](PersonRef ref) { before.push_back(ref); });
    }
    // With a closing the one closed longest ago may go out of sight, and its rows with it.
    const bool full = state_.recent_order.size() == State::recent_max;
    const IncidentId oldest = full ? state_.recent_order.front() : IncidentId{};
    const auto leaving = full ? state_.recent.share(oldest) : nullptr;
    apply(state_, event);
    if (leaving != nullptr && state_.incident(oldest) == nullptr) {
        each_person(*leaving, [&](PersonRef ref) { personal_.erase(ref); });
    }
    if (before.empty()) return;
    incident = state_.incident(*id);
    each_person(*incident, [&](PersonRef ref) { std::erase(before, ref); });
    for (const PersonRef ref : before) personal_.erase(ref);
}

void Engine::sweep_personal() {
    constexpr std::size_t rows_each = 3;  // call, place, patient
    const std::size_t incidents = state_.open.size() + state_.recent.size();
    if (personal_.size() <= rows_each * incidents + personal_slack) return;
    PersonalTable kept;
    for (const Table<Incident>* table : {&state_.open, &state_.recent}) {
        for (const auto& incident : table->rows()) {
            each_person(*incident, [&](PersonRef ref) {
                if (auto row = personal_.share(ref)) kept.put(std::move(row));
            });
        }
    }
    personal_ = std::move(kept);
}

Error Engine::fail(const Error& error) {
    failure_ = error;
    return error;
}

void Engine::use_protocol(std::shared_ptr<const triage::Protocol> protocol) {
    context_.protocol = std::move(protocol);
}

void Engine::report_fix(BrigadeId brigade, const Fix& fix) {
    if (!is_sane(fix)) {
        ++dropped_fixes_;
        return;
    }
    const auto [it, added] = fixes_.try_emplace(brigade, fix);
    if (!added) {
        if (fix.at < it->second.at) return;  // late on its way: the newer one stands
        it->second = fix;
    }
    if (failure_ || journal_->mode() == JournalMode::read_only) return;
    unsaved_fixes_.emplace_back(brigade, fix);
    if (unsaved_fixes_.size() >= fixes_per_write) static_cast<void>(save_fixes());
}

Result<void> Engine::save_fixes() {
    if (failure_) return *failure_;
    if (unsaved_fixes_.empty()) return {};
    Instant now = now_;
    if (now.ms == 0) {
        for (const auto& [brigade, fix] : unsaved_fixes_) now = std::max(now, fix.at);
    }
    auto saved = journal_->append_fixes(unsaved_fixes_, now);
    // While another program holds the journal they wait, the newest of them.
    if (!saved && !journal_->broken()) {
        if (unsaved_fixes_.size() > fixes_waiting_max) {
            unsaved_fixes_.erase(unsaved_fixes_.begin(), unsaved_fixes_.end() -
                                 static_cast<std::ptrdiff_t>(fixes_waiting_max));
        }
        return saved;
    }
    unsaved_fixes_.clear();
    if (!saved) return fail(saved.error());
    return {};
}

Result<void> Engine::begin_batch() {
    if (failure_) return *failure_;
    auto begun = journal_->begin_batch();
    if (!begun) return journal_->broken() ? Result<void>{fail(begun.error())} : begun;
    in_batch_ = true;
    return {};
}

Result<void> Engine::commit_batch() {
    if (failure_) return *failure_;
    if (auto saved = save_fixes(); !saved) return saved;
    in_batch_ = false;
    auto done = journal_->commit_batch();
    if (!done) return fail(done.error());
    return {};
}

Result<void> Engine::save_snapshot() {
    if (failure_) return *failure_;
    if (journal_->mode() == JournalMode::read_only || in_batch_) return {};
    if (auto saved = save_fixes(); !saved) return saved;
    if (snapshot_seq_ == state_.seq) return {};
    auto saved = journal_->save_snapshot({.seq = state_.seq, .state = encode_state(state_)});
    if (!saved) return journal_->broken() ? Result<void>{fail(saved.error())} : saved;
    snapshot_seq_ = state_.seq;
    return {};
}

}  // namespace jedel
