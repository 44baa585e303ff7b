// Real windows under a virtual display: every page at two sizes, in three languages, in both
// themes. The pictures are left in the build folder to be looked at.

#include <array>
#include <filesystem>
#include <set>

#include <catch2/catch.hpp>
#include <stb_image.h>

#include "console/shell/window.h"
#include "tests/console/room.h"
#include "tests/screens/display.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::cut_words;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;
using jedel::console::test::VirtualDisplay;

namespace {

constexpr std::array<std::array<int, 2>, 2> sizes{{{1280, 720}, {1920, 1080}}};

/// Three calls: one on its way, one late, one being taken.
void populate(Room& room) {
    const auto call = [&](const char* address, const char* age, const char* words) {
        room.press(Key::f2);
        room.type("0000000");
        room.press(Key::enter);
        room.type(words);
        room.press(Key::enter);
        room.type(address);
        room.press(Key::enter);
        room.type(age);
        room.press(Key::tab);
        room.press(Key::right);
        room.press(Key::tab);
    };
    call("Абая 12", "54", "боль в груди, холодный пот");
    for (int i = 0; i < 12 && room.ui().intake.triage.evaluation.proposed == Category::none; ++i) {
        room.press(Key::digit_1, ctrl);
    }
    room.press(Key::enter, ctrl);
    room.clock.pass(40);
    room.press(Key::f3);
    room.press(Key::enter);
    room.clock.pass(30);
    room.press(Key::digit_1);
    call("Сатпаева 7", "2", "температура 39, сыпь");
    room.clock.pass(400);
    call("Абая 12", "34", "болит живот");
    room.clock.pass(75);
}

struct PageCase {
    const char* name;
    Page page;
    Overlay overlay;
};
constexpr std::array<PageCase, 13> pages{{{"intake", Page::intake, Overlay::none},
                                         {"send", Page::send, Overlay::none},
                                         {"course", Page::course, Overlay::none},
                                         {"outcome", Page::outcome, Overlay::none},
                                         {"after", Page::after, Overlay::none},
                                         {"elsewhere", Page::elsewhere, Overlay::none},
                                         {"watch", Page::intake, Overlay::watch},
                                         {"palette", Page::intake, Overlay::palette},
                                         {"help", Page::intake, Overlay::help},
                                         {"category", Page::intake, Overlay::category},
                                         {"plan", Page::intake, Overlay::cover},
                                         {"staffing", Page::intake, Overlay::staffing},
                                         {"messages", Page::intake, Overlay::notices}}};

void open(Room& room, const PageCase& page) {
    room.ui().page = page.page;
    room.ui().overlay = page.overlay;
    room.ui().category.incident = room.ui().selected;
    room.ui().area = Area::card;
    room.ui().focus.moved = true;
}

std::string folder() {
    const std::string path = std::string{JEDEL_BINARY_DIR} + "/screens";
    std::filesystem::create_directories(path);
    return path + "/";
}

/// Colours of the picture, as many as differ; an empty window has one or two.
std::size_t colours_of(const std::string& file, int& width, int& height) {
    int channels = 0;
    unsigned char* pixels = stbi_load(file.c_str(), &width, &height, &channels, 3);
    if (pixels == nullptr) return 0;
    std::set<unsigned int> seen;
    const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    for (std::size_t i = 0; i < count; i += 7) {
        seen.insert(pixels[3 * i] << 16U | pixels[3 * i + 1] << 8U | pixels[3 * i + 2]);
    }
    stbi_image_free(pixels);
    return seen.size();
}

constexpr std::array<const char*, 24> moments{
    "similar",  "help",   "paper",    "release",   "door",      "map",     "draw",      "roads",
    "cover",    "plan",   "staffing", "relook",    "watch",     "clock",   "override",  "correct",
    "time-was", "advice", "danger",   "aviation",  "hospitals", "companion", "refusal", "seat"};
constexpr int first_by_key = 11;  // from here on `open_by_key` brings the room there

/// Closes the road under the middle of the map for a day, then slows a longer piece; leaves a
/// third one in the drawing.
void draw_roads(Room& room) {
    for (const int effect : {1, 3, 2}) {
        room.press(Key::d, ctrl);
        room.press(Key::left);
        room.press(Key::space);
        if (effect != 1) room.press(Key::page_down);
        room.press(static_cast<Key>(48 + effect));
        room.press(Key::r);
        room.press(Key::u, shift);
        if (effect != 2) room.press(Key::enter);
        room.clock.pass(900);
    }
    REQUIRE(room.now()->state.road_changes.size() == 2);
    REQUIRE(room.ui().map.tools.drawing);
}

/// Roads coloured by cover, one brigade of unknown status left out.
void show_cover(Room& room) {
    room.press(Key::f8);
    room.press(Key::m);
    room.press(Key::g, ctrl);
    BrigadeId silent;
    for (const auto& b : room.now()->state.brigades.rows()) {
        if (is_free(*b)) silent = b->id;
    }
    const Command lost = ReportStatus{.brigade = silent, .status = BrigadeStatus::unknown};
    (void)room.desk->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = lost})
        .get();
    room.settle();
    REQUIRE(room.console->advice().reach()->unknown == 1);
}

/// Pages and lists with a key of their own, on the call whose brigade is on its way.
void open_by_key(Room& room, std::string_view name, IncidentId first) {
    if (name == "relook") return room.press(Key::f3, shift);
    if (name == "watch") return room.press(Key::insert);
    if (name == "clock") return room.press(Key::f12, shift);
    if (name == "override") {
        room.press(Key::f3);
        room.press(Key::down);
        room.press(Key::enter);
        return;
    }
    if (name == "seat") {
        room.press(Key::f4);
        room.press(Key::enter);
        room.ui().seat = Seat::polyclinic_desk;
        room.ui().organisation = OrganisationId{2};
        room.settle();
        return;
    }
    room.ui().selected = first;
    if (name == "correct" || name == "time-was") {
        room.press(Key::f5);
        room.press(Key::e);
        if (name == "time-was") room.press(Key::enter);
        return;
    }
    room.press(Key::f7, shift);
    constexpr std::array<std::string_view, 6> sections{"advice",    "danger",    "aviation",
                                                       "hospitals", "companion", "refusal"};
    for (std::size_t i = 0; sections[i] != name; ++i) room.press(Key::right);
}

/// Brings the room to one of `moments`.
void go_to(Room& room, int moment) {
    populate(room);
    const IncidentId first = room.now()->state.open.rows().front()->id;
    REQUIRE(!room.ui().intake.similar.hints.empty());
    if (moment == 1) {
        room.ui().intake.field = Field::words;
        room.ui().focus.moved = true;
        room.settle();
        room.type(" не дышит");
        room.press(Key::b, ctrl);
        REQUIRE(help_shown(room.ui()));
    }
    if (moment == 2) {
        room.press(Key::f2, shift);
        room.press(Key::enter);
        REQUIRE(room.ui().paper.bad);
    }
    if (moment < 3) return;
    if (moment >= first_by_key) {
        return open_by_key(room, moments[static_cast<std::size_t>(moment)], first);
    }
    if (moment == 6 || moment == 7) {
        draw_roads(room);
        if (moment == 7) room.press(Key::l, ctrl);
        return;
    }
    if (moment == 8) {
        show_cover(room);
        return;
    }
    if (moment >= 9) {
        const BrigadeId one = room.now()->state.brigades.rows().back()->id;
        const Command ask = MoveToPost{.brigade = one, .post = "2", .place = {51.1, 71.4},
                                       .gain = 0.043};
        (void)room.desk->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = ask})
            .get();
        room.settle();
        room.press(moment == 9 ? Key::f8 : Key::f11, shift);
        return;
    }
    if (moment == 5) {
        room.press(Key::f8);
        room.press(Key::a);
        REQUIRE(room.ui().map.areas);
        return;
    }
    room.ui().selected = first;
    room.press(Key::f5);
    if (moment == 3) {
        room.press(Key::r);
        REQUIRE(room.ui().course.question.what == CourseAsk::release);
        return;
    }
    for (const int digit : {2, 3, 4}) room.press(static_cast<Key>(48 + digit));
    room.press(Key::enter);
    room.press(static_cast<Key>(48 + 5));
    room.clock.pass(65);
    room.press(Key::z);
    const Task* assignment = room.now()->state.incident(first)->first_brigade_at_work();
    REQUIRE(assignment != nullptr);
    REQUIRE(assignment->zone == TriageZone::red);
}

}  // namespace

TEST_CASE("no word of the program is cut on any page, in any language, at either size") {
    for (const auto& size : sizes) {
        Room room{RoomOptions{.width = static_cast<float>(size[0]),
                              .height = static_cast<float>(size[1])}};
        populate(room);
        for (const Language language : all_languages) {
            room.ui().language = language;
            for (const auto& call : room.now()->state.open.rows()) {
                room.ui().selected = call->id;
                for (const PageCase& page : pages) {
                    open(room, page);
                    room.settle();
                    for (const std::string& words : cut_words(room.recorder)) {
                        UNSCOPED_INFO(size[0] << " " << name_of(language) << " " << page.name
                                              << ": " << words);
                        CHECK(words.empty());
                    }
                }
            }
        }
    }
}

TEST_CASE("what comes up by itself fits too: help, similar calls, reasons, the hospital's door") {
    const VirtualDisplay display;
    REQUIRE(display.running());
    for (const auto& size : sizes) {
        for (int state = 0; state < static_cast<int>(moments.size()); ++state) {
            Room room{RoomOptions{.width = static_cast<float>(size[0]),
                                  .height = static_cast<float>(size[1]),
                                  .seat = Seat::senior_doctor}};
            const char* name = moments[static_cast<std::size_t>(state)];
            go_to(room, state);
            for (const Language language : all_languages) {
                room.ui().language = language;
                room.settle();
                for (const std::string& words : cut_words(room.recorder)) {
                    UNSCOPED_INFO(size[0] << " " << name_of(language) << " " << name << ": "
                                          << words);
                    CHECK(words.empty());
                }
            }
            room.ui().language = size[0] == 1280 ? Language::kk : Language::ru;
            room.ui().theme = size[0] == 1280 ? ThemeKind::light : ThemeKind::dark;
            room.leave_context();
            WindowOptions options;
            options.width = size[0];
            options.height = size[1];
            options.title = "screens";
            auto window = Window::open(options);
            if (!window) FAIL(window.error().text());
            const std::string file = folder() + std::to_string(size[0]) + "-" + name + ".png";
            const auto done = (*window)->screenshot(*room.console, file, 4, &room.recorder);
            if (!done) FAIL(done.error().text());
            int width = 0;
            int height = 0;
            CHECK(colours_of(file, width, height) > 20);
        }
    }
}

TEST_CASE("the window draws every language, size and theme as a full picture") {
    const VirtualDisplay display;
    REQUIRE(display.running());
    Room room;
    populate(room);
    room.leave_context();
    for (const auto& size : sizes) {
        WindowOptions options;
        options.width = size[0];
        options.height = size[1];
        options.title = "screens";
        auto window = Window::open(options);
        if (!window) FAIL(window.error().text());
        int turn = 0;
        for (const Language language : all_languages) {
            for (const ThemeKind theme : {ThemeKind::light, ThemeKind::dark}) {
                // Each combination shows another page, so that all are seen at both sizes.
                const PageCase& page = pages[static_cast<std::size_t>(turn++)];
                open(room, page);
                room.ui().language = language;
                room.ui().theme = theme;
                const std::string file = folder() + std::to_string(size[0]) + "-" +
                                         std::string{name_of(language)} + "-" +
                                         std::string{name_of(theme)} + "-" + page.name + ".png";
                const auto done = (*window)->screenshot(*room.console, file, 6, &room.recorder);
                if (!done) FAIL(done.error().text());
                int width = 0;
                int height = 0;
                CHECK(colours_of(file, width, height) > 20);
                CHECK(width == size[0]);
                CHECK(height == size[1]);
                CHECK(cut_words(room.recorder).empty());
            }
        }
    }
}
