// jedel address --city DIR "QUERY" [--limit N] [--json]

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/city/address.h"

namespace jedel::cli {
namespace {

struct Options {
    std::string city, query;
    std::size_t limit = 8;
    bool json = false;
};

int failed(const Error& error) {
    fmt::print(stderr, "jedel address: {}\n", error.text());
    return 1;
}

void print(const AddressHit& hit, bool json) {
    if (json) {
        nlohmann::json line{{"kind", name_of(hit.kind)}, {"kk", hit.label_kk},
                            {"ru", hit.label_ru},        {"lat", hit.at.lat},
                            {"lon", hit.at.lon},         {"score", hit.score}};
        if (!hit.matched_alias.empty()) line["alias"] = hit.matched_alias;
        line["exact"] = hit.exact;
        if (!hit.nearest.empty()) line["nearest"] = hit.nearest;
        line["words"] = nlohmann::json::array();
        for (const AddressWord& w : hit.words) {
            line["words"].push_back(
                {{"text", w.text}, {"role", name_of(w.role)}, {"understood", w.understood}});
        }
        fmt::print("{}\n", line.dump());
        return;
    }
    const std::string alias =
        hit.matched_alias.empty() ? "" : fmt::format("  ({})", hit.matched_alias);
    std::string doubts;
    if (!hit.nearest.empty()) doubts += fmt::format("  not on the map: near {}", hit.nearest);
    for (const AddressWord& w : hit.words) {
        if (!w.understood) {
            doubts += fmt::format("  {} '{}'",
                                  w.role == AddressRole::note ? "set aside:" : "not understood:",
                                  w.text);
        }
    }
    fmt::print("{:.2f}  {:<18}  {:.6f},{:.6f}  {} | {}{}{}\n", hit.score, name_of(hit.kind),
               hit.at.lat, hit.at.lon, hit.label_kk, hit.label_ru, alias, doubts);
}

int search(const Options& options) {
    std::string folder = options.city;
    if (folder.empty()) {
        const auto home = install_folder();
        if (!home) return failed(home.error());
        folder = *home + "/data/city/training";
    }
    auto city = load_city(folder);
    if (!city) return failed(city.error());
    const auto index = AddressIndex::build(std::move(city.value()));
    if (!index) return failed(index.error());
    const auto hits = index->search(options.query, options.limit);
    for (const AddressHit& hit : hits) print(hit, options.json);
    if (!hits.empty()) return 0;
    return failed({.message = "nothing like '" + options.query + "' in " + folder});
}

}  // namespace

void add_address(CLI::App& app, int& status) {
    auto options = std::make_shared<Options>();
    CLI::App* address = app.add_subcommand(
        "address", "Find a street, crossing, house, landmark, organisation or coordinates");
    address->add_option("QUERY", options->query, "as the caller says it, in Kazakh or Russian")
        ->required();
    address->add_option("--city", options->city, "city folder; the training city without it");
    address->add_option("--limit", options->limit, "most results")
        ->capture_default_str()
        ->check(CLI::Range(1, 100));
    address->add_flag("--json", options->json, "one JSON object a line");
    address->callback([options, &status] { status = search(*options); });
}

}  // namespace jedel::cli
