#include "triage/words/stems.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "triage/words/fold.h"

namespace jedel::triage::words {

void Snowball::Free::operator()(sb_stemmer* s) const { sb_stemmer_delete(s); }

Snowball::Snowball()
    : ru_(sb_stemmer_new("russian", "KOI8_R")), en_(sb_stemmer_new("english", "UTF_8")) {}
Snowball::~Snowball() = default;

namespace {
std::string_view run(sb_stemmer* s, std::string_view word) {
    if (s == nullptr) return word;
    const sb_symbol* out = sb_stemmer_stem(s, reinterpret_cast<const sb_symbol*>(word.data()),
                                           static_cast<int>(word.size()));
    if (out == nullptr) return word;
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(s))};
}

// Suffixes as they look after folding (ә→а, і ы→и, ү ұ→у, қ→к, ғ→г, ң→н), grouped by kind.
constexpr std::string_view suffix_list =
    "лар лер дар дер тар тер "                                      // plural
    "м им н ин и си миз имиз низ иниз "                             // possessive
    "нин дин тин га ге ка ке на не а е ни ди ти да де та те нда нде "  // cases
    "дан ден тан тен нан нен мен бен пен ндай дай дей тай тей "
    "даги деги таги теги ндаги ндеги ли лик дик тик ша ше "
    "ип п й ади еди йди ад ед йд ат ет ган ген кан кен у са се син "  // verbs
    "атин етин йтин уда уде уи уим уинан уине гали гели кали кели ганда генде канда кенде "
    "анда енде ар ер р айин ейин ил л т тир дир гиз киз кан кани гани гени кени ис "
    "ма ме ба бе па пе май мей бай бей пай пей мади меди бади беди пади педи "
    "маган меген баган беген паган пеген мас мес бас бес пас пес "
    "ганнан геннен каннан кеннен ибати сизба сини ини ими иги иги сиз сиздик";

struct SuffixTable {
    static constexpr std::size_t size = 512;
    std::array<std::uint64_t, size> slots{};
    SuffixTable() {
        std::size_t at = 0;
        const std::string_view all = suffix_list;
        while (at < all.size()) {
            const std::size_t end = std::min(all.find(' ', at), all.size());
            if (end > at) add(pack(fold(all.substr(at, end - at))));
            at = end + 1;
        }
    }
    static std::uint64_t pack(std::string_view s) {
        std::uint64_t v = 0;
        for (const char c : s.substr(0, 8)) v = v << 8 | static_cast<unsigned char>(c);
        return v;
    }
    static std::size_t slot(std::uint64_t v) {
        return static_cast<std::size_t>((v * 0x9E3779B97F4A7C15ULL) >> 55);
    }
    void add(std::uint64_t v) {
        std::size_t i = slot(v);
        while (slots[i] != 0 && slots[i] != v) i = (i + 1) % size;
        slots[i] = v;
    }
    [[nodiscard]] bool has(std::uint64_t v) const {
        for (std::size_t i = slot(v); slots[i] != 0; i = (i + 1) % size)
            if (slots[i] == v) return true;
        return false;
    }
};

bool chain(const SuffixTable& table, std::string_view rest, int depth) {
    if (rest.empty()) return true;
    if (depth == 0) return false;
    std::uint64_t packed = 0;
    for (std::size_t n = 1; n <= std::min<std::size_t>(rest.size(), 7); ++n) {
        packed = packed << 8 | static_cast<unsigned char>(rest[n - 1]);
        if (table.has(packed) && chain(table, rest.substr(n), depth - 1)) return true;
    }
    return false;
}

/// -сыз/-сіз after a noun or after a verb's -у: "температурасыз", "кетусіз".
bool without(std::string_view rest) {
    static const std::string siz = fold("сиз");
    static const std::string u = fold("у");
    return rest.starts_with(siz) || (rest.starts_with(u) && rest.substr(1).starts_with(siz));
}

/// -ма… right after the stem (or after a voice suffix), and something verbal behind it.
bool negative(std::string_view rest) {
    static const std::string voices = fold("т") + fold("л") + fold("н");
    static const std::string mbp = fold("мбп");
    static const std::string ae = fold("ае");
    static const std::string verbal = fold("йдсгу");
    static const std::string i = fold("и");
    if (rest.size() > 3 && rest[0] == i[0] && voices.find(rest[1]) != std::string::npos)
        rest.remove_prefix(2);
    else if (rest.size() > 3 && voices.find(rest[0]) != std::string::npos &&
             mbp.find(rest[1]) != std::string::npos)
        rest.remove_prefix(1);
    return rest.size() >= 3 && mbp.find(rest[0]) != std::string::npos &&
           ae.find(rest[1]) != std::string::npos && verbal.find(rest[2]) != std::string::npos;
}
}  // namespace

std::string_view Snowball::russian(std::string_view word) { return run(ru_.get(), word); }
std::string_view Snowball::english(std::string_view word) { return run(en_.get(), word); }

Suffixes kazakh_suffixes(std::string_view rest) {
    static const SuffixTable table;
    if (rest.size() > 16) return {};
    Suffixes out;
    out.lawful = chain(table, rest, 5);
    out.negated = out.lawful && (negative(rest) || without(rest));
    return out;
}

}  // namespace jedel::triage::words
