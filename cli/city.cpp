// jedel city import | check | generate | day

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/city/check.h"
#include "dispatch/city/day.h"
#include "dispatch/city/generate.h"
#include "dispatch/city/propose.h"
#include "dispatch/roads/osm_import.h"

namespace jedel::cli {
namespace {

int failed(const Error& error) {
    fmt::print(stderr, "jedel city: {}\n", error.text());
    return 1;
}

struct ImportOptions {
    std::string file, out, name_kk, name_ru, name_en, date;
    std::uint64_t memory_mb = 16'384;
};

/// "almaty-2012.osm.pbf" → "Almaty"; a name must be there, and a person can give a better one.
std::string name_from(const std::string& file) {
    std::string name = std::filesystem::path{file}.filename().string();
    name = name.substr(0, name.find_first_of("-_."));
    const bool small = !name.empty() && name[0] >= 'a' && name[0] <= 'z';
    if (small) name[0] = static_cast<char>(name[0] - 32);
    return name;
}

void show(const roads::ImportProgress& p) {
    const double share = p.total_bytes > 0 ? 100.0 * static_cast<double>(p.read_bytes) /
                                                 static_cast<double>(p.total_bytes)
                                           : 0;
    const auto filled = static_cast<std::size_t>(std::min(share, 100.0) / 5);
    fmt::print(stderr, "\r\033[K{:<10} [{:<20}] {:3.0f} %  {} objects  {}", p.phase,
               std::string(filled, '#'), share, p.objects, p.note);
    if (!p.note.empty()) fmt::print(stderr, "\n");
    std::fflush(stderr);
}

int import_city(const ImportOptions& options) {
    const bool watched = isatty(STDERR_FILENO) == 1;
    auto imported = roads::import_osm(options.file,
                                      watched ? show : roads::ImportProgressFn{},
                                      options.memory_mb << 20U);
    if (watched) fmt::print(stderr, "\r\033[K");
    if (!imported) return failed(imported.error());
    auto& [map, summary] = *imported;

    City city;
    const bool named_before =
        std::filesystem::exists(std::filesystem::path{options.out} / "city.toml");
    city.name_en = options.name_en.empty() && !named_before ? name_from(options.file)
                                                            : options.name_en;
    city.name_ru = options.name_ru;
    city.name_kk = options.name_kk;
    city.attribution = "© OpenStreetMap contributors";
    city.extract_date = options.date.empty() ? summary.extract_date : options.date;
    std::uint64_t residents = 0;
    for (const auto& p : map.population) residents += p.residents;
    city.population = static_cast<int>(std::min<std::uint64_t>(residents, 100'000'000));
    const Box box = box_of(map);
    city.low = box.low;
    city.high = box.high;
    city.organisations = propose_organisations(summary.proposed, map, box.low, box.high);
    city.roads = std::make_shared<const roads::RoadMap>(std::move(map));
    const auto kept = save_proposed_city(city, options.out);
    if (!kept) return failed(kept.error());

    for (const auto& [what, how_many] : summary.rows()) {
        fmt::print("{:<56} {:>14}\n", what, how_many);
    }
    fmt::print("{:<56} {:>14}\n", "organisations proposed", city.organisations.all.size());
    fmt::print("{:<56} {:>14}\n", "brigades proposed", city.organisations.roster.size());
    for (const std::string& warning : summary.warnings()) {
        fmt::print("warning: {}\n", warning);
    }
    if (*kept) {
        fmt::print("Written to {}. The organisations.toml that was there is kept as it is; the\n"
                   "proposal from this map stands beside it in organisations.proposed.toml. Then "
                   "run: jedel city check {}\n",
                   options.out, options.out);
        return 0;
    }
    fmt::print("Written to {}. Organisations and brigades are proposals: check them in\n"
               "organisations.toml, then run: jedel city check {}\n",
               options.out, options.out);
    return 0;
}

int check(const std::string& folder, bool json) {
    const auto city = load_city(folder);
    if (!city) return failed(city.error());
    std::size_t errors = 0;
    const auto findings = check_city(**city);
    for (const CityFinding& f : findings) {
        errors += f.error ? 1U : 0U;
        const char* severity = f.error ? "error" : "warning";
        if (json) {
            const nlohmann::json line{{"severity", severity}, {"text", f.text}};
            fmt::print("{}\n", line.dump());
        } else {
            fmt::print("{}: {}\n", severity, f.text);
        }
    }
    if (!json) {
        const City& c = **city;
        fmt::print("{}: {} junctions, {} road segments, {} organisations, {} brigades; {} errors, "
                   "{} warnings\n",
                   folder, c.roads->nodes.size(), c.roads->segments.size(),
                   c.organisations.all.size(), c.organisations.roster.size(), errors,
                   findings.size() - errors);
    }
    if (errors > 0) fmt::print(stderr, "jedel city: {}: {} errors\n", folder, errors);
    return errors > 0 ? 1 : 0;
}

int generate(std::uint64_t seed, const std::string& out) {
    const City city = generate_city(seed);
    if (const auto saved = save_city(city, out); !saved) return failed(saved.error());
    fmt::print("{}: {} junctions, {} road segments, {} places, {} residents\n", out,
               city.roads->nodes.size(), city.roads->segments.size(), city.roads->places.size(),
               city.population);
    return 0;
}

struct DayOptions {
    std::string city, complaints, out;
    std::uint64_t seed = training_seed;
    int calls = 500;
    std::string date = "2026-03-11";
};

int make_day(const DayOptions& options) {
    std::string folder = options.city;
    std::string complaints = options.complaints;
    if (folder.empty() || complaints.empty()) {
        const auto home = install_folder();
        if (!home) return failed(home.error());
        if (folder.empty()) folder = *home + "/data/city/training";
        if (complaints.empty()) complaints = *home + "/data/logs/complaints.tsv";
    }
    const auto city = load_city(folder);
    if (!city) return failed(city.error());
    const auto text = read_file(complaints);
    if (!text) return failed(text.error());
    const auto templates = parse_complaints(*text, complaints);
    if (!templates) return failed(templates.error());
    const auto day = day_from_iso(options.date);
    if (!day) {
        return failed({.message = "expected YYYY-MM-DD, found '" + options.date + "'",
                       .field = "--date"});
    }
    const std::string csv = generate_day(
        **city, *templates, {.seed = options.seed, .call_count = options.calls, .day = *day});
    if (const auto written = write_file(options.out, csv); !written) return failed(written.error());
    fmt::print("{}: {} calls\n", options.out, options.calls);
    return 0;
}

}  // namespace

void add_city(CLI::App& app, int& status) {
    CLI::App* city = app.add_subcommand("city", "Make and check cities: roads and organisations");
    city->require_subcommand(1);

    auto in = std::make_shared<ImportOptions>();
    CLI::App* import_ = city->add_subcommand(
        "import", "Make a city folder of an OpenStreetMap extract; organisations are a proposal");
    import_->add_option("FILE", in->file, "extract, .osm.pbf")->required();
    import_->add_option("--out", in->out, "city folder to write")->required();
    import_->add_option("--name-kk", in->name_kk, "the city's name in Kazakh");
    import_->add_option("--name-ru", in->name_ru, "the city's name in Russian");
    import_->add_option("--name-en", in->name_en, "the city's name in English");
    import_->add_option("--date", in->date,
                        "date of the extract, YYYY-MM-DD, shown on the map; the file's own "
                        "without it");
    import_->add_option("--memory-mb", in->memory_mb, "most memory it may take");
    import_->callback([in, &status] { status = import_city(*in); });

    auto folder = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    CLI::App* check_ = city->add_subcommand(
        "check", "Check a city folder: references, service areas, places; exit status 1 on errors");
    check_->add_option("DIR", *folder, "city folder")->required();
    check_->add_flag("--json", *json, "one JSON object a line");
    check_->callback([folder, json, &status] { status = check(*folder, *json); });

    auto seed = std::make_shared<std::uint64_t>(training_seed);
    auto out = std::make_shared<std::string>();
    CLI::App* generate_ = city->add_subcommand("generate", "Make a city that exists nowhere");
    generate_->add_option("--seed", *seed, "the same number gives the same city")
        ->capture_default_str();
    generate_->add_option("--out", *out, "city folder to write")->required();
    generate_->callback([seed, out, &status] { status = generate(*seed, *out); });

    auto day = std::make_shared<DayOptions>();
    CLI::App* day_ = city->add_subcommand("day", "Make a recorded day of calls in a city (CSV)");
    day_->add_option("--city", day->city, "city folder; the training city without it");
    day_->add_option("--complaints", day->complaints, "table of what callers say (TSV)");
    day_->add_option("--seed", day->seed, "the same number gives the same day")
        ->capture_default_str();
    day_->add_option("--calls", day->calls, "how many calls")
        ->capture_default_str()
        ->check(CLI::Range(1, 100'000));
    day_->add_option("--date", day->date, "the day, YYYY-MM-DD")->capture_default_str();
    day_->add_option("--out", day->out, "file to write")->required();
    day_->callback([day, &status] { status = make_day(*day); });
}

}  // namespace jedel::cli
