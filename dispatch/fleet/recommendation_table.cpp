#include "dispatch/fleet/recommend.h"
#include "dispatch/fleet/toml_row.h"

namespace jedel {
namespace {

Result<RecommendationTable> read_row(const toml::table& table, const std::string& file) {
    RecommendationTable row;
    const auto id = toml_row::text(table, file, "id");
    if (!id) return id.error();
    row.row = *id;
    struct Field {
        std::string_view key;
        double RecommendationTable::* member;
    };
    constexpr Field fields[] = {
        {"old_fix_after_s", &RecommendationTable::old_fix_after_s},
        {"old_fix_penalty_s", &RecommendationTable::old_fix_penalty_s},
        {"shift_end_soon_min", &RecommendationTable::shift_end_soon_min},
        {"shift_end_penalty_s", &RecommendationTable::shift_end_penalty_s},
        {"specialised_for_u1_bonus_s", &RecommendationTable::specialised_for_u1_bonus_s},
        {"specialised_for_low_penalty_s", &RecommendationTable::specialised_for_low_penalty_s},
        {"returning_penalty_s", &RecommendationTable::returning_penalty_s},
        {"kind_bonus_s", &RecommendationTable::kind_bonus_s},
        {"second_kind_bonus_s", &RecommendationTable::second_kind_bonus_s},
        {"other_kind_penalty_s", &RecommendationTable::other_kind_penalty_s},
        {"fairness_s_per_call", &RecommendationTable::fairness_s_per_call},
        {"fairness_hours", &RecommendationTable::fairness_hours},
        {"cover_s_per_percent", &RecommendationTable::cover_s_per_percent},
        {"soon_free_within_min", &RecommendationTable::soon_free_within_min},
        {"straight_line_kmh", &RecommendationTable::straight_line_kmh},
        {"straight_line_factor", &RecommendationTable::straight_line_factor},
        {"predicted_late_below", &RecommendationTable::predicted_late_below},
        {"takeover_gain_s", &RecommendationTable::takeover_gain_s},
        {"turn_gain_s", &RecommendationTable::turn_gain_s},
        {"kept_gain_share", &RecommendationTable::kept_gain_share},
        {"dismissed_min", &RecommendationTable::dismissed_min},
        {"on_way_s", &RecommendationTable::on_way_s},
    };
    for (const Field& field : fields) {
        const auto value = toml_row::amount(table, file, field.key);
        if (!value) return value.error();
        row.*field.member = *value;
    }
    return row;
}

}  // namespace

Result<RecommendationTable> parse_recommendation(std::string_view text,
                                                 const std::string& file_name, int day) {
    const Result<toml::table> parsed = toml_row::parse(text, file_name);
    if (!parsed) return parsed.error();
    std::optional<RecommendationTable> best;
    int best_day = 0;
    const auto done = toml_row::rows(
        *parsed, file_name, "row", [&](const toml::table& table) -> Result<void> {
            const auto from = toml_row::day(table, file_name, "from");
            if (!from) return from.error();
            Result<RecommendationTable> row = read_row(table, file_name);
            if (!row) return row.error();
            if (*from <= day && (!best || *from > best_day)) {
                best = *std::move(row);
                best_day = *from;
            }
            return {};
        });
    if (!done) return done.error();
    if (!best) return Error{.message = "no row is in force on that day", .where = file_name};
    return *std::move(best);
}

}  // namespace jedel
