#include "dispatch/patients/name_index.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <unordered_map>

namespace jedel {

namespace {

constexpr std::uint32_t block_size = 512;

/// A state row says that the index fits the rows. Any import, of an older program too, writes the
/// source's name: the trigger makes the index old then. The form is the key's: other sounds, other
/// form.
constexpr std::int64_t form = 1;
constexpr const char* tables = R"sql(
DROP TABLE IF EXISTS name_stem;
DROP TABLE IF EXISTS name_place;
DROP TABLE IF EXISTS name_state;
CREATE TABLE name_stem(id INTEGER PRIMARY KEY, stem TEXT NOT NULL, count INTEGER NOT NULL,
                       people BLOB NOT NULL);
CREATE TABLE name_place(block INTEGER PRIMARY KEY, numbers BLOB NOT NULL);
CREATE TABLE name_state(form INTEGER NOT NULL, people INTEGER NOT NULL);
CREATE TRIGGER IF NOT EXISTS name_of_new_source AFTER INSERT ON source
BEGIN DELETE FROM name_state; END;
CREATE TRIGGER IF NOT EXISTS name_of_old_source AFTER DELETE ON source
BEGIN DELETE FROM name_state; END;
)sql";

struct People {
    std::string bytes;  ///< steps from place to place, seven bits a byte
    std::uint32_t last = 0, count = 0;

    void add(std::uint32_t place) {
        if (count > 0 && place == last) return;
        std::uint32_t step = count == 0 ? place : place - last;
        for (; step >= 0x80; step >>= 7) bytes += static_cast<char>((step & 0x7F) | 0x80);
        bytes += static_cast<char>(step);
        last = place;
        ++count;
    }
};

/// The name in a packed row: its second field.
std::string_view name_in(std::string_view record) {
    const auto begin = record.find('\x1F');
    if (begin == std::string_view::npos) return {};
    const auto end = record.find('\x1F', begin + 1);
    return record.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
}

using Stems = std::unordered_map<std::string, People>;

Result<std::uint32_t> gather(const sql::Database& database, Stems& stems) {
    auto query = database.prepare("SELECT iin, record FROM person ORDER BY iin");
    auto insert = database.prepare("INSERT INTO name_place VALUES(?,?)");
    if (!query || !insert) return (query ? insert : query).error();
    std::vector<std::int64_t> numbers;
    std::uint32_t place = 0;
    const auto put_block = [&]() -> Result<void> {
        insert->bind(1, static_cast<std::int64_t>((place - 1) / block_size));
        insert->bind_blob(2, std::string_view{reinterpret_cast<const char*>(numbers.data()),
                                              numbers.size() * sizeof(std::int64_t)});
        auto done = insert->run();
        numbers.clear();
        return done;
    };
    for (;;) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == sql::Step::done) break;
        numbers.push_back(query->integer(0));
        for (NameWord& word : name_words(name_in(query->text(1)))) {
            if (word.stem.size() > 1) stems[std::move(word.stem)].add(place);
        }
        ++place;
        if (numbers.size() < block_size) continue;
        if (auto done = put_block(); !done) return done.error();
    }
    if (!numbers.empty()) {
        if (auto done = put_block(); !done) return done.error();
    }
    return place;
}

Result<void> build(const sql::Database& database) {
    if (auto made = database.run(tables); !made) return made;
    Stems stems;
    const auto people = gather(database, stems);
    if (!people) return people.error();
    auto insert = database.prepare("INSERT INTO name_stem VALUES(?,?,?,?)");
    if (!insert) return insert.error();
    std::int64_t id = 0;
    for (const auto& [stem, bearers] : stems) {
        insert->bind(1, id++);
        insert->bind(2, std::string_view{stem});
        insert->bind(3, static_cast<std::int64_t>(bearers.count));
        insert->bind_blob(4, std::string_view{bearers.bytes});
        if (auto done = insert->run(); !done) return done;
    }
    auto state = database.prepare("INSERT INTO name_state VALUES(?,?)");
    if (!state) return state.error();
    state->bind(1, form);
    state->bind(2, static_cast<std::int64_t>(*people));
    return state->run();
}

bool is_fresh(const sql::Database& database) {
    const auto state = database.integer("SELECT form FROM name_state");
    return state && *state == form;
}

/// A bit for each letter that stands in the word.
std::uint32_t letters_in(std::string_view word) {
    std::uint32_t out = 0;
    for (const char c : word) out |= 1U << (static_cast<unsigned>(c - 'a') & 31U);
    return out;
}

int slips_allowed(std::size_t length) { return length <= 3 ? (length <= 2 ? 0 : 1) : 2; }

}  // namespace

Result<NameIndex> NameIndex::open(const sql::Database& database) {
    if (!is_fresh(database)) {
        if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun.error();
        // Another program may have made it while this one waited.
        Result<void> done;
        if (!is_fresh(database)) done = build(database);
        if (done) done = database.run("COMMIT");
        if (!done) {
            (void)database.run("ROLLBACK");
            return done.error();
        }
    }
    NameIndex index;
    if (auto done = index.load(database); !done) return done.error();
    return index;
}

Result<void> NameIndex::load(const sql::Database& database) {
    const auto people = database.integer("SELECT people FROM name_state");
    if (!people) return people.error();
    size_ = static_cast<std::uint32_t>(*people);
    auto query = database.prepare("SELECT stem, count FROM name_stem ORDER BY id");
    if (!query) return query.error();
    for (;;) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == sql::Step::done) return {};
        const std::string_view stem = query->text(0);
        stems_.push_back({.begin = static_cast<std::uint32_t>(letters_.size()),
                          .letters = letters_in(stem),
                          .people = static_cast<std::uint32_t>(query->integer(1)),
                          .length = static_cast<std::uint8_t>(stem.size())});
        letters_ += stem;
    }
}

std::vector<NameIndex::Like> NameIndex::like(const NameWord& word, bool may_begin) const {
    std::vector<Like> out;
    std::vector<std::string_view> forms = name_stems(word.key);
    for (std::uint32_t id = 0; id < stems_.size(); ++id) {
        const Stem& stem = stems_[id];
        int best = 0;
        for (const std::string_view form_of : forms) {
            const int allowed = slips_allowed(form_of.size());
            const int apart = static_cast<int>(stem.length) - static_cast<int>(form_of.size());
            const std::uint32_t letters = letters_in(form_of);
            if (std::popcount(stem.letters & ~letters) <= allowed &&
                std::popcount(letters & ~stem.letters) <= allowed && std::abs(apart) <= allowed) {
                const int slips = name_slips(form_of, text(stem), allowed);
                if (slips <= allowed) best = std::max(best, 100 - 30 * slips);
            }
            if (may_begin && apart > 0 && form_of.size() > 2 &&
                text(stem).starts_with(form_of)) {
                best = std::max(best, 60);
            }
        }
        if (best > 0) out.push_back({id, best});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Like& a, const Like& b) { return a.likeness > b.likeness; });
    return out;
}

Result<void> NameIndex::people(const sql::Database& database, std::uint32_t stem,
                               std::vector<std::uint32_t>& out) const {
    out.clear();
    auto query = database.prepare("SELECT people FROM name_stem WHERE id = ?");
    if (!query) return query.error();
    query->bind(1, static_cast<std::int64_t>(stem));
    const auto stepped = query->step();
    if (!stepped) return stepped.error();
    if (*stepped == sql::Step::done) return {};
    std::uint32_t place = 0, step = 0;
    unsigned shift = 0;
    for (const unsigned char byte : query->blob(0)) {
        step |= static_cast<std::uint32_t>(byte & 0x7FU) << shift;
        shift += 7;
        if ((byte & 0x80U) != 0 && shift < 28) continue;
        place += step;
        // A damaged list must not point beyond the people.
        if (place < size_) out.push_back(place);
        step = 0;
        shift = 0;
    }
    return {};
}

Result<std::int64_t> NameIndex::number_at(const sql::Database& database,
                                          std::uint32_t place) const {
    auto query = database.prepare("SELECT numbers FROM name_place WHERE block = ?");
    if (!query) return query.error();
    query->bind(1, static_cast<std::int64_t>(place / block_size));
    const auto stepped = query->step();
    if (!stepped) return stepped.error();
    const std::size_t at = place % block_size * sizeof(std::int64_t);
    if (*stepped == sql::Step::done || query->blob(0).size() < at + sizeof(std::int64_t)) {
        return Error{.message = "the index of names is damaged", .where = database.where()};
    }
    std::int64_t number = 0;
    std::memcpy(&number, query->blob(0).data() + at, sizeof number);
    return number;
}

}  // namespace jedel
