#include "dispatch/core/codec.h"

#include <unordered_map>

#include "dispatch/core/json_reader.h"

namespace jedel {
namespace {

using json::ObjectReader;
using json::ObjectWriter;
using json::ReadError;
using json::Value;

/// Runs `body`, turning what went wrong while reading into an Error.
template <class T, class Body>
Result<T> reading(Body&& body) {
    try {
        return body();
    } catch (const ReadError& error) {
        return Error{.message = error.message, .field = error.field};
    } catch (const Value::exception& error) {
        return Error{.message = std::string{"not JSON: "} + error.what()};
    }
}

template <class T>
Result<T> decode_as(std::string_view text) {
    return reading<T>([&] {
        T value{};
        json::read(Value::parse(text), value, "");
        return value;
    });
}

template <class Variant, class Body, std::size_t... I>
bool with_alternative(std::string_view kind, Body&& body, std::index_sequence<I...>) {
    return ((std::variant_alternative_t<I, Variant>::kind == kind
                 ? (body(std::variant_alternative_t<I, Variant>{}), true)
                 : false) ||
            ...);
}

/// Calls `body` with a default value of the alternative named `kind`; false if there is none.
template <class Variant, class Body>
bool with_kind(std::string_view kind, Body&& body) {
    return with_alternative<Variant>(kind, std::forward<Body>(body),
                                     std::make_index_sequence<std::variant_size_v<Variant>>{});
}

}  // namespace

namespace json {

namespace {

/// Length of the well-formed UTF-8 sequence at `i`, 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const unsigned char lead = byte(i);
    const std::size_t n = lead < 0x80              ? 1
                          : lead >= 0xC2 && lead < 0xE0 ? 2
                          : lead >= 0xE0 && lead < 0xF0 ? 3
                          : lead >= 0xF0 && lead < 0xF5 ? 4
                                                        : 0;
    if (n == 0 || i + n > text.size()) return 0;
    for (std::size_t k = 1; k < n; ++k) {
        if ((byte(i + k) & 0xC0) != 0x80) return 0;
    }
    if (n >= 3) {  // overlong forms, surrogates and beyond U+10FFFF are not UTF-8
        const unsigned char second = byte(i + 1);
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ||
            (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90)) {
            return 0;
        }
    }
    return n;
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t n = sequence_length(text, i);
        if (n == 0) {
            out += "\xEF\xBF\xBD";
            ++i;
            continue;
        }
        const char c = text[i];
        if (n > 1) {
            out.append(text.substr(i, n));
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += hex[(c >> 4) & 15];
            out += hex[c & 15];
        } else {
            out += c;
        }
        i += n;
    }
    out += '"';
}

}  // namespace json

std::string_view kind_of(const Event& event) {
    return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::kind; }, event);
}

int version_of(const Event& event) {
    return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::version; }, event);
}

std::string_view kind_of(const Command& command) {
    return std::visit([](const auto& c) { return std::decay_t<decltype(c)>::kind; }, command);
}

void encode_payload(const Event& event, std::string& out) {
    std::visit([&](const auto& e) { json::write(out, e); }, event);
}

std::string encode_payload(const Event& event) {
    std::string out;
    encode_payload(event, out);
    return out;
}

Result<Event> decode_payload(std::string_view kind, std::string_view text) {
    return reading<Event>([&]() -> Result<Event> {
        const Value value = Value::parse(text);
        Event event;
        const bool known = with_kind<Event>(kind, [&](auto alternative) {
            json::read(value, alternative, "payload");
            event = std::move(alternative);
        });
        if (!known) {
            return Error{.message = "unknown kind of event '" + std::string{kind} + "'",
                         .field = "kind"};
        }
        return event;
    });
}

std::string encode_personal(const PersonalRecord& record) {
    std::string out;
    json::write(out, record);
    return out;
}

Result<PersonalRecord> decode_personal(std::string_view text) {
    return decode_as<PersonalRecord>(text);
}

std::string encode_command(const CommandEnvelope& envelope) {
    std::string out = "{";
    ObjectWriter writer{out};
    writer("id", envelope.id);
    writer("actor", envelope.actor);
    writer("seat", envelope.seat);
    writer("seat_of", envelope.seat_of);
    writer("kind", kind_of(envelope.command));
    std::visit([&](const auto& c) { std::decay_t<decltype(c)>::fields(c, writer); },
               envelope.command);
    out += '}';
    return out;
}

Result<CommandEnvelope> decode_command(std::string_view text) {
    return reading<CommandEnvelope>([&]() -> Result<CommandEnvelope> {
        const Value value = Value::parse(text);
        if (!value.is_object()) return Error{.message = "expected a JSON object"};
        CommandEnvelope envelope;
        std::string kind;
        ObjectReader reader{value};
        reader("id", envelope.id);
        reader("actor", envelope.actor);
        reader("seat", envelope.seat);
        reader("seat_of", envelope.seat_of);
        reader("kind", kind);
        const bool known = with_kind<Command>(kind, [&](auto alternative) {
            decltype(alternative)::fields(alternative, reader);
            reader.finish();
            envelope.command = std::move(alternative);
        });
        if (!known) {
            return Error{.message = kind.empty() ? "expected the kind of a command"
                                                 : "unknown command '" + kind + "'",
                         .field = "kind"};
        }
        return envelope;
    });
}

std::string encode_refusal(const Refusal& refusal) {
    std::string out = "{";
    ObjectWriter writer{out};
    writer("refused", refusal.code);
    writer("field", refusal.field);
    writer("detail", refusal.detail);
    if (!refusal.first_actor.empty()) {
        writer("first_actor", refusal.first_actor);
        writer("first_at", to_iso(refusal.first_at));
    }
    writer("first_incident", refusal.first_incident);
    out += '}';
    return out;
}

std::string encode_event_line(const JournalEvent& event) {
    std::string out = "{";
    ObjectWriter writer{out};
    writer("seq", event.seq);
    writer("at", event.at);
    writer("actor", event.actor);
    writer("seat", event.seat);
    writer("command", event.command_id);
    writer("kind", kind_of(event.event));
    writer("version", version_of(event.event));
    writer.key("payload");
    encode_payload(event.event, out);
    out += '}';
    return out;
}

std::string encode_state(const State& state) {
    std::string out;
    out.reserve(1024 + 600 * (state.open.size() + state.recent.size()));
    json::write(out, state);
    return out;
}

Result<State> decode_state(std::string_view text) { return decode_as<State>(text); }

}  // namespace jedel
