// organisations.toml → Organisations.

#include <algorithm>
#include <charconv>

#include "dispatch/city/organisations.h"
#include "dispatch/city/toml_reader.h"

namespace jedel {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::int64_t id_max = std::int64_t{1} << 53;

std::optional<int> weekday(std::string_view text) {
    const auto found = std::find(weekdays.begin(), weekdays.end(), text);
    if (found == weekdays.end()) return std::nullopt;
    return static_cast<int>(found - weekdays.begin());
}

/// "08:30" → 510; "24:00" is the end of the day.
std::optional<int> minutes(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    int hour = 0;
    int minute = 0;
    const auto h = std::from_chars(text.data(), text.data() + 2, hour);
    const auto m = std::from_chars(text.data() + 3, text.data() + 5, minute);
    if (h.ptr != text.data() + 2 || m.ptr != text.data() + 5 || hour < 0 || minute < 0) {
        return std::nullopt;
    }
    const int total = hour * 60 + minute;
    return minute < 60 && total <= 1440 ? std::optional{total} : std::nullopt;
}

std::optional<Hours> hours_of(const toml::table& table) {
    const auto days = table["days"].value<std::string>();
    const auto from = table["from"].value<std::string>();
    const auto to = table["to"].value<std::string>();
    if (!days || !from || !to || table.size() != 3) return std::nullopt;
    const auto dash = days->find('-');
    const std::string_view text{*days};
    const auto first = weekday(text.substr(0, dash));
    const auto last = dash == std::string::npos ? first : weekday(text.substr(dash + 1));
    const auto begin = minutes(*from);
    const auto end = minutes(*to);
    if (!first || !last || !begin || !end || *begin == *end || *begin == 1440 || *end == 0) {
        return std::nullopt;
    }
    return Hours{*first, *last, *begin, *end};
}

void read_hours(toml_reader::Table& in, Organisation& o) {
    const toml::node* node = in.table().get("hours");
    if (node == nullptr) return;
    const std::string expected =
        "expected a list like [{ days = \"mon-fri\", from = \"08:00\", to = \"20:00\" }]";
    if (!node->is_array()) return in.fail("hours", expected);
    for (const auto& item : *node->as_array()) {
        const auto hours = item.is_table() ? hours_of(*item.as_table()) : std::nullopt;
        if (!hours) return in.fail("hours", expected);
        o.hours.push_back(*hours);
    }
}

void read_area(toml_reader::Table& in, Organisation& o) {
    const toml::node* node = in.table().get("service_area");
    if (node == nullptr) return;
    const std::string expected = "expected at least three points [latitude, longitude]";
    if (!node->is_array()) return in.fail("service_area", expected);
    for (const auto& item : *node->as_array()) {
        const toml::array* pair = item.as_array();
        if (pair == nullptr || pair->size() != 2) return in.fail("service_area", expected);
        const auto lat = (*pair)[0].value<double>();
        const auto lon = (*pair)[1].value<double>();
        if (!lat || !lon || !is_valid({*lat, *lon})) return in.fail("service_area", expected);
        o.service_area.push_back({*lat, *lon});
    }
    if (o.service_area.size() < 3) in.fail("service_area", expected);
}

void read_profiles(toml_reader::Table& in, Organisation& o) {
    const toml::node* node = in.table().get("profiles");
    if (node == nullptr) return;
    if (!node->is_array()) return in.fail("profiles", "expected a list of texts");
    for (const auto& item : *node->as_array()) {
        const auto text = item.value_exact<std::string>();
        if (!text || text->empty()) return in.fail("profiles", "expected a list of texts");
        o.profiles.push_back(*text);
    }
}

Result<Organisation> read_organisation(const toml::table& table, const std::string& file) {
    toml_reader::Table in{table, file};
    Organisation o;
    o.id = {static_cast<std::uint64_t>(in.integer("id", std::nullopt, 1, id_max))};
    const std::string kind = in.text("kind", true);
    if (const auto k = from_name<OrganisationKind>(kind)) {
        o.kind = *k;
    } else {
        in.fail("kind", "expected station, substation, polyclinic, hospital, police, airfield "
                        "or dispensary, found '" + kind + "'");
    }
    o.name_kk = in.text("name_kk", false);
    o.name_ru = in.text("name_ru", false);
    o.name_en = in.text("name_en", false);
    if (o.name_kk.empty() && o.name_ru.empty() && o.name_en.empty()) {
        in.fail("name_ru", "missing; expected a name in at least one language");
    }
    o.place = {in.degrees("lat", 90), in.degrees("lon", 180)};
    o.residents = static_cast<int>(in.integer("residents", 0, 0, 100'000'000));
    read_hours(in, o);
    read_area(in, o);
    read_profiles(in, o);
    if (in.has("passes_u4_to")) {
        o.passes_u4_to =
            OrganisationId{static_cast<std::uint64_t>(in.integer("passes_u4_to", 1, 1, id_max))};
    }
    o.mobile_brigades = static_cast<int>(in.integer("mobile_brigades", 0, 0, 10'000));
    o.licence = in.text("licence", false);
    if (const std::string until = in.text("licence_until", false); !until.empty()) {
        o.licence_until_day = day_from_iso(until);
        if (!o.licence_until_day) in.fail("licence_until", "expected a date as \"YYYY-MM-DD\"");
        if (o.licence.empty()) in.fail("licence_until", "expected the licence it is the end of");
    }
    o.proposed = in.boolean("proposed");
    in.only({"id", "kind", "name_kk", "name_ru", "name_en", "lat", "lon", "residents", "hours",
             "service_area", "profiles", "passes_u4_to", "mobile_brigades", "licence",
             "licence_until", "proposed"});
    if (in.error()) return *in.error();
    return o;
}

Result<RosterBrigade> read_brigade(const toml::table& table, const std::string& file) {
    toml_reader::Table in{table, file};
    RosterBrigade b;
    b.id = {static_cast<std::uint64_t>(in.integer("id", std::nullopt, 1, id_max))};
    b.name = in.text("name", true);
    const std::string kind = in.text("kind", true);
    if (const auto k = from_name<BrigadeKind>(kind)) {
        b.kind = *k;
    } else {
        in.fail("kind", "expected feldsher, doctor, specialised or polyclinic, found '" + kind +
                            "'");
    }
    b.base = {static_cast<std::uint64_t>(in.integer("base", std::nullopt, 1, id_max))};
    const auto start = minutes(in.text("shift_start", true));
    if (!start || *start == 1440) in.fail("shift_start", "expected a time like \"08:00\"");
    b.shift_start_min = start.value_or(0);
    b.shift_hours = static_cast<int>(in.integer("shift_hours", std::nullopt, 1, 24));
    b.proposed = in.boolean("proposed");
    in.only({"id", "name", "kind", "base", "shift_start", "shift_hours", "proposed"});
    if (in.error()) return *in.error();
    return b;
}

/// The tables of an array of tables; nothing when the key is absent.
Result<std::vector<const toml::table*>> tables_of(const toml::table& document,
                                                  const std::string& key,
                                                  const std::string& file) {
    std::vector<const toml::table*> out;
    const toml::node* node = document.get(key);
    if (node == nullptr) return out;
    const Error wrong{"expected tables [[" + key + "]]", file, toml_reader::line_of(*node), key};
    if (!node->is_array()) return wrong;
    for (const auto& item : *node->as_array()) {
        if (!item.is_table()) return wrong;
        out.push_back(item.as_table());
    }
    return out;
}

/// What one table cannot say alone: ids are unique, and what is pointed to exists.
std::optional<Error> check_references(const Organisations& all,
                                      const std::vector<const toml::table*>& organisations,
                                      const std::vector<const toml::table*>& brigades,
                                      const std::string& file) {
    for (const toml::table* table : organisations) {
        if (!table->contains("passes_u4_to")) continue;
        toml_reader::Table in{*table, file};
        const OrganisationId to{
            static_cast<std::uint64_t>(in.integer("passes_u4_to", 1, 1, id_max))};
        if (all.find(to) == nullptr) in.fail("passes_u4_to", "no organisation has this id");
        if (in.integer("id", 1, 1, id_max) == static_cast<std::int64_t>(to.value)) {
            in.fail("passes_u4_to", "expected another organisation, found itself");
        }
        if (in.error()) return in.error();
    }
    for (std::size_t i = 0; i < brigades.size(); ++i) {
        toml_reader::Table in{*brigades[i], file};
        for (std::size_t j = 0; j < i; ++j) {
            if (all.roster[j].id == all.roster[i].id) {
                in.fail("id", "another brigade has this id");
            }
        }
        if (all.find(all.roster[i].base) == nullptr) {
            in.fail("base", "no organisation has this id");
        }
        if (in.error()) return in.error();
    }
    return std::nullopt;
}

}  // namespace

Result<Organisations> parse_organisations(std::string_view text, const std::string& file_name) {
    const auto document = toml_reader::parse(text, file_name);
    if (!document) return document.error();
    toml_reader::Table top{*document, file_name};
    top.only({"organisation", "brigade"});
    if (top.error()) return *top.error();
    const auto organisations = tables_of(*document, "organisation", file_name);
    if (!organisations) return organisations.error();
    const auto brigades = tables_of(*document, "brigade", file_name);
    if (!brigades) return brigades.error();

    Organisations out;
    for (const toml::table* table : *organisations) {
        auto o = read_organisation(*table, file_name);
        if (!o) return o.error();
        for (const Organisation& other : out.all) {
            if (other.id == o->id) {
                return Error{"another organisation has this id", file_name,
                             toml_reader::line_of(*table->get("id")), "id"};
            }
        }
        out.all.push_back(std::move(o.value()));
    }
    std::sort(out.all.begin(), out.all.end(),
              [](const Organisation& a, const Organisation& b) { return a.id < b.id; });
    for (const toml::table* table : *brigades) {
        auto b = read_brigade(*table, file_name);
        if (!b) return b.error();
        out.roster.push_back(std::move(b.value()));
    }
    if (auto error = check_references(out, *organisations, *brigades, file_name)) return *error;
    return out;
}

}  // namespace jedel
