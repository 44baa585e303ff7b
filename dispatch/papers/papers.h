#pragma once
// The papers of a room: what stands on each, made of the room's state alone. Pure.

#include <string>
#include <vector>

#include "dispatch/city/city.h"
#include "dispatch/core/people/personal.h"
#include "dispatch/core/state.h"
#include "dispatch/papers/paper.h"
#include "dispatch/papers/settings.h"
#include "dispatch/papers/texts.h"
#include "triage/protocol.h"

namespace jedel::papers {

/// What papers are made of. Everything must outlive the call.
struct Room {
    const State& state;
    const PersonalTable& personal;
    const Organisations& organisations;
    const triage::Protocol& protocol;  ///< names of findings
    const Texts& texts;
    const Settings& settings;
    std::string city;  ///< its name in the language of the texts
    Instant now;
};

/// The city's name in the language of the texts; another where it has none.
std::string name_of_city(const City& city, const Texts& texts);

/// What of the lists.
struct Span {
    Instant from, until;
    std::optional<OrganisationId> organisation;  ///< of the list of visits: this one's alone
};

/// A blank card to write on, where there is no incident.
Paper call_card(const Room& room, const Incident* incident);
/// One a patient; blank without an incident. Likewise below.
std::vector<Paper> signal_sheets(const Room& room, const Incident* incident);
std::vector<Paper> hand_over_sheets(const Room& room, const Incident* incident);
std::vector<Paper> refusal_forms(const Room& room, const Incident* incident);
/// Active visits asked for in the span, by polyclinic, and revisits of the ambulance apart. The
/// room has the incidents closed last at hand (State::recent_max); the list says so where more
/// have been closed.
Paper visits(const Room& room, const Span& span);
/// Calls received in the span, with what became of them, and counts.
Paper shift_log(const Room& room, const Span& span);

/// What the room goes on with when the program is gone: open incidents, brigades, telephone
/// numbers, hospitals, blank cards.
std::vector<Paper> paper_pack(const Room& room);

/// As pages and as the bytes of a PDF that opens anywhere.
Result<std::string> pdf_of(const Room& room, const std::vector<Paper>& papers);

}  // namespace jedel::papers
