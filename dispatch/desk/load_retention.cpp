#include "dispatch/desk/load_retention.h"

#include "base/install.h"
#include "base/toml_row.h"

namespace jedel {

namespace {

FixRetention read_row(TomlRow& row) {
    return {.full = std::chrono::hours{row.whole("full_hours", 1, 24 * 366)},
            .thinned = std::chrono::hours{24 * row.whole("thinned_days", 1, 3660)},
            .every = std::chrono::seconds{row.whole("every_s", 1, 86'400)}};
}

}  // namespace

Result<FixRetention> parse_retention(std::string_view text, const std::string& file, Instant now) {
    const auto table = parse_toml(text, file);
    if (!table) return table.error();
    const auto sound = each_row(*table, file, "fixes", [](TomlRow& row) { read_row(row); });
    if (!sound) return sound.error();
    const int today = day_of(now, kazakhstan_offset_minutes(now));
    const auto found = row_in_force(*table, file, "fixes", today);
    if (!found) return found.error();
    TomlRow row{**found, file};
    return read_row(row);
}

Result<FixRetention> load_retention(const std::string& install_folder, Instant now) {
    const std::string file = install_folder + "/data/law/retention.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    return parse_retention(*text, file, now);
}

}  // namespace jedel
