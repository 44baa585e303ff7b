// What comes back to the console: answers to its commands, and forms of the last session.

#include "console/console.h"
#include "console/intake.h"
#include "console/messages.h"
#include "console/saving.h"
#include "console/widgets/format.h"

namespace jedel::console {

namespace {

std::string number_of(const State& state, std::optional<IncidentId> id) {
    if (!id) return "—";
    const Incident* incident = state.incident(*id);
    return incident ? "№ " + std::to_string(incident->day_number) : std::to_string(id->value);
}

Message refusal_message(const View& view, const Refusal& refusal) {
    Message m{
        view.now, std::string{"refusal."}.append(name_of(refusal.code)), {}, refusal.detail, true};
    const bool raced = !refusal.first_actor.empty();
    m.arguments = {raced ? refusal.first_actor : "—",
                   raced ? time_of_day(refusal.first_at, view.utc_offset_minutes) : "—",
                   number_of(view.room.state, refusal.first_incident),
                   refusal.field.empty() ? "—" : refusal.field};
    return m;
}

}  // namespace

void Console::take_outcome(const View& view, const Pending& p, const Outcome& outcome) {
    const auto* refusal = std::get_if<Refusal>(&outcome);
    const auto* error = std::get_if<Error>(&outcome);
    // What is already as wished is no news to anyone.
    const bool as_wished = refusal != nullptr && refusal->code == RefusalCode::nothing_changed;
    if (refusal != nullptr && !as_wished) {
        say(ui_, about(refusal_message(view, *refusal), view.room.state, p.incident));
    } else if (error != nullptr) {
        say(ui_, about({view.now, "message.journal_failed", {error->text()}, {}, true},
                       view.room.state, p.incident));
    }
    const bool stored = (refusal == nullptr && error == nullptr) || as_wished;
    if (note_answer(ui_, p.id, stored)) {
        say(ui_, about({view.now, "message.not_saved", {}, {}, true}, view.room.state, p.incident));
    }
    if (!p.opens) return;
    std::optional<IncidentId> opened;
    if (const auto* events = std::get_if<std::vector<JournalEvent>>(&outcome)) {
        for (const JournalEvent& event : *events) {
            if (const auto* received = std::get_if<CallReceived>(&event.event)) {
                opened = received->incident;
            }
        }
    }
    if (std::erase(ui_.intake.to_discard, p.id) > 0) {
        if (opened) commands_.give(DiscardCall{*opened}, ui_.seat);
        return;
    }
    if (!note_opened(ui_, commands_, p.id, opened)) return;
    if (!opened) {
        say(ui_, {view.now, "message.call_not_opened", {}, {}, true});
        return;
    }
    adopt_number(ui_, *opened);
    save_draft(ui_, commands_);
    if (ui_.intake.draft.confirm_wanted) confirm_draft(view, ui_, commands_);
}

void Console::collect_outcomes(const View& view) {
    std::erase_if(pending_, [&](Pending& p) {
        if (p.outcome.wait_for(std::chrono::seconds{0}) != std::future_status::ready) return false;
        take_outcome(view, p, p.outcome.get());
        return true;
    });
}

void Console::take_back_drafts(const View& view) {
    if (!pending_.empty()) return;
    const KeptDraft kept = std::move(back_.front());
    back_.erase(back_.begin());
    const Incident* incident = kept.incident ? view.room.state.open.find(kept.incident) : nullptr;
    if (incident != nullptr) {
        ui_.selected = incident->id;
        load_draft(view, ui_, *incident);
        ui_.intake.draft_version = incident->version;
    } else if (kept.incident) {
        hint(view, ui_, "message.draft_of_closed", {kept.words});
        return;
    } else {
        begin_call_as(ui_, commands_, kept.opening);
    }
    put_back(ui_.intake.draft, kept);
    if (all_stored(ui_.intake.draft)) return;  // its last answer had only not been heard
    ui_.page = Page::intake;
    ui_.area = Area::card;
    ui_.intake.field = Field::words;
    ui_.focus.moved = true;
    ui_.intake.draft_changed = true;
    hint_of_call(view, ui_, "message.draft_back");
}

void Console::keep_drafts(Instant now) {
    if (parts_.draft_path.empty() || !back_.empty()) return;
    if (std::string text = kept_text(ui_.intake); text != kept_) {
        kept_ = text;
        drafts_.keep(std::move(text));
    }
    const std::string problem = drafts_.problem();
    if (!problem.empty() && !drafts_told_) {
        say(ui_, {now, "message.draft_not_kept", {}, problem, true});
    }
    drafts_told_ = !problem.empty();
}

}  // namespace jedel::console
