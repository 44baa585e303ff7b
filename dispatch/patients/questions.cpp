#include "dispatch/patients/questions.h"

#include <algorithm>
#include <set>

#include "dispatch/patients/law_reader.h"
#include "dispatch/sqlite/sqlite.h"

namespace jedel {

namespace {

bool is_word_byte(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::vector<std::string> words_of(std::string_view typed) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : typed) {
        if (is_word_byte(static_cast<unsigned char>(c))) {
            word += c;
        } else if (!word.empty()) {
            out.push_back(std::exchange(word, {}));
        }
    }
    if (!word.empty()) out.push_back(std::move(word));
    return out;
}

/// The beginning of a word that its forms share: endings are up to three letters.
std::string stem(const std::string& word) {
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((static_cast<unsigned char>(word[i]) & 0xC0) != 0x80) starts.push_back(i);
    }
    const std::size_t letters = starts.size();
    if (letters < 5) return word;
    const std::size_t keep = std::max<std::size_t>(4, letters - (letters > 7 ? 3 : 2));
    return keep < letters ? word.substr(0, starts[keep]) : word;
}

std::string query_of(const std::vector<std::string>& words, const char* joint) {
    std::string out;
    for (const std::string& word : words) {
        if (!out.empty()) out += joint;
        out += '"' + stem(word) + "\"*";
    }
    return out;
}

CardText read_text(LawReader& r, const std::string& prefix) {
    return {.kk = r.text((prefix + "_kk").c_str()), .ru = r.text((prefix + "_ru").c_str()),
            .en = r.text((prefix + "_en").c_str())};
}

}  // namespace

struct Questions::Impl {
    std::vector<QuestionCard> cards;
    sql::Database database;

    Result<void> index() {
        auto opened = sql::Database::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                          "index of the cards");
        if (!opened) return opened.error();
        database = std::move(opened).value();
        if (auto made = database.run("CREATE VIRTUAL TABLE card USING fts5(title, text, tokenize = "
                                     "'unicode61 remove_diacritics 0')");
            !made) {
            return made;
        }
        auto insert = database.prepare("INSERT INTO card(rowid, title, text) VALUES(?,?,?)");
        if (!insert) return insert.error();
        for (std::size_t i = 0; i < cards.size(); ++i) {
            const QuestionCard& c = cards[i];
            const std::string title = c.title.kk + "\n" + c.title.ru + "\n" + c.title.en;
            const std::string text = c.text.kk + "\n" + c.text.ru + "\n" + c.text.en;
            insert->bind(1, std::uint64_t{i + 1});
            insert->bind(2, std::string_view{title});
            insert->bind(3, std::string_view{text});
            if (auto done = insert->run(); !done) return done;
        }
        return {};
    }

    [[nodiscard]] Result<std::vector<std::size_t>> find(const std::string& query, int day,
                                                        std::size_t limit) const {
        std::vector<std::size_t> out;
        auto statement = database.prepare(
            "SELECT rowid FROM card WHERE card MATCH ? ORDER BY bm25(card, 4.0, 1.0)");
        if (!statement) return statement.error();
        statement->bind(1, std::string_view{query});
        while (out.size() < limit) {
            const auto stepped = statement->step();
            if (!stepped) return stepped.error();
            if (*stepped == sql::Step::done) break;
            const auto i = static_cast<std::size_t>(statement->integer(0) - 1);
            if (cards[i].from_day <= day && day <= cards[i].to_day) out.push_back(i);
        }
        return out;
    }
};

Questions::Questions(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Questions::Questions(Questions&&) noexcept = default;
Questions& Questions::operator=(Questions&&) noexcept = default;
Questions::~Questions() = default;

Result<Questions> Questions::load(const std::string& file) {
    const auto slash = file.find_last_of('/');
    const auto table = open_law_file(slash == std::string::npos ? "." : file.substr(0, slash),
                                     file.substr(slash + 1).c_str());
    if (!table) return table.error();
    auto impl = std::make_unique<Impl>();
    LawTables unread;
    std::set<std::string> keys;
    auto done = table->rows("card", unread, [&](LawReader& r) {
        Dated dated;
        r.dated(dated);
        QuestionCard card{.key = r.text("key"), .rule = r.text("rule"), .source = dated.source,
                          .from_day = dated.from_day, .to_day = dated.to_day,
                          .title = read_text(r, "title"), .text = read_text(r, "text"),
                          .situations = r.texts("situations"), .line = dated.line};
        if (!keys.insert(card.key).second) r.fail("key", "the same key stands twice");
        impl->cards.push_back(std::move(card));
    });
    if (!done) return done.error();
    if (!unread.unread.empty()) {
        const LawFault& fault = unread.unread.front();
        return Error{.message = fault.message, .where = fault.file, .line = fault.line};
    }
    if (auto indexed = impl->index(); !indexed) return indexed.error();
    return Questions{std::move(impl)};
}

const std::vector<QuestionCard>& Questions::cards() const { return impl_->cards; }

Result<std::vector<std::size_t>> Questions::search(std::string_view typed, int day,
                                                   std::size_t limit) const {
    auto words = words_of(typed);
    // "на", "не", "of": found everywhere, they say nothing beside longer words.
    const auto is_short = [](const std::string& word) {
        return std::count_if(word.begin(), word.end(), [](char c) {
                   return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
               }) < 3;
    };
    if (!std::all_of(words.begin(), words.end(), is_short)) std::erase_if(words, is_short);
    if (words.empty()) return std::vector<std::size_t>{};
    auto out = impl_->find(query_of(words, " AND "), day, limit);
    if (!out || words.size() == 1) return out;
    const auto any = impl_->find(query_of(words, " OR "), day, limit);
    if (!any) return any;
    for (const std::size_t i : *any) {
        if (out->size() >= limit) break;
        if (std::find(out->begin(), out->end(), i) == out->end()) out->push_back(i);
    }
    return out;
}

std::vector<std::size_t> Questions::offered(std::string_view situation, int day) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < impl_->cards.size(); ++i) {
        const QuestionCard& c = impl_->cards[i];
        const bool fits = std::find(c.situations.begin(), c.situations.end(), situation) !=
                          c.situations.end();
        if (fits && c.from_day <= day && day <= c.to_day) out.push_back(i);
    }
    return out;
}

}  // namespace jedel
