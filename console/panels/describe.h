#pragma once
// Things of the room put into words; shared by panels.

#include <string>
#include <string_view>

#include "console/ui.h"
#include "dispatch/core/incidents/clocks.h"

namespace jedel::console {

/// The newest personal row of an incident, or nullptr (not known, or erased).
Persons persons_of(const View& view, const Incident& incident);
/// The caller's address, or "not known yet".
std::string_view address_of(const View& view, const Incident& incident);
/// What the first rule behind the category says, else the caller's words.
std::string_view reason_of(const View& view, const Incident& incident);
/// "34 г., муж." as far as known.
std::string patient_text(const View& view, const Incident& incident);
std::string_view organisation_name(const View& view, std::optional<OrganisationId> id);
/// "оружие, собака".
std::string danger_text(const View& view, const std::vector<std::string>& kinds);
/// "nearest · closed until 15:00 · 3 beds · no such department".
std::string hospital_state_text(const View& view, const HospitalChoice& hospital);
/// "12 s", "5 min", "2 h 10 min".
std::string duration_text(const View& view, std::int64_t ms);
/// A reason of a recommendation in words.
std::string reason_text(const View& view, const Reason& reason);
/// A follow-up's kind, organisation and rule.
std::string follow_up_text(const View& view, const FollowUpItem& item);
/// The name and value of a finding: "Боль в груди", "нет: одышка", "температура 39 °C".
std::string finding_text(const View& view, const FindingValue& value);
/// "№ 12".
std::string number_of(const View& view, IncidentId id);
/// "Category 2, 15 min".
std::string category_text(const View& view, Category category);
/// A clock as it is read: time left while it runs to a target, "+1:20" past it, else how long it
/// ran; amber towards the target, red after it.
struct Countdown {
    std::string text = "—";
    ImU32 colour = 0;
    bool counts = false;  ///< runs to a target: the number that matters
    bool late = false;
};
Countdown countdown(const View& view, const Clock& clock);
/// What the brigade is at, as the screen has it; a command about its status names it.
std::optional<TaskId> task_of(const View& view, const Brigade& brigade);
/// The urgency mark in the middle of the box.
void urgency(const View& view, const Box& box, Category category);

}  // namespace jedel::console
