// Free text → findings, on complaints of about 100 characters in each language. The target is
// 20 µs a text; the peer in the same run is the bare cost of stemming its words with Snowball.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "dispatch/desk/load_protocol.h"
#include "triage/words/fold.h"
#include "triage/words/stems.h"
#include "triage/words/words.h"

namespace {

using namespace jedel::triage;

constexpr const char* home = JEDEL_SOURCE_DIR;
const std::filesystem::path data = std::filesystem::path{home} / "data";

template <class T>
T loaded(jedel::Result<T> read) {
    if (!read) std::cerr << read.error().text() << '\n', std::exit(1);
    return std::move(*read);
}

const Protocol& protocol() {
    static const Protocol held = loaded(jedel::load_protocol(home));
    return held;
}

const Lexicon& lexicon() {
    static const Lexicon held = loaded(jedel::load_lexicon(protocol(), home));
    return held;
}

const std::string texts[] = {
    "Мужчина 58 лет, давит в груди второй час, отдаёт в левую руку, холодный пот, в сознании, "
    "дышит сам",
    "Әкем 63 жаста, кеудесі қысып ауырып тұр, сол қолына беріліп жатыр, терлеп кетті, есі бар, қан "
    "жоқ",
    "My father is 61, crushing chest pain going down his left arm, he is sweating, awake, no "
    "bleeding..."};

void read_words(benchmark::State& state) {
    const std::string& text = texts[state.range(0)];
    for (auto _ : state) benchmark::DoNotOptimize(lexicon().read(text));
}
BENCHMARK(read_words)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);

/// Every sentence of the tests' development set, whatever its length.
void read_development_set(benchmark::State& state) {
    std::vector<std::string> lines;
    std::size_t bytes = 0;
    for (const char* l : {"kk", "ru", "en"}) {
        std::ifstream in(data / ".." / "tests" / "words" / (std::string{"dev_"} + l + ".jsonl"));
        for (std::string line; std::getline(in, line);) {
            const auto from = line.find("\"complaint\": \"") + 14;
            lines.push_back(line.substr(from, line.find('"', from) - from));
            bytes += lines.back().size();
        }
    }
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(lexicon().read(lines[i++ % lines.size()]));
    state.counters["bytes_mean"] = static_cast<double>(bytes) / static_cast<double>(lines.size());
}
BENCHMARK(read_development_set)->Unit(benchmark::kMicrosecond);

void snowball_alone(benchmark::State& state) {
    words::Tokens tokens;
    words::Snowball snowball;
    for (auto _ : state) {
        words::tokenize(texts[state.range(0)], tokens);
        for (const auto& t : tokens.list)
            if (t.kind == words::TokenKind::word)
                benchmark::DoNotOptimize(state.range(0) == 2 ? snowball.english(tokens.word(t))
                                                             : snowball.russian(tokens.word(t)));
    }
}
BENCHMARK(snowball_alone)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);

void load_lexicon(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(jedel::load_lexicon(protocol(), home).ok());
}
BENCHMARK(load_lexicon)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
