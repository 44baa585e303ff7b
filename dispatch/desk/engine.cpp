#include "dispatch/desk/engine.h"

#include <utility>

#include "dispatch/core/codec.h"

namespace jedel {

namespace {

/// Fixes stream: they go to the disk in lots, and at the latest with the next snapshot or batch.
constexpr std::size_t fixes_per_write = 512;
/// Stale personal rows kept at most before they are swept out.
constexpr std::size_t personal_slack = 256;

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
    if (auto loaded = engine->load_personal(); !loaded) return loaded.error();
    auto fixes = engine->journal_->latest_fixes();
    if (!fixes) return fixes.error();
    for (const auto& [brigade, fix] : *fixes) engine->fixes_.insert_or_assign(brigade, fix);
    return engine;
}

Result<void> Engine::load_personal() {
    std::optional<Error> failed;
    for (const Table<Incident>* table : {&state_.open, &state_.recent}) {
        for (const auto& incident : table->rows()) {
            each_person(*incident, [&](PersonRef ref) {
                if (failed || personal_.find(ref) != nullptr) return;
                auto record = journal_->personal(ref);
                if (!record) {
                    failed = record.error();
                } else if (*record) {  // none: erased
                    personal_.put(*std::move(record).value());
                }
            });
        }
    }
    if (failed) return *failed;
    return {};
}

Outcome Engine::perform(const CommandEnvelope& command, Instant now) {
    if (failure_) return *failure_;
    if (journal_->mode() == JournalMode::read_only) {
        const std::string why = journal_->warning();
        return Error{.message = "the journal is open for reading only" +
                                (why.empty() ? std::string{} : ": " + why)};
    }
    auto before = journal_->of_command(command.id);
    if (!before) return fail(before.error());
    if (!before->empty()) return std::move(before).value();
    auto decided = decide(state_, context_, PersonalView{&personal_}, command, now);
    if (auto* refusal = std::get_if<Refusal>(&decided)) return std::move(*refusal);
    return store(command, std::get<Decision>(std::move(decided)));
}

Outcome Engine::store(const CommandEnvelope& command, Decision decision) {
    append_.expected_seq = state_.seq;
    append_.events.clear();
    append_.personal = std::move(decision.personal);
    for (Event& event : decision.events) {
        append_.events.push_back({.at = decision.at,
                                  .actor = command.actor,
                                  .seat = *command.seat,
                                  .command_id = command.id,
                                  .event = std::move(event)});
    }
    auto head = journal_->append(append_);
    if (!head) return fail(head.error());
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
    if (!is_valid(fix.place)) return;  // no place on earth is not a position
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
    auto saved = journal_->append_fixes(unsaved_fixes_);
    unsaved_fixes_.clear();
    if (!saved) return fail(saved.error());
    return {};
}

Result<void> Engine::begin_batch() {
    if (failure_) return *failure_;
    auto begun = journal_->begin_batch();
    if (!begun) return fail(begun.error());
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
    if (!saved) return fail(saved.error());
    snapshot_seq_ = state_.seq;
    return {};
}

}  // namespace jedel
