#include "triage/words/hash_index.h"

namespace jedel::triage::words {

void HashIndex::build(const std::vector<std::pair<std::uint64_t, std::uint32_t>>& entries) {
    std::size_t size = 16;
    while (size < entries.size() * 2) size *= 2;
    slots_.assign(size, {});
    mask_ = size - 1;
    for (const auto& [hash, value] : entries) {
        std::size_t i = mix(hash) & mask_;
        while (slots_[i].value >= 0 && slots_[i].hash != hash) i = (i + 1) & mask_;
        slots_[i] = {hash, static_cast<std::int32_t>(value)};
    }
}

}  // namespace jedel::triage::words
