// Vital words however they are typed: every slip of every phrase, by ear, run together, torn apart,
// on other keys; and what nobody can read.
#include <array>
#include <cstdio>
#include <set>

#include "base/letters.h"
#include "tests/words/lexicon_files.h"
#include "triage/words/fold.h"

namespace jedel::test {
namespace {

using triage::Category;

std::u32string letters_of(std::string_view utf8) {
    std::u32string out;
    for (std::size_t i = 0; i < utf8.size();) out += next_letter(utf8, i);
    return out;
}

std::string utf8_of(const std::u32string& letters) {
    std::string out;
    for (const char32_t c : letters) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            out += static_cast<char>(0xC0 | (c >> 6));
            out += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return out;
}

/// The keys beside a key, of either layout.
std::u32string beside(char32_t c) {
    static const std::array<std::u32string_view, 6> rows{
        U"йцукенгшщзхъ", U"фывапролджэ", U"ячсмитьбю", U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};
    std::u32string out;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto at = rows[r].find(c);
        if (at == std::u32string_view::npos) continue;
        if (at > 0) out += rows[r][at - 1];
        if (at + 1 < rows[r].size()) out += rows[r][at + 1];
        if (r % 3 > 0 && at < rows[r - 1].size()) out += rows[r - 1][at];
        if (r % 3 < 2 && at < rows[r + 1].size()) out += rows[r + 1][at];
    }
    return out;
}

/// What is mixed up by ear and by keyboards without Kazakh letters.
std::u32string alike(char32_t c) {
    static const std::array<std::u32string_view, 17> groups{
        U"оаө", U"еиэ", U"ыиі", U"аә", U"бп", U"вф", U"гкғқ", U"дт", U"жш", U"зс", U"шщ", U"уүұ",
        U"нң", U"хһ", U"eiy", U"ckq", U"sz"};
    std::u32string out;
    for (const auto group : groups)
        if (group.find(c) != std::u32string_view::npos)
            for (const char32_t x : group)
                if (x != c) out += x;
    return out;
}

std::set<std::string> slips_of(const std::string& phrase) {
    const std::u32string p = letters_of(phrase);
    std::set<std::string> out;
    const auto add = [&](const std::u32string& s) { out.insert(utf8_of(s)); };
    for (std::size_t i = 0; i < p.size(); ++i) {
        add(p.substr(0, i) + p.substr(i + 1));                 // left out; words run together
        add(p.substr(0, i + 1) + p.substr(i));                 // twice
        if (i + 1 < p.size()) {
            std::u32string swapped = p;
            std::swap(swapped[i], swapped[i + 1]);
            add(swapped);
        }
        if (i > 0 && p[i] != U' ' && p[i - 1] != U' ')
            add(p.substr(0, i) + U' ' + p.substr(i));          // torn apart
        if (p[i] == U' ') continue;
        for (const char32_t x : beside(p[i]) + alike(p[i])) {
            std::u32string typed = p;
            typed[i] = x;
            add(typed);
        }
    }
    return out;
}

Category whole(const std::string& text) { return proposed(text, {}, both_readers()); }

/// One word that stands for itself: "crowning" is no slip of "drowning".
bool another_word(const std::string& text) {
    const auto marks = both_readers().read(text);
    return text.find(' ') == std::string::npos && !marks.empty() &&
           std::none_of(marks.begin(), marks.end(),
                        [](const triage::Mark& m) { return m.guessed; });
}

bool harmless(Category c) { return c == Category::u3 || c == Category::u4; }

}  // namespace

TEST_CASE("every vital form gives its finding as it stands") {
    const auto forms = lexicon().vital_forms();
    CHECK(forms.size() >= 200);
    std::set<std::string> languages;
    for (const auto& form : forms) {
        CAPTURE(form.text, form.finding);
        languages.insert(form.language);
        CHECK(said(form.text, form.finding) == "yes");
    }
    CHECK(languages.size() == 3);
}

// A slip is never less urgent than what was meant, unless it is not understood and said to be so.
TEST_CASE("no slip of a vital phrase is harmless") {
    int phrases = 0;
    int slips = 0;
    int open = 0;
    int low = 0;
    int others = 0;
    for (const auto& form : lexicon().vital_forms()) {
        const Category meant = whole(form.text);
        if (harmless(meant)) continue;
        ++phrases;
        for (const std::string& slip : slips_of(form.text)) {
            ++slips;
            const Category got = whole(slip);
            open += got == Category::none;
            if (!harmless(got)) continue;
            if (another_word(slip)) {
                ++others;
                continue;
            }
            ++low;
            std::printf("  low: %s (%s) U%d\n", slip.c_str(), form.text.c_str(),
                        static_cast<int>(got));
        }
    }
    std::printf("slips: %d of %d phrases, %d too low, %d not yet known\n", slips, phrases, low,
                open);
    CHECK(phrases >= 200);
    CHECK(others <= 10);
    CHECK(low == 0);
    CHECK(100 * open <= 25 * slips);
}

TEST_CASE("no slip of a vital phrase beside harmless words is harmless") {
    int slips = 0;
    int low = 0;
    const std::array<std::array<const char*, 2>, 10> beside_words{{
        {"дедушка задыхается", "температура 37"}, {"ребёнок не дышит", "кашель"},
        {"муж без сознания", "болит спина"}, {"у мамы судороги", "насморк"},
        {"мужчина упал в обморок", "ушиб руки"}, {"бабушку парализовало", "давление 150"},
        {"анам есінен танып қалды", "басы ауырады"}, {"балам дем алмай жатыр", "жөтеледі"},
        {"he is not breathing", "runny nose"}, {"my father is unconscious", "back pain"}}};
    for (const auto& [vital, with] : beside_words) {
        REQUIRE_FALSE(harmless(whole(std::string{vital} + ", " + with)));
        for (const std::string& slip : slips_of(vital)) {
            for (const std::string& text : {slip + ", " + with, std::string{with} + ", " + slip}) {
                ++slips;
                const Category got = whole(text);
                if (!harmless(got)) continue;
                ++low;
                std::printf("  low: %s U%d\n", text.c_str(), static_cast<int>(got));
            }
        }
    }
    std::printf("slips beside harmless words: %d, %d too low\n", slips, low);
    CHECK(low == 0);
}

namespace {

/// Slips of one word that keep its beginning: a letter by ear, left out, twice.
std::vector<std::string> slips_of_word(const std::u32string& word) {
    std::vector<std::string> out;
    const std::size_t middle = word.size() / 2;
    for (std::size_t i = 1; i < word.size(); ++i) {
        const std::u32string others = alike(word[i]);
        if (others.empty()) continue;
        std::u32string heard = word;
        heard[i] = others[0];
        out.push_back(utf8_of(heard));
        break;
    }
    out.push_back(utf8_of(word.substr(0, middle) + word.substr(middle + 1)));
    out.push_back(utf8_of(word.substr(0, middle + 1) + word.substr(middle)));
    return out;
}

}  // namespace

TEST_CASE("two slips, one in each word of a vital phrase, are seldom harmless") {
    int all = 0;
    int open = 0;
    int read = 0;
    std::set<std::string> low;
    for (const auto& form : lexicon().vital_forms()) {
        const Category meant = whole(form.text);
        if (harmless(meant)) continue;
        std::vector<std::u32string> words(1);
        for (const char32_t c : letters_of(form.text)) {
            if (c == U' ') words.emplace_back();
            else words.back() += c;
        }
        for (std::size_t x = 0; x < words.size(); ++x) {
            for (std::size_t y = x + 1; y < words.size(); ++y) {
                if (words[x].size() < 4 || words[y].size() < 4) continue;
                for (const std::string& first : slips_of_word(words[x])) {
                    for (const std::string& second : slips_of_word(words[y])) {
                        std::string text;
                        for (std::size_t k = 0; k < words.size(); ++k)
                            text += (k > 0 ? " " : "") +
                                    (k == x ? first : k == y ? second : utf8_of(words[k]));
                        const Category got = whole(text);
                        ++all;
                        open += got == Category::none;
                        read += got == meant;
                        if (harmless(got) && !another_word(text)) low.insert(text);
                    }
                }
            }
        }
    }
    for (const std::string& text : low) std::printf("  low: %s\n", text.c_str());
    std::printf("two slips: %d, %d as meant, %d not yet known, %zu too low\n", all, read, open,
                low.size());
    CHECK(all > 1500);
    CHECK(40 * low.size() <= static_cast<std::size_t>(all));
    CHECK(5 * read >= 4 * all);
    for (const char* text : {"балит серце", "серце балит"}) CHECK_FALSE(harmless(whole(text)));
}

TEST_CASE("words written by ear, run together or torn apart are read, and shown as guessed") {
    for (const auto& [text, finding] : std::vector<std::pair<const char*, const char*>>{
             {"не дишит", "not_breathing"}, {"нее дышит", "not_breathing"},
             {"нееее дышит", "not_breathing"}, {"бес сознания", "unconscious"},
             {"бзе сознания", "unconscious"}, {"бессознания", "unconscious"},
             {"дедушка задыхаетсся", "breathless"}, {"задыхаеться", "breathless"},
             {"задыхаетца", "breathless"}, {"задихается", "breathless"},
             {"павесился", "strangulation"}, {"падавился", "choking"}, {"ражает", "labour"},
             {"воды атошли", "labour"}, {"судо роги", "convulsions"},
             {"ne dyshit rebenok", "not_breathing"}, {"есинен танып калды", "unconscious"}}) {
        CAPTURE(text, finding);
        CHECK(said(text, finding) == "yes");
    }
    const auto index = *protocol().find("not_breathing");
    for (const char* text : {"не дишит", "нее дышит", "ne dyshit"})
        for (const auto& m : lexicon().read(text)) {
            if (m.finding == index) CHECK((m.value == "yes" && m.guessed));
            CHECK(m.value != "no");
        }
    // What stands as it is meant is no slip.
    CHECK(said("у нее дышит плохо", "not_breathing") != "yes");
    CHECK(said("сыпи не вижу", "not_breathing") != "yes");
    CHECK(said("іші өтіп жатыр", "unconscious") != "yes");
    for (const auto& m : lexicon().read("не дышит")) CHECK_FALSE(m.guessed);
}

TEST_CASE("other keys are read as what was meant, and the marks stand on what was typed") {
    for (const auto& [text, finding] : std::vector<std::pair<const char*, const char*>>{
             {"e vtyz ,jkbn uhelm, nhelyj lsifnm", "chest_pain"}, {"yt lsibn", "not_breathing"},
             {"celjhjub", "convulsions"}, {"fyfv tc3yty nfysg 0fkls", "unconscious"},
             {"Анам ес3нен танып 0алды", "unconscious"}, {"0ан кет3п жатыр", "bleeding_any"},
             {"сруые зфшт", "chest_pain"}}) {
        CAPTURE(text, finding);
        CHECK(said(text, finding) == "yes");
        for (const auto& m : lexicon().read(text)) {
            CHECK(m.begin < m.end);
            CHECK(m.end <= std::string_view{text}.size());
        }
    }
    CHECK(said("ntvgthfnehs ytn", "fever") == "no");
    // Numbers beside words are numbers.
    CHECK(said("ребёнку 3года", "age_years") == "3");
    CHECK(said("температура39", "temperature") == "39");
}

TEST_CASE("a text in no language that is known is unread, and nothing judges it") {
    for (const char* text :
         {"Áîëèò â ãðóäè, òðóäíî äûøàòü", "Р‘РѕР»РёС‚ РІ РіСЂСѓРґРё, С‚СЂСѓРґРЅРѕ РґС‹С€Р°С‚СЊ",
          "аНКХР Б ЦПСДХ РПСДМН ДШЬЮРЭ", "Der Mann atmet nicht mehr", "胸が痛い、息ができない",
          "ه نفس نمی کشد", "Ð‘Ð¾Ð»Ð¸Ñ‚ Ð² Ð³Ñ€ÑƒÐ´Ð¸", "qwrtp zxcvb hgjkl"}) {
        CAPTURE(text);
        CHECK(whole(text) == Category::none);
        const auto suggest = *protocol().find(triage::suggestion_key);
        for (const auto& m : both_readers().read(text))
            CHECK((m.finding != suggest || m.value == triage::not_understood));
    }
}

TEST_CASE("what is not understood stays not yet known until consciousness and breathing are") {
    triage::Facts facts{protocol()};
    REQUIRE(facts.set_text("acute_illness", "yes").ok());
    REQUIRE(facts.set_text(triage::suggestion_key, triage::not_understood).ok());
    const triage::Evaluation held = evaluate(protocol(), facts);
    CHECK(held.proposed == Category::none);
    CHECK(held.most_urgent == Category::u1);
    CHECK(reasons(protocol(), facts, held).empty());
    for (const auto& change : what_would_change(protocol(), facts, 40))
        CHECK((change.category == Category::u1 || change.category == Category::u2 ||
               change.category == Category::u3));
    REQUIRE(facts.set_text("unconscious", "no").ok());
    CHECK(evaluate(protocol(), facts).proposed == Category::none);
    REQUIRE(facts.set_text("not_breathing", "no").ok());
    CHECK(evaluate(protocol(), facts).proposed == Category::u4);
    REQUIRE(facts.set_text("chest_pain", "yes").ok());
    CHECK(evaluate(protocol(), facts).proposed == Category::u1);
}

TEST_CASE("shorthand and values of a first-aid post are never harmless") {
    for (const char* text :
         {"сахар 2,1", "СД сахар 2,1", "сахар 28", "СД сахар 28", "гипогликемия", "қанты 2,1",
          "қантым 1,8", "sugar 1.9", "БА приступ", "ОКС", "ОИМ", "ЖКК", "ТЭЛА", "ОДН", "эпистатус",
          "б/с", "ОНМК?", "АД 60/30", "spo2 82%", "ЧСС 180", "кетоацидоз", "GI bleed", "STEMI",
          "асистолия", "политравма", "кардиогенный шок", "эпи статус", "гипогликемиялық жағдай"}) {
        CAPTURE(text);
        CHECK_FALSE(harmless(whole(text)));
    }
    CHECK(whole("сахар 6, кашель, насморк") == Category::u4);
    CHECK(said("сахар 20 лет, болит колено", triage::suggestion_key.data()) == "");
}

TEST_CASE("the order's own words for a row are never read as less urgent than the row") {
    int exact = 0;
    int all = 0;
    for (const auto& rule : protocol().rules()) {
        if (rule.formula.empty()) continue;
        for (const std::string* name : {&rule.name.kk, &rule.name.ru, &rule.name.en}) {
            CAPTURE(rule.id, *name);
            const Category got = whole(*name);
            ++all;
            exact += got == rule.category;
            CHECK(got != Category::none);
            CHECK_FALSE(more_urgent(rule.category, got));
        }
    }
    std::printf("names of rows: %d, %d exact\n", all, exact);
    CHECK(100 * exact >= 85 * all);
    CHECK(said("Электрожарақат", "electric_injury") == "yes");
    CHECK(said("Қан кетусіз жарақат", "bleeding_any") == "no");
    CHECK(said("сусызданудың жеңіл белгілері", "dehydration_severe") != "yes");
    CHECK(said("лёгкие признаки обезвоживания", "dehydration_severe") != "yes");
    CHECK(said("обезвоживание", "dehydration_severe") == "yes");
}

}  // namespace jedel::test
