// Ages, clocks and keys as people type and read them.

#include <catch2/catch.hpp>

#include "console/keys.h"
#include "console/theme/theme.h"
#include "console/widgets/format.h"
#include "console/widgets/input.h"

using namespace jedel;
using namespace jedel::console;

TEST_CASE("an age is read in years, months, weeks and days of three languages") {
    CHECK(parse_age("34") == 34);
    CHECK(parse_age("0,5") == 0.5);
    CHECK(parse_age("6 мес") == 0.5);
    CHECK(parse_age("6 ай") == 0.5);
    CHECK(parse_age("6m") == 0.5);
    CHECK(*parse_age("10 күн") == Approx(10 / 365.25));
    CHECK(*parse_age("2 нед") == Approx(14 / 365.25));
    CHECK(parse_age("3 жас") == 3);
    CHECK(!parse_age(""));
    CHECK(!parse_age("abc"));
    CHECK(!parse_age("3 кг"));
}

TEST_CASE("a clock reads minutes and seconds, and hours beyond one") {
    CHECK(clock_text(0) == "0:00");
    CHECK(clock_text(187'000) == "3:07");
    CHECK(clock_text(3'727'000) == "1:02:07");
    CHECK(clock_text(-5) == "0:00");
}

TEST_CASE("each chord that works everywhere belongs to one action") {
    for (const ActionKey& a : action_keys()) {
        CHECK(&key_of(a.action) == &a);
        for (const ActionKey& b : action_keys()) {
            if (!a.everywhere || !b.everywhere || &a == &b) continue;
            INFO(a.shown << " " << b.shown);
            CHECK(!(a.press == b.press));
        }
    }
}

TEST_CASE("a press and its release come in frames of their own, in order") {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    InputQueue::map_keys(io);
    InputQueue queue;
    KeyPresses presses;
    const auto tab = static_cast<std::size_t>(Key::tab);
    queue.character('a');
    queue.key_down(Key::tab, no_mods);
    queue.key_up(Key::tab, no_mods);
    queue.key_down(Key::tab, shift);
    queue.feed(io, presses);
    CHECK(presses.all().size() == 1);
    CHECK(io.KeysDown[tab]);
    queue.feed(io, presses);
    CHECK(presses.empty());
    CHECK(!io.KeysDown[tab]);
    queue.feed(io, presses);
    CHECK(presses.take(Key::tab, shift));
    CHECK(queue.empty());
    ImGui::DestroyContext();
}

TEST_CASE("type has glyphs for Kazakh letters, signs, arrows and shapes") {
    ImGui::CreateContext();
    auto fonts = load_fonts(font_folder(), 15);
    REQUIRE(fonts);
    for (const unsigned int c : {0x4D8U, 0x4D9U, 0x492U, 0x493U, 0x49AU, 0x49BU, 0x4A2U, 0x4A3U,
                                 0x4E8U, 0x4E9U, 0x4B0U, 0x4B1U, 0x4AEU, 0x4AFU, 0x4BAU, 0x4BBU,
                                 0x406U, 0x456U, 0x401U, 0x451U, 0x2116U, 0x2014U, 0x2013U, 0x2026U,
                                 0x2190U, 0x2192U, 0x2264U, 0x2265U, 0xB0U, 0xB2U, 0xA9U, 0xD7U,
                                 0x2032U, 0x2713U, 0x25B2U, 0x25B6U, 0xB7U, 0xABU, 0xBBU}) {
        INFO(std::hex << c);
        CHECK(fonts->text->FindGlyphNoFallback(static_cast<ImWchar>(c)) != nullptr);
        CHECK(fonts->bold->FindGlyphNoFallback(static_cast<ImWchar>(c)) != nullptr);
    }
    ImGui::DestroyContext();
}
