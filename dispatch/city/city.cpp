#include "dispatch/city/city.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/install.h"
#include "base/toml_row.h"
#include "dispatch/city/toml_writer.h"

namespace jedel {
namespace {

namespace fs = std::filesystem;

std::string write_card(const City& city) {
    std::string out = fmt::format(
        "name_kk = {}\nname_ru = {}\nname_en = {}\npopulation = {}\nattribution = {}\n",
        toml_text(city.name_kk), toml_text(city.name_ru), toml_text(city.name_en), city.population,
        toml_text(city.attribution));
    if (!city.extract_date.empty()) {
        out += fmt::format("extract_date = {}\n", toml_text(city.extract_date));
    }
    if (city.made_up) out += fmt::format("made_up = true\nseed = {}\n", city.seed);
    out += fmt::format("low = [{:.7f}, {:.7f}]\nhigh = [{:.7f}, {:.7f}]\n", city.low.lat,
                       city.low.lon, city.high.lat, city.high.lon);
    return out;
}

LatLon point_of(TomlRow& in, const std::string& field) {
    const toml::array* pair = in.table()[field].as_array();
    if (pair != nullptr && pair->size() == 2) {
        const auto lat = (*pair)[0].value<double>();
        const auto lon = (*pair)[1].value<double>();
        if (lat && lon && is_valid({*lat, *lon})) return {*lat, *lon};
    }
    in.fail(field, "expected [latitude, longitude]");
    return {};
}

Result<void> read_card(City& city, std::string_view text, const std::string& file) {
    const auto document = parse_toml(text, file);
    if (!document) return document.error();
    TomlRow in{*document, file};
    city.name_kk = in.text("name_kk", false);
    city.name_ru = in.text("name_ru", false);
    city.name_en = in.text("name_en", false);
    city.population = static_cast<int>(in.whole("population", 0, 100'000'000, 0));
    city.attribution = in.text("attribution", false);
    city.extract_date = in.text("extract_date", false);
    city.made_up = in.truth("made_up");
    city.seed = static_cast<std::uint64_t>(in.whole("seed", 0, INT64_MAX, 0));
    city.low = point_of(in, "low");
    city.high = point_of(in, "high");
    in.only({"name_kk", "name_ru", "name_en", "population", "attribution", "extract_date",
             "made_up", "seed", "low", "high"});
    if (in.error()) return *in.error();
    return {};
}

}  // namespace

Result<std::shared_ptr<const City>> load_city(const std::string& folder) {
    if (!fs::is_directory(folder)) {
        return Error{.message = "no such folder; expected a city folder with city.toml, roads.bin "
                                "and organisations.toml",
                     .where = folder};
    }
    auto city = std::make_shared<City>();
    city->folder = folder;
    const std::string card_file = (fs::path{folder} / "city.toml").string();
    const auto card = read_file(card_file);
    if (!card) return card.error();
    if (const auto read = read_card(*city, *card, card_file); !read) return read.error();

    const std::string roads_file = (fs::path{folder} / "roads.bin").string();
    const auto bytes = read_file(roads_file);
    if (!bytes) return bytes.error();
    auto map = roads::read_roadmap(*bytes, roads_file);
    if (!map) return map.error();
    city->roads = std::make_shared<const roads::RoadMap>(std::move(map.value()));

    const std::string organisations_file = (fs::path{folder} / "organisations.toml").string();
    const auto text = read_file(organisations_file);
    if (!text) return text.error();
    auto organisations = parse_organisations(*text, organisations_file);
    if (!organisations) return organisations.error();
    city->organisations = std::move(organisations.value());
    return std::shared_ptr<const City>{std::move(city)};
}

namespace {

Result<void> make_folder(const fs::path& path) {
    std::error_code failed;
    if (fs::exists(path, failed)) {
        const bool usable = fs::is_directory(path, failed) &&
                            (fs::is_empty(path, failed) || fs::exists(path / "city.toml"));
        if (!usable) {
            return Error{.message = "exists and is not a city; expected a new or empty folder, or "
                                    "one with a city.toml",
                         .where = path.string()};
        }
    }
    fs::create_directories(path, failed);
    if (failed) {
        return Error{.message = "cannot make the folder: " + failed.message(),
                     .where = path.string()};
    }
    return {};
}

std::string organisations_text(const City& city) {
    const std::string comment =
        "Who serves the city. Edit freely; check with: jedel city check DIR";
    const auto& all = city.organisations.all;
    const bool proposed =
        std::any_of(all.begin(), all.end(), [](const Organisation& o) { return o.proposed; });
    const std::string warning =
        comment +
        "\nEntries with `proposed = true` were guessed from a map: a person who knows the city "
        "must check\nand correct each of them, and then take that line away.";
    return write_organisations(city.organisations, proposed ? warning : comment);
}

Result<void> write_parts(const City& city, const fs::path& path,
                         const std::string& organisations_file) {
    // The card goes last: a folder without it is not a city yet.
    auto written = write_file((path / "roads.bin").string(), roads::write_roadmap(*city.roads));
    if (!written) return written;
    written = write_file((path / organisations_file).string(), organisations_text(city));
    if (!written) return written;
    return write_file((path / "city.toml").string(), write_card(city));
}

/// What a person wrote into the card of the city that is replaced.
void keep_card(City& city, const fs::path& path) {
    const std::string file = (path / "city.toml").string();
    const auto text = read_file(file);
    City old;
    if (!text || !read_card(old, *text, file)) return;
    for (const auto& [now, was] : {std::pair{&city.name_kk, &old.name_kk},
                                   {&city.name_ru, &old.name_ru}, {&city.name_en, &old.name_en}}) {
        if (now->empty()) *now = *was;
    }
    const std::string roads_file = (path / "roads.bin").string();
    const auto bytes = read_file(roads_file);
    if (!bytes) return;
    const auto map = roads::read_roadmap(*bytes, roads_file);
    if (!map) return;
    std::int64_t estimated = 0;
    for (const auto& p : map->population) estimated += p.residents;
    if (old.population > 0 && old.population != estimated) city.population = old.population;
}

}  // namespace

Result<void> save_city(const City& city, const std::string& folder) {
    if (const auto made = make_folder(folder); !made) return made;
    return write_parts(city, folder, "organisations.toml");
}

Result<bool> save_proposed_city(City city, const std::string& folder) {
    const fs::path path{folder};
    if (const auto made = make_folder(path); !made) return made.error();
    const fs::path file = path / "organisations.toml";
    std::error_code failed;
    const bool there = fs::exists(fs::symlink_status(file, failed));
    const auto text = there ? read_file(file.string()) : Result<std::string>{std::string{}};
    const bool keep = there && (!text || *text != organisations_text(city));
    keep_card(city, path);
    const auto written =
        write_parts(city, path, keep ? "organisations.proposed.toml" : "organisations.toml");
    if (!written) return written.error();
    return keep;
}

}  // namespace jedel
