// Two kinds said in many words: organs on their way to whoever waits for them (U1.17), and minds
// that see, hear and believe what is not (U2.11). Each part of a sentence against every other.
#include <cstdio>
#include <string>
#include <vector>

#include "tests/words/lexicon_files.h"

namespace jedel::test {
namespace {

using Parts = std::vector<const char*>;
using triage::Category;

/// Every sentence of one part each, joined by blanks: how many, and those not said to be `finding`.
struct Sweep {
    int all = 0;
    std::vector<std::string> missed;
    void go(const char* finding, const std::vector<Parts>& parts, const std::string& said_so_far,
            std::size_t at = 0) {
        if (at < parts.size()) {
            for (const char* part : parts[at])
                go(finding, parts, said_so_far + (said_so_far.empty() ? "" : " ") + part, at + 1);
            return;
        }
        ++all;
        if (said(said_so_far, finding) != "yes") missed.push_back(said_so_far);
    }
    void show(const char* name) const {
        std::printf("%s: %d, %zu missed\n", name, all, missed.size());
        for (const auto& text : missed) std::printf("  missed: %s\n", text.c_str());
    }
};

}  // namespace

TEST_CASE("an organ, what it is for and how it travels, in any words: U1.17") {
    Sweep s;
    const auto go = [&](const std::vector<Parts>& parts) { s.go("organ_transport", parts, ""); };
    go({{"нужно отвезти", "надо срочно доставить", "перевезите", "забираем и везем", "доставка"},
        {"почку", "печень", "сердце", "роговицу", "костный мозг", "легкие", "орган", "ткани"},
        {"для пересадки", "на трансплантацию", "от донора", "больному под пересадку",
         "реципиенту в другую больницу"}});
    go({{"донорская почка", "сердце донора", "печень для пересадки", "роговицы от доноров",
         "костный мозг для реципиента", "изъяли поджелудочную"},
        {"лежит в контейнере", "нужна машина до аэропорта", "самолет сел, везем в операционную",
         "нужно сопровождение до вокзала", "в термосумке, пора передать"}});
    go({{"донордың", "ауыстырып салуға арналған", "трансплантацияға", "реципиентке"},
        {"бүйрегін", "бауырды", "жүректі", "көздің қабығын", "сүйек кемігін", "өкпені", "ағзаны",
         "органды"},
        {"жеткізу керек", "апаруға көлік сұраймыз", "әуежайдан алып кету керек",
         "тасымалдау керек", "контейнермен ұшаққа апарамыз"}});
    go({{"need to transport", "please deliver", "we must carry", "vehicle to collect",
         "ambulance to rush"},
        {"a kidney", "the liver", "a heart", "corneas", "bone marrow", "lungs", "an organ",
         "tissue"},
        {"for transplant", "from a donor", "to the recipient", "for transplantation",
         "that was donated"}});
    go({{"сердце", "почка", "печень"}, {"в термоконтейнере", "на льду", "в сумке-холодильнике"}});
    go({{"жүрек", "бүйрек", "бауыр"}, {"термоконтейнерде", "мұзды қорапта", "мұзда тұр"}});
    go({{"heart", "kidney", "liver"}, {"on ice", "in a cool box", "in an ice box"}});
    s.show("organs carried");
    CHECK(s.all > 600);
    CHECK(s.missed.empty());
}

TEST_CASE("an organ that is ill, or was got years ago, is not carried") {
    for (const char* text :
         {"болит почка, нужна машина до больницы", "сердце колет, отвезите в больницу",
          "печень болит после водки", "перенес пересадку почки пять лет назад, кашель",
          "бүйрегі ауырады, ауруханаға апарыңыз", "жүрегі шаншып тұр, көлік жіберіңіз",
          "his kidney hurts, please send an ambulance", "heart is pounding, bring help",
          "приложили лед к почке, ушиб", "put ice on the liver side, it hurts",
          "көзінің қабығы қызарды", "жүрегі ауыр, машина жіберіңіз"}) {
        CAPTURE(text);
        CHECK(said(text, "organ_transport").empty());
    }
}

TEST_CASE("what is not there is seen, heard, caught and fled from, in any words: U2.11") {
    Sweep s;
    const auto go = [&](const std::vector<Parts>& parts) {
        s.go("hallucinations", parts, "");
    };
    go({{"муж", "брат после запоя", "сосед"},
        {"ловит", "видит", "гоняет", "стряхивает с себя", "разговаривает с", "отбивается от"},
        {"чертей", "жуков", "тараканов", "пауков", "мышей", "насекомых", "человечков"}});
    go({{"ему", "жене"}, {"мерещатся", "чудятся", "кажутся"},
        {"черти", "жуки", "крысы", "змеи", "покойники", "человечки"}});
    go({{"третий день не пьет,", "вышел из запоя,", "бросил пить неделю назад,", "с похмелья,"},
        {"несет чушь", "никого не узнает", "прячется под кроватью", "ищет кого-то по углам",
         "разговаривает с кем-то", "что-то собирает с пола", "слышит музыку", "бредит",
         "заговаривается"}});
    go({{"күйеуім", "көршім арақтан кейін"},
        {"шайтандарды", "тарақандарды", "жыландарды", "тышқандарды", "қоңыздарды", "жындарды"},
        {"көріп жатыр", "қуып жүр", "ұстап жүр", "үстінен қағып жатыр"}});
    go({{"екі күн ішпей жүр,", "арақты қойғалы,", "запойдан шыққан,", "арақтан кейін"},
        {"біреумен сөйлесіп отыр", "сандырақтап жатыр", "ешкімді танымай жатыр",
         "қорқып тығылып жүр", "бірдеңе іздеп жүр", "құлағына дауыс келеді дейді"}});
    go({{"my husband", "he stopped drinking and"},
        {"is seeing", "keeps catching", "is brushing off", "is chasing", "is talking to"},
        {"devils", "bugs", "spiders", "rats", "insects", "little people"}});
    go({{"no drink for three days,", "he quit drinking,", "alcohol withdrawal,"},
        {"hears someone calling", "picking at the sheets", "raving", "talking nonsense",
         "thinks he is followed", "hiding under the bed"}});
    s.show("seen and heard");
    CHECK(s.all > 340);
    CHECK(s.missed.empty());
}

TEST_CASE("madness by its everyday names is category 2 or above") {
    for (const char* text :
         {"белочка пришла к соседу", "у мужа белая горячка", "допился до чертиков",
          "слышит голоса, голоса командуют", "голоса ему угрожают", "разговаривает с невидимым",
          "кто-то в голове говорит с ним", "сошла с ума соседка", "спятил совсем",
          "крыша съехала у брата", "говорит что он бог", "говорит что за ним охотятся",
          "обострение шизофрении, не спит", "бегает голая по двору", "ведет себя неадекватно",
          "ақ қызба болып қалды", "белочка ұстап алды", "жын соғып кетті", "шайтан көріп отыр",
          "құлағына біреу сыбырлайды", "дауыстар бұйырып жатыр дейді", "ақылынан ауысып кетті",
          "жынды болып кетті", "өзін пайғамбармын дейді", "мені өлтіреді деп қашып жүр",
          "шизофрениясы бар, тағы басталды", "жалаңаш жүгіріп жүр", "телевизормен сөйлесіп отыр",
          "he has the DTs", "delirium tremens", "hearing voices again", "a voice tells him to jump",
          "talking to invisible people", "gone crazy", "she is losing her mind",
          "off his meds and paranoid", "running around naked in the yard", "psychotic episode",
          "convinced that the neighbours poison him", "says they are coming to kill him"}) {
        CAPTURE(text);
        const Category got = proposed(text);
        CHECK((got == Category::u1 || got == Category::u2));
    }
}

TEST_CASE("a real animal, a floater and a hangover are no psychosis") {
    for (const char* text :
         {"пчела укусила, видели осы рядом", "мушки перед глазами, вижу плохо",
          "с похмелья болит голова", "после запоя тошнит", "дети увидели мышь на кухне",
          "көз алдында қара шыбын ұшады", "басы ауырады, арақтан кейін",
          "hangover, headache", "seeing double", "stopped drinking last year, cough",
          "бросил пить год назад, кашель", "бала жыланды көріп қорықты"}) {
        CAPTURE(text);
        CHECK(said(text, "hallucinations").empty());
    }
}

}  // namespace jedel::test
