// Every key in every place: whatever is pressed acts on what is visibly chosen.

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/console/keyboard.h"

using namespace jedel;
using namespace jedel::console;
using namespace jedel::console::test;

namespace {

struct Where {
    Area area;
    Page page;
    Overlay overlay;
    CourseAsk ask;
};

std::vector<Where> places() {
    std::vector<Where> out;
    constexpr std::array asks{CourseAsk::nothing, CourseAsk::hospital, CourseAsk::release};
    for (const Page page :
         {Page::intake, Page::send, Page::course, Page::outcome, Page::after,
          Page::elsewhere}) {
        for (const CourseAsk ask : asks) {
            if (ask != CourseAsk::nothing && page != Page::course) continue;
            for (const Area area : {Area::queue, Area::card, Area::map, Area::fleet}) {
                out.push_back({area, page, Overlay::none, ask});
            }
            for (const Overlay overlay :
                 {Overlay::palette, Overlay::help, Overlay::notices, Overlay::category,
                  Overlay::paper, Overlay::definitions, Overlay::roads, Overlay::watch,
                  Overlay::cover, Overlay::staffing}) {
                out.push_back({Area::card, page, overlay, ask});
            }
        }
    }
    return out;
}

std::vector<KeyPress> every_key() {
    std::vector<KeyPress> out;
    for (int code = 'A'; code <= 'Z'; ++code) {
        for (const int mods : {0, 1, 2}) out.push_back({static_cast<Key>(code), mods});
    }
    for (int digit = 0; digit <= 9; ++digit) {
        for (const int mods : {0, 2}) out.push_back({digit_key(digit), mods});
        out.push_back({static_cast<Key>(320 + digit), no_mods});
    }
    for (const Key key : {Key::space, Key::tab, Key::enter, Key::pad_enter, Key::backspace,
                          Key::del, Key::left, Key::right, Key::up, Key::down, Key::home,
                          Key::end, Key::page_up, Key::page_down, Key::minus, Key::equal}) {
        for (const int mods : {0, 1, 2}) out.push_back({key, mods});
    }
    for (const ActionKey& row : action_keys()) {
        if (std::find(out.begin(), out.end(), row.press) == out.end()) out.push_back(row.press);
    }
    return out;
}

bool letter_or_digit(const KeyPress& press) {
    const int code = static_cast<int>(press.key);
    const bool sign = (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
                      (code >= 320 && code <= 329);
    return sign && (press.mods & ctrl) == 0;
}

/// The number after `"name":` in a command's line; nothing: it names none.
std::optional<std::uint64_t> named(const std::string& line, const std::string& name) {
    const std::string key = "\"" + name + "\":";
    const auto at = line.find(key);
    if (at == std::string::npos) return std::nullopt;
    return std::strtoull(line.c_str() + at + key.size(), nullptr, 10);
}

/// The brigade that is visibly chosen where the keys go; none: no key may name one.
std::optional<BrigadeId> chosen_brigade(const UiState& ui, KeyOwner owner) {
    switch (owner) {
        case KeyOwner::fleet: return ui.selected_brigade;
        case KeyOwner::send: return ui.send.chosen;
        case KeyOwner::course: return ui.course.brigade;
        case KeyOwner::question: return ui.course.question.brigade;
        default: return std::nullopt;
    }
}

}  // namespace

TEST_CASE("every key in every place: no command for what is not visibly chosen") {
    Room room;
    two_brigades(room);
    room.hold_back = true;
    const IncidentId shown = call_no(room, 1);
    const BrigadeId second = *service(room, 1).brigade;
    room.ui().selected_brigade = *service(room, 0).brigade;
    std::size_t given = 0;
    for (const Where& where : places()) {
        UiState& ui = room.ui();
        ui.area = where.area;
        ui.page = where.page;
        ui.overlay = where.overlay;
        ui.category.incident = shown;
        ui.course.question = {};
        if (where.ask != CourseAsk::nothing) {
            ui.course.question = {.what = where.ask, .incident = shown, .brigade = second};
        }
        ui.intake.field = Field::question;
        ui.focus.moved = true;
        for (int i = 0; i < 3; ++i) room.frame();
        const UiState before = ui;
        const KeyOwner owner = ui.keyboard.owner();
        for (const KeyPress& press : every_key()) {
            room.given.clear();
            room.console->input().key_down(press.key, press.mods);
            room.console->input().key_up(press.key, press.mods);
            for (int i = 0; i < 3; ++i) room.frame();
            for (const CommandEnvelope& command : room.given) {
                const std::string line = encode_command(command);
                INFO("page " << static_cast<int>(where.page) << " area "
                             << static_cast<int>(where.area) << " overlay "
                             << static_cast<int>(where.overlay) << " ask "
                             << static_cast<int>(where.ask) << " key "
                             << static_cast<int>(press.key) << "+" << press.mods << ": " << line);
                ++given;
                const auto incident = named(line, "incident");
                CHECK((!incident || *incident == shown.value));
                if (const auto brigade = named(line, "brigade")) {
                    const auto chosen = chosen_brigade(before, owner);
                    CHECK(chosen.has_value());
                    CHECK((chosen && chosen->value == *brigade));
                }
                const bool acts = owner == KeyOwner::course || owner == KeyOwner::question ||
                                  owner == KeyOwner::outcome || owner == KeyOwner::fleet ||
                                  owner == KeyOwner::elsewhere;
                CHECK((acts || !letter_or_digit(press)));
                // Behind an overlay nothing of the call is done.
                const bool own = std::holds_alternative<SetCategory>(command.command) ||
                                 std::holds_alternative<SignText>(command.command) ||
                                 std::holds_alternative<ReceiveCall>(command.command);
                CHECK((owner != KeyOwner::overlay || own));
            }
            ui = before;
        }
    }
    CHECK(given > 100);  // the sweep does meet commands
}
