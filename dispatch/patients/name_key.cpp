#include "dispatch/patients/name_key.h"

#include <algorithm>
#include <array>

#include "base/letters.h"

namespace jedel {

namespace {

constexpr std::size_t words_max = 8, letters_max = 40;

/// How a letter sounds; empty for a sign that is not heard. Longest-standing Kazakh Latin
/// spellings (ä, ğ, ş …) are letters of their own.
std::string_view sound(char32_t letter) {
    switch (letter) {
        case U'а': case U'ә': case U'ä': case U'á': return "a";
        case U'б': return "b";
        case U'в': return "v";
        case U'г': case U'ғ': case U'ğ': case U'ǵ': return "g";
        case U'д': return "d";
        case U'е': case U'ё': case U'э': return "e";
        case U'ж': return "j";
        case U'з': return "z";
        case U'и': case U'й': case U'і': case U'ы': case U'ı': case U'y': return "i";
        case U'к': case U'қ': case U'q': return "k";
        case U'л': return "l";
        case U'м': return "m";
        case U'н': case U'ң': case U'ñ': case U'ń': return "n";
        case U'о': case U'ө': case U'ö': case U'ó': return "o";
        case U'п': return "p";
        case U'р': return "r";
        case U'с': return "s";
        case U'т': return "t";
        case U'у': case U'ұ': case U'ү': case U'ü': case U'ū': case U'ú': case U'w': return "u";
        case U'ф': return "f";
        case U'х': case U'һ': return "h";
        case U'ц': return "ts";
        case U'ч': return "c";
        case U'ш': case U'щ': case U'ş': case U'š': return "w";
        case U'ю': return "iu";
        case U'я': return "ia";
        case U'x': return "ks";
        default: return {};
    }
}

/// Latin letters that are one sound together.
void join_sounds(std::string& key) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> pairs{
        {{"kh", "h"}, {"gh", "g"}, {"zh", "j"}, {"sh", "w"}, {"ch", "c"}, {"dj", "j"}}};
    for (const auto& [from, to] : pairs) {
        for (std::size_t at = 0; (at = key.find(from, at)) != std::string::npos; ++at) {
            key.replace(at, from.size(), to);
        }
    }
    key.erase(std::unique(key.begin(), key.end()), key.end());
}

// By their sounds; the longer first.
constexpr std::array<std::string_view, 12> endings{
    "kizi", "ovna", "evna", "ovic", "evic", "icna", "uli", "ova", "eva", "ov", "ev", "ic"};

constexpr std::size_t stem_min = 3;

std::string_view stem_of(std::string_view key) {
    for (const std::string_view ending : endings) {
        if (key.size() >= ending.size() + stem_min && key.ends_with(ending)) {
            return key.substr(0, key.size() - ending.size());
        }
    }
    return key;
}

}  // namespace

std::vector<NameWord> name_words(std::string_view name) {
    std::vector<NameWord> out;
    std::string key;
    const auto close = [&] {
        join_sounds(key);
        const bool alone = key == "uli" || key == "kizi" || key == "ogli" || key == "ugli";
        if (!key.empty() && !alone && out.size() < words_max) {
            key.resize(std::min(key.size(), letters_max));
            out.push_back({key, std::string{stem_of(key)}});
        }
        key.clear();
    };
    for (std::size_t at = 0; at < name.size();) {
        const char32_t letter = folded(next_letter(name, at));
        const std::string_view heard = sound(letter);
        if (!heard.empty()) key += heard;
        else if (letter >= U'a' && letter <= U'z') key += static_cast<char>(letter);
        else if (letter != U'ь' && letter != U'ъ' && letter != U'\'' && letter != U'’') close();
    }
    close();
    return out;
}

std::vector<std::string_view> name_stems(std::string_view key) {
    std::vector<std::string_view> out{key};
    const auto add = [&](std::size_t size) {
        const std::string_view stem = key.substr(0, size);
        if (size >= stem_min && std::find(out.begin(), out.end(), stem) == out.end()) {
            out.push_back(stem);
        }
    };
    add(stem_of(key).size());
    for (const std::string_view ending : endings) {
        if (ending.size() < 3) continue;
        for (std::size_t size = ending.size() - 1; size <= ending.size() + 1; ++size) {
            if (key.size() < size + stem_min) continue;
            const std::size_t left = key.size() - size;
            if (name_slips(key.substr(left), ending, 1) <= 1) add(left);
        }
    }
    return out;
}

int name_slips(std::string_view a, std::string_view b, int most) {
    a = a.substr(0, letters_max);
    b = b.substr(0, letters_max);
    const int longer = static_cast<int>(std::max(a.size(), b.size()));
    if (longer - static_cast<int>(std::min(a.size(), b.size())) > most) return most + 1;
    std::array<std::array<int, letters_max + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& now = rows[i % 3];
        const auto& before = rows[(i + 2) % 3];
        const auto& twice = rows[(i + 1) % 3];
        now[0] = static_cast<int>(i);
        int least = now[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({before[j] + 1, now[j - 1] + 1,
                               before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = std::min(now[j], twice[j - 2] + 1);
            }
            least = std::min(least, now[j]);
        }
        if (least > most) return most + 1;
    }
    return std::min(rows[a.size() % 3][b.size()], most + 1);
}

}  // namespace jedel
