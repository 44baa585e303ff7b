#include "dispatch/city/day_complaints.h"

#include <array>
#include <map>
#include <span>

#include "base/number.h"

namespace jedel {
namespace {

struct Who {
    std::string_view nominative, genitive, accusative;
};

/// How a relative calls the patient; by language, age and sex.
Who who_is(bool kazakh, double age, bool male, generator::Random& random) {
    if (kazakh) {
        if (age < 1) return {"Балам", "Баламның", "Баламды"};
        if (age < 18) {
            return male ? Who{"Ұлым", "Ұлымның", "Ұлымды"} : Who{"Қызым", "Қызымның", "Қызымды"};
        }
        if (age < 40) {
            const bool spouse = random.chance(0.5);
            if (male) {
                return spouse ? Who{"Күйеуім", "Күйеуімнің", "Күйеуімді"}
                              : Who{"Інім", "Інімнің", "Інімді"};
            }
            return spouse ? Who{"Келінім", "Келінімнің", "Келінімді"}
                          : Who{"Сіңлім", "Сіңлімнің", "Сіңлімді"};
        }
        if (age < 62) {
            return male ? Who{"Әкем", "Әкемнің", "Әкемді"} : Who{"Анам", "Анамның", "Анамды"};
        }
        return male ? Who{"Атам", "Атамның", "Атамды"} : Who{"Әжем", "Әжемнің", "Әжемді"};
    }
    if (age < 1) return {"Ребёнок", "ребёнка", "ребёнка"};
    if (age < 18) return male ? Who{"Сын", "сына", "сына"} : Who{"Дочка", "дочки", "дочку"};
    if (age < 40) {
        const bool spouse = random.chance(0.5);
        if (male) return spouse ? Who{"Муж", "мужа", "мужа"} : Who{"Брат", "брата", "брата"};
        return spouse ? Who{"Жена", "жены", "жену"} : Who{"Сестра", "сестры", "сестру"};
    }
    if (age < 62) return male ? Who{"Отец", "отца", "отца"} : Who{"Мама", "мамы", "маму"};
    return male ? Who{"Дедушка", "дедушки", "дедушку"} : Who{"Бабушка", "бабушки", "бабушку"};
}

std::string_view since(bool kazakh, generator::Random& random) {
    static constexpr std::array<std::string_view, 8> ru{
        "с утра",       "уже два часа",   "минут двадцать", "со вчерашнего вечера",
        "с полчаса",    "второй день",    "уже час",        "с ночи"};
    static constexpr std::array<std::string_view, 8> kk{
        "таңертеңнен бері", "екі сағат болды", "жиырма минуттай болды", "кеше кештен бері",
        "жарты сағат болды", "екінші күн",     "бір сағаттай болды",    "түннен бері"};
    return kazakh ? random.pick(std::span<const std::string_view>{kk})
                  : random.pick(std::span<const std::string_view>{ru});
}

std::string temperature(generator::Random& random) {
    static constexpr std::array<std::string_view, 6> said{"38,5", "38,7", "39", "39,2", "38.4",
                                                          "39,5"};
    return std::string{random.pick(std::span<const std::string_view>{said})};
}

std::string age_said(bool kazakh, double age) {
    const int months = std::max(1, static_cast<int>(age * 12));
    const int years = static_cast<int>(age);
    if (kazakh) {
        return age < 2 ? std::to_string(months) + " айлық" : std::to_string(years) + " жаста";
    }
    if (age >= 2) return std::to_string(years) + (years < 5 ? " года" : " лет");
    const int last = months % 10;
    const bool teens = months > 10 && months < 15;
    const std::string_view word = teens || last == 0 || last > 4 ? " месяцев"
                                  : last == 1                    ? " месяц"
                                                                 : " месяца";
    return std::to_string(months) + std::string{word};
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
        text.replace(at, what.size(), with);
        at += with.size();
    }
}

/// {мужское|женское}.
void choose_gender(std::string& text, bool male) {
    for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open)) {
        const auto bar = text.find('|', open);
        const auto close = text.find('}', open);
        if (bar == std::string::npos || close == std::string::npos || bar > close) {
            ++open;
            continue;
        }
        const std::string chosen = male ? text.substr(open + 1, bar - open - 1)
                                        : text.substr(bar + 1, close - bar - 1);
        text.replace(open, close - open + 1, chosen);
        open += chosen.size();
    }
}

/// "…, мама" but "Мама …": a name for the patient is capital only at the start.
void place_who(std::string& text, std::string_view key, std::string_view word) {
    static const std::map<std::string_view, std::string_view> small{
        {"Қ", "қ"}, {"Ұ", "ұ"}, {"Ә", "ә"}, {"І", "і"}, {"К", "к"}, {"Б", "б"}, {"С", "с"},
        {"Д", "д"}, {"М", "м"}, {"Ж", "ж"}, {"О", "о"}, {"А", "а"}, {"Р", "р"}};
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key)) {
        std::string put{word};
        if (at > 0) {
            const auto lower = small.find(word.substr(0, 2));
            if (lower != small.end()) put.replace(0, 2, lower->second);
        }
        text.replace(at, key.size(), put);
    }
}

std::vector<std::string_view> split(std::string_view line, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= line.size();) {
        const auto end = std::min(line.find(by, at), line.size());
        out.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::optional<double> number(std::string_view text) {
    const auto value = read_number<double>(text);
    return value >= 0.0 ? value : std::nullopt;
}

/// "18-80" or one number.
std::optional<std::pair<double, double>> range(std::string_view text) {
    const auto dash = text.find('-');
    const auto low = number(text.substr(0, dash));
    const auto high = dash == std::string_view::npos ? low : number(text.substr(dash + 1));
    if (!low || !high || *low > *high) return std::nullopt;
    return std::pair{*low, *high};
}

}  // namespace

std::string fill_complaint(const ComplaintTemplate& form, double age_years, triage::Sex sex,
                           int weeks, generator::Random& random) {
    const bool kazakh = form.language != "ru";
    const bool male = sex == triage::Sex::male;
    const Who who = who_is(kazakh, age_years, male, random);
    std::string text = form.text;
    choose_gender(text, male);
    place_who(text, "{who_gen}", who.genitive);
    place_who(text, "{who_acc}", who.accusative);
    place_who(text, "{who}", who.nominative);
    replace_all(text, "{since}", since(kazakh, random));
    replace_all(text, "{temp}", temperature(random));
    replace_all(text, "{age}", age_said(kazakh, age_years));
    replace_all(text, "{weeks}", std::to_string(weeks));
    return text;
}

Result<std::vector<ComplaintTemplate>> parse_complaints(std::string_view tsv,
                                                        const std::string& file_name) {
    std::vector<ComplaintTemplate> out;
    long line_number = 0;
    for (std::string_view line : split(tsv, '\n')) {
        ++line_number;
        if (line.empty() || line_number == 1) continue;
        const auto wrong = [&](std::string field, std::string message) {
            return Error{std::move(message), file_name, line_number, std::move(field)};
        };
        const auto f = split(line, '\t');
        if (f.size() != 7) {
            return wrong("", "expected 7 columns between tabs: rule, language, weight, age, sex, "
                             "weeks, text");
        }
        ComplaintTemplate c;
        c.rule = f[0];
        const bool rule = c.rule.size() == 5 && c.rule[0] == 'U' && c.rule[1] >= '1' &&
                          c.rule[1] <= '4' && c.rule[2] == '.';
        if (!rule) return wrong("rule", "expected an id like U2.07");
        c.language = f[1];
        if (c.language != "kk" && c.language != "ru" && c.language != "mix") {
            return wrong("language", "expected kk, ru or mix");
        }
        const auto weight = number(f[2]);
        if (!weight) return wrong("weight", "expected a number");
        c.weight = *weight;
        const auto age = range(f[3]);
        if (!age) return wrong("age", "expected years like 18-80");
        c.age_from = age->first;
        c.age_to = age->second;
        if (f[4] == "m") c.sex = triage::Sex::male;
        if (f[4] == "f") c.sex = triage::Sex::female;
        if (f[4] != "m" && f[4] != "f" && f[4] != "-") return wrong("sex", "expected m, f or -");
        if (f[5] != "-") {
            const auto weeks = range(f[5]);
            if (!weeks || weeks->second > 44) return wrong("weeks", "expected weeks like 8-12");
            c.weeks_from = static_cast<int>(weeks->first);
            c.weeks_to = static_cast<int>(weeks->second);
        }
        c.text = f[6];
        if (c.text.empty()) return wrong("text", "expected what the caller says");
        out.push_back(std::move(c));
    }
    if (out.empty()) return Error{.message = "expected complaints, found none", .where = file_name};
    return out;
}

}  // namespace jedel
