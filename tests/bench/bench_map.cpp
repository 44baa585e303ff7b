// What a frame of the map costs the CPU. The peer is ImGui itself given the same seen pieces of
// road as lines of its own draw list, which is what one gets without buffers of one's own.

#include <benchmark/benchmark.h>
#include <imgui.h>

#include <cmath>
#include <cstdio>
#include <random>

#include "base/install.h"
#include "console/map/chains.h"
#include "console/map/labels.h"
#include "console/map/map_view.h"
#include "console/map/style.h"
#include "dispatch/city/generate.h"

using namespace jedel;
using namespace jedel::console;

namespace {

/// A grid of at least 250 000 segments, every tenth street named.
std::shared_ptr<const City> large_city() {
    auto map = generate_grid(135'000, 1);
    for (int i = 1; i <= 400; ++i) {
        roads::Name name;
        name.any = name.ru = "улица " + std::to_string(i) + "-я Линия";
        map.names.push_back(name);
    }
    for (std::size_t i = 0; i < map.segments.size(); ++i) {
        if (i / 400 % 3 != 0) continue;
        const std::size_t name = map.names.size() - 400 + i / 400 % 400;
        map.segments[i].name = static_cast<std::uint32_t>(name);
    }
    auto city = std::make_shared<City>();
    city->roads = std::make_shared<const roads::RoadMap>(std::move(map));
    city->attribution = "© OpenStreetMap contributors";
    return city;
}

const std::shared_ptr<const City>& city() {
    static const std::shared_ptr<const City> made = large_city();
    return made;
}

/// ImGui without a window; a renderer is claimed, so that the ground's callback is recorded too.
class Frames {
public:
    Frames()
        : table_(load_texts()), texts_(table_, Language::ru),
          theme_(Theme::of(ThemeKind::light)) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {1920, 1080};
        io.MousePos = {-1, -1};
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        io.BackendRendererUserData = this;
        fonts_ = load_fonts(font_folder(), 18).value();
        unsigned char* pixels = nullptr;
        int w = 0, h = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
    }
    Frames(const Frames&) = delete;
    Frames& operator=(const Frames&) = delete;
    ~Frames() {
        ImGui::GetIO().BackendRendererUserData = nullptr;
        ImGui::DestroyContext();
    }
    MapInput input() const {
        MapInput in;
        in.theme = &theme_, in.fonts = &fonts_, in.texts = &texts_;
        return in;
    }
    static void begin() {
        ImGui::GetIO().DeltaTime = 1.0F / 60;
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({1920, 1080});
        ImGui::Begin("map", nullptr, ImGuiWindowFlags_NoDecoration);
    }
    static void end() {
        ImGui::End();
        ImGui::Render();
    }

private:
    static TextTable load_texts() {
        const std::string path = std::string{JEDEL_SOURCE_DIR} + "/assets/strings/map.toml";
        const StringsFile file{path, read_file(path).value()};
        return TextTable::parse({&file, 1}).value();
    }
    TextTable table_;
    Texts texts_;
    Theme theme_;
    Fonts fonts_;
};

struct Things {
    std::vector<MapCall> calls;
    std::vector<MapBrigade> brigades;
};

Things things(std::size_t calls, std::size_t brigades) {
    std::mt19937 random(7);
    const auto& nodes = city()->roads->nodes;
    Things out;
    for (std::size_t i = 0; i < calls; ++i) {
        MapCall c;
        c.id = {i + 1}, c.place = nodes[random() % nodes.size()].degrees();
        c.category = static_cast<Category>(1 + random() % 4), c.late = random() % 8 == 0;
        c.label = "№17";
        out.calls.push_back(c);
    }
    for (std::size_t i = 0; i < brigades; ++i) {
        MapBrigade b;
        b.id = {i + 1}, b.place = nodes[random() % nodes.size()].degrees();
        b.status = static_cast<BrigadeStatus>(random() % 12);
        b.heading_deg = random() % 360, b.fix_age_s = random() % 90, b.label = "101";
        out.brigades.push_back(b);
    }
    return out;
}

/// Only what the map adds to the frame is timed: `draw`, not ImGui's own frame.
void frame(benchmark::State& state, double metres_per_px, std::size_t calls,
           std::size_t brigades) {
    Frames frames;
    MapView view;
    view.set_city(city());
    auto in = frames.input();
    const Things all = things(calls, brigades);
    in.calls = all.calls, in.brigades = all.brigades;
    const auto draw = [&] {
        frames.begin();
        view.draw(in, 1920, 1080);
        frames.end();
    };
    draw();
    view.centre_on(view.centre(), metres_per_px);
    draw();
    double sway = 1;
    for ([[maybe_unused]] auto _ : state) {
        state.PauseTiming();
        frames.begin();
        view.pan_by(7 * sway, 3 * sway);
        sway = -sway;
        state.ResumeTiming();
        view.draw(in, 1920, 1080);
        state.PauseTiming();
        frames.end();
        state.ResumeTiming();
    }
    const auto& f = view.figures();
    state.counters["segments"] = static_cast<double>(city()->roads->segments.size());
    state.counters["seen_pieces"] = static_cast<double>(f.drawn_pieces);
    state.counters["runs"] = static_cast<double>(f.drawn_runs);
    state.counters["labels"] = static_cast<double>(f.drawn_labels);
    state.counters["ground_builds"] = static_cast<double>(f.ground_builds);
}

void frame_whole_city(benchmark::State& state) { frame(state, 40, 0, 0); }
void frame_district(benchmark::State& state) { frame(state, 6, 0, 0); }
void frame_streets(benchmark::State& state) { frame(state, 1, 0, 0); }
void frame_whole_city_busy(benchmark::State& state) { frame(state, 40, 2000, 500); }
BENCHMARK(frame_whole_city)->Unit(benchmark::kMicrosecond);
BENCHMARK(frame_district)->Unit(benchmark::kMicrosecond);
BENCHMARK(frame_streets)->Unit(benchmark::kMicrosecond);
BENCHMARK(frame_whole_city_busy)->Unit(benchmark::kMicrosecond);

/// The peer: the seen roads as lines of ImGui's draw list.
void frame_whole_city_by_imgui_lines(benchmark::State& state) {
    Frames frames;
    const auto ground = build_ground(*city()->roads);
    Camera camera;
    camera.set_size(1920, 1080);
    camera.set_bounds(ground->box, ground->core);
    camera.jump_to({0, 0}, 40);
    PaintPlan plan;
    plan_ground(*ground, camera, MapPalette::light(), 1, {}, plan);
    for ([[maybe_unused]] auto _ : state) {
        state.PauseTiming();
        frames.begin();
        state.ResumeTiming();
        auto& list = *ImGui::GetWindowDrawList();
        for (const auto& paint : plan.paints) {
            if (paint.from != Paint::From::pieces) continue;
            for (std::uint32_t r = 0; r < paint.run_count; ++r) {
                const Run run = plan.runs[paint.first_run + r];
                for (auto i = run.first; i < run.first + run.count; ++i) {
                    const auto& piece = ground->pieces[i];
                    const auto a = camera.to_screen({piece.a.x, piece.a.y});
                    const auto b = camera.to_screen({piece.b.x, piece.b.y});
                    list.AddLine({static_cast<float>(a.x), static_cast<float>(a.y)},
                                 {static_cast<float>(b.x), static_cast<float>(b.y)}, paint.colour,
                                 paint.width_px);
                }
            }
        }
        state.PauseTiming();
        frames.end();
        state.ResumeTiming();
    }
}
BENCHMARK(frame_whole_city_by_imgui_lines)->Unit(benchmark::kMicrosecond);

void cut_ground(benchmark::State& state) {
    const auto& map = *city()->roads;
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(build_ground(map));
    state.counters["segments"] = static_cast<double>(map.segments.size());
}
BENCHMARK(cut_ground)->Unit(benchmark::kMillisecond)->Iterations(3);

/// The first look at a new place and zoom: names are placed then.
void first_labels(benchmark::State& state) {
    const Projection projection = build_ground(*city()->roads)->projection;
    const auto measure = [](LabelKind, std::string_view text) {
        return std::array<float, 2>{4.0F * static_cast<float>(text.size()), 13};
    };
    LabelBook book(city(), projection, Language::ru, measure, 1);
    std::vector<Label> out;
    float x = -9000;
    for ([[maybe_unused]] auto _ : state) {
        book.seen({x, -540, x + 1920, 540}, 1, out);
        x += 6000;
    }
    benchmark::DoNotOptimize(out);
    state.counters["labels"] = static_cast<double>(out.size());
}
BENCHMARK(first_labels)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace

BENCHMARK_MAIN();
