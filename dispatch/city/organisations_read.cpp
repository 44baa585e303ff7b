// organisations.toml → Organisations.

#include <algorithm>

#include "base/toml_row.h"
#include "dispatch/city/hours_text.h"
#include "dispatch/city/organisations.h"

namespace jedel {
namespace {

constexpr std::int64_t id_max = std::int64_t{1} << 53;

std::optional<Hours> hours_of(const toml::table& table) {
    const auto days = table["days"].value<std::string>();
    const auto from = table["from"].value<std::string>();
    const auto to = table["to"].value<std::string>();
    if (!days || !from || !to || table.size() != 3) return std::nullopt;
    const auto span = weekdays_from(*days);
    const auto begin = minute_from(*from);
    const auto end = minute_from(*to);
    if (!span || !begin || !end || *begin == *end || *begin == 1440 || *end == 0) {
        return std::nullopt;
    }
    return Hours{span->first, span->second, *begin, *end};
}

double degrees(TomlRow& in, const char* field, int limit) {
    const toml::node* node = in.node(field);
    const auto value = node != nullptr ? node->value<double>() : std::nullopt;
    if (value && *value >= -limit && *value <= limit) return *value;
    in.fail(field, "expected degrees from -" + std::to_string(limit) + " to " +
                       std::to_string(limit));
    return 0;
}

void read_hours(TomlRow& in, Organisation& o) {
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

void read_area(TomlRow& in, Organisation& o) {
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

void read_profiles(TomlRow& in, Organisation& o) {
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
    TomlRow in{table, file};
    Organisation o;
    o.id = {static_cast<std::uint64_t>(in.whole("id", 1, id_max))};
    const std::string kind = in.text("kind");
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
    o.place = {degrees(in, "lat", 90), degrees(in, "lon", 180)};
    o.residents = static_cast<int>(in.whole("residents", 0, 100'000'000, 0));
    read_hours(in, o);
    read_area(in, o);
    read_profiles(in, o);
    if (in.has("passes_u4_to")) {
        o.passes_u4_to =
            OrganisationId{static_cast<std::uint64_t>(in.whole("passes_u4_to", 1, id_max, 1))};
    }
    o.mobile_brigades = static_cast<int>(in.whole("mobile_brigades", 0, 10'000, 0));
    o.licence = in.text("licence", false);
    if (in.has("licence_until")) {
        o.licence_until_day = in.day("licence_until");
        if (o.licence.empty()) in.fail("licence_until", "expected the licence it is the end of");
    }
    o.proposed = in.truth("proposed");
    in.only({"id", "kind", "name_kk", "name_ru", "name_en", "lat", "lon", "residents", "hours",
             "service_area", "profiles", "passes_u4_to", "mobile_brigades", "licence",
             "licence_until", "proposed"});
    if (in.error()) return *in.error();
    return o;
}

Result<RosterBrigade> read_brigade(const toml::table& table, const std::string& file) {
    TomlRow in{table, file};
    RosterBrigade b;
    b.id = {static_cast<std::uint64_t>(in.whole("id", 1, id_max))};
    b.name = in.text("name");
    const std::string kind = in.text("kind");
    if (const auto k = from_name<BrigadeKind>(kind)) {
        b.kind = *k;
    } else {
        in.fail("kind", "expected feldsher, doctor, specialised or polyclinic, found '" + kind +
                            "'");
    }
    b.base = {static_cast<std::uint64_t>(in.whole("base", 1, id_max))};
    const auto start = minute_from(in.text("shift_start"));
    if (!start || *start == 1440) in.fail("shift_start", "expected a time like \"08:00\"");
    b.shift_start_min = start.value_or(0);
    b.shift_hours = static_cast<int>(in.whole("shift_hours", 1, 24));
    b.proposed = in.truth("proposed");
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
    const Error wrong{"expected tables [[" + key + "]]", file, line_of(*node), key};
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
        TomlRow in{*table, file};
        const OrganisationId to{
            static_cast<std::uint64_t>(in.whole("passes_u4_to", 1, id_max, 1))};
        if (all.find(to) == nullptr) in.fail("passes_u4_to", "no organisation has this id");
        if (in.whole("id", 1, id_max, 1) == static_cast<std::int64_t>(to.value)) {
            in.fail("passes_u4_to", "expected another organisation, found itself");
        }
        if (in.error()) return in.error();
    }
    for (std::size_t i = 0; i < brigades.size(); ++i) {
        TomlRow in{*brigades[i], file};
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
    const auto document = parse_toml(text, file_name);
    if (!document) return document.error();
    TomlRow top{*document, file_name};
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
                             line_of(*table->get("id")), "id"};
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
