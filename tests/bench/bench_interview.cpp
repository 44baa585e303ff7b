// How many questions until the category is certain: the chosen order, the chosen order without
// what is known of age, sex, hour and complaint, and a fixed protocol order as the peer. Over
// random complete cases, and over the simulated day, where the caller's words give the first
// findings. What a caller would answer is drawn from the table's priors for such a call.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/install.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/tables/csv.h"
#include "triage/compiled.h"
#include "triage/interview.h"
#include "triage/words/words.h"

namespace {

using namespace jedel;
using namespace jedel::triage;

constexpr const char* home = JEDEL_SOURCE_DIR;

[[noreturn]] void fail(const Error& error) {
    std::fprintf(stderr, "%s\n", error.text().c_str());
    std::exit(1);
}

const Protocol& shipped() {
    static const Protocol held = [] {
        auto p = load_protocol(home);
        if (!p) fail(p.error());
        return std::move(*p);
    }();
    return held;
}

/// The same table without its [[likelihood]] rows.
const Protocol& unconditioned() {
    static const Protocol held = [] {
        const auto file = [](const std::string& name) {
            const std::string path = std::string{home} + "/data/protocol/" + name;
            auto text = read_file(path);
            if (!text) fail(text.error());
            return Protocol::File{path, std::move(*text)};
        };
        Protocol::File findings = file("findings.toml");
        findings.text.resize(findings.text.find("\n[[likelihood]]"));
        const std::vector<Protocol::File> rules{file("u1.toml"), file("u2.toml"), file("u3.toml"),
                                                file("u4.toml")};
        auto p = Protocol::parse(findings, rules);
        if (!p) fail(p.error());
        return std::move(*p);
    }();
    return held;
}

struct Case {
    Facts truth, said;
    int hour = 0;
};

void draw(Case& c, FindingIndex f, const std::vector<double>& prior, double factor,
          std::mt19937& random) {
    const Finding& finding = shipped().findings()[f];
    if (c.truth.known(f) || finding.key == suggestion_key) return;
    const auto pick = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    if (finding.type == FindingType::boolean) {
        const bool yes = std::bernoulli_distribution(std::min(0.95, prior[f] * factor))(random);
        c.truth.set(f, yes ? Tri::yes : Tri::no);
    } else if (finding.type == FindingType::choice) {
        c.truth.set_choice(f, pick(finding.choices.size()));
    } else if (!finding.typical.empty()) {
        c.truth.set_number(f, finding.typical[pick(finding.typical.size())]);
    }
    if (c.truth.contradictory()) c.truth.clear(f);
}

/// Everything that was not said, by how often it is there in such a call; rarely more than one
/// trouble at a time, so a quarter of the prior.
void complete(Case& c, std::mt19937& random) {
    const std::vector<double> prior = priors(shipped(), c.truth, c.hour);
    for (FindingIndex f = 0; f < shipped().findings().size(); ++f) draw(c, f, prior, 0.25, random);
}

/// One complaint, by how common it is at that age, sex and hour.
Case any_case(std::mt19937& random) {
    Case c{Facts(shipped()), Facts(shipped()),
           std::uniform_int_distribution<int>(0, 23)(random)};
    const auto nothing = priors(shipped(), c.truth, c.hour);
    for (const char* key : {"age_years", "sex"}) {
        const FindingIndex f = *shipped().find(key);
        draw(c, f, nothing, 1, random);
        (void)c.said.set_text(key, c.truth.text(f)).ok();
    }
    std::vector<double> weights = priors(shipped(), c.truth, c.hour);
    for (FindingIndex f = 0; f < weights.size(); ++f) {
        const Finding& finding = shipped().findings()[f];
        if (finding.type != FindingType::boolean || finding.modifier) weights[f] = 0;
    }
    const auto complaint = static_cast<FindingIndex>(
        std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(random));
    c.truth.set(complaint, Tri::yes);
    c.said.set(complaint, Tri::yes);
    complete(c, random);
    return c;
}

std::vector<Case> random_cases() {
    std::mt19937 random(7);
    std::vector<Case> out;
    while (out.size() < 500) out.push_back(any_case(random));
    return out;
}

/// The calls of the bundled day: what the words say, then as drawn.
std::vector<Case> simulated_day() {
    auto lexicon = load_lexicon(shipped(), home);
    if (!lexicon) fail(lexicon.error());
    auto csv = tables::CsvReader::open(std::string{home} + "/data/logs/training-day.csv", {});
    if (!csv) fail(csv.error());
    std::mt19937 random(11);
    std::vector<Case> out;
    std::map<std::string, std::size_t> column;
    tables::CsvRow row;
    const auto number = [](std::string_view text) -> std::optional<double> {
        double v = 0;
        const auto r = std::from_chars(text.data(), text.data() + text.size(), v);
        return r.ec == std::errc{} ? std::optional(v) : std::nullopt;
    };
    while (true) {
        const auto more = csv->next(row);
        if (!more) fail(more.error());
        if (!*more) break;
        if (column.empty()) {
            for (std::size_t i = 0; i < row.count; ++i) column[row.fields[i]] = i;
            continue;
        }
        Patient patient;
        patient.age_years = number(row[column["age_years"]]);
        const std::string_view sex = row[column["sex"]];
        patient.sex = sex == "m" ? Sex::male : sex == "f" ? Sex::female : Sex::unknown;
        if (const auto weeks = number(row[column["pregnancy_weeks"]]))
            patient.pregnancy_weeks = static_cast<int>(*weeks);
        Case c{Facts(shipped()), Facts(shipped()),
               static_cast<int>(number(row[column["received_at"]].substr(11, 2)).value_or(0))};
        for (const Mark& m : lexicon->read(row[column["complaint"]], patient))
            (void)c.said.set_text(shipped().findings()[m.finding].key, m.value).ok();
        c.said.set_patient(patient);
        c.truth = c.said;
        if (c.truth.contradictory()) continue;
        complete(c, random);
        out.push_back(std::move(c));
    }
    return out;
}

using Next = std::function<std::optional<FindingIndex>(const Case&, const Facts&,
                                                       const std::vector<FindingIndex>&)>;

struct Length {
    std::size_t to_certainty = 0;
    std::size_t to_proposal = 0;  ///< after the last one that changed what is proposed
};

Length questions_asked(const Case& c, const Next& next) {
    Facts told = c.said;
    std::vector<FindingIndex> asked;
    Length out;
    Category before = evaluate(shipped(), told).proposed;
    while (true) {
        const Evaluation e = evaluate(shipped(), told);
        if (e.proposed != before) out.to_proposal = asked.size();
        before = e.proposed;
        if (e.most_urgent == e.least_urgent) break;
        const std::optional<FindingIndex> f = next(c, told, asked);
        if (!f) break;
        asked.push_back(*f);
        (void)told.set_text(shipped().findings()[*f].key, c.truth.text(*f)).ok();
    }
    out.to_certainty = asked.size();
    return out;
}

std::optional<FindingIndex> chosen(const Protocol& protocol, std::optional<int> hour,
                                   const Facts& told, const std::vector<FindingIndex>& asked) {
    const auto next = next_question(protocol, told, asked, hour);
    return next ? std::optional(next->finding) : std::nullopt;
}

/// Danger first, then the table's order, skipping what is known.
std::optional<FindingIndex> fixed(const Facts& told, const std::vector<FindingIndex>& asked) {
    for (const bool danger : {true, false}) {
        for (const Inquiry& q : shipped().impl().inquiries) {
            if (shipped().findings()[q.finding].danger != danger) continue;
            if (told.known(q.finding)) continue;
            if (std::find(asked.begin(), asked.end(), q.finding) != asked.end()) continue;
            return q.finding;
        }
    }
    return std::nullopt;
}

void report(const char* cases, const char* order, const std::vector<Case>& all, const Next& next) {
    std::vector<std::size_t> certain, proposed;
    for (const Case& c : all) {
        const Length l = questions_asked(c, next);
        certain.push_back(l.to_certainty);
        if (l.to_proposal > 0) proposed.push_back(l.to_proposal);
    }
    const auto show = [](const char* what, std::vector<std::size_t>& counts) {
        if (counts.empty()) return;
        std::sort(counts.begin(), counts.end());
        double sum = 0;
        for (const std::size_t n : counts) sum += static_cast<double>(n);
        std::printf("   %s mean %5.1f, 95 %% %3zu (%zu calls)", what,
                    sum / static_cast<double>(counts.size()), counts[counts.size() * 95 / 100],
                    counts.size());
    };
    std::printf("%-14s %-34s", cases, order);
    show("to certainty", certain);
    show("to the last change of the proposal", proposed);
    std::printf("\n");
}

}  // namespace

int main() {
    const std::vector<Case> random = random_cases();
    const std::vector<Case> day = simulated_day();
    for (const auto& [name, cases] : {std::pair{"random", &random}, {"simulated day", &day}}) {
        report(name, "chosen: complaint, age, sex, hour", *cases,
               [](const Case& c, const Facts& told, const auto& asked) {
                   return chosen(shipped(), c.hour, told, asked);
               });
        // Facts of one table are read by the other through their texts; both hold the same keys.
        report(name, "chosen: priors alone", *cases,
               [](const Case&, const Facts& told, const auto& asked) {
                   Facts same(unconditioned());
                   for (FindingIndex f = 0; f < told.values().size(); ++f) {
                       if (told.values()[f].state == Tri::unknown) continue;
                       (void)same.set_text(shipped().findings()[f].key, told.text(f)).ok();
                   }
                   return chosen(unconditioned(), std::nullopt, same, asked);
               });
        report(name, "fixed order", *cases, [](const Case&, const Facts& told, const auto& asked) {
            return fixed(told, asked);
        });
    }
}
