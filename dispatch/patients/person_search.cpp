#include "dispatch/patients/person_search.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/install.h"
#include "base/number.h"
#include "dispatch/patients/name_index.h"
#include "dispatch/patients/register_rows.h"
#include "dispatch/patients/register_table.h"

namespace jedel {

namespace {

/// So many of the likeliest are read and compared word by word.
constexpr std::size_t compared_max = 64;

struct Mark {
    std::uint16_t likeness = 0;
    std::uint8_t words = 0;  ///< a bit for each word asked that fits
};

/// How alike two words are, 0 to 100.
int word_likeness(const NameWord& asked, const NameWord& borne, bool may_begin) {
    if (asked.key == borne.key) return 100;
    if (asked.stem == borne.stem) return 95;
    if (asked.key.size() == 1 || borne.key.size() == 1) {
        return asked.key.front() == borne.key.front() ? 70 : 0;  // an initial
    }
    int best = 0;
    const int slips = name_slips(asked.key, borne.key, 2);
    if (slips <= 2) best = 100 - 25 * slips;
    for (const std::string_view stem : name_stems(asked.key)) {
        const int others = name_slips(stem, borne.stem, 2);
        if (others <= 2) best = std::max(best, 90 - 25 * others);
    }
    if (may_begin && asked.key.size() > 2 && borne.key.starts_with(asked.key)) {
        best = std::max(best, 80);
    }
    return best;
}

/// Each word asked takes the word of the name that fits it best and is still free; what is left
/// over on either side costs: much where it was asked, little where it was not.
int likeness(const std::vector<NameWord>& asked, std::string_view name, bool may_begin) {
    auto borne = name_words(name);
    const std::size_t all = borne.size();
    int sum = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        int best = 0;
        std::size_t at = 0;
        for (std::size_t j = 0; j < borne.size(); ++j) {
            const int like = word_likeness(asked[i], borne[j], may_begin && i + 1 == asked.size());
            if (like > best) {
                best = like;
                at = j;
            }
        }
        sum += best;
        if (best > 0) borne.erase(borne.begin() + static_cast<std::ptrdiff_t>(at));
    }
    const int left = all == 0 ? 0 : static_cast<int>(borne.size() * 60 / all);
    return std::max(0, sum * 10 / static_cast<int>(asked.size()) - left);
}

}  // namespace

struct PersonSearch::Impl {
    sql::Database database;
    NameIndex names;

    [[nodiscard]] Result<std::optional<RegisterRow>> row(std::int64_t iin) const {
        auto query = database.prepare("SELECT record FROM person WHERE iin = ?");
        if (!query) return query.error();
        query->bind(1, iin);
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == sql::Step::done) return std::optional<RegisterRow>{};
        auto out = unpack_row(query->text(0));
        if (!out) {
            return Error{.message = "a row of the register is damaged", .where = database.where()};
        }
        return out;
    }
    /// Marks everyone who bears a stem like one of the words; answers their places.
    Result<std::vector<std::uint32_t>> mark(const std::vector<NameWord>& asked,
                                            std::vector<Mark>& marks) const {
        std::vector<std::uint32_t> marked, people;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (asked[i].key.size() < 2) continue;
            const auto bit = static_cast<std::uint8_t>(1U << i);
            for (const NameIndex::Like& like : names.like(asked[i], i + 1 == asked.size())) {
                if (auto done = names.people(database, like.stem, people); !done) {
                    return done.error();
                }
                for (const std::uint32_t place : people) {
                    Mark& mark = marks[place];
                    if ((mark.words & bit) != 0) continue;
                    if (mark.words == 0) marked.push_back(place);
                    mark.words = static_cast<std::uint8_t>(mark.words | bit);
                    mark.likeness = static_cast<std::uint16_t>(mark.likeness + like.likeness);
                }
            }
        }
        return marked;
    }
};

PersonSearch::PersonSearch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PersonSearch::PersonSearch(PersonSearch&&) noexcept = default;
PersonSearch& PersonSearch::operator=(PersonSearch&&) noexcept = default;
PersonSearch::~PersonSearch() = default;

Result<PersonSearch> PersonSearch::open(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return Error{.message = "there is no such register; expected a table of the register, a "
                                "CSV, a JSON list or JSON lines",
                     .where = path};
    }
    std::string begin(15, '\0');
    std::ifstream{path, std::ios::binary}.read(begin.data(), 15);
    const bool is_table = begin == "SQLite format 3";
    auto impl = std::make_unique<Impl>();
    auto database = open_register_table(is_table ? path : "");
    if (!database) return database.error();
    impl->database = std::move(database).value();
    if (!is_table) {
        const auto text = read_file(path);
        if (!text) return text.error();
        auto filled = fill_register_table(impl->database, *text, path);
        if (!filled) return filled.error();
    }
    auto names = NameIndex::open(impl->database);
    if (!names) return names.error();
    impl->names = std::move(names).value();
    return PersonSearch{std::move(impl)};
}

Result<std::optional<RegisterRow>> PersonSearch::by_iin(std::string_view digits) const {
    const auto number = read_number<std::int64_t>(digits);
    if (!number) return std::optional<RegisterRow>{};
    return impl_->row(*number);
}

Result<std::vector<RegisterRow>> PersonSearch::by_phone(std::string_view phone) const {
    std::vector<RegisterRow> out;
    const auto number = phone_number(phone);
    if (!number) return out;
    auto query = impl_->database.prepare("SELECT iin FROM phone WHERE number = ? ORDER BY iin");
    if (!query) return query.error();
    query->bind(1, *number);
    for (;;) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == sql::Step::done) return out;
        auto row = impl_->row(query->integer(0));
        if (!row) return row.error();
        if (*row) out.push_back(std::move(**row));
    }
}

Result<std::vector<FoundPerson>> PersonSearch::by_name(std::string_view name,
                                                       std::size_t most) const {
    std::vector<FoundPerson> out;
    const auto asked = name_words(name);
    if (asked.empty()) return out;
    std::vector<Mark> marks(impl_->names.size());
    auto marked = impl_->mark(asked, marks);
    if (!marked) return marked.error();
    const std::size_t compared = std::min(marked->size(), std::max(compared_max, 4 * most));
    const auto end = marked->begin() + static_cast<std::ptrdiff_t>(compared);
    std::partial_sort(marked->begin(), end, marked->end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair{marks[b].likeness, a} < std::pair{marks[a].likeness, b};
    });
    marked->resize(compared);
    const bool may_begin = !name.ends_with(' ');
    for (const std::uint32_t place : *marked) {
        const auto number = impl_->names.number_at(impl_->database, place);
        if (!number) return number.error();
        auto row = impl_->row(*number);
        if (!row) return row.error();
        // An import by another program since the index was read: nobody rather than another.
        if (!*row) continue;
        const int like = likeness(asked, (*row)->full_name, may_begin);
        if (like > 0) out.push_back({std::move(**row), like});
    }
    std::stable_sort(out.begin(), out.end(), [](const FoundPerson& a, const FoundPerson& b) {
        return a.likeness > b.likeness;
    });
    if (out.size() > most) out.resize(most);
    return out;
}

}  // namespace jedel
