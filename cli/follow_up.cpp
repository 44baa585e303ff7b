// jedel follow-up: what was proposed after the ambulance, as CSV for polyclinics' own tables.

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/city/city.h"
#include "dispatch/desk/engine.h"
#include "dispatch/papers/private_file.h"
#include "dispatch/patients/follow_up_csv.h"

namespace jedel::cli {

namespace {

struct FollowUpOptions {
    std::string journal, city, from, until, out = "-";
    std::optional<std::uint64_t> organisation;
};

int fail(const Error& error) {
    std::cerr << "jedel follow-up: " << error.text() << '\n';
    return 1;
}

int follow_up(const FollowUpOptions& o) {
    Instant from{}, until{std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count()};
    for (const auto& [text, name, at] :
         {std::tuple{&o.from, "--from", &from}, std::tuple{&o.until, "--until", &until}}) {
        if (text->empty()) continue;
        const auto read = from_iso(*text);
        if (!read) {
            return fail({.message = "expected a time such as 2026-01-31T08:00+05:00",
                         .field = name});
        }
        *at = *read;
    }
    const auto install = install_folder();
    if (!install) return fail(install.error());
    const auto city = load_city(o.city.empty() ? *install + "/data/city/training" : o.city);
    if (!city) return fail(city.error());
    auto journal = open_journal(o.journal, JournalMode::read_only);
    if (!journal) return fail(journal.error());
    const std::string warning = (*journal)->warning();
    if (!warning.empty()) std::cerr << "jedel follow-up: " << o.journal << ": " << warning << '\n';
    const auto engine = Engine::open(std::move(*journal), {});
    if (!engine) return fail(engine.error());
    std::optional<OrganisationId> to;
    if (o.organisation) to = OrganisationId{*o.organisation};
    const State& state = (*engine)->state();
    const std::string csv = follow_up_csv(state, (*engine)->personal(), (*city)->organisations,
                                          from, until, to);
    if (state.closed_total > state.recent.size()) {
        std::cerr << "jedel follow-up: " << o.journal << ": only the "
                  << State::recent_max << " incidents closed last are in it\n";
    }
    if (o.out == "-") std::cout << csv;
    else if (auto wrote = papers::write_private(o.out, csv); !wrote) return fail(wrote.error());
    return warning.empty() ? 0 : 1;
}

}  // namespace

void add_follow_up(CLI::App& app, int& status) {
    auto o = std::make_shared<FollowUpOptions>();
    CLI::App* sub = app.add_subcommand(
        "follow-up", "Follow-ups of a room's patients as CSV; holds personal data");
    sub->add_option("--journal", o->journal, "The journal, sqlite:PATH; it is only read")
        ->required();
    sub->add_option("--from", o->from, "Calls received from then on, e.g. 2026-01-31T08:00+05:00");
    sub->add_option("--until", o->until, "Calls received before; now");
    sub->add_option("--organisation", o->organisation, "Those that go to this organisation alone");
    sub->add_option("--city", o->city, "The city's folder; the training city");
    sub->add_option("-o,--out", o->out, "File to write (0600); - is standard output");
    sub->callback([o, &status] { status = follow_up(*o); });
}

}  // namespace jedel::cli
