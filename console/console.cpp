#include "console/console.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "console/relook.h"
#include "console/help_card.h"
#include "console/intake.h"
#include "console/messages.h"
#include "console/saving.h"
#include "console/similar.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

std::string Commands::give(Command command, Seat seat) {
    std::string id = prefix_ + "-" + std::to_string(next_++);
    commands_.push_back({id, actor_, seat, std::move(command), seat_of_});
    return id;
}

const Incident* selected_incident(const View& view, const UiState& ui) {
    return ui.selected ? view.room.state.incident(ui.selected) : nullptr;
}

Console::Console(ConsoleParts parts, Desk& desk, const ClockPort& clock, std::function<void()> wake,
                 ReplayControl* replay)
    : parts_(std::move(parts)),
      desk_(desk),
      clock_(clock),
      replay_(replay),
      advice_(parts_.advice, std::move(wake), parts_.advice_mode),
      commands_(parts_.actor, parts_.command_prefix),
      drafts_(parts_.draft_path),
      back_(read_kept(drafts_.left_over())) {
    map_.set_city(parts_.city);
    if (!parts_.layouts) parts_.layouts = std::make_shared<const Layouts>(Layouts::standard());
    if (!parts_.layouts_fault.empty()) {
        ui_.messages.push_back(
            {clock_.now(), "message.layouts_refused", {}, parts_.layouts_fault, true});
    }
}

Console::~Console() = default;

void Console::release_gpu() { map_.release(); }

void Console::feed(ImGuiIO& io) {
    // ImGui gives a field the keyboard a frame after it is asked to; what is typed meanwhile
    // waits in the queue instead of falling between two fields.
    constexpr int patience_frames = 4;
    if (ui_.focus.waiting && ++waited_frames_ <= patience_frames) {
        ui_.keyboard.presses().clear();
        return;
    }
    waited_frames_ = 0;
    if (ui_.keyboard.owner() == KeyOwner::intake && !takes_text(ui_.intake.field) &&
        input_.text_is_next()) {
        // What is typed where no field is was meant for the words: it goes there, and so nothing
        // that was said is lost.
        ui_.intake.field = Field::words;
        ui_.focus.moved = true;
        ui_.keyboard.presses().clear();
        return;
    }
    input_.feed(io, ui_.keyboard.presses());
}

void Console::reload(const View& view) {
    ui_.overlay = Overlay::none;
    if (!parts_.read_rules || reloading_.valid()) return;
    hint(view, ui_, "message.rules_reading");
    reloading_ = std::async(std::launch::async, parts_.read_rules);
}

void Console::take_reloaded(Instant now) {
    if (!reloading_.valid() ||
        reloading_.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
        return;
    }
    Result<RuleTables> read = reloading_.get();
    if (!read) {  // the last good ones stay in force
        ui_.messages.push_back({now, "message.rules_refused", {parts_.protocol->edition()},
                                read.error().text(), true});
        return;
    }
    // Marks and reasons point into the old tables; the words are read again by the new ones.
    ui_.intake.triage = {};
    ui_.intake.draft.marks.clear();
    ui_.intake.draft_changed = true;
    parts_.protocol = std::move(read->protocol);
    parts_.lexicon = std::move(read->lexicon);
    parts_.cards = std::move(read->cards);
    // The files of rules are mended, whatever was wrong with them at the start.
    std::erase_if(parts_.faults, [](const Error& fault) {
        return fault.where.find("/data/law/") == std::string::npos &&
               fault.where.find("/assets/") == std::string::npos;
    });
    desk_.post([rules = parts_.protocol](Engine& engine) { engine.use_protocol(rules); });
    const std::string& version = parts_.protocol->edition();
    ui_.messages.push_back({now, "message.rules_in_force", {version}, {}, false});
}

void Console::frame(const Fonts& fonts, Recorder* recorder) {
    const auto room = desk_.snapshot();
    const auto advice = advice_.advice();
    const auto addresses = advice_.addresses();
    const auto patient = advice_.patient();
    const auto roads = advice_.roads();
    const auto stretch = advice_.stretch();
    const auto reach = advice_.reach();
    const auto similar = advice_.similar();
    const auto relook = advice_.relook();
    std::optional<ReplayStatus> replay;
    if (replay_) replay = replay_->status();
    const Instant now = replay ? replay->now : clock_.now();
    take_reloaded(now);
    const Texts texts{*parts_.texts, ui_.language};
    const Theme theme = Theme::of(ui_.theme);
    if (recorder) recorder->begin_frame();
    frame_s_ = ImGui::GetTime();
    frame_began_ = std::chrono::steady_clock::now();
    const auto cover = advice_.cover();
    const auto staffing = advice_.staffing();
    const bool fits = advice && advice->incident == ui_.selected && ui_.selected;
    const bool asked_stretch = stretch && stretch->serial == ui_.map.tools.serial;
    const bool asked_reach = reach && reach->kind == ui_.map.tools.reach;
    const View view{{theme, fonts, recorder, fonts.px / 15.0F},
                    {parts_.protocol.get(), parts_.lexicon.get(), parts_.cards.get()},
                    {fits ? advice.get() : nullptr, addresses.get(), patient.get(), roads.get(),
                     asked_stretch ? stretch.get() : nullptr, asked_reach ? reach.get() : nullptr,
                     similar.get(), relook.get(), cover.get(), staffing.get()},
                    *room,
                    *parts_.city,
                    replay ? &*replay : nullptr,
                    texts,
                    now,
                    kazakhstan_offset_minutes(now),
                    frame_s_,
                    parts_.advice.tables,
                    parts_.faults};
    commands_.work_for(ui_.organisation);
    collect_outcomes(view);
    follow_selection(view);
    if (!back_.empty()) take_back_drafts(view);
    drop_old_messages(view, ui_);
    keep_watch_list(view, ui_);
    drop_stale(view, ui_);
    global_keys(view);
    drop_stale(view, ui_);
    ui_.keyboard.give_to(owner_of(view, ui_));
    if (ui_.intake.draft_changed) refresh_triage(view, ui_);
    take_similar(view, ui_);
    keep_metronome(ui_);
    if (parts_.sound) {
        // What is heard begins with the key as what is seen does, later by the device's buffers:
        // less than a tenth of a second.
        parts_.sound->beats(ui_.help.metronome.per_min);
        ui_.help.heard = parts_.sound->heard();
    }
    ui_.focus.text_active = ui_.focus.waiting = false;
    draw_screen(view);
    if (ui_.intake.draft_changed) refresh_triage(view, ui_);
    hand_on(room, now);
    keep_drafts(now);
    ask_advice(room, now);
    warn_of_late(view, ui_);
    ask_relook(view, room);
    ask_map(view, room);
    ask_cover(view, room);
    if (auto question = similar_question(view, ui_, room)) {
        advice_.ask_similar(std::move(*question));
    }
}

int Console::idle_ms() const {
    const auto into_second = static_cast<int>(clock_.now().ms % 1000);
    // A little past the turn of the second: a wait that ends early would draw the old one again.
    constexpr int margin_ms = 3;
    int wait = std::clamp(1000 - into_second + margin_ms, 1, 1000);
    if (ui_.help.metronome.running()) {
        using Milliseconds = std::chrono::duration<double, std::milli>;
        const Milliseconds spent = std::chrono::steady_clock::now() - frame_began_;
        const double due = ui_.help.metronome.next_change_s(frame_s_) * 1000 - spent.count();
        wait = std::clamp(static_cast<int>(std::ceil(due)), 1, wait);
    }
    return wait;
}

bool Console::busy() const {
    return !pending_.empty() || reloading_.valid() || !input_.empty() || map_moving_;
}

void Console::follow_selection(const View& view) {
    const Incident* incident = selected_incident(view, ui_);
    if (incident == nullptr) return;
    const bool typing = ui_.area == Area::card && ui_.page == Page::intake;
    const bool other = ui_.intake.draft.incident != ui_.selected;
    // The number of a call just taken may not be chosen away under the person's hands.
    if (other && !ui_.intake.draft.pending_command.empty()) return;
    if (other && !ui_.intake.draft.incident) leave_draft(ui_);
    if (other) save_draft(ui_, commands_);
    const bool settled = pending_.empty();
    if (other || (!typing && settled && ui_.intake.draft_version != incident->version)) {
        load_draft(view, ui_, *incident);
        ui_.intake.draft_version = incident->version;
        refresh_triage(view, ui_);
    }
}

void Console::ask_advice(const std::shared_ptr<const Snapshot>& room, Instant now) {
    if (!ui_.selected) return;
    const Incident* incident = room->state.incident(ui_.selected);
    if (incident == nullptr) return;
    const auto last = advice_.advice();
    const bool answered =
        last && last->incident == asked_incident_ && last->state_seq == asked_seq_;
    const bool other = ui_.selected != asked_incident_;
    const bool newer = room->state.seq != asked_seq_;
    // Fixes stream past the journal; where any came, travel times are looked at again every five
    // seconds. In a quiet room once a minute does, for the hour of the day and ends of shifts.
    const auto age = now - asked_at_;
    const bool old =
        age > (room == asked_room_ ? std::chrono::seconds{60} : std::chrono::seconds{5});
    if (!other && !(answered && (newer || old))) return;
    asked_incident_ = ui_.selected;
    asked_seq_ = room->state.seq;
    asked_at_ = now;
    asked_room_ = room;
    advice_.ask_advice(room, ui_.selected, now);
}

void Console::hand_on(const std::shared_ptr<const Snapshot>& room, Instant now) {
    for (CommandEnvelope& command : commands_.take_commands()) {
        if (parts_.gate && !parts_.gate(command)) continue;
        Pending next{.id = command.id,
                     .incident = incident_of(command.command),
                     .opens = std::holds_alternative<ReceiveCall>(command.command),
                     .outcome = {}};
        next.outcome = desk_.ask(std::move(command));
        pending_.push_back(std::move(next));
    }
    if (auto query = commands_.take_address()) advice_.ask_address(std::move(*query));
    if (auto patient = commands_.take_patient()) {
        advice_.ask_patient(room, patient->first, std::move(patient->second), now);
    }
    if (const auto what = commands_.take_replay(); what != Commands::Replay::none) {
        steer_replay(what);
    }
}

void Console::steer_replay(Commands::Replay what) {
    if (replay_ == nullptr) return;
    constexpr std::array<double, 10> speeds{1, 2, 5, 10, 30, 60, 120, 300, 600, 1000};
    const ReplayStatus status = replay_->status();
    const auto* above = std::upper_bound(speeds.begin(), speeds.end(), status.speed);
    const auto* at = std::lower_bound(speeds.begin(), speeds.end(), status.speed);
    switch (what) {
        case Commands::Replay::pause:
            replay_->set_paused(!status.paused);
            break;
        case Commands::Replay::slower:
            replay_->set_speed(at == speeds.begin() ? 1 : at[-1]);
            break;
        case Commands::Replay::faster:
            replay_->set_speed(above == speeds.end() ? 1000 : *above);
            break;
        case Commands::Replay::step:
            replay_->step();
            break;
        case Commands::Replay::none:
            break;
    }
}

void Console::draw_screen(const View& view) {
    apply_style(view.theme, view.fonts.px);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
    // Without a background: the frame was cleared to that very colour, and a processor that paints
    // pays for every pixel that is filled twice.
    ImGui::Begin("##screen", nullptr,
                 ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoDecoration |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PushFont(view.fonts.text);
    const Box screen{0, 0, size.x, size.y};
    const PanelFrame frame{view, ui_, commands_, map_, map_moving_, parts_.journal_name};
    for (const PlacedPanel& placed : arrange(parts_.layouts->of(ui_.seat), view, ui_, screen)) {
        placed.panel->draw(frame, placed.box);
    }
    ImGui::PopFont();
    ImGui::End();
    ImGui::PopStyleVar(2);
    if (const PanelRow* over = panel_over(view, ui_)) over->draw(frame, screen);
}

void Console::global_keys(const View& view) {
    Action action{};
    while (take_action(ui_.keyboard.presses(), action)) perform(view, action);
    if (ui_.palette.action) perform(view, *std::exchange(ui_.palette.action, std::nullopt));
}

}  // namespace jedel::console
