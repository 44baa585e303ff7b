#include "dispatch/roads/access.h"

#include <charconv>
#include <chrono>
#include <cmath>

#include "base/install.h"
#include "base/toml_row.h"

namespace jedel::roads {

namespace {

std::string_view trimmed(std::string_view v) {
    while (!v.empty() && v.front() == ' ') v.remove_prefix(1);
    while (!v.empty() && v.back() == ' ') v.remove_suffix(1);
    return v;
}

/// The number a value begins with, its decimal sign a point or a comma; the rest stays in `v`.
std::optional<double> leading_number(std::string_view& v) {
    v = trimmed(v);
    std::size_t end = 0;
    std::string text;
    while (end < v.size() && ((v[end] >= '0' && v[end] <= '9') || v[end] == '.' || v[end] == ',')) {
        text += v[end] == ',' ? '.' : v[end];
        ++end;
    }
    double number = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || at != text.data() + text.size()) return std::nullopt;
    v = trimmed(v.substr(end));
    return number;
}

bool one_of(std::string_view v, std::initializer_list<std::string_view> set) {
    for (const std::string_view s : set) {
        if (s == v) return true;
    }
    return false;
}

void read_barrier(TomlRow& row, AccessRules& rules) {
    row.only({"pass", "seconds", "along", "values"});
    BarrierRule rule;
    const std::string pass = row.text("pass");
    if (pass == "free") rule.pass = Pass::free;
    else if (pass == "slow") rule.pass = Pass::slow;
    else if (pass != "closed") row.fail("pass", "expected free, slow or closed");
    rule.seconds = static_cast<int>(std::lround(row.number("seconds", 0, 250)));
    rule.along = row.truth("along");
    const auto values = row.texts("values");
    if (values.empty()) row.fail("values", "expected a list of words");
    for (const std::string& word : values) {
        if (word.empty() || !rules.barriers.emplace(word, rule).second) {
            row.fail("values", "expected words, each once in the whole table; found '" + word +
                                   "'");
        }
    }
}

void read_vehicle(TomlRow& row, Vehicle& out) {
    row.only({"from", "name", "height_m", "width_m", "length_m", "weight_t"});
    out.row = row_name(row);
    constexpr double least = 0.5;
    out.height_m = row.number("height_m", least, 5);
    out.width_m = row.number("width_m", least, 4);
    out.length_m = row.number("length_m", least, 20);
    out.weight_t = row.number("weight_t", least, 40);
}

}  // namespace

Result<AccessRules> parse_access(std::string_view text, const std::string& file, int day) {
    const auto root = parse_toml(text, file);
    if (!root) return root.error();
    TomlRow top{*root, file};
    top.only({"barrier", "vehicle", "speed_words"});
    AccessRules rules;
    for (const toml::table* table : top.rows("barrier")) {
        TomlRow row{*table, file, "barrier."};
        read_barrier(row, rules);
        top.take_from(row);
    }
    if (rules.barriers.empty()) top.fail("barrier", "expected [[barrier]] tables");
    const auto found = row_in_force(*root, file, "vehicle", day);
    if (!found) return top.error() ? *top.error() : found.error();
    TomlRow vehicle{**found, file, "vehicle."};
    read_vehicle(vehicle, rules.vehicle);
    top.take_from(vehicle);
    TomlRow words = top.child("speed_words");
    for (const auto& [word, node] : words.table()) {
        rules.speed_words.emplace(std::string{word.str()}, words.number(word.str(), 0, 200));
    }
    top.take_from(words);
    if (top.error()) return *top.error();
    return rules;
}

Result<AccessRules> load_access() {
    const auto home = install_folder();
    if (!home) return home.error();
    const std::string file = *home + "/data/law/access.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return parse_access(*text, file, static_cast<int>(today.time_since_epoch().count()));
}

std::optional<double> metres_of(std::string_view v) {
    const auto first = leading_number(v);
    if (!first) return std::nullopt;
    if (v.empty() || one_of(v, {"m", "м", "metre", "metres", "meters"})) return *first;
    constexpr double foot = 0.3048;
    if (one_of(v, {"ft", "feet", "foot", "'"})) return *first * foot;
    if (one_of(v, {"in", "\""})) return *first * foot / 12;
    if (one_of(v, {"cm", "см"})) return *first / 100;
    if (!v.starts_with('\'') && !v.starts_with("ft")) return std::nullopt;
    v.remove_prefix(v.starts_with('\'') ? 1 : 2);
    const auto inches = leading_number(v);
    if (!inches || !one_of(v, {"", "\"", "in", "''"})) return std::nullopt;
    return (*first + *inches / 12) * foot;
}

std::optional<double> tonnes_of(std::string_view v) {
    const auto number = leading_number(v);
    if (!number) return std::nullopt;
    if (one_of(v, {"", "t", "т", "mt", "tonnes", "tons"})) return *number;
    if (one_of(v, {"kg", "кг"})) return *number / 1000;
    if (one_of(v, {"lbs", "lb"})) return *number * 0.000'453'592;
    if (one_of(v, {"st", "short_tons"})) return *number * 0.907'185;
    if (v == "lt") return *number * 1.016'047;
    return std::nullopt;
}

std::optional<double> kmh_of(std::string_view value, const AccessRules& rules) {
    value = trimmed(value);
    // Of several limits the least: no time is promised that only some lanes or hours allow.
    if (const std::size_t cut = value.find_first_of(";|"); cut != std::string_view::npos) {
        const auto a = kmh_of(value.substr(0, cut), rules);
        const auto b = kmh_of(value.substr(cut + 1), rules);
        if (!a || !b) return std::nullopt;
        return *a == 0 ? *b : *b == 0 ? *a : std::min(*a, *b);
    }
    if (const auto word = rules.speed_words.find(value); word != rules.speed_words.end()) {
        return word->second;
    }
    // "KZ:zone30", "DE:zone:30", "zone:20".
    std::string_view rest = value;
    if (const std::size_t zone = value.find("zone"); zone != std::string_view::npos) {
        rest = value.substr(zone + 4);
        if (rest.starts_with(':')) rest.remove_prefix(1);
    }
    auto kmh = leading_number(rest);
    if (!kmh) return std::nullopt;
    if (rest == "mph") {
        *kmh *= 1.609344;
    } else if (rest == "knots") {
        *kmh *= 1.852;
    } else if (!one_of(rest, {"", "km/h", "kmh", "kph", "kmph", "км/ч", "км/час", "км/сағ"})) {
        return std::nullopt;
    }
    if (*kmh <= 0 || *kmh > 200) return std::nullopt;
    return std::max(5.0, *kmh);
}

}  // namespace jedel::roads
