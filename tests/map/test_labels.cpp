#include <catch2/catch.hpp>

#include "console/map/label_sources.h"
#include "console/map/labels.h"
#include "headless.h"

using namespace jedel;
using namespace jedel::console;
using jedel::test::small_city;

namespace {

std::array<float, 2> seven_px_a_byte(LabelKind, std::string_view text) {
    return {7.0F * static_cast<float>(text.size()) / 2, 13};
}

LabelBook book_of(std::shared_ptr<const City> city, Language language = Language::ru) {
    return LabelBook(std::move(city), Projection(test::small_city_middle), language,
                     seven_px_a_byte, 1);
}

constexpr MapBox everything{-20000, -20000, 20000, 20000};

}  // namespace

TEST_CASE("no two labels meet at any zoom") {
    const auto city = small_city(40);
    auto book = book_of(city);
    std::size_t most = 0;
    for (double m = 0.3; m < 40; m *= 1.23) {
        std::vector<Label> labels;
        book.seen({-2500, -2500, 2500, 2500}, m, labels);
        most = std::max(most, labels.size());
        std::vector<std::array<MapPoint, 4>> boxes;
        for (const auto& l : labels) boxes.push_back(label_box(l, m, 0));
        std::string meeting;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            for (std::size_t k = i + 1; k < boxes.size(); ++k) {
                if (!boxes_meet(boxes[i], boxes[k])) continue;
                meeting = std::string{labels[i].text} + " / " + std::string{labels[k].text};
            }
        }
        INFO("at " << m << " m a pixel");
        CHECK(meeting.empty());
    }
    CHECK(most > 100);
}

TEST_CASE("street names lie along their street and are never upside down") {
    auto book = book_of(small_city(20));
    std::vector<Label> labels;
    book.seen(everything, 2, labels);
    std::size_t level = 0, upright = 0;
    for (const auto& l : labels) {
        if (l.kind != LabelKind::street && l.kind != LabelKind::small_street) continue;
        CHECK(std::abs(l.angle) <= 1.5708F);
        if (l.angle == 0) ++level;
        if (std::abs(l.angle) > 1.5F) ++upright;
    }
    CHECK(level > 5);
    CHECK(upright > 5);
}

TEST_CASE("labels keep their places while the map is panned and within a zoom band") {
    auto book = book_of(small_city(20));
    std::vector<Label> whole, part;
    book.seen(everything, 2.1, whole);
    book.seen({0, 0, 500, 500}, 2.3, part);
    REQUIRE(LabelBook::band_of(2.1) == LabelBook::band_of(2.3));
    REQUIRE_FALSE(part.empty());
    for (const auto& l : part) {
        CHECK(std::any_of(whole.begin(), whole.end(), [&](const Label& w) {
            return w.text == l.text && w.at == l.at && w.angle == l.angle;
        }));
    }
}

TEST_CASE("house numbers come only when near, districts only when far") {
    auto book = book_of(small_city());
    const auto count = [&](double m, LabelKind kind) {
        std::vector<Label> labels;
        book.seen(everything, m, labels);
        return std::count_if(labels.begin(), labels.end(),
                             [kind](const Label& l) { return l.kind == kind; });
    };
    CHECK(count(0.4, LabelKind::house) > 0);
    CHECK(count(3, LabelKind::house) == 0);
    CHECK(count(10, LabelKind::district) == 1);
    CHECK(count(0.4, LabelKind::district) == 0);
}

TEST_CASE("names come in the language of the screen, else as the signs have them") {
    const roads::Name name{"улица Абая", "Абай көшесі", "", "", {}};
    CHECK(name_in(name, Language::kk) == "Абай көшесі");
    CHECK(name_in(name, Language::ru) == "улица Абая");
    CHECK(name_in(name, Language::en) == "улица Абая");
    const auto city = small_city();
    const Projection projection(test::small_city_middle);
    const auto first = [&](Language language) {
        const auto sources = label_sources(*city, projection, language);
        REQUIRE_FALSE(sources.streets.empty());
        return sources.streets.front().text;
    };
    CHECK(first(Language::kk).find("к-сі") != std::string::npos);
    CHECK(first(Language::ru).find("ул. Абая") == 0);
    CHECK(first(Language::en).find("St") != std::string::npos);
}

TEST_CASE("street types are shortened, names that are nothing else are not") {
    CHECK(shortened("улица Абая", Language::ru) == "ул. Абая");
    CHECK(shortened("Достық даңғылы", Language::kk) == "Достық даңғ.");
    CHECK(shortened("Набережная", Language::ru) == "Набережная");
    CHECK(shortened("улица", Language::ru) == "улица");
    CHECK(shortened("Переулочная", Language::ru) == "Переулочная");
}

TEST_CASE("a city without roads has no labels but those of its organisations") {
    auto city = std::make_shared<City>(*small_city());
    city->roads = nullptr;
    auto book = book_of(city);
    std::vector<Label> labels;
    book.seen(everything, 2, labels);
    CHECK(labels.size() == 2);
}
