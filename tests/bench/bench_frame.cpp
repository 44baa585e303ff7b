// CPU time to build a frame with 2 000 open calls and 500 brigades, without a window: everything
// but the driver's drawing. Peer in the same run: ImGui's own demo window, a frame of a small tool.

#include <benchmark/benchmark.h>
#include <imgui.h>

#include "console/console.h"
#include "console/startup.h"
#include "dispatch/desk/load_protocol.h"

namespace {

using namespace jedel;
using namespace jedel::console;

constexpr int calls = 2000;
constexpr int brigades = 500;

class StillClock final : public ClockPort {
public:
    [[nodiscard]] Instant now() const override { return {at.ms}; }
    Instant at = *from_iso("2026-03-04T05:00:00Z");
};

std::shared_ptr<const City> city_for_bench() {
    if (const char* folder = std::getenv("JEDEL_CITY")) {
        if (auto loaded = load_city(folder)) return *loaded;
    }
    if (auto loaded = load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training"))
        return *loaded;
    auto city = std::make_shared<City>();
    city->roads = std::make_shared<roads::RoadMap>();
    city->low = {43.2, 76.8};
    city->high = {43.3, 77.0};
    return city;
}

void populate(Desk& desk, const City& city) {
    const auto give = [&](Command command) {
        CommandEnvelope envelope;
        envelope.actor = "bench";
        envelope.seat = Seat::system;
        envelope.command = std::move(command);
        desk.submit(std::move(envelope));
    };
    const auto place = [&](int i) {
        const double x = (i * 37 % 1000) / 1000.0;
        const double y = (i * 91 % 1000) / 1000.0;
        return LatLon{city.low.lat + (city.high.lat - city.low.lat) * x,
                      city.low.lon + (city.high.lon - city.low.lon) * y};
    };
    for (int i = 1; i <= brigades; ++i) {
        RegisterBrigade b;
        b.brigade = {static_cast<std::uint64_t>(i)};
        b.name = std::to_string(100 + i);
        b.base = {1};
        b.base_place = place(i);
        give(b);
        ReportStatus s;
        s.brigade = b.brigade;
        s.status = BrigadeStatus::free_at_base;
        give(s);
    }
    for (int i = 1; i <= calls; ++i) {
        ReceiveCall call;
        call.personal.address = "улица Первая, " + std::to_string(i);
        call.personal.words = "боль в груди";
        give(call);
        RecordIntake intake;
        intake.incident = {static_cast<std::uint64_t>(i)};
        intake.lat = place(i + 7).lat;
        intake.lon = place(i + 7).lon;
        intake.age_years = 20 + i % 60;
        give(intake);
        SetCategory category;
        category.incident = intake.incident;
        category.category = static_cast<Category>(1 + i % 4);
        category.reason = OverrideReason::clinical_judgement;
        category.words = "bench";
        give(category);
    }
    desk.drain();
}

struct Bench {
    Bench() {
        const std::string home = JEDEL_SOURCE_DIR;
        ConsoleParts parts;
        parts.city = parts.advice.city = city_for_bench();
        parts.texts =
            std::make_shared<TextTable>(TextTable::load(home + "/assets/strings").value());
        parts.protocol = std::make_shared<triage::Protocol>(load_protocol(home).value());
        parts.lexicon =
            std::make_shared<triage::Lexicon>(load_lexicon(*parts.protocol, home).value());
        parts.advice.tables = load_fleet_tables(home).value();
        parts.advice_mode = AdviceWorker::Mode::by_hand;
        desk = Desk::open(open_journal("sqlite::memory:").value(),
                          {.protocol = parts.protocol}, clock)
                   .value();
        populate(*desk, *parts.city);
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        // As the OpenGL backend says of itself: draw lists may pass 65 536 corners.
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        io.DisplaySize = {1920, 1080};
        InputQueue::map_keys(io);
        fonts = *load_fonts(font_folder(), font_px_for(1080, 1));
        console =
            std::make_unique<Console>(std::move(parts), *desk, clock, std::function<void()>{});
        console->ui().selected = {1000};
    }
    void frame() {
        ImGuiIO& io = ImGui::GetIO();
        io.DeltaTime = 1.0F / 60;
        console->feed(io);
        ImGui::NewFrame();
        console->frame(fonts);
        ImGui::Render();
    }
    StillClock clock;
    std::unique_ptr<Desk> desk;
    std::unique_ptr<Console> console;
    Fonts fonts;
};

Bench& bench() {
    static Bench one;  // a benchmark program: one room for all measurements
    return one;
}

void console_frame(benchmark::State& state) {
    Bench& room = bench();
    for (int i = 0; i < 5; ++i) room.frame();
    for (auto _ : state) {
        room.clock.at.ms += 16;
        room.frame();
    }
    state.counters["open"] = static_cast<double>(room.desk->snapshot()->state.open.size());
    state.counters["brigades"] = static_cast<double>(room.desk->snapshot()->state.brigades.size());
}
BENCHMARK(console_frame)->Unit(benchmark::kMillisecond);

/// The same when every frame brings a new snapshot: the queue is sorted anew.
void console_frame_new_snapshot(benchmark::State& state) {
    Bench& room = bench();
    std::uint64_t turn = 0;
    for (auto _ : state) {
        state.PauseTiming();
        ++turn;
        CommandEnvelope envelope;
        envelope.actor = "bench";
        envelope.seat = Seat::system;
        RecordIntake intake;
        intake.incident = {turn % calls + 1};
        intake.age_years = static_cast<double>(turn % 90) + 0.5;
        envelope.command = intake;
        room.desk->submit(std::move(envelope));
        room.desk->drain();
        room.clock.at.ms += 16;
        state.ResumeTiming();
        room.frame();
    }
}
BENCHMARK(console_frame_new_snapshot)->Unit(benchmark::kMillisecond);

void imgui_demo_window(benchmark::State& state) {
    (void)bench();
    for (auto _ : state) {
        ImGui::GetIO().DeltaTime = 1.0F / 60;
        ImGui::NewFrame();
        ImGui::ShowDemoWindow();
        ImGui::Render();
    }
}
BENCHMARK(imgui_demo_window)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
