#include "dispatch/papers/settings.h"

#include <filesystem>
#include <system_error>

#include "base/toml_row.h"

namespace jedel::papers {

namespace {

/// The last of the rows of a kind that has begun by `day`.
Result<void> take_forms(const toml::table& document, const std::string& file, int day,
                        Settings& out) {
    std::array<int, EnumNames<PaperKind>::names.size()> begun{};
    begun.fill(-1'000'000);
    return each_row(document, file, "form", [&](TomlRow& row) {
        const auto kind = static_cast<std::size_t>(row.name<PaperKind>("kind"));
        const int from = row.day("from");
        const std::string number = row.text("number", false);
        row.text("source");
        row.truth("approved");
        row.nothing_else();
        if (row.error() || from > day || from <= begun[kind]) return;
        begun[kind] = from;
        out.form[kind] = number;
    });
}

Result<void> take_telephones(const toml::table& document, const std::string& file, int day,
                             Settings& out) {
    return each_row(document, file, "telephone", [&](TomlRow& row) {
        Telephone one;
        one.number = row.text("number");
        if (row.has("organisation")) {
            one.organisation = OrganisationId{
                static_cast<std::uint64_t>(row.whole("organisation", 1, std::int64_t{1} << 53))};
        } else {
            one.name = {row.text("name_kk"), row.text("name_ru"), row.text("name_en")};
        }
        const int from = row.day("from");
        const bool ends = row.has("until");
        const int until = ends ? row.day("until") : 0;
        row.text("source");
        row.nothing_else();
        if (!row.error() && from <= day && (!ends || day <= until)) {
            out.telephones.push_back(std::move(one));
        }
    });
}

Result<void> take_pack(const toml::table& document, const std::string& file, int day,
                       Settings& out) {
    const auto found = row_in_force(document, file, "pack", day);
    if (!found) return found.error();
    TomlRow row{**found, file};
    row.day("from");
    out.every_s = static_cast<int>(row.whole("every_s", 10, 86'400));
    out.blank_cards = static_cast<int>(row.whole("blank_cards", 0, 200));
    out.list_hours = static_cast<int>(row.whole("list_hours", 1, 24 * 14));
    row.text("source");
    row.truth("approved");
    row.nothing_else();
    if (row.error()) return *row.error();
    return {};
}

/// What the program has must be whole; a city says what it has.
Result<void> take_file(const std::string& file, int day, bool whole, Settings& out) {
    const auto parsed = read_toml(file);
    if (!parsed) return parsed.error();
    for (const auto& [key, node] : *parsed) {
        if (key.str() == "form" || key.str() == "telephone" || key.str() == "pack") continue;
        return error_at(&node, file, key.str(), "expected [[form]], [[telephone]] or [[pack]]");
    }
    using Take = Result<void> (*)(const toml::table&, const std::string&, int, Settings&);
    const std::initializer_list<std::pair<std::string_view, Take>> parts{
        {"form", take_forms}, {"telephone", take_telephones}, {"pack", take_pack}};
    for (const auto& [name, take] : parts) {
        if (!whole && !parsed->contains(name)) continue;
        if (auto taken = take(*parsed, file, day, out); !taken) return taken;
    }
    return {};
}

}  // namespace

Result<Settings> load_settings(const std::string& install_folder, const std::string& city_folder,
                               int day) {
    Settings out;
    const std::string own = install_folder + "/data/papers/papers.toml";
    if (auto taken = take_file(own, day, true, out); !taken) return taken.error();
    const std::string city = city_folder + "/papers.toml";
    std::error_code ignored;
    if (!city_folder.empty() && std::filesystem::exists(city, ignored)) {
        if (auto taken = take_file(city, day, false, out); !taken) return taken.error();
    }
    return out;
}

}  // namespace jedel::papers
