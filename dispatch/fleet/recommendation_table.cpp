#include "base/toml_in_force.h"
#include "dispatch/fleet/recommend.h"

namespace jedel {
namespace {

constexpr double seconds_max = 1e6;

RecommendationTable read_row(TomlRow& row) {
    RecommendationTable out;
    out.row = row.text("id");
    struct Field {
        std::string_view key;
        double RecommendationTable::* member;
        double least = 0;
    };
    constexpr Field fields[] = {
        {"old_fix_after_s", &RecommendationTable::old_fix_after_s},
        {"old_fix_penalty_s", &RecommendationTable::old_fix_penalty_s},
        {"old_fix_step_s", &RecommendationTable::old_fix_step_s, 1},
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
        {"road_told_from_s", &RecommendationTable::road_told_from_s},
    };
    for (const Field& field : fields) {
        out.*field.member = row.number(field.key, field.least, seconds_max);
    }
    out.old_fix_steps_max = static_cast<int>(row.whole("old_fix_steps_max", 1, 100));
    return out;
}

}  // namespace

Result<RecommendationTable> parse_recommendation(std::string_view text,
                                                 const std::string& file_name, int day) {
    return read_in_force(text, file_name, "row", day, &read_row);
}

}  // namespace jedel
