// Each mechanism of reading by itself: folding, stems, typing mistakes, scopes, numbers, spans.
#include <rapidcheck.h>

#include <set>

#include "tests/words/lexicon_files.h"
#include "triage/words/dictionary.h"
#include "triage/words/fold.h"
#include "triage/words/spelled_right.h"
#include "triage/words/stems.h"
#include "triage/words/tables.h"

namespace jedel::test {

using namespace triage::words;

TEST_CASE("Kazakh letters fold to the Russian ones typed instead of them") {
    CHECK(fold("ҚҰРЫСҚАҚ") == fold("курыскак"));
    CHECK(fold("әке") == fold("аке"));
    CHECK(fold("жүрегі") == fold("журеги"));
    CHECK(fold("Ёлка") == fold("елка"));
    CHECK(fold("iш") == fold("иш"));  // a Latin i inside a Cyrillic word
    CHECK(fold("don't") == "dont");
    CHECK(unfold(fold("Сыпь")) == "сыпь");
}

TEST_CASE("tokens stand on the bytes of their words") {
    const std::string text = "Қызуы 39,5! Т. 38-ден";
    Tokens t;
    tokenize(text, t);
    REQUIRE(t.list.size() == 8);
    CHECK(text.substr(t.list[0].begin, t.list[0].end - t.list[0].begin) == "Қызуы");
    CHECK(t.list[1].number == Approx(39.5));
    CHECK(text.substr(t.list[1].begin, t.list[1].end - t.list[1].begin) == "39,5");
    CHECK(t.list[2].mark == '!');
    CHECK(t.list[5].number == 38);
}

TEST_CASE("Kazakh suffix chains are lawful or not, and negation is seen in them") {
    const auto rest = [](const char* s) { return kazakh_suffixes(fold_vowels(fold(s))); };
    CHECK(rest("").lawful);
    CHECK(rest("ларымның").lawful);
    CHECK(rest("ып").lawful);
    CHECK(rest("майды").lawful);
    CHECK(rest("майды").negated);
    CHECK_FALSE(rest("ыма").negated);  // басыма: to my head
    CHECK_FALSE(rest("ады").negated);
    CHECK_FALSE(rest("щщщ").lawful);
    CHECK_FALSE(rest("абракадабраабракадабра").lawful);
}

TEST_CASE("words are found in any form of theirs") {
    CHECK(said("болит живот", "abdominal_pain") == "yes");
    CHECK(said("боли в животе", "abdominal_pain") == "yes");
    CHECK(said("ішім ауырады", "abdominal_pain") == "yes");
    CHECK(said("ішінің ауырғаны", "abdominal_pain") == "yes");
    CHECK(said("ишим ауырады", "abdominal_pain") == "yes");
    CHECK(said("her belly is hurting", "abdominal_pain") == "yes");
    CHECK(said("balanyn ishi auyrady", "abdominal_pain") == "yes");
}

TEST_CASE("a word that the Kazakh dictionary knows is taken at its letters") {
    const auto dictionary = triage::words::Dictionary::read("тосап/AB\nтөс/AB\nқұю/Mm\nx-ray\n");
    CHECK(dictionary.size() == 4);  // a verb stands with its infinitive and without
    const auto stem = [&](const char* word) {
        return dictionary.stem_of(spelling(word), fold_vowels(fold(word)));
    };
    CHECK(stem("тосапты") == 5);
    CHECK(stem("төсім") == 3);
    CHECK(stem("тосім") == 0);
    CHECK(stem("құйып") == 3);
    CHECK(stem("құйқыл") == 0);

    REQUIRE(lexicon().dictionary_size() > 50'000);
    // Jam is no chest, and pouring no burning; without Kazakh letters nothing is held against them.
    CHECK(said("Тосап ауыр екен, қолым бос емес", "chest_pain") != "yes");
    CHECK(said("Шәй құйып отырған қолы", "burn") != "yes");
    CHECK(said("Қолы күйіп қалды", "burn") == "yes");
    CHECK(said("колы куйип калды", "burn") == "yes");
    CHECK(said("тосим ауырып тур", "chest_pain") == "yes");
}

TEST_CASE("one edit is one edit") {
    CHECK(one_edit_apart(fold("рвота"), fold("рвта")));
    CHECK(one_edit_apart("abcd", "abdc"));
    CHECK(one_edit_apart("abcd", "abxd"));
    CHECK(one_edit_apart("abcd", "abcd"));
    CHECK_FALSE(one_edit_apart("abcd", "badc"));
    CHECK_FALSE(one_edit_apart("abcd", "ab"));
}

TEST_CASE("one typing mistake in a word of five letters or more is forgiven") {
    CHECK(said("сильная тимпература, судорги", "convulsions") == "yes");
    CHECK(said("crushing chset pain", "chest_pain") == "yes");
    CHECK(said("құрысқак ұстап жатыр", "convulsions") == "yes");
    CHECK(said("пневманния и кашел", "cold_signs") == "yes");
    // Short words are taken as they are, and common words are not mistakes.
    CHECK(said("кит", "pain") == "");
    CHECK(said("several people came", "penetrating_wound") == "");
}

TEST_CASE("words run together are parted") {
    CHECK(said("болитживот", "abdominal_pain") == "yes");
    CHECK(said("недышит", "not_breathing") == "yes");
    CHECK(said("температура39", "temperature") == "39");
}

TEST_CASE("a word that is spelled right is no other word mistyped") {
    triage::words::SpelledRight words;
    triage::words::Snowball snowball;
    words.add("3\nбольница/AB\nslurry/S\nx-ray\n", snowball);
    words.close();
    CHECK(words.size() == 2);
    CHECK(words.knows(snowball.russian(fold("больницу"))));
    CHECK(words.knows(snowball.english("slurries")));
    CHECK_FALSE(words.knows(snowball.english("blurry")));

    CHECK(said("we have a slurry in the yard", "visual_disturbance") != "yes");
    CHECK(said("blury vision", "visual_disturbance") == "yes");
    CHECK(said("splashed the yard", "bleeding") != "yes");
    CHECK(said("у меня понос и рвтоа", "vomiting") == "yes");
}

TEST_CASE("a form that the tables call harmless hides the stem it shares") {
    CHECK(said("pacemaker fitted in May", "convulsions") != "yes");
    CHECK(said("he is fitting", "convulsions") == "yes");
    CHECK(said("Держу кулаком, не капает", "violent_behaviour") != "yes");
}

TEST_CASE("what was looked for and not seen is denied") {
    CHECK(said("температура, сыпи не вижу", "rash") == "no");
    CHECK(said("судорог не замечала", "convulsions") == "no");
    CHECK(said("левым глазом не вижу", "visual_disturbance") == "yes");
    CHECK(said("сыпь вижу по всему телу", "rash") == "yes");
    CHECK(said("порезал палец, крови никакой", "bleeding") == "no");
    CHECK(said("рвота и муж никакой", "vomiting") == "yes");
}

TEST_CASE("a measured temperature below a fever's outweighs the word temperature") {
    CHECK(said("ребёнок сопливит, температура 37,5", "fever") != "yes");
    CHECK(said("температура 38,5", "temperature") == "38.5");
    CHECK(said("высокая температура", "fever") == "yes");
}

TEST_CASE("weeks said first are weeks of pregnancy where the words are of one") {
    CHECK(said("I'm twenty-four weeks and there is fresh blood soaking a pad", "pregnancy_weeks") ==
          "24");
    CHECK(said("24 weeks after the operation, pad of cotton on the cut", "pregnancy_weeks") == "");
    CHECK(said("six weeks old baby", "pregnancy_weeks") == "");
}

TEST_CASE("denial reaches what it denies and no further") {
    CHECK(said("не кровит", "bleeding_any") == "no");
    CHECK(said("боли в груди нет", "chest_pain") == "no");
    CHECK(said("рвоты нет, болит живот", "vomiting") == "no");
    CHECK(said("рвоты нет, болит живот", "abdominal_pain") == "yes");
    CHECK(said("без сыпи, температура 39", "rash") == "no");
    CHECK(said("без сыпи, температура 39", "temperature") == "39");
    CHECK(said("грудь не болит, но болит живот", "chest_pain") == "no");
    CHECK(said("грудь не болит, но болит живот", "abdominal_pain") == "yes");
    CHECK(said("no rash, chest pain", "rash") == "no");
    CHECK(said("no rash, chest pain", "chest_pain") == "yes");
    CHECK(said("құспады, іші ауырады", "vomiting") == "no");
    CHECK(said("бөртпе жоқ, қызуы 39", "rash") == "no");
    CHECK(said("есі бар, қан жоқ", "unconscious") == "no");
    CHECK(said("есі бар, қан жоқ", "bleeding_any") == "no");
    CHECK(said("в сознании, не кровит", "unconscious") == "no");
}

TEST_CASE("Kazakh denials reach back over a list and no further") {
    CHECK(said("тігісі таза, қан да, ірің де жоқ", "bleeding_any") != "yes");
    CHECK(said("бөртпе жоқ, демім дұрыс", "not_breathing") != "yes");
    CHECK(said("демі жоқ, бөртпе бар", "not_breathing") == "yes");
    CHECK(said("құлап қалды, қан көрінбейді", "bleeding_any") != "yes");
}

TEST_CASE("what one can't do is trouble, not its denial") {
    CHECK(said("не может дышать", "breathless") == "yes");
    CHECK(said("дышать не может", "breathless") == "yes");
    CHECK(said("дыши алмай жатыр", "breathless") == "yes");
    CHECK(said("дем ала алмай жатыр", "breathless") == "yes");
    CHECK(said("дем ала алмай жатыр", "not_breathing") == "");
    CHECK(said("he can't breathe", "breathless") == "yes");
    CHECK(said("не дышит", "not_breathing") == "yes");
    CHECK(said("тыныс алмайды", "not_breathing") == "yes");
    CHECK(said("he is not breathing", "not_breathing") == "yes");
    CHECK(said("кровь не останавливается", "bleeding_heavy") == "yes");
    CHECK(said("не приходит в сознание", "unconscious") == "yes");
}

TEST_CASE("the past is not now") {
    CHECK(said("в прошлом году был инфаркт", "chest_pain") == "");
    CHECK(said("в прошлом году был инфаркт", "known_heart_disease") == "yes");
    CHECK(said("былтыр құрысқақ болған, қазір жөтел", "convulsions") == "");
    CHECK(said("былтыр құрысқақ болған, қазір жөтел", "cold_signs") == "yes");
    CHECK(said("had a seizure two years ago", "convulsions") == "");
    CHECK(said("had a seizure ten minutes ago", "convulsions") == "yes");
    CHECK(said("жарты сағат бұрын тырысып қалды", "convulsions") == "yes");
}

TEST_CASE("another person's trouble is not the patient's; a neighbour may be the patient") {
    CHECK(said("у отца был инфаркт, а у меня кашель", "chest_pain") == "");
    CHECK(said("у отца был инфаркт, а у меня кашель", "cold_signs") == "yes");
    CHECK(said("у соседа болит живот", "abdominal_pain") == "yes");
}

TEST_CASE("doubt keeps a danger and drops a reassurance") {
    const auto index = [](const char* key) { return *protocol().find(key); };
    const auto danger = lexicon().read("кажется, не дышит");
    REQUIRE_FALSE(danger.empty());
    for (const auto& m : danger)
        if (m.finding == index("not_breathing")) {
            CHECK(m.value == "yes");
            CHECK(m.uncertain);
        }
    CHECK(said("вроде дышит", "not_breathing") == "unknown");
    CHECK(said("кажется в сознании", "unconscious") == "unknown");
    CHECK(said("есі бар сияқты", "unconscious") == "unknown");
    CHECK(said("I think he is awake", "unconscious") == "unknown");
}

TEST_CASE("numbers with their units become findings") {
    CHECK(said("темп 39 и 5", "temperature") == "39.5");
    CHECK(said("т 38,5", "temperature") == "38.5");
    CHECK(said("температура тридцать девять и два", "temperature") == "39.2");
    CHECK(said("температура 38 с половиной", "temperature") == "38.5");
    CHECK(said("қызуы отыз тоғыз", "temperature") == "39");
    CHECK(said("АД 240/120", "bp_systolic") == "240");
    CHECK(said("АД 240/120", "bp_diastolic") == "120");
    CHECK(said("давление 200 на 100", "bp_systolic") == "200");
    CHECK(said("давление двести на сто", "bp_systolic") == "200");
    CHECK(said("қысымы 180", "bp_systolic") == "180");
    CHECK(said("bp 165 over 95", "bp_diastolic") == "95");
    CHECK(said("беременна 32 нед", "pregnancy_weeks") == "32");
    CHECK(said("14 апта жүкті", "pregnancy_weeks") == "14");
    CHECK(said("ребенку 2 г", "age_years") == "2");
    CHECK(said("бала 8 айлық", "age_years") == "0.67");
    CHECK(said("72 года", "age_years") == "72");
    CHECK(said("12 жаста", "age_years") == "12");
    CHECK(said("45 year old man", "age_years") == "45");
    CHECK(said("3 года назад", "age_years") == "");
    CHECK(said("не писал 10 часов", "no_urine_8h") == "yes");
    CHECK(said("не писал 2 часа", "no_urine_8h") == "");
    CHECK(said("пульс 160", "rhythm_disturbance") == "yes");
    CHECK(said("пульс 80", "rhythm_disturbance") == "");
    CHECK(said("температура 99999", "temperature") == "");
}

TEST_CASE("hundreds said in words are hundreds") {
    CHECK(said("қысымы екі жүз отызға жүз он", "bp_systolic") == "230");
    CHECK(said("қысымы екі жүз отызға жүз он", "bp_diastolic") == "110");
    CHECK(said("blood pressure two hundred and thirty over one hundred ten", "bp_systolic") ==
          "230");
    CHECK(said("давление двести двадцать на сто двадцать", "bp_systolic") == "220");
}

TEST_CASE("nothing known but ill is the acute illness and no more") {
    CHECK(said("ему плохо", "acute_illness") == "yes");
    CHECK(said("жағдайы нашар", "acute_illness") == "yes");
    CHECK(proposed("ему плохо") == triage::Category::u4);
    CHECK(proposed("жағдайы нашар") == triage::Category::u4);
    CHECK(lexicon().read("қайырлы таң, алло").empty());
}

TEST_CASE("marks cover the words that gave them") {
    const std::string text = "Алло, у мужа 58 лет сильно болит в груди, температуры нет";
    const auto marks = lexicon().read(text);
    bool chest = false;
    for (const auto& m : marks)
        if (protocol().findings()[m.finding].key == "chest_pain") {
            chest = true;
            CHECK(text.substr(m.begin, m.end - m.begin) == "болит в груди");
        }
    CHECK(chest);
}

TEST_CASE("marks stand in order and once for a finding of one value") {
    REQUIRE(rc::check([] {
        static const std::vector<std::string> words{
            "болит", "живот", "не", "қан", "жоқ", "head", "no", "39,5", "кровь", "сильно", ",", ".",
            "есі", "бар", "алмай", "дем", "не может", "дышать", "pain", "chest", "200", "на", "100",
            "лет", "қызуы", "bleeding", "сияқты", "кажется", "былтыр", "упал", "рука", "аяғы"};
        const auto picked =
            *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words));
        std::string text;
        for (const auto& w : picked) text += w + " ";
        const auto marks = lexicon().read(text);
        std::size_t last = 0;
        std::set<std::pair<int, std::string>> numbers;
        for (const auto& m : marks) {
            RC_ASSERT(m.begin < m.end);
            RC_ASSERT(m.end <= text.size());
            RC_ASSERT(m.begin >= last);
            last = m.begin;
            RC_ASSERT(triage::Facts{protocol()}
                          .set_text(protocol().findings()[m.finding].key, m.value)
                          .ok());
        }
        for (std::size_t a = 0; a < marks.size(); ++a)
            for (std::size_t b = a + 1; b < marks.size(); ++b)
                RC_ASSERT(marks[a].finding != marks[b].finding || marks[a].value == marks[b].value);
    }));
}

TEST_CASE("any bytes are read without harm") {
    REQUIRE(rc::check([](const std::string& bytes) {
        for (const auto& m : lexicon().read(bytes)) RC_ASSERT(m.end <= bytes.size());
    }));
    CHECK_NOTHROW(lexicon().read(std::string(100'000, 'a')));
    CHECK_NOTHROW(lexicon().read(std::string(100'000, '\xD0')));
    // A digit written in three bytes, where one is enough, is no digit.
    CHECK_NOTHROW(lexicon().read("ld\xE0\x80\xB1ld \xF0\x80\x80\xB1"));
    std::string many;
    for (int i = 0; i < 3000; ++i) many += "болит живот ";
    CHECK_FALSE(lexicon().read(many).empty());
}

TEST_CASE("a faulty table is refused with file, line and field") {
    const auto refused = [](const char* text) {
        const std::vector<triage::Protocol::File> files{{"bad.tsv", text}};
        const auto l = triage::Lexicon::parse(protocol(), files);
        REQUIRE_FALSE(l.ok());
        return l.error().text();
    };
    CHECK(refused("ru\tболит\tno_such_finding=yes\n").find("bad.tsv:1: field 'output'") == 0);
    CHECK(refused("# x\nru\tболит\n").find("bad.tsv:2: expected 3 or 4 columns") == 0);
    CHECK(refused("xx\tболит\tpain=yes\n").find("field 'language'") != std::string::npos);
    CHECK(refused("ru\t@nowhere\tpain=yes\n").find("@nowhere") != std::string::npos);
    CHECK(refused("ru\tболит\ttemperature=900\n").find("bad.tsv:1") == 0);
    CHECK(refused("ru\tболит\tpain=maybe\n").find("bad.tsv:1") == 0);
    CHECK(refused("ru\tболит\tpain=yes ^wrong\n").find("^wrong") != std::string::npos);
    CHECK(refused("ru\tболит ~x\tpain=yes\n").find("field 'pattern'") != std::string::npos);
}

TEST_CASE("the lexicon has at least 1500 entries and each language its share") {
    CHECK(lexicon().size() >= 1500);
    std::map<std::string, int> entries;
    for (const auto& f : files_in("lexicon", ".tsv")) {
        if (f.name.ends_with("neutral.tsv")) continue;
        std::istringstream in(f.text);
        for (std::string line; std::getline(in, line);) {
            if (line.empty() || line[0] == '#') continue;
            const auto tab = line.find('\t');
            const auto pattern = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
            entries[line.substr(0, tab)] +=
                1 + static_cast<int>(std::count(pattern.begin(), pattern.end(), '|'));
        }
    }
    for (const auto& [language, n] : entries) std::printf("%s: %d entries\n", language.c_str(), n);
    for (const char* language : {"kk", "ru", "en"}) CHECK(entries[language] >= 500);
}

}  // namespace jedel::test
