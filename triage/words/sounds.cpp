#include "triage/words/sounds.h"

#include <array>

#include "triage/words/fold.h"

namespace jedel::triage::words {
namespace {

struct Sounds {
    std::array<std::string_view, 256> of{};
    Sounds() {
        static constexpr std::string_view cyrillic[][2] = {
            {"аоя", "a"}, {"еиыэй", "i"}, {"ую", "u"}, {"бп", "p"}, {"вф", "f"}, {"гк", "k"},
            {"дт", "t"}, {"жшщ", "w"}, {"зс", "s"}, {"ц", "ts"}, {"ч", "q"}, {"л", "l"},
            {"м", "m"}, {"н", "n"}, {"р", "r"}, {"х", "h"}};
        for (const auto& [letters, sound] : cyrillic)
            for (const char c : fold(letters)) of[static_cast<unsigned char>(c)] = sound;
        static constexpr std::string_view latin[][2] = {
            {"a", "a"}, {"eiy", "i"}, {"o", "o"}, {"u", "u"}, {"bp", "p"}, {"vfw", "f"},
            {"ckq", "k"}, {"g", "g"}, {"td", "t"}, {"sz", "s"}, {"l", "l"}, {"m", "m"},
            {"n", "n"}, {"r", "r"}, {"h", "h"}, {"j", "j"}, {"x", "ks"}};
        for (const auto& [letters, sound] : latin)
            for (const char c : letters) of[static_cast<unsigned char>(c)] = sound;
    }
};

}  // namespace

void append_sounds(std::string& out, std::string_view folded) {
    static const Sounds sounds;
    for (const char c : folded) out += sounds.of[static_cast<unsigned char>(c)];
}

}  // namespace jedel::triage::words
