#pragma once
// Cards that answer what is asked at the desk, in own words with source and line, found by what is
// typed (SQLite FTS5).

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jedel {

/// A text in the three languages, kk, ru, en.
struct CardText {
    std::string kk, ru, en;
    [[nodiscard]] const std::string& in(std::string_view language) const {
        return language == "kk" ? kk : language == "ru" ? ru : en;
    }
};

struct QuestionCard {
    std::string key, rule;
    std::string source;  ///< documents and lines: "S0 245-274; S1 1332-1391"
    int from_day = 0, to_day = 0;  ///< days the answer holds
    CardText title, text;
    std::vector<std::string> situations;  ///< "uninsured", "pregnant" …: offered there
    long line = 0;
};

/// Not thread-safe.
class Questions {
public:
    /// Reads data/law/questions.toml; errors name file, line and field.
    static Result<Questions> load(const std::string& file);
    Questions(Questions&&) noexcept;
    Questions& operator=(Questions&&) noexcept;
    ~Questions();

    [[nodiscard]] const std::vector<QuestionCard>& cards() const;
    /// Indices of the cards in force on a day that have the typed words, in any language, as
    /// beginnings of words; the best first. Cards with all words stand before cards with some.
    [[nodiscard]] Result<std::vector<std::size_t>> search(std::string_view typed, int day,
                                                          std::size_t limit) const;
    /// Cards of a situation in force on a day.
    [[nodiscard]] std::vector<std::size_t> offered(std::string_view situation, int day) const;

private:
    struct Impl;
    explicit Questions(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel
