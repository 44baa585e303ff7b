#pragma once
// Dated values of data/law/cover.toml, and the posts of a city.

#include <string>
#include <string_view>
#include <vector>

#include "base/geo.h"
#include "base/result.h"
#include "dispatch/city/organisations.h"

namespace jedel::cover {

/// One row; what each value means stands in the file.
struct CoverTable {
    std::string row;
    std::string source;
    bool approved = false;
    double target_s = 600;
    double residents_per_brigade = 10'000;
    double delay_max = 0.05, late_max = 0.10;
    double least_days = 7, least_tasks = 100, place_weight = 200;
    double prior_turnout_s = 120, prior_busy = 0.4, prior_service_min = 55;
    double prior_calls_per_1000_day = 1.8, prior_u1_share = 0.05, prior_station_share = 0.83;
    double least_gain = 0.01, travel_max_s = 900, moves_max = 4, room_at_post = 2;
    double cell_m = 600;
};
/// The row in force on a civil day (days since 1970-01-01). Errors name file, line and field.
Result<CoverTable> parse_cover(std::string_view toml, const std::string& file_name, int day);

/// Where a brigade may wait.
struct Post {
    std::string id;  ///< an organisation's number, or a name of the city's posts.toml
    std::string name_kk, name_ru, name_en;
    LatLon place;
    int room = 2;           ///< brigades that fit
    bool base = false;      ///< a station or substation: everyone based there fits
};

/// Rows of a city folder's posts.toml in force on a day: [[post]] with id, name_kk, name_ru,
/// name_en, lat, lon, from and, if it is another than the table's, room. Empty text: none.
Result<std::vector<Post>> parse_posts(std::string_view toml, const std::string& file_name, int day,
                                      int room);
/// Stations, substations and polyclinics, then those rows; an id that stands twice keeps the last.
std::vector<Post> posts_of(const Organisations& organisations, std::vector<Post> rows, int room);

}  // namespace jedel::cover
