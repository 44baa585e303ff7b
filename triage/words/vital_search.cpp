// One text against the forms of vital words.
#include <algorithm>

#include "triage/words/sounds.h"
#include "triage/words/tables.h"
#include "triage/words/vital.h"

namespace jedel::triage::words {

/// One text against the forms.
class Vital::Search {
public:
    Search(const Vital& v, Tokens& tokens, const Right& right)
        : v_(v), tokens_(tokens), right_(right) {}

    std::vector<Suspect> run() {
        find(false);
        const auto latin = [&](const Token& t) {
            return t.kind == TokenKind::word && !is_cyrillic(tokens_.word(t)[0]);
        };
        if (std::any_of(tokens_.list.begin(), tokens_.list.end(), latin)) find(true);
        choose();
        return std::move(suspects_);
    }

private:
    /// How a window of the text came near a form, the nearest first.
    enum class Near : std::uint8_t { exact, joined, sounds, edit, sounds_edit, edits, suspect };
    struct Found {
        Near near = Near::exact;
        std::uint32_t form = 0;
        std::uint32_t first = 0, last = 0;  ///< tokens of the list, `last` inclusive
        std::size_t letters = 0;
    };

    /// Words that stand together, with nothing but hyphens between them.
    struct Run {
        std::vector<std::uint32_t> tokens;
        std::string letters, sounds;
        std::vector<std::size_t> letters_at, sounds_at;  ///< of each word; one more at the end
    };

    void find(bool from_latin_keys) {
        latin_ = from_latin_keys;
        Run run;
        const auto flush = [&] {
            if (!run.tokens.empty()) windows(run);
            run = {};
        };
        for (std::uint32_t i = 0; i < tokens_.list.size(); ++i) {
            const Token& t = tokens_.list[i];
            if (t.kind == TokenKind::mark) {
                if (t.mark != '-') flush();
                continue;
            }
            if (t.kind == TokenKind::number) {
                flush();
                continue;
            }
            std::string_view word = tokens_.word(t);
            std::string cyrillic;
            if (from_latin_keys && !is_cyrillic(word[0])) word = cyrillic = from_latin(word);
            run.tokens.push_back(i);
            run.letters_at.push_back(run.letters.size());
            run.sounds_at.push_back(run.sounds.size());
            run.letters += word;
            append_sounds(run.sounds, word);
        }
        flush();
    }

    void windows(Run& run) {
        run.letters_at.push_back(run.letters.size());
        run.sounds_at.push_back(run.sounds.size());
        const RollingHash letters{run.letters};
        const RollingHash sounds{run.sounds};
        const std::size_t n = run.tokens.size();
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = a + 1; b <= std::min(n, a + window_words_max); ++b) {
                const std::size_t from = run.letters_at[a];
                const std::size_t to = run.letters_at[b];
                if (to - from > v_.longest_ + 1) break;
                if (to - from < letters_min) continue;
                look(letters, run.letters, from, to, salt_of_letters, run, a, b);
                look(sounds, run.sounds, run.sounds_at[a], run.sounds_at[b], salt_of_sounds, run,
                     a, b);
            }
            if (n < 2) continue;
            anchored(letters, run.letters_at, salt_of_letters, run, a);
            anchored(sounds, run.sounds_at, salt_of_sounds, run, a);
        }
    }

    void look(const RollingHash& hash, std::string_view text, std::size_t from, std::size_t to,
              std::uint64_t salt, const Run& run, std::size_t a, std::size_t b) {
        if (from == to || !v_.ends_.may_be(text.substr(from, to - from), salt)) return;
        const auto take = [&](std::uint32_t form) { compare(form, run, a, b); };
        v_.keys_.each(hash.of(from, to) ^ salt, take);
        for (std::size_t skip = from; skip < to; ++skip)
            v_.keys_.each(hash.without(from, to, skip) ^ salt, take);
    }

    /// "балит серце": a slip in more than one word, found by the longest of them.
    void anchored(const RollingHash& hash, const std::vector<std::size_t>& at, std::uint64_t salt,
                  const Run& run, std::size_t word) {
        const std::size_t from = at[word];
        const std::size_t to = at[word + 1];
        if (to - from < letters_min) return;
        const auto take = [&](std::uint32_t value) {
            const std::uint32_t k = value % words_of_form_max;
            const std::uint32_t form = value / words_of_form_max;
            const std::size_t b = word - k + v_.forms_[form].words.size();
            if (k <= word && b <= run.tokens.size()) compare_words(form, run, word - k, b);
        };
        v_.anchors_.each(hash.of(from, to) ^ salt, take);
        for (std::size_t skip = from; skip < to; ++skip)
            v_.anchors_.each(hash.without(from, to, skip) ^ salt, take);
    }

    /// Each word one edit or only sounds away. One that is spelled right and stands for another
    /// leaves the phrase suspect.
    void compare_words(std::uint32_t index, const Run& run, std::size_t a, std::size_t b) {
        const Form& form = v_.forms_[index];
        Found f{Near::edits, index, run.tokens[a], run.tokens[b - 1], form.letters.size()};
        for (const Found& known : found_)
            if (known.form == index && known.first == f.first && known.last == f.last) return;
        std::size_t other = 0;
        std::size_t right = 0;
        for (std::size_t k = 0; k < form.words.size(); ++k) {
            const auto piece = [&](const std::string& of, const std::vector<std::size_t>& at) {
                return std::string_view{of}.substr(at[a + k], at[a + k + 1] - at[a + k]);
            };
            const std::string_view word = piece(run.letters, run.letters_at);
            const std::string& meant = form.words[k];
            if (word == meant) continue;
            if (word.empty() || is_cyrillic(word[0]) != is_cyrillic(meant[0])) return;
            std::string sounds;
            append_sounds(sounds, meant);
            const std::string_view heard = piece(run.sounds, run.sounds_at);
            const bool near = heard == sounds ||
                              (meant.size() >= letters_min && one_edit_apart(word, meant)) ||
                              (meant.size() >= letters_for_edit && one_edit_apart(heard, sounds));
            if (!near) return;
            ++other;
            // "балит" has the stem of another word and is still heard as "болит".
            right += heard != sounds && right_(tokens_.list[run.tokens[a + k]], form) ? 1 : 0;
        }
        if (other < 2 || right == other || (latin_ && right > 0)) return;
        if (right > 0) f.near = Near::suspect;
        found_.push_back(f);
    }

    void compare(std::uint32_t index, const Run& run, std::size_t a, std::size_t b) {
        const Form& form = v_.forms_[index];
        const std::string_view letters = std::string_view{run.letters}.substr(
            run.letters_at[a], run.letters_at[b] - run.letters_at[a]);
        if (is_cyrillic(letters[0]) != is_cyrillic(form.letters[0])) return;
        Found f{Near::exact, index, run.tokens[a], run.tokens[b - 1], form.letters.size()};
        for (const Found& known : found_)
            if (known.form == index && known.first == f.first && known.last == f.last) return;
        const bool same = as_written(form, run, a, b);
        if (same && !latin_) found_.push_back(f);
        if ((same && !latin_) || form.as_it_stands()) return;
        const std::string_view sounds = std::string_view{run.sounds}.substr(
            run.sounds_at[a], run.sounds_at[b] - run.sounds_at[a]);
        const std::size_t size = form.letters.size();
        const bool near_letters = one_edit_apart(letters, form.letters);
        if (letters == form.letters) f.near = Near::joined;
        else if (sounds == form.sounds) f.near = Near::sounds;
        else if (near_letters && size >= letters_for_edit) f.near = Near::edit;
        else if (size > letters_for_edit && one_edit_apart(sounds, form.sounds))
            f.near = Near::sounds_edit;
        else return;
        judge(f, form, run, a, b);
    }

    /// Word by word, without a Kazakh letter in a Russian word, and with those of a Kazakh one
    /// where the text has any.
    bool as_written(const Form& form, const Run& run, std::size_t a, std::size_t b) const {
        if (b - a != form.words.size()) return false;
        for (std::size_t k = 0; k < form.words.size(); ++k) {
            const Token& t = tokens_.list[run.tokens[a + k]];
            if (tokens_.word(t) != form.words[k]) return false;
            if (form.language == "ru" ? t.kazakh
                                      : tokens_.kazakh && tokens_.spelling(t) != form.spelled[k])
                return false;
        }
        return true;
    }

    /// Whether what is near is meant: a word that is spelled right is another word.
    void judge(Found f, const Form& form, const Run& run, std::size_t a, std::size_t b) {
        const bool all_right = std::all_of(
            run.tokens.begin() + static_cast<long>(a), run.tokens.begin() + static_cast<long>(b),
            [&](std::uint32_t i) { return right_(tokens_.list[i], form); });
        if (!all_right || (f.near == Near::joined && !latin_)) {
            found_.push_back(f);
            return;
        }
        if (latin_ || form.words.size() < 2) return;
        if (b - a == form.words.size() && small_slip(form, run, a)) {
            found_.push_back(f);
            return;
        }
        if (f.near == Near::sounds_edit || form.letters.size() < letters_to_suspect) return;
        f.near = Near::suspect;
        found_.push_back(f);
    }

    /// "нее дышит", "бес сознания": all words stand but a small one that another is typed for.
    bool small_slip(const Form& form, const Run& run, std::size_t a) const {
        for (std::size_t k = 0; k < form.words.size(); ++k) {
            const std::string_view word = tokens_.word(tokens_.list[run.tokens[a + k]]);
            if (word == form.words[k]) continue;
            const bool listed = std::any_of(
                v_.slips_.begin(), v_.slips_.end(),
                [&](const Slip& s) { return s.word == form.words[k] && s.slip == word; });
            if (!listed) return false;
        }
        if (a == 0) return true;
        const std::string_view before = tokens_.word(tokens_.list[run.tokens[a - 1]]);
        return std::find(v_.before_.begin(), v_.before_.end(), before) == v_.before_.end();
    }

    void choose() {
        if (found_.empty()) return;
        std::stable_sort(found_.begin(), found_.end(), [](const Found& x, const Found& y) {
            return x.near != y.near ? x.near < y.near : x.letters > y.letters;
        });
        std::vector<Found> taken;
        for (const Found& f : found_) {
            const bool stands = std::none_of(taken.begin(), taken.end(), [&](const Found& t) {
                return f.first <= t.last && t.first <= f.last;
            });
            if (stands && !within_another(f)) taken.push_back(f);
        }
        for (const Found& f : found_) {  // "fake burned": a part of it stands, the whole is open
            const bool open = f.near == Near::suspect &&
                              std::any_of(taken.begin(), taken.end(), [&](const Found& t) {
                                  return t.near == Near::exact && holds(f, t);
                              });
            if (open)
                suspects_.push_back({tokens_.list[f.first].begin, tokens_.list[f.last].end});
        }
        std::sort(taken.begin(), taken.end(),
                  [](const Found& x, const Found& y) { return x.first > y.first; });
        for (const Found& f : taken) {
            if (f.near == Near::exact) continue;
            if (f.near == Near::suspect)
                suspects_.push_back({tokens_.list[f.first].begin, tokens_.list[f.last].end});
            else
                put(f);
        }
    }

    /// "fae burned": the form that stands there is a part of another one that is meant.
    bool within_another(const Found& f) const {
        if (f.near != Near::exact) return false;
        return std::any_of(found_.begin(), found_.end(), [&](const Found& longer) {
            return longer.near != Near::suspect && holds(longer, f);
        });
    }

    /// A piece of the text that has another and at least a word more in it; "судорог и" is no
    /// "судороги".
    static bool holds(const Found& longer, const Found& f) {
        return longer.form != f.form && longer.first <= f.first && f.last <= longer.last &&
               longer.last - longer.first > f.last - f.first && longer.letters >= f.letters + 3;
    }

    /// The form's words in the place of the text's.
    void put(const Found& f) {
        const Form& form = v_.forms_[f.form];
        std::vector<Token> words;
        const Token first = tokens_.list[f.first];
        const std::uint32_t end = tokens_.list[f.last].end;
        const bool one_by_one = f.last - f.first + 1 == form.words.size();
        for (std::size_t k = 0; k < form.words.size(); ++k) {
            Token t = one_by_one ? tokens_.list[f.first + k] : first;
            if (!one_by_one) t.end = end;
            t.at = static_cast<std::uint32_t>(tokens_.letters.size());
            t.length = static_cast<std::uint32_t>(form.words[k].size());
            t.kazakh = form.spelled[k] != form.words[k];
            t.joined = k == 0 && first.joined;
            t.typed = Typed::guessed;
            tokens_.kazakh |= t.kazakh;
            tokens_.letters += form.words[k];
            tokens_.spelled += form.spelled[k];
            words.push_back(t);
        }
        const auto at = tokens_.list.begin() + f.first;
        const auto next = tokens_.list.erase(at, tokens_.list.begin() + f.last + 1);
        tokens_.list.insert(next, words.begin(), words.end());
    }

    const Vital& v_;
    Tokens& tokens_;
    const Right& right_;
    bool latin_ = false;
    std::vector<Found> found_;
    std::vector<Suspect> suspects_;
};

std::vector<Suspect> Vital::mend(Tokens& tokens, const Right& right) const {
    if (forms_.empty()) return {};
    return Search{*this, tokens, right}.run();
}

}  // namespace jedel::triage::words
