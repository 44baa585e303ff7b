// A text in no language that is known: bytes of one encoding read as another, other alphabets,
// other languages. It is unread: nothing judges it, nothing is harmless.
#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/letters.h"
#include "tests/words/lexicon_files.h"
#include "triage/interview.h"
#include "triage/words/fold.h"
#include "triage/words/letter_pairs.h"

namespace jedel::test {
namespace {

using triage::Category;
namespace words = triage::words;

/// Characters of the bytes 0x80 … 0xFF.
using Page = std::u32string_view;
constexpr Page windows_1251 =
    U"\u0402\u0403\u201A\u0453\u201E\u2026\u2020\u2021\u20AC\u2030\u0409\u2039"
    U"\u040A\u040C\u040B\u040F\u0452\u2018\u2019\u201C\u201D\u2022\u2013\u2014"
    U"\uFFFD\u2122\u0459\u203A\u045A\u045C\u045B\u045F\u00A0\u040E\u045E\u0408"
    U"\u00A4\u0490\u00A6\u00A7\u0401\u00A9\u0404\u00AB\u00AC\u00AD\u00AE\u0407"
    U"\u00B0\u00B1\u0406\u0456\u0491\u00B5\u00B6\u00B7\u0451\u2116\u0454\u00BB"
    U"\u0458\u0405\u0455\u0457\u0410\u0411\u0412\u0413\u0414\u0415\u0416\u0417"
    U"\u0418\u0419\u041A\u041B\u041C\u041D\u041E\u041F\u0420\u0421\u0422\u0423"
    U"\u0424\u0425\u0426\u0427\u0428\u0429\u042A\u042B\u042C\u042D\u042E\u042F"
    U"\u0430\u0431\u0432\u0433\u0434\u0435\u0436\u0437\u0438\u0439\u043A\u043B"
    U"\u043C\u043D\u043E\u043F\u0440\u0441\u0442\u0443\u0444\u0445\u0446\u0447"
    U"\u0448\u0449\u044A\u044B\u044C\u044D\u044E\u044F";
constexpr Page koi8_r =
    U"\u2500\u2502\u250C\u2510\u2514\u2518\u251C\u2524\u252C\u2534\u253C\u2580"
    U"\u2584\u2588\u258C\u2590\u2591\u2592\u2593\u2320\u25A0\u2219\u221A\u2248"
    U"\u2264\u2265\u00A0\u2321\u00B0\u00B2\u00B7\u00F7\u2550\u2551\u2552\u0451"
    U"\u2553\u2554\u2555\u2556\u2557\u2558\u2559\u255A\u255B\u255C\u255D\u255E"
    U"\u255F\u2560\u2561\u0401\u2562\u2563\u2564\u2565\u2566\u2567\u2568\u2569"
    U"\u256A\u256B\u256C\u00A9\u044E\u0430\u0431\u0446\u0434\u0435\u0444\u0433"
    U"\u0445\u0438\u0439\u043A\u043B\u043C\u043D\u043E\u043F\u044F\u0440\u0441"
    U"\u0442\u0443\u0436\u0432\u044C\u044B\u0437\u0448\u044D\u0449\u0447\u044A"
    U"\u042E\u0410\u0411\u0426\u0414\u0415\u0424\u0413\u0425\u0418\u0419\u041A"
    U"\u041B\u041C\u041D\u041E\u041F\u042F\u0420\u0421\u0422\u0423\u0416\u0412"
    U"\u042C\u042B\u0417\u0428\u042D\u0429\u0427\u042A";
constexpr Page cp866 =
    U"\u0410\u0411\u0412\u0413\u0414\u0415\u0416\u0417\u0418\u0419\u041A\u041B"
    U"\u041C\u041D\u041E\u041F\u0420\u0421\u0422\u0423\u0424\u0425\u0426\u0427"
    U"\u0428\u0429\u042A\u042B\u042C\u042D\u042E\u042F\u0430\u0431\u0432\u0433"
    U"\u0434\u0435\u0436\u0437\u0438\u0439\u043A\u043B\u043C\u043D\u043E\u043F"
    U"\u2591\u2592\u2593\u2502\u2524\u2561\u2562\u2556\u2555\u2563\u2551\u2557"
    U"\u255D\u255C\u255B\u2510\u2514\u2534\u252C\u251C\u2500\u253C\u255E\u255F"
    U"\u255A\u2554\u2569\u2566\u2560\u2550\u256C\u2567\u2568\u2564\u2565\u2559"
    U"\u2558\u2552\u2553\u256B\u256A\u2518\u250C\u2588\u2584\u258C\u2590\u2580"
    U"\u0440\u0441\u0442\u0443\u0444\u0445\u0446\u0447\u0448\u0449\u044A\u044B"
    U"\u044C\u044D\u044E\u044F\u0401\u0451\u0404\u0454\u0407\u0457\u040E\u045E"
    U"\u00B0\u2219\u00B7\u221A\u2116\u00A4\u25A0\u00A0";

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::string bytes_in(Page page, std::string_view utf8) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const char32_t c = next_letter(utf8, i);
        const auto at = page.find(c);
        out += c < 0x80 ? static_cast<char>(c)
                        : at == Page::npos ? '?' : static_cast<char>(0x80 + at);
    }
    return out;
}

/// Bytes as the page reads them; an empty page is Latin-1.
std::string read_as(Page page, std::string_view bytes) {
    std::string out;
    for (const char b : bytes) {
        const auto c = static_cast<unsigned char>(b);
        append(out, c < 0x80 ? c : page.empty() ? c : page[c - 0x80U]);
    }
    return out;
}

std::vector<std::string> said_in(const char* language) {
    std::ifstream in(std::string{JEDEL_SOURCE_DIR} + "/tests/words/dev_" + language + ".jsonl");
    REQUIRE(in);
    std::vector<std::string> out;
    int n = 0;
    for (std::string line; std::getline(in, line);)
        if (n++ % 4 == 0) out.push_back(nlohmann::json::parse(line)["complaint"]);
    return out;
}

Category whole(const std::string& text) { return proposed(text, {}, both_readers()); }

bool shown_as_unread(const std::string& text) {
    const auto suggest = *protocol().find(triage::suggestion_key);
    for (const auto& m : both_readers().read(text))
        if (m.finding == suggest && m.value == triage::not_understood) return true;
    return false;
}

}  // namespace

TEST_CASE("bytes of one encoding read as another are unread") {
    struct Wrong {
        const char* name;
        Page from, to;  ///< `from` empty: UTF-8
    };
    const std::array<Wrong, 10> wrong{{{"windows-1251 as Latin-1", windows_1251, {}},
                                       {"koi8-r as windows-1251", koi8_r, windows_1251},
                                       {"koi8-r as Latin-1", koi8_r, {}},
                                       {"windows-1251 as koi8-r", windows_1251, koi8_r},
                                       {"cp866 as windows-1251", cp866, windows_1251},
                                       {"windows-1251 as cp866", windows_1251, cp866},
                                       {"UTF-8 as Latin-1", {}, {}},
                                       {"UTF-8 as windows-1251", {}, windows_1251},
                                       {"UTF-8 as koi8-r", {}, koi8_r},
                                       {"UTF-8 as cp866", {}, cp866}}};
    int all = 0;
    int judged = 0;
    for (const char* language : {"ru", "kk"}) {
        for (const std::string& text : said_in(language)) {
            for (const Wrong& w : wrong) {
                const std::string once =
                    read_as(w.to, w.from.empty() ? text : bytes_in(w.from, text));
                for (const std::string& seen : {once, read_as(w.to, once)}) {
                    CAPTURE(w.name, text, seen);
                    const Category got = whole(seen);
                    ++all;
                    judged += got != Category::none;
                    CHECK((got == Category::none || got == Category::u1 || got == Category::u2));
                }
            }
        }
    }
    std::printf("read in a wrong encoding: %d, %d given a category\n", all, judged);
    CHECK(all > 2000);
    CHECK(100 * judged <= all);
}

TEST_CASE("pairs of letters tell bytes of another encoding from words of ours") {
    words::LetterPairs pairs;
    words::Tokens tokens;
    const auto strange = [&](const std::string& text) {
        words::tokenize(text, tokens);
        return pairs.count(tokens).no_language();
    };
    pairs.close();
    CHECK_FALSE(strange("ДНЯРЮКХ ЛЮКЭВХЙЮ ХГ БНДШ"));  // without dictionaries it tells nothing
    pairs = {};
    for (const auto dictionary : triage::dictionaries) pairs.add(file_of(dictionary).text);
    pairs.close();
    CHECK(strange("ДНЯРЮКХ ЛЮКЭВХЙЮ ХГ БНДШ"));
    CHECK(strange("ЦЩМЩР ВБТБДЩ, ЫБФБУЩР"));
    int all = 0;
    for (const char* set : {"dev", "held", "plain", "blind"}) {
        for (const char* language : {"kk", "ru", "en"}) {
            std::ifstream in(std::string{JEDEL_SOURCE_DIR} + "/tests/words/" + set + "_" +
                             language + ".jsonl");
            for (std::string line; std::getline(in, line); ++all) {
                const std::string text = nlohmann::json::parse(line)["complaint"];
                CAPTURE(text);
                CHECK_FALSE(strange(text));
            }
        }
    }
    CHECK(all > 1500);
}

TEST_CASE("capitals, signs and numbers as people type them leave a text readable") {
    for (const char* text :
         {"мУЖЧИНА уПАЛ И нЕ ДЫШИТ", "МУЖЧИНА НЕ ДЫШИТ", "не дышит, дом№ 5, кв.№12, t 39°С",
          "ЕР АДАМ ТЫНЫС АЛМАЙ ЖАТЫР", "КазНУ, СтройСервис: не дышит!!!", "не дышит 😢😢😢"}) {
        CAPTURE(text);
        CHECK(whole(text) == Category::u1);
    }
    // The other layout, both ways.
    CHECK(whole("yt lsibn, gjcbytk") == Category::u1);
    CHECK(whole("ру шы тще икуферштп") == Category::u1);
}

TEST_CASE("other alphabets and other languages are unread and shown as such") {
    for (const char* text :
         {"Δεν αναπνέει, πονάει το στήθος", "لا يتنفس، ألم في الصدر", "הוא לא נושם, כאבים בחזה",
          "არ სუნთქავს, მკერდი სტკივა", "Չի շնչում, կրծքավանդակը ցավում է",
          "เขาไม่หายใจ เจ็บหน้าอก", "वह सांस नहीं ले रहा", "他没有呼吸", "胸痛", "息をしていない",
          "숨을 쉬지 않아요", "አይተነፍስም", "மூச்சு விடவில்லை", "胸が痛い 39"}) {
        CAPTURE(text);
        CHECK(whole(text) == Category::none);
        CHECK(shown_as_unread(text));
    }
    // Latin letters: words that English shares may be read, but never as harmless.
    for (const char* text :
         {"Nefes almıyor, göğsü ağrıyor", "Il ne respire plus, douleur dans la poitrine",
          "No respira, le duele el pecho", "Nie oddycha, boli go w klatce piersiowej",
          "Hän ei hengitä, rintakipu", "Non respira, dolore al petto",
          "Hij ademt niet, pijn op de borst", "Nu respiră, durere în piept"}) {
        CAPTURE(text);
        const Category got = whole(text);
        CHECK((got == Category::none || got == Category::u1 || got == Category::u2));
    }
}

TEST_CASE("what is unread is asked for consciousness and breathing first") {
    for (const char* text : {"胸が痛い", "qwrtp zxcvb hgjkl", "Áîëèò â ãðóäè, òðóäíî äûøàòü"}) {
        CAPTURE(text);
        triage::Facts facts{protocol()};
        for (const auto& m : both_readers().read(text))
            REQUIRE(facts.set_text(protocol().findings()[m.finding].key, m.value).ok());
        const auto tri = [&](const char* key) { return facts.tri(*protocol().find(key)); };
        // "Any trouble of consciousness?", "of breathing?", then "has it stopped?".
        for (int asked = 0; asked < 3; ++asked) {
            const auto next = triage::lead_interview(protocol(), facts, {});
            REQUIRE(next);
            CHECK(next->danger);
            CHECK_FALSE(next->sufficient);
            facts.set(next->finding, triage::Tri::no);
        }
        CHECK(tri("unconscious") == triage::Tri::no);
        CHECK(tri("breathing_trouble") == triage::Tri::no);
    }
}

}  // namespace jedel::test
