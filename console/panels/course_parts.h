#pragma once
// Parts of the course page.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "console/ui.h"

namespace jedel::console {

/// The question that stands open (which hospital, why released, why returned), with its keys.
/// False: none does.
bool draw_course_ask(const View& view, UiState& ui, Commands& commands, Box box);
/// A list of reasons with digits; `choice` is the highlighted one. The index that was taken, or -1.
int draw_reasons(const View& view, KeyPresses& pressed, bool focused, int& choice, Box box,
                 std::string_view title, const std::vector<std::string_view>& words);
/// Why something is set right: the words that go to the journal with it, once one was taken.
std::optional<std::string> draw_why(const View& view, KeyPresses& pressed, bool focused,
                                    int& choice, Box box, std::string_view title);
/// The hospitals, nearest first; the one that was taken.
std::optional<OrganisationId> choose_hospital(const View& view, UiState& ui, Box box,
                                              std::string_view title);
/// E, or its button: the list of what can be set right.
void draw_correct_act(const View& view, UiState& ui, const Incident& incident, Box line);
/// What can be set right on the call, by a list; then what instead, then why.
void ask_correction(const View& view, UiState& ui, Commands& commands, Box box);
/// A call from paper: the time of one step after the other.
void ask_paper_time(const View& view, UiState& ui, Commands& commands, Box box);
/// What was set right on the call: the first word and the one that counts.
void draw_corrections(const View& view, const Incident& incident, Box& box);
/// True where this brigade stands at a hospital's door.
bool at_the_door(const View& view, const Task& task);
/// The nurse's sorting at the door (D13): three groups, and the 60 seconds it may take.
void draw_zone(const View& view, UiState& ui, Commands& commands, const Incident& incident,
               const Task& task, Box box);

}  // namespace jedel::console
