#include "dispatch/tables/plausible.h"

#include <array>
#include <cstdint>
#include <set>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/letters.h"

namespace jedel::tables {
namespace {

/// Pairs of letters that make up 90 % of Russian and of Kazakh: what may follow each letter.
/// Counted in this project's own Russian and Kazakh texts, day log and word lists, and in the
/// dictionaries of hunspell, 2026-11-28.
struct Followers {
    char16_t first;
    std::u16string_view next;
};
constexpr std::array<Followers, 40> followers{{
    {u'а', u"бвгдежзйклмнпрстухцчшюяғқң"}, {u'б', u"аеилоруыіүұө"},
    {u'в', u"аеилносшыь"},                 {u'г', u"аеилоруі"},
    {u'д', u"авеиноруцыіә"},               {u'е', u"бвгджзйклмнпрстучшң"},
    {u'ж', u"аеиоыүұ"},                    {u'з', u"авдеиноуыі"},
    {u'и', u"вгдезйклмнопрстцчя"},         {u'й', u"длнстыі"},
    {u'к', u"авеилортуіүө"},               {u'л', u"агдеимостуыьяіғ"},
    {u'м', u"адеинопуыіә"},                {u'н', u"адеикностушыьяі"},
    {u'о', u"бвгдежзйклмнпрстхчшқң"},      {u'п', u"аеилортуыяә"},
    {u'р', u"авгдеиклмностушыяіғқ"},       {u'с', u"авеиклнопстуыьяіқө"},
    {u'т', u"авеикнопрстуыьіқүұө"},        {u'у', u"абгджклпрстхчшыю"},
    {u'ф', u"аиоу"},                       {u'х', u"ао"},
    {u'ц', u"аеи"},                        {u'ч', u"аеикн"},
    {u'ш', u"аеиклтыі"},                   {u'щ', u"ие"},
    {u'ы', u"взйлмнпрстшғқң"},             {u'ь', u"нс"},
    {u'э', u"т"},                          {u'ю', u"щ"},
    {u'я', u"лт"},                         {u'ё', u"нт"},
    {u'і', u"гзклмнпрсшң"},                {u'ғ', u"аы"},
    {u'қ', u"аиостыұ"},                    {u'ң', u"д"},
    {u'ү', u"йклнрс"},                     {u'ұ', u"йлмрс"},
    {u'ә', u"лрт"},                    {u'ө', u"злрт"},
}};

enum class Kind : std::uint8_t { plain, ascii, latin, cyrillic, foreign, symbol, broken };

Kind kind_of(UChar32 c) {
    if (c < 0x80) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Kind::ascii : Kind::plain;
    }
    if (c < 0xA0 || c == 0xFFFD) return Kind::broken;
    if (c >= 0x400 && c <= 0x52F) return Kind::cyrillic;
    if (u_isalpha(c)) {
        const bool latin = (c >= 0xC0 && c <= 0x24F) || (c >= 0x1E00 && c <= 0x1EFF);
        return latin ? Kind::latin : c < 0xC0 ? Kind::symbol : Kind::foreign;
    }
    // Quotes, dashes, the number sign and the like stand beside words everywhere.
    constexpr std::u16string_view usual = u"\u00A0«»„“”‘’–—…№°·•±×÷²³§½ʼ";
    const bool combining = u_charType(c) == U_NON_SPACING_MARK;
    const bool known = combining || usual.find(static_cast<char16_t>(c)) != usual.npos;
    return known || u_isspace(c) ? Kind::plain : Kind::symbol;
}

const std::set<std::uint32_t>& good_pairs() {
    static const std::set<std::uint32_t> pairs = [] {
        std::set<std::uint32_t> out;
        for (const Followers& f : followers) {
            for (const char16_t next : f.next) out.insert(std::uint32_t{f.first} << 16 | next);
        }
        return out;
    }();
    return pairs;
}

bool is_letter(Kind k) { return k == Kind::ascii || k == Kind::latin || k == Kind::cyrillic; }

/// 1 good, -1 bad, 0 not judged.
int judge_pair(UChar32 a, Kind ka, UChar32 b, Kind kb) {
    if (ka == Kind::symbol || kb == Kind::symbol) {
        return is_letter(ka) || is_letter(kb) ? -1 : 0;
    }
    if (!is_letter(ka) || !is_letter(kb) || (ka == Kind::ascii && kb == Kind::ascii)) return 0;
    if ((ka == Kind::cyrillic) != (kb == Kind::cyrillic)) return -1;
    if (u_islower(a) && u_isupper(b)) return -1;
    if (ka != Kind::cyrillic) return ka == Kind::latin && kb == Kind::latin ? -1 : 1;
    const auto pair = static_cast<std::uint32_t>(folded(static_cast<char32_t>(a))) << 16 |
                      static_cast<std::uint32_t>(folded(static_cast<char32_t>(b)));
    return good_pairs().contains(pair) ? 1 : -1;
}

}  // namespace

Plausibility judge(std::string_view utf8) {
    Plausibility out;
    UChar32 before = ' ';
    Kind kind_before = Kind::plain;
    const auto size = static_cast<std::int32_t>(utf8.size());
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(utf8.data(), i, size, c);
        const Kind kind = kind_of(c);
        if (kind == Kind::broken) out.bad += 3;
        const int verdict = judge_pair(before, kind_before, c, kind);
        if (verdict > 0) ++out.good;
        if (verdict < 0) ++out.bad;
        before = c;
        kind_before = kind;
    }
    return out;
}

}  // namespace jedel::tables
