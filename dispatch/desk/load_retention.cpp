#include "dispatch/desk/load_retention.h"

#include "base/install.h"
#include "base/toml_in_force.h"

namespace jedel {

namespace {

FixRetention read_row(TomlRow& row) {
    return {.full = std::chrono::hours{row.whole("full_hours", 1, 24 * 366)},
            .thinned = std::chrono::hours{24 * row.whole("thinned_days", 1, 3660)},
            .every = std::chrono::seconds{row.whole("every_s", 1, 86'400)}};
}

}  // namespace

Result<FixRetention> parse_retention(std::string_view text, const std::string& file, Instant now) {
    const int today = day_of(now, kazakhstan_offset_minutes(now));
    return read_in_force(text, file, "fixes", today, &read_row);
}

Result<FixRetention> load_retention(const std::string& install_folder, Instant now) {
    const std::string file = install_folder + "/data/law/retention.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    return parse_retention(*text, file, now);
}

}  // namespace jedel
