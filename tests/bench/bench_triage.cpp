// The rule table for one call and the next question (bench_interview: how many); the same rules in
// CLIPS beside them. The table is the shipped one.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "base/install.h"
#include "triage/compiled.h"
#include "triage/interview.h"

#ifdef JEDEL_WITH_CLIPS
// Of <clips/clips.h>, which puts names such as Facts into the global scope.
extern "C" {
void* CreateEnvironment();
int DestroyEnvironment(void*);
int EnvBuild(void*, const char*);
void EnvReset(void*);
void* EnvAssertString(void*, const char*);
long long EnvRun(void*, long long);
void* EnvFindDefglobal(void*, const char*);
void EnvGetDefglobalValueForm(void*, char*, std::size_t, void*);
}
#endif

// Counts what the measured code allocates.
static std::size_t allocations = 0;
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* p = std::malloc(size)) return p;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

using namespace jedel;
using namespace jedel::triage;

const Protocol& shipped() {
    static const Protocol protocol = [] {
        const auto file = [](const std::string& name) {
            const std::string path = JEDEL_SOURCE_DIR "/data/protocol/" + name;
            const auto text = read_file(path);
            return Protocol::File{path, text ? *text : std::string{}};
        };
        const std::vector<Protocol::File> rules{file("u1.toml"), file("u2.toml"), file("u3.toml"),
                                                file("u4.toml")};
        auto parsed = Protocol::parse(file("findings.toml"), rules);
        if (!parsed) {
            std::fprintf(stderr, "%s\n", parsed.error().text().c_str());
            std::exit(1);
        }
        return std::move(*parsed);
    }();
    return protocol;
}

void say(Facts& facts, FindingIndex f, std::mt19937& random, double factor) {
    const Finding& finding = shipped().findings()[f];
    if (facts.known(f)) return;
    const auto pick = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    if (finding.type == FindingType::boolean) {
        facts.set(f, std::bernoulli_distribution(std::min(0.95, finding.prior * factor))(random)
                         ? Tri::yes : Tri::no);
    } else if (finding.type == FindingType::choice) {
        facts.set_choice(f, pick(finding.choices.size()));
    } else if (!finding.typical.empty()) {
        facts.set_number(f, finding.typical[pick(finding.typical.size())]);
    }
    if (facts.contradictory()) facts.clear(f);
}

// One complaint that a caller names, by how common it is, and everything else by its prior.
struct Case {
    Facts truth, said;
};
Case any_case(std::mt19937& random) {
    Case out{Facts(shipped()), Facts(shipped())};
    std::vector<double> weights;
    for (const Finding& f : shipped().findings()) {
        weights.push_back(f.type == FindingType::boolean && !f.modifier ? f.prior : 0);
    }
    const auto complaint = static_cast<FindingIndex>(
        std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(random));
    out.truth.set(complaint, Tri::yes);
    out.said.set(complaint, Tri::yes);
    const FindingIndex age = *shipped().find("age_years"), sex = *shipped().find("sex");
    for (const FindingIndex f : {age, sex}) {
        say(out.truth, f, random, 1);
        (void)out.said.set_text(shipped().findings()[f].key, out.truth.text(f)).ok();
    }
    for (FindingIndex f = 0; f < shipped().findings().size(); ++f) say(out.truth, f, random, 0.25);
    return out;
}

std::vector<Facts> some_calls(std::size_t count) {
    std::mt19937 random(1);
    std::vector<Facts> out;
    while (out.size() < count) {
        Case c = any_case(random);
        for (int i = 0; i < 10; ++i) {
            const auto f = std::uniform_int_distribution<std::size_t>(
                0, shipped().findings().size() - 1)(random);
            const FindingIndex index = static_cast<FindingIndex>(f);
            (void)c.said.set_text(shipped().findings()[f].key, c.truth.text(index)).ok();
        }
        out.push_back(std::move(c.said));
    }
    return out;
}

void evaluate_one_call(benchmark::State& state) {
    const auto calls = some_calls(256);
    std::size_t i = 0;
    const std::size_t before = allocations;
    for (auto _ : state) benchmark::DoNotOptimize(evaluate(shipped(), calls[i++ % calls.size()]));
    state.counters["allocations"] = static_cast<double>(allocations - before);
}
BENCHMARK(evaluate_one_call)->Unit(benchmark::kNanosecond);

void record_answers_and_evaluate(benchmark::State& state) {
    const auto calls = some_calls(256);
    std::size_t i = 0;
    for (auto _ : state) {
        const auto values = calls[i++ % calls.size()].values();
        Facts fresh(shipped());
        for (FindingIndex f = 0; f < values.size(); ++f) {
            if (values[f].state == Tri::unknown) continue;
            if (shipped().findings()[f].type == FindingType::boolean) {
                fresh.set(f, values[f].state);
            } else {
                fresh.set_number(f, values[f].number);
            }
        }
        benchmark::DoNotOptimize(evaluate(shipped(), fresh));
    }
}
BENCHMARK(record_answers_and_evaluate)->Unit(benchmark::kNanosecond);

void next_question_of_a_call(benchmark::State& state) {
    const auto calls = some_calls(64);
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(next_question(shipped(), calls[i++ % calls.size()]));
    }
}
BENCHMARK(next_question_of_a_call)->Unit(benchmark::kMicrosecond);

// The longest: one complaint and nothing else known.
void next_question_at_the_start(benchmark::State& state) {
    Facts facts(shipped());
    facts.set(*shipped().find("weakness"), Tri::yes);
    for (auto _ : state) benchmark::DoNotOptimize(next_question(shipped(), facts));
}
BENCHMARK(next_question_at_the_start)->Unit(benchmark::kMicrosecond);

#ifdef JEDEL_WITH_CLIPS
// The same entailments and the same terms for the proposal alone (not the range: a charity to the
// peer). Facts are (yes ATOM) and (no ATOM); the best category is kept in a global.
class Clips {
public:
    Clips() : environment_(CreateEnvironment()) {
        const Protocol::Impl& impl = shipped().impl();
        build("(defglobal ?*best* = 9)");
        int number = 0;
        for (const Entailment& e : impl.entailments) {
            follows(number++, fact(e.from, e.from_value), fact(e.to, e.to_value));
            follows(number++, fact(e.to, !e.to_value), fact(e.from, !e.from_value));
        }
        for (const auto& row : impl.support.rows()) {
            std::string left;
            for (const Literal l : impl.support.literals(row)) {
                const bool yes = ask_of(l) == Ask::yes || ask_of(l) == Ask::not_yes;
                const bool absent = ask_of(l) == Ask::not_yes || ask_of(l) == Ask::not_no;
                left += absent ? "(not " + fact(atom_of(l), yes) + ")" : fact(atom_of(l), yes);
            }
            const std::string category = std::to_string(static_cast<int>(row.category));
            rule(number++, left, "(bind ?*best* (min ?*best* " + category + "))");
        }
    }
    ~Clips() { DestroyEnvironment(environment_); }
    Clips(const Clips&) = delete;
    Clips& operator=(const Clips&) = delete;

    static std::vector<std::string> facts_of(const Facts& facts) {
        const Protocol::Impl& impl = shipped().impl();
        std::vector<std::string> out;
        for (FindingIndex f = 0; f < impl.findings.size(); ++f) {
            const auto& v = facts.values()[f];
            if (v.state == Tri::unknown) continue;
            for (const AtomIndex a : impl.atoms_of_finding[f]) {
                const bool boolean = impl.findings[f].type == FindingType::boolean;
                out.push_back(fact(a, boolean ? v.state == Tri::yes
                                              : atom_value(impl.atoms[a], v.number)));
            }
            if (impl.findings[f].type == FindingType::boolean) continue;
            for (const FindingIndex wider : impl.findings[f].within) {
                out.push_back(fact(impl.atoms_of_finding[wider].front(), true));
            }
        }
        return out;
    }

    int best(const std::vector<std::string>& facts) {
        EnvReset(environment_);
        for (const std::string& f : facts) EnvAssertString(environment_, f.c_str());
        EnvRun(environment_, -1);
        char text[64] = {};
        EnvGetDefglobalValueForm(environment_, text, sizeof text,
                                 EnvFindDefglobal(environment_, "best"));
        return text[std::string_view(text).size() - 1] - '0';  // "?*best* = 2"
    }

private:
    static std::string fact(AtomIndex a, bool value) {
        return std::string(value ? "(yes a" : "(no a") + std::to_string(a) + ")";
    }
    void rule(int number, const std::string& left, const std::string& right) {
        build("(defrule r" + std::to_string(number) + " " + left + " => " + right + ")");
    }
    // What follows is drawn before any category, so that "not said" means so.
    void follows(int number, const std::string& left, const std::string& right) {
        rule(number, "(declare (salience 10)) " + left, "(assert " + right + ")");
    }
    void build(const std::string& text) {
        if (EnvBuild(environment_, text.c_str()) == 0) {
            std::fprintf(stderr, "CLIPS refused %s\n", text.c_str());
            std::exit(1);
        }
    }
    void* environment_;
};

int best_supported(const Facts& facts) {
    const TermTable& support = shipped().impl().support;
    const Lookup lookup(facts.closed());
    for (const auto& row : support.rows()) {
        if (lookup.holds(support.literals(row))) return static_cast<int>(row.category);
    }
    return 9;
}

void clips_proposes_for_one_call(benchmark::State& state) {
    Clips clips;
    const auto calls = some_calls(256);
    std::vector<std::vector<std::string>> facts;
    for (const Facts& call : calls) {
        facts.push_back(Clips::facts_of(call));
        if (clips.best(facts.back()) != best_supported(call)) {
            state.SkipWithError("CLIPS and the table disagree");
            return;
        }
    }
    using Clock = std::chrono::steady_clock;
    std::size_t i = 0;
    std::chrono::nanoseconds theirs{0}, ours{0};
    for (auto _ : state) {
        const std::size_t call = i++ % calls.size();
        const auto start = Clock::now();
        benchmark::DoNotOptimize(clips.best(facts[call]));
        const auto middle = Clock::now();
        for (int n = 0; n < 16; ++n) benchmark::DoNotOptimize(evaluate(shipped(), calls[call]));
        const auto end = Clock::now();
        theirs += middle - start;
        ours += (end - middle) / 16;
        state.SetIterationTime(std::chrono::duration<double>(middle - start).count());
    }
    state.counters["times_evaluate"] =
        static_cast<double>(theirs.count()) / static_cast<double>(std::max<long>(1, ours.count()));
}
BENCHMARK(clips_proposes_for_one_call)->Unit(benchmark::kMicrosecond)->UseManualTime();
#endif

}  // namespace

BENCHMARK_MAIN();
