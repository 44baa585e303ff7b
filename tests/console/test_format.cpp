// Ages, clocks and keys as people type and read them.

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <string>

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

TEST_CASE("an age is a whole word of a unit, and is never rounded over a border") {
    CHECK(!parse_age("34 муж"));
    CHECK(!parse_age("34 мүмкін"));
    CHECK(parse_age("8 МЕС.") == 8.0 / 12);
    CHECK(parse_age("11 месяцев") == 11.0 / 12);
    const AgeWords ru{"мес", "дн"};
    CHECK(age_text(34, ru) == "34");
    CHECK(age_text(3.97, ru) == "3.9");
    CHECK(age_text(2.96, ru) == "35 мес");
    CHECK(age_text(11.96 / 12, ru) == "11 мес");
    CHECK(age_text(0.99 / 12, ru) == "30 дн");
    for (int months = 1; months < 36; ++months) {
        if (months % 12 == 0 && months >= 24) continue;
        CHECK(age_text(months / 12.0, ru) == std::to_string(months) + " мес");
    }
    for (int days = 1; days < 30; ++days) {
        CHECK(age_text(days / 365.25, ru) == std::to_string(days) + " дн");
    }
    // Whatever is typed and written again is never older than it was said.
    for (double years = 0.003; years < 100; years += 0.0137) {
        const auto again = parse_age(age_text(years, ru));
        REQUIRE(again.has_value());
        CHECK(*again <= years + 1e-6);
        CHECK(std::floor(*again) == std::floor(years + 1e-7));
    }
}

namespace {

double luminance(ImU32 colour) {
    double out = 0;
    constexpr std::array<double, 3> share{0.2126, 0.7152, 0.0722};
    constexpr std::array<int, 3> shift{IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT};
    for (std::size_t i = 0; i < 3; ++i) {
        const double c = ((colour >> shift[i]) & 0xFFU) / 255.0;
        out += share[i] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return out;
}

double contrast(ImU32 a, ImU32 b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace

TEST_CASE("every ink of a theme is read on every ground it may lie on") {
    for (const ThemeKind kind : {ThemeKind::light, ThemeKind::dark}) {
        const Theme t = Theme::of(kind);
        for (const ImU32 ground : {t.ground, t.panel, t.raised, t.chosen, t.alarm_ground}) {
            for (const ImU32 ink : {t.text, t.dim, t.focus, t.alarm, t.notice, t.good}) {
                INFO(name_of(kind) << " " << std::hex << ink << " on " << ground);
                CHECK(contrast(ink, ground) >= 4.5);
            }
        }
        for (int i = 0; i < 5; ++i) CHECK(contrast(t.urgency_ink[i], t.urgency[i]) >= 4.5);
    }
}
