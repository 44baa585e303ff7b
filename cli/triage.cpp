// jedel triage: one call a line in, one answer a line out; and the check of a rule table.

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/install.h"
#include "cli/commands.h"
#include "cli/triage_calls.h"
#include "cli/triage_cards.h"
#include "dispatch/desk/edition.h"
#include "dispatch/desk/load_protocol.h"
#include "triage/interview.h"
#include "triage/lint.h"

namespace jedel::cli {

namespace {

using json = nlohmann::ordered_json;
using triage::Facts;
using triage::Finding;
using triage::FindingIndex;
using triage::FindingType;
using triage::Protocol;

struct Options {
    std::string input = "-";
    std::vector<std::string> check;
    bool as_json = false;
    bool no_question = false;
    bool no_cards = false;
};

int refuse(const Error& error) {
    std::cerr << "jedel triage: " << error.text() << '\n';
    return 1;
}

std::string upper(triage::Category category) {
    return category == triage::Category::none
               ? "none"
               : "U" + std::to_string(static_cast<int>(category));
}

const std::string& in_language(const triage::LocalText& text, const std::string& language) {
    if (language == "ru") return text.ru;
    return language == "en" ? text.en : text.kk;
}

// The caller's words first, then what is known of the person, then the answers: each stands over
// the one before.
Facts facts_of(const Protocol& protocol, const std::vector<triage::Mark>& marks,
               const TriageCall& call) {
    Facts facts(protocol);
    std::map<FindingIndex, int> weights;
    for (const triage::Mark& mark : marks) {
        if (mark.value == "unknown") continue;
        const auto before = weights.find(mark.finding);
        // A wider reading outweighs a narrower one; of equals, "yes" stands.
        if (before != weights.end() &&
            (mark.weight < before->second ||
             (mark.weight == before->second && mark.value == "no"))) {
            continue;
        }
        if (facts.set_text(protocol.findings()[mark.finding].key, mark.value).ok()) {
            weights[mark.finding] = mark.weight;
        }
    }
    facts.set_patient(call.patient);
    for (const auto& [finding, value] : call.answers) {
        (void)facts.set_text(protocol.findings()[finding].key, value).ok();
    }
    return facts;
}

json finding_values(const Protocol& protocol, const Facts& facts) {
    json out = json::object();
    for (FindingIndex f = 0; f < protocol.findings().size(); ++f) {
        const Facts::Value& value = facts.values()[f];
        if (value.state == triage::Tri::unknown) continue;
        const Finding& finding = protocol.findings()[f];
        if (finding.type == FindingType::boolean) {
            out[finding.key] = value.state == triage::Tri::yes;
        } else if (finding.type == FindingType::number) {
            out[finding.key] = value.number;
        } else {
            out[finding.key] = facts.text(f);
        }
    }
    return out;
}

// Calls that say the same share their next question; bounded, so that a long file cannot fill the
// memory.
class Questions {
public:
    explicit Questions(const Protocol& protocol) : protocol_(protocol) {}

    const std::optional<triage::Question>& next(const Facts& facts, const TriageCall& call) {
        std::string key(reinterpret_cast<const char*>(&facts.closed()), sizeof facts.closed());
        for (const FindingIndex f : call.unanswered) key += '\n' + std::to_string(f);
        if (call.patients > 1) key += "\n+";
        const auto found = known_.find(key);
        if (found != known_.end()) return found->second;
        if (known_.size() >= 100'000) known_.clear();
        auto next = triage::lead_interview(
            protocol_, facts, {.unanswered = call.unanswered, .patients = call.patients});
        return known_.emplace(std::move(key), std::move(next)).first->second;
    }

private:
    const Protocol& protocol_;
    std::unordered_map<std::string, std::optional<triage::Question>> known_;
};

struct Engine {
    Protocol protocol;
    triage::Lexicon lexicon;
    std::vector<triage::Card> cards;  ///< empty: not wanted
};

// What was not read as it stands: findings of words that were guessed, words that nothing knows.
void add_readings(const Protocol& protocol, const TriageCall& call,
                  const std::vector<triage::Mark>& marks, json& out) {
    for (const triage::Mark& mark : marks) {
        const std::string words = call.complaint.substr(mark.begin, mark.end - mark.begin);
        const std::string& key = protocol.findings()[mark.finding].key;
        if (mark.guessed) out["guessed"].push_back({{"finding", key}, {"words", words}});
        if (key == triage::suggestion_key && mark.value == triage::not_understood)
            out["not_understood"] = words;
    }
}

json answer_of(const Engine& engine, const TriageCall& call, Questions* questions) {
    const std::vector<triage::Mark> marks = engine.lexicon.read(call.complaint, call.patient);
    const Facts facts = facts_of(engine.protocol, marks, call);
    const triage::Evaluation e = triage::evaluate(engine.protocol, facts);
    json out;
    out["id"] = call.id;
    out["category"] = upper(e.proposed);
    out["most_urgent"] = upper(e.most_urgent);
    out["least_urgent"] = upper(e.least_urgent);
    out["rules"] = json::array();
    for (const triage::Rule* rule : triage::reasons(engine.protocol, facts, e)) {
        out["rules"].push_back(rule->id);
    }
    out["findings"] = finding_values(engine.protocol, facts);
    add_readings(engine.protocol, call, marks, out);
    if (!engine.cards.empty()) {
        out["cards"] = cards_json(engine.protocol, engine.cards, facts, call.language);
    }
    if (questions == nullptr) return out;
    const auto& next = questions->next(facts, call);
    out["sufficient"] = next ? next->sufficient : e.proposed != triage::Category::none;
    out["questions_may_come"] = next ? next->may_come : 0;
    if (next) {
        const Finding& finding = engine.protocol.findings()[next->finding];
        out["next_question"] = {{"finding", finding.key},
                                {"text", in_language(finding.question, call.language)},
                                {"danger", next->danger}};
    }
    return out;
}

json error_line(const std::string& input, const std::string& text, long line, Error error) {
    error.where = input == "-" ? "stdin" : input;
    error.line = line;
    json out;
    const json parsed = json::parse(text, nullptr, false);
    if (parsed.is_object() && parsed.contains("id")) out["id"] = parsed["id"];
    out["error"] = error.text();
    out["line"] = line;
    if (!error.field.empty()) out["field"] = error.field;
    return out;
}

std::string for_people(const json& answer) {
    if (answer.contains("error")) return "error  " + answer["error"].get<std::string>();
    const json& id = answer["id"];
    std::string out = id.is_string() ? id.get<std::string>() : id.dump();
    out += "  " + answer["category"].get<std::string>() + "  (" +
           answer["most_urgent"].get<std::string>() + " to " +
           answer["least_urgent"].get<std::string>() + ")";
    for (const auto& rule : answer["rules"]) out += " " + rule.get<std::string>();
    if (answer.contains("next_question")) {
        out += "\n    " + answer["next_question"]["text"].get<std::string>();
    }
    if (answer.contains("cards")) out += cards_text(answer["cards"]);
    return out;
}

Result<Engine> load_engine(bool with_cards) {
    const auto folder = install_folder();
    if (!folder) return folder.error();
    Edition tables = Edition::of_user(*folder);
    const auto& parts = with_cards ? edition::rules : edition::rules_and_words;
    auto engine = tables.load(parts, [&](const std::string& home) -> Result<Engine> {
        auto protocol = load_protocol(home);
        if (!protocol) return protocol.error();
        auto lexicon = load_lexicon(*protocol, home);
        if (!lexicon) return lexicon.error();
        std::vector<triage::Card> cards;
        if (with_cards) {
            auto read = load_cards(*protocol, home);
            if (!read) return read.error();
            cards = std::move(*read);
        }
        return Engine{std::move(*protocol), std::move(*lexicon), std::move(cards)};
    });
    tables.say_faults("jedel triage");
    return engine;
}

int run_calls(const Options& options) {
    const auto engine = load_engine(!options.no_cards);
    if (!engine) return refuse(engine.error());
    std::ifstream file;
    if (options.input != "-") {
        errno = 0;
        file.open(options.input);
        if (!file) {
            return refuse({std::string("expected a readable file: ") + std::strerror(errno),
                           options.input});
        }
    }
    std::istream& in = options.input == "-" ? std::cin : file;
    Questions questions(engine->protocol);
    std::string text;
    long line = 0;
    bool failed = false;
    while (std::getline(in, text)) {
        ++line;
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto call = read_triage_call(engine->protocol, text);
        failed = failed || !call.ok();
        const json answer =
            call ? answer_of(*engine, *call, options.no_question ? nullptr : &questions)
                 : error_line(options.input, text, line, call.error());
        // Bytes that are no UTF-8 are shown as replacement marks, not refused.
        std::cout << (options.as_json
                          ? answer.dump(-1, ' ', false, json::error_handler_t::replace)
                          : for_people(answer))
                  << '\n';
    }
    if (in.bad()) return refuse({"could not be read to its end", options.input});
    std::cout.flush();
    if (!std::cout) return refuse({"the output could not be written", "stdout"});
    if (failed) std::cerr << "jedel triage: some lines were refused; each has its error\n";
    return failed ? 1 : 0;
}

// The vocabulary is the file that holds [[finding]]; without one, the installed vocabulary.
int run_check(const Options& options) {
    std::vector<Protocol::File> rules;
    std::optional<Protocol::File> vocabulary;
    for (const std::string& path : options.check) {
        auto text = read_file(path);
        if (!text) return refuse(text.error());
        const bool findings = text->find("[[finding]]") != std::string::npos;
        if (findings && vocabulary) {
            return refuse({"expected one vocabulary, found a second one", path});
        }
        if (findings) {
            vocabulary = {path, std::move(*text)};
        } else {
            rules.push_back({path, std::move(*text)});
        }
    }
    if (!vocabulary) {
        const auto folder = install_folder();
        if (!folder) return refuse(folder.error());
        const std::string path = *folder + "/data/protocol/findings.toml";
        auto text = read_file(path);
        if (!text) return refuse(text.error());
        vocabulary = {path, std::move(*text)};
    }
    const auto protocol = Protocol::parse(*vocabulary, rules);
    if (!protocol) return refuse(protocol.error());
    const auto remarks = rules.empty() ? std::vector<triage::Remark>{} : triage::lint(*protocol);
    for (const triage::Remark& r : remarks) {
        if (options.as_json) {
            std::cout << json{{"kind", name_of(r.kind)}, {"subject", r.subject},
                              {"message", r.message}}.dump() << '\n';
        } else {
            std::cout << r.subject << ": " << name_of(r.kind) << ": " << r.message << '\n';
        }
    }
    if (!options.as_json) {
        std::cout << protocol->rules().size() << " rules over " << protocol->findings().size()
                  << " findings, " << remarks.size() << " remarks\n";
    }
    return remarks.empty() ? 0 : 1;
}

}  // namespace

void add_triage(CLI::App& app, int& status) {
    auto* sub = app.add_subcommand(
        "triage", "Urgency of calls, one JSON object a line; or checks a rule table.");
    auto options = std::make_shared<Options>();
    sub->add_option("file", options->input, "Calls as JSON lines; '-' reads standard input")
        ->capture_default_str();
    sub->add_flag("--json", options->as_json, "Answer in JSON lines");
    sub->add_flag("--no-question", options->no_question, "Leave out the next question to ask");
    sub->add_flag("--no-cards", options->no_cards, "Leave out the help cards for the caller");
    sub->add_option("--check", options->check,
                    "Check rule files (and a vocabulary) instead: unknown findings, bad formulas, "
                    "rules that never fire or are always covered, gaps");
    sub->footer(
        "Each line: {\"id\", \"complaint\", \"language\"?: kk|ru|en, \"age_years\"?, \"sex\"?: "
        "male|female,\n\"pregnancy_weeks\"?, \"answers\"?: {\"<finding>\": true|false|number}}.\n"
        "A line that cannot be read gives a line with \"error\"; the others go on; exit status 1.");
    sub->callback([options, &status] {
        status = options->check.empty() ? run_calls(*options) : run_check(*options);
    });
}

}  // namespace jedel::cli
