#pragma once
// Acts that more than one place can start: a key, the palette, a button.

#include "console/ui.h"

namespace jedel::console {

/// Sends the brigade that the send page highlights; `why` where another one was proposed.
void send_brigade(const View& view, UiState& ui, Commands& commands, BrigadeId brigade,
                  std::optional<ChoiceReason> why = std::nullopt);
/// Hands the selected call to the polyclinic that the row in force names, or says why not.
void hand_to_polyclinic(const View& view, UiState& ui, Commands& commands);
/// Reports a status of a brigade; asks for the hospital where one is needed.
void report_status(const View& view, UiState& ui, Commands& commands, BrigadeId brigade,
                   BrigadeStatus status);
/// Opens a question of the course page about this call and this brigade (none where it is about
/// the polyclinic).
void ask_course(UiState& ui, CourseAsk what, IncidentId incident, BrigadeId brigade);
/// A call from paper: asks for the time of that status, then of those after it.
void ask_paper_time_of(const View& view, UiState& ui, const Brigade& brigade, BrigadeStatus status);
/// Goes on to the step after that one; after the last, nothing is asked.
void ask_next_paper_time(UiState& ui, const CourseQuestion& done, BrigadeStatus after);
/// Closes the selected call.
void close_incident(const View& view, UiState& ui, Commands& commands);

/// The eight statuses on the digit keys 1–8, in the order of a service.
inline constexpr std::array<BrigadeStatus, 8> status_keys{
    BrigadeStatus::accepted,    BrigadeStatus::departed,    BrigadeStatus::on_scene,
    BrigadeStatus::transporting, BrigadeStatus::at_hospital, BrigadeStatus::handed_over,
    BrigadeStatus::returning,   BrigadeStatus::free_at_base};

}  // namespace jedel::console
