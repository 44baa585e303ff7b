// Numbers with units → findings: age, weeks, temperature, pressure, hours, palms of a burn.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "triage/words/reading.h"

namespace jedel::triage::words {
namespace {

/// Blood sugar in mmol/l: at and below the first it is too low for a clear mind (ADA, Standards of
/// Care 2024, level 1: < 3.9), from the second on it may be a coma (WHO: hyperosmolar from 30,
/// ketoacidosis from 14 with signs; 20 is the safe side). Larger numbers are no such measure.
constexpr double sugar_low_to = 3.9;
constexpr double sugar_high_from = 20;
constexpr double sugar_max = 60;
/// Below it no temperature is a fever (U2.05, U3.03, U4.14: "over 38 °C").
constexpr double fever_from = 38;

std::string text_of(double v) {
    char buffer[32];
    const auto r = std::to_chars(buffer, buffer + sizeof buffer, std::round(v * 100) / 100);
    return {buffer, r.ptr};
}

class Numbers {
public:
    explicit Numbers(Reading& r) : r_(r), k_(r.t.known), n_(static_cast<int>(r.words.size())) {}

    void run() {
        pregnant_ = here(k_.pregnant);
        child_ = here(k_.child);
        said_without_number(k_.sugar_low, r_.t.numeric.low_sugar);
        said_without_number(k_.alarm, std::nullopt);
        for (int i = 0; i < n_;) {
            if (!w(i).is_number) {
                year_without_number(i);
                ++i;
                continue;
            }
            const int end = join(i);
            if (!w(i).past && !w(i).others) one(i, end);
            i = std::max(end, pair_end_);
            pair_end_ = 0;
        }
    }

private:
    const Word& w(int i) const { return r_.words[static_cast<std::size_t>(i)]; }
    bool is(int i, Symbol s) const {
        return i >= 0 && i < n_ && s != no_symbol && r_.has(static_cast<std::size_t>(i), s);
    }
    bool here(Symbol s) const { return s != no_symbol && r_.heads[s] >= 0; }
    /// Within so many words before i or after.
    bool around(int i, Symbol s, int before, int after) const {
        for (int j = std::max(0, i - before); j < std::min(n_, i + after + 1); ++j)
            if (is(j, s)) return true;
        return false;
    }

    /// "сто восемьдесят", "39 и 5", "38 с половиной" → value_; end of the number's words.
    int join(int i) {
        value_ = w(i).number;
        int j = i + 1;
        const auto hundred = [&](int at) {
            return at < n_ && w(at).is_number && !w(at).digits && w(at).number == 100 &&
                   w(at).gap == Gap::none;
        };
        // "екі жүз отыз", "two hundred and thirty".
        if (!w(i).digits && value_ >= 2 && value_ <= 9 && hundred(j)) {
            value_ *= 100;
            ++j;
            if (j + 1 < n_ && is(j, k_.list) && w(j + 1).is_number && !w(j + 1).digits) ++j;
        }
        if (!w(i).digits)
            while (j < n_ && w(j).is_number && !w(j).digits && w(j).gap == Gap::none &&
                   w(j).number > 0 && w(j).number < magnitude(value_))
                value_ += w(j++).number;
        const bool warm = value_ >= 35 && value_ <= 42 && value_ == std::floor(value_);
        if (warm && j < n_) {
            const bool linked = is(j, k_.list) || is(j, k_.with);
            const int d = linked ? j + 1 : w(j).joint == '-' || !w(j).digits ? j : n_;
            if (d < n_ && w(d).gap == Gap::none && is(d, k_.half)) return value_ += 0.5, d + 1;
            const bool digit = d < n_ && w(d).is_number && w(d).number > 0 && w(d).number < 10 &&
                               w(d).gap == Gap::none && (linked || w(d).joint == '-');
            const bool unit = is(d + 1, k_.year) || is(d + 1, k_.day) || is(d + 1, k_.month);
            if (digit && !unit) return value_ += w(d).number / 10, d + 1;
        }
        return j;
    }

    static double magnitude(double v) {
        const auto n = static_cast<long>(v);
        return n >= 100 && n % 100 == 0 ? 100 : n >= 20 && n % 10 == 0 ? 10 : 0;
    }

    void mark(std::optional<FindingIndex> f, double v, int begin, int end, bool whole = false) {
        if (!f) return;
        const auto [low, high] = r_.t.finding_limits[*f];
        if (whole) v = std::round(v);
        if (v < low || v > high) return;
        say(*f, text_of(v), begin, end);
    }

    void say(std::optional<FindingIndex> f, std::string value, int begin, int end) {
        if (!f) return;
        Mark m;
        m.finding = *f;
        m.value = std::move(value);
        m.begin = w(begin).begin;
        m.end = w(end - 1).end;
        m.uncertain = w(begin).doubted;
        m.weight = 2;
        r_.marks.push_back(std::move(m));
    }

    void one(int i, int end) {
        if (sugar(i, end) || pressure(i, end) || temperature(i, end) || pregnancy(i, end)) return;
        if (w(i).negation == Negation::negated) return;
        if (age(i, end)) return;
        measures(i, end);
        times(i, end);
    }

    bool pressure(int i, int end) {
        const double upper = value_;
        int j = end;
        while (j < n_ && j < end + 2 && !w(j).is_number && (w(j).stop || is(j, k_.over))) ++j;
        const bool named = around(i, k_.pressure, 5, 0) || around(end, k_.pressure, 0, 1);
        if (upper < 40 || upper > 310 || is(end, k_.year)) return false;
        if (around(i, k_.usual, 3, 0)) return false;
        if (j < n_ && w(j).is_number && w(j).gap == Gap::none &&
            (named || w(j).joint == '/' || j > end)) {
            const double kept = value_;
            const int last = join(j);
            const double lower = value_;
            value_ = kept;
            if (lower >= 20 && lower < upper && lower <= 220 && upper >= 60 &&
                (named || (upper >= 80 && lower >= 40))) {
                mark(r_.t.numeric.systolic, upper, i, end, true);
                mark(r_.t.numeric.diastolic, lower, j, last, true);
                pair_end_ = last;
                return true;
            }
        }
        if (!named || upper < 50 || around(i, k_.pulse, 2, 0)) return false;
        // "верхнее 230, нижнее 120": said one by one.
        const bool lower = is(i - 1, k_.lower_pressure);
        mark(lower ? r_.t.numeric.diastolic : r_.t.numeric.systolic, upper, i, end, true);
        return true;
    }

    /// "сахар 2,1", "қанты 28": the number next to the word.
    bool sugar(int i, int end) {
        if (k_.sugar == no_symbol || is(end, k_.year) || is(end, k_.month) || is(end, k_.percent))
            return false;
        int named = i - 1;
        while (named > i - 4 && named >= 0 && !is(named, k_.sugar) && !w(named).is_number) --named;
        if (!is(named, k_.sugar)) return false;
        const bool low = value_ > 0 && value_ <= sugar_low_to;
        if (!low && (value_ < sugar_high_from || value_ > sugar_max)) return value_ <= sugar_max;
        if (low && r_.t.numeric.low_sugar) say(r_.t.numeric.low_sugar, "yes", named, end);
        else r_.alarms.push_back({w(named).begin, w(end - 1).end});
        return true;
    }

    /// "гипогликемия", "қанты түсіп кетті", and dangers that have no finding at all.
    void said_without_number(Symbol said, std::optional<FindingIndex> finding) {
        if (said == no_symbol) return;
        for (auto at = r_.heads[said]; at >= 0;) {
            const Instance& x = r_.instances[static_cast<std::size_t>(at)];
            at = x.next;
            if (x.dead || x.negation != Negation::none || w(x.begin).past || w(x.begin).others)
                continue;
            if (finding) say(finding, "yes", x.begin, x.end);
            else r_.alarms.push_back({w(x.begin).begin, w(x.end - 1).end});
        }
    }

    bool temperature(int i, int end) {
        if (value_ < 33 || value_ > 43.5) return false;
        if (is(end, k_.year) || is(end, k_.week) || is(end, k_.month) || is(end, k_.percent))
            return false;
        if (around(i, k_.usual, 2, 0)) return false;
        const bool named = around(i, k_.temperature, 6, 0) || around(end, k_.temperature, 0, 2) ||
                           is(i - 1, k_.temperature_short) || is(end, k_.degree);
        const bool looks = value_ != std::floor(value_) && value_ >= 37;
        if (!named && !looks && !feverish(i)) return false;
        mark(r_.t.numeric.temperature, value_, i, end);
        r_.measured_cool |= value_ < fever_from;
        return true;
    }

    /// "сопли, кашель, тридцать девять": a bare number beside words of fever, and no address.
    bool feverish(int i) const {
        if (!here(k_.feverish) || value_ < fever_from || value_ >= 42 || is(i - 1, k_.self)) {
            return false;
        }
        return i == 0 || w(i).gap != Gap::none || w(i - 1).stop || is(i - 1, k_.day) ||
               is(i - 1, k_.feverish);
    }

    bool pregnancy(int i, int end) {
        const bool week = is(end, k_.week);
        const bool month = is(end, k_.month);
        const bool ordinal = end + 1 < n_ && (is(end + 1, k_.week));
        if (is(end + 1, k_.ago)) return false;
        const bool term = pregnant_ || around(i, k_.term_of_pregnancy, 3, 3) || expectant(i, end);
        if (!term) return false;
        if ((week || ordinal) && value_ >= 1 && value_ <= 45) {
            mark(r_.t.numeric.weeks, value_, i, end + 1, true);
            return true;
        }
        // Months of pregnancy are counted as four weeks and a third.
        if (month && value_ >= 1 && value_ <= 10 && !child_word(i)) {
            mark(r_.t.numeric.weeks, std::min(value_ * 4.33, 42.0), i, end + 1, true);
            return true;
        }
        return false;
    }

    /// "I'm twenty-four weeks and …": weeks said first, beside words of a pregnancy.
    bool expectant(int i, int end) const {
        if (!is(end, k_.week) || !here(k_.expectant) || value_ < 4) return false;
        for (int j = 0; j < i; ++j)
            if (!w(j).stop && !is(j, k_.self) && !is(j, k_.kin)) return false;
        return !is(end + 1, k_.born) && !is(end + 1, k_.durative);
    }

    bool child_word(int i) const { return around(i, k_.child, 2, 2); }

    bool age(int i, int end) {
        if (around(i, k_.durative, 2, 0) || is(end + 1, k_.ago) || is(end, k_.ago)) return false;
        if (is(end, k_.year) && value_ <= 120) {
            mark(r_.t.numeric.age, value_, i, end + 1);
            return true;
        }
        if (is(end, k_.month) && value_ <= 40 &&
            (child_ || is(end, k_.born) || is(end + 1, k_.born))) {
            mark(r_.t.numeric.age, value_ / 12, i, end + 1);
            return true;
        }
        const bool old = is(end, k_.born) || is(end + 1, k_.born) || is(end + 2, k_.born);
        if ((is(end, k_.week) || is(end, k_.day)) && old && !pregnant_ && value_ <= 60) {
            mark(r_.t.numeric.age, value_ / (is(end, k_.week) ? 52.18 : 365.25), i, end + 1);
            return true;
        }
        if (is(i - 1, k_.age) && value_ <= 120) {
            mark(r_.t.numeric.age, value_, i - 1, end);
            return true;
        }
        return false;
    }

    /// "ребёнку год", "годик".
    void year_without_number(int i) {
        if (!is(i, k_.year) || !w(i).cyrillic || w(i).past) return;
        if ((i > 0 && w(i - 1).is_number) || is(i - 1, k_.last) || is(i + 1, k_.ago)) return;
        if (!is(i - 1, k_.child) || is(i, k_.exactly_years)) return;
        mark(r_.t.numeric.age, 1, i, i + 1);
    }

    void measures(int i, int end) {
        if (around(i, k_.pulse, 3, 1) && value_ <= 300 && (value_ >= 120 || value_ <= 45))
            say(r_.t.numeric.rhythm, "yes", i, end);
        if (around(i, k_.oxygen, 3, 2) && value_ >= 40 && value_ <= 92)
            say(r_.t.numeric.breathless, "yes", i, end);
        const bool burnt = here(k_.burn);
        if (burnt && (is(end, k_.percent) || is(end, k_.palm) || is(i - 1, k_.palm) ||
                      next_mark(end) == '%'))
            mark(r_.t.numeric.palms, value_, i, std::min(end + 1, n_));
        if (is(end, k_.metre) && value_ >= 1.5 && here(k_.fall))
            say(r_.t.numeric.fall, "yes", i, end + 1);
        if (is(end, k_.pill) && value_ >= 7 && here(k_.swallow))
            say(r_.t.numeric.overdose, "yes", i, end + 1);
    }

    char next_mark(int i) const { return i < n_ ? w(i).joint : r_.tail_mark; }

    void times(int i, int end) {
        const bool hours = is(end, k_.hour);
        const bool days = is(end, k_.day);
        if (!hours && !days) return;
        const double h = hours ? value_ : value_ * 24;
        if (h >= 8 && here(k_.no_urine)) say(r_.t.numeric.no_urine, "yes", i, end + 1);
        if (h > 1 && here(k_.convulsion) && (is(end + 1, k_.ago) || is(end + 2, k_.ago)))
            say(r_.t.numeric.old_convulsions, "yes", i, end + 1);
    }

    Reading& r_;
    const Known& k_;
    int n_;
    double value_ = 0;
    int pair_end_ = 0;
    bool pregnant_ = false;
    bool child_ = false;
};

}  // namespace

void read_numbers(Reading& r) { Numbers{r}.run(); }

}  // namespace jedel::triage::words
