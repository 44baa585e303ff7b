#include "triage/text_version.h"

#include <cstdint>

namespace jedel::triage {

std::string text_version(std::string_view text) {
    std::uint64_t hash = 14'695'981'039'346'656'037ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1'099'511'628'211ULL;
    }
    constexpr char digits[] = "0123456789abcdef";
    std::string out(16, '0');
    for (std::size_t i = 0; i < out.size(); ++i) out[15 - i] = digits[hash >> (4 * i) & 15];
    return out;
}

}  // namespace jedel::triage
