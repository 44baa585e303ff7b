#include "tests/console/room.h"

#include <imgui.h>
#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/core/codec.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/gateway/roster_keeper.h"

namespace jedel::console::test {

namespace {

constexpr LatLon middle{43.25, 76.92};
constexpr double step = 0.01;  // about a kilometre

roads::RoadMap cross_of_streets() {
    roads::RoadMap map;
    map.names = {{},
                 {"проспект Абая", "Абай даңғылы", "проспект Абая", "Abay Avenue", {}},
                 {"улица Сатпаева", "Сәтбаев көшесі", "улица Сатпаева", "Satpayev Street", {}}};
    const auto node = [&](double lat, double lon) {
        map.nodes.push_back(roads::fixed({middle.lat + lat * step, middle.lon + lon * step}));
    };
    node(0, -1), node(0, 0), node(0, 1), node(-1, 0), node(1, 0);
    const auto road = [&](std::uint32_t from, std::uint32_t to, std::uint32_t name) {
        roads::Segment segment;
        segment.from = from;
        segment.to = to;
        segment.length_m = 900;
        segment.road_class = roads::RoadClass::primary;
        segment.name = name;
        map.segments.push_back(segment);
    };
    road(0, 1, 1), road(1, 2, 1), road(3, 1, 2), road(1, 4, 2);
    const auto house = [&](double lat, double lon, std::uint32_t street, const char* number) {
        roads::Place place;
        place.at = roads::fixed({middle.lat + lat * step, middle.lon + lon * step});
        place.street = street;
        place.number = number;
        map.places.push_back(place);
    };
    house(0.05, 0.5, 1, "12"), house(0.5, 0.05, 2, "7");
    return map;
}

Organisation organisation(std::uint64_t id, OrganisationKind kind, const char* name, double lat,
                          double lon) {
    Organisation o;
    o.id = {id};
    o.kind = kind;
    o.name_kk = o.name_ru = o.name_en = name;
    o.place = {middle.lat + lat * step, middle.lon + lon * step};
    return o;
}

Result<ConsoleParts> parts() {
    ConsoleParts out;
    const std::string home = JEDEL_SOURCE_DIR;
    auto texts = TextTable::load(home + "/assets/strings");
    if (!texts) return texts.error();
    out.texts = std::make_shared<TextTable>(std::move(*texts));
    auto protocol = load_protocol(home);
    if (!protocol) return protocol.error();
    auto kept = std::make_shared<triage::Protocol>(std::move(*protocol));
    auto lexicon = load_lexicon(*kept, home);
    if (!lexicon) return lexicon.error();
    auto cards = load_cards(*kept, home);
    if (!cards) return cards.error();
    out.cards = std::make_shared<std::vector<triage::Card>>(std::move(*cards));
    out.protocol = std::move(kept);
    out.lexicon = std::make_shared<triage::Lexicon>(std::move(*lexicon));
    auto tables = load_fleet_tables(home);
    if (!tables) return tables.error();
    out.advice.tables = std::move(*tables);
    out.advice.cover_toml = read_file(home + "/data/law/cover.toml").value();
    auto law = load_law(home + "/data/law");
    if (!law) return law.error();
    out.advice.law = std::shared_ptr<const LawTables>{std::move(*law)};
    out.city = out.advice.city = small_city();
    auto addresses = AddressIndex::build(out.city);
    if (!addresses) return addresses.error();
    out.advice.addresses = std::make_shared<AddressIndex>(std::move(*addresses));
    auto layouts = Layouts::load(home);
    if (!layouts) return layouts.error();
    out.layouts = std::make_shared<const Layouts>(std::move(*layouts));
    out.advice_mode = AdviceWorker::Mode::by_hand;
    // Another one for each session, or a second room on one journal would repeat the first's ids.
    static int session = 0;
    out.command_prefix = "test" + std::to_string(++session);
    out.journal_name = "memory";
    return out;
}

}  // namespace

std::shared_ptr<const City> small_city() {
    auto city = std::make_shared<City>();
    city->name_kk = city->name_ru = city->name_en = "Кіші қала";
    city->made_up = true;
    city->roads = std::make_shared<roads::RoadMap>(cross_of_streets());
    city->low = {middle.lat - step, middle.lon - step};
    city->high = {middle.lat + step, middle.lon + step};
    Organisation polyclinic =
        organisation(2, OrganisationKind::polyclinic, "Поликлиника 1", 0.3, -0.3);
    polyclinic.residents = 40'000;
    polyclinic.service_area = {{middle.lat - 2 * step, middle.lon - 2 * step},
                               {middle.lat - 2 * step, middle.lon + 2 * step},
                               {middle.lat + 2 * step, middle.lon + 2 * step},
                               {middle.lat + 2 * step, middle.lon - 2 * step}};
    Organisation hospital = organisation(3, OrganisationKind::hospital, "Больница 1", 0.9, 0);
    hospital.profiles = {"emergency"};
    city->organisations.all = {organisation(1, OrganisationKind::station, "Станция", 0, -0.9),
                               polyclinic, hospital};
    for (std::uint64_t i = 1; i <= 3; ++i) {
        RosterBrigade brigade;
        brigade.id = {i};
        brigade.name = std::to_string(100 + i);
        brigade.kind = i == 3 ? BrigadeKind::specialised : BrigadeKind::feldsher;
        brigade.base = {1};
        city->organisations.roster.push_back(brigade);
    }
    return city;
}

Room::Room(const RoomOptions& options) {
    clock.ms = from_iso("2026-03-04T05:00:00Z")->ms;  // a Wednesday, 10:00 local
    auto made = parts();
    if (!made) FAIL(made.error().text());
    made->read_rules = options.read_rules;
    if (!options.recommendation_toml.empty()) {
        made->advice.tables.recommendation_toml = options.recommendation_toml;
    }
    if (!options.layouts_fault.empty()) {
        made->layouts = nullptr;
        made->layouts_fault = options.layouts_fault;
    }
    if (!options.cover_toml.empty()) made->advice.cover_toml = options.cover_toml;
    made->draft_path = options.draft_path;
    made->gate = [this](const CommandEnvelope& command) {
        given.push_back(command);
        return !hold_back;
    };
    ImGui::CreateContext();
    has_context_ = true;
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    // As the OpenGL backend says of itself: draw lists may pass 65 536 corners.
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.DisplaySize = {options.width, options.height};
    InputQueue::map_keys(io);
    auto loaded = load_fonts(font_folder(), font_px_for(static_cast<int>(options.height), 1));
    if (!loaded) FAIL(loaded.error().text());
    fonts = *loaded;
    auto journal = open_journal(options.journal);
    if (!journal) FAIL(journal.error().text());
    auto opened = Desk::open(std::move(*journal), {.protocol = made->protocol}, clock);
    if (!opened) FAIL(opened.error().text());
    desk = std::move(*opened);
    const auto city = made->city;
    tell_roster(*desk, *city, clock);
    console = std::make_unique<Console>(std::move(*made), *desk, clock, std::function<void()>{});
    ui().language = options.language;
    ui().theme = options.theme;
    ui().seat = options.seat;
    settle();
}

Room::~Room() {
    console.reset();
    desk.reset();
    leave_context();
}

void Room::leave_context() {
    if (std::exchange(has_context_, false)) ImGui::DestroyContext();
}

void Room::frame() {
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = 1.0F / 60;
    console->feed(io);
    ImGui::NewFrame();
    console->frame(fonts, &recorder);
    ImGui::Render();
}

void Room::settle() {
    // A field takes the keyboard two frames after it was asked to.
    for (int calm = 0; calm < 4;) {
        frame();
        desk->drain();
        console->advice().work();
        calm = console->busy() ? 0 : calm + 1;
    }
}

void Room::press(Key key, int mods) {
    console->input().key_down(key, mods);
    console->input().key_up(key, mods);
    settle();
}

void Room::type(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        unsigned int code = more == 0 ? lead : lead & (0x3FU >> more);
        for (int k = 1; k <= more; ++k) {
            code = (code << 6) |
                   (static_cast<unsigned char>(utf8[i + static_cast<std::size_t>(k)]) & 0x3FU);
        }
        console->input().character(code);
        i += static_cast<std::size_t>(more) + 1;
    }
    settle();
}

bool Room::click(std::string_view name) {
    const Recorded* found = recorder.find(name);
    if (found == nullptr) return false;
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {(found->box.x0 + found->box.x1) / 2, (found->box.y0 + found->box.y1) / 2};
    frame();
    io.MouseDown[0] = true;
    frame();
    io.MouseDown[0] = false;
    settle();
    return true;
}

const Incident* Room::only_call() const {
    held_ = desk->snapshot();
    const auto& rows = held_->state.open.rows();
    return rows.size() == 1 ? rows.front().get() : nullptr;
}

std::vector<std::string> Room::event_kinds() const {
    std::vector<std::string> out;
    desk->post([&](Engine& engine) {
        (void)engine.journal().read(
            0, [&](const JournalEvent& event) { out.emplace_back(kind_of(event.event)); });
    });
    desk->drain();
    return out;
}

std::vector<std::string> cut_words(const Recorder& recorder) {
    std::vector<std::string> out;
    for (const Recorded& item : recorder.items()) {
        if (item.cut) out.push_back(item.name);
    }
    return out;
}

}  // namespace jedel::console::test
