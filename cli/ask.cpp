// jedel ask: cards for what is asked at the desk. jedel coverage: the table of the documents'
// statements.

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <memory>

#include "base/install.h"
#include "base/time.h"
#include "cli/commands.h"
#include "dispatch/desk/edition.h"
#include "dispatch/patients/coverage.h"
#include "dispatch/patients/questions.h"

namespace jedel::cli {

namespace {

struct AskOptions {
    std::vector<std::string> words;
    std::string language = "ru", on, situation;
    std::size_t limit = 5;
};

int fail(const char* command, const Error& error) {
    std::cerr << "jedel " << command << ": " << error.text() << '\n';
    return 1;
}

int ask(const AskOptions& o) {
    const auto install = install_folder();
    if (!install) return fail("ask", install.error());
    Edition tables = Edition::of_user(*install);
    const auto questions = tables.load(edition::questions, [](const std::string& home) {
        return Questions::load(home + "/data/law/questions.toml");
    });
    tables.say_faults("jedel ask");
    if (!questions) return fail("ask", questions.error());
    const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count()};
    const auto day = o.on.empty() ? std::optional{day_of(now, kazakhstan_offset_minutes(now))}
                                  : day_from_iso(o.on);
    if (!day) {
        return fail("ask", {.message = "expected YYYY-MM-DD", .where = {}, .line = 0,
                            .field = "--on"});
    }
    std::string typed;
    for (const std::string& word : o.words) typed += word + " ";
    auto found = o.situation.empty() ? questions->search(typed, *day, o.limit)
                                     : Result{questions->offered(o.situation, *day)};
    if (!found) return fail("ask", found.error());
    for (const std::size_t i : *found) {
        const QuestionCard& card = questions->cards()[i];
        std::cout << card.title.in(o.language) << "  [" << card.rule << ", " << card.source
                  << "]\n  " << card.text.in(o.language) << '\n';
    }
    if (found->empty()) std::cerr << "jedel ask: no card has these words\n";
    return found->empty() ? 1 : 0;
}

int print_coverage(const std::string& source) {
    const auto statements = coverage(source);
    if (!statements) return fail("coverage", statements.error());
    std::cout << coverage_table(*statements);
    return 0;
}

}  // namespace

void add_ask(CLI::App& app, int& status) {
    auto o = std::make_shared<AskOptions>();
    CLI::App* sub = app.add_subcommand("ask", "Cards for what is asked at the desk");
    sub->add_option("words", o->words, "What is asked, in any of the three languages");
    sub->add_option("--language", o->language, "Language of the cards")
        ->check(CLI::IsMember({"kk", "ru", "en"}));
    sub->add_option("--on", o->on, "Cards that hold on this day, YYYY-MM-DD; today");
    sub->add_option("--situation", o->situation,
                    "Cards offered in a situation: uninsured, pregnant, student, foreigner …");
    sub->add_option("--limit", o->limit, "At most so many cards");
    sub->callback([o, &status] { status = ask(*o); });

    auto source = std::make_shared<std::string>(".");
    CLI::App* table = app.add_subcommand(
        "coverage", "The documents' statements and what the program does with each (Markdown)");
    table->add_option("source", *source, "Folder of the project's source");
    table->callback([source, &status] { status = print_coverage(*source); });
}

}  // namespace jedel::cli
