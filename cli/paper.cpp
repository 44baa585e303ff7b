// jedel paper: the papers of a room as PDF, and the paper pack.

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include "base/install.h"
#include "cli/commands.h"
#include "dispatch/city/city.h"
#include "dispatch/desk/engine.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/papers/papers.h"
#include "dispatch/papers/private_file.h"

namespace jedel::cli {

namespace {

struct PaperOptions {
    std::string journal, city, kind, language = "kk", out, from, until;
    std::optional<std::uint64_t> incident, organisation;
    bool pack = false;
};

int fail(const Error& error) {
    std::cerr << "jedel paper: " << error.text() << '\n';
    return 1;
}

Instant now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

Result<papers::Span> span_of(const PaperOptions& o, const papers::Room& room) {
    papers::Span span{room.now - std::chrono::hours{room.settings.list_hours}, room.now, {}};
    for (const auto& [text, name, at] : {std::tuple{&o.from, "--from", &span.from},
                                         std::tuple{&o.until, "--until", &span.until}}) {
        if (text->empty()) continue;
        const auto read = from_iso(*text);
        if (!read) {
            return Error{.message = "expected a time such as 2026-01-31T08:00+05:00",
                         .field = name};
        }
        *at = *read;
    }
    if (span.from >= span.until) {
        return Error{.message = "expected a time before --until", .field = "--from"};
    }
    if (o.organisation) span.organisation = OrganisationId{*o.organisation};
    return span;
}

Result<std::vector<papers::Paper>> make(const PaperOptions& o, const papers::Room& room) {
    if (o.pack) return papers::paper_pack(room);
    const Incident* incident = nullptr;
    if (o.incident) {
        incident = room.state.incident({*o.incident});
        if (incident == nullptr) {
            return Error{.message = "the room has no incident " + std::to_string(*o.incident) +
                                    " at hand",
                         .where = o.journal, .field = "--incident"};
        }
    }
    using papers::PaperKind;
    switch (from_name<PaperKind>(o.kind).value_or(PaperKind::call_card)) {
        case PaperKind::call_card: return std::vector{papers::call_card(room, incident)};
        case PaperKind::signal_sheet: return papers::signal_sheets(room, incident);
        case PaperKind::hand_over: return papers::hand_over_sheets(room, incident);
        case PaperKind::refusal: return papers::refusal_forms(room, incident);
        case PaperKind::visits:
        case PaperKind::shift_log: break;
    }
    const auto span = span_of(o, room);
    if (!span) return span.error();
    return std::vector{o.kind == "visits" ? papers::visits(room, *span)
                                          : papers::shift_log(room, *span)};
}

int paper(const PaperOptions& o) {
    const auto install = install_folder();
    if (!install) return fail(install.error());
    const auto texts = papers::Texts::load(
        *install, from_name<Language>(o.language).value_or(Language::kk));
    if (!texts) return fail(texts.error());
    const auto protocol = load_protocol(*install);
    if (!protocol) return fail(protocol.error());
    const auto city = load_city(o.city.empty() ? *install + "/data/city/training" : o.city);
    if (!city) return fail(city.error());
    const Instant at = now();
    const auto settings = papers::load_settings(*install, (*city)->folder,
                                                day_of(at, kazakhstan_offset_minutes(at)));
    if (!settings) return fail(settings.error());
    auto journal = open_journal(o.journal, JournalMode::read_only);
    if (!journal) return fail(journal.error());
    const std::string warning = (*journal)->warning();
    if (!warning.empty()) std::cerr << "jedel paper: " << o.journal << ": " << warning << '\n';
    const auto engine = Engine::open(std::move(*journal), {});
    if (!engine) return fail(engine.error());
    for (const std::string& line : (*engine)->report()) {
        std::cerr << "jedel paper: " << o.journal << ": " << line << '\n';
    }
    const papers::Room room{(*engine)->state(), (*engine)->personal(), (*city)->organisations,
                            *protocol, *texts, *settings, papers::name_of_city(**city, *texts), at};
    const auto made = make(o, room);
    if (!made) return fail(made.error());
    const auto pdf = papers::pdf_of(room, *made);
    if (!pdf) return fail(pdf.error());
    if (auto wrote = papers::write_private(o.out, *pdf); !wrote) return fail(wrote.error());
    return warning.empty() ? 0 : 1;
}

}  // namespace

void add_paper(CLI::App& app, int& status) {
    auto o = std::make_shared<PaperOptions>();
    CLI::App* sub = app.add_subcommand(
        "paper", "A paper of the room as PDF, for its owner's eyes only (0600); or the paper pack");
    sub->add_option("--journal", o->journal, "The journal, sqlite:PATH; it is only read")
        ->required();
    CLI::Option* kind =
        sub->add_option("--kind", o->kind, "Which paper")
            ->check(CLI::IsMember({"call_card", "signal_sheet", "visits", "hand_over", "refusal",
                                   "shift_log"}));
    CLI::Option* pack = sub->add_flag(
        "--pack", o->pack, "Open incidents, brigades, hospitals, telephones, blank cards in one");
    kind->excludes(pack);
    sub->add_option("--incident", o->incident,
                    "Number of the incident in the journal; without it a blank paper")
        ->excludes(pack);
    sub->add_option("--organisation", o->organisation, "Visits of this polyclinic alone");
    sub->add_option("--from", o->from, "A list begins here, e.g. 2026-01-31T08:00+05:00");
    sub->add_option("--until", o->until, "A list ends here; now");
    sub->add_option("--city", o->city, "The city's folder; the training city");
    sub->add_option("--language", o->language, "Language of the paper")
        ->check(CLI::IsMember({"kk", "ru", "en"}));
    sub->add_option("--out", o->out, "The PDF to write")->required();
    sub->callback([o, &status] {
        if (!o->pack && o->kind.empty()) {
            throw CLI::RequiredError("--kind or --pack");
        }
        status = paper(*o);
    });
}

}  // namespace jedel::cli
