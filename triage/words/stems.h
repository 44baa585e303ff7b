#pragma once
// Stems: Snowball for Russian and English, suffix rules of our own for Kazakh.

#include <array>
#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace jedel::triage::words {

/// Snowball's two stemmers. One object per thread at a time.
class Snowball {
public:
    Snowball();
    ~Snowball();
    Snowball(const Snowball&) = delete;
    Snowball& operator=(const Snowball&) = delete;
    /// Folded word → stem; the view is valid until the next call.
    std::string_view russian(std::string_view word);
    std::string_view english(std::string_view word);

private:
    struct Free {
        void operator()(sb_stemmer* s) const;
    };
    std::unique_ptr<sb_stemmer, Free> ru_, en_;
};

/// What follows a Kazakh stem in a word.
struct Suffixes {
    bool lawful = false;   ///< a chain of Kazakh suffixes (or nothing)
    bool negated = false;  ///< the verb is negated: -ма/-ме/-ба/-бе/-па/-пе
};

/// Judges the rest of a Kazakh word after its stem; folded, with fold_vowels.
Suffixes kazakh_suffixes(std::string_view rest);

}  // namespace jedel::triage::words
