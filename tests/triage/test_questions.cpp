// How the questions are worded (docs/texts.md): what a program can keep of it.

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "table.h"

using namespace jedel;
using namespace jedel::triage;
using test::shipped;

namespace {

constexpr std::size_t longest_letters = 60;

/// Questions that may be longer, each with its reason.
const std::map<std::string, const char*> long_questions{};

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

/// Latin and Cyrillic capitals to small ones; enough for what the questions are written with.
std::string small(std::string_view text) {
    std::string out{text};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(out[at]); };
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] - 'A' + 'a');
        if (byte(i) != 0xD0 || i + 1 >= out.size()) continue;
        if (byte(i + 1) >= 0x90 && byte(i + 1) <= 0x9F) {
            out[i + 1] = static_cast<char>(byte(i + 1) + 0x20);
        } else if (byte(i + 1) >= 0xA0 && byte(i + 1) <= 0xAF) {
            out[i] = '\xD1';
            out[i + 1] = static_cast<char>(byte(i + 1) - 0x20);
        }
    }
    return out;
}

/// The words of a text, small, without its signs.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out{{}};
    for (const char c : small(text)) {
        if (std::string_view{" ,:;?!.()/"}.find(c) == std::string_view::npos) out.back() += c;
        else if (!out.back().empty()) out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool ends_in(std::string_view word, std::initializer_list<std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view e) { return word.ends_with(e); });
}

/// A verb that says what does not happen: «сезілмей», «шықпай», «алмайды», «шықпады».
bool negative_kk(std::string_view word) {
    // «қарай», «жағдай», «мұндай» end alike and deny nothing: only м, б, п stand before the vowel.
    return ends_in(word, {"май", "мей", "бай", "бей", "пай", "пей", "майды", "мейді", "байды",
                          "бейді", "пайды", "пейді", "мады", "меді", "бады", "беді", "пады",
                          "педі", "маған", "меген", "баған", "беген", "паған", "пеген"});
}

/// What denies in a question, so that «жоқ» and "no" could mean either; empty: nothing does.
std::string denial_kk(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (one_of(words[i], {"жоқ", "емес", "ештеңе", "ешкім"})) return words[i];
        if (!negative_kk(words[i])) continue;
        // «сөйлей алмай қалды ма» asks whether it has happened: a yes says that it is there.
        // «шыдатпай ауыра ма» likewise: the verb that is asked stands behind.
        const std::string_view next = i + 1 < words.size() ? words[i + 1] : std::string_view{};
        if (one_of(next, {"қалды", "қойды", "кетті"}) || words[i] == "шыдатпай") continue;
        return words[i];
    }
    return {};
}

std::string denial_ru(std::string_view text) {
    for (const std::string& word : words_of(text)) {
        if (one_of(word, {"не", "нет", "ни", "нету", "нельзя", "никак", "ничего", "никто"})) {
            return word;
        }
    }
    return {};
}

std::string denial_en(std::string_view text) {
    for (const std::string& word : words_of(text)) {
        if (one_of(word, {"not", "no", "cannot", "can't", "never", "nothing", "none", "without",
                          "unable", "don't", "doesn't", "isn't"})) {
            return word;
        }
    }
    return {};
}

/// How many signs a question names: its parts behind the colon, between commas and "or".
std::size_t signs(std::string_view text, std::string_view language) {
    std::string list = small(text.substr(text.find(':') + 1));  // npos + 1: all of it
    // A clause behind a comma is no sign of its own.
    for (const char* clause : {", что", ", даже", ", хотя", ", а ", ", но "}) {
        const std::string_view found{clause};
        for (auto at = list.find(found); at != std::string::npos; at = list.find(found)) {
            list.replace(at, found.size(), " ");
        }
    }
    if (const auto at = list.find("если прижать,"); at != std::string::npos) list.erase(at, 23);
    std::size_t parts = 1;
    std::string word;
    bool part_begun = false;
    for (const char c : list + " ") {
        if (c != ' ' && c != ',') {
            word += c;
            continue;
        }
        const bool joins = language == "kk"   ? one_of(word, {"не", "немесе", "әлде"})
                           : language == "ru" ? one_of(word, {"или", "либо"})
                                              : word == "or";
        if (joins && part_begun) ++parts;
        part_begun = joins ? false : part_begun || !word.empty();
        if (c == ',' && part_begun) {
            ++parts;
            part_begun = false;
        }
        word.clear();
    }
    return parts;
}

struct Asked {
    std::string where;
    const LocalText* text;
};

/// Every question with its place, those for a patient who calls himself too.
std::vector<Asked> all_questions() {
    std::vector<Asked> out;
    for (const Finding& f : shipped().findings()) {
        if (!f.question.empty()) out.push_back({f.key + ".question", &f.question});
        if (!f.question_self.empty()) out.push_back({f.key + ".question_self", &f.question_self});
    }
    return out;
}

}  // namespace

TEST_CASE("a question denies nothing: its yes says that the finding is there") {
    for (const Asked& q : all_questions()) {
        INFO(q.where);
        CHECK(denial_kk(q.text->kk) == "");
        CHECK(denial_ru(q.text->ru) == "");
        CHECK(denial_en(q.text->en) == "");
    }
}

TEST_CASE("the marks of a denial are told from what only looks like one") {
    for (const char* text : {"Тыныс алмай жатыр ма?", "Әлсіздіктен отыра алмай ма?",
                             "Сегіз сағат бойы зәр шықпады ма?", "Ішкен суы тұрмай ма?",
                             "Жаңа ештеңе қосылған жоқ па?", "Жүрегі соқпай ма?",
                             "Қайда екенін білмей тұр ма?", "Терең емес кесік пе?"}) {
        INFO(text);
        CHECK(denial_kk(text) != "");
    }
    for (const char* text : {"Тілі күрмеліп, сөйлей алмай қалды ма?", "Қызуы түспей қойды ма?",
                             "Отыра алмайтындай әлсіреп қалды ма?", "Іші шыдатпай ауыра ма?",
                             "Жағдайы нашарлап бара ма?", "Осындай болды ма?"}) {
        INFO(text);
        CHECK(denial_kk(text) == "");
    }
    CHECK(denial_ru("Не дышит?") == "не");
    CHECK(denial_ru("Нового ничего нет?") != "");
    CHECK(denial_ru("Небо видно, нетвёрдая походка?") == "");
    CHECK(denial_en("Cannot keep any drink down?") == "cannot");
    CHECK(denial_en("A nosebleed? Knows you?") == "");
}

TEST_CASE("a question is said in one breath") {
    for (const Asked& q : all_questions()) {
        INFO(q.where);
        const bool excused = long_questions.contains(q.where);
        const std::size_t longest = std::max(
            {letters(q.text->kk), letters(q.text->ru), letters(q.text->en)});
        CHECK((longest <= longest_letters) != excused);
        for (const std::string* text : {&q.text->kk, &q.text->ru, &q.text->en}) {
            INFO(*text);
            CHECK(text->ends_with("?"));
            CHECK(std::count(text->begin(), text->end(), '?') == 1);
        }
    }
}

TEST_CASE("the three languages name the same signs") {
    CHECK(signs("Беті қисайды, бір қолы не аяғы әлсіреді, тілі күрмелді ме?", "kk") == 4);
    CHECK(signs("Есть травма: падение, удар, порез?", "ru") == 3);
    CHECK(signs("Слабость такая, что может лишь сидеть или лежать?", "ru") == 2);
    CHECK(signs("Face drooping, arm or leg gone weak, or speech gone?", "en") == 4);
    for (const Asked& q : all_questions()) {
        const std::array<std::size_t, 3> count{signs(q.text->kk, "kk"), signs(q.text->ru, "ru"),
                                               signs(q.text->en, "en")};
        INFO(q.where + ": " + q.text->kk + " | " + q.text->ru + " | " + q.text->en);
        INFO(std::to_string(count[0]) + " " + std::to_string(count[1]) + " " +
             std::to_string(count[2]));
        // One sign is often said in two words in one language; a list is a list in all three.
        if (std::max({count[0], count[1], count[2]}) < 3) continue;
        CHECK(count[0] == count[1]);
        CHECK(count[0] == count[2]);
    }
}

TEST_CASE("a patient who calls himself is asked of himself") {
    std::size_t worded = 0;
    for (const Finding& f : shipped().findings()) {
        INFO(f.key);
        CHECK(&f.asked(false) == &f.question);
        CHECK(&f.asked(true) == (f.question_self.empty() ? &f.question : &f.question_self));
        if (f.question_self.empty()) continue;
        ++worded;
        CHECK_FALSE(f.question.empty());
        // Kazakh says it in the ending of every verb and noun: it cannot be the same words.
        CHECK(f.question_self.kk != f.question.kk);
    }
    CHECK(worded >= 20);
    // Asked first of everybody; one who answers the telephone is awake and breathes.
    for (const Finding& f : shipped().findings()) {
        if (!f.danger || f.key == "unconscious" || f.key == "not_breathing") continue;
        INFO(f.key);
        CHECK_FALSE(f.question_self.empty());
    }
}
