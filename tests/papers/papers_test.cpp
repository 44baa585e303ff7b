// What stands on the papers, in every language, and that all of it is drawn.

#include "room.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "base/toml_row.h"
#include "dispatch/papers/measure.h"
#include "dispatch/papers/words.h"

using namespace papers_test;

namespace {

/// The lines of each cell stand below each other: joined by their left edge, page after page.
bool holds(const std::vector<paper::Page>& pages, const std::string& wanted) {
    const std::string text = packed(paper::printable(wanted));
    if (text.empty()) return true;
    std::map<int, std::string> columns;
    for (const paper::Page& page : pages) {
        for (const paper::Placed& placed : page.texts) {
            columns[static_cast<int>(placed.x * 100)] += packed(placed.text);
        }
    }
    return std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
        return column.second.find(text) != std::string::npos;
    });
}

std::string cut_off(const std::vector<paper::Page>& pages) {
    std::string found;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        const auto& texts = pages[p].texts;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const paper::Placed& a = texts[i];
            const bool out = a.width > a.room + 0.5 || a.x < paper::margin - 0.01 ||
                             a.y < paper::margin - 0.01 ||
                             a.x + a.width > pages[p].width - paper::margin + 0.5 ||
                             a.y + a.height > pages[p].height - paper::margin + 0.5;
            if (out) found += std::to_string(p + 1) + ": " + a.text + "\n";
            for (std::size_t j = i + 1; j < texts.size(); ++j) {
                const paper::Placed& b = texts[j];
                if (a.x < b.x + b.width - 0.1 && b.x < a.x + a.width - 0.1 &&
                    a.y < b.y + b.height - 0.1 && b.y < a.y + a.height - 0.1) {
                    found += std::to_string(p + 1) + ": " + a.text + " over " + b.text + "\n";
                }
            }
        }
    }
    return found;
}

/// Letters that no font of the machine has.
int missing_glyphs(const std::vector<paper::Page>& pages) {
    const auto context = paper::make_context();
    int missing = 0;
    for (const paper::Page& page : pages) {
        for (const paper::Placed& placed : page.texts) {
            const auto layout = paper::make_layout(context.get(), placed.text, placed.style);
            missing += pango_layout_get_unknown_glyphs_count(layout.get());
        }
    }
    return missing;
}

}  // namespace

TEST_CASE("every paper is whole on its pages, in every language") {
    Told t;
    fill(t);
    for (const Language language : all_languages) {
        for (const paper::Paper& p : all_papers(t, language)) {
            const auto pages = pages_of({p}, language);
            INFO(name_of(language) << " " << p.title);
            CHECK(cut_off(pages) == "");
            CHECK(missing_glyphs(pages) == 0);
            for (const std::string& text : texts_of(p)) {
                INFO(text);
                CHECK(holds(pages, text));
                CHECK(text.find("[form.") == std::string::npos);
                CHECK(text.find("{") == std::string::npos);
            }
        }
    }
}

TEST_CASE("what is long goes on: on the next line, on the next page, and nothing is lost") {
    Told t;
    std::string words;
    for (int i = 0; i < 900; ++i) words += "сөз" + std::to_string(i) + " ";
    words += std::string(700, 'w') + "\x01\x1b[31m";  // one word wider than any page; signs
    fill(t, words);
    for (int i = 0; i < 60; ++i) {
        t.tell(ReceiveCall{.personal = {.address = "Көше " + std::to_string(i), .words = words}});
    }
    for (const paper::Paper& p : all_papers(t, Language::kk)) {
        const auto pages = pages_of({p}, Language::kk);
        INFO(p.title);
        CHECK(cut_off(pages) == "");
        for (const paper::Page& page : pages) CHECK(page.texts.size() > 2);  // the foot and more
    }
    const auto card = pages_of({paper::call_card(t.room(Language::kk), t.incident(1))},
                               Language::kk);
    CHECK(card.size() > 2);
    const std::string whole = packed(paper::printable(words));
    std::string drawn;
    for (const paper::Page& page : card) {
        for (const paper::Placed& placed : page.texts) {
            if (placed.style == paper::Style::value && placed.room > 500) {
                drawn += packed(placed.text);
            }
        }
    }
    CHECK(drawn.find(whole) != std::string::npos);
}

TEST_CASE("a card says what is known of a call") {
    Told t;
    fill(t);
    const paper::Paper card = paper::call_card(t.room(Language::ru), t.incident(1));
    CHECK(value_of(card, "Номер вызова") == "№ 1 · 02.03.2026");
    CHECK(value_of(card, "Вызов принят") == "02.03.2026 09:00:00");
    CHECK(value_of(card, "Телефон") == "+7 700 000 00 01");
    CHECK(value_of(card, "Кто звонит") == "Сынақ Шақырушы, тот, кто рядом");
    CHECK(value_of(card, "Адрес") == "Абай 12, 5-пәтер");
    CHECK(value_of(card, "Как найти") == "2-подъезд, домофон 5К");
    CHECK(value_of(card, "Имя, фамилия") == "Сынақов Науқас");
    CHECK(value_of(card, "ИИН") == "991231500016");
    CHECK(value_of(card, "Беременность, нед") == "не относится");
    CHECK(value_of(card, "Категория срочности") == "Категория 2");
    CHECK(value_of(card, "Опасность для бригады").starts_with("Собака"));
    CHECK(value_of(card, "Чем закончился вызов").starts_with("Доставлен в больницу: "));
    CHECK(value_of(card, "Что есть") != "неизвестно");
    CHECK(value_of(card, "Чего нет") != "<none>");
    // The seven times and those beside them, from the first to the last.
    const auto& state = t.engine().state();
    for (const auto& row : paper::times_of(state, *t.incident(1), t.incident(1)->tasks.front())) {
        INFO(row.name);
        CHECK(row.at.has_value() == (row.name != "form.next_call"));
    }
}

TEST_CASE("what is not known says so and is never left empty") {
    Told t;
    fill(t);
    for (const Language language : all_languages) {
        const std::string unknown = texts(language)("value.unknown");
        const paper::Room room = t.room(language);
        const paper::Paper card = paper::call_card(room, t.incident(2));
        for (const char* name : {"field.phone", "field.caller_name", "field.address",
                                 "field.directions", "form.coordinates", "field.count",
                                 "form.words", "field.patient_name", "field.age", "field.sex",
                                 "form.iin", "field.weeks", "form.insurance", "form.attached",
                                 "form.service_area", "form.category", "form.findings_yes",
                                 "form.ending", "form.hospital", "form.zone"}) {
            INFO(name_of(language) << " " << name);
            CHECK(value_of(card, texts(language)(name)) == unknown);
        }
        for (const paper::Paper& p :
             {paper::visits(room, whole_day(t)), paper::shift_log(room, whole_day(t))}) {
            for (const paper::Block& block : p.blocks) {
                const auto* grid = std::get_if<paper::Grid>(&block);
                if (grid == nullptr) continue;
                for (const auto& row : grid->rows) {
                    REQUIRE(row.size() == grid->columns.size());
                    // The last cell of a visit is for the hand that made it.
                    const std::size_t said = grid->columns.back().name ==
                                                     texts(language)("form.visit_done")
                                                 ? row.size() - 1
                                                 : row.size();
                    for (std::size_t c = 0; c < said; ++c) CHECK(row[c] != "");
                }
            }
        }
    }
}

TEST_CASE("a blank card asks for the same fields and knows nothing") {
    Told t;
    fill(t);
    const paper::Room room = t.room(Language::kk);
    const paper::Paper blank = paper::call_card(room, nullptr);
    for (const paper::Block& block : blank.blocks) {
        if (const auto* field = std::get_if<paper::Field>(&block)) {
            INFO(field->name);
            CHECK_FALSE(field->value.has_value());
        }
    }
    const auto pages = pages_of({blank}, Language::kk);
    std::size_t lines = 0;
    for (const paper::Page& page : pages) lines += page.strokes.size();
    CHECK(lines > 40);
}

TEST_CASE("lists hold what belongs to them") {
    Told t;
    fill(t);
    const paper::Room room = t.room(Language::ru);
    const auto rows = [](const paper::Paper& p) {
        std::size_t count = 0;
        for (const paper::Block& block : p.blocks) {
            if (const auto* grid = std::get_if<paper::Grid>(&block)) count += grid->rows.size();
        }
        return count;
    };
    paper::Span span = whole_day(t);
    CHECK(rows(paper::shift_log(room, span)) == 2);
    CHECK(rows(paper::visits(room, span)) == 1);
    span.organisation = OrganisationId{302};
    CHECK(rows(paper::visits(room, span)) == 0);
    span.organisation = OrganisationId{301};
    CHECK(rows(paper::visits(room, span)) == 1);
    span.until = morning - std::chrono::minutes{1};
    CHECK(rows(paper::shift_log(room, span)) == 0);
    // The pack: one call is open, and it stands there with nobody sent; then the blank cards.
    const auto pack = paper::paper_pack(room);
    REQUIRE(pack.size() == 1 + static_cast<std::size_t>(settings().blank_cards));
    const auto all = texts_of(pack.front());
    for (const char* text : {"Открытые вызовы: 1", "Никто не направлен", "103", "112"}) {
        INFO(text);
        CHECK(std::find(all.begin(), all.end(), text) != all.end());
    }
    for (const Organisation& one : city().organisations.all) {
        INFO(one.name_ru);
        CHECK(std::find(all.begin(), all.end(), one.name_ru) != all.end());
    }
}

TEST_CASE("every word of the papers is used, and every word they ask for is there") {
    std::string code;
    for (const auto& entry : std::filesystem::directory_iterator{source + "/dispatch/papers"}) {
        std::ifstream file{entry.path()};
        code += std::string{std::istreambuf_iterator<char>{file}, {}};
    }
    const auto strings = read_toml(source + "/assets/strings/papers.toml").value();
    const std::set<std::string> by_code{"form.title", "form.channel", "form.relation",
                                        "form.profile"};
    for (const auto& [key, node] : strings) {
        const std::string name{key.str()};
        INFO(name);
        const bool coded = by_code.contains(name.substr(0, name.rfind('.')));
        CHECK((coded || code.find('"' + name + '"') != std::string::npos));
    }
    const std::regex asked{"\"([a-z_]+\\.[a-z0-9_]+)\""};
    for (std::sregex_iterator it{code.begin(), code.end(), asked}, end; it != end; ++it) {
        const std::string name = (*it)[1];
        if (name.ends_with(".toml") || name.ends_with(".h") || by_code.contains(name)) continue;
        INFO(name);
        CHECK(texts(Language::kk).has(name));
    }
    for (const auto name : EnumNames<Channel>::names) {
        CHECK(texts(Language::kk).has("form.channel." + std::string{name}));
    }
    for (const Organisation& one : city().organisations.all) {
        if (one.kind != OrganisationKind::hospital) continue;
        for (const std::string& profile : one.profiles) {
            CHECK(texts(Language::kk).has("form.profile." + profile));
        }
    }
}
