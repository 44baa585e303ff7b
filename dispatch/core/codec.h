#pragma once
// Events, commands and state as JSON text, by their `fields`. Optionals without a value, empty
// strings and empty lists are left out; instants are UTC milliseconds; enumerators their names.

#include <string>
#include <string_view>

#include "base/result.h"
#include "dispatch/core/commands.h"
#include "dispatch/core/decide.h"
#include "dispatch/core/events.h"
#include "dispatch/core/state.h"

namespace jedel {

/// Name and payload version of an event as the journal stores them.
std::string_view kind_of(const Event& event);
int version_of(const Event& event);
std::string_view kind_of(const Command& command);

/// The payload as one line of JSON; the same event always gives the same bytes.
void encode_payload(const Event& event, std::string& out);
std::string encode_payload(const Event& event);
/// Reads a payload of the newest version of its kind; unknown kind, key or value is an error that
/// names the field.
Result<Event> decode_payload(std::string_view kind, std::string_view json);

std::string encode_personal(const PersonalRecord& record);
Result<PersonalRecord> decode_personal(std::string_view json);

/// A whole command: {"id","actor","seat","kind", …its fields}; "seat_of" where a desk has one.
std::string encode_command(const CommandEnvelope& envelope);
Result<CommandEnvelope> decode_command(std::string_view json);

/// {"refused":"stale_version","detail":"…", …}
std::string encode_refusal(const Refusal& refusal);
/// One line for `jedel tell` and `journal export`: {"seq","at","actor","seat","command","kind",
/// "version","payload"}.
std::string encode_event_line(const JournalEvent& event);

/// The whole state, canonical: what its hash is taken over and what a snapshot stores.
std::string encode_state(const State& state);
Result<State> decode_state(std::string_view json);

}  // namespace jedel
