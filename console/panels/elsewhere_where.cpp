// Advice to read out (R1-R8) and hospitals: what they have announced, what they are told.

#include <algorithm>
#include <array>
#include <cmath>

#include "console/panels/describe.h"
#include "console/panels/elsewhere_parts.h"
#include "console/reading.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr std::array<const char*, 4> instead_reasons{"caller_agrees", "goes_himself",
                                                     "polyclinic_comes", "no_help_needed"};

const AdviceItem* item_of(const View& view, const std::string& id) {
    for (const AdviceItem& item : view.tables.elsewhere.advice) {
        if (item.id == id) return &item;
    }
    return nullptr;
}

bool read_already(const Incident& incident, const std::string& id) {
    return std::any_of(incident.advice.begin(), incident.advice.end(), [&](const auto& a) {
        return std::find(a.items.begin(), a.items.end(), id) != a.items.end();
    });
}

GiveAdvice advice_of(const UiState& ui, const Incident& incident, const std::string& item) {
    GiveAdvice command;
    command.incident = incident.id;
    command.items = {item};
    command.language = name_of(ui.elsewhere.language);
    return command;
}

/// Why no brigade goes: a person's decision, with the item that is highlighted.
void ask_instead(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                 const std::string& item, Box box) {
    text(view, box.cut_top(line_height(view)), view.tr("advice_panel.why_instead"),
         {view.fonts.bold, view.theme.notice});
    std::vector<SectionRow> rows;
    for (const char* reason : instead_reasons) {
        rows.push_back({std::string{view.tr(std::string{"instead."} + reason)}, {}, false, false});
    }
    const int kept = std::exchange(ui.elsewhere.choice, 0);
    const int taken = choose_row(view, ui, box, rows);
    ui.elsewhere.choice = kept;
    if (taken < 0) return;
    GiveAdvice command = advice_of(ui, incident, item);
    command.instead = true;
    command.reason = instead_reasons[static_cast<std::size_t>(taken)];
    command.words = rows[static_cast<std::size_t>(taken)].words;
    commands.give(std::move(command), ui.seat);
    ui.elsewhere.instead = false;
}

/// The worst findings of the patients, for the hospital: what was said yes to, or is a number.
std::vector<std::string> findings_of(const Incident& incident) {
    constexpr std::size_t told_max = 8;
    std::vector<std::string> out;
    for (const Patient& patient : incident.patients) {
        for (const FindingValue& f : patient.findings) {
            const bool says = f.value != "no" && f.value != "unknown";
            if (says && out.size() < told_max) out.push_back(f.finding);
        }
    }
    return out;
}

/// Open → limited → closed for two hours → open.
AnnounceHospital next_state(const View& view, const HospitalChoice& hospital) {
    constexpr std::chrono::hours closed_for{2};
    AnnounceHospital command;
    command.hospital = hospital.hospital;
    command.beds = hospital.beds;
    switch (hospital.state) {
        case HospitalState::open: command.state = HospitalState::limited; break;
        case HospitalState::limited:
            command.state = HospitalState::closed;
            command.until = view.now + closed_for;
            break;
        case HospitalState::closed: command.state = HospitalState::open; break;
    }
    return command;
}

void give_beds(UiState& ui, Commands& commands, const HospitalChoice& hospital, int by) {
    AnnounceHospital command;
    command.hospital = hospital.hospital;
    command.state = hospital.state;
    command.until = hospital.until;
    command.beds = std::max(0, hospital.beds.value_or(0) + by);
    commands.give(std::move(command), ui.seat);
}

void prealert(const View& view, UiState& ui, Commands& commands, const Incident& incident,
              const HospitalChoice& hospital) {
    const Task* service = serving(incident, ui.course.brigade);
    if (service == nullptr) service = incident.first_brigade_at_work();
    if (service == nullptr) return;
    PrealertHospital command;
    command.incident = incident.id;
    command.brigade = *service->brigade;
    command.hospital = hospital.hospital;
    command.findings = findings_of(incident);
    // Driven from the scene: from now, or from when it left.
    const Instant from = service->left_scene_at().value_or(view.now);
    command.arrival = from + std::chrono::seconds{std::llround(hospital.travel_s)};
    commands.give(std::move(command), ui.seat);
}

}  // namespace

void draw_advice(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                 Box box) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::elsewhere);
    ElsewhereState& e = ui.elsewhere;
    if (view.advice == nullptr || view.advice->advised.empty()) {
        paragraph(view, box, view.tr("advice_panel.nothing"), {nullptr, view.theme.dim});
        return;
    }
    if (pressed.take(Key::l)) {
        e.language = static_cast<Language>((static_cast<int>(e.language) + 1) % 3);
        e.language_chosen = true;
    }
    const auto& items = view.advice->advised;
    const int last = static_cast<int>(items.size()) - 1;
    const auto chosen = static_cast<std::size_t>(std::clamp(e.choice, 0, last));
    if (pressed.take(Key::b)) e.instead = !e.instead;
    Box hint = box.cut_bottom(std::ceil(20 * view.unit));
    Box words = box.cut_bottom(std::floor(box.height() * 0.42F));
    const Texts spoken{view.tr.table(), e.language};
    paragraph(view, words, spoken("advice." + items[chosen]), {view.fonts.bold});
    if (e.instead) {
        ask_instead(view, ui, commands, incident, items[chosen], box);
    } else {
        std::vector<SectionRow> rows;
        for (const std::string& id : items) {
            const AdviceItem* item = item_of(view, id);
            const std::string source = item ? item->rule + " · " + item->source : std::string{};
            rows.push_back({std::string{view.tr("advice_name." + id)}, source,
                            read_already(incident, id), false});
        }
        const int taken = choose_row(view, ui, box, rows);
        if (taken >= 0) {
            commands.give(advice_of(ui, incident, items[static_cast<std::size_t>(taken)]),
                          ui.seat);
        }
    }
    text(view, hint, view.tr("advice_panel.hint", {spoken("language.name")}),
         {view.fonts.small, view.theme.dim});
}

void draw_hospital_states(const View& view, UiState& ui, Commands& commands,
                          const Incident& incident, Box box) {
    if (view.advice == nullptr || view.advice->hospitals.empty()) {
        paragraph(view, box, view.tr("course.no_hospital"), {nullptr, view.theme.dim});
        return;
    }
    const auto& hospitals = view.advice->hospitals;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::elsewhere);
    Box hint = box.cut_bottom(std::ceil(20 * view.unit));
    // The choice stays with the hospital: what it announces moves it in the list.
    const auto it = std::find_if(hospitals.begin(), hospitals.end(), [&](const auto& h) {
        return ui.elsewhere.hospital == h.hospital;
    });
    ui.elsewhere.choice = it == hospitals.end() ? 0 : static_cast<int>(it - hospitals.begin());
    const HospitalChoice& chosen = hospitals[static_cast<std::size_t>(ui.elsewhere.choice)];
    while (pressed.take(Key::equal) || pressed.take(Key::pad_add)) {
        give_beds(ui, commands, chosen, 1);
    }
    while (pressed.take(Key::minus) || pressed.take(Key::pad_subtract)) {
        give_beds(ui, commands, chosen, -1);
    }
    if (pressed.take(Key::h)) prealert(view, ui, commands, incident, chosen);
    std::vector<SectionRow> rows;
    for (const HospitalChoice& hospital : hospitals) {
        std::string right = hospital_state_text(view, hospital);
        if (!right.empty()) right += " · ";
        right += clock_text(static_cast<std::int64_t>(hospital.travel_s * 1000));
        const bool told = std::any_of(
            incident.tasks.begin(), incident.tasks.end(), [&](const Task& t) {
                return t.prealert && t.prealert->hospital == hospital.hospital;
            });
        rows.push_back({std::string{organisation_name(view, hospital.hospital)}, std::move(right),
                        told, hospital.state != HospitalState::open || !hospital.fits});
    }
    const int taken = choose_row(view, ui, box, rows);
    ui.elsewhere.hospital = hospitals[static_cast<std::size_t>(ui.elsewhere.choice)].hospital;
    if (taken >= 0) {
        commands.give(next_state(view, hospitals[static_cast<std::size_t>(taken)]), ui.seat);
    }
    text(view, hint, view.tr("hospital.hint"), {view.fonts.small, view.theme.dim});
}

}  // namespace jedel::console
