// One owner of the keyboard: no key acts on a thing that is not the one visibly chosen.

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "dispatch/core/codec.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;

namespace {

void take_call(Room& room, const char* words) {
    room.press(Key::f2);
    room.press(Key::enter), room.press(Key::enter);
    room.type("Абая 12");
    room.press(Key::enter);
    room.ui().intake.field = Field::words;
    room.ui().focus.moved = true;
    room.settle();
    room.type(words);
    room.press(Key::tab);
    room.press(Key::enter, ctrl);
}

IncidentId call_no(const Room& room, std::uint32_t number) {
    const auto held = room.now();
    for (const auto& row : held->state.open.rows()) {
        if (row->day_number == number) return row->id;
    }
    FAIL("no such call");
    return {};
}

void send(Room& room) {
    room.press(Key::f3);
    room.press(Key::enter);
}

/// Two calls; the first has brigades 101 and 102 (or whichever come first), both on scene; the
/// course of the first is shown, its second brigade is chosen.
void two_brigades(Room& room) {
    take_call(room, "не дышит");
    take_call(room, "болит живот");
    room.ui().selected = call_no(room, 1);
    room.settle();
    send(room);
    send(room);
    const auto held = room.now();
    const Incident* call = held->state.incident(call_no(room, 1));
    REQUIRE(call->tasks.size() == 2);
    room.press(Key::f5);
    for (int i = 0; i < 2; ++i) {
        for (const int digit : {1, 2, 3}) room.press(digit_key(digit));
        room.press(Key::tab);
    }
    REQUIRE(room.ui().course.brigade == *call->tasks[1].brigade);
}

const Task& service(const Room& room, std::size_t index) {
    static std::shared_ptr<const Snapshot> held;
    held = room.now();
    return held->state.incident(call_no(room, 1))->tasks.at(index);
}

bool gave(const Room& room, std::string_view kind) {
    return std::any_of(room.given.begin(), room.given.end(), [&](const CommandEnvelope& c) {
        return kind_of(c.command) == kind;
    });
}

}  // namespace

TEST_CASE("a question open behind the palette or beside the fleet takes no Enter of theirs") {
    Room room;
    two_brigades(room);
    room.press(digit_key(4));
    REQUIRE(room.ui().course.question.what == CourseAsk::hospital);
    room.given.clear();
    SECTION("palette") {
        room.press(Key::k, ctrl);
        room.type("тем");
        room.press(Key::enter);
        CHECK(room.ui().theme == ThemeKind::dark);
    }
    SECTION("fleet") {
        room.press(Key::f11);
        room.press(Key::enter);
        room.press(Key::down);
        room.press(Key::enter);
    }
    SECTION("queue") {
        room.press(Key::f12);
        room.press(Key::down);
        room.press(Key::enter);
    }
    CHECK_FALSE(gave(room, "report_status"));
    CHECK(!service(room, 0).hospital);
    CHECK(!service(room, 1).hospital);
}

TEST_CASE("going to the next call ends the question; it is never asked of that one") {
    Room room;
    two_brigades(room);
    take_call(room, "авария");
    send(room);  // the third brigade serves the third call
    room.ui().selected = call_no(room, 1);
    room.press(Key::f5);
    room.press(digit_key(4));
    REQUIRE(room.ui().course.question.open());
    room.given.clear();
    for (int i = 0; i < 2; ++i) {
        room.press(Key::down, ctrl);
        CHECK_FALSE(room.ui().course.question.open());
        room.press(Key::enter);
    }
    CHECK(room.given.empty());
}

TEST_CASE("a question about a brigade ends when that brigade is taken off elsewhere") {
    Room room;
    two_brigades(room);
    room.press(Key::r);
    REQUIRE(room.ui().course.question.what == CourseAsk::release);
    const BrigadeId second = room.ui().course.question.brigade;
    CHECK(second == *service(room, 1).brigade);
    const Command off = ReleaseBrigade{call_no(room, 1), second, ReleaseReason::nearer_brigade};
    (void)room.desk->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = off}).get();
    room.given.clear();
    room.settle();
    CHECK_FALSE(room.ui().course.question.open());
    room.press(Key::enter);
    CHECK(room.given.empty());
}

TEST_CASE("each brigade of a call has its own line of times; a status goes to the chosen one") {
    Room room;
    two_brigades(room);
    room.press(digit_key(4));
    room.press(Key::enter);
    CHECK(service(room, 1).left_scene_at().has_value());
    CHECK(!service(room, 0).left_scene_at());
    room.press(Key::up);
    room.press(digit_key(7));
    CHECK(service(room, 0).ended_at().has_value());
    CHECK(!service(room, 1).ended_at());
}

TEST_CASE("the brigade is chosen by Tab, by arrows, by the mouse and from the board") {
    Room room;
    two_brigades(room);
    const BrigadeId first = *service(room, 0).brigade;
    const BrigadeId second = *service(room, 1).brigade;
    const auto name = [&](BrigadeId id) {
        return room.now()->state.brigades.find(id)->name;
    };
    for (const Key key : {Key::tab, Key::down, Key::up, Key::right, Key::left}) {
        const BrigadeId before = room.ui().course.brigade;
        room.press(key);
        CHECK(room.ui().course.brigade == (before == first ? second : first));
    }
    REQUIRE(room.click("serving:" + name(second)));
    CHECK(room.ui().course.brigade == second);
    REQUIRE(room.click("serving:" + name(first)));
    CHECK(room.ui().course.brigade == first);
    room.ui().selected_brigade = second;
    room.press(Key::f11);
    room.press(Key::enter);
    CHECK(room.ui().page == Page::course);
    CHECK(room.ui().course.brigade == second);
    room.press(digit_key(4));
    CHECK(room.ui().course.question.brigade == second);
}

TEST_CASE("what is typed into the question box answers nothing and lands in the words") {
    Room room;
    take_call(room, "плохо");
    room.press(Key::i, ctrl);
    room.ui().intake.field = Field::question;
    room.ui().focus.moved = true;
    room.settle();
    REQUIRE(room.ui().intake.triage.question);
    room.given.clear();
    InputQueue& input = room.console->input();
    for (const char c : std::string_view{"ydn yn dd"}) {
        input.key_down(static_cast<Key>(c - 32), no_mods);
        input.character(static_cast<unsigned char>(c));
        input.key_up(static_cast<Key>(c - 32), no_mods);
    }
    room.settle();
    CHECK_FALSE(gave(room, "record_unanswered"));
    CHECK_FALSE(gave(room, "record_findings"));
    CHECK(room.ui().intake.draft.words == "плохоydn yn dd");
}

TEST_CASE("the question is answered by arrows and Enter, and only the one it was chosen for") {
    Room room;
    take_call(room, "плохо");
    room.press(Key::i, ctrl);
    room.ui().intake.field = Field::question;
    room.ui().focus.moved = true;
    room.settle();
    const auto asked = room.ui().intake.triage.question->finding;
    room.given.clear();
    room.press(Key::enter);  // nothing chosen: goes on to the next field
    CHECK(room.given.empty());
    room.ui().intake.field = Field::question;
    room.ui().focus.moved = true;
    room.settle();
    room.press(Key::right);
    room.press(Key::right);
    room.press(Key::enter);  // no
    REQUIRE(room.ui().intake.triage.question);
    CHECK(room.ui().intake.triage.question->finding != asked);
    const auto answered = room.given.size();
    room.press(Key::enter);  // the next question has no answer chosen
    CHECK(room.given.size() == answered);
}

TEST_CASE("the brigade on the screen is sent, not the one that has moved into its place") {
    Room room;
    take_call(room, "болит живот");
    room.press(Key::f3);
    const auto chosen = room.ui().send.chosen;
    REQUIRE(chosen.has_value());
    // Another desk takes it; the list is made anew before the key comes.
    take_call(room, "авария");
    const auto other = call_no(room, 2);
    room.ui().selected = call_no(room, 1);
    room.press(Key::f3);
    const auto drawn = room.ui().send.chosen;
    const Command taken = AssignBrigade{.incident = other,
                                        .brigade = *drawn,
                                        .seen_version =
                                            room.now()->state.brigades.find(*drawn)->version};
    (void)room.desk->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = taken})
        .get();
    room.given.clear();
    room.press(Key::enter);
    for (const CommandEnvelope& c : room.given) {
        const auto* assign = std::get_if<AssignBrigade>(&c.command);
        if (assign != nullptr) CHECK(assign->brigade == *drawn);  // refused: who was first
    }
    CHECK(room.now()->state.incident(call_no(room, 1))->tasks.empty());
}

TEST_CASE("the choice of another category goes with the call it was opened for") {
    Room room;
    take_call(room, "болит живот");
    take_call(room, "кашель");
    room.press(Key::o, ctrl);
    REQUIRE(room.ui().overlay == Overlay::category);
    room.press(digit_key(1));
    room.given.clear();
    room.press(Key::down, ctrl);  // not while something lies over the queue
    room.ui().selected = call_no(room, 1);  // as a click on the map would
    room.press(Key::enter);
    CHECK(room.ui().overlay == Overlay::none);
    CHECK_FALSE(gave(room, "set_category"));
}

TEST_CASE("a key that is held down does its thing once") {
    Room room;
    InputQueue& input = room.console->input();
    input.key_down(Key::f2, no_mods);
    for (int i = 0; i < 23; ++i) input.key_repeat(Key::f2, no_mods);
    input.key_up(Key::f2, no_mods);
    room.settle();
    CHECK(room.now()->state.open.size() == 1);
    input.key_down(Key::x, no_mods);
    input.character('x');
    for (int i = 0; i < 4; ++i) {
        input.key_repeat(Key::backspace, no_mods);
    }
    input.key_up(Key::backspace, no_mods);
    room.settle();
    CHECK(room.ui().intake.draft.phone.empty());  // editing goes on repeating
}

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
