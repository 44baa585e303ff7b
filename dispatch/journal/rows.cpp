#include "dispatch/journal/rows.h"

#include <sodium.h>

#include <cassert>

#include "base/number.h"
#include "dispatch/core/codec.h"
#include "dispatch/journal/upcast.h"

namespace jedel {

namespace {

constexpr std::size_t digest_bytes = 16, key_name_bytes = 4, salt_bytes = 16;

std::span<const unsigned char> bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

std::string key_name(const std::string& key) {
    const Hash hash = hash_of("room key " + key);
    return to_hex(std::span{hash}.first(key_name_bytes));
}

}  // namespace

Result<JournalEvent> decode_event(const StoredEvent& stored) {
    const auto wrong = [&](const std::string& message, const std::string& field) {
        return Error{.message = "event " + std::to_string(stored.seq) + ": " + message,
                     .where = {},
                     .field = field};
    };
    const auto seat = from_name<Seat>(stored.seat);
    if (!seat) return wrong("unknown seat '" + std::string{stored.seat} + "'", "seat");
    const int newest = newest_version(stored.kind);
    if (newest == 0) return wrong("unknown kind '" + std::string{stored.kind} + "'", "kind");
    std::string lifted;
    std::string_view payload = stored.payload;
    if (stored.version != newest) {
        auto done = lift_payload(upcasters(), stored.kind, stored.version, newest, payload);
        if (!done) return wrong(done.error().message, done.error().field);
        lifted = std::move(done).value();
        payload = lifted;
    }
    auto event = decode_payload(stored.kind, payload);
    if (!event) return wrong(event.error().message, event.error().field);
    return JournalEvent{.seq = stored.seq,
                        .at = Instant{stored.at_ms},
                        .actor = std::string{stored.actor},
                        .seat = *seat,
                        .command_id = std::string{stored.command_id},
                        .event = std::move(event).value()};
}

std::optional<GuardRow> guard_of(const Event& event) {
    if (const auto* assigned = std::get_if<BrigadeAssigned>(&event)) {
        return GuardRow{assigned->brigade.value, assigned->task.value,
                        assigned->incident.value, true};
    }
    if (const auto* ended = std::get_if<AssignmentEnded>(&event)) {
        return GuardRow{ended->brigade.value, ended->task.value, ended->incident.value,
                        false};
    }
    return std::nullopt;
}

std::string keyed_digest(const std::string& key, std::string_view bytes) {
    if (key.empty()) return {};
    const auto name = bytes_of(key);
    unsigned char out[digest_bytes];
    [[maybe_unused]] const int failed =
        crypto_generichash(out, sizeof out, bytes_of(bytes).data(), bytes.size(), name.data(),
                           name.size());
    assert(failed == 0);
    return key_name(key) + to_hex(out);
}

bool is_of_key(const std::string& key, std::string_view digest) {
    return !key.empty() && digest.starts_with(key_name(key));
}

std::string personal_digest(const std::string& key, const PersonalRow& row) {
    std::string bytes;
    put_bytes(bytes, row.salt);
    put_bytes(bytes, row.ref);
    put_bytes(bytes, row.incident);
    put_bytes(bytes, row.body);
    return keyed_digest(key, bytes);
}

PersonalRow personal_row(const PersonalRecord& record, const std::string& key) {
    PersonalRow out{.ref = record.ref.value,
                    .incident = record.incident.value,
                    .body = encode_personal(record),
                    .salt = std::string(salt_bytes, '\0'),
                    .digest = {}};
    // A journal in memory has the key of zeros: what it does is the same each time.
    const bool in_memory = key.find_first_not_of('\0') == std::string::npos;
    if (!in_memory) randombytes_buf(out.salt.data(), out.salt.size());
    out.digest = personal_digest(key, out);
    return out;
}

std::string erasure_seal(const std::string& key, const ErasureRow& row) {
    std::string bytes = "erasure";
    put_bytes(bytes, row.ref);
    put_bytes(bytes, static_cast<std::uint64_t>(row.at_ms));
    put_bytes(bytes, row.actor);
    put_bytes(bytes, row.seat);
    put_bytes(bytes, row.reason);
    return keyed_digest(key, bytes);
}

std::string snapshot_seal(const std::string& key, const SnapshotRow& row) {
    std::string bytes = "snapshot";
    put_bytes(bytes, row.seq);
    put_bytes(bytes, static_cast<std::uint64_t>(row.format));
    put_bytes(bytes, row.event_hash);
    put_bytes(bytes, row.state_hash);
    return keyed_digest(key, bytes);
}

RowState check_row(const std::string& key, const PersonalRow& row) {
    if (row.digest.empty()) return RowState::not_covered;
    if (!is_of_key(key, row.digest)) return RowState::other_key;
    return row.digest == personal_digest(key, row) ? RowState::sound : RowState::changed;
}

std::string attach(std::span<const PersonalRow> rows) {
    std::string out;
    for (const PersonalRow& row : rows) {
        if (row.digest.empty()) continue;
        if (!out.empty()) out += ';';
        out += std::to_string(row.ref) + ":" + row.digest;
    }
    return out;
}

std::vector<AttachedDigest> attached_digests(std::string_view attached) {
    std::vector<AttachedDigest> out;
    while (!attached.empty()) {
        const auto end = std::min(attached.find(';'), attached.size());
        const std::string_view part = attached.substr(0, end);
        const auto colon = part.find(':');
        if (colon != std::string_view::npos) {
            const auto ref = read_number<std::uint64_t>(part.substr(0, colon));
            if (ref) out.push_back({*ref, std::string{part.substr(colon + 1)}});
        }
        attached.remove_prefix(std::min(end + 1, attached.size()));
    }
    return out;
}

}  // namespace jedel
