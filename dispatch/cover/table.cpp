#include "dispatch/cover/table.h"

#include <algorithm>

#include "base/toml_in_force.h"

namespace jedel::cover {
namespace {

struct Number {
    const char* key;
    double CoverTable::*member;
    double low, high;
};
constexpr Number numbers[] = {
    {"target_s", &CoverTable::target_s, 60, 7200},
    {"residents_per_brigade", &CoverTable::residents_per_brigade, 100, 1e6},
    {"delay_max", &CoverTable::delay_max, 0.0001, 0.99},
    {"late_max", &CoverTable::late_max, 0.0001, 0.99},
    {"least_days", &CoverTable::least_days, 1, 1000},
    {"least_tasks", &CoverTable::least_tasks, 1, 1e6},
    {"place_weight", &CoverTable::place_weight, 0, 1e6},
    {"prior_turnout_s", &CoverTable::prior_turnout_s, 0, 900},
    {"prior_busy", &CoverTable::prior_busy, 0, 1},
    {"prior_service_min", &CoverTable::prior_service_min, 1, 600},
    {"prior_calls_per_1000_day", &CoverTable::prior_calls_per_1000_day, 0, 1000},
    {"prior_u1_share", &CoverTable::prior_u1_share, 0, 1},
    {"prior_station_share", &CoverTable::prior_station_share, 0, 1},
    {"least_gain", &CoverTable::least_gain, 0.000001, 1},
    {"travel_max_s", &CoverTable::travel_max_s, 0, 7200},
    {"moves_max", &CoverTable::moves_max, 0, 50},
    {"room_at_post", &CoverTable::room_at_post, 1, 100},
    {"cell_m", &CoverTable::cell_m, 100, 10'000},
};

CoverTable read_row(TomlRow& in) {
    CoverTable out;
    out.row = in.text("id");
    in.day("from");
    out.source = in.text("source");
    out.approved = in.truth("approved");
    for (const Number& n : numbers) out.*n.member = in.number(n.key, n.low, n.high);
    in.nothing_else();
    return out;
}

Post read_post(TomlRow& in, int room) {
    Post post;
    post.id = in.text("id");
    post.name_kk = in.text("name_kk");
    post.name_ru = in.text("name_ru");
    post.name_en = in.text("name_en");
    post.place = {in.number("lat", -90, 90), in.number("lon", -180, 180)};
    post.room = static_cast<int>(in.whole("room", 1, 100, room));
    return post;
}

}  // namespace

Result<CoverTable> parse_cover(std::string_view toml, const std::string& file_name, int day) {
    return read_in_force(toml, file_name, "row", day, &read_row);
}

Result<std::vector<Post>> parse_posts(std::string_view toml, const std::string& file_name, int day,
                                      int room) {
    std::vector<Post> out;
    const auto table = parse_toml(toml, file_name);
    if (!table) return table.error();
    TomlRow top{*table, file_name};
    for (const toml::table* post : top.rows("post")) {
        TomlRow row{*post, file_name};
        const int from = row.day("from");
        Post read = read_post(row, room);
        row.text("source", false);
        row.nothing_else();
        top.take_from(row);
        if (from <= day) out.push_back(std::move(read));
    }
    top.nothing_else();
    if (top.error()) return *top.error();
    return out;
}

std::vector<Post> posts_of(const Organisations& organisations, std::vector<Post> rows, int room) {
    std::vector<Post> out;
    const auto put = [&](Post post) {
        const auto it = std::find_if(out.begin(), out.end(),
                                     [&](const Post& p) { return p.id == post.id; });
        if (it == out.end()) {
            out.push_back(std::move(post));
        } else {
            *it = std::move(post);
        }
    };
    for (const Organisation& o : organisations.all) {
        const bool base = o.kind == OrganisationKind::station ||
                          o.kind == OrganisationKind::substation;
        if (!base && o.kind != OrganisationKind::polyclinic) continue;
        int fits = room;
        for (const RosterBrigade& b : organisations.roster) fits += base && b.base == o.id ? 1 : 0;
        put({.id = std::to_string(o.id.value),
             .name_kk = o.name_kk,
             .name_ru = o.name_ru,
             .name_en = o.name_en,
             .place = o.place,
             .room = fits,
             .base = base});
    }
    for (Post& row : rows) put(std::move(row));
    return out;
}

}  // namespace jedel::cover
