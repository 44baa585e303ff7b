#include "dispatch/cover/table.h"

#include <algorithm>
#include <toml++/toml.h>

#include "base/time.h"

namespace jedel::cover {
namespace {

Error at(const toml::node& node, const std::string& file, std::string_view key,
         std::string message) {
    return Error{.message = std::move(message),
                 .where = file,
                 .line = static_cast<long>(node.source().begin.line),
                 .field = std::string{key}};
}

Result<toml::table> parse(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return Error{.message = std::string{error.description()},
                     .where = file,
                     .line = static_cast<long>(error.source().begin.line)};
    }
}

Result<int> from_day(const toml::table& row, const std::string& file) {
    const auto text = row["from"].value<std::string>();
    const auto day = text ? day_from_iso(*text) : std::nullopt;
    if (!day) return at(row, file, "from", "expected a date as \"YYYY-MM-DD\"");
    return *day;
}

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

Result<CoverTable> read_row(const toml::table& row, const std::string& file) {
    CoverTable out;
    out.row = row["id"].value_or(std::string{});
    if (out.row.empty()) return at(row, file, "id", "expected a text");
    out.source = row["source"].value_or(std::string{});
    if (out.source.empty()) return at(row, file, "source", "expected a text");
    out.approved = row["approved"].value_or(false);
    for (const Number& n : numbers) {
        const auto value = row[n.key].value<double>();
        if (!value || !(*value >= n.low && *value <= n.high)) {
            return at(row, file, n.key, "expected a number from " + std::to_string(n.low) +
                                            " to " + std::to_string(n.high));
        }
        out.*n.member = *value;
    }
    return out;
}

Result<Post> read_post(const toml::table& row, const std::string& file, int room) {
    Post post;
    post.id = row["id"].value_or(std::string{});
    if (post.id.empty()) return at(row, file, "id", "expected a text");
    for (const auto& [key, member] : {std::pair{"name_kk", &Post::name_kk},
                                      {"name_ru", &Post::name_ru}, {"name_en", &Post::name_en}}) {
        post.*member = row[key].value_or(std::string{});
        if ((post.*member).empty()) return at(row, file, key, "expected a text");
    }
    const auto lat = row["lat"].value<double>(), lon = row["lon"].value<double>();
    if (!lat || !lon || !is_valid({*lat, *lon})) {
        return at(row, file, "lat", "expected lat and lon, WGS 84 degrees");
    }
    post.place = {*lat, *lon};
    post.room = row["room"].value_or(room);
    if (post.room < 1 || post.room > 100) return at(row, file, "room", "expected 1 to 100");
    return post;
}

}  // namespace

Result<CoverTable> parse_cover(std::string_view toml, const std::string& file_name, int day) {
    const auto table = parse(toml, file_name);
    if (!table) return table.error();
    const toml::array* rows = (*table)["row"].as_array();
    std::optional<CoverTable> best;
    int best_day = 0;
    for (std::size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
        const toml::table* row = rows->get(i)->as_table();
        if (row == nullptr) return at(*rows, file_name, "row", "expected a table");
        const auto from = from_day(*row, file_name);
        if (!from) return from.error();
        auto read = read_row(*row, file_name);
        if (!read) return read.error();
        if (*from > day || (best && *from < best_day)) continue;
        best = *std::move(read);
        best_day = *from;
    }
    if (best) return *best;
    return Error{.message = "expected a [[row]] in force on the day", .where = file_name};
}

Result<std::vector<Post>> parse_posts(std::string_view toml, const std::string& file_name, int day,
                                      int room) {
    std::vector<Post> out;
    const auto table = parse(toml, file_name);
    if (!table) return table.error();
    const toml::array* rows = (*table)["post"].as_array();
    for (std::size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
        const toml::table* row = rows->get(i)->as_table();
        if (row == nullptr) return at(*rows, file_name, "post", "expected a table");
        const auto from = from_day(*row, file_name);
        if (!from) return from.error();
        auto post = read_post(*row, file_name, room);
        if (!post) return post.error();
        if (*from <= day) out.push_back(*std::move(post));
    }
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
